"""From accepted change sets to heads, projections and search, one change set at a time.

The ordinary case, a write that names everything its field had, costs one row in ``op`` and one column in the
projection. Anything else (several heads, deletion, unknown fields) recomputes the whole record from its operations,
which is always right. ``rebuild`` derives the same in bulk; a property test holds the two together, and both to the
pure merge.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from inspector.domain.changeset import SHORT, WRITING_KINDS, ChangeSet, Json, Write, parse, short_of
from inspector.domain.registers import RuleOf
from inspector.storage import projection, resolve, search
from inspector.storage.projection import Table
from inspector.storage.resolve import REGISTRY, Standing, State

if TYPE_CHECKING:
    from inspector.storage.engine import Sql

_REST = 32 - SHORT
_BEFORE_FIELDS = 3


class Address(NamedTuple):
    """A field of a record; the space goes by its number in this file."""

    space: int
    entity: str
    id: str
    field: str


class Op(NamedTuple):
    """A write, named by the log row that holds it and its place there."""

    seq: int
    idx: int


def apply(
    sql: Sql, space: int, seq: int, changeset: ChangeSet, rule_of: RuleOf = REGISTRY.rule_of, *, fresh: bool = False
) -> None:
    """Takes an accepted change set into heads, projections and search; ``fresh``: nothing stored can name it yet."""
    if changeset.kind not in WRITING_KINDS:
        return
    by_record: dict[tuple[str, str], list[tuple[int, Write]]] = {}
    for index, write in enumerate(changeset.writes):
        by_record.setdefault((write.entity, write.id), []).append((index, write))
    for (entity, record_id), writes in by_record.items():
        plain = [_extend(sql, space, Op(seq, index), write, fresh) for index, write in writes]
        values = {write.field: write.value for _, write in writes}
        if not all(plain) or len(values) < len(writes) or not _set_columns(sql, space, entity, record_id, values):
            refresh(sql, space, entity, record_id, rule_of)


def withdraw(sql: Sql, space: int, seq: int, changeset: ChangeSet, rule_of: RuleOf = REGISTRY.rule_of) -> None:
    """Takes a change set that is no longer accepted out again; what it had replaced comes back."""
    if changeset.kind not in WRITING_KINDS:
        return
    for write in changeset.writes:
        for parent in (find(sql, name) for name in write.parents):
            if parent is not None:
                sql.run("DELETE FROM dead WHERE parent_seq = ? AND parent_idx = ? AND by_seq = ?", (*parent, seq))
        address = Address(space, write.entity, write.id, write.field)
        sql.run(
            "DELETE FROM op WHERE space = ? AND entity = ? AND entity_id = ? AND field = ? AND seq = ?",
            (*address, seq),
        )
        sql.run(
            "UPDATE op SET live = NOT EXISTS (SELECT 1 FROM dead WHERE parent_seq = op.seq AND parent_idx = op.idx)"
            " WHERE space = ? AND entity = ? AND entity_id = ? AND field = ?",
            address,
        )
    for entity, record_id in {(write.entity, write.id) for write in changeset.writes}:
        refresh(sql, space, entity, record_id, rule_of)


def _extend(sql: Sql, space: int, op: Op, write: Write, fresh: bool) -> bool:
    """Adds one write to ``op`` and ``dead``; true when the projection may simply take its value."""
    address = Address(space, write.entity, write.id, write.field)
    found = sql.run(
        "SELECT seq, idx FROM op WHERE space = ? AND entity = ? AND entity_id = ? AND field = ? AND live", address
    ).fetchall()
    live = {Op(seq, index) for seq, index in found}
    replaced = 0
    for name in dict.fromkeys(write.parents):
        parent = find(sql, name)
        if parent in live:
            replaced += 1
            sql.run(
                "UPDATE op SET live = 0 WHERE space = ? AND entity = ? AND entity_id = ? AND field = ?"
                " AND seq = ? AND idx = ?",
                (*address, *parent),
            )
        elif parent is None or _address_of(sql, parent) != address:
            continue  # naming a value of another field only says that it was seen
        sql.run("INSERT INTO dead VALUES (?, ?, ?, ?)", (*parent, *op))
    stands = fresh or not sql.run("SELECT 1 FROM dead WHERE parent_seq = ? AND parent_idx = ? LIMIT 1", op).fetchone()
    sql.run("INSERT INTO op VALUES (?, ?, ?, ?, ?, ?, ?)", (*address, *op, stands))
    table = projection.tables().get(write.entity)
    return stands and replaced == len(live) and table is not None and write.field in table.columns


def find(sql: Sql, operation: str) -> Op | None:
    """The write of that operation id, ``None`` when this laptop does not have its change set."""
    short = short_of(operation)
    row = sql.run(
        "SELECT seq FROM log WHERE hash BETWEEN ? AND ?", (short + bytes(_REST), short + b"\xff" * _REST)
    ).fetchone()
    return None if row is None else Op(row[0], int(operation[33:]))


def _address_of(sql: Sql, op: Op) -> Address | None:
    space, body, signature = sql.one("SELECT space, body, sig FROM log WHERE seq = ?", (op.seq,))
    changeset = parse(body, signature)
    if changeset.kind not in WRITING_KINDS or op.idx >= len(changeset.writes):
        return None
    write = changeset.writes[op.idx]
    return Address(space, write.entity, write.id, write.field)


def _set_columns(sql: Sql, space: int, entity: str, record_id: str, values: dict[str, Json]) -> bool:
    """Writes values whose fields have one head each; false when the record is deleted or in conflict."""
    table = projection.tables()[entity]
    columns = [table.columns[name] for name in values]
    names = ", ".join(column.sql for column in columns)
    updates = ", ".join(f"{column.sql} = excluded.{column.sql}" for column in columns)
    pk, deleted, in_conflict = sql.one(
        f"INSERT INTO {table.name} (_space, _id, {names}) VALUES (?, ?{', ?' * len(columns)})"  # noqa: S608 - names of the registry
        f" ON CONFLICT (_space, _id) DO UPDATE SET {updates} RETURNING _pk, _deleted, _n_conflict",
        (space, record_id, *(projection.stored(column.field, values[column.field.name]) for column in columns)),
    )
    if deleted or in_conflict:
        return False
    texts = {name: projection.searched_text(value) for name, value in values.items()}
    _index(sql, table, pk, list(values), texts)
    return True


def _index(sql: Sql, table: Table, pk: int, fields: list[str], texts: dict[str, str]) -> None:
    for name in fields:
        slot = table.columns[name].slot
        if slot is not None:
            search.put(sql, search.rowid(pk, slot), table.entity.name, texts.get(name, ""))


def refresh(sql: Sql, space: int, entity: str, record_id: str, rule_of: RuleOf = REGISTRY.rule_of) -> None:
    """Recomputes a record from its operations."""
    address = (space, entity, record_id)
    sql.run("DELETE FROM conflict WHERE space = ? AND entity = ? AND entity_id = ?", address)
    table = projection.tables().get(entity)
    written = sql.run("SELECT 1 FROM op WHERE space = ? AND entity = ? AND entity_id = ? LIMIT 1", address).fetchone()
    if written is None:
        if table is not None:
            _remove(sql, table, space, record_id)
        return
    state = resolve.resolve(entity, heads(sql, space, entity, record_id), Lineage(sql).before, rule_of)
    for field, kind in state.conflicts.items():
        sql.run("INSERT INTO conflict VALUES (?, ?, ?, ?, ?)", (*address, field, kind))
    if table is not None:
        _replace(sql, table, space, record_id, state)


_parsed = lru_cache(1024)(parse)


def heads(sql: Sql, space: int, entity: str, record_id: str) -> dict[str, list[Standing]]:
    """The heads of a record by field."""
    rows = sql.run(
        "SELECT op.field, op.idx, log.stream, log.body, log.sig FROM op JOIN log USING (seq)"
        " WHERE op.space = ? AND op.entity = ? AND op.entity_id = ? AND op.live",
        (space, entity, record_id),
    ).fetchall()
    fields: dict[str, list[Standing]] = {}
    for field, index, stream, body, signature in rows:
        fields.setdefault(field, []).append(resolve.standing(_parsed(body, signature), index, stream))
    return fields


class Lineage:
    """Answers which records of a stream came before which, also where the stream forked."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql
        self._forked: dict[int, bool] = {}

    def before(self, one: Standing, other: Standing) -> bool:
        """Whether the stream of ``other`` came from ``one`` to ``other``."""
        if one.stream != other.stream or one.n >= other.n:
            return False
        return not self._is_forked(one.stream) or self.at(other.hash, one.n) == one.hash

    def at(self, digest: bytes, n: int) -> bytes | None:
        """The hash of record ``n`` among the predecessors of ``digest`` or itself."""
        found: bytes | None = digest
        while found is not None:
            row = self._sql.run("SELECT n, stream, body, sig, lseq FROM log WHERE hash = ?", (found,)).fetchone()
            if row is None or row[4] is None or row[0] < n:
                return None
            if row[0] == n:
                return found
            if not self._is_forked(row[1]):
                return self._in_stream(row[1], n)
            found = parse(row[2], row[3]).previous
        return None

    def _in_stream(self, stream: int, n: int) -> bytes | None:
        row = self._sql.run(
            "SELECT hash FROM log WHERE stream = ? AND n = ? AND lseq IS NOT NULL", (stream, n)
        ).fetchone()
        return None if row is None else row[0]

    def _is_forked(self, stream: int) -> bool:
        found = self._forked.get(stream)
        if found is None:
            found = self._forked[stream] = bool(self._sql.value("SELECT forked FROM stream WHERE pk = ?", (stream,)))
        return found


