"""Frames damaged in any way: refused as a whole, or meaning exactly what they meant, in bounded memory."""

from __future__ import annotations

import random

from inspector.domain.errors import BadInput
from inspector.sync.frames import Item, pack, unpack
from tests.sync.items import item

_ITEMS = [item(n, "nội dung " * n) for n in range(2, 12)]


def run(count: int, seed: int) -> int:
    """Try ``count`` frames with the seeds from ``seed`` on; print each that was taken for another."""
    failed = 0
    for number in range(seed, seed + count):
        told = _trial(number)
        if told is not None:
            failed += 1
            print(f"seed {number}: {told}")  # noqa: T201 - this is what the program is for
    return failed


def _trial(seed: int) -> str | None:
    chance = random.Random(seed)
    chosen = chance.sample(_ITEMS, chance.randint(1, len(_ITEMS)))
    frame = _damaged(bytearray(pack(chosen)), chance)
    try:
        found = unpack(frame)
    except BadInput as refused:
        return None if refused.code in ("frame-damaged", "frame-too-large") else repr(refused)
    except Exception as error:
        return repr(error)
    meant: list[Item] = [(changeset.body, changeset.signature) for changeset in found.changesets]
    return None if meant == chosen and not found.unreadable else "taken, and not what was sent"


def _damaged(frame: bytearray, chance: random.Random) -> bytes:
    """Bits turned, a part zeroed, moved, doubled, cut off, or something behind."""
    at, length = chance.randrange(len(frame)), chance.randint(1, 40)
    how = chance.randrange(6)
    if how == 0:
        for _ in range(chance.randint(1, 4)):
            frame[chance.randrange(len(frame))] ^= 1 << chance.randrange(8)
    elif how == 1:
        frame[at : at + length] = bytes(len(frame[at : at + length]))
    elif how == 2:
        frame[at:at] = frame[at : at + length]
    elif how == 3:
        del frame[at : at + length]
    elif how == 4:
        frame += chance.randbytes(length)
    else:
        frame[at : at + length] = chance.randbytes(length)
    return bytes(frame)
