"""The rate two figures make, as large as it matters."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector.ui import tokens
from inspector.ui.language import tr
from inspector.ui.painting import Mark, paint_mark
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight


class RateBox(QWidget):
    """Sign and rate on the soft ground of the result; a dash while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rate, self._mark = "", Mark.UNCHECKED
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setProperty("content", True)
        self.show_rate("", Mark.UNCHECKED)

    def text(self) -> str:
        return self._rate

    def mark(self) -> Mark:
        return self._mark

    def show_rate(self, rate: str, mark: Mark) -> None:
        self._rate, self._mark = rate, mark
        said = f"{tr('Tỷ lệ')}: {rate}, {mark.words}" if rate else str(tr("Chưa có tỷ lệ"))
        self.setAccessibleName(said)
        self.update()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(look().font(Size.TITLE, Weight.STRONG)).horizontalAdvance("100,00 %")
        return QSize(words + look().px(56), look().px(tokens.CONTROL))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width() - look().px(16), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.show_rate(self._rate, self._mark)
        elif event.type() is QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = self._mark.tone if self._rate else "na"
        painter.setPen(look().colour("text") if look().is_high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(look().colour(f"{tone}s"))
        radius = look().px(tokens.RADIUS_CONTROL)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        left, side = look().px(12), look().px(18)
        if self._rate:
            paint_mark(painter, self._mark, QRectF(left, (self.height() - side) / 2, side, side))
        painter.setFont(look().font(Size.TITLE, Weight.STRONG))
        painter.setPen(look().colour(tone))
        room = QRect(left + side + look().px(6), 0, self.width(), self.height())
        aligned = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, aligned, self._rate or "–")
        painter.end()
