"""What a key event means, on the number pad too."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def is_plain(event: QKeyEvent) -> bool:
    """Without Shift, Ctrl, Alt or Meta."""
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier


def is_enter(event: QKeyEvent) -> bool:
    """Enter and nothing else."""
    return is_plain(event) and event.key() in ENTER
