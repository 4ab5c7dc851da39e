"""How wide a text is and where it wraps, from a table of advance widths: no font file is needed.

Vietnamese letters are as wide as their base letter; ``ơ`` and ``ư`` are in the table.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from inspector.export.layout_profile import Profile

UNITS_PER_EM = 2048
MM_PER_POINT = 25.4 / 72
_HORN = "\u031b"


def text_width(profile: Profile, text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """Millimetres a line of ``text`` takes at ``size`` points."""
    face = ("bold_italic" if italic else "bold") if bold else ("italic" if italic else "regular")
    widths = profile.advance_widths[face]
    return sum(_advance(widths, letter) for letter in text) / UNITS_PER_EM * size * MM_PER_POINT


def longest_line(
    profile: Profile, text: str, size: float, box: float, *, bold: bool = False, italic: bool = False
) -> float:
    """Millimetres of the longest line after ``text`` is wrapped in a ``box`` of that many millimetres."""
    longest = 0.0
    blank = text_width(profile, " ", size, bold=bold, italic=italic)
    for line in text.split("\n"):
        filled = 0.0
        for word in line.split():
            width = text_width(profile, word, size, bold=bold, italic=italic)
            if filled and filled + blank + width > box:
                longest, filled = max(longest, filled), width
            else:
                filled += (blank if filled else 0.0) + width
        longest = max(longest, filled)
    return min(longest, box)


def balanced(profile: Profile, text: str, size: float, box: float, *, bold: bool = False) -> str:
    """``text`` with a line feed where it should wrap in the ``box``: as few lines as it needs, all about as long.

    A line that is broken already is kept, so that an office can break its own name.
    """
    return "\n".join(_balanced_line(profile, line, size, box, bold) for line in text.split("\n"))


def _balanced_line(profile: Profile, line: str, size: float, box: float, bold: bool) -> str:
    words = _units(profile, line)
    widths = [text_width(profile, word, size, bold=bold) for word in words]
    blank = text_width(profile, " ", size, bold=bold)
    lines = _wrap(words, widths, blank, box)
    narrower = box
    while narrower > box / 2:
        narrower -= 1.0
        tried = _wrap(words, widths, blank, narrower)
        if len(tried) > len(lines) or any(width > narrower for width in widths):
            break
        lines = tried
    return "\n".join(lines)


def _units(profile: Profile, line: str) -> list[str]:
    """The words of a line, phrases that belong together and a year with its "năm" as one."""
    words = line.split()
    units: list[str] = []
    while words:
        rest = f"{' '.join(words).lower()} "
        phrase = max((one for one in profile.kept_together if rest.startswith(f"{one} ")), key=len, default="")
        taken = len(phrase.split()) or (2 if words[0].lower() == "năm" and words[1:2] else 1)
        units.append(" ".join(words[:taken]))
        words = words[taken:]
    return units


def _wrap(words: list[str], widths: list[float], blank: float, box: float) -> list[str]:
    lines: list[str] = []
    filled = box + 1
    for word, width in zip(words, widths, strict=True):
        if filled + blank + width > box:
            lines.append(word)
            filled = width
        else:
            lines[-1] += f" {word}"
            filled += blank + width
    return lines


def _advance(widths: Mapping[str, int], letter: str) -> int:
    known = widths.get(" " if letter == "\u00a0" else letter)
    if known is not None:
        return known
    return 0 if unicodedata.combining(letter) else widths.get(_base(letter), widths["n"])


@lru_cache(maxsize=1024)
def _base(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return unicodedata.normalize("NFC", parts[0] + _HORN) if _HORN in parts else parts[0]
