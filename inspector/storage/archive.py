"""One file that holds many, each bit of it covered by a hash: the container of backups.

    magic ‖ contents, one after the other ‖ manifest (JSON) ‖ length of the manifest (8 bytes) ‖ its SHA-256 ‖ magic

The manifest comes last, so the file is written in one pass; it names every content with its size and SHA-256, so a
reader knows before it puts anything anywhere whether the file is whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from inspector.domain.errors import BadInput, Damaged

Progress = Callable[[int, int], None]
"""Told how much of how much is done (bytes, change sets); whoever raises from it stops the work."""

_MAGIC = b"CCHCBAK1\n"
_TRAILER = 8 + 32 + len(_MAGIC)
_MOST_MANIFEST = 64 * 1024 * 1024
_PIECE = 1024 * 1024
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One content: its name with ``/`` between folders, its size in bytes, its SHA-256 in hex."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a file holds, in the order it lies there, and what its writer said about it."""

    entries: tuple[Entry, ...]
    about: Mapping[str, str]


class Writer:
    """Writes the container to an open file; nothing counts before ``finish``."""

    def __init__(self, target: BinaryIO, told: Callable[[int], None]) -> None:
        self._target = target
        self._told = told
        self._entries: list[Entry] = []
        target.write(_MAGIC)

    def add(self, name: str, pieces: Iterator[bytes]) -> None:
        digest, size = hashlib.sha256(), 0
        for piece in pieces:
            self._target.write(piece)
            digest.update(piece)
            size += len(piece)
            self._told(len(piece))
        self._entries.append(Entry(name, size, digest.hexdigest()))

    def finish(self, about: Mapping[str, str]) -> None:
        listed = [[entry.name, entry.size, entry.sha256] for entry in self._entries]
        manifest = json.dumps({"v": _VERSION, "about": dict(about), "entries": listed}, ensure_ascii=False).encode()
        self._target.write(manifest + len(manifest).to_bytes(8, "big") + hashlib.sha256(manifest).digest() + _MAGIC)


def pieces_of(file: Path) -> Iterator[bytes]:
    """The content of a file, a megabyte at a time."""
    with open(file, "rb") as source:
        while piece := source.read(_PIECE):
            yield piece


def read_manifest(file: Path) -> Manifest:
    """What an archive holds, after everything but the contents themselves was checked.

    Raises ``BadInput`` (``backup-not-one``: another kind of file; ``backup-newer``), ``Damaged`` (``backup-damaged``).
    """
    with open(file, "rb") as source:
        if source.read(len(_MAGIC)) != _MAGIC:
            raise BadInput("backup-not-one", place=str(file))
        size = source.seek(0, 2)
        manifest = _manifest_bytes(source, size)
    content = json.loads(manifest) if manifest is not None else None
    if not isinstance(content, dict):
        raise Damaged("backup-damaged", place=str(file))
    if content.get("v") != _VERSION:
        raise BadInput("backup-newer", place=str(file))
    try:
        entries = tuple(Entry(str(name), int(size), str(sha256)) for name, size, sha256 in content["entries"])
        about = {str(key): str(value) for key, value in content["about"].items()}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Damaged("backup-damaged", place=str(file)) from error
    expected = len(_MAGIC) + sum(entry.size for entry in entries) + len(manifest or b"") + _TRAILER
    if size != expected or any(entry.size < 0 for entry in entries):
        raise Damaged("backup-damaged", place=str(file))
    return Manifest(entries, about)


def _manifest_bytes(source: BinaryIO, size: int) -> bytes | None:
    if size < len(_MAGIC) + _TRAILER:
        return None
    source.seek(size - _TRAILER)
    trailer = source.read(_TRAILER)
    length = int.from_bytes(trailer[:8], "big")
    if not trailer.endswith(_MAGIC) or length > min(_MOST_MANIFEST, size - _TRAILER - len(_MAGIC)):
        return None
    source.seek(size - _TRAILER - length)
    manifest = source.read(length)
    return manifest if hashlib.sha256(manifest).digest() == trailer[8:40] else None


def contents(file: Path, manifest: Manifest) -> Iterator[tuple[Entry, Iterator[bytes]]]:
    """Every entry with its content, in order; each must be read to its end before the next one.

    The pieces raise ``Damaged`` (``backup-damaged``) at the end of a content that is not what was written.
    """
    with open(file, "rb") as source:
        source.seek(len(_MAGIC))
        for entry in manifest.entries:
            yield entry, _checked(source, entry, file)


def _checked(source: BinaryIO, entry: Entry, file: Path) -> Iterator[bytes]:
    digest, left = hashlib.sha256(), entry.size
    while left and (piece := source.read(min(_PIECE, left))):
        digest.update(piece)
        left -= len(piece)
        yield piece
    if left or digest.hexdigest() != entry.sha256:
        raise Damaged("backup-damaged", place=str(file))


def check(file: Path, told: Callable[[int], None]) -> Manifest:
    """Reads an archive whole and returns its manifest. Raises as ``read_manifest`` and ``contents``."""
    manifest = read_manifest(file)
    for _, pieces in contents(file, manifest):
        for piece in pieces:
            told(len(piece))
    return manifest
