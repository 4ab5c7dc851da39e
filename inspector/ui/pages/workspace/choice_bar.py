"""A few choices side by side, of which one is pressed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from inspector.ui import tokens
from inspector.ui.language import Words
from inspector.ui.painting import cap_height, cap_width, paint_cap, paint_pixmap
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.painted_button import PaintedButton
from inspector.ui.widgets.signs import CHIP_TONES


@dataclass(frozen=True)
class Option:
    """``tone`` is one of ``CHIP_TONES``, its colours when chosen, ``keys`` the key that does the same."""

    key: str
    words: Words
    tone: str
    icon: str = ""
    keys: str = ""


class ChoiceBar(QWidget):
    """``chosen`` carries the key of what a person pressed, also when it was chosen already."""

    chosen = Signal(str)

    def __init__(self, words: Words, options: Sequence[Option]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP)
        self._buttons = {option.key: ChoiceButton(words, option) for option in options}
        for key, button in self._buttons.items():
            button.clicked.connect(lambda _checked=False, key=key: self._choose(key))
            row.addWidget(button, 1)
        for button in self._buttons.values():
            button.siblings = tuple(self._buttons.values())
        self._shown = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_chosen(self, key: str | None) -> None:
        self._shown = key or ""
        for own, button in self._buttons.items():
            button.setChecked(own == key)

    def button(self, key: str) -> ChoiceButton:
        return self._buttons[key]

    def _choose(self, key: str) -> None:
        # What is stored decides what is pressed; the answer comes with the next reading.
        self.show_chosen(self._shown)
        self.chosen.emit(key)


class ChoiceButton(PaintedButton):
    """Chosen, it carries its colour, a thicker edge and stronger words."""

    def __init__(self, group: Words, option: Option) -> None:
        super().__init__()
        self._group, self._option = group, option
        self.siblings: Sequence[ChoiceButton] = (self,)
        """All of the bar: where one has no room for sign and key, none shows them."""
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._say()

    def is_tight(self) -> bool:
        return self._whole() + look().px(tokens.GAP) > self.width()

    def sizeHint(self) -> QSize:
        return QSize(self._whole() + 2 * look().px(tokens.GAP), look().px(tokens.CONTROL))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._whole(bare=True) + 2 * look().px(tokens.TIGHT), look().px(tokens.CONTROL))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, on = look().colour, self.isChecked()
        ink = self._ink()
        painter.setPen(QPen(ink if on else colour("control" if self.isEnabled() else "line"), 2 if on else 1))
        painter.setBrush(colour(CHIP_TONES[self._option.tone][1]) if on else colour("surface"))
        inset = 1.0 if on else 0.5
        radius = look().px(tokens.RADIUS_CONTROL)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)
        bare = any(button.is_tight() for button in self.siblings)
        self._paint_words(painter, (self.width() - self._whole(bare=bare)) // 2, bare)
        painter.end()

    def _paint_words(self, painter: QPainter, left: int, bare: bool) -> None:
        on, colour, ink = self.isChecked(), look().colour, self._ink()
        gap, side = look().px(tokens.GAP), look().px(18)
        if self._option.icon and not bare:
            paint_pixmap(painter, self._option.icon, ink, QRect(left, (self.height() - side) // 2, side, side))
            left += side + gap
        painter.setFont(self._font())
        painter.setPen(ink)
        words = QFontMetrics(self._font()).horizontalAdvance(self.text())
        painter.drawText(QRect(left, 0, words + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._key() and not bare:
            cap = QRectF(
                left + words + gap, (self.height() - cap_height()) / 2, cap_width(self._option.keys), cap_height()
            )
            edge = ink if on else colour("line")
            paint_cap(painter, self._option.keys, cap, ink=ink if on else colour("text2"), edge=edge, ground=None)

    def _ink(self) -> QColor:
        if self.isChecked():
            return look().colour(CHIP_TONES[self._option.tone][0])
        return look().colour("text" if self.isEnabled() else "disabled")

    def _whole(self, *, bare: bool = False) -> int:
        words = QFontMetrics(look().font(Size.BODY, Weight.STRONG)).horizontalAdvance(self.text()) + 2
        if bare:
            return words
        gap = look().px(tokens.GAP)
        icon = look().px(18) + gap if self._option.icon else 0
        return words + icon + (cap_width(self._key()) + gap if self._key() else 0)

    def _key(self) -> str:
        """None where nothing can be chosen."""
        return self._option.keys if self.isEnabled() else ""

    def _font(self) -> QFont:
        return look().font(Size.BODY, Weight.STRONG if self.isChecked() else Weight.MEDIUM)

    def _say(self) -> None:
        self.setText(str(self._option.words))
        self.setAccessibleName(f"{self._group}: {self._option.words}")
        self.setAccessibleDescription(self._option.keys)
        self.updateGeometry()
        self.update()
