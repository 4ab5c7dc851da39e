"""Photos and files at a hub: plain files named by their hash, whole or not there, and pieces of those on their way.

A piece lies in ``parts/<sha256>/<offset>`` and is put there in one step, by whichever process had it first; how far a
blob has come is read from the names and sizes. So any process goes on where any other stopped. A blob stands under its
name only after its hash was seen.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from inspector.domain.errors import Damaged, Unavailable
from inspector.storage.blob_parts import MOST_IN_BLOB, MOST_IN_PIECE
from inspector.storage.copying import flush_file
from inspector.system.files import disk_errors, flush_folder

PART_DAYS = 30
"""After so many days without a new piece an unfinished blob is given up; whoever has it sends it again."""

_PIECE = 1024 * 1024
_SHA256 = re.compile("[0-9a-f]{64}")
_OFFSET = re.compile("[0-9]{12}")


class HubBlobFiles:
    """The blobs in one folder, which several processes may share; hashes are SHA-256 in 64 hex digits.

    Raises ``Unavailable`` (``hub-full``, ``not-writable``, ``disk-failed``) as every write.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._parts = folder / "parts"

    def path(self, sha256: str) -> Path:
        """Where a whole blob lies, if it is here."""
        return self.folder / sha256[:2] / sha256

    def size(self, sha256: str) -> int | None:
        """The size of a whole blob; ``None`` where it is not."""
        try:
            return self.path(sha256).stat().st_size
        except FileNotFoundError:
            return None

    def all(self) -> Iterator[str]:
        """The hashes of all whole blobs, in order."""
        for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            yield from sorted(path.name for path in folder.iterdir() if _SHA256.fullmatch(path.name))

    def read_part(self, sha256: str, offset: int, length: int) -> bytes:
        """Up to ``length`` bytes from ``offset`` on. Raises ``Unavailable`` (``blob-missing``)."""
        try:
            with open(self.path(sha256), "rb") as file:
                file.seek(offset)
                return file.read(length)
        except FileNotFoundError as error:
            raise Unavailable("blob-missing", sha256=sha256) from error

    def is_whole(self, sha256: str) -> bool:
        """Whether the bytes on the disk still have this hash."""
        digest = hashlib.sha256()
        try:
            with open(self.path(sha256), "rb") as file:
                while piece := file.read(_PIECE):
                    digest.update(piece)
        except OSError:
            return False
        return digest.hexdigest() == sha256

    def come(self, sha256: str) -> int:
        """How many bytes from the beginning of an unfinished blob are here."""
        return sum(length for _, length in self._pieces(sha256))

    def add(self, sha256: str, offset: int, data: bytes, size: int) -> int:
        """Takes the bytes from ``offset`` on of a blob of ``size`` bytes; returns how many have come in all, durably.

        Bytes that do not follow what is here are not taken, which does no harm. Raises ``Damaged``
        (``blob-not-whole``) when the whole has another hash; then its pieces are forgotten.
        """
        with _hub_errors(self.folder):
            come = self.come(sha256)
            if come > size or (offset == come and come + len(data) > size):  # somebody lied about the size
                self.drop(sha256)
                return 0
            if offset != come or len(data) > MOST_IN_PIECE or size > MOST_IN_BLOB:
                return come
            if data:
                self._place(sha256, offset, data)
                come = self.come(sha256)
            if come == size:
                self._finish(sha256)
            return come

    def take(self, sha256: str, source: Path) -> None:
        """Takes a whole blob from a file. Raises ``Damaged`` (``blob-not-whole``) for other bytes."""
        with _hub_errors(self.folder), open(source, "rb") as file:
            self._put_whole(sha256, iter(lambda: file.read(_PIECE), b""))

    def drop(self, sha256: str) -> None:
        """Forgets the pieces of a blob."""
        shutil.rmtree(self._parts / sha256, ignore_errors=True)

    def sweep(self, now: float | None = None) -> int:
        """Gives up what has lain unfinished for ``PART_DAYS``; returns how many blobs that were."""
        before = (time.time() if now is None else now) - PART_DAYS * 86400
        old = [path for path in self._parts.glob("*") if path.is_dir() and path.stat().st_mtime < before]
        for path in old:
            shutil.rmtree(path, ignore_errors=True)
        for path in self.folder.glob("[0-9a-f][0-9a-f]/.*.part"):
            if path.stat().st_mtime < before:
                path.unlink(missing_ok=True)
        return len(old)

    def _place(self, sha256: str, offset: int, data: bytes) -> None:
        """A piece is there whole or not at all; of two that come at once the first stays."""
        folder = self._parts / sha256
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f".{secrets.token_hex(6)}.part"
        try:
            with open(part, "xb") as target:
                target.write(data)
                flush_file(target)
            with suppress(FileExistsError):
                os.link(part, folder / f"{offset:012}")
        finally:
            part.unlink(missing_ok=True)
        flush_folder(folder)

    def _pieces(self, sha256: str) -> list[tuple[Path, int]]:
        """The pieces that follow one another from the beginning, with their lengths."""
        folder = self._parts / sha256
        try:
            names = sorted(name for name in os.listdir(folder) if _OFFSET.fullmatch(name))
            sizes = [(folder / name).stat().st_size for name in names]
        except FileNotFoundError:  # nothing came yet, or another process has just finished
            return []
        found: list[tuple[Path, int]] = []
        end = 0
        for name, size in zip(names, sizes, strict=True):
            if int(name) == end:
                found.append((folder / name, size))
                end += size
        return found

    def _finish(self, sha256: str) -> None:
        try:
            self._put_whole(sha256, self._content(sha256))
        except Damaged:
            if self.size(sha256) is None:  # otherwise another process has finished it and taken the pieces away
                self.drop(sha256)
                raise
        self.drop(sha256)

    def _content(self, sha256: str) -> Iterator[bytes]:
        for path, _ in self._pieces(sha256):
            with open(path, "rb") as file:
                while piece := file.read(_PIECE):
                    yield piece

    def _put_whole(self, sha256: str, pieces: Iterator[bytes]) -> None:
        path = self.path(sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{secrets.token_hex(6)}.part")
        digest = hashlib.sha256()
        try:
            with open(part, "xb") as target:
                for piece in pieces:
                    digest.update(piece)
                    target.write(piece)
                flush_file(target)
            if digest.hexdigest() != sha256:
                raise Damaged("blob-not-whole", sha256=sha256)
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
        flush_folder(path.parent)


@contextmanager
def _hub_errors(folder: Path) -> Iterator[None]:
    """``disk_errors`` for whoever sent something: the disk that is full is the hub's (``hub-full``)."""
    try:
        with disk_errors(folder):
            yield
    except Unavailable as error:
        if error.code == "disk-full":
            raise Unavailable("hub-full", place=str(folder)) from error
        raise
