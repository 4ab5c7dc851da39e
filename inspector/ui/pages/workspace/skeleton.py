"""What stands where an inspection is still being read: its structure at once, words only when it takes long."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.language import tr
from inspector.ui.theme import look
from inspector.ui.widgets.text import Text

_PATIENCE_MS = 300
_ROWS = 9


class Skeleton(QWidget):
    """Grey rows in the place of lists."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Text(tr("Đang mở…"), tone="text2")
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._words.hide()
        rows = QVBoxLayout(self)
        rows.addStretch(1)
        rows.addWidget(self._words)
        rows.addStretch(3)
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._timer.timeout.connect(self._words.show)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._words.hide()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour("nas"))
        px = look().px
        for row in range(_ROWS):
            top = px(tokens.EDGE) + row * px(tokens.ROW_TWO_LINES)
            for left, width in ((px(16), px(200)), (px(256), px(360)), (px(660), self.width() - px(684))):
                if width > 0 and top + px(20) < self.height():
                    painter.drawRoundedRect(QRectF(left, top, width, px(20)), 4, 4)
        painter.end()
