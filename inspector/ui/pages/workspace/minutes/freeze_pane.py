"""Freezing and sealing: who has handed everything in, what keeps the seal closed, and afterwards what it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.domain.inspection import Inspection, SealFact
from inspector.domain.wording import moment_words, short_moment
from inspector.services.desk import Receipt
from inspector.services.freezing import OPEN, Freezing, Handed, Machine, freezing
from inspector.services.late_arrivals import late_words
from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.pages.flow import Flow
from inspector.ui.pages.workspace.minutes.rows import Row, RowsView
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.painting import Mark
from inspector.ui.prompting import Question
from inspector.ui.session import Session
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.card import Line
from inspector.ui.widgets.text import Text

_HANDED: dict[Handed, tuple[Words, Mark | str | None]] = {
    Handed.HERE: (tr("Máy này"), Mark.MET),
    Handed.ALL: (tr("Đủ"), Mark.MET),
    Handed.FILES: (tr("Đang chờ ảnh, tệp"), "camera"),
    Handed.BEHIND: (tr("Còn thay đổi chỉ ở máy đó"), Mark.NOT_MET),
    Handed.UNKNOWN: (tr("Chưa gặp"), Mark.NOT_MET),
    Handed.INVITED: (tr("Đã mời, máy chưa gửi gì về đây"), "clock"),
    Handed.NONE: (tr("Không có máy trong cuộc này"), None),
}
_LOW = 400
_SEAL, _LATE, _WITNESSES = "seal/", "late", "witnesses"


class FreezePane(QWidget):
    """``sealed`` comes after the seal was set; ``late_wanted`` carries the words of what came late."""

    sealed = Signal()
    late_wanted = Signal(str)

    def __init__(self, session: Session, opened: OpenInspection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._opened = session, opened
        self._inspection = ""
        self._shown: Freezing | None = None
        self._asked = 0
        self._begins = False
        self.excluded: dict[str, str] = {}
        """Reasons by device: laptops that are not waited for."""
        self.head = Text("", size=Size.HEAD, weight=Weight.STRONG, wrap=True)
        self.line = Text("", size=Size.META, tone="text2", wrap=True)
        self.code = Text("", size=Size.HEAD, weight=Weight.STRONG, wrap=True)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = Button(tr("Sao chép mã"), self._copy, icon="copy")
        self.void = Button(tr("Hủy niêm phong"), self._void, kind=Kind.QUIET)
        self.list = RowsView(tr("Chốt dữ liệu"))
        self.list.entered.connect(self._enter)
        self.seal = Button(tr("Chốt dữ liệu và lập biên bản"), self._ask_seal, kind=Kind.PRIMARY, icon="lock")
        self.make = Button(tr("Lập biên bản"), self.sealed.emit, kind=Kind.PRIMARY, icon="file-check")
        self.why = Text("", size=Size.META, tone="text2", wrap=True)
        self._lay_out()
        if opened.is_here:
            self.refresh()

    def refresh(self) -> None:
        """Read who handed in what, and show it."""
        if self._inspection != self._opened.id:
            self._inspection, self.excluded, self._shown = self._opened.id, {}, None
        self._asked += 1
        number, inspection, excluded = self._asked, self._opened.id, set(self.excluded)

        def told(found: Freezing) -> None:
            if number == self._asked and self._opened.id == inspection:
                self._show(found)
                if self._begins and self.seal.isEnabled():
                    self._ask_seal()
                self._begins = False

        self._session.ask(lambda desk: freezing(desk, inspection, excluded), told, owner=self)

    def begin(self) -> None:
        """Ask whether to seal as soon as it is known that nothing is in the way; otherwise what is stands here."""
        self._begins = True
        self.refresh()

    def set_order(self, after: QWidget) -> None:
        """Tab comes here after that widget."""
        for before, one in pairwise([after, self.copy, self.void, self.list, self.seal, self.make]):
            QWidget.setTabOrder(before, one)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where height is short, the list has it."""
        super().resizeEvent(event)
        self._give_the_list_room()
        if self._shown is not None:
            self._say_why(self._shown)

    def _give_the_list_room(self) -> None:
        """What stands in the list too gives way, the sentence first, then what the button for the paper needs."""
        self.line.setVisible(not self._is_low)
        self.head.setVisible(not self._is_low or self.make.isHidden())

    @property
    def _is_low(self) -> bool:
        return self.height() < look().px(_LOW)

    # -------------------------------------------------------- showing

    def _show(self, found: Freezing) -> None:
        self._shown = found
        inspection = self._opened.inspection
        seal = inspection.sealed
        for widget in (self.code, self._acts):
            widget.setVisible(seal is not None)
        can_seal = seal is None and inspection.signed is None
        lacks_paper = seal is not None and not seal.issued and inspection.signed is None
        self._foot.setVisible(can_seal or lacks_paper)
        self.seal.setVisible(can_seal)
        self.make.setVisible(lacks_paper)
        self._give_the_list_room()
        if seal is not None:
            self._show_sealed(seal, found)
        else:
            self.head.say(tr("Chốt dữ liệu"))
            self.line.say(
                tr(
                    "Trước khi lập biên bản, mọi máy phải đủ hoặc được loại có lý do. Mã đối chiếu: {code}",
                    code=found.check,
                )
            )
        rows = list(_machine_rows(found, self.excluded))
        self.list.show_rows([*_seal_rows(inspection, found), *rows] if inspection.seals else rows)
        self.seal.setEnabled(can_seal and not found.must)
        self._say_why(found)
        self.why.setVisible(can_seal)

    def _say_why(self, found: Freezing) -> None:
        count = len(found.must)
        if count and self._is_low:
            self.why.say(tr("Mở khi {count} việc đã xong.", count=count))
        elif count:
            self.why.say(tr("Mở khi {count} việc đã xong. {first}", count=count, first=found.must[0]))
        else:
            self.why.say(tr("Lệch giờ không ảnh hưởng dữ liệu. Máy bị loại vẫn giữ đủ; phần đến sau là phát sinh."))

    def _show_sealed(self, seal: SealFact, found: Freezing) -> None:
        self.head.say(tr("Biên bản đã niêm phong"))
        who = found.people.get(seal.person, "…")
        self.line.say(
            tr(
                "{who} chốt lúc {when}. Nội dung không sửa được nữa; mã in ở chân trang.",
                who=who,
                when=moment_words(seal.wall),
            )
        )
        self.code.say(seal.code)

    # -------------------------------------------------------- acts

    def _enter(self, key: str) -> None:
        found = self._shown
        if found is None:
            return
        if key == _LATE:
            self.late_wanted.emit(late_words(found.late))
            return
        machine = next((one for one in found.machines if one.device and one.device == key), None)
        if machine is not None and not self._opened.is_read_only and machine.handed in OPEN:
            self._exclude(machine)

    def _exclude(self, machine: Machine) -> None:
        """Leave a laptop out with a reason, or wait for it again."""
        if machine.device in self.excluded:
            del self.excluded[machine.device]
            self.refresh()
            return
        question = Question(
            tr("Loại máy của {name} khỏi lần chốt này?", name=machine.name),
            tr("Phần chỉ có ở máy đó sẽ ghi là “phát sinh sau niêm phong”. Lý do nằm trong niêm phong."),
            tr("Loại máy này"),
        )

        def leave_out(reason: str) -> None:
            self.excluded[machine.device] = reason
            self.refresh()

        self._session.prompter.ask_reason(question, leave_out)

    def _ask_seal(self) -> None:
        inspection = self._opened.inspection
        unit = inspection.unit.body_name or inspection.unit.name or ""
        day = inspection.visit_date.strftime("%d/%m/%Y") if inspection.visit_date else "…"
        left_out = tr("Máy bị loại: {count}.", count=len(self.excluded)) if self.excluded else ""
        line = tr(
            "{count} thành viên. Sau khi chốt, nội dung không sửa được; thay đổi sau này ghi vào biên bản bổ sung.",
            count=len(inspection.team),
        )
        question = Question(
            tr("Chốt dữ liệu của {unit} ngày {day}?", unit=unit, day=day),
            f"{line} {left_out}".strip(),
            tr("Chốt dữ liệu"),
        )
        self._session.prompter.confirm(question, self._seal)

    def _seal(self) -> None:
        lines = [f"{device}: {reason}" for device, reason in self.excluded.items()]

        def done(_receipt: Receipt) -> None:
            self._session.forget_acts()
            self.list.setFocus()
            self.sealed.emit()

        self._opened.perform("seal_minutes", {"excluded": lines}, then=done, owner=self)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code.text())

    def _void(self) -> None:
        seal = self._opened.inspection.sealed
        if seal is None:
            return
        question = Question(
            tr("Hủy niêm phong {code}?", code=seal.code),
            tr("Có hiệu lực khi người thứ hai có quyền quyết định cũng hủy trên máy của họ."),
            tr("Hủy niêm phong"),
            grave=True,
        )
        self._session.prompter.ask_reason(question, partial(self._take_back, seal.id))

    def _take_back(self, seal: str, reason: str) -> None:
        self._opened.perform("void_seal", {"seal": seal, "why": reason}, then=lambda _r: self.refresh(), owner=self)

    def _lay_out(self) -> None:
        self._acts = Flow(self.copy, self.void)
        top = QVBoxLayout()
        top.setContentsMargins(tokens.GROUP, 12, tokens.GROUP, 12)
        top.setSpacing(tokens.TIGHT)
        for widget in (self.head, self.line, self.code, self._acts):
            top.addWidget(widget)
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(tokens.GROUP, tokens.GAP, tokens.GROUP, 12)
        foot.setSpacing(tokens.GAP)
        foot.addWidget(self.seal)
        foot.addWidget(self.make)
        foot.addWidget(self.why)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(top)
        rows.addWidget(Line())
        rows.addWidget(self.list, 1)
        rows.addWidget(Line())
        rows.addWidget(self._foot)


