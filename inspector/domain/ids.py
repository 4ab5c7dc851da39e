"""Names of things: sortable random ids, and ids that two people working apart both arrive at."""

from __future__ import annotations

import secrets
import threading
import time
import uuid

_SPACE = uuid.UUID("6f6d1a52-0f0b-5c34-9d0e-cc4c00000001")


_lock = threading.Lock()
_latest = 0


def new_id() -> str:
    """A UUIDv7 (RFC 9562): unique without asking anybody, in order of making inside one run of the program.

    The time in it orders lists; nothing is ever decided by it.
    """
    global _latest
    with _lock:
        # 48 bits of milliseconds, then 12 that count on where two are made within one or the clock is put back.
        tick = _latest = max(time.time_ns() // 1_000_000 << 12, _latest + 1)
    millis, counter = tick >> 12 & (1 << 48) - 1, tick & 0xFFF
    value = millis << 80 | 0x7 << 76 | counter << 64 | 0b10 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=value))


def natural_id(space: str, entity: str, *key: str) -> str:
    """The UUIDv5 of something that has a natural key inside a space.

    Two members who open checklist item III.8 apart get the same answer id, so their answers meet (amendment 19 of
    the sync rules).
    """
    return str(uuid.uuid5(uuid.UUID(space), "\x1f".join((entity, *key))))


def space_id(root_key: bytes, nonce: str) -> str:
    """The id of a space opened under a root key (32 raw bytes): it commits to that key.

    Whoever holds the first record of the space can check which root it belongs to, without a server.
    """
    return str(uuid.uuid5(_SPACE, root_key.hex() + ":" + nonce))
