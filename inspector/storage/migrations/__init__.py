"""From older tables to those of this program: numbered steps of frozen SQL, one file each, never changed afterwards.

Only the log and the local tables are ever migrated; everything derived is made again from the log. A step and the
number it leads to are written in one transaction, so a file is always at one version or the next. Step files are named
``NNNN_what_it_does.sql`` after the version they lead to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.domain.errors import Damaged, Refused
from inspector.storage import schema

if TYPE_CHECKING:
    from inspector.storage.engine import Database, Sql

VERSION_NAME = "schema_version"


@dataclass(frozen=True, slots=True)
class Step:
    """Leads from version ``version - 1`` to ``version``."""

    version: int
    sql: str


def steps() -> list[Step]:
    """All steps of this program, in order."""
    files = resources.files(__name__).iterdir()
    return [
        _step(file.name, file.read_text(encoding="utf-8"))
        for file in sorted(files, key=_name)
        if file.name.endswith(".sql")
    ]


def _name(file: resources.abc.Traversable) -> str:
    return file.name


def _step(name: str, sql: str) -> Step:
    return Step(int(name.split("_")[0]), sql)


def migrate(
    database: Database, found: int, backup: Callable[[int], None], known: Sequence[Step] | None = None, *, target: int
) -> None:
    """Brings the tables from version ``found`` to ``target``; cut off at any time, it goes on at the next opening.

    ``backup`` is called once, before the first step, with the version found. Raises ``Refused`` (``newer-program``) for
    a version above ``target``, ``Damaged`` (``workspace-damaged``) when the integrity check before or after fails.
    """
    if found > target:
        raise Refused("newer-program", found=found, known=target)
    wanted = [step for step in (steps() if known is None else known) if found < step.version <= target]
    if [step.version for step in wanted] != list(range(found + 1, target + 1)):
        raise ValueError(f"no way from version {found} to {target}")
    if not wanted:
        return
    check_integrity(database)
    backup(found)
    for step in wanted:
        with database.writing() as sql:
            schema.run(sql, step.sql)
            schema.set_meta(sql, VERSION_NAME, str(step.version))
    check_integrity(database)


def version_of(sql: Sql, file: Path) -> int:
    """The version of the tables in a database. Raises ``Damaged`` (``workspace-damaged``) where it has none."""
    tables = {name for (name,) in sql.run("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    value = schema.get_meta(sql, VERSION_NAME) if {"meta", "log"} <= tables else None
    if value is None:
        raise Damaged("workspace-damaged", place=str(file))
    return int(value)


def check_integrity(database: Database, *, whole: bool = True) -> None:
    """Raises ``Damaged`` (``workspace-damaged``) unless pages and tables are what was written.

    ``whole`` also follows every index; without it only the authentication of the pages and the tables are checked.
    """
    faults = integrity_faults(database, whole=whole)
    if faults:
        raise Damaged("workspace-damaged", place=str(database.file), detail="; ".join(faults[:5]))


def integrity_faults(database: Database, *, whole: bool = True) -> list[str]:
    """What SQLite and the cipher find wrong with the pages and tables, in their own words.

    The cipher looks at the file alone. Where the log could not be moved into it (a full disk), its check would find
    fault with pages that are whole in the log, and is left out; the tables are read through the log all the same.
    """
    settled = database.settle()
    with database.reading() as sql:
        pages = [str(row[0]) for row in sql.run("PRAGMA cipher_integrity_check").fetchall()] if settled else []
        check = "PRAGMA integrity_check" if whole else "PRAGMA quick_check"
        tables = [str(row[0]) for row in sql.run(check).fetchall()]
    return pages + [fault for fault in tables if fault != "ok"]