def _machine_rows(found: Freezing, excluded: dict[str, str]) -> Iterator[Row]:
    yield Row("head-machines", tr("Thành viên và máy"), count=str(len(found.machines)), is_head=True)
    for number, machine in enumerate(found.machines):
        state, sign = _HANDED[machine.handed]
        act: Words = ""
        if machine.handed in OPEN:
            act = tr("Chờ lại") if machine.device in excluded else tr("Loại…")
        said: Words = state
        if machine.device in excluded:
            said, sign = tr("Không chờ: {reason}", reason=excluded[machine.device]), "triangle-alert"
        details = " · ".join(str(part) for part in (said, *_facts(machine)) if str(part))
        yield Row(machine.device or f"member-{number}", machine.name, details, act, sign, "part")


def _facts(machine: Machine) -> Iterator[Words]:
    """What is known of a laptop; what nobody knows is said to be unknown."""
    yield machine.agency
    if machine.handed in (Handed.HERE, Handed.INVITED, Handed.NONE):
        return
    yield tr("gặp {when}", when=short_moment(machine.met)) if machine.met else tr("chưa gặp lần nào")
    only = tr("không rõ") if machine.only_there is None else str(machine.only_there)
    yield tr("chỉ có ở máy đó: {only}", only=only)
    yield tr("tệp thiếu: {count}", count="?" if machine.files is None else machine.files)
    yield tr("bản {app}", app=machine.app or "?")
    yield _clock(machine.clock)


