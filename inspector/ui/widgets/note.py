"""The line under a field: what is wrong, or what helps."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.language import Words
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.icon import Icon
from inspector.ui.widgets.text import Text


class Note(QWidget):
    """Hidden while there is nothing to say. A problem goes before a count, a count before help."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problem: Words = ""
        self._count: Words = ""
        self._help: Words = ""
        self._icon = Icon("triangle-alert", "no", 16)
        self._text = Text(size=Size.META, weight=Weight.MEDIUM, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.TIGHT)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        self._show()

    def show_problem(self, words: Words) -> None:
        if words != self._problem:
            self._problem = words
            self._show()

    def clear_problem(self) -> None:
        self.show_problem("")

    def show_count(self, words: Words) -> None:
        if words != self._count:
            self._count = words
            self._show()

    def set_help(self, words: Words) -> None:
        self._help = words
        self._show()

    def words(self) -> Words:
        return self._problem or self._count or self._help

    def _show(self) -> None:
        tone = "no" if self._problem else "part" if self._count else "text2"
        self._icon.setVisible(bool(self._problem))
        self._text.set_tone(tone)
        self._text.say(self.words())
        self.setVisible(bool(self.words()))
