"""The numbers Word sets before headings and lines of lists by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from inspector.export.word.names import W

_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
          (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_PLACE = re.compile(r"%(\d)")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    kind: str
    text: str
    gap: str


@dataclass(slots=True)
class Numbers:
    """Counts through one document; ask ``label`` for its paragraphs in their order."""

    root: Any | None
    lists: dict[str, tuple[str, dict[int, _Level]]] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.root is None:
            return
        abstract = {
            one.get(f"{W}abstractNumId", ""): {
                int(level.get(f"{W}ilvl", "0")): _level(level) for level in one.iterfind(f"{W}lvl")
            }
            for one in self.root.iterfind(f"{W}abstractNum")
        }
        for instance in self.root.iterfind(f"{W}num"):
            link = instance.find(f"{W}abstractNumId")
            name = link.get(f"{W}val", "") if link is not None else ""
            self.lists[instance.get(f"{W}numId", "")] = (name, abstract.get(name, {}))

    def label(self, place: tuple[str, int] | None) -> str:
        """What stands before the next paragraph of this list and level, with the gap behind it."""
        if place is None or place[0] not in self.lists:
            return ""
        (name, levels), at = self.lists[place[0]], place[1]
        own = levels.get(at)
        if own is None:
            return ""
        self.counts[(name, at)] = self.counts.get((name, at), own.start - 1) + 1
        for deeper in [key for key in self.counts if key[0] == name and key[1] > at]:
            del self.counts[deeper]
        return _PLACE.sub(lambda found: self._number(name, levels, int(found[1]) - 1), own.text) + own.gap

    def _number(self, name: str, levels: dict[int, _Level], at: int) -> str:
        level = levels.get(at)
        if level is None:
            return ""
        return _worded(self.counts.get((name, at), level.start), level.kind)


def _level(element: Any) -> _Level:
    def value(name: str, otherwise: str) -> str:
        found = element.find(f"{W}{name}")
        return str(found.get(f"{W}val", otherwise)) if found is not None else otherwise

    kind, text = value("numFmt", "decimal"), value("lvlText", "")
    if kind == "bullet" and (not text or not text.isprintable() or "\ue000" <= text[:1] <= "\uf8ff"):
        text = "•"
    start = value("start", "1")
    gap = {"nothing": "", "space": " "}.get(value("suff", "tab"), "\t")
    return _Level(int(start) if start.isdigit() else 1, kind, text, gap)


def _worded(number: int, kind: str) -> str:
    if kind in ("upperRoman", "lowerRoman"):
        worded = _roman(number)
        return worded if kind == "upperRoman" else worded.lower()
    if kind in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if kind == "upperLetter" else letter
    return f"{number:02d}" if kind == "decimalZero" else "" if kind == "none" else str(number)


def _roman(number: int) -> str:
    worded = ""
    for value, digits in _ROMAN:
        worded += digits * (number // value)
        number %= value
    return worded