def _clock(ahead: int | None) -> Words:
    """For people who compare times by eye; nothing depends on it."""
    if ahead is None:
        return tr("lệch giờ: không rõ")
    minutes = (abs(ahead) + 30) // 60
    if not minutes:
        return tr("đồng hồ khớp")
    if ahead > 0:
        return tr("đồng hồ nhanh {count} phút", count=minutes)
    return tr("đồng hồ chậm {count} phút", count=minutes)


def _seal_rows(inspection: Inspection, found: Freezing) -> Iterator[Row]:
    standing = [seal for seal in inspection.seals if not seal.is_void]
    if len({seal.root for seal in standing}) > 1:
        for seal in standing:
            words = tr("Hai bản niêm phong: hủy một bản kèm lý do, người thứ hai xác nhận")
            yield Row(f"{_SEAL}{seal.id}", seal.code, words, sign=Mark.DISAGREED)
    for seal in standing[:1]:
        count = tr("{count} máy khác cùng giữ bản đã niêm phong", count=seal.witnesses)
        yield Row(_WITNESSES, count, sign=Mark.MET if seal.witnesses else "triangle-alert", tone="part")
    if found.late:
        first = found.late[0]
        yield Row(
            _LATE,
            tr("Phát sinh sau niêm phong: {count}", count=len(found.late)),
            f"{first.record}. {first.field}",
            tr("Ghi bổ sung"),
            "triangle-alert",
            "part",
        )
