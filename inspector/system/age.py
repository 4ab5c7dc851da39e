"""The age format (age-encryption.org, v1): what leaves the laptop on a stick is locked to keys, or to a passphrase.

Streams of any size are encrypted to X25519 keys in bounded memory. What is damaged shows, but only at the damage: what
was written to the target before it counts only when ``decrypt`` has returned.

A passphrase locks small data only, with a fixed amount of work: 64 MiB and some tenths of a second on both sides. The
library measures how much the writing laptop can do in a second and takes half a gigabyte for it, which the reading one
may not have; so the few lines of its header are made here, and the result is opened like any other.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from inspector.domain.errors import BadInput, Damaged, Refused

if TYPE_CHECKING:
    from pyrage import x25519

WORK = 16
"""Binary logarithm of scrypt's N, with r = 8 and p = 1."""

_MOST_WORK = 18
_CHUNK = 64 * 1024
_INTRO = b"age-encryption.org/v1\n"
_SCRYPT = re.compile(rb"-> scrypt [A-Za-z0-9+/]{22} ([1-9][0-9]?)\n")
_PUBLIC = re.compile(r"age1[02-9ac-hj-np-z]{58}")


class Source(Protocol):
    """What is read from until it gives nothing more."""

    def read(self, size: int, /) -> bytes: ...


class Target(Protocol):
    """What takes all it is given."""

    def write(self, data: bytes, /) -> object: ...


@dataclass(frozen=True, repr=False)
class AgeKey:
    """An X25519 key; ``secret`` opens what was locked to ``public``. Both are the texts of the age format."""

    secret: str

    @classmethod
    def generate(cls) -> AgeKey:
        from pyrage import x25519

        return cls(str(x25519.Identity.generate()))

    @cached_property
    def public(self) -> str:
        return str(self.identity.to_public())

    @property
    def identity(self) -> x25519.Identity:
        """Raises ``Damaged`` (``age-damaged``) for a text that is no key."""
        from pyrage import IdentityError, x25519

        try:
            return x25519.Identity.from_str(self.secret)
        except IdentityError as error:
            raise Damaged("age-damaged") from error


def is_public(text: str) -> bool:
    """Whether a text is the public half of a key."""
    from pyrage import RecipientError, x25519

    try:
        return _PUBLIC.fullmatch(text) is not None and bool(x25519.Recipient.from_str(text))
    except RecipientError:
        return False


def encrypt(source: Source, target: Target, recipients: Sequence[str]) -> None:
    """Writes ``source`` locked to these public keys, of which there must be one. What either raises passes through."""
    import pyrage

    if not recipients:
        raise ValueError("nobody could open it")
    locked = [pyrage.x25519.Recipient.from_str(text) for text in recipients]
    reading, writing = _Reading(source), _Writing(target)
    try:
        pyrage.encrypt_io(reading, writing, locked)
    except (pyrage.EncryptError, OSError):
        _raise_first(reading, writing)
        raise


def decrypt(source: Source, target: Target, key: AgeKey) -> None:
    """Writes the content of what was locked to ``key``; it counts when this returns.

    Raises ``Refused`` (``age-not-for-here``: locked to other keys), ``Damaged`` (``age-damaged``), and what reading and
    writing raise.
    """
    import pyrage

    reading, writing = _Reading(source), _Writing(target)
    try:
        pyrage.decrypt_io(reading, writing, [key.identity])
    except (pyrage.DecryptError, OSError) as error:
        _raise_first(reading, writing)
        if "No matching keys" in str(error):
            raise Refused("age-not-for-here") from error
        raise Damaged("age-damaged") from error


def has_passphrase(locked: bytes) -> bool:
    """Whether this is locked by a passphrase; false for what is not of this format too."""
    return _SCRYPT.match(locked, len(_INTRO)) is not None and locked.startswith(_INTRO)


def lock(data: bytes, passphrase: str) -> bytes:
    """Small data, locked by a passphrase."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    file_key, salt, nonce = secrets.token_bytes(16), secrets.token_bytes(16), secrets.token_bytes(16)
    wrapped = ChaCha20Poly1305(_stretched(passphrase, salt)).encrypt(bytes(12), file_key, None)
    head = _INTRO + b"-> scrypt " + _text(salt) + f" {WORK}\n".encode() + _text(wrapped) + b"\n---"
    mark = hmac.new(_derived(file_key, b"", b"header"), head, hashlib.sha256).digest()
    payload = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
    chunks = [data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)] or [b""]
    body = [
        payload.encrypt(number.to_bytes(11, "big") + bytes([number == len(chunks) - 1]), chunk, None)
        for number, chunk in enumerate(chunks)
    ]
    return b"".join((head, b" ", _text(mark), b"\n", nonce, *body))


def unlock(locked: bytes, passphrase: str) -> bytes:
    """What ``lock``, or any program of this format, locked.

    Raises ``Refused`` (``age-code-wrong``), ``BadInput`` (``age-too-heavy``: it asks for more work than a laptop should
    do for a file somebody gave it), ``Damaged`` (``age-damaged``).
    """
    import pyrage

    head = _SCRYPT.match(locked, len(_INTRO))
    if head is None:
        raise Damaged("age-damaged")
    if int(head[1]) > _MOST_WORK:
        raise BadInput("age-too-heavy")
    try:
        opened: bytes = pyrage.passphrase.decrypt(locked, passphrase)
    except pyrage.DecryptError as error:
        if str(error) == "Decryption failed":
            raise Refused("age-code-wrong") from error
        raise Damaged("age-damaged") from error
    except OSError as error:
        raise Damaged("age-damaged") from error
    return opened


class _Reading:
    """A source whose own error is kept, since the library makes a text of it."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.error: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            return self._source.read(size)
        except Exception as error:
            self.error = error
            raise


class _Writing:
    """A target whose own error is kept."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self.error: Exception | None = None

    def write(self, data: bytes) -> int:
        try:
            self._target.write(data)
        except Exception as error:
            self.error = error
            raise
        return len(data)

    def flush(self) -> None:
        """The library asks for it; the owner of the target flushes."""


def _raise_first(reading: _Reading, writing: _Writing) -> None:
    for end in (reading, writing):
        if end.error is not None:
            raise end.error


def _stretched(passphrase: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(b"age-encryption.org/v1/scrypt" + salt, 32, 2**WORK, 8, 1).derive(passphrase.encode())


def _derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt or None, purpose).derive(key)


def _text(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")
