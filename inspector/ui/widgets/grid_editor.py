"""The one editor of a table: it lies over the cell one has come to, so the first letter is never lost."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from inspector.ui.editing import LineEditor

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ACROSS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_FAR = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Grid(Protocol):
    """What the editor asks of its table."""

    def go_down(self, by: int) -> None: ...
    def go_across(self, by: int) -> bool: ...
    def select_from_here(self, event: QKeyEvent) -> None: ...
    def go_far(self, event: QKeyEvent) -> None: ...
    def paste_table(self, text: str) -> None: ...
    def take_back(self) -> bool: ...
    def open_choices(self) -> bool: ...
    def finish(self) -> None: ...


class CellEditor(LineEditor):
    """Coming into a cell marks its text: a letter replaces it, F2 puts the caret behind it, arrows go on to the next.

    As soon as something was typed, ← and → move in the text.
    """

    def __init__(self, grid: Grid, parent: QWidget) -> None:
        super().__init__(selects_all=True, parent=parent)
        self._grid = grid
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def finish(self) -> None:
        """Commit what was typed, as leaving the cell does."""
        self._grid.finish()

    @property
    def is_untouched(self) -> bool:
        """Nothing was typed since the cell was come to, and the caret was put nowhere."""
        whole = self.hasSelectedText() and self.selectedText() == self.text()
        return not self.is_dirty() and not self.preedit and (whole or not self.text())

    def focusNextPrevChild(self, forward: bool) -> bool:
        return self._grid.go_across(1 if forward else -1)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_for_table(event):
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_for_table(event):
            event.ignore()
        elif not self._steered(event):
            super().keyPressEvent(event)

    def _is_for_table(self, event: QKeyEvent) -> bool:
        """Ctrl+Delete and Ctrl+D mean the row and the cell above, as long as the cell is not being edited."""
        combination = QKeySequence(event.keyCombination()).toString()
        return combination in ("Ctrl+Del", "Ctrl+D") and not self.is_dirty() and not self.preedit

    def _steered(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shifted = plain == Qt.KeyboardModifier.ShiftModifier
        if event.matches(QKeySequence.StandardKey.Paste):
            return self._pasted()
        if (key is Qt.Key.Key_F4 and not plain) or (
            key is Qt.Key.Key_Down and plain == Qt.KeyboardModifier.AltModifier
        ):
            return self._grid.open_choices()
        if shifted and (key in _STEPS or (key in _ACROSS and self.is_untouched)):
            self._grid.select_from_here(event)
            return True
        return not plain and self._moved(key, event)

    def _moved(self, key: Qt.Key, event: QKeyEvent) -> bool:
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._grid.go_down(1)
        elif key in _STEPS:
            self._grid.go_down(_STEPS[key])
        elif key in _ACROSS and self.is_untouched:
            self._grid.go_across(_ACROSS[key])
        elif key in _FAR:
            self._grid.go_far(event)
        elif key is Qt.Key.Key_F2:
            self.deselect()
            self.end(False)
        elif key is Qt.Key.Key_Escape:
            return self._grid.take_back()
        else:
            return False
        return True

    def _pasted(self) -> bool:
        """Several cells go into the table, one goes into the text, without the line feed Excel puts behind it."""
        text = QGuiApplication.clipboard().text().rstrip("\r\n")
        if "\t" in text or "\n" in text or "\r" in text:
            self._grid.paste_table(text)
        else:
            self.insert(text)
        return True
