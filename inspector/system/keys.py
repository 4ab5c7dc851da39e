"""Keys: the database key and what is derived from it, and the signatures of devices."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_BYTES = 32
SIGNATURE_BYTES = 64


def new_database_key() -> bytes:
    """32 random bytes: everything in a workspace is encrypted under this key or one derived from it."""
    return secrets.token_bytes(KEY_BYTES)


@dataclass(frozen=True)
class BlobKeys:
    """What photos and files (blobs) need: a key for their bytes, a key for their names; 32 bytes each."""

    content: bytes
    name: bytes


def blob_keys(database_key: bytes) -> BlobKeys:
    """The keys of the blobs, always the same for one database key: who can open the database can open the blobs."""
    return BlobKeys(derive(database_key, b"blob content 1"), derive(database_key, b"blob name 1"))


def derive(key: bytes, purpose: bytes, salt: bytes = b"") -> bytes:
    """32 bytes for one purpose out of a key that is already random (HKDF-SHA256)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY_BYTES, salt or None, b"KiemTraCCHC " + purpose).derive(key)


class SigningKey:
    """An Ed25519 key that signs for a device or a root; its secret half leaves only through ``to_bytes``."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = private.public_key().public_bytes_raw()

    @classmethod
    def generate(cls) -> SigningKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_bytes(cls, secret: bytes) -> SigningKey:
        """The key whose ``to_bytes`` gave these 32 bytes."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return cls(Ed25519PrivateKey.from_private_bytes(secret))

    def to_bytes(self) -> bytes:
        return self._private.private_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        return self._private.sign(message)


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the holder of ``public`` (32 bytes) signed exactly ``message``; anything malformed is a no."""
    return (_remembered if len(message) <= _MOST_REMEMBERED else _is_signed)(public, signature, message)


def _is_signed(public: bytes, signature: bytes, message: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature

    if len(public) != KEY_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    try:
        _public_key(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


_MOST_REMEMBERED = 4 * 1024
# The same few certificates are asked about with every message of an exchange.
_remembered = lru_cache(maxsize=1_000)(_is_signed)


@lru_cache(maxsize=256)
def _public_key(public: bytes) -> Ed25519PublicKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    return Ed25519PublicKey.from_public_bytes(public)
