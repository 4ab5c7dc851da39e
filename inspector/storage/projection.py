"""What screens read: one table for every entity of the registry, made from its fields and filled from heads.

A projection is a pure function of the accepted change sets. Nothing here is kept that the log does not say, so a
newer registry means dropping and refilling, never migrating.

``p_<entity>`` has one row for every record and one column for every field. Texts, codes, dates and decimals are
stored as text, yes/no and whole numbers as integers, groups and lists as JSON text. A value that is not of its
field's type (written by another version, or by nobody we know) is stored as JSON bytes, so it comes back as it was.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from inspector.domain import registry
from inspector.domain.changeset import Json
from inspector.domain.registry import Entity, Field, Type

if TYPE_CHECKING:
    from inspector.storage.engine import Sql

_HASH = re.compile("[0-9a-f]{64}")
_STRUCTURED = {Type.GROUP, Type.LIST}
_SMALLEST, _LARGEST = -(2**63), 2**63 - 1
FORMAT = 1
"""Raised when the same registry must be projected differently."""

_INDEXES = {
    "inspection": ("CREATE INDEX p_inspection_status ON p_inspection (status, visit_date)",),
    "evidence_link": ("CREATE INDEX p_evidence_link_subject ON p_evidence_link (subject)",),
    "finding": ("CREATE INDEX p_finding_repeats ON p_finding (repeats) WHERE repeats IS NOT NULL",),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One field as a column.

    ``place`` counts from 0 among the fields of its table; ``slot`` numbers the searched ones over all entities and is
    ``None`` for the others.
    """

    field: Field
    sql: str
    place: int
    slot: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """The projection table of one entity; ``columns`` by field name, in the order of the registry."""

    entity: Entity
    name: str
    columns: dict[str, Column]

    @property
    def select(self) -> str:
        """The start of a statement that reads whole rows: number, id, deleted, conflicts, unknown, then the fields."""
        return f"SELECT _pk, _id, _deleted, _n_conflict, _unknown{self._listed} FROM {self.name}"  # noqa: S608 - names of the registry

    @property
    def _listed(self) -> str:
        return "".join(f", {column.sql}" for column in self.columns.values())


@cache
def tables() -> dict[str, Table]:
    """The tables of the registry of this version, by entity."""
    slots = {(entity, field.name): slot for slot, (entity, field) in enumerate(registry.searched_fields())}
    return {entity.name: _table(entity, slots) for entity in registry.ENTITIES.values()}


def _table(entity: Entity, slots: dict[tuple[str, str], int]) -> Table:
    columns = {
        field.name: Column(field, f'"{field.name}"', place, slots.get((entity.name, field.name)))
        for place, field in enumerate(entity.fields)
    }
    return Table(entity, f"p_{entity.name}", columns)


@cache
def slots() -> tuple[tuple[str, str], ...]:
    """Entity and field of every searched slot."""
    return tuple((entity, field.name) for entity, field in registry.searched_fields())


@cache
def stamp() -> str:
    """Differs whenever the projections of this program would differ from those a file holds."""
    shape = [(table.name, list(table.columns)) for table in tables().values()]
    types = [(slot, FORMAT) for slot in slots()]
    digest = hashlib.sha256(json.dumps([shape, types]).encode()).hexdigest()[:16]
    return f"{registry.VERSION}:{digest}"


def create(sql: Sql) -> None:
    """Makes the empty tables and their indexes inside the caller's transaction."""
    for table in tables().values():
        listed = "".join(f", {column.sql}" for column in table.columns.values())
        sql.run(
            f"CREATE TABLE {table.name} (_pk INTEGER PRIMARY KEY, _space INTEGER NOT NULL, _id TEXT NOT NULL,"
            " _deleted INTEGER NOT NULL DEFAULT 0, _n_conflict INTEGER NOT NULL DEFAULT 0,"
            f" _unknown INTEGER NOT NULL DEFAULT 0{listed}, UNIQUE (_space, _id))"
        )
        for index in _INDEXES.get(table.entity.name, ()):
            sql.run(index)


def drop(sql: Sql) -> None:
    """Drops every projection table in the file, whichever version made it."""
    found = sql.run("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'p\\_%' ESCAPE '\\'").fetchall()
    for (name,) in found:
        sql.run(f'DROP TABLE "{name}"')


def stored(field: Field, value: Json) -> object:
    """The form of a value in its column."""
    if value is None:
        return None
    if field.type in _STRUCTURED:
        return _text(value) if isinstance(value, (dict, list)) else _odd(value)
    if field.type is Type.BOOL:
        return int(value) if isinstance(value, bool) else _odd(value)
    if field.type is Type.INT:
        whole = isinstance(value, int) and not isinstance(value, bool) and _SMALLEST <= value <= _LARGEST
        return value if whole else _odd(value)
    return value if isinstance(value, str) else _odd(value)


def _text(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _odd(value: Json) -> bytes:
    return _text(value).encode()


def loaded(field: Field, value: object) -> Json:
    """The value that ``stored`` was given."""
    if isinstance(value, bytes):
        return cast(Json, json.loads(value))
    if value is None or not isinstance(value, (str, int)):
        return None
    if field.type in _STRUCTURED:
        return json.loads(value) if isinstance(value, str) else None
    return bool(value) if field.type is Type.BOOL else value


def searched_text(value: Json) -> str:
    """Every text inside a value, one a line: what search looks through."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return "\n".join(filter(None, map(searched_text, value.values())))
    if isinstance(value, list):
        return "\n".join(filter(None, map(searched_text, value)))
    return ""


def names_blobs(field: Field) -> bool:
    """Whether values of this field name blobs by their hash."""
    return field.type is Type.BLOB or any(member.type is Type.BLOB for member in field.members)


def blobs_in(field: Field, value: Json) -> list[str]:
    """The hashes (64 hex digits) of the blobs a value of this field names."""
    if field.type is Type.BLOB:
        named = [value]
    elif isinstance(value, dict):
        named = [value.get(member.name) for member in field.members if member.type is Type.BLOB]
    else:
        named = []
    return [sha256 for sha256 in named if isinstance(sha256, str) and _HASH.fullmatch(sha256)]


def named_blobs(sql: Sql, space: int | None = None) -> Iterator[str]:
    """The hashes of all blobs that records name, of one space (its number here) or of all; some come twice."""
    for table in tables().values():
        for column in table.columns.values():
            if names_blobs(column.field):
                rows = sql.run(
                    f"SELECT {column.sql} FROM {table.name} WHERE {column.sql} IS NOT NULL"  # noqa: S608 - names of the registry
                    " AND (?1 IS NULL OR _space = ?1)",
                    (space,),
                )
                for (stored,) in rows.fetchall():
                    yield from blobs_in(column.field, loaded(column.field, stored))
