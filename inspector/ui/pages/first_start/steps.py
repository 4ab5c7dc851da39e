"""The three steps of the first start. Nothing of them is written before the end."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.domain.invitation import Guest, Invitation
from inspector.services.door import Newcomer
from inspector.services.keys import group_agrees, groups_of
from inspector.ui import tokens
from inspector.ui.keys import is_enter
from inspector.ui.language import Words, tr
from inspector.ui.pages.first_start.invited import InvitedPart
from inspector.ui.pages.first_start.parts import ChoiceCard, CodeView
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button
from inspector.ui.widgets.card import Card
from inspector.ui.widgets.field import Field, TextField
from inspector.ui.widgets.secret_field import SecretField
from inspector.ui.widgets.text import CutText, Text


class Step(QWidget):
    """``changed`` when what was typed may count now; ``answered`` when Enter left the last field."""

    changed = Signal()
    answered = Signal()

    def __init__(self, head: Words, line: Words) -> None:
        super().__init__()
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(tokens.GROUP)
        self.head = Text(head, size=Size.DISPLAY, weight=Weight.STRONG, wrap=True)
        self.rows.addWidget(self.head)
        self.rows.addWidget(Text(line, tone="text2", wrap=True))

    def begin(self) -> None:
        """Put the focus where this step begins."""

    def is_ready(self) -> bool:
        """Whether the step can be left forwards; closed ones say beside the button what is missing."""
        return True

    def check(self) -> bool:
        """Whether everything is there; what is missing is said where it is missing, and gets the focus."""
        return True

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Enter in the last field means the button of the step, not the next one in the order of Tab."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and is_enter(event):
            self.answered.emit()
            return True
        return False

    def _field(self, words: Words, help_: Words = "") -> TextField:
        """A field that is kept by the step alone: no state of saving stands beside it."""
        field = TextField(words)
        field.state.hide()
        field.set_help(help_)
        field.editor.typed.connect(self.changed)
        field.editor.typed.connect(field.clear_problem)
        return field


class WhoStep(Step):
    """Name, agency, and the province or office; or what an invitation says of them; or everything as it was, from the
    backup of another laptop.
    """

    def __init__(
        self,
        bring_back: Callable[[], object],
        choose_invitation: Callable[[], object],
        open_invitation: Callable[[Path, str], object],
        without: Callable[[], object],
    ) -> None:
        super().__init__(
            tr("Anh/chị là ai"),
            tr("Tên và cơ quan đứng cạnh mọi điều anh/chị ghi, để cả đoàn biết ai đã ghi."),
        )
        self.name = self._field(tr("Họ và tên"))
        self.agency = self._field(tr("Cơ quan công tác"), tr("Ví dụ: Sở Nội vụ"))
        self.organisation = self._field(tr("Tỉnh, thành phố hoặc văn phòng"), tr("Ví dụ: tỉnh Đồng Tháp"))
        self.invited = InvitedPart(open_invitation, without, self._show_guest)
        self.rows.addWidget(self.invited)
        for field in self._fields():
            self.rows.addWidget(field)
        self.invite = Button(tr("Mở giấy mời"), choose_invitation, icon="file-text")
        self.restore = Button(tr("Phục hồi từ bản sao lưu"), bring_back, icon="history")
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP)
        row.addWidget(Text(tr("Đã có giấy mời, hoặc bản sao lưu của máy cũ?"), tone="text2", wrap=True), 1)
        row.addWidget(self.invite)
        row.addWidget(self.restore)
        self.rows.addLayout(row)
        self.organisation.editor.installEventFilter(self)

    def begin(self) -> None:
        (self.invited.code if self.invited.is_waiting else self.name).setFocus()

    def ask_code(self, file: Path) -> None:
        """An invitation was chosen: it says the rest once it is opened."""
        for field in self._fields():
            field.hide()
        self.invited.ask(file)

    def show_invitation(self, invitation: Invitation) -> None:
        """What it says is not typed again; with a spare one somebody says who they are."""
        self.invited.show_invitation(invitation)
        for field in self._fields():
            field.show()
        self.organisation.editor.put(invitation.organisation)
        self._show_guest(Guest("", "", "") if invitation.spare else invitation.guest)
        for field in (self.name, self.agency):
            field.setEnabled(invitation.spare)
        self.organisation.setEnabled(False)
        (self.name if invitation.spare else self.invited).setFocus()

    def without_invitation(self) -> None:
        self.invited.forget()
        for field in self._fields():
            field.show()
            field.setEnabled(True)
        self.name.setFocus()

    def guest(self) -> Guest:
        """Who the fields say one is."""
        found = self.newcomer()
        return Guest("", found.name, found.agency)

    def _show_guest(self, guest: Guest) -> None:
        self.name.editor.put(guest.name)
        self.agency.editor.put(guest.agency)

    def check(self) -> bool:
        if self.invited.is_waiting:
            self.invited.refuse(tr("Mở giấy mời trước, hoặc bỏ giấy mời"))
            return False
        missing = [field for field in self._fields() if field.isEnabled() and not field.text().strip()]
        for field in missing:
            field.show_problem(tr("Ghi ô này trước"))
        if missing:
            missing[0].setFocus()
        return not missing

    def newcomer(self) -> Newcomer:
        name, agency, organisation = (" ".join(field.text().split()) for field in self._fields())
        return Newcomer(name, agency, organisation)

    def answers(self) -> tuple[str, ...]:
        return tuple(field.text() for field in self._fields())

    def resume(self, answers: Sequence[str]) -> None:
        for field, text in zip(self._fields(), answers, strict=False):
            field.editor.put(text)

    def _fields(self) -> tuple[Field, ...]:
        return self.name, self.agency, self.organisation


class EnrolStep(Step):
    """With whom: alone on this laptop, or by the invitation opened before. And where data will lie.

    Without a keychain of the system a passphrase opens the data instead.
    """

    def __init__(self, choose_folder: Callable[[], object]) -> None:
        super().__init__(
            tr("Làm việc cùng ai"), tr("Văn phòng có thể tiếp nhận máy này về sau; dữ liệu đã ghi vẫn giữ.")
        )
        self.alone = ChoiceCard(
            tr("Dùng riêng trên máy này"),
            tr("Anh/chị có đủ quyền trên dữ liệu của mình. Xuất biên bản, sao lưu đều dùng được ngay."),
        )
        self.alone.setChecked(True)
        self.alone.clicked.connect(self._go_on)
        self.invited = ChoiceCard(
            tr("Ghi danh bằng lời mời của văn phòng"),
            "",
            closed=tr("Có tệp giấy mời thì quay lại bước trước và chọn Mở giấy mời."),
        )
        self.invited.clicked.connect(self._go_on)
        self._place = CutText(tone="text2")
        self.again = SecretField(tr("Gõ lại mật khẩu"), button=False)
        self.passphrase = SecretField(tr("Mật khẩu mở dữ liệu"), again=self.again)
        self.passphrase.set_help(tr("Vài từ liền nhau cho dễ nhớ, không cần dấu"))
        self._secret = QWidget()
        self._lay_out(choose_folder)
        self.ask_passphrase(wanted=False)

    def _lay_out(self, choose_folder: Callable[[], object]) -> None:
        self.rows.addWidget(self.alone)
        self.rows.addWidget(self.invited)
        inner = QVBoxLayout(self._secret)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(tokens.GAP)
        why = tr("Máy này không có kho cất khóa của hệ thống, nên mỗi lần mở chương trình cần gõ mật khẩu.")
        inner.addWidget(Text(why, wrap=True))
        for field in (self.passphrase, self.again):
            field.editor.typed.connect(self.changed)
            inner.addWidget(field)
        self.rows.addWidget(self._secret)
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP)
        row.addWidget(Text(tr("Dữ liệu đặt tại"), tone="text2"))
        row.addWidget(self._place, 1)
        row.addWidget(Button(tr("Đổi thư mục"), choose_folder, icon="folder-open"))
        self.rows.addLayout(row)
        self.rows.addStretch(1)
        self.again.editor.installEventFilter(self)

    def show_invitation(self, by: str) -> None:
        """The name of who invited; empty where one works alone."""
        self.alone.setVisible(not by)
        if by:
            self.invited.show_detail(tr("Theo giấy mời của {by}. Không phải chọn gì thêm ở đây.", by=by))
        else:
            self.invited.show_detail("", closed=tr("Có tệp giấy mời thì quay lại bước trước và chọn Mở giấy mời."))
        (self.invited if by else self.alone).setChecked(True)

    def show_place(self, folder: str) -> None:
        self._place.say(folder)

    def ask_passphrase(self, *, wanted: bool) -> None:
        self._secret.setVisible(wanted)

    @property
    def asks_passphrase(self) -> bool:
        return self._secret.isVisibleTo(self)

    def begin(self) -> None:
        (self.invited if self.invited.isEnabled() else self.alone).setFocus()

    def _go_on(self) -> None:
        """Enter on the way that is chosen leads to what it asks for."""
        if self.asks_passphrase:
            self.passphrase.setFocus()

    def check(self) -> bool:
        if not self.asks_passphrase:
            return True
        if not self.passphrase.text().strip():
            self.passphrase.show_problem(tr("Đặt mật khẩu trước"))
            self.passphrase.setFocus()
            return False
        if self.passphrase.text() != self.again.text():
            self.again.show_problem(tr("Hai lần gõ mật khẩu không giống nhau"))
            self.again.setFocus()
            return False
        return True


class CodeStep(Step):
    """The recovery code, kept on paper or on a stick, and two groups of it typed back."""

    def __init__(self, code: str, print_: Callable[[], object], save: Callable[[], object]) -> None:
        super().__init__(
            tr("Giữ mã khôi phục"),
            tr(
                "Khi máy quên khóa đã cất hoặc phải cài lại, mã này mở được dữ liệu. Hãy in ra hoặc chép lại, "
                "cất ở cơ quan, không để cùng máy."
            ),
        )
        self.groups = groups_of(code)
        self.asked = sorted(random.SystemRandom().sample(range(len(self.groups)), 2))
        self.view = CodeView()
        self.view.show_groups(self.groups)
        self.news = Text(tr("Mã chỉ hiện một lần"), size=Size.META, weight=Weight.MEDIUM, tone="part", wrap=True)
        self.news.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.typed = [self._field(tr("Nhóm thứ {number}", number=place + 1)) for place in self.asked]
        self.wrong = Text(size=Size.META, weight=Weight.MEDIUM, tone="no", wrap=True)
        self._print = Button(tr("In mã"), print_, icon="printer")
        self._save = Button(tr("Lưu vào USB"), save, icon="usb")
        self._lay_out()

    def begin(self) -> None:
        self._print.setFocus()

    def is_ready(self) -> bool:
        return not self._wrong()

    def tell(self, words: Words, tone: str = "ok") -> None:
        """What became of printing or saving."""
        self.news.set_tone(tone)
        self.news.say(words)

    def _lay_out(self) -> None:
        card = Card()
        card.rows.addWidget(self.view)
        card.rows.addSpacing(tokens.TIGHT)
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP)
        row.addWidget(self._print)
        row.addWidget(self._save)
        row.addWidget(self.news, 1)
        card.rows.addLayout(row)
        self.rows.addWidget(card)
        first, second = (place + 1 for place in self.asked)
        ask = tr("Kiểm tra lại: gõ nhóm thứ {first} và nhóm thứ {second} của mã", first=first, second=second)
        self.rows.addWidget(Text(ask, weight=Weight.STRONG, wrap=True))
        fields = QHBoxLayout()
        fields.setSpacing(tokens.GROUP)
        for field in self.typed:
            field.setFixedWidth(look().px(160))
            field.editor.left.connect(self._say_wrong)
            field.editor.typed.connect(self._forgive)
            fields.addWidget(field)
        fields.addStretch(1)
        self.rows.addLayout(fields)
        self.rows.addWidget(self.wrong)
        self.rows.addStretch(1)
        self.typed[1].editor.installEventFilter(self)
        self.wrong.hide()

    def _wrong(self) -> list[int]:
        """The groups, counted from 1, that are not what was shown."""
        pairs: Sequence[tuple[int, TextField]] = list(zip(self.asked, self.typed, strict=True))
        return [place + 1 for place, field in pairs if not group_agrees(self.groups[place], field.editor.draft().text)]

    def _say_wrong(self) -> None:
        """Only once both were typed, and never while somebody types."""
        wrong = self._wrong()
        if not wrong or any(not field.text().strip() for field in self.typed):
            return
        self.wrong.say(tr("Hai nhóm chưa đúng. Xem lại nhóm thứ {groups}.", groups=", ".join(map(str, wrong))))
        self.wrong.show()

    def _forgive(self) -> None:
        self.wrong.hide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            for field in getattr(self, "typed", ()):
                field.setFixedWidth(look().px(160))
