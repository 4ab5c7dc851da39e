"""A key in two halves (hai nửa khóa) on paper: each alone says nothing, both together are the key.

A half is 18 groups of four characters in the manner of the recovery code, so that a wrong or swapped group is found and
named. Its last byte is the same in both halves of a key and tells halves of different keys apart.
"""

from __future__ import annotations

import hashlib
import secrets

from inspector.domain.errors import Refused
from inspector.system.recovery_code import digits_of, group_is_right, group_of

_BYTES = 32
_GROUPS = 18
_BITS = 15 * _GROUPS
_SPARE = _BITS - 8 * (_BYTES + 1)


def split(key: bytes) -> tuple[str, str]:
    """The two halves of a key of 32 bytes, to be kept in two places."""
    if len(key) != _BYTES:
        raise ValueError(len(key))
    one = secrets.token_bytes(_BYTES)
    other = bytes(a ^ b for a, b in zip(one, key, strict=True))
    return _written(one + _mark(key)), _written(other + _mark(key))


def join(one: str, other: str) -> bytes:
    """The key of two halves as they were typed.

    Raises ``Refused``: ``half-mistyped`` with the numbers of the wrong ``groups``, ``halves-not-of-one-key``.
    """
    first, second = _read(one), _read(other)
    key = bytes(a ^ b for a, b in zip(first[:_BYTES], second[:_BYTES], strict=True))
    if first[_BYTES:] != second[_BYTES:] or _mark(key) != first[_BYTES:]:
        raise Refused("halves-not-of-one-key")
    return key


def _mark(key: bytes) -> bytes:
    return hashlib.sha256(b"CCHC-HALF-1\0" + key).digest()[:1]


def _written(half: bytes) -> str:
    number = int.from_bytes(half, "big") << _SPARE
    digits = [number >> 5 * place & 31 for place in reversed(range(3 * _GROUPS))]
    return "-".join(group_of(place, digits[3 * place : 3 * place + 3]) for place in range(_GROUPS))


def _read(typed: str) -> bytes:
    groups = typed.replace("-", " ").split()
    wrong = [place + 1 for place, group in enumerate(groups) if not group_is_right(group, place)]
    if wrong or len(groups) != _GROUPS:
        raise Refused("half-mistyped", groups=", ".join(map(str, wrong)) or str(len(groups)))
    number = 0
    for group in groups:
        for digit in digits_of(group):
            number = number << 5 | digit
    return (number >> _SPARE).to_bytes(_BYTES + 1, "big")
