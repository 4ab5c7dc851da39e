"""Writing a package: each file as a part, flushed, read again and hashed before it gets its name, the manifest last.

Whatever stops it, a full stick, one that was pulled out, a person, leaves no file of it behind, as far as the stick
still takes orders.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from inspector.domain.errors import BadInput, Damaged, Unavailable
from inspector.domain.ids import new_id
from inspector.storage.copying import flush_file
from inspector.storage.packages import Passed, Way
from inspector.storage.workspace import Workspace
from inspector.sync.package import sheet
from inspector.sync.package.manifest import MOST_VOLUMES, Manifest, Volume
from inspector.sync.package.names import manifest_of, new_stem, volume_of
from inspector.sync.package.parcel import Parcel, data_of, gather
from inspector.system import age
from inspector.system.age import AgeKey
from inspector.system.files import disk_errors, flush_folder, replace_patiently

VOLUME = 512 * 1024 * 1024
"""Bytes of a file of a package at most: any stick takes it, and a file that went bad is soon written again."""

_SLACK = 1024 * 1024  # what the format adds to a volume of any size up to VOLUME, and its head
_PIECE = 1024 * 1024

Progress = Callable[[int, int], None]
"""Told how many of how many bytes are done; whoever raises from it stops the work."""


@dataclass(frozen=True, slots=True)
class Lock:
    """Who can open a package: the laptops with these public keys (by device), or whoever knows the passphrase."""

    keys: dict[str, str]
    passphrase: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A package that is on the stick: its manifest, its files, its bytes there, what is in it."""

    id: str
    manifest: Path
    files: int
    size: int
    changes: int
    blobs: int


def write(
    workspace: Workspace,
    folder: Path,
    spaces: Sequence[str],
    lock: Lock,
    *,
    moment: datetime,
    party: str = "",
    progress: Progress | None = None,
    volume: int = VOLUME,
) -> Written:
    """Writes a package of these spaces into ``folder``; returns when every file of it was read again.

    ``party`` says for people whom it is for. Raises ``Unavailable`` (``package-no-room``, ``disk-full`` …), ``Damaged``
    (``write-not-kept``: the stick gave back other bytes; ``blob-damaged``: the next try leaves that photo out),
    ``BadInput`` (``package-too-large``), and what ``progress`` raises.
    """
    if not lock.keys and not lock.passphrase:
        raise ValueError("a package is always locked")
    with disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        stem = new_stem(folder, spaces[0], workspace.author.device, moment)
    with _spool(workspace) as spooled:
        parcel = gather(workspace, spaces, lock.keys, spooled)
        writer = _Writer(workspace, folder, stem, parcel, progress or _nobody, volume)
        with _undone_if_stopped(writer):
            written = writer.write(lock)
    with workspace.unit_of_work() as unit:
        unit.note_package(Passed(written.id, Way.WRITTEN, stem, party, workspace.clock.wall()))
        unit.commit()
    return written


@contextmanager
def _spool(workspace: Workspace) -> Iterator[Path]:
    """A file in the private folder for the frames of a package."""
    file = workspace.places.temporary / f"package-{new_id()}"
    try:
        yield file
    finally:
        with suppress(OSError):
            file.unlink()


@contextmanager
def _undone_if_stopped(writer: _Writer) -> Iterator[None]:
    try:
        yield
    except BaseException:
        for path in writer.made:
            with suppress(OSError):
                path.unlink()
        raise


