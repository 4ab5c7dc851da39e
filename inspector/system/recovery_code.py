"""The recovery code (mã khôi phục): shown once, kept on paper, typed back by whoever must open the data again.

Nine groups of four characters, ``7K2M-QX4T-…``: three characters of each group carry 15 random bits, the fourth
checks the group and its place. So a wrong, missing or swapped character is found and the group named. The letters
I, L, O and U are never used; typed, the first three count as the digits they look like.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Sequence
from itertools import product

from inspector.domain.errors import Refused

GROUPS = 9
GROUP_LENGTH = 4

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKS_LIKE = str.maketrans("ILO", "110")
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015_.,;]+")


def new_code(groups: int = GROUPS) -> str:
    """A code of 15 random bits for each group; the recovery code has 135."""
    return "-".join(group_of(place, [secrets.randbelow(32) for _ in range(3)]) for place in range(groups))


def code_bytes(typed: str, groups: int = GROUPS) -> bytes:
    """The secret in a typed code; case, blanks, hyphens and O for 0, I or L for 1 make no difference.

    Raises ``Refused``: ``recovery-code-marked`` (an input method put Vietnamese marks in it), ``recovery-code-length``
    or ``recovery-code-mistyped`` with the numbers of the wrong ``groups``.
    """
    found = _typed_groups(typed, groups)
    wrong = [place + 1 for place, group in enumerate(found) if not group_is_right(group, place)]
    if wrong:
        raise Refused("recovery-code-mistyped", groups=", ".join(map(str, wrong)))
    return "".join(group[:3] for group in found).encode()


def _typed_groups(typed: str, count: int) -> list[str]:
    # as the person separated it if that gives as many groups, so that the one with too many characters is found
    plain = unicodedata.normalize("NFKC", typed).upper().translate(_LOOKS_LIKE)
    groups = [group for group in _BETWEEN.split(plain) if group]
    joined = "".join(groups)
    if not joined.isascii():
        raise Refused("recovery-code-marked")
    if len(groups) == count:
        return groups
    if len(joined) != count * GROUP_LENGTH:
        raise Refused("recovery-code-length", typed=len(joined), needed=count * GROUP_LENGTH)
    return [joined[start : start + GROUP_LENGTH] for start in range(0, len(joined), GROUP_LENGTH)]


def group_is_right(group: str, place: int) -> bool:
    """Whether these four characters can be the group at ``place`` (counted from 0) of some code."""
    digits = [_ALPHABET.find(character) for character in group.upper().translate(_LOOKS_LIKE)]
    return len(digits) == GROUP_LENGTH and min(digits) >= 0 and _check(place, digits[:3]) == digits[3]


def same_group(shown: str, typed: str) -> bool:
    """Whether somebody who typed this meant the group shown; case, blanks and marks make no difference.

    A typing tool for Vietnamese makes marks of some keys (``AS`` → ``Á``, ``DD`` → ``Đ``, ``W`` → ``Ư``): the letters
    that stayed have to be those of the group in its order, and each mark has to come from one that is missing.
    """
    group = shown.upper().translate(_LOOKS_LIKE)
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", typed)).upper().replace("Đ", "D\u0336")
    parts = [unicodedata.normalize("NFD", character) for character in plain]
    if sum(map(len, parts)) > 4 * len(group):
        return False
    ways = product(*(_ways(letter, marks) for letter, marks in _letters("".join(parts))))
    return any(_is_group(group, way) for way in ways)


def _letters(plain: str) -> list[tuple[str, str]]:
    """Each letter with the marks over it."""
    found: list[tuple[str, str]] = []
    for character in plain:
        if found and (unicodedata.combining(character) or character == "\u0336"):
            found[-1] = found[-1][0], found[-1][1] + character
        else:
            found.append((character, ""))
    return found


def _ways(letter: str, marks: str) -> list[tuple[str, str]]:
    """The letter that stands there and the keys that made its marks; Telex makes Ư of a W alone."""
    keys = ["".join(keys) for keys in product(*(_KEYS_OF.get(mark, "?").replace("=", letter) for mark in marks))]
    found = [(letter, made) for made in keys]
    if letter == "U" and "\u031b" in marks:
        rest = marks.replace("\u031b", "")
        found += [("W", "".join(keys)) for keys in product(*(_KEYS_OF.get(mark, "?") for mark in rest))]
    return found


def _is_group(group: str, way: Sequence[tuple[str, str]]) -> bool:
    stayed = "".join(letter for letter, _ in way).translate(_LOOKS_LIKE)
    made = "".join(keys for _, keys in way).translate(_LOOKS_LIKE)
    rest = iter(group)
    return sorted(stayed + made) == sorted(group) and all(letter in rest for letter in stayed)


_KEYS_OF = {
    "\u0301": "S1",
    "\u0300": "F2",
    "\u0309": "R3",
    "\u0303": "X4",
    "\u0323": "J5",
    "\u0302": "=6",
    "\u0306": "W8",
    "\u031b": "W7",
    "\u0336": "=9",
}
"""Marks and the keys that make them, Telex and VNI; ``=`` is the letter itself once more."""


def group_of(place: int, digits: list[int]) -> str:
    """The group at ``place`` (from 0) of three digits from 0 to 31, with its check character."""
    return "".join(_ALPHABET[digit] for digit in (*digits, _check(place, digits)))


def digits_of(group: str) -> list[int]:
    """The three digits of a group that is right."""
    return [_ALPHABET.index(character) for character in group.upper().translate(_LOOKS_LIKE)[:3]]


def _check(place: int, digits: list[int]) -> int:
    """The place plus the digits times 2, 4 and 8 in the field of 32 elements.

    All four factors (the check digit's own is 1) differ, so that one wrong digit and any two swapped ones show.
    """
    total = place + 1
    for power, digit in enumerate(digits, 1):
        for _ in range(power):
            digit = digit << 1 ^ (0b100101 if digit & 16 else 0)
        total ^= digit
    return total
