"""Facts one below the other, each under its label; for panes that are only read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.language import Words
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.text import Text

Fact = tuple[Words, Sequence[Words]]
"""A label and the lines under it."""


class Facts(QScrollArea):
    """``name`` is what readers of the screen hear; arrows scroll while it has the focus."""

    def __init__(self, name: Words) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(str(name))
        self._name = name
        self._head = Text(size=Size.HEAD, weight=Weight.STRONG, wrap=True)
        self._pairs: list[tuple[Text, Text]] = []
        inner = QWidget()
        for ground in (inner, self.viewport()):
            ground.setProperty("ground", "surface")
            ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(tokens.GROUP, tokens.GROUP, tokens.GROUP, tokens.GROUP)
        self._rows.setSpacing(tokens.TIGHT)
        self._rows.addWidget(self._head)
        self._rows.addSpacing(tokens.GAP)
        self._rows.addStretch(1)
        self.setWidget(inner)

    def show_facts(self, head: Words, facts: Sequence[Fact]) -> None:
        """Facts without lines are left out."""
        told = [(label, lines) for label, lines in facts if lines]
        self._head.say(head)
        while len(self._pairs) < len(told):
            self._add()
        for place, (label, content) in enumerate(self._pairs):
            shown = place < len(told)
            label.setVisible(shown)
            content.setVisible(shown)
            if shown:
                label.say(told[place][0])
                lines = told[place][1]
                content.say(lines[0] if len(lines) == 1 else "\n".join(map(str, lines)))
        self.verticalScrollBar().setValue(0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.setAccessibleName(str(self._name))

    def _add(self) -> None:
        label = Text(size=Size.META, weight=Weight.MEDIUM, tone="text2", wrap=True)
        content = Text(wrap=True)
        content.setContentsMargins(0, 0, 0, tokens.GAP)
        content.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        place = self._rows.count() - 1
        self._rows.insertWidget(place, label)
        self._rows.insertWidget(place + 1, content)
        self._pairs.append((label, content))
