"""Typing Vietnamese in tests, in the two ways people do.

Never ``qtbot.keyClicks`` with such letters: it aborts the process. ``type_text`` and ``backspaces`` are what Windows
delivers when UniKey rewrites a word; ``compose`` is what ibus, fcitx and macOS do.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

_NONE = Qt.KeyboardModifier.NoModifier


def type_text(widget: QWidget, text: str) -> None:
    """Letter by letter, as key events without a key code."""
    for letter in text:
        _press(widget, QKeyEvent(QEvent.Type.KeyPress, 0, _NONE, letter))
        _press(widget, QKeyEvent(QEvent.Type.KeyRelease, 0, _NONE, letter))


def backspaces(widget: QWidget, count: int) -> None:
    for _ in range(count):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            _press(widget, QKeyEvent(kind, Qt.Key.Key_Backspace.value, _NONE, "\b"))


def rewrite(widget: QWidget, *pieces: str | int) -> None:
    """UniKey: texts are typed, numbers are backspaces: ``rewrite(w, "vie", 1, "ê", "t", 2, "ệt")``."""
    for piece in pieces:
        if isinstance(piece, int):
            backspaces(widget, piece)
        else:
            type_text(widget, piece)


def compose(widget: QWidget, preedits: list[str], commit: str | None) -> None:
    """An input method: one composed word after another, then its commit; None leaves the last one open."""
    for preedit in preedits:
        QApplication.sendEvent(widget, QInputMethodEvent(preedit, []))
    if commit is not None:
        event = QInputMethodEvent("", [])
        event.setCommitString(commit)
        QApplication.sendEvent(widget, event)


def press(widget: QWidget, keys: str) -> None:
    """One key with its modifiers, such as ``Ctrl+K``, as the window system delivers it: shortcuts come first."""
    *names, key = keys.split("+")
    modifiers = _NONE
    for name in names:
        modifiers |= _MODIFIERS[name]
    QTest.keyClick(widget, getattr(Qt.Key, f"Key_{_KEYS.get(key, key)}"), modifiers)


_MODIFIERS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
}
_KEYS = {"Esc": "Escape", "PgUp": "PageUp", "PgDown": "PageDown", "Del": "Delete"}


def _press(widget: QWidget, event: QKeyEvent) -> None:
    QApplication.sendEvent(widget, event)