def _remove(sql: Sql, table: Table, space: int, record_id: str) -> None:
    row = sql.run(
        f"DELETE FROM {table.name} WHERE _space = ? AND _id = ? RETURNING _pk",  # noqa: S608 - names of the registry
        (space, record_id),
    ).fetchone()
    if row is not None:
        _index(sql, table, row[0], list(table.columns), {})


def _replace(sql: Sql, table: Table, space: int, record_id: str, state: State) -> None:
    listed = ["_deleted", "_n_conflict", "_unknown", *(column.sql for column in table.columns.values())]
    updates = ", ".join(f"{name} = excluded.{name}" for name in listed)
    pk = sql.value(
        f"INSERT INTO {table.name} (_space, _id, {', '.join(listed)}) VALUES (?, ?{', ?' * len(listed)})"  # noqa: S608 - names of the registry
        f" ON CONFLICT (_space, _id) DO UPDATE SET {updates} RETURNING _pk",
        (space, record_id, *row_of(table, state)),
    )
    _index(sql, table, pk, list(table.columns), {} if state.deleted else state.texts)


def row_of(table: Table, state: State) -> tuple[object, ...]:
    """Deleted, number of conflicts, number of unknown fields, then the columns in the order of the table."""
    row: list[object] = [int(state.deleted), len(state.conflicts), state.unknown, *(None,) * len(table.columns)]
    for name, value in state.values.items():
        column = table.columns[name]
        row[_BEFORE_FIELDS + column.place] = projection.stored(column.field, value)
    return tuple(row)
