"""How far long work is, as a bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector.ui import tokens
from inspector.ui.language import tr
from inspector.ui.painting import paint_parts
from inspector.ui.theme import look
from inspector.ui.widgets.signs import Sign


class JobBar(Sign):
    """How far it is; empty while nobody knows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._say()

    @property
    def share(self) -> float:
        return self._share

    def show_share(self, done: int, total: int) -> None:
        self._share = min(1.0, done / total) if total > 0 else 0.0
        self._say()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(160), look().px(tokens.GAP))

    def paintEvent(self, _event: QPaintEvent) -> None:
        done = [(self._share, look().colour("accent"))] if self._share else []
        painter = QPainter(self)
        paint_parts(painter, QRectF(self.rect()), done, look().colour("nas"))
        painter.end()

    def _say(self) -> None:
        self.setAccessibleName(str(tr("Đã xong {percent} %", percent=round(100 * self._share))))
