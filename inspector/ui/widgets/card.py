"""Grounds: the card, the line between two parts, and the head of a part."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.language import Words
from inspector.ui.theme import restyle
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.text import Text


class Card(QFrame):
    """A bordered ground with a column of parts in ``rows``. ``quiet`` is for what is read in passing."""

    def __init__(self, *, quiet: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("quiet", quiet)
        self.setProperty("chosen", False)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(tokens.GROUP, tokens.GROUP, tokens.GROUP, tokens.GROUP)
        self.rows.setSpacing(tokens.GAP)

    def set_chosen(self, *, chosen: bool) -> None:
        """The card a page starts from has an edge of the accent colour."""
        self.setProperty("chosen", chosen)
        restyle(self)


class Line(QFrame):
    """A divider one pixel thick."""

    def __init__(self, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class SectionHead(QWidget):
    """Head of a pane or card: its name, a number or remark at the right, what can be done with it, and a line under."""

    def __init__(self, words: Words, *, aside: Words = "", act: QWidget | None = None, line: bool = True) -> None:
        super().__init__()
        self._words = words
        self.head = Text(words, size=Size.HEAD, weight=Weight.STRONG)
        self.aside = Text(aside, size=Size.META, weight=Weight.MEDIUM, tone="text2")
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP)
        row.addWidget(self.head, 1)
        row.addWidget(self.aside)
        if act is not None:
            row.addWidget(act)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(tokens.GAP)
        rows.addLayout(row)
        if line:
            rows.addWidget(Line())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(str(words))

    def say(self, words: Words, aside: Words = "") -> None:
        self._words = words
        self.head.say(words)
        self.aside.say(aside)
        self.setAccessibleName(str(words))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.setAccessibleName(str(self._words))
