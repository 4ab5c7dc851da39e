"""Names of things: sortable random ids, and ids that two people working apart both arrive at."""

from __future__ import annotations

import secrets
import time
import uuid

_SPACE = uuid.UUID("6f6d1a52-0f0b-5c34-9d0e-cc4c00000001")


def new_id() -> str:
    """A UUIDv7 (RFC 9562): unique without asking anybody, roughly in order of making.

    The time in it orders lists; nothing is ever decided by it.
    """
    millis = time.time_ns() // 1_000_000
    value = (millis & (1 << 48) - 1) << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
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
