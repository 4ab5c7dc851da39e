"""Reading a package: opened, brought to this laptop's disk and checked to the last byte before anything counts.

The checked data lies in the private folder as one file; ``Checked.close`` removes it, and the next start of the program
does too. Each way a package can be wrong has its own code, and none of them changes anything here.
"""

from __future__ import annotations

import hashlib
import io
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from inspector.domain.errors import BadInput, Damaged, InspectorError, Refused, Unavailable
from inspector.domain.ids import new_id
from inspector.storage.workspace import Workspace
from inspector.sync.frames import unpack
from inspector.sync.package import sheet
from inspector.sync.package.manifest import Manifest, Part, Volume, manifest_from
from inspector.sync.package.names import MANIFEST, has_halves, manifest_of, packages_in, stem_of, volume_of
from inspector.sync.package.writing import Progress
from inspector.system import age
from inspector.system.age import AgeKey
from inspector.system.files import disk_errors
from inspector.system.identity import Certificate

_MOST_LOCKED = sheet.MOST_TEXT + 1024 * 1024
_MOST_HEAD = 4096
_PIECE = 1024 * 1024


@dataclass(frozen=True)
class Opened:
    """A package whose manifest was opened: where it lies, who says what is in it."""

    folder: Path
    stem: str
    manifest: Manifest
    sender: Certificate

    @property
    def files(self) -> int:
        return len(self.manifest.volumes) + 1

    @property
    def size(self) -> int:
        """Bytes of the volumes on the stick."""
        return sum(volume.packed for volume in self.manifest.volumes)


def find(place: Path) -> Path:
    """The manifest of the package a person means by a folder or one of the package's files.

    Raises ``Unavailable`` (``package-missing``), ``Refused`` (``package-half``: no manifest), ``BadInput``
    (``package-several``, ``package-not-one``).
    """
    with disk_errors(place):
        if place.is_dir():
            return _only_one(place)
        if not place.is_file():
            raise Unavailable("package-missing", place=str(place))
        stem = stem_of(place)
        if stem is None:
            raise BadInput("package-not-one")
        found = manifest_of(place.parent, stem)
        if not found.is_file():
            raise Refused("package-half", files=found.name)
    return found


def _only_one(folder: Path) -> Path:
    found = packages_in(folder)
    if len(found) > 1:
        raise BadInput("package-several", names=", ".join(path.name for path in found))
    if found:
        return found[0]
    if has_halves(folder):
        raise Refused("package-half", files=f"…{MANIFEST}")
    raise Unavailable("package-missing", place=str(folder))


def asks_passphrase(manifest: Path) -> bool:
    """Whether a package opens by a passphrase rather than by this laptop's key."""
    with disk_errors(manifest), open(manifest, "rb") as file:
        return age.has_passphrase(file.read(256))


def open_package(manifest: Path, key: AgeKey, passphrase: str = "") -> Opened:
    """Opens the manifest of a package and looks whether its files are all there.

    Raises ``Refused`` (``package-not-for-here``, ``age-code-wrong``, ``package-half``), ``BadInput``
    (``package-newer``, ``package-not-one``), ``Damaged`` (``package-damaged``, ``package-cut``, ``package-signature``).
    """
    stated = read_statement(manifest, key, passphrase, "package")
    stem = stem_of(manifest)
    if stem is None:
        raise BadInput("package-not-one")
    opened = Opened(manifest.parent, stem, manifest_from(stated.content), stated.certificate)
    paths = [volume_of(opened.folder, stem, number) for number in range(1, opened.files)]
    missing = [path.name for path in paths if not path.is_file()]
    if missing:
        raise Refused("package-half", files=", ".join(missing[:5]))
    for number, (path, volume) in enumerate(zip(paths, opened.manifest.volumes, strict=True), 1):
        with disk_errors(path):
            size = path.stat().st_size
        if size < volume.packed:
            raise Damaged("package-cut", number=number, files=opened.files)
        if size > volume.packed:
            raise Damaged("package-file-damaged", number=number, files=opened.files)
    return opened


def read_statement(file: Path, key: AgeKey, passphrase: str, kind: str) -> sheet.Statement:
    """What a manifest or a receipt says. Raises as ``open_package``."""
    with disk_errors(file), open(file, "rb") as source:
        locked = source.read(_MOST_LOCKED + 1)
    if len(locked) > _MOST_LOCKED:
        raise Damaged("package-damaged")
    try:
        text = _opened(locked, key, passphrase)
    except Damaged as error:
        raise Damaged("package-damaged") from error
    found = sheet.split(text)
    if found is None or found[1] != len(text):
        raise Damaged("package-damaged")
    return sheet.stated(found[0], kind)


def _opened(locked: bytes, key: AgeKey, passphrase: str) -> bytes:
    if age.has_passphrase(locked):
        return age.unlock(locked, passphrase)
    target = io.BytesIO()
    try:
        age.decrypt(io.BytesIO(locked), target, key)
    except Refused as error:
        raise Refused("package-not-for-here") from error
    return target.getvalue()


