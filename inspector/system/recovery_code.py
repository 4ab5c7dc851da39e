"""The recovery code (mã khôi phục): shown once, kept on paper, typed back by whoever must open the data again.

Nine groups of four characters, ``7K2M-QX4T-…``: three characters of each group carry 15 random bits, the fourth
checks the group and its place. So a wrong, missing or swapped character is found and the group named. The letters
I, L, O and U are never used; typed, the first three count as the digits they look like.
"""

from __future__ import annotations

import re
import secrets
import unicodedata

from inspector.domain.errors import Refused

GROUPS = 9
GROUP_LENGTH = 4

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKS_LIKE = str.maketrans("ILO", "110")
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015_.,;]+")


def new_code() -> str:
    """A code of 135 random bits."""
    return "-".join(_group(place, [secrets.randbelow(32) for _ in range(3)]) for place in range(GROUPS))


def code_bytes(typed: str) -> bytes:
    """The secret in a typed code; case, blanks, hyphens and O for 0, I or L for 1 make no difference.

    Raises ``Refused``: ``recovery-code-marked`` (an input method put Vietnamese marks in it), ``recovery-code-length``
    or ``recovery-code-mistyped`` with the numbers of the wrong ``groups``.
    """
    groups = _typed_groups(typed)
    wrong = [place + 1 for place, group in enumerate(groups) if not group_is_right(group, place)]
    if wrong:
        raise Refused("recovery-code-mistyped", groups=", ".join(map(str, wrong)))
    return "".join(group[:3] for group in groups).encode()


def _typed_groups(typed: str) -> list[str]:
    # as the person separated it if that gives nine groups, so that the one with too many characters is found
    plain = unicodedata.normalize("NFKC", typed).upper().translate(_LOOKS_LIKE)
    groups = [group for group in _BETWEEN.split(plain) if group]
    joined = "".join(groups)
    if not joined.isascii():
        raise Refused("recovery-code-marked")
    if len(groups) == GROUPS:
        return groups
    if len(joined) != GROUPS * GROUP_LENGTH:
        raise Refused("recovery-code-length", typed=len(joined), needed=GROUPS * GROUP_LENGTH)
    return [joined[start : start + GROUP_LENGTH] for start in range(0, len(joined), GROUP_LENGTH)]


def group_is_right(group: str, place: int) -> bool:
    """Whether these four characters can be the group at ``place`` (counted from 0) of some code."""
    digits = [_ALPHABET.find(character) for character in group.upper().translate(_LOOKS_LIKE)]
    return len(digits) == GROUP_LENGTH and min(digits) >= 0 and _check(place, digits[:3]) == digits[3]


def _group(place: int, digits: list[int]) -> str:
    return "".join(_ALPHABET[digit] for digit in (*digits, _check(place, digits)))


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
