"""What the item asks to be looked at: a tick says that somebody saw it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.ui.language import Words, tr
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.text import Text
from inspector.ui.widgets.tick import Tick


class SeenList(QWidget):
    """``see`` is told of every tick a person makes."""

    def __init__(self, see: Callable[[str, bool], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._see = see
        self.ticks: dict[str, Tick] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)
        self.head = Text(tr("Minh chứng cần xem"), size=Size.META, weight=Weight.MEDIUM, tone="text2")
        self._rows.addWidget(self.head)
        self._rows.addStretch(1)

    def show_asked(self, asked: Sequence[str], seen: Sequence[str], locked: Words) -> None:
        if list(self.ticks) != list(asked):
            self._make(asked)
        for text, tick in self.ticks.items():
            tick.setChecked(text in seen)
            tick.show_record(record=bool(locked))
        self.setVisible(bool(asked))

    def _make(self, asked: Sequence[str]) -> None:
        for tick in self.ticks.values():
            self._rows.removeWidget(tick)
            tick.hide()
            tick.deleteLater()
        self.ticks = {}
        for place, text in enumerate(asked, 1):
            tick = Tick(text, cuts=True)
            tick.clicked.connect(lambda is_seen, text=text: self._see(text, is_seen))
            self._rows.insertWidget(place, tick)
            self.ticks[text] = tick


def summary(asked: Sequence[str], seen: Sequence[str]) -> Words:
    """For the button that opens the list in a narrow window."""
    found = sum(text in seen for text in asked)
    return tr("Minh chứng {seen}/{asked}", seen=found, asked=len(asked))
