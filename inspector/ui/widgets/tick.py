"""A tick (ô đánh dấu) in the colours of the tokens."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from inspector.ui import tokens
from inspector.ui.language import Words, mark_content
from inspector.ui.theme import look
from inspector.ui.tokens import Size
from inspector.ui.widgets.painted_button import clicked_by_enter

_LEAST = 120
"""Width of one that may be cut."""


class Tick(QCheckBox):
    """Space or Enter ticks; ``clicked`` follows a person's tick, never ``setChecked``.

    One that ``cuts`` ends in an ellipsis where there is no room, and its tooltip holds all of it.
    """

    def __init__(self, words: Words, *, cuts: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cuts = cuts
        self._words = words
        self._is_record = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        width = QSizePolicy.Policy.Preferred if cuts else QSizePolicy.Policy.Minimum
        self.setSizePolicy(width, QSizePolicy.Policy.Fixed)
        mark_content(self, words)
        self._say()

    def show_record(self, *, record: bool) -> None:
        """Only read any more: cannot be ticked, and stays as legible as what is."""
        self._is_record = record
        self.setEnabled(not record)
        self.update()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(look().font()).horizontalAdvance(str(self._words))
        side = look().px(tokens.GROUP)
        return QSize(2 * _room() + side + look().px(tokens.GAP) + words + 1, look().px(Size.BODY.line) + 4)

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return QSize(min(whole.width(), look().px(_LEAST)), whole.height()) if self._cuts else whole

    def hitButton(self, _place: object) -> bool:
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not clicked_by_enter(self, event):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
        elif event.type() is QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = look().px(tokens.GROUP)
        box = QRectF(_room(), (self.height() - side) / 2, side, side)
        if self.hasFocus():
            painter.setPen(QPen(look().colour("accent"), tokens.FOCUS))
            painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 5, 5)
        self._paint_box(painter, box)
        painter.setFont(look().font())
        painter.setPen(look().colour("text" if self.isEnabled() or self._is_record else "disabled"))
        left = box.right() + look().px(tokens.GAP)
        words = QRectF(left, 0, self.width() - left, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._fitting(words))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def _fitting(self, room: QRectF) -> str:
        """The words, cut where that is allowed."""
        if not self._cuts:
            return str(self._words)
        metrics = QFontMetrics(look().font())
        return metrics.elidedText(str(self._words), Qt.TextElideMode.ElideRight, int(room.width()))

    def _tell_whole(self) -> None:
        if self._cuts:
            self.setToolTip(str(self._words) if self.width() < self.sizeHint().width() else "")

    def _paint_box(self, painter: QPainter, box: QRectF) -> None:
        ticked, colour = self.isChecked(), look().colour
        edge = "control" if self._is_record else "line" if not self.isEnabled() else "accent" if ticked else "control"
        painter.setPen(QPen(colour(edge), 1))
        painter.setBrush(colour("nas" if not self.isEnabled() else "accent" if ticked else "surface"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if ticked:
            ink = "text2" if self._is_record else "onaccent" if self.isEnabled() else "disabled"
            painter.setPen(QPen(colour(ink), look().px(2)))
            scale = box.width() / 16
            points = [QPointF(x * scale, y * scale) + box.topLeft() for x, y in ((4, 8.2), (7, 11), (12, 5.4))]
            painter.drawPolyline(QPolygonF(points))

    def _say(self) -> None:
        self.setText(str(self._words).replace("&", "&&"))
        self.setAccessibleName(str(self._words))
        self._tell_whole()
        self.updateGeometry()


def _room() -> int:
    """Room for the mark of focus around the box."""
    return 5
