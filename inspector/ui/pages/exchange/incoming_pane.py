"""A package from a stick: its code where it has one, then what taking it in would do, before anything is taken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from inspector.services.incoming import Incoming, Preview
from inspector.ui import tokens
from inspector.ui.actions import Act
from inspector.ui.language import Words, tr
from inspector.ui.pages.exchange import words
from inspector.ui.pages.exchange.ground import Ground
from inspector.ui.pages.flow import Flow
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import ActionButton, Button, Kind
from inspector.ui.widgets.card import Card, Line
from inspector.ui.widgets.field import TextField
from inspector.ui.widgets.text import CutText, Text
from inspector.ui.widgets.tick import Tick

_MOST, _LABEL = 720, 168
_SHOWN = 4
Fact = tuple[Words, Words, str]


class IncomingPane(Ground):
    """``place`` is the package that was chosen; ``incoming`` what was found in it, ``None`` before it was checked."""

    def __init__(self, take: Act, open_: Act, leave: Button) -> None:
        super().__init__()
        self.place = Path()
        self.incoming: Incoming | None = None
        self._take_act = take
        self.title = CutText(tr("Nhận gói từ USB"), size=Size.TITLE, weight=Weight.STRONG)
        self.name = CutText(size=Size.META, tone="text2")
        self.code = TextField(tr("Mã mở gói"))
        self.code.state.hide()
        self.code.set_help(tr("Mã do người ghi gói cho biết; chữ hoa, chữ thường như nhau."))
        self.state = Text(tone="text2", wrap=True)
        self.receipt = Tick(tr("Ghi giấy báo nhận vào USB"))
        self.receipt.setChecked(True)
        self.press, self.open = ActionButton(take, kind=Kind.PRIMARY), ActionButton(open_, kind=Kind.PRIMARY)
        self._facts = QWidget()
        self._grid = QGridLayout(self._facts)
        self._lay_out(leave)
        self.show_nothing()

    def _lay_out(self, leave: Button) -> None:
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(tokens.GROUP)
        self._grid.setVerticalSpacing(tokens.GAP)
        self._grid.setColumnStretch(1, 1)
        card = Card()
        for widget in (self.title, self.name, Line(), self.code, self.state, self._facts, Line(), self.receipt):
            card.rows.addWidget(widget)
        card.rows.addWidget(Flow(self.press, self.open, leave))
        self.lay_card(card, _MOST)

    def setFocus(self, *unused: object) -> None:
        """To what is to be done next."""
        for widget in (self.code, self.press):
            if not widget.isHidden() and widget.isEnabled():
                widget.setFocus()
                return
        super().setFocus()

    def show_nothing(self) -> None:
        self.incoming = None
        self._offer(code=False, facts=False)
        self.state.say("")

    def ask_code(self, place: Path) -> None:
        """The package opens by a code."""
        self.place, self.incoming = place, None
        self.name.say(place.name)
        self.code.turn_to("")
        self.state.say("")
        self._offer(code=True, facts=False)

    def refuse_code(self, reason: str) -> None:
        self.code.show_problem(reason)
        self.state.say("")

    def show_checking(self, place: Path) -> None:
        self.place, self.incoming = place, None
        self.name.say(place.name)
        self.state.say(tr("Đang chép gói vào máy và kiểm tra từng tệp…"))
        self._offer(code=not self.code.isHidden(), facts=False)

    def show_incoming(self, incoming: Incoming) -> None:
        self.incoming = incoming
        preview = incoming.preview
        size = words.size_of(preview.size)
        self.name.say(tr("{name} · {files} tệp · {size}", name=preview.name, files=preview.files, size=size))
        self.state.say("")
        self._fill(list(_facts(preview)))
        self._offer(code=False, facts=True)
        self.receipt.setVisible(not preview.own)
        if preview.brings_nothing:
            self._take_act.close(tr("Gói không có gì mới"))
        else:
            self._take_act.open()

    def wants_receipt(self) -> bool:
        return not self.receipt.isHidden() and self.receipt.isChecked()

    def _offer(self, *, code: bool, facts: bool) -> None:
        self.code.setVisible(code)
        self.open.setVisible(code)
        self.code.clear_problem()
        self._facts.setVisible(facts)
        self.receipt.setVisible(facts)
        self.press.setVisible(facts)
        self.state.setVisible(not facts)

    def _fill(self, facts: list[Fact]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, (label, value, tone) in enumerate(facts):
            name = Text(label, tone="text2", wrap=True)
            name.setFixedWidth(look().px(_LABEL))
            said = Text(value, tone=tone, weight=Weight.MEDIUM, wrap=True)
            self._grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(said, place, 1, Qt.AlignmentFlag.AlignTop)


def _facts(preview: Preview) -> Iterator[Fact]:
    made = words.moment_of(preview.made)
    yield tr("Người ghi gói"), ", ".join(filter(None, (preview.sender, preview.agency, made))), "text"
    if preview.other_office:
        yield tr("Nơi khác"), tr("Máy ghi gói thuộc {office}", office=preview.organisation or "?"), "part"
    visits = preview.visits[:_SHOWN]
    for place, visit in enumerate(visits):
        day = "" if visit.day is None else words.day_of(visit.day.isoformat())
        name = ", ".join(filter(None, (visit.unit or visit.id, day)))
        value: Words = tr("{name} – mới với máy này", name=name) if visit.is_new else name
        yield (tr("Cuộc kiểm tra") if not place else ""), value, "text"
    if len(preview.visits) > _SHOWN:
        yield "", tr("và {count} cuộc khác", count=len(preview.visits) - _SHOWN), "text"
    if preview.besides:
        yield tr("Kèm theo"), ", ".join(preview.besides), "text"
    yield tr("Đã kiểm tra gói"), tr("Nguyên vẹn, chữ ký đúng"), "ok"
    yield tr("Thêm vào máy này"), _added(preview), "text"
    if preview.disagreements:
        places = "; ".join(preview.disagreements[:_SHOWN])
        head = tr("{count} chỗ sẽ chưa thống nhất: {places}", count=len(preview.disagreements), places=places)
        yield tr("Sau khi nhận"), head, "dis"
        yield tr("Không có gì bị xóa"), tr("Các ý kiến đều được giữ để Trưởng đoàn quyết định"), "text"
    if preview.waiting:
        yield tr("Phải chờ"), tr("{count} thay đổi chờ dữ liệu chưa có trong gói", count=preview.waiting), "part"
    if preview.without_effect:
        aside = tr("{count} thay đổi chưa được công nhận, được giữ để xem xét", count=preview.without_effect)
        yield tr("Chờ xem xét"), aside, "part"


def _added(preview: Preview) -> Words:
    if preview.brings_nothing and preview.read_at is not None:
        return tr("Gói này đã nhận lúc {moment}; không có gì mới", moment=words.moment_of(preview.read_at))
    if preview.brings_nothing:
        return tr("Gói cũ: mọi thứ trong gói đã có trên máy này")
    added = words.amount(preview.new_changes, preview.new_photos)
    if not preview.known_changes:
        return added
    return tr("{added} · {known} thay đổi đã có, bỏ qua", added=added, known=words.figure(preview.known_changes))
