"""Blobs on their way in: pieces that lie apart, encrypted, until the whole has the hash it should have.

How far a blob has come is read from the names of its pieces, so a transfer goes on where the disk stopped, whoever
sends. A piece is flushed before it counts.
"""

from __future__ import annotations

import hashlib
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from inspector.domain.errors import Damaged, Unavailable
from inspector.storage.blobs import BlobStore
from inspector.system.files import disk_errors

MOST_IN_PIECE = 8 * 1024 * 1024
MOST_IN_BLOB = 200 * 1024 * 1024

_NAME = re.compile(r"(\d{12})-(\d{1,12})")


class BlobParts:
    """The unfinished blobs of one workspace; hashes are SHA-256 in 64 hex digits."""

    def __init__(self, store: BlobStore) -> None:
        self._store = store

    def offset(self, sha256: str) -> int:
        """How many bytes from the beginning have come."""
        return sum(length for _, length in self._pieces(sha256))

    def add(self, sha256: str, offset: int, data: bytes, size: int) -> int:
        """Takes the bytes from ``offset`` on of a blob of ``size`` bytes; returns how many have come in all.

        Bytes that do not follow what is here are not taken, which does no harm. With the last ones the whole is
        checked: raises ``Damaged`` (``blob-not-whole``) when its hash is another, and forgets the pieces. Raises
        ``Unavailable`` as every write.
        """
        come = self.offset(sha256)
        if come + len(data) > size and offset == come:  # somebody lied about the size, now or before
            self.drop(sha256)
            return 0
        if offset != come or len(data) > MOST_IN_PIECE or size > MOST_IN_BLOB:
            return come
        if data:
            path = self._folder(sha256) / f"{offset:012}-{len(data)}"
            self._store.place(path, _bound(sha256, offset), None, io.BytesIO(data))
        if (
            come + len(data) == size
        ):  # without new bytes too, where the disk stopped between the last ones and the whole
            self._finish(sha256)
        return come + len(data)

    def drop(self, sha256: str) -> None:
        """Forgets the pieces of a blob."""
        folder = self._folder(sha256)
        with disk_errors(folder):
            shutil.rmtree(folder, ignore_errors=True)

    def _finish(self, sha256: str) -> None:
        try:
            self._store.add_whole(sha256, self._content(sha256))
        except (Damaged, Unavailable) as error:
            if isinstance(error, Damaged) or error.code == "file-changed":
                self.drop(sha256)
                raise Damaged("blob-not-whole", sha256=sha256) from error
            raise
        self.drop(sha256)

    def _content(self, sha256: str) -> Iterator[bytes]:
        digest = hashlib.sha256()
        for offset, length in self._pieces(sha256):
            for chunk in self._store.chunks_at(self._folder(sha256) / f"{offset:012}-{length}", _bound(sha256, offset)):
                digest.update(chunk)
                yield chunk
        if digest.hexdigest() != sha256:
            raise Damaged("blob-not-whole", sha256=sha256)

    def _pieces(self, sha256: str) -> list[tuple[int, int]]:
        """Offset and length of the pieces that follow one another from the beginning."""
        folder = self._folder(sha256)
        names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
        found: list[tuple[int, int]] = []
        end = 0
        for name in names:
            match = _NAME.fullmatch(name)
            if match is not None and int(match[1]) == end:
                found.append((end, int(match[2])))
                end += int(match[2])
        return found

    def _folder(self, sha256: str) -> Path:
        path = self._store.path(sha256)
        return path.parent.parent / "parts" / path.name


def _bound(sha256: str, offset: int) -> str:
    """The name under which a piece is encrypted: it cannot stand in for another."""
    return hashlib.sha256(f"{sha256}/{offset}".encode()).hexdigest()
