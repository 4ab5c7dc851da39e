"""Saving what can be read from a damaged database into a new workspace beside it.

The damaged file is only read. Rows of the log are fetched one by one, so a bad page costs its own rows and no others;
each counts only if its bytes still have the hash they go by. What is missing is listed by stream and number, so that
it can be looked for on other machines; the new workspace takes it in from them as from anybody.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from inspector.domain.changeset import ChangeSet, Malformed, hash_of, parse
from inspector.domain.errors import Damaged
from inspector.storage.author import identity_from
from inspector.storage.engine import open_driver
from inspector.storage.own_streams import IDENTITY
from inspector.storage.workspace import Workspace
from inspector.system.clock import Clock
from inspector.system.files import disk_errors
from inspector.system.folders import Workspace as Places
from inspector.system.identity import Identity

_BATCH = 500
_SMALLEST_ROW = 256
_LOCAL = {
    "act": "id, digest, receipt",
    "draft": "space, entity, entity_id, field, author, text, seen, updated",
    "blob": "sha256, size, state, added",
}


@dataclass
class Salvage:
    """What was saved. ``missing`` names lost records by space, stream and number, as far as later ones tell."""

    found: int = 0
    unreadable: int = 0
    blobs: int = 0
    missing: list[tuple[str, str, int]] = field(default_factory=list)


def salvage(
    folder: Path,
    key: bytes,
    out_folder: Path,
    *,
    app: str,
    identity: Identity | None = None,
    clock: Clock | None = None,
) -> Salvage:
    """Reads the damaged workspace in ``folder`` into a new one in ``out_folder`` under the same key and key slots.

    ``identity`` is used where that of the damaged file cannot be read. Raises ``Damaged`` (``salvage-hopeless``) when
    not even the list of tables can be read, or the identity neither; ``Refused`` (``workspace-exists``).
    """
    places, result = Places(folder), Salvage()
    source = _open(places.database, key)
    try:
        own = _identity(source) or identity
        if own is None:
            raise Damaged("salvage-hopeless", place=str(folder))
        with Workspace.create(out_folder, key, own, app=app, clock=clock) as target:
            _take_log(source, target, result)
            _take_local(source, target)
            result.missing = _missing(target)
    finally:
        source.close()
    _take_files(places, Places(out_folder), result)
    return result


def _open(database: Path, key: bytes) -> Any:  # the driver has no types
    from sqlcipher3 import dbapi2

    source = None
    with suppress(dbapi2.Error, Damaged):
        source = open_driver(database, key)
        source.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'log'").fetchone()
        return source
    if source is not None:
        source.close()
    raise Damaged("salvage-hopeless", place=str(database.parent))


def _identity(source: Any) -> Identity | None:
    for data in _rows(source, "SELECT bytes FROM own WHERE name = ?", (IDENTITY,)):
        with suppress(ValueError, KeyError):
            return identity_from(data[0])
    return None


def _rows(source: Any, statement: str, parameters: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
    """The rows of an answer, none where a page on the way is damaged."""
    from sqlcipher3 import dbapi2

    with suppress(dbapi2.Error):
        rows: list[tuple[Any, ...]] = source.execute(statement, parameters).fetchall()
        return rows
    return []


def _take_log(source: Any, target: Workspace, result: Salvage) -> None:
    batch: list[ChangeSet] = []
    for changeset in _change_sets(source, result):
        batch.append(changeset)
        if len(batch) == _BATCH:
            target.accept(batch, received_from="")
            batch = []
    target.accept(batch, received_from="")


def _change_sets(source: Any, result: Salvage) -> Iterator[ChangeSet]:
    from sqlcipher3 import dbapi2

    for seq in range(1, _most_rows(source) + 1):
        try:
            row = source.execute("SELECT hash, body, sig FROM log WHERE seq = ?", (seq,)).fetchone()
        except dbapi2.Error:
            result.unreadable += 1
            continue
        if row is None:
            continue
        try:
            changeset = parse(row[1], row[2])
        except (Malformed, TypeError, AttributeError):
            result.unreadable += 1
            continue
        if hash_of(changeset.body) == row[0]:
            result.found += 1
            yield changeset
        else:
            result.unreadable += 1


def _most_rows(source: Any) -> int:
    """The highest row of the log; where that cannot be read, more than fit into the file."""
    for (last,) in _rows(source, "SELECT max(seq) FROM log"):
        return int(last or 0)
    pages = _rows(source, "PRAGMA page_count")
    return int(pages[0][0]) * 4096 // _SMALLEST_ROW if pages else 0


def _take_local(source: Any, target: Workspace) -> None:
    with target.database.writing() as sql:
        for table, columns in _LOCAL.items():
            places = ", ".join("?" * len(columns.split(",")))
            sql.many(
                f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({places})",  # noqa: S608 - the names above
                _rows(source, f"SELECT {columns} FROM {table}"),  # noqa: S608 - the names above
            )


def _missing(target: Workspace) -> list[tuple[str, str, int]]:
    with target.database.reading() as sql:
        rows = sql.run(
            "SELECT space.id, stream.id, n FROM log JOIN stream ON stream.pk = log.stream"
            " JOIN space ON space.pk = log.space"
        ).fetchall()
    present: dict[tuple[str, str], set[int]] = {}
    for space, stream, n in rows:
        present.setdefault((space, stream), set()).add(n)
    return [
        (space, stream, n)
        for (space, stream), numbers in sorted(present.items())
        for n in range(1, max(numbers))
        if n not in numbers
    ]


def _take_files(places: Places, target: Places, result: Salvage) -> None:
    """The key slots and the encrypted blobs, as they are: the key is the same."""
    with disk_errors(target.folder):
        for old, new in zip(
            (*places.slots, places.demonstration_key), (*target.slots, target.demonstration_key), strict=True
        ):
            if old.is_file() and not new.exists():
                shutil.copyfile(old, new)
        for old in places.blobs.glob("[0-9a-f][0-9a-f]/*"):
            new = target.blobs / old.parent.name / old.name
            new.parent.mkdir(exist_ok=True)
            shutil.copyfile(old, new)
            result.blobs += 1
