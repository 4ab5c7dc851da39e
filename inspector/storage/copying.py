"""A copy of an open database that is whole at one moment: the online backup of SQLite, encrypted under the same key."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from inspector.storage.archive import Progress
from inspector.storage.engine import open_driver, translated
from inspector.system.files import disk_errors, flush_folder, replace_patiently

if TYPE_CHECKING:
    from inspector.storage.engine import Sql

_PAGES = 1000


def copy_database(source: Sql, target: Path, key: bytes, progress: Progress | None = None) -> None:
    """Copies the database of an open sql to ``target``, flushed and in place only when it is whole.

    The copy is a single file: it is left without a write-ahead log beside it. Raises ``Unavailable`` (``disk-full`` …).
    """
    part = target.with_name(target.name + ".part")
    _remove(part)
    try:
        _copy(source, part, key, progress)
        with disk_errors(target):
            replace_patiently(part, target)
            flush_folder(target.parent)
    except BaseException:
        _remove(part)
        raise


def _copy(source: Sql, part: Path, key: bytes, progress: Progress | None) -> None:
    def told(status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    with translated(part):
        copy = open_driver(part, key)
        try:
            source.back_up(copy, _PAGES, told)
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            copy.close()


def flush_file(file: BinaryIO) -> None:
    """Returns when the disk has what was written to an open file."""
    file.flush()
    os.fsync(file.fileno())


def _remove(part: Path) -> None:
    for path in (part, *(part.with_name(part.name + end) for end in ("-wal", "-shm", "-journal"))):
        path.unlink(missing_ok=True)
