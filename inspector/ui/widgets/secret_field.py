"""A field for what others in the room should not read: hidden until somebody asks to see it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from inspector.ui import tokens
from inspector.ui.editing import LineEditor, settle
from inspector.ui.language import Words, tr
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.field import TextField


class SecretField(TextField):
    """Kept by its page alone: no state of saving. The button above it shows what was typed, and hides it again.

    ``again`` is the field a new passphrase is typed into a second time; it has no button and follows this one, so that
    Enter leads from one to the other. ``shown``: begin in clear, for a long code that is copied from paper.
    """

    def __init__(
        self,
        words: Words,
        *,
        again: SecretField | None = None,
        shown: bool = False,
        button: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, parent=parent)
        self.state.hide()
        self.editor.typed.connect(self.clear_problem)
        self._fields = [field for field in (self, again) if field is not None]
        self.eye.setVisible(button)
        self.show_typed(shown=shown)

    @property
    def is_shown(self) -> bool:
        """What is typed can be read on the screen."""
        return isinstance(self.editor, LineEditor) and self.editor.echoMode() is QLineEdit.EchoMode.Normal

    def turn(self) -> None:
        self.show_typed(shown=not self.is_shown)

    def show_typed(self, *, shown: bool) -> None:
        """Show or hide it, here and where it is typed again. A word still composed becomes part of the text first."""
        for field in self._fields:
            settle(field.editor)
            if isinstance(field.editor, LineEditor):
                mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
                field.editor.setEchoMode(mode)
        self.eye.say(tr("Ẩn chữ") if shown else tr("Hiện chữ"))

    def _beside(self) -> QWidget:
        self.eye = Button(run=self.turn, kind=Kind.QUIET, icon="eye", height=tokens.SMALL_CONTROL)
        # Pressed with the mouse it leaves the caret where it is.
        self.eye.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return self.eye
