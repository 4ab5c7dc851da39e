"""Wrapping the database key under the secret of a slot."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import replace

from inspector.system.clock import wall_time
from inspector.system.keys import KEY_BYTES, derive
from inspector.system.slot_file import Slot, Slots
from inspector.system.slot_secrets import Secret, SlotPlace

SCRYPT_COST = 2**15
"""N, with r = 8 and p = 1: 32 MiB and about a tenth of a second for each try."""

_MOST_COST = 2**18


def wrap(place: SlotPlace, database_key: bytes, way: Secret) -> Slot:
    """A new slot at ``place``; the secret is made and kept where the way in keeps it."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    if len(database_key) != KEY_BYTES:
        raise ValueError(len(database_key))
    cost = SCRYPT_COST if way.kind == "passphrase" else 0
    bare = Slot(place.slot_id, way.kind, wall_time(), cost, secrets.token_bytes(16), secrets.token_bytes(12), b"")
    cipher = ChaCha20Poly1305(_wrapping_key(bare, way.make(place)))
    return replace(bare, wrapped=cipher.encrypt(bare.nonce, database_key, _bound(place.workspace_id, bare)))


def unwrap(slots: Slots, slot: Slot, secret: bytes) -> bytes | None:
    """The database key, or None when the secret is another or the slot is not what was written."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    if slot.kind == "passphrase" and not SCRYPT_COST <= slot.cost <= _MOST_COST:
        return None
    try:
        cipher = ChaCha20Poly1305(_wrapping_key(slot, secret))
        key = cipher.decrypt(slot.nonce, slot.wrapped, _bound(slots.workspace, slot))
    except (InvalidTag, ValueError):
        return None
    return key if hmac.compare_digest(slots.mark, key_mark(key)) else None


def key_mark(database_key: bytes) -> bytes:
    """16 bytes that tell one database key from another and say nothing else about it."""
    return derive(database_key, b"slot mark 1")[:16]


def _wrapping_key(slot: Slot, secret: bytes) -> bytes:
    if slot.kind == "passphrase":
        from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

        secret = Scrypt(slot.salt, KEY_BYTES, slot.cost, 8, 1).derive(secret)
    return derive(secret, b"slot " + slot.kind.encode() + b" 1", slot.salt)


def _bound(workspace_id: str, slot: Slot) -> bytes:
    """What a wrapped key is tied to: a slot cut out of one file opens nothing in another."""
    return "\x1f".join((workspace_id, slot.id, slot.kind, slot.made, str(slot.cost))).encode()
