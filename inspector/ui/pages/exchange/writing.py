"""A package being chosen: which inspections, and who can open it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from inspector.services.packages import Laptop, new_code
from inspector.services.standing import Standing
from inspector.ui import tokens
from inspector.ui.actions import Act
from inspector.ui.language import tr
from inspector.ui.pages.exchange import words
from inspector.ui.pages.flow import Flow
from inspector.ui.pages.line_list import LineList, Row
from inspector.ui.theme import look
from inspector.ui.tokens import Size
from inspector.ui.widgets.button import ActionButton, Button, Kind
from inspector.ui.widgets.card import Line, SectionHead
from inspector.ui.widgets.field import TextField
from inspector.ui.widgets.text import Text

_SIDE = 404
_LAPTOPS = 168


class WritingPane(QWidget):
    """Space or Enter ticks a row. Laptops that are ticked open it with their own key; without one a code does."""

    def __init__(self, go: Act, leave: Button) -> None:
        super().__init__()
        self._go = go
        self._found: tuple[Standing, ...] = ()
        self._laptops: tuple[Laptop, ...] = ()
        self.chosen: set[str] = set()
        self.devices: set[str] = set()
        self.list = LineList(tr("Các cuộc kiểm tra để ghi"))
        self.head = SectionHead(tr("Ghi những cuộc nào"), line=False)
        self.laptops = LineList(tr("Máy mở được gói"))
        self.laptops.fit_rows(_LAPTOPS)
        self.code = TextField(tr("Mã mở gói"))
        self.code.state.hide()
        self.code.set_help(tr("Báo mã cho người nhận bằng cách khác, không để cùng USB."))
        self._to_laptops = Text(tr("Chọn máy nhận; không chọn máy nào thì khóa bằng mã."), tone="text2", wrap=True)
        self._by_key = Text(tr("Máy đã chọn mở được ngay, không cần mã."), tone="text2", wrap=True)
        self.press = ActionButton(go, kind=Kind.PRIMARY)
        self._lay_out(leave)
        self.list.space.connect(self._tick)
        self.list.opened.connect(self._tick)
        self.laptops.space.connect(self._tick_laptop)
        self.laptops.opened.connect(self._tick_laptop)
        self.setFocusProxy(self.list)

    def _lay_out(self, leave: Button) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        for rows in (left, right):
            rows.setContentsMargins(tokens.GROUP, tokens.GROUP, tokens.GROUP, tokens.GROUP)
            rows.setSpacing(tokens.GAP)
        left.addWidget(self.head)
        left.addWidget(self.list, 1)
        self._side = QWidget()
        self._side.setLayout(right)
        right.addWidget(SectionHead(tr("Ai mở được gói"), line=False))
        for widget in (self._to_laptops, self.laptops, self._by_key, self.code):
            right.addWidget(widget)
        what = tr("Gói được đọc lại từng tệp rồi mới báo xong. Chỉ giấy báo nhận mới cho biết dữ liệu đã tới nơi.")
        right.addWidget(Text(what, size=Size.META, tone="text2", wrap=True))
        right.addWidget(Flow(self.press, leave))
        right.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addLayout(left, 1)
        self._row.addWidget(Line(upright=True))
        self._row.addWidget(self._side)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.setFixedWidth(min(look().px(_SIDE), self.width() // 2))

    def begin(self, found: Sequence[Standing], laptops: Sequence[Laptop], only: str = "") -> None:
        """Offer these; ticked is what lies on this laptop only, or the one that was asked for."""
        self._found, self._laptops = tuple(found), tuple(laptops)
        self.chosen = {only} if only else {standing.id for standing in found if standing.is_only_here}
        self.devices = set()
        self.code.turn_to(new_code())
        self._show()

    def inspections(self) -> list[str]:
        """What is ticked, in the order shown."""
        return [standing.id for standing in self._found if standing.id in self.chosen]

    def typed_code(self) -> str:
        """The code, nothing where laptops were chosen."""
        return "" if self.devices else self.code.text()

    def _tick(self, key: str) -> None:
        self.chosen ^= {key}
        self._show()

    def _tick_laptop(self, key: str) -> None:
        self.devices ^= {key}
        self._show()

    def _show(self) -> None:
        chosen = [standing for standing in self._found if standing.id in self.chosen]
        self.head.say(tr("Ghi những cuộc nào"), tr("Đã chọn {count}", count=len(chosen)))
        self.list.show_rows([_row(standing, ticked=standing.id in self.chosen) for standing in self._found])
        self.laptops.show_rows([_laptop(one, ticked=one.device in self.devices) for one in self._laptops])
        for widget in (self._to_laptops, self.laptops):
            widget.setVisible(bool(self._laptops))
        self._by_key.setVisible(bool(self.devices))
        self.code.setVisible(not self.devices)
        if chosen:
            self._go.open()
        else:
            self._go.close(tr("Chọn ít nhất một cuộc kiểm tra"))


def _row(standing: Standing, *, ticked: bool) -> Row:
    icon, tone = ("square-check", "accent") if ticked else ("x", "disabled")
    detail = " · ".join(
        filter(None, (words.day_of(standing.day), str(words.amount(standing.changes, standing.photos))))
    )
    chip = (tr("Ghi"), "accent") if ticked else (tr("Không ghi"), "na")
    return Row(standing.id, standing.unit, detail, icon=icon, tone=tone, chip=chip)


def _laptop(one: Laptop, *, ticked: bool) -> Row:
    icon, tone = ("square-check", "accent") if ticked else ("laptop", "text2")
    chip = (tr("Mở được"), "accent") if ticked else None
    return Row(one.device, one.name, one.agency, icon=icon, tone=tone, chip=chip)
