"""Icons: bundled outlines of 24 × 24, drawn in the colour of a token at the size and device ratio asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_DRAWN_LINE = b'stroke-width="2"'
_OUR_LINE = b'stroke-width="1.7"'


class Icons:
    """The icons of one folder. A pixmap is drawn once for each name, colour, size and device ratio."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._source = cache(self._read)
        self._drawn: dict[tuple[str, str, int, float], QPixmap] = {}

    def names(self) -> list[str]:
        return sorted(file.stem for file in self._folder.glob("*.svg"))

    def pixmap(self, name: str, colour: QColor | str, size: int, ratio: float = 1.0) -> QPixmap:
        """The icon ``size`` logical pixels wide. Raises ``FileNotFoundError`` for a name that is not bundled."""
        tint = QColor(colour).name()
        key = (name, tint, size, ratio)
        if key not in self._drawn:
            self._drawn[key] = self._draw(name, tint, size, ratio)
        return self._drawn[key]

    def _draw(self, name: str, tint: str, size: int, ratio: float) -> QPixmap:
        drawn = QPixmap(round(size * ratio), round(size * ratio))
        drawn.setDevicePixelRatio(ratio)
        drawn.fill(Qt.GlobalColor.transparent)
        renderer = QSvgRenderer(QByteArray(self._source(name).replace(b"currentColor", tint.encode())))
        painter = QPainter(drawn)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        return drawn

    def _read(self, name: str) -> bytes:
        return (self._folder / f"{name}.svg").read_bytes().replace(_DRAWN_LINE, _OUR_LINE)
