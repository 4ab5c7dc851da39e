"""What the panes of this page stand on: the ground of the window, which scrolls where they are higher than it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.theme import look
from inspector.ui.widgets.card import Card


class Ground(QScrollArea):
    """``lay`` is called once, with everything in its place."""

    def lay(self, inner: QWidget) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for ground in (inner, self.viewport()):
            ground.setProperty("ground", "bg")
            ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWidget(inner)

    def lay_card(self, card: Card, most: int) -> None:
        """A card in the middle, at most so wide."""
        card.setMaximumWidth(look().px(most))
        inner = QWidget()
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card, 1000)
        middle.addStretch(1)
        column = QVBoxLayout(inner)
        column.setContentsMargins(tokens.GROUP, tokens.GROUP, tokens.GROUP, tokens.GROUP)
        column.addLayout(middle)
        column.addStretch(1)
        self.lay(inner)
