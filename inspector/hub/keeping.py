"""Backups of a hub, what becomes of old ones, and the way back.

A backup is a folder named by its hour (UTC) with a copy of the database, the roots of all spaces, the list of blobs,
and the hub's settings and keys. The blobs of all backups lie beside them once, by hash. It holds the keys, so it
belongs on a disk as well guarded as the hub's own.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from inspector.domain.errors import Damaged, Refused, Unavailable
from inspector.domain.ids import new_id
from inspector.hub.place import OWN_FILE, HubPlace, write_settings
from inspector.storage.hub import copying, tables
from inspector.storage.hub.blobs import HubBlobFiles
from inspector.storage.hub.engine import HubDatabase
from inspector.storage.hub.log import HUB, INCARNATION, Counts, HubLog
from inspector.system.files import disk_errors, flush_folder, replace_patiently, write_atomically
from inspector.system.folders import make_private

HOURLY, NIGHTLY = 48, 60
"""How many backups are kept: the newest, and the last of each of so many days."""

_DATABASE, _MANIFEST, _BLOBS = "log.sqlite", "backup.json", "blobs"
_NAME = re.compile(r"\d{8}T\d{6}Z")


@dataclass(frozen=True, slots=True)
class Kept:
    """One backup: how many spaces, how many blobs, of which ``missing`` were not whole on the hub."""

    folder: Path
    spaces: int
    blobs: int
    missing: int


@dataclass(frozen=True, slots=True)
class Drill:
    """What restoring a backup showed. ``faults``: what is wrong with it; ``lacking``: records the hub does not have."""

    folder: Path
    spaces: int
    blobs: int
    faults: tuple[str, ...]
    lacking: int

    @property
    def is_good(self) -> bool:
        return not self.faults and not self.lacking


def back_up(place: HubPlace, now: datetime | None = None) -> Kept:
    """Makes a backup while the hub goes on, and clears away those the rule does not keep.

    Raises ``Unavailable`` (``disk-full`` …), ``Refused`` (``backup-exists``: two within one second).
    """
    folder = place.backups()
    made = folder / (now or datetime.now(UTC)).strftime("%Y%m%dT%H%M%SZ")
    if made.exists():
        raise Refused("backup-exists", place=str(made))
    part = folder / f".{made.name}.part"
    with disk_errors(folder):
        make_private(folder)
        shutil.rmtree(part, ignore_errors=True)
        make_private(part)
        try:
            kept = _write(place, part)
            replace_patiently(part, made)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        flush_folder(folder)
        for name in to_clear(one.name for one in all_in(folder)):
            shutil.rmtree(folder / name, ignore_errors=True)
    return replace(kept, folder=made)


def _write(place: HubPlace, part: Path) -> Kept:
    with closing(HubDatabase(place.address())) as database:
        copying.copy_out(database, part / _DATABASE)
    with HubLog(str(part / _DATABASE)) as copy:
        roots, named = copy.roots(), sorted(copy.named_blobs())
    copying.make_single(part / _DATABASE)
    have, kept = HubBlobFiles(place.blobs), HubBlobFiles(part.parent / _BLOBS)
    whole = [sha256 for sha256 in named if _copied(have, kept, sha256)]
    for file in (place.settings_file, place.keys_file):
        write_atomically(part / file.name, file.read_bytes())
    content = {"roots": {name: root.hex() for name, root in roots.items()}, "blobs": whole}
    write_atomically(part / _MANIFEST, json.dumps(content).encode())
    return Kept(part, len(roots), len(whole), len(named) - len(whole))


def _copied(source: HubBlobFiles, target: HubBlobFiles, sha256: str) -> bool:
    """Whether a blob is in the backup now; one that has rotted on the hub is not taken."""
    if target.size(sha256) is not None:
        return True
    if source.size(sha256) is None:
        return False
    try:
        target.take(sha256, source.path(sha256))
    except Damaged:
        return False
    return True


def all_in(folder: Path) -> list[Path]:
    """The backups in a folder, the oldest first."""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in found if _NAME.fullmatch(path.name) and (path / _MANIFEST).is_file())


def to_clear(names: Iterable[str]) -> list[str]:
    """Which backups the rule does not keep: beyond the newest 48, all but the last of each of the last 60 days."""
    ordered = sorted(names)
    last_of_day = {name[:8]: name for name in ordered}
    nightly = {last_of_day[day] for day in sorted(last_of_day)[-NIGHTLY:]}
    return [name for name in ordered if name not in nightly and name not in ordered[-HOURLY:]]


def restore(backup: Path, place: HubPlace, database: str = "") -> Kept:
    """Puts a backup into a new folder, always as a new incarnation, so that every laptop compares anew.

    ``backup`` is one, or the folder of several, of which the newest is taken; ``database`` an empty PostgreSQL, else a
    file. Raises ``Unavailable`` (``backup-missing``), ``Refused`` (``hub-exists``), ``Damaged`` (``backup-damaged``).
    """
    backup = _one(backup)
    roots, blobs = _manifest(backup)
    if place.folder.is_dir() and any(place.folder.iterdir()):
        raise Refused("hub-exists", place=str(place.folder))
    kept, files = HubBlobFiles(backup.parent / _BLOBS), HubBlobFiles(place.blobs)
    with disk_errors(place.folder):
        try:
            for inner in (place.folder, place.blobs, place.temporary):
                make_private(inner)
            back = [sha256 for sha256 in blobs if _copied(kept, files, sha256)]
            write_atomically(place.keys_file, (backup / place.keys_file.name).read_bytes())
            write_settings(place, replace(HubPlace(backup).settings(), database=database))
            _put_database(backup, place, roots)
        except BaseException:
            shutil.rmtree(place.folder, ignore_errors=True)  # nothing was in it before
            raise
    return Kept(backup, len(roots), len(back), len(blobs) - len(back))


def _put_database(backup: Path, place: HubPlace, roots: dict[str, bytes]) -> None:
    """Checks the copy of a copy, since opening one writes beside it."""
    staged = place.temporary / _DATABASE
    shutil.copyfile(backup / _DATABASE, staged)
    try:
        if copying.faults(staged, roots):
            raise Damaged("backup-damaged", place=str(backup))
        copying.make_single(staged)
        with closing(HubDatabase(place.address())) as database:
            if database.is_postgres:
                copying.copy_in(staged, database)
            else:
                replace_patiently(staged, Path(database.address))
            with database.writing() as connection:
                tables.set_meta(connection, INCARNATION, new_id())
    finally:
        staged.unlink(missing_ok=True)


def drill(place: HubPlace, backup: Path | None = None) -> Drill:
    """Restores the newest backup, or this one, to a scratch folder and compares it with what it should be.

    Every record is what its hash says, every space has the root it had, every blob its hash; and what the backup has,
    the hub has. Raises ``Unavailable`` (``backup-missing``).
    """
    backup = _one(backup or place.backups())
    roots, blobs = _manifest(backup)
    with tempfile.TemporaryDirectory(prefix="hub-drill-", dir=place.temporary) as scratch:
        tried = HubPlace(Path(scratch) / "hub")
        try:
            restored = restore(backup, tried)
        except Damaged as error:
            return Drill(backup, len(roots), len(blobs), (error.code,), 0)
        faults = copying.faults(tried.folder / OWN_FILE, roots)
        files = HubBlobFiles(tried.blobs)
        faults += [f"blob {sha256}" for sha256 in blobs if not files.is_whole(sha256)]
        with closing(HubDatabase(str(tried.folder / OWN_FILE))) as copy, closing(HubDatabase(place.address())) as mine:
            lacking = copying.lacking(copy, mine)
    return Drill(backup, restored.spaces, restored.blobs, tuple(faults), lacking)


def _one(backup: Path) -> Path:
    if (backup / _MANIFEST).is_file():
        return backup
    found = all_in(backup)
    if not found:
        raise Unavailable("backup-missing", place=str(backup))
    return found[-1]


def _manifest(backup: Path) -> tuple[dict[str, bytes], list[str]]:
    try:
        content = json.loads((backup / _MANIFEST).read_bytes())
        return {name: bytes.fromhex(root) for name, root in content["roots"].items()}, list(content["blobs"])
    except (ValueError, KeyError, AttributeError) as error:
        raise Damaged("backup-damaged", place=str(backup)) from error


def admit(place: HubPlace, root: bytes) -> None:
    """Lets in every laptop with a certificate of this root (32 bytes)."""
    with HubLog(place.address()) as log:
        log.admit(root)


@dataclass(frozen=True, slots=True)
class State:
    """What an administrator looks at; no names but the office's, no contents."""

    name: str
    hub: str
    incarnation: str
    database: str
    counts: Counts
    blobs: int
    backups: int
    last_backup: str
    free_mib: int


def state(place: HubPlace) -> State:
    """Raises ``Unavailable`` (``hub-missing``, ``hub-database-away`` …)."""
    backups = all_in(place.backups())
    with HubLog(place.address()) as log:
        return State(
            name=place.settings().name,
            hub=log.named(HUB),
            incarnation=log.named(INCARNATION),
            database="PostgreSQL" if log.database.is_postgres else "SQLite",
            counts=log.counts(),
            blobs=sum(1 for _ in HubBlobFiles(place.blobs).all()),
            backups=len(backups),
            last_backup=backups[-1].name if backups else "",
            free_mib=shutil.disk_usage(place.folder).free // 1024 // 1024,
        )
