"""The states of a list as a row of pills with counts: one stop of Tab, ← and → go along and choose."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector.ui import tokens
from inspector.ui.keys import ENTER, is_plain
from inspector.ui.language import Words, mark_content, tr
from inspector.ui.pages.flow import Flow
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.painted_button import PaintedButton

_EDGE = 11


class Pill(PaintedButton):
    """A word and how many there are."""

    def __init__(self, key: str, words: Words) -> None:
        super().__init__()
        self.key = key
        self._words = words
        self._count = 0
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        mark_content(self, words)
        self._say()

    def show_count(self, count: int) -> None:
        if count != self._count:
            self._count = count
            self._say()

    def sizeHint(self) -> QSize:
        words, number = self._advances()
        return QSize(words + number + look().px(tokens.GAP + 2 * _EDGE), look().px(tokens.CONTROL))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The row of pills steers; Qt's buttons take the arrows for Tab."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colour, px = look().colour, look().px
        chosen = self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = tokens.FOCUS if self.hasFocus() else 1
        edge = colour("accent" if chosen or self.hasFocus() else "control")
        painter.setPen(QPen(edge, thick))
        painter.setBrush(colour("asoft" if chosen or self.underMouse() else "surface"))
        box = QRectF(self.rect()).adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        words, _ = self._advances()
        left = px(_EDGE)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(look().font(Size.BODY, Weight.STRONG if chosen else Weight.TEXT))
        painter.setPen(colour("accent2" if chosen else "text"))
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), middle, str(self._words))
        painter.setFont(look().font(Size.META, Weight.STRONG))
        painter.setPen(colour("accent2" if chosen else "text2"))
        painter.drawText(self.rect().adjusted(left + words + px(tokens.GAP), 0, 0, 0), middle, str(self._count))
        painter.end()

    def _advances(self) -> tuple[int, int]:
        words = QFontMetrics(look().font(Size.BODY, Weight.STRONG)).horizontalAdvance(str(self._words))
        number = QFontMetrics(look().font(Size.META, Weight.STRONG)).horizontalAdvance(str(self._count))
        return words + 2, number + 2

    def _say(self) -> None:
        self.setText(str(self._words))
        self.setAccessibleName(str(self._words))
        self.setAccessibleDescription(str(self._count))
        self.updateGeometry()
        self.update()


class Pills(Flow):
    """``chosen`` carries the key of the pill somebody chose."""

    chosen = Signal(str)
    left_down = Signal()

    def __init__(self, pills: list[tuple[str, Words]], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.pills = [Pill(key, words) for key, words in pills]
        for pill in self.pills:
            self.flow.addWidget(pill)
            pill.clicked.connect(lambda _checked=False, pill=pill: self._choose(pill))
        self._say()
        self.show_chosen("")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._say()

    def _say(self) -> None:
        self.setAccessibleName(str(tr("Trạng thái")))

    def show_chosen(self, key: str) -> None:
        for pill in self.pills:
            pill.setChecked(pill.key == key)
            pill.setFocusPolicy(Qt.FocusPolicy.StrongFocus if pill.key == key else Qt.FocusPolicy.ClickFocus)

    def show_counts(self, counts: dict[str, int]) -> None:
        for pill in self.pills:
            pill.show_count(counts.get(pill.key, 0))

    def current(self) -> Pill:
        return next((pill for pill in self.pills if pill.isChecked()), self.pills[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        plain = is_plain(event)
        if step is not None and plain:
            place = (self.pills.index(self.current()) + step) % len(self.pills)
            self._choose(self.pills[place])
            self.pills[place].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Down, *ENTER) and plain:
            self.left_down.emit()
        else:
            super().keyPressEvent(event)

    def _choose(self, pill: Pill) -> None:
        self.show_chosen(pill.key)
        self.chosen.emit(pill.key)
