"""A card over the whole window, with the page behind out of reach until it is left."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMarginsF, QObject, QRectF
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from inspector.ui import tokens
from inspector.ui.theme import look

_VEIL = QColor(0, 0, 0, 110)


class Overlay(QWidget):
    """As large as its window, however that changes. ``cover`` once it is laid out."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("floats", True)
        window.installEventFilter(self)

    def margins(self) -> QMarginsF:
        """Room around the card."""
        return QMarginsF(tokens.EDGE, tokens.EDGE, tokens.EDGE, tokens.EDGE)

    def cover(self) -> None:
        window = self.parentWidget()
        if window is not None:
            self.setGeometry(window.rect())

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """The page behind is out of reach."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self.cover()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), _VEIL)
        painter.setPen(look().colour("line"))
        painter.setBrush(look().colour("surface"))
        card = QRectF(self.rect()).marginsRemoved(self.margins())
        painter.drawRoundedRect(card, tokens.RADIUS_DIALOG, tokens.RADIUS_DIALOG)
        painter.end()
