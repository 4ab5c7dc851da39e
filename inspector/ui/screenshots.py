"""Pictures of windows as a person would see them: at a device ratio, without a screen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget


def picture(widget: QWidget, ratio: float = 1.0) -> QPixmap:
    """The widget as it is drawn on a screen of this device ratio (1.5 is Windows at 150 %)."""
    QApplication.sendPostedEvents()
    drawn = QPixmap(round(widget.width() * ratio), round(widget.height() * ratio))
    drawn.setDevicePixelRatio(ratio)
    widget.render(drawn, QPoint(0, 0))
    return drawn


def save(widget: QWidget, file: Path, ratio: float = 1.0) -> Path:
    """Write the picture as PNG. Raises ``OSError`` when it cannot be written."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not picture(widget, ratio).save(str(file)):
        raise OSError(f"cannot write {file}")
    return file
