"""The bundled font, and the five sizes and three weights of type made from it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from inspector.ui.tokens import FONT, PAPER_FONTS, SMALLEST_TEXT, Size, Weight


def load_fonts(folder: Path) -> tuple[Path, ...]:
    """Make the bundled weights known to Qt; returns the files it could not use, with which the system's font serves."""
    files = sorted(folder.glob("*.ttf"))
    return tuple(file for file in files if QFontDatabase.addApplicationFont(str(file)) < 0)


def letter_pixels(size: Size, scale: int) -> int:
    """Height of the letters at a text scale in percent, never below the smallest."""
    return max(SMALLEST_TEXT, round(size.pixels * scale / 100))


def font(size: Size = Size.BODY, weight: Weight = Weight.TEXT, *, scale: int = 100) -> QFont:
    made = QFont(FONT)
    made.setPixelSize(letter_pixels(size, scale))
    made.setWeight(QFont.Weight(weight.value))
    return made


def paper_font(points: float) -> QFont:
    """The font of printed documents, for previews."""
    made = QFont(list(PAPER_FONTS))
    made.setStyleHint(QFont.StyleHint.Serif)
    made.setPointSizeF(points)
    return made
