"""Small things that are only read: key caps, chips, stacked bars of progress."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector.ui import tokens
from inspector.ui.language import Words, mark_content, tr
from inspector.ui.painting import Mark, cap_height, cap_width, paint_cap, paint_mark, paint_parts, paint_pixmap
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight


class Sign(QWidget):
    """Something painted that has a name; grows with the text scale and speaks the language of the window."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
        elif event.type() is QEvent.Type.StyleChange:
            self.updateGeometry()

    @abstractmethod
    def _say(self) -> None:
        """Name it for those who do not see it, and ask for the room its words need."""


class KeyCap(Sign):
    """The cap of a key, such as "Ctrl+K"."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("content", True)
        self._say()

    def text(self) -> str:
        return self._keys

    def sizeHint(self) -> QSize:
        return QSize(cap_width(self._keys), cap_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        colour = look().colour
        painter = QPainter(self)
        paint_cap(
            painter,
            self._keys,
            QRectF(self.rect()),
            ink=colour("text2"),
            edge=colour("line"),
            ground=colour("surface2"),
        )
        painter.end()

    def _say(self) -> None:
        self.setAccessibleName(self._keys)


CHIP_TONES = {
    "na": ("na", "nas"),
    "accent": ("accent2", "asoft"),
    "part": ("part", "parts"),
    "ok": ("ok", "oks"),
    "no": ("no", "nos"),
    "dis": ("dis", "diss"),
}
"""Tones of chips: colour of the words and of the ground."""


class Chip(Sign):
    """A state in a few words on a soft ground; ``tone`` is one of ``CHIP_TONES``."""

    def __init__(
        self,
        words: Words,
        tone: str = "na",
        *,
        icon: str = "",
        mark: Mark | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._mark = icon, mark
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(words, tone)

    def show_state(self, words: Words, tone: str) -> None:
        self._words, self._tone = words, CHIP_TONES[tone]
        mark_content(self, words)
        self._say()

    def text(self) -> str:
        return str(self._words)

    def sizeHint(self) -> QSize:
        icon = look().px(16 + tokens.TIGHT) if self._icon or self._mark else 0
        return QSize(
            QFontMetrics(_small()).horizontalAdvance(self.text()) + icon + look().px(16), look().px(tokens.CHIP)
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        ink, ground = (look().colour(name) for name in self._tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(ink if look().is_high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        radius = look().px(tokens.RADIUS_CHIP)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        left, side = look().px(tokens.GAP), look().px(16)
        box = QRect(left, (self.height() - side) // 2, side, side)
        if self._mark is not None:
            paint_mark(painter, self._mark, QRectF(box))
        elif self._icon:
            paint_pixmap(painter, self._icon, ink, box)
        if self._icon or self._mark:
            left += side + look().px(tokens.TIGHT)
        painter.setFont(_small())
        painter.setPen(ink)
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()

    def _say(self) -> None:
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()


class ProgressBar(Sign):
    """How far a checklist is, stacked by result; always stands beside a number. ``height`` is 8 or 4."""

    ORDER = (Mark.MET, Mark.PARTLY, Mark.NOT_MET, Mark.NOT_APPLICABLE, Mark.DISAGREED)

    def __init__(self, height: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = height
        self._counts: dict[Mark, int] = {}
        self._total = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._say()

    def show_counts(self, counts: Mapping[Mark, int], total: int) -> None:
        """How many items have each result, of ``total``; the rest of the bar is what was not checked."""
        self._counts, self._total = dict(counts), total
        self._say()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(80), look().px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(24), look().px(self._height))

    def paintEvent(self, _event: QPaintEvent) -> None:
        whole = max(1, self._total)
        parts = [
            (self._counts[mark] / whole, look().colour(mark.tone)) for mark in self.ORDER if self._counts.get(mark)
        ]
        painter = QPainter(self)
        paint_parts(painter, QRectF(self.rect()), parts, look().colour("nas"))
        painter.end()

    def _say(self) -> None:
        done = sum(self._counts.get(mark, 0) for mark in self.ORDER)
        said = [f"{mark.words} {self._counts[mark]}" for mark in self.ORDER if self._counts.get(mark)]
        words = tr("Đã kiểm tra {done}/{total}", done=done, total=self._total)
        self.setAccessibleName(": ".join([str(words), ", ".join(said)]) if said else str(words))
        self.setToolTip(self.accessibleName())


def _small() -> QFont:
    return look().font(Size.META, Weight.MEDIUM)
