"""The result of an item: its sign, and the four buttons that choose it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from inspector.ui import tokens
from inspector.ui.commands import COMMANDS, cap
from inspector.ui.language import Words, mark_content
from inspector.ui.painting import Mark, cap_height, cap_width, paint_cap, paint_mark
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.painted_button import PaintedButton


class ResultMark(QWidget):
    """The sign of a result; readers of the screen hear its word."""

    def __init__(self, mark: Mark = Mark.UNCHECKED, size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_mark(mark)

    def show_mark(self, mark: Mark, words: Words = "") -> None:
        """``words`` where the checklist has its own for this result."""
        self.mark = mark
        self._words = words or mark.words
        mark_content(self, self._words)
        self.setAccessibleName(str(self._words))
        self.setToolTip(str(self._words))
        self.update()

    def sizeHint(self) -> QSize:
        side = look().px(self._side)
        return QSize(side, side)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.show_mark(self.mark, self._words)
        elif event.type() is QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        side = look().px(self._side)
        painter = QPainter(self)
        paint_mark(painter, self.mark, QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side))
        painter.end()


@dataclass(frozen=True)
class ResultChoice:
    """``words`` are the checklist's own; ``closed`` says why it cannot be chosen here, empty if it can."""

    mark: Mark
    words: Words
    closed: Words = ""


RESULT_COMMANDS = {
    Mark.MET: "result-met",
    Mark.PARTLY: "result-partly",
    Mark.NOT_MET: "result-not-met",
    Mark.NOT_APPLICABLE: "result-not-applicable",
}


class ResultBar(QWidget):
    """The choices of an item side by side, each with its sign and key. ``chosen`` carries the ``Mark``."""

    chosen = Signal(object)

    def __init__(self, choices: Sequence[ResultChoice] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[Mark, ResultButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(tokens.GAP)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.offer(choices)

    def offer(self, choices: Sequence[ResultChoice]) -> None:
        """The choices of this item; nothing is chosen."""
        for button in self._buttons.values():
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = {choice.mark: ResultButton(choice, self) for choice in choices}
        for button in self._buttons.values():
            self._row.addWidget(button, 1)
            button.picked.connect(self._choose)
            button.siblings = tuple(self._buttons.values())
        self._fit_gaps()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_gaps()

    def _fit_gaps(self) -> None:
        """Words come before the gaps between them."""
        words = sum(button.minimumSizeHint().width() for button in self._buttons.values())
        gaps = max(len(self._buttons) - 1, 0)
        self._row.setSpacing(tokens.GAP if words + gaps * tokens.GAP <= self.width() else tokens.TIGHT)

    def show_chosen(self, mark: Mark | None) -> None:
        """What is stored; None while nothing was answered."""
        for own, button in self._buttons.items():
            button.setChecked(own is mark)

    def button(self, mark: Mark) -> ResultButton:
        return self._buttons[mark]

    def _choose(self, mark: Mark) -> None:
        # Pressed again, a chosen result stays chosen: taking an answer back is an act of its own.
        self.show_chosen(mark)
        self.chosen.emit(mark)


class ResultButton(PaintedButton):
    """One result to choose. Chosen, it carries its colour, a thicker edge and stronger words. ``picked``: its mark."""

    picked = Signal(object)

    def __init__(self, choice: ResultChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self.siblings: Sequence[ResultButton] = (self,)
        """All of the bar: where one has no room for its key, none shows it."""
        keys = COMMANDS[RESULT_COMMANDS[choice.mark]].keys if choice.mark in RESULT_COMMANDS else ()
        self._key = cap(keys[0]).removeprefix("Alt+") if keys else ""
        self.setCheckable(True)
        self.setEnabled(not choice.closed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        mark_content(self, choice.words)
        self.clicked.connect(self._pick)
        self._say()

    def sizeHint(self) -> QSize:
        return QSize(self._whole() + 2 * look().px(12), look().px(tokens.CONTROL))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._whole(with_key=False) + 2 * look().px(tokens.TIGHT), look().px(tokens.CONTROL))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        gap, with_key = look().px(tokens.GAP), self.shows_key()
        left = (self.width() - self._whole(with_key=with_key)) // 2
        if self.isEnabled():
            side = look().px(18)
            paint_mark(painter, self._choice.mark, QRectF(left, (self.height() - side) / 2, side, side))
            left += side + gap
        painter.setFont(self._font())
        painter.setPen(look().colour(self._tone()))
        advance = QFontMetrics(self._font()).horizontalAdvance(self._said()) + 1
        box = QRect(QPoint(left, 0), QSize(advance, self.height()))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._said())
        if with_key:
            self._paint_key(painter, left + advance + gap)
        painter.end()

    def _pick(self) -> None:
        self.picked.emit(self._choice.mark)

    def _paint_key(self, painter: QPainter, left: int) -> None:
        box = QRectF(left, (self.height() - cap_height()) / 2, cap_width(self._key), cap_height())
        ink = look().colour(self._tone())
        edge, ground = (ink, None) if self.isChecked() else (look().colour("line"), look().colour("surface2"))
        paint_cap(painter, self._key, box, ink=ink, edge=edge, ground=ground)

    def _paint_ground(self, painter: QPainter) -> None:
        colour, tone = look().colour, self._choice.mark.tone
        width = 2 if self.isChecked() else 1
        ground, edge = colour("surface"), colour("control")
        if not self.isEnabled():
            ground, edge = colour("nas"), colour("line")
        elif self.isChecked():
            ground, edge = colour(f"{tone}s"), colour(tone)
        elif self.underMouse():
            ground = colour("asoft")
        painter.setPen(QPen(edge, width))
        painter.setBrush(ground)
        inset, radius = width / 2, look().px(tokens.RADIUS_CONTROL)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)

    def _say(self) -> None:
        self.setText(self._said().replace("&", "&&"))
        self.setAccessibleName(self._said())
        self.setAccessibleDescription(str(self._choice.closed))
        self.setToolTip(str(self._choice.closed))
        self.updateGeometry()
        self.update()

    def _said(self) -> str:
        return str(self._choice.words)

    def _tone(self) -> str:
        if not self.isEnabled():
            return "disabled"
        return self._choice.mark.tone if self.isChecked() else "text"

    def _font(self) -> QFont:
        return look().font(Size.BODY, Weight.STRONG if self.isChecked() else Weight.MEDIUM)

    def shows_key(self) -> bool:
        return bool(self._key) and self.isEnabled() and not any(button.is_tight() for button in self.siblings)

    def is_tight(self) -> bool:
        return self.width() < self._whole() + 2 * look().px(8)

    def _whole(self, *, with_key: bool = True) -> int:
        """Width of sign, words and key; room is kept for the stronger words of the chosen state."""
        gap = look().px(tokens.GAP)
        words = QFontMetrics(look().font(Size.BODY, Weight.STRONG)).horizontalAdvance(self._said()) + 1
        sign = look().px(18) + gap if self.isEnabled() else 0
        return words + sign + (cap_width(self._key) + gap if with_key and self._key and self.isEnabled() else 0)
