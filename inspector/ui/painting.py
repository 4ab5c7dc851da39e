"""Small figures that several widgets and the delegates of lists draw alike: signs of results, key caps, chips, bars."""

from __future__ import annotations

import math
from enum import Enum

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen, QPolygonF

from inspector.ui import tokens
from inspector.ui.language import Phrase, tr
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight


class Mark(Enum):
    """What a result looks like: the stem of its colours and the word that names it."""

    MET = ("ok", tr("Đạt"))
    PARTLY = ("part", tr("Đạt một phần"))
    NOT_MET = ("no", tr("Không đạt"))
    NOT_APPLICABLE = ("na", tr("Không áp dụng"))
    UNCHECKED = ("na", tr("Chưa kiểm tra"))
    DISAGREED = ("dis", tr("Chưa thống nhất"))

    def __init__(self, tone: str, words: Phrase) -> None:
        self.tone = tone
        self.words = words


def paint_mark(painter: QPainter, mark: Mark, rect: QRectF, *, colour: QColor | None = None) -> None:
    """The sign of a result into a square; each has a shape of its own, so colour is never the only difference."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center())
    painter.scale(rect.width() / 20, rect.height() / 20)
    ink = colour or look().colour(mark.tone)
    _SIGNS[mark](painter, ink, look().colour("surface"))
    painter.restore()


def _met(painter: QPainter, ink: QColor, ground: QColor) -> None:
    _disc(painter, ink)
    painter.setPen(_line(ground, 2.1))
    painter.drawPolyline(QPolygonF([QPointF(-3.9, 0.3), QPointF(-1.2, 3), QPointF(4, -2.8)]))


def _partly(painter: QPainter, ink: QColor, _ground: QColor) -> None:
    painter.setPen(_line(ink, 1.8))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(0, 0), 8, 8)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPie(QRectF(-8, -8, 16, 16), 90 * 16, 180 * 16)


def _not_met(painter: QPainter, ink: QColor, ground: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawRoundedRect(QRectF(-8.5, -8.5, 17, 17), 2.5, 2.5)
    painter.setPen(_line(ground, 2.2))
    painter.drawLine(QPointF(-3.2, -3.2), QPointF(3.2, 3.2))
    painter.drawLine(QPointF(3.2, -3.2), QPointF(-3.2, 3.2))


def _not_applicable(painter: QPainter, ink: QColor, _ground: QColor) -> None:
    painter.setPen(_line(ink, 1.7))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(0, 0), 8, 8)
    painter.drawLine(QPointF(-3.8, 0), QPointF(3.8, 0))


def _unchecked(painter: QPainter, ink: QColor, _ground: QColor) -> None:
    pen = QPen(ink, 1.7)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    # Ten dashes around: lengths count in widths of the pen.
    dash = 2 * math.pi * 8 / 10 / 1.7
    pen.setDashPattern([dash * 0.6, dash * 0.4])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(0, 0), 8, 8)


def _disagreed(painter: QPainter, ink: QColor, ground: QColor) -> None:
    painter.setPen(QPen(ink, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(ink)
    painter.drawPolygon(QPolygonF([QPointF(0, -9), QPointF(9, 0), QPointF(0, 9), QPointF(-9, 0)]))
    painter.setPen(_line(ground, 1.6))
    painter.drawLine(QPointF(-3.4, -1.7), QPointF(3.4, -1.7))
    painter.drawLine(QPointF(-3.4, 1.7), QPointF(3.4, 1.7))
    painter.drawLine(QPointF(-1.8, 4), QPointF(1.8, -4))


def _disc(painter: QPainter, ink: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawEllipse(QPointF(0, 0), 9, 9)


def _line(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


_SIGNS = {
    Mark.MET: _met,
    Mark.PARTLY: _partly,
    Mark.NOT_MET: _not_met,
    Mark.NOT_APPLICABLE: _not_applicable,
    Mark.UNCHECKED: _unchecked,
    Mark.DISAGREED: _disagreed,
}


def cap_width(keys: str) -> int:
    """Logical width of the cap of a key such as "Ctrl+N"."""
    advance = QFontMetrics(look().font(Size.META, Weight.MEDIUM)).horizontalAdvance(keys)
    return max(cap_height(), advance + look().px(10))


def cap_height() -> int:
    return look().px(20)


def paint_cap(painter: QPainter, keys: str, rect: QRectF, *, ink: QColor, edge: QColor, ground: QColor | None) -> None:
    """The cap of a key: small letters in a bordered box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(ground if ground is not None else Qt.BrushStyle.NoBrush)
    radius = look().px(tokens.RADIUS_CHIP)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.setFont(look().font(Size.META, Weight.MEDIUM))
    painter.setPen(ink)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, keys)
    painter.restore()


def paint_parts(painter: QPainter, rect: QRectF, parts: list[tuple[float, QColor]], ground: QColor) -> None:
    """A bar stacked from fractions of its length; a hair of ground stands between two parts."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = QPainterPath()
    outline.addRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setClipPath(outline)
    painter.fillRect(rect, ground)
    left = rect.left()
    for fraction, colour in parts:
        width = fraction * rect.width()
        painter.fillRect(QRectF(left, rect.top(), max(1.0, width - 1), rect.height()), colour)
        left += width
    painter.restore()


def paint_pixmap(painter: QPainter, name: str, colour: QColor, rect: QRect) -> None:
    """An icon, drawn for the device the painter paints on: a screen, or a picture of another device ratio."""
    ratio = painter.deviceTransform().m11()
    painter.drawPixmap(rect.topLeft(), look().icons.pixmap(name, colour, rect.width(), ratio))