class _Writer:
    """One package being written; ``made`` are the paths that exist for it so far."""

    def __init__(
        self, workspace: Workspace, folder: Path, stem: str, parcel: Parcel, progress: Progress, volume: int
    ) -> None:
        self._workspace = workspace
        self._folder = folder
        self._stem = stem
        self._parcel = parcel
        self._room = volume - min(_SLACK, volume // 4)
        self._progress = progress
        self._done = 0
        self._size = sum(part.size for part in (*parcel.frames, *parcel.blobs))
        self._id = new_id()
        self.made: list[Path] = []

    def write(self, lock: Lock) -> Written:
        count = -(-self._size // self._room)
        if count > MOST_VOLUMES:
            raise BadInput("package-too-large")
        self._look_for_room(count)
        key = AgeKey.generate()
        data = _Data(data_of(self._workspace, self._parcel))
        volumes = [self._volume(number, data, key) for number in range(1, count + 1)]
        text = sheet.state(self._workspace.author, self._manifest(lock, key, tuple(volumes)).content())
        if len(text) > sheet.MOST_TEXT:
            raise BadInput("package-too-large")
        path = manifest_of(self._folder, self._stem)
        size, _ = self._place(path, lambda target: _lock(sheet.head(text), target, lock))
        packed = sum(volume.packed for volume in volumes) + size
        changes = sum(frame.count for frame in self._parcel.frames)
        return Written(self._id, path, count + 1, packed, changes, len(self._parcel.blobs))

    def _manifest(self, lock: Lock, key: AgeKey, volumes: tuple[Volume, ...]) -> Manifest:
        return Manifest(
            id=self._id,
            made=self._workspace.clock.wall(),
            age=self._workspace.age_key().public,
            to=tuple(sorted(lock.keys)) if not lock.passphrase else (),
            key=key.secret,
            holds=self._parcel.holds,
            frames=self._parcel.frames,
            blobs=self._parcel.blobs,
            whole=self._parcel.whole,
            volumes=volumes,
        )

    def _look_for_room(self, count: int) -> None:
        needed = self._size + (count + 1) * _SLACK // 4
        with disk_errors(self._folder):
            free = shutil.disk_usage(self._folder).free
        if free < needed:
            raise Unavailable(
                "package-no-room", place=str(self._folder), needed=_megabytes(needed), free=_megabytes(free)
            )

    def _volume(self, number: int, data: _Data, key: AgeKey) -> Volume:
        size = min(self._room, self._size - (number - 1) * self._room)
        head = sheet.head(sheet.text_of({"v": sheet.VERSION, "package": self._id, "volume": number}))
        content = _Sheet(head, data, size, self._tell)
        path = volume_of(self._folder, self._stem, number)
        packed, digest = self._place(path, lambda target: age.encrypt(content, target, [key.public]))
        return Volume(size, packed, digest)

    def _tell(self, bytes_done: int) -> None:
        self._done += bytes_done
        self._progress(min(self._done, 2 * self._size), 2 * self._size)

    def _place(self, path: Path, fill: Callable[[_Hashing], None]) -> tuple[int, str]:
        """Writes a file, reads it again and gives it its name; returns its size and SHA-256."""
        part = path.with_name(path.name + ".part")
        with disk_errors(path):
            self.made.append(part)
            with open(part, "xb") as file:
                target = _Hashing(file)
                fill(target)
                flush_file(file)
                _forget_pages(file)
            if _hash(part, self._tell) != (target.size, target.digest.hexdigest()):
                raise Damaged("write-not-kept", place=str(path))
            replace_patiently(part, path)
            self.made[-1] = path
            flush_folder(path.parent)
        return target.size, target.digest.hexdigest()


class _Data:
    """The data of a package, to be read on from volume to volume."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")

    def read(self, size: int) -> bytes:
        """Up to ``size`` bytes; nothing only at the end."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = memoryview(piece)
        found, self._rest = bytes(self._rest[:size]), self._rest[size:]
        return found


class _Sheet:
    """What goes into one volume: the head of the sheet, then so many bytes of the data."""

    def __init__(self, head: bytes, data: _Data, size: int, told: Callable[[int], None]) -> None:
        self._head = head
        self._data = data
        self._left = size
        self._told = told

    def read(self, size: int, /) -> bytes:
        if self._head:
            found, self._head = self._head[:size], self._head[size:]
            return found
        found = self._data.read(min(size, self._left)) if self._left else b""
        if self._left and not found:
            raise Unavailable("file-changed")  # a file of this laptop became shorter meanwhile
        self._left -= len(found)
        self._told(len(found))
        return found


class _Hashing:
    """A file being written, with the hash of what went into it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes, /) -> None:
        self._file.write(data)
        self.digest.update(data)
        self.size += len(data)


def _lock(text: bytes, target: _Hashing, lock: Lock) -> None:
    if lock.passphrase:
        target.write(age.lock(text, lock.passphrase))
    else:
        age.encrypt(_Bytes(text), target, list(lock.keys.values()))


class _Bytes:
    def __init__(self, data: bytes) -> None:
        self._rest = memoryview(data)

    def read(self, size: int, /) -> bytes:
        found, self._rest = bytes(self._rest[:size]), self._rest[size:]
        return found


def _forget_pages(file: BinaryIO) -> None:
    """Lets the system forget what it keeps of a file, where it can, so that reading it again asks the stick."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _hash(path: Path, told: Callable[[int], None]) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with open(path, "rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            told(len(piece))
    return size, digest.hexdigest()


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.0f}"


def _nobody(done: int, total: int) -> None:
    """Nobody wants to know."""
