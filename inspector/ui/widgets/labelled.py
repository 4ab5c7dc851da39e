"""What every field shows around its editor: label, state of saving, and a line for problems and help."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.language import Words
from inspector.ui.theme import look, restyle
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.note import Note
from inspector.ui.widgets.save_state import SaveState
from inspector.ui.widgets.text import Text


class Labelled(QWidget):
    """Label above, state of saving at its right, the editor, and a note under it."""

    def __init__(self, words: Words, control: QWidget, *, grows: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._control = control
        self._grows = grows
        self.label = Text(words, size=Size.META, weight=Weight.MEDIUM, tone="text2", wrap=True)
        self.state = SaveState()
        self.note = Note()
        self._head = QWidget()
        self._lay_out()
        self._fit()
        self._name_control()

    def set_label(self, words: Words) -> None:
        self._words = words
        self.label.say(words)
        self._name_control()

    def hide_label(self) -> None:
        """For tables and filters, where a head or an icon says it; readers of the screen still hear the label."""
        self._head.hide()

    def show_problem(self, words: Words) -> None:
        """Say under the field what is wrong; what was typed stays."""
        self.note.show_problem(words)
        self._set_wrong(wrong=bool(words))

    def clear_problem(self) -> None:
        self.show_problem("")

    def set_help(self, words: Words) -> None:
        self.note.set_help(words)
        self._control.setAccessibleDescription(str(self.note.words()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._name_control()
        elif event.type() is QEvent.Type.StyleChange:
            self._fit()

    def _lay_out(self) -> None:
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(tokens.GAP)
        head.addWidget(self.label, 1)
        head.addWidget(self.state)
        beside = self._beside()
        if beside is not None:
            head.addWidget(beside)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(tokens.TIGHT)
        rows.addWidget(self._head)
        rows.addWidget(self._control, 1)
        rows.addWidget(self.note)
        vertical = QSizePolicy.Policy.Expanding if self._grows else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        self.setFocusProxy(self._control)

    def _beside(self) -> QWidget | None:
        """What a kind of field has beside its label to be pressed; Tab comes to it before the editor."""
        return None

    def _fit(self) -> None:
        """Heights follow the text scale."""
        if self._grows:
            self._control.setMinimumHeight(look().px(2 * tokens.ROW))
        else:
            self._control.setFixedHeight(look().px(tokens.CONTROL))

    def _name_control(self) -> None:
        self._control.setAccessibleName(str(self._words))
        self._control.setAccessibleDescription(str(self.note.words()))

    def _set_wrong(self, *, wrong: bool) -> None:
        if bool(self._control.property("wrong")) != wrong:
            self._control.setProperty("wrong", wrong)
            restyle(self._control)
        self._control.setAccessibleDescription(str(self.note.words()))
