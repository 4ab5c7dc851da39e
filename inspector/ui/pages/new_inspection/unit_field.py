"""Choosing a unit among thousands: what is typed is searched off the GUI thread, the list follows when it is found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from inspector.domain.text import fold
from inspector.ui.language import Words
from inspector.ui.widgets.pick_field import Choice
from inspector.ui.widgets.search_field import SearchField


class UnitField(SearchField):
    """``ask`` looks a text up somewhere else; ``take_found`` brings the answer."""

    def __init__(self, words: Words, ask: Callable[[str], object], *, parent: QWidget | None = None) -> None:
        self._ask = ask
        self._known: dict[str, tuple[Choice, ...]] = {}
        self._asked: set[str] = set()
        super().__init__(words, self._look_up, parent=parent)

    def take_found(self, text: str, choices: Sequence[Choice]) -> None:
        """The list shows what was found, if that is still what stands in the field."""
        key = _key(text)
        self._known[key] = tuple(choices)
        self._asked.discard(key)
        if _key(self._line.draft().text) == key:
            self._search()

    def forget_found(self) -> None:
        """The day changed: other units may exist."""
        self._known.clear()
        self._asked.clear()

    def _look_up(self, text: str) -> Sequence[Choice]:
        key = _key(text)
        if key not in self._known and key not in self._asked and key:
            self._asked.add(key)
            self._ask(text)
        return self._known.get(key, ())


def _key(text: str) -> str:
    """Marks matter to the order of what is found, blanks do not."""
    return " ".join(text.split()).casefold() if fold(text).strip() else ""
