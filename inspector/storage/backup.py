"""Backup and restore: the whole workspace as one file, and back into an empty place.

A backup holds the database (copied while it is open, encrypted as it is), the key slots that open elsewhere, and all
blobs. The copy of the database says of itself that it is one: whoever writes in a restored workspace begins new
streams, so no number is ever used twice.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from inspector.domain.errors import Damaged, Refused, Unavailable
from inspector.domain.streams import EpochReason
from inspector.storage import archive, migrations, own_streams, schema
from inspector.storage.archive import Manifest, Progress
from inspector.storage.copying import copy_database, flush_file
from inspector.storage.engine import Database
from inspector.storage.workspace import Workspace
from inspector.system.files import disk_errors, flush_folder, replace_patiently
from inspector.system.folders import Workspace as Places
from inspector.system.slots import BACKUP_KEY, BACKUP_SLOTS, put_slots_from_backup, slots_for_backup

_DATABASE = "workspace.db"
_BLOB = re.compile(r"blobs/[0-9a-f]{2}/[0-9a-f]{64}")
_SMALL = 1024 * 1024


def backup(workspace: Workspace, file: Path, progress: Progress | None = None) -> Manifest:
    """Writes a backup of an open workspace to ``file``; work may go on meanwhile.

    The file appears under its name only after it was written, flushed, read again and found whole. Raises ``Refused``
    (``backup-exists``, ``backup-without-key``), ``Unavailable`` (``disk-full`` …), ``Damaged`` (``backup-damaged``
    when the disk gave back other bytes). An error raised from ``progress`` stops it and leaves nothing behind.
    """
    if file.exists():
        raise Refused("backup-exists", place=str(file))
    small = slots_for_backup(workspace.places)
    part = file.with_name(file.name + ".part")
    copy = file.with_name(file.name + ".database.part")
    with disk_errors(file), _removed(part, copy):
        file.parent.mkdir(parents=True, exist_ok=True)
        _copy(workspace, copy)
        manifest = _write(workspace, part, copy, small, progress)
        replace_patiently(part, file)
        flush_folder(file.parent)
    return manifest


def _copy(workspace: Workspace, copy: Path) -> None:
    with workspace.database.reading() as sql:
        copy_database(sql, copy, workspace.key)
    copied = Database(copy, workspace.key)
    try:
        with copied.writing() as sql:
            own_streams.end_all(sql, EpochReason.RESTORED)
    finally:
        copied.close()


def _write(
    workspace: Workspace, part: Path, copy: Path, small: dict[str, bytes], progress: Progress | None
) -> Manifest:
    blobs = sorted(workspace.blobs.files())
    total = 2 * (copy.stat().st_size + sum(map(len, small.values())) + sum(path.stat().st_size for path in blobs))
    told = _Counter(progress, total)
    with open(part, "wb") as target:
        writer = archive.Writer(target, told)
        writer.add(_DATABASE, archive.pieces_of(copy))
        for name, data in small.items():
            writer.add(name, iter((data,)))
        for path in blobs:
            writer.add(f"blobs/{path.parent.name}/{path.name}", archive.pieces_of(path))
        writer.finish({"app": workspace.author.app, "made": workspace.clock.wall(), "schema": str(schema.VERSION)})
        flush_file(target)
    return archive.check(part, told)


def restore(
    file: Path,
    folder: Path,
    unlock: Callable[[Places], bytes] | None = None,
    progress: Progress | None = None,
) -> Manifest:
    """Puts the workspace of a backup into ``folder``, which must not hold one.

    Everything is read, checked and laid out beside ``folder`` first; only then it gets its name. ``unlock`` is asked
    for the database key (32 bytes) with the places of what was laid out, and what it raises stops the restoring; with
    the key the database itself is checked too. Raises ``Refused`` (``workspace-exists``, ``newer-program``),
    ``BadInput`` (``backup-not-one``, ``backup-newer``), ``Damaged`` (``backup-damaged``, ``workspace-damaged``),
    ``Unavailable`` (``backup-missing``, ``disk-full`` …).
    """
    places = Places(folder)
    _require_room(places)
    if not file.is_file():
        raise Unavailable("backup-missing", place=str(file))
    staging = Places(folder.with_name(folder.name + ".restoring"))
    with disk_errors(folder), _removed(staging.folder, staging.demonstration_key):
        manifest = archive.read_manifest(file)
        _lay_out(file, manifest, staging, progress)
        if unlock is not None:
            _check_database(staging, unlock(staging))
        _put_in_place(staging, places)
    return manifest


def _require_room(places: Places) -> None:
    if (
        places.exists()
        or places.demonstration_key.exists()
        or (places.folder.is_dir() and any(places.folder.iterdir()))
    ):
        raise Refused("workspace-exists", place=str(places.folder))


def _lay_out(file: Path, manifest: Manifest, staging: Places, progress: Progress | None) -> None:
    names = [entry.name for entry in manifest.entries]
    if len(set(names)) != len(names) or _DATABASE not in names or not all(map(_is_expected, names)):
        raise Damaged("backup-damaged", place=str(file))
    staging.make()
    told = _Counter(progress, sum(entry.size for entry in manifest.entries))
    small: dict[str, bytes] = {}
    for entry, pieces in archive.contents(file, manifest):
        if entry.name in (BACKUP_SLOTS, BACKUP_KEY):
            if entry.size > _SMALL:
                raise Damaged("backup-damaged", place=str(file))
            small[entry.name] = b"".join(pieces)
        else:
            _extract(staging.folder / entry.name, pieces, told)
    put_slots_from_backup(staging, small)


def _is_expected(name: str) -> bool:
    return name in (_DATABASE, BACKUP_SLOTS, BACKUP_KEY) or _BLOB.fullmatch(name) is not None


def _extract(path: Path, pieces: Iterator[bytes], told: Callable[[int], None]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "wb") as target:
        for piece in pieces:
            target.write(piece)
            told(len(piece))
        flush_file(target)


def _check_database(staging: Places, key: bytes) -> None:
    database = Database(staging.database, key)
    try:
        migrations.check_integrity(database)
        with database.reading() as sql:
            found = migrations.version_of(sql, staging.database)
    finally:
        database.close()
    if found > schema.VERSION:
        raise Refused("newer-program", found=found, known=schema.VERSION)


def _put_in_place(staging: Places, places: Places) -> None:
    """The key of a demonstration first: a folder without its key would look like somebody else's."""
    if staging.demonstration_key.exists():
        replace_patiently(staging.demonstration_key, places.demonstration_key)
    with suppress(FileNotFoundError):
        places.folder.rmdir()
    for folder in sorted({path.parent for path in staging.folder.rglob("*")}):
        flush_folder(folder)
    replace_patiently(staging.folder, places.folder)
    flush_folder(places.folder.parent)


class _Counter:
    """Adds pieces up for ``progress``."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def __call__(self, size: int) -> None:
        self._done += size
        if self._progress is not None:
            self._progress(self._done, self._total)


@contextmanager
def _removed(*paths: Path) -> Iterator[None]:
    """Nothing half done is there before or after, whatever happens inside."""
    _remove(paths)
    try:
        yield
    finally:
        _remove(paths)


def _remove(paths: tuple[Path, ...]) -> None:
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        for found in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
            with suppress(FileNotFoundError, IsADirectoryError):
                found.unlink()