class Checked:
    """A package all of which was read, decrypted and hashed; its data lies in ``folder`` until ``close``."""

    def __init__(self, opened: Opened, folder: Path) -> None:
        self.opened = opened
        self._folder = folder

    def __enter__(self) -> Checked:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def manifest(self) -> Manifest:
        return self.opened.manifest

    @property
    def file(self) -> Path:
        return self._folder / "data"

    def close(self) -> None:
        """Removes the decrypted data."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def frames(self, space: str | None = None) -> Iterator[tuple[Part, bytes]]:
        """Every frame, or those of one space, in the sender's order."""
        at = 0
        with disk_errors(self.file), open(self.file, "rb") as source:
            for part in self.manifest.frames:
                if space in (None, part.space):
                    source.seek(at)
                    yield part, source.read(part.size)
                at += part.size

    def blobs(self) -> Iterator[tuple[Part, Iterator[bytes]]]:
        """Every blob with its content in pieces; it need not be read."""
        at = sum(part.size for part in self.manifest.frames)
        with disk_errors(self.file), open(self.file, "rb") as source:
            for part in self.manifest.blobs:
                source.seek(at)
                yield part, _so_many(source, part.size)
                at += part.size


def check(workspace: Workspace, opened: Opened, progress: Progress | None = None) -> Checked:
    """Brings the data of a package to this laptop and checks every byte of it.

    Raises ``Damaged`` (``package-file-damaged`` with the ``number`` of the file, ``package-damaged``), ``Unavailable``
    (``package-no-room``, ``disk-full`` …), and what ``progress`` raises; then nothing is left here.
    """
    _look_for_room(workspace, opened)
    folder = workspace.places.temporary / f"package-{new_id()}"
    checked = Checked(opened, folder)
    try:
        with disk_errors(folder):
            folder.mkdir(mode=0o700)
        _bring(opened, checked.file, progress)
        _check_parts(checked)
    except BaseException:
        checked.close()
        raise
    return checked


def _look_for_room(workspace: Workspace, opened: Opened) -> None:
    """The data lies here twice for a moment: as it came, and as what this laptop keeps."""
    needed = 2 * opened.manifest.size
    with disk_errors(workspace.places.temporary):
        free = shutil.disk_usage(workspace.places.temporary).free
    if free < needed:
        place = str(workspace.places.folder)
        raise Unavailable(
            "package-no-room", place=place, needed=f"{needed / 1024 / 1024:.0f}", free=f"{free / 1024 / 1024:.0f}"
        )


def _bring(opened: Opened, file: Path, progress: Progress | None) -> None:
    key = AgeKey(opened.manifest.key)
    done = 0

    def tell(size: int) -> None:
        nonlocal done
        done += size
        if progress is not None:
            progress(done, opened.size)

    with disk_errors(file), open(file, "xb") as target:
        for number, volume in enumerate(opened.manifest.volumes, 1):
            try:
                _bring_volume(opened, number, volume, key, target, tell)
            except (Damaged, BadInput) as error:
                raise Damaged("package-file-damaged", number=number, files=opened.files) from error
            except Refused as error:
                if error.code != "age-not-for-here":
                    raise
                raise Damaged("package-file-damaged", number=number, files=opened.files) from error


def _bring_volume(
    opened: Opened, number: int, volume: Volume, key: AgeKey, target: BinaryIO, tell: Callable[[int], None]
) -> None:
    path = volume_of(opened.folder, opened.stem, number)
    with disk_errors(path), open(path, "rb") as file:
        source, content = _Hashed(file, volume.packed, tell), _Content(target, volume.size)
        age.decrypt(source, content, key)
    if source.digest.hexdigest() != volume.sha256 or content.size != volume.size:
        raise Damaged("package-damaged")
    if (content.head or {}) != {"v": sheet.VERSION, "package": opened.manifest.id, "volume": number}:
        raise Damaged("package-damaged")


class _Hashed:
    """A volume being read, with the hash of what came; more than it should be is damage."""

    def __init__(self, file: BinaryIO, most: int, tell: Callable[[int], None]) -> None:
        self._file = file
        self._left = most
        self._tell = tell
        self.digest = hashlib.sha256()

    def read(self, size: int, /) -> bytes:
        found = self._file.read(size)
        self._left -= len(found)
        if self._left < 0:
            raise Damaged("package-damaged")
        self.digest.update(found)
        self._tell(len(found))
        return found


class _Content:
    """Takes the sheet of a volume apart as it comes: the head is kept, the data written, no more of it than said."""

    def __init__(self, target: BinaryIO, most: int) -> None:
        self._target = target
        self._most = most
        self._start = b""
        self.head: sheet.Fields | None = None
        self.size = 0

    def write(self, data: bytes, /) -> None:
        if self.head is None:
            self._start += data
            found = sheet.split(self._start)
            if found is None:
                if len(self._start) > _MOST_HEAD:
                    raise Damaged("package-damaged")
                return
            self.head, at = found
            data, self._start = self._start[at:], b""
        self.size += len(data)
        if self.size > self._most:
            raise Damaged("package-damaged")
        self._target.write(data)


def _check_parts(checked: Checked) -> None:
    """Every frame and blob has the hash the manifest names, and a frame can be read."""
    for part, frame in checked.frames():
        if hashlib.sha256(frame).hexdigest() != part.sha256 or not _is_frame(frame, part):
            raise Damaged("package-damaged")
    for part, pieces in checked.blobs():
        digest = hashlib.sha256()
        for piece in pieces:
            digest.update(piece)
        if digest.hexdigest() != part.sha256:
            raise Damaged("package-damaged")


def _is_frame(frame: bytes, part: Part) -> bool:
    try:
        found = unpack(frame)
    except InspectorError:
        return False
    return len(found.changesets) + len(found.unreadable) == part.count


def _so_many(source: BinaryIO, size: int) -> Iterator[bytes]:
    left = size
    while left and (piece := source.read(min(_PIECE, left))):
        left -= len(piece)
        yield piece
