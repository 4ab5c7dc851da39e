"""Where in a text the typed words stand, marks aside; and the part of a long text around the first of them."""

from __future__ import annotations

from inspector.domain.text import fold

_BEFORE = 40
"""A match further back than this many characters is shown with the text before it cut off."""


def spans(words: str, text: str) -> list[tuple[int, int]]:
    """Places of the typed words in ``text``, in order and without overlaps; each begins where a word begins."""
    plain, places = _folded(text)
    found: list[tuple[int, int]] = []
    for word in sorted(set(fold(words).split()), key=len, reverse=True):
        start = plain.find(word)
        while start >= 0:
            begins = start == 0 or not plain[start - 1].isalnum()
            place = places[start], places[start + len(word) - 1] + 1
            if begins and all(place[1] <= other[0] or other[1] <= place[0] for other in found):
                found.append(place)
            start = plain.find(word, start + 1)
    return sorted(found)


def around(words: str, text: str) -> str:
    """One line of text that shows the first match near its beginning."""
    line = " ".join(text.split())
    found = spans(words, line)
    if not found or found[0][0] <= _BEFORE:
        return line
    cut = line.rfind(" ", 0, found[0][0] - _BEFORE // 2)
    return f"… {line[cut + 1 :]}" if cut > 0 else line


def _folded(text: str) -> tuple[str, list[int]]:
    """The text as it is searched, and for each of its characters the place it comes from."""
    plain, places = [], []
    for place, letter in enumerate(text):
        for part in fold(letter) or " ":
            plain.append(part)
            places.append(place)
    return "".join(plain), places
