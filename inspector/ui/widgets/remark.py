"""An icon with a few small words that may lead somewhere: states in fields and in the status bar."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector.ui import tokens
from inspector.ui.language import Words, mark_content
from inspector.ui.painting import paint_pixmap
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.painted_button import PaintedButton


class Remark(PaintedButton):
    """Without words it takes no room; ``leads`` makes it a button. Where room is short, the icon and a tooltip stay."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._tone = "", "text2"
        self._words: Words = ""
        self._reason: Words = ""
        self.leads = False
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_remark("", "text2", "")

    def show_remark(self, icon: str, tone: str, words: Words, *, leads: bool = False, reason: Words = "") -> None:
        """``reason`` is told by the tooltip and by readers of the screen."""
        self._icon, self._tone, self._words, self._reason, self.leads = icon, tone, words, reason, leads
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if leads else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)
        mark_content(self, words)
        self._say()

    def sizeHint(self) -> QSize:
        height = look().px(Size.META.line)
        if not str(self._words):
            return QSize(0, height)
        metrics = QFontMetrics(look().font(Size.META, Weight.MEDIUM))
        return QSize(look().px(16 + tokens.TIGHT) + metrics.horizontalAdvance(self.text()) + 2, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), look().px(16)), look().px(Size.META.line))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.text():
            return
        side, ink = look().px(16), look().colour(self._tone)
        painter = QPainter(self)
        paint_pixmap(painter, self._icon, ink, QRect(0, (self.height() - side) // 2, side, side))
        if self.width() >= self.sizeHint().width():
            painter.setFont(look().font(Size.META, Weight.MEDIUM))
            painter.setPen(ink)
            left = side + look().px(tokens.TIGHT)
            box = QRect(QPoint(left, 0), QSize(self.width() - left, self.height()))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.leads:
            super().mousePressEvent(event)
        else:
            event.ignore()

    def _say(self) -> None:
        self.setText(str(self._words))
        self.setAccessibleName(str(self._words))
        self.setAccessibleDescription(str(self._reason))
        self.setToolTip(str(self._reason or self._words))
        self.updateGeometry()
        self.update()
