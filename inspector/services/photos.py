"""Photos among the evidence: looked at when they come in, turned and reduced once, then read from the local cache.

The original bytes are the evidence and stay as taken. The copies carry no position and no device; they are encrypted
like the originals, are made again when they are missing, and never leave this laptop.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from inspector.domain.errors import Damaged, InspectorError
from inspector.domain.inspection import Evidence, StoredFile
from inspector.services.named_files import content_of

if TYPE_CHECKING:
    from inspector.export.pictures import Rotation
    from inspector.storage.blobs import BlobStore

_SIZE = struct.Struct(">II")


@dataclass(frozen=True, slots=True)
class Copy:
    """A reduced upright JPEG of ``width`` × ``height`` pixels."""

    width: int
    height: int
    jpeg: bytes


@dataclass(frozen=True, slots=True)
class Look:
    """What was found out when a picture came in: its copies, and when it was taken by its own account."""

    document: Copy
    thumbnail: bytes
    taken_at: datetime | None


def look_at(path: Path) -> Look:
    """Decode a picture.

    Raises:
        BadInput: ``picture-…``: damaged, too large, or of a kind this program cannot read.
    """
    return _look(content_of(path), 0)


def keep_copies(blobs: BlobStore, sha256: str, look: Look, rotation: int = 0) -> None:
    """Put the copies of a kept picture into the cache."""
    packed = _SIZE.pack(look.document.width, look.document.height) + look.document.jpeg
    blobs.put_derived(sha256, f"document-{rotation}", packed)
    blobs.put_derived(sha256, f"thumbnail-{rotation}", look.thumbnail)


def document_copy(blobs: BlobStore, file: StoredFile, rotation: int) -> Copy:
    """The copy that is printed.

    Raises:
        Damaged: the original is not on this laptop or not what it was.
        BadInput: ``picture-…``.
    """
    packed = _cached(blobs, file.hash, f"document-{rotation}")
    if packed is None:
        look = _look(blobs.read(file.hash), rotation)
        keep_copies(blobs, file.hash, look, rotation)
        return look.document
    width, height = _SIZE.unpack_from(packed)
    return Copy(width, height, packed[_SIZE.size :])


def thumbnail_copy(blobs: BlobStore, file: StoredFile, rotation: int) -> bytes:
    """The small JPEG for lists. Raises as ``document_copy``, and ``Unavailable`` where the original is elsewhere."""
    kept = _cached(blobs, file.hash, f"thumbnail-{rotation}")
    if kept is None:
        look = _look(blobs.read(file.hash), rotation)
        keep_copies(blobs, file.hash, look, rotation)
        kept = look.thumbnail
    return kept


def large_copy(blobs: BlobStore, file: StoredFile, rotation: int) -> bytes:
    """A JPEG in which small print can be read, kept nowhere. Raises as ``thumbnail_copy``."""
    from inspector.export.pictures import enlarge

    return enlarge(blobs.read(file.hash), cast("Rotation", rotation))


@dataclass(frozen=True, slots=True)
class Printable:
    """The photos of an inspection for its appendix: size and reader by evidence id, and why others are missing."""

    photos: dict[str, PrintablePhoto]
    missing: dict[str, InspectorError]


@dataclass(frozen=True, slots=True)
class PrintablePhoto:
    """``read`` gives the JPEG when the page is made, so that fifty photos are never in memory at once."""

    width: int
    height: int
    read: partial[bytes]


def printable(blobs: BlobStore, pictures: tuple[Evidence, ...]) -> Printable:
    """Every picture that can be printed, and the error of every one that cannot."""
    photos: dict[str, PrintablePhoto] = {}
    missing: dict[str, InspectorError] = {}
    for piece in pictures:
        if piece.file is None:
            continue
        try:
            copy = document_copy(blobs, piece.file, piece.rotation)
        except InspectorError as error:
            missing[piece.id] = error
        else:
            photos[piece.id] = PrintablePhoto(
                copy.width, copy.height, partial(_jpeg, blobs, piece.file, piece.rotation)
            )
    return Printable(photos, missing)


def _jpeg(blobs: BlobStore, file: StoredFile, rotation: int) -> bytes:
    return document_copy(blobs, file, rotation).jpeg


def _look(data: bytes, rotation: int) -> Look:
    from inspector.export.pictures import prepare

    made = prepare(data, cast("Rotation", rotation))
    return Look(Copy(made.width, made.height, made.document_jpeg), made.thumbnail_jpeg, made.taken_at)


def _cached(blobs: BlobStore, sha256: str, variant: str) -> bytes | None:
    try:
        return blobs.derived(sha256, variant)
    except Damaged:
        return None  # a copy can always be made again
