"""A line of free text that can also be filled from a short list, when somebody asks for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent

from inspector.ui.language import Words, tr
from inspector.ui.widgets.field import Reading
from inspector.ui.widgets.pick_field import Choice
from inspector.ui.widgets.search_field import SearchField


class SuggestField(SearchField):
    """F4, ↓ or Alt+↓ shows the list; typing never does, so that Enter cannot replace what was typed."""

    def __init__(self, words: Words) -> None:
        self._offered: tuple[Choice, ...] = ()
        super().__init__(words, lambda _text: self._offered)
        self._hint()

    def suggest(self, texts: Sequence[str]) -> None:
        """What the list holds from now on, each once."""
        self._offered = tuple(Choice(text, text) for text in dict.fromkeys(texts) if text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._hint()

    def _hint(self) -> None:
        self.editor.setToolTip(str(tr("F4: chọn từ danh sách")))

    def _search(self) -> None:
        self.choices().hide()

    def _read(self, text: str) -> Reading:
        return Reading(text, text)
