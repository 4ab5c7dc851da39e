"""Where the data of every inspection is, how to bring it elsewhere, and what one inspection still waits for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.services.packages import Passage
from inspector.services.standing import Reached, Standing
from inspector.ui import tokens
from inspector.ui.actions import Act
from inspector.ui.language import Words, tr
from inspector.ui.pages.exchange import words
from inspector.ui.pages.exchange.figures import Figures
from inspector.ui.pages.folding import Folding
from inspector.ui.pages.line_list import LineList, Row
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import ActionButton, Kind
from inspector.ui.widgets.card import Line, SectionHead
from inspector.ui.widgets.text import CutText, Text

_WAYS, _DETAIL = 328, 392
_PASSAGES = 320
_FOR_FIGURES = 520


class Overview(QWidget):
    """``ways`` is the column of the ways to other laptops: the network, and under it the stick."""

    def __init__(self, network: Act, open_: Act, write: Act, read: Act) -> None:
        super().__init__()
        self.figures = Figures()
        self.ways = Ways(network, open_, write, read)
        self.list = LineList(tr("Các cuộc kiểm tra"))
        self.detail = Detail()
        self._found: dict[str, Standing] = {}
        middle = QWidget()
        rows = QVBoxLayout(middle)
        rows.setContentsMargins(0, tokens.GROUP, 0, 0)
        rows.setSpacing(tokens.GAP)
        head = QHBoxLayout()
        head.setContentsMargins(tokens.GROUP, 0, tokens.GROUP, 0)
        self.head = SectionHead(tr("Dữ liệu đang ở đâu"), aside=tr("Đang mở…"), line=False)
        head.addWidget(self.head)
        rows.addLayout(head)
        rows.addWidget(Line())
        rows.addWidget(self.list, 1)
        _on_surface(middle)
        self.folding = Folding([(self.ways, _WAYS), (middle, 0), (self.detail, _DETAIL)])
        self.folding.show_pane(1, focus=False)
        self._top = QVBoxLayout()
        self._top.setContentsMargins(tokens.GROUP, tokens.GAP, tokens.GROUP, tokens.GAP)
        self._top.addWidget(self.figures)
        every = QVBoxLayout(self)
        every.setContentsMargins(0, 0, 0, 0)
        every.setSpacing(0)
        every.addLayout(self._top)
        every.addWidget(Line())
        every.addWidget(self.folding, 1)
        self.list.chosen.connect(self._show_chosen)
        self.list.opened.connect(lambda _key: self.folding.show_pane(2))
        self.setFocusProxy(self.list)

    def show_standings(self, found: Sequence[Standing], everything: int) -> None:
        """``everything`` is how many there will be; the others are still being read."""
        self._found = {standing.id: standing for standing in found}
        self.figures.show_standings(found)
        reading = tr("Đang đọc {found}/{all}", found=len(found), all=everything)
        self.head.say(
            tr("Dữ liệu đang ở đâu"),
            reading if len(found) < everything else tr("{count} cuộc kiểm tra", count=len(found)),
        )
        self.list.show_rows([_row(standing) for standing in found])
        self._show_chosen(self.list.key())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = self.window().height() < look().px(_FOR_FIGURES)
        self.figures.setVisible(not low)
        margin = 0 if low else tokens.GAP
        self._top.setContentsMargins(tokens.GROUP, margin, tokens.GROUP, margin)

    def _show_chosen(self, key: str) -> None:
        if (standing := self._found.get(key)) is not None:
            self.detail.show_standing(standing)


class Ways(QWidget):
    """The network of the room and the stick, each with its acts, and the packages that went by stick."""

    def __init__(self, network: Act, open_: Act, write: Act, read: Act) -> None:
        super().__init__()
        self.network, self.open = ActionButton(network), ActionButton(open_, kind=Kind.PRIMARY)
        self.write, self.read = ActionButton(write), ActionButton(read)
        self.list = LineList(tr("Các gói gần đây"))
        self._state = CutText(size=Size.META, tone="text2", lines=2)
        line = tr("Không cần mạng; kết quả như mọi cách khác. Nhận trùng không sao.")
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(tokens.GROUP, tokens.GROUP, tokens.GROUP, tokens.GAP)
        self.rows.setSpacing(tokens.GAP)
        self.rows.addWidget(SectionHead(tr("Qua mạng trong phòng"), line=False))
        for widget in (self._state, self.open, self.network):
            self.rows.addWidget(widget)
        self.rows.addSpacing(tokens.GAP)
        self.rows.addWidget(SectionHead(tr("Bằng USB"), line=False))
        self._about = Text(line, size=Size.META, tone="text2", wrap=True)
        self.rows.addWidget(self._about)
        self.rows.addWidget(self.write)
        self.rows.addWidget(self.read)
        self._packages = SectionHead(tr("Các gói gần đây"), line=False)
        self.rows.addWidget(self._packages)
        self.rows.addWidget(self.list, 1)
        self._spare = QWidget()
        self.rows.addWidget(self._spare, 1)
        _on_surface(self)
        self.setFocusProxy(self.network)
        self.show_passages(())

    def show_network(self, words: Words, *, is_open: bool) -> None:
        """What goes on in the room; the button that opens the point gives way while it is open."""
        self._state.say(words)
        self.open.setVisible(not is_open)

    def show_passages(self, found: Sequence[Passage]) -> None:
        self._packages.setVisible(bool(found))
        self.list.setVisible(bool(found))
        self._spare.setVisible(not found)
        self.list.show_rows([_passage(str(place), one) for place, one in enumerate(found)])


class Detail(QWidget):
    """One inspection: its check code, large, who said to have it, what waits, what is not accepted."""

    def __init__(self) -> None:
        super().__init__()
        self._unit = CutText(size=Size.HEAD, weight=Weight.STRONG)
        self.code = Text(size=Size.TITLE, weight=Weight.STRONG)
        self._amount = CutText(tone="text2", size=Size.META)
        self.list = LineList(tr("Máy khác, phần đang chờ"))
        how = tr("Hai máy có cùng mã là có cùng dữ liệu. Đọc mã cho nhau nghe để đối chiếu.")
        code = QHBoxLayout()
        code.setSpacing(tokens.GROUP)
        code.addWidget(Text(tr("Mã đối chiếu"), size=Size.META, tone="text2"))
        code.addWidget(self.code, 1)
        top = QVBoxLayout()
        top.setContentsMargins(tokens.GROUP, tokens.GROUP, tokens.GROUP, 0)
        top.setSpacing(tokens.TIGHT)
        top.addWidget(self._unit)
        top.addWidget(self._amount)
        top.addLayout(code)
        top.addWidget(Text(how, size=Size.META, tone="text2", wrap=True))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(tokens.GAP)
        rows.addLayout(top)
        rows.addWidget(Line())
        rows.addWidget(self.list, 1)
        _on_surface(self)
        self.setFocusProxy(self.list)

    def show_standing(self, standing: Standing) -> None:
        self._unit.say(standing.unit)
        self.code.say(standing.code)
        self._amount.say(words.amount(standing.changes, standing.photos))
        self.list.show_rows(list(_facts(standing)))


def _on_surface(widget: QWidget) -> None:
    widget.setProperty("ground", "surface")
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


def _row(standing: Standing) -> Row:
    chip = words.state(standing)
    icon = {"part": "laptop", "ok": "git-merge"}.get(chip[1], "users")
    detail = " · ".join(
        filter(
            None,
            (
                words.day_of(standing.day),
                str(words.amount(standing.changes, standing.photos)),
                str(words.unsettled(standing)),
            ),
        )
    )
    return Row(standing.id, standing.unit, detail, icon=icon, tone=chip[1], chip=chip)


def _facts(standing: Standing) -> Iterator[Row]:
    if standing.is_only_here:
        lonely = words.only_here(standing.changes_only_here, standing.photos_only_here)
        yield Row("only", lonely, tr("Ghi ra USB cho máy khác để có thêm một bản"), icon="laptop", tone="part", lines=2)
    if standing.photos_missing:
        missing = tr("{count} ảnh chưa có trên máy này", count=standing.photos_missing)
        yield Row("missing", missing, tr("Nhận gói của máy đã chụp"), icon="image-off", tone="part")
    yield Row("h-reached", tr("Đã về đến đâu"), head=True)
    yield from _stages(standing)
    yield Row("h-others", tr("Máy khác đã báo có gì"), head=True)
    for place, other in enumerate(standing.others):
        chip: tuple[Words, str] = (tr("Đã khớp"), "ok") if other.same else (tr("Chưa khớp"), "na")
        at = tr("Báo lúc {moment}", moment=words.moment_of(other.at)) if other.at else ""
        yield Row(f"o{place}", other.name, at, icon="laptop", chip=chip)
    if not standing.others:
        yield Row(
            "none",
            tr("Chưa máy nào báo"),
            tr("Trao đổi xong, hoặc giấy báo nhận về, thì máy đó hiện ở đây"),
            icon="info",
        )
    if standing.held:
        yield Row("h-held", tr("Đang chờ dữ liệu"), head=True)
        for place, group in enumerate(standing.held):
            head, why = words.waiting(group)
            yield Row(f"w{place}", head, why, icon="clock", tone="part")
    if standing.quarantined:
        yield Row("h-aside", tr("Chưa được công nhận, vẫn giữ"), head=True)
        for place, group in enumerate(standing.quarantined):
            head, why = words.aside(group)
            yield Row(f"q{place}", head, why, icon="flag", tone="part")


def _stages(standing: Standing) -> Iterator[Row]:
    """On this laptop, with the lead, at the office."""
    yield Row("s-here", tr("Trên máy này"), words.amount(standing.changes, standing.photos), icon="laptop")
    if standing.is_leads:
        yield Row("s-lead", tr("Ở máy Trưởng đoàn"), tr("Là máy này"), icon="user")
    else:
        yield _stage("s-lead", tr("Ở máy Trưởng đoàn"), standing.lead, "user")
    yield _stage("s-office", tr("Ở văn phòng"), standing.office, "building-2")


def _stage(key: str, where: Words, found: Reached | None, icon: str) -> Row:
    if found is None:
        return Row(key, where, tr("Chưa báo có gì"), icon=icon, chip=(tr("Chưa rõ"), "na"))
    chip = words.reached(found)
    return Row(key, where, words.reached_at(found), icon=icon, tone=chip[1], chip=chip)


def _passage(key: str, one: Passage) -> Row:
    at = words.moment_of(one.at)
    if not one.written:
        return Row(key, tr("Nhận từ {name}", name=one.party), at, icon="download")
    party: Words = one.party or tr("ai có mã")
    if one.confirmed is None:
        line = tr("{moment} · chưa có giấy báo nhận", moment=at)
        return Row(key, tr("Ghi cho {name}", name=party), line, icon="upload", tone="part")
    line = tr("{moment} · đã có giấy báo nhận", moment=at)
    return Row(key, tr("Ghi cho {name}", name=party), line, icon="upload", tone="ok")
