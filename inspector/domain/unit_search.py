"""Finding a unit by what people type: with or without marks, old or new place of the tone, part of the name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Generic, TypeVar

from inspector.domain.text import fold

_T = TypeVar("_T")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def marked(text: str) -> str:
    """A form that keeps every mark but not the place of the tone: "Hoà" and "Hòa" agree, "Hoa" does not."""
    return " ".join(map(_syllable, text.casefold().replace(",", " ").split()))


def _plain(text: str) -> str:
    return " ".join(map(_folded, text.replace(",", " ").split()))


_folded = lru_cache(16_384)(fold)  # unit names are made of some 5,000 syllables


@lru_cache(16_384)
def _syllable(part: str) -> str:
    if part.isascii():
        return part
    plain = unicodedata.normalize("NFD", part)
    tones = "".join(c for c in plain if c in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in plain if c not in _TONES)) + tones


class SearchIndex(Generic[_T]):
    """Entries by (code, name, display); ``ranked`` gives the best first and equals in the order they came in."""

    def __init__(self, entries: Iterable[tuple[tuple[str, str, str], _T]]) -> None:
        self._entries = [_Entry(*texts, item) for texts, item in entries]

    def ranked(self, text: str) -> Iterator[_T]:
        """Every entry that matches, best first; nothing for an empty text."""
        query = _Query(text)
        if not query.plain:
            return
        scored = ((query.rank(entry), place, entry.item) for place, entry in enumerate(self._entries))
        for _, _, item in sorted((rank, place, item) for rank, place, item in scored if rank < _NOT_FOUND):
            yield item


_NOT_FOUND = 99


class _Entry(Generic[_T]):
    __slots__ = ("code", "display", "item", "name", "plain", "plain_name", "title")

    def __init__(self, code: str, name: str, display: str, item: _T) -> None:
        title = display.partition(",")[0]
        self.code, self.item = code, item
        self.name, self.title, self.display = marked(name), marked(title), marked(display)
        self.plain_name, self.plain = _plain(name), _plain(display)


class _Query:
    def __init__(self, text: str) -> None:
        self.marked = marked(text)
        self.plain = _plain(text)
        self.words = self.plain.split()
        self.marked_words = self.marked.split()

    def rank(self, entry: _Entry[_T]) -> int:
        """0 code, 1–3 with exact marks, 4–6 without; within each: whole name, beginning, every word somewhere."""
        if self.plain == entry.code:
            return 0
        if any(word not in entry.plain for word in self.words):
            return _NOT_FOUND
        if self.marked in (entry.name, entry.title):
            return 1
        if self.plain == entry.plain_name and self.marked not in (entry.name, entry.title):
            return 4
        if entry.name.startswith(self.marked) or entry.display.startswith(self.marked):
            return 2
        if all(word in entry.display.split() for word in self.marked_words):
            return 3
        return 5 if entry.plain_name.startswith(self.plain) or entry.plain.startswith(self.plain) else 6
