"""What happens to files on sticks, in mail and in other programs: flipped, cut, doubled, mixed and rewritten bytes."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

TOKENS: tuple[bytes, ...] = (
    b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"NaN", b"-1", b"1e999", b"1e-999999999", b"9" * 40, b"0" * 5000,
    b"&#0;", b"&#xFFFF;", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"]]>", b"<", b">", b'"', b"{{ x }}", b"{% for %}",
    b"=1+1", b"\r\n", b"\n\n", b"\t", b"null", b"true", b"[]", b"{}", b"../../x", b"C:\\x", b"\xc3\x28",
    b"\xed\xa0\x80", "Đ\u0323\u0301".encode(), "\u202e".encode(), b"2026-02-30", b"9999-12-31", b"0001-01-01",
    b"A1048577", b"XFE1", b"x" * 3000,
)  # fmt: skip

_NUMBER = re.compile(rb"\d+")


def damaged(data: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """One to four faults, each somewhere."""
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        data = chance.choice(_FAULTS)(data, chance, others)
    return data


def _place(data: bytes, chance: random.Random) -> int:
    """Heads and tails say what a file is, so they are hit as often as the rest."""
    end = len(data)
    return chance.choice(
        (chance.randint(0, end), chance.randint(0, min(64, end)), end - chance.randint(0, min(64, end)))
    )


def _flip(data: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8)) if data else 0):
        changed[min(_place(data, chance), len(data) - 1)] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _overwrite(data: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    place, piece = _place(data, chance), chance.randbytes(chance.choice((1, 2, 4, 16, 512)))
    return data[:place] + piece + data[place + len(piece) :]


def _cut(data: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    return data[: _place(data, chance)]


def _leave_out(data: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    place = _place(data, chance)
    return data[:place] + data[place + chance.choice((1, 4, 64, 4096)) :]


def _put_in(data: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    place = _place(data, chance)
    return data[:place] + chance.choice(TOKENS) + data[place:]


def _double(data: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    first, second = sorted((_place(data, chance), _place(data, chance)))
    return data[:second] + data[first:second][:65536] + data[second:]


def _mix(data: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    other = chance.choice(others) if others else b""
    return data[: _place(data, chance)] + other[_place(other, chance) :]


def _renumber(data: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    found = list(_NUMBER.finditer(data[:200_000]))
    if not found:
        return data
    hit = chance.choice(found)
    number = chance.choice((b"0", b"-1", b"65536", b"2147483648", b"18446744073709551616", b"9" * 30, b"1.5", b"1e9"))
    return data[: hit.start()] + number + data[hit.end() :]


_FAULTS: tuple[Callable[[bytes, random.Random, Sequence[bytes]], bytes], ...] = (
    _flip, _flip, _overwrite, _cut, _leave_out, _put_in, _double, _mix, _renumber,
)  # fmt: skip


def damaged_inside(data: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """A zip file with sound checksums around damaged parts, as a faulty program would write it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return damaged(data, chance, others)
    name, content = parts.pop(chance.randrange(len(parts)))
    what = chance.random()
    if what < 0.75:
        parts.append((name, damaged(content, chance, [chance.choice(parts)[1] if parts else b""])))
    elif what < 0.85:
        parts.append((chance.choice(("../x", "/x", name.upper(), name + "x", "a" * 300)), content))
    elif what < 0.92 and parts:
        other = parts.pop(chance.randrange(len(parts)))
        parts += [(name, other[1]), (other[0], content)]
    return zipped(parts)


def zipped(parts: Sequence[tuple[str, bytes]]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name or "x"), content)
    return target.getvalue()


def rewritten(data: bytes, chance: random.Random, odd: Sequence[Any]) -> bytes:
    """JSON with one value replaced, left out or given another name: what a faulty program would write."""
    try:
        content = json.loads(data)
    except ValueError:
        return data
    holders = list(_holders(content))
    if not holders:
        return json.dumps(chance.choice(odd)).encode()
    holder, key = chance.choice(holders)
    what = chance.random()
    if what < 0.7:
        holder[key] = chance.choice(odd)
    elif what < 0.85:
        del holder[key]
    elif isinstance(holder, dict):
        holder[chance.choice(("", "x", "id", "v", "\ud800", "title"))] = holder.pop(key)
    else:
        holder.append(holder[key])
    return json.dumps(content).encode()


def _holders(content: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    waiting = [content]
    while waiting:
        holder = waiting.pop()
        keys = list(holder) if isinstance(holder, dict) else range(len(holder)) if isinstance(holder, list) else ()
        for key in keys:
            found.append((holder, key))
            waiting.append(holder[key])
    return found
