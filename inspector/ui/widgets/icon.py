"""A bundled icon standing by itself; the words beside it name what it means."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector.ui.painting import paint_pixmap
from inspector.ui.theme import look


class Icon(QWidget):
    """``tone`` is the name of a colour; ``size`` logical pixels at a text scale of 100 %."""

    def __init__(self, name: str, tone: str = "text2", size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._tone, self._size = name, tone, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, tone: str) -> None:
        self._name, self._tone = name, tone
        self.update()

    def sizeHint(self) -> QSize:
        side = look().px(self._size)
        return QSize(side, side)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        side = look().px(self._size)
        painter = QPainter(self)
        box = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        paint_pixmap(painter, self._name, look().colour(self._tone), box)
        painter.end()
