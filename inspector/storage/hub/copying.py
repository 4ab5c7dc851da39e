"""Copies of a hub's database: one SQLite file, whatever the hub runs on, and back into either.

The file has the same tables, so a backup of a PostgreSQL hub can be looked into, checked and restored without a server,
and a hub moves from one database to the other by a backup and a restore.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from inspector.domain.changeset import hash_of
from inspector.domain.errors import Unavailable
from inspector.storage.hub import tables
from inspector.storage.hub.engine import HubDatabase, create, open_plain
from inspector.storage.hub.holdings import HubHoldings
from inspector.system.files import disk_errors

_PAGES = 1_000
_ROWS = 2_000


def copy_out(database: HubDatabase, file: Path) -> None:
    """Writes a copy of an open database to a new ``file``, as it was at one moment; work goes on meanwhile.

    Raises ``Unavailable`` (``disk-full`` …); then ``file`` is of no use.
    """
    if database.is_postgres:
        target = HubDatabase(str(file))
        try:
            create(target)
            _copy_rows(database, target)
        finally:
            target.close()
    else:
        _copy_pages(Path(database.address), file)
    make_single(file)


def copy_in(file: Path, database: HubDatabase) -> None:
    """Puts what ``copy_out`` wrote into a database that has no tables yet. Raises ``Refused`` (``hub-exists``)."""
    create(database)
    source = HubDatabase(str(file))
    try:
        _copy_rows(source, database)
    finally:
        source.close()


def faults(file: Path, roots: dict[str, bytes]) -> list[str]:
    """What is wrong with a copy: records that are not what their hash says, spaces with another root than these."""
    database = HubDatabase(str(file))
    found: list[str] = []
    try:
        with database.reading() as connection:
            for row in connection.execution_options(yield_per=_ROWS).execute(
                select(tables.log.c.seq, tables.log.c.hash, tables.log.c.body)
            ):
                if hash_of(row.body) != row.hash:
                    found.append(f"record {row.seq}")
            names = connection.scalars(select(tables.space.c.id)).all()
            found += [f"space {name}" for name in sorted(set(names) ^ roots.keys())]
            found += [
                f"space {name}"
                for name in sorted(set(names) & roots.keys())
                if HubHoldings(connection, name).vector().root() != roots[name]
            ]
    finally:
        database.close()
    return found


def lacking(copy: HubDatabase, database: HubDatabase) -> int:
    """How many records of a copy a database does not have."""
    missing = 0
    with copy.reading() as old, database.reading() as new:
        last = 0
        while rows := _next_hashes(old, last):
            wanted = [row.hash for row in rows]
            have = new.scalar(select(func.count()).where(tables.log.c.hash.in_(wanted)))
            missing += len(wanted) - int(have or 0)
            last = rows[-1].seq
    return missing


def _next_hashes(connection: Connection, after: int) -> Sequence[Any]:
    wanted = select(tables.log.c.seq, tables.log.c.hash).where(tables.log.c.seq > after)
    return connection.execute(wanted.order_by(tables.log.c.seq).limit(500)).all()


def _copy_pages(source: Path, target: Path) -> None:
    from sqlcipher3 import dbapi2

    try:
        with closing(open_plain(source)) as one, closing(open_plain(target)) as other:
            one.backup(other, pages=_PAGES)
    except dbapi2.Error as error:
        full = "full" in str(error)
        raise Unavailable("disk-full" if full else "disk-failed", place=str(target), number=0) from error


def _copy_rows(source: HubDatabase, target: HubDatabase) -> None:
    with source.reading() as old, target.writing() as new:
        for table in tables.metadata.sorted_tables:
            if table is tables.meta:
                new.execute(table.delete())
            _copy_table(old, new, table)
        if target.is_postgres:
            for table in (tables.space, tables.stream, tables.log):
                _count_on(new, table)


def _copy_table(old: Connection, new: Connection, table: Table) -> None:
    rows = old.execution_options(yield_per=_ROWS).execute(select(table)).mappings()
    for part in rows.partitions(_ROWS):
        new.execute(insert(table), [dict(row) for row in part])


def _count_on(connection: Connection, table: Table) -> None:
    """Lets PostgreSQL give numbers behind those that were copied."""
    column = next(iter(table.primary_key.columns))
    top = connection.scalar(select(func.coalesce(func.max(column), 0))) or 0
    connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, column.name), top + 1)))


def make_single(file: Path) -> None:
    """No write-ahead log beside it, and on the disk."""
    with closing(open_plain(file)) as driver:
        driver.execute("PRAGMA journal_mode = DELETE")
    with disk_errors(file), open(file, "rb+") as opened:
        os.fsync(opened.fileno())
