"""A card with a table of people, how many are there, and the way to add one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.pages.workspace.people.rows import Row
from inspector.ui.pages.workspace.people.table import PeopleModel, PeopleTable
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.card import Card
from inspector.ui.widgets.text import Text


class PeopleCard(Card):
    """``add_pressed`` for the button; its key belongs to the act of the page."""

    add_pressed = Signal()

    def __init__(self, words: Words, heads: Sequence[Words], shares: Sequence[int], add: Words) -> None:
        super().__init__()
        self.add_words = add
        self.model = PeopleModel(heads, self)
        self.add = Button(add, self.add_pressed.emit, kind=Kind.QUIET, icon="plus", parent=self)
        self.table = PeopleTable(words, self.model, shares)
        self._count = Text(size=Size.META, weight=Weight.MEDIUM, tone="text2")
        self._none = Text(tr("Chưa ghi ai."), tone="text2")
        self._none.setContentsMargins(tokens.GAP, 0, 0, tokens.GAP)
        head = QHBoxLayout()
        head.setContentsMargins(tokens.GAP, tokens.GAP, tokens.GAP, 0)
        head.setSpacing(tokens.GAP)
        self.head = head
        head.addWidget(Text(words, size=Size.HEAD, weight=Weight.STRONG))
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self.add)
        self.rows.setContentsMargins(1, 1, 1, 1)
        self.rows.setSpacing(tokens.TIGHT)
        self.rows.addLayout(head)
        self.rows.addWidget(self.table)
        self.rows.addWidget(self._none)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[Row], count: Words) -> None:
        chosen = self.table.chosen()
        self.model.show_rows(rows)
        self._count.say(count)
        # The head keeps its height without the button.
        self._count.setMinimumHeight(look().px(tokens.CONTROL))
        self.table.setVisible(bool(rows))
        self._none.setVisible(not rows)
        if rows and not self.table.choose(chosen):
            self.table.choose(rows[0].id)
