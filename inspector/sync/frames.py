"""Frames: change sets packed for the way, the same for memory, package and HTTPS.

A frame is the zstd form of ``len32 ‖ body ‖ signature (64)``, repeated; ``len32`` is the length of the body, big
endian. A frame of any origin is read in bounded memory: the limits hold while it is being unpacked, and a frame that
breaks one is refused as a whole. An item that can be told from its neighbours but is no change set is handed back as
bytes, beside the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from inspector.domain.changeset import SIGNATURE_BYTES, ChangeSet, Malformed, parse
from inspector.domain.errors import BadInput

MOST_PACKED = 4 * 1024 * 1024
"""Bytes of a frame as it travels."""

MOST_UNPACKED = 32 * 1024 * 1024
"""Bytes of its content."""

MOST_ITEMS = 2_000
"""Change sets in it."""

FILLED = MOST_PACKED - 64 * 1024
"""Bytes of content this program puts into one: even what cannot be made smaller stays below the limits."""

_LENGTH_BYTES = 4
_LEVEL = 1  # most of it are hashes and signatures, which no level makes smaller
_SLICE = 256  # of these packed bytes zstd makes 8 MiB at most, so a bomb is seen before it is big
_WINDOW = 8 * 1024 * 1024

Item = tuple[bytes, bytes]
"""Body and signature of one change set."""

Of = TypeVar("Of")


@dataclass
class Unpacked:
    """What was in a frame: the change sets in their order, and the items that are none."""

    changesets: list[ChangeSet] = field(default_factory=list)
    unreadable: list[bytes] = field(default_factory=list)


def pack(items: Iterable[Item]) -> bytes:
    """The frame of these change sets; ``fill`` says how many fit."""
    import zstandard

    content = b"".join(len(body).to_bytes(_LENGTH_BYTES, "big") + body + signature for body, signature in items)
    return zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).compress(content)


def fill(items: Iterable[tuple[Of, Item]], room: int = FILLED) -> tuple[list[tuple[Of, Item]], bool]:
    """As many of these, each with something that goes along, as one frame may hold; whether there are more.

    ``room`` is the number of unpacked bytes to use, where the way wants smaller frames; one item always fits.
    """
    taken: list[tuple[Of, Item]] = []
    size = 0
    for label, item in items:
        size += _LENGTH_BYTES + len(item[0]) + SIGNATURE_BYTES
        if taken and (size > min(room, FILLED) or len(taken) == MOST_ITEMS):
            return taken, True
        taken.append((label, item))
    return taken, False


def unpack(frame: bytes) -> Unpacked:
    """What is in a frame.

    Raises ``BadInput``: ``frame-too-large`` when it breaks a limit, ``frame-damaged`` when its bytes are no frame, or
    not all of one. Then nothing of it counts.
    """
    if len(frame) > MOST_PACKED:
        raise BadInput("frame-too-large", limit=f"{MOST_PACKED // 1024 // 1024} MiB")
    found = Unpacked()
    for item in _items(_content(frame)):
        if len(found.changesets) + len(found.unreadable) == MOST_ITEMS:
            raise BadInput("frame-too-large", limit=str(MOST_ITEMS))
        try:
            found.changesets.append(parse(item[:-SIGNATURE_BYTES], item[-SIGNATURE_BYTES:]))
        except Malformed:
            found.unreadable.append(item)
    return found


def _content(frame: bytes) -> Iterator[bytes]:
    """The content in pieces, counted as they come."""
    import zstandard

    unpacking = zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompressobj()
    size = 0
    for at in range(0, len(frame), _SLICE):
        if unpacking.eof:
            raise BadInput("frame-damaged")
        try:
            piece = unpacking.decompress(frame[at : at + _SLICE])
        except zstandard.ZstdError as error:
            raise BadInput("frame-damaged") from error
        size += len(piece)
        if size > MOST_UNPACKED:
            raise BadInput("frame-too-large", limit=f"{MOST_UNPACKED // 1024 // 1024} MiB")
        yield piece
    if not unpacking.eof or unpacking.unused_data:
        raise BadInput("frame-damaged")


def _items(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Body and signature of every item, as bytes in one piece."""
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        at = 0
        while len(waiting) - at >= _LENGTH_BYTES:
            length = int.from_bytes(waiting[at : at + _LENGTH_BYTES], "big") + SIGNATURE_BYTES
            end = at + _LENGTH_BYTES + length
            if end > len(waiting):
                break
            yield bytes(waiting[at + _LENGTH_BYTES : end])
            at = end
        del waiting[:at]
    if waiting:
        raise BadInput("frame-damaged")
