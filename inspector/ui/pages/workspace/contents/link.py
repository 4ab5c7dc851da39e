"""A line that leads somewhere: an icon and words, cut with a tooltip where there is no room."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector.ui import tokens
from inspector.ui.language import Words, mark_content
from inspector.ui.painting import paint_pixmap
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.painted_button import PaintedButton


class Link(PaintedButton):
    """``strong`` words stand before the others in a heavier type, such as *Tồn tại, hạn chế số 3*."""

    def __init__(
        self,
        words: Words,
        icon: str,
        run: Callable[[], object],
        *,
        strong: Words = "",
        tone: str = "accent2",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self._strong, self._icon, self._tone, self._run = words, strong, icon, tone, run
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        mark_content(self, words)
        self.clicked.connect(self._press)
        self._say()

    def sizeHint(self) -> QSize:
        return QSize(self._left() + self._advance() + look().px(tokens.GAP), look().px(Size.BODY.line) + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(96), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = look().px(16)
        icon_tone = "no" if self._icon == "flag" else "text2"
        paint_pixmap(painter, self._icon, look().colour(icon_tone), QRect(2, (self.height() - side) // 2, side, side))
        left = self._left()
        if self._strong:
            left = self._paint(painter, left, str(self._strong), Weight.STRONG, "text") + look().px(tokens.GAP)
        font = look().font()
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        painter.setPen(look().colour("text2" if self._strong else self._tone))
        room = self.width() - left - 2
        said = QFontMetrics(font).elidedText(str(self._words), Qt.TextElideMode.ElideRight, room)
        self._draw(painter, left, said)
        painter.end()

    def _paint(self, painter: QPainter, left: int, words: str, weight: Weight, tone: str) -> int:
        painter.setFont(look().font(Size.BODY, weight))
        painter.setPen(look().colour(tone))
        self._draw(painter, left, words)
        return left + QFontMetrics(painter.font()).horizontalAdvance(words)

    def _draw(self, painter: QPainter, left: int, words: str) -> None:
        box = QRect(QPoint(left, 0), QSize(self.width() - left, self.height()))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _left(self) -> int:
        return look().px(16 + tokens.GAP) + 2

    def _advance(self) -> int:
        strong = QFontMetrics(look().font(Size.BODY, Weight.STRONG)).horizontalAdvance(str(self._strong))
        gap = look().px(tokens.GAP) if strong else 0
        return strong + gap + QFontMetrics(look().font()).horizontalAdvance(str(self._words))

    def _press(self) -> None:
        self._run()

    def _say(self) -> None:
        said = f"{self._strong}: {self._words}" if self._strong else str(self._words)
        self.setText(said.replace("&", "&&"))
        self.setAccessibleName(said)
        self.setToolTip(said if self._left() + self._advance() > self.width() else "")
        self.update()
