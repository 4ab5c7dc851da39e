"""What all buttons have in common that paint their own words."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton

from inspector.ui.keys import is_enter


class PaintedButton(QAbstractButton):
    """Pressed by Enter too; speaks the language of the window and asks for its room anew at another text scale."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
        elif event.type() is QEvent.Type.StyleChange:
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not clicked_by_enter(self, event):
            super().keyPressEvent(event)

    @abstractmethod
    def _say(self) -> None:
        """Put its words where readers of the screen find them, and ask to be painted with them."""


def clicked_by_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Enter presses the button that has the focus, as Space does; Qt keeps it for default buttons of dialogs."""
    if is_enter(event) and not event.isAutoRepeat():
        button.click()
        return True
    return False
