"""Encryption of photos and files as streams: any size, and no byte is given out before it was checked.

File: magic (8) ‖ salt (16) ‖ chunks. Each chunk holds up to 64 KiB of content and a 16-byte tag, encrypted with
ChaCha20-Poly1305 under a key of its own for this file. The nonce is the chunk's number and whether it is the last, so
that chunks cannot be left out, repeated, swapped or cut off; the blob's hash is bound into every tag, so that one
blob cannot stand in for another.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import secrets
from collections.abc import Iterator
from typing import BinaryIO

from inspector.domain.errors import Damaged
from inspector.system.keys import BlobKeys, derive

CHUNK_BYTES = 64 * 1024

_MAGIC = b"CCHCBLB1"
_SALT_BYTES = 16
_TAG_BYTES = 16


def blob_file_name(keys: BlobKeys, sha256: str) -> str:
    """The file name of the blob with this hash (64 hex digits): says nothing about the content to a stranger."""
    return hmac.new(keys.name, bytes.fromhex(sha256), hashlib.sha256).hexdigest()


def encrypt_stream(keys: BlobKeys, sha256: str, source: BinaryIO, target: BinaryIO) -> int:
    """Write the encrypted form of ``source`` to ``target``; returns the number of plain bytes.

    ``sha256`` is the hash of the whole plain content (64 hex digits), known beforehand.
    """
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    salt = secrets.token_bytes(_SALT_BYTES)
    cipher = ChaCha20Poly1305(derive(keys.content, b"blob 1", salt))
    target.write(_MAGIC + salt)
    size = 0
    for number, last, chunk in _chunks(source, CHUNK_BYTES):
        target.write(cipher.encrypt(_nonce(number, last), chunk, bytes.fromhex(sha256)))
        size += len(chunk)
    return size


def decrypt_chunks(keys: BlobKeys, sha256: str, source: BinaryIO, first: int = 0) -> Iterator[bytes]:
    """The plain content in pieces of at most 64 KiB, each checked before it is given out.

    ``first`` is the number of the piece to begin with; from 1 on ``source`` is sought, and there may be none.
    Raises ``Damaged`` (``blob-damaged``) at the first byte that is not what was written, also when the end is missing
    or something follows it; what came before is then not the whole blob.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    head = _read(source, len(_MAGIC) + _SALT_BYTES)
    if len(head) != len(_MAGIC) + _SALT_BYTES or not head.startswith(_MAGIC):
        raise Damaged("blob-damaged", sha256=sha256)
    cipher = ChaCha20Poly1305(derive(keys.content, b"blob 1", head[len(_MAGIC) :]))
    if first:
        source.seek(first * (CHUNK_BYTES + _TAG_BYTES), io.SEEK_CUR)
    for number, last, chunk in _chunks(source, CHUNK_BYTES + _TAG_BYTES):
        if first and not chunk:
            return
        try:
            yield cipher.decrypt(_nonce(first + number, last), chunk, bytes.fromhex(sha256))
        except InvalidTag as error:
            raise Damaged("blob-damaged", sha256=sha256) from error


def decrypt_part(keys: BlobKeys, sha256: str, source: BinaryIO, offset: int, length: int) -> bytes:
    """Up to ``length`` plain bytes from ``offset`` on, without reading what is before. Raises as ``decrypt_chunks``."""
    first, skipped = divmod(offset, CHUNK_BYTES)
    found = bytearray()
    for chunk in decrypt_chunks(keys, sha256, source, first):
        found += chunk
        if len(found) >= skipped + length:
            break
    return bytes(found[skipped : skipped + length])


def decrypt_stream(keys: BlobKeys, sha256: str, source: BinaryIO, target: BinaryIO) -> int:
    """Write the plain content to ``target``; returns its size. Raises as ``decrypt_chunks``."""
    return sum(target.write(chunk) for chunk in decrypt_chunks(keys, sha256, source))


def _chunks(source: BinaryIO, size: int) -> Iterator[tuple[int, bool, bytes]]:
    """(number, whether it is the last, bytes); an empty source is one empty last chunk."""
    number, chunk = 0, _read(source, size)
    while following := _read(source, size):
        yield number, False, chunk
        number, chunk = number + 1, following
    yield number, True, chunk


def _read(source: BinaryIO, size: int) -> bytes:
    """``size`` bytes, fewer only at the end: one read may give less than it was asked for."""
    parts = []
    while size and (part := source.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
