"""One picture, whole or in its own size; or the words of a piece that is no picture."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from inspector.ui import tokens
from inspector.ui.language import Words
from inspector.ui.theme import look
from inspector.ui.tokens import Size


class PictureView(QAbstractScrollArea):
    """``stepped`` by -1 or 1 asks for another piece: ← → while the whole is seen, PgUp PgDn always. Space changes
    between the whole and the own size; there the arrows move about.
    """

    stepped = Signal(int)
    sized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._words: Words = ""
        self.is_whole = True
        self._grabbed: QPoint | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)

    def show_picture(self, image: QImage) -> None:
        self._image, self._words = image, ""
        self._settle()

    def show_words(self, words: Words) -> None:
        self._image, self._words = QImage(), words
        self._settle()

    @property
    def has_picture(self) -> bool:
        return not self._image.isNull()

    def set_whole(self, *, whole: bool) -> None:
        self.is_whole = whole
        self._settle()
        self.sized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        step = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(key))
        if step is None and self.is_whole:
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key))
        if step is not None:
            self.stepped.emit(step)
        elif key == Qt.Key.Key_Space and self.has_picture:
            self.set_whole(whole=not self.is_whole)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.is_whole:
            event.ignore()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grabbed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is None:
            return
        moved = event.position().toPoint() - self._grabbed
        self._grabbed = event.position().toPoint()
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - moved.x())
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() - moved.y())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._grabbed = None

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        if self.has_picture:
            self.set_whole(whole=not self.is_whole)

    def paintEvent(self, _event: QPaintEvent) -> None:
        room = self.viewport().rect()
        painter = QPainter(self.viewport())
        painter.fillRect(room, look().colour("surface2"))
        if self.has_picture:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._target(room), self._image)
        elif str(self._words):
            painter.setFont(look().font(Size.BODY))
            painter.setPen(look().colour("text"))
            edge = look().px(tokens.EDGE)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(room.adjusted(edge, edge, -edge, -edge), flags, str(self._words))
        painter.end()

    def _target(self, room: QRect) -> QRect:
        size = self._size()
        target = QRect(QPoint(0, 0), size)
        target.moveCenter(room.center())
        if not self.is_whole:
            target.moveLeft(max(target.left(), 0) if size.width() <= room.width() else -self._at().x())
            target.moveTop(max(target.top(), 0) if size.height() <= room.height() else -self._at().y())
        return target

    def _at(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _size(self) -> QSize:
        """In logical pixels; a small picture is not blown up."""
        own = (self._image.size().toSizeF() / self.devicePixelRatioF()).toSize()
        room = self.viewport().size()
        if not self.is_whole or (own.width() <= room.width() and own.height() <= room.height()):
            return own
        return own.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)

    def _settle(self) -> None:
        size, room = self._size(), self.viewport().size()
        for bar, whole, seen in (
            (self.horizontalScrollBar(), size.width(), room.width()),
            (self.verticalScrollBar(), size.height(), room.height()),
        ):
            bar.setRange(0, max(0, whole - seen))
            bar.setPageStep(seen)
            bar.setSingleStep(look().px(48))
        self.setAccessibleDescription(str(self._words))
        self.viewport().update()
