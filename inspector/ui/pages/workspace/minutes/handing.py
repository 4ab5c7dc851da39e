"""Handing a file to the program of the system that opens it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def hand_over(file: Path) -> bool:
    """Whether the system has a program for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
