"""Everything derived, made again from the log, space by space (parents never cross spaces).

A rebuild that is cut off goes on where it stopped when the workspace is opened next: the stamp of the projections is
written last, and the number of the last finished space with each batch.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from inspector.domain.changeset import SHORT, WRITING_KINDS, parse, short_of
from inspector.domain.registers import DELETED, RuleOf
from inspector.storage import derive, projection, resolve, schema, search
from inspector.storage.archive import Progress
from inspector.storage.derive import Address, Lineage, Op
from inspector.storage.resolve import REGISTRY, Standing, State

if TYPE_CHECKING:
    from inspector.storage.engine import Database, Sql

_STAMP, _DONE = "projections", "rebuilt_to_space"
_BATCH = 20_000


class Act(NamedTuple):
    """A known change set as the rebuild needs it: the writes as they stand in its body."""

    seq: int
    hash: bytes
    stream: int
    accepted: bool
    writes: list[dict[str, Any]]


class Derived(NamedTuple):
    """What follows from the known change sets of one space."""

    ops: dict[Address, list[Op]]
    dead: dict[tuple[Op, Op], None]
    killed: set[Op]
    records: dict[tuple[str, str], State]


def is_current(sql: Sql) -> bool:
    """Whether the derived tables are whole and of this program's registry."""
    return schema.get_meta(sql, _STAMP) == projection.stamp()


def create_derived(sql: Sql) -> None:
    """Empty derived tables, stamped as whole: right for an empty log."""
    schema.run(sql, schema.DERIVED)
    search.create(sql)
    projection.create(sql)
    schema.set_meta(sql, _STAMP, projection.stamp())


def rebuild(
    database: Database, progress: Progress | None = None, *, anew: bool = False, rule_of: RuleOf = REGISTRY.rule_of
) -> int:
    """Drops and refills every derived table; returns the number of change sets read. May be cut off at any time.

    One that was cut off is taken up where it stopped, unless it is to start ``anew``.
    """
    with database.writing() as sql:
        total = int(sql.value("SELECT count(*) FROM log WHERE lseq IS NOT NULL"))
        if anew or schema.get_meta(sql, _STAMP) != _making():
            _start(sql)
    done = 0
    while True:
        with database.writing() as sql:
            read = _next_spaces(sql, rule_of)
            if read is None:
                schema.set_meta(sql, _STAMP, projection.stamp())
                return done
        done += read
        if progress is not None:
            progress(done, total)


def _making() -> str:
    return f"making {projection.stamp()}"


def _start(sql: Sql) -> None:
    projection.drop(sql)
    sql.run("DROP VIEW IF EXISTS head")
    for table in (*search.TABLES, "op", "dead", "conflict"):
        sql.run(f"DROP TABLE IF EXISTS {table}")
    create_derived(sql)
    schema.set_meta(sql, _STAMP, _making())
    schema.set_meta(sql, _DONE, "0")


def _next_spaces(sql: Sql, rule_of: RuleOf) -> int | None:
    """Fills the next spaces, at least one and about ``_BATCH`` change sets; ``None`` when there was none left."""
    last = int(schema.get_meta(sql, _DONE) or 0)
    spaces = sql.run("SELECT pk FROM space WHERE pk > ? ORDER BY pk", (last,)).fetchall()
    if not spaces:
        return None
    read = 0
    texts: list[tuple[int, str]] = []
    for (space,) in spaces:
        acts = list(known_acts(sql, space))
        texts.extend(_fill(sql, space, derived(sql, space, acts, rule_of)))
        read, last = read + len(acts), space
        if read >= _BATCH:
            break
    # a number smaller than the one before makes the index write a segment of its own
    sql.many("INSERT INTO search (rowid, words) VALUES (?, ?)", sorted(texts))
    schema.set_meta(sql, _DONE, str(last))
    return read


def known_acts(sql: Sql, space: int) -> Iterator[Act]:
    """The accepted and quarantined change sets of a space in arrival order.

    Their bodies were checked when they came in, so they are only decoded here.
    """
    rows = sql.run(
        "SELECT seq, hash, stream, status, kind, body FROM log WHERE space = ? AND lseq IS NOT NULL ORDER BY seq",
        (space,),
    )
    for seq, digest, stream, status, kind, body in rows:
        writes = json.loads(body).get("w") if kind in WRITING_KINDS else None
        yield Act(seq, digest, stream, status == schema.ACCEPTED, writes or [])


def derived(sql: Sql, space: int, acts: Sequence[Act], rule_of: RuleOf = REGISTRY.rule_of) -> Derived:
    """Heads and records of a space from its known change sets, whatever their order."""
    by_name = {act.hash[:SHORT]: act for act in acts}
    found = Derived({}, {}, set(), {})
    for act in acts:
        if act.accepted:
            for index, write in enumerate(act.writes):
                op = Op(act.seq, index)
                found.ops.setdefault(Address(space, write["e"], write["id"], write["f"]), []).append(op)
                for parent in write["p"]:
                    _replace(found, by_name, parent, write, op)
    by_seq = {act.seq: act for act in acts}
    records: dict[tuple[str, str], dict[str, list[Op]]] = {}
    for address, ops in found.ops.items():
        fields = records.setdefault((address.entity, address.id), {})
        live = [op for op in ops if op not in found.killed]
        if live:
            fields[address.field] = live
    before = Lineage(sql).before

    def resolving(entity: str, fields: resolve.Fields) -> State:
        return resolve.resolve(entity, fields, before, rule_of)

    for (entity, record_id), fields in records.items():
        found.records[entity, record_id] = _state(sql, entity, fields, by_seq, resolving)
    return found


def _replace(found: Derived, by_name: dict[bytes, Act], parent: str, write: dict[str, Any], op: Op) -> None:
    """A write replaces a value it names, if that is one of the same field."""
    act, index = by_name.get(short_of(parent)), int(parent[33:])
    if act is None or index >= len(act.writes):
        return
    named = act.writes[index]
    if named["f"] == write["f"] and named["id"] == write["id"] and named["e"] == write["e"]:
        found.dead[Op(act.seq, index), op] = None
        found.killed.add(Op(act.seq, index))


def _state(
    sql: Sql,
    entity: str,
    fields: dict[str, list[Op]],
    by_seq: dict[int, Act],
    resolving: Callable[[str, resolve.Fields], State],
) -> State:
    single = all(len(ops) == 1 for ops in fields.values())
    if single:
        values = {field: by_seq[ops[0].seq].writes[ops[0].idx]["x"] for field, ops in fields.items()}
        if not values.get(DELETED):
            return resolve.plain(entity, values)
    standing: dict[str, list[Standing]] = {}
    for field, ops in fields.items():
        for op in ops:
            body, sig = sql.one("SELECT body, sig FROM log WHERE seq = ?", (op.seq,))
            head = resolve.standing(parse(body, sig), op.idx, by_seq[op.seq].stream)
            standing.setdefault(field, []).append(head)
    return resolving(entity, standing)


def _fill(sql: Sql, space: int, found: Derived) -> list[tuple[int, str]]:
    """Writes everything derived of one space but its texts, which it returns as the index wants them."""
    ops = ((*address, *op, op not in found.killed) for address in sorted(found.ops) for op in found.ops[address])
    _many(sql, "INSERT INTO op VALUES (?, ?, ?, ?, ?, ?, ?)", list(ops))
    _many(sql, "INSERT INTO dead VALUES (?, ?, ?, ?)", sorted((*parent, *op) for parent, op in found.dead))
    rows: dict[str, list[tuple[object, ...]]] = {}
    texts: list[tuple[int, str]] = []
    conflicts: list[tuple[object, ...]] = []
    pks: dict[str, int] = {}
    for (entity, record_id), state in found.records.items():
        conflicts.extend((space, entity, record_id, field, kind) for field, kind in state.conflicts.items())
        table = projection.tables().get(entity)
        if table is None:
            continue
        pk = pks.get(entity) or _next_pk(sql, table.name)
        pks[entity] = pk + 1
        rows.setdefault(entity, []).append((pk, space, record_id, *derive.row_of(table, state)))
        texts.extend(_texts(table, pk, state))
    _many(sql, "INSERT INTO conflict VALUES (?, ?, ?, ?, ?)", conflicts)
    for entity, listed in rows.items():
        table = projection.tables()[entity]
        places = ", ".join("?" * len(listed[0]))
        _many(sql, f"INSERT INTO {table.name} VALUES ({places})", listed)  # noqa: S608 - a name of the registry
    return texts


def _texts(table: projection.Table, pk: int, state: State) -> Iterator[tuple[int, str]]:
    for name, text in ({} if state.deleted else state.texts).items():
        slot = table.columns[name].slot
        if slot is not None and text:
            yield search.rowid(pk, slot), search.indexed(table.entity.name, text)


def _next_pk(sql: Sql, table: str) -> int:
    return int(sql.value(f"SELECT coalesce(max(_pk), 0) + 1 FROM {table}"))  # noqa: S608 - a name of the registry


def _many(sql: Sql, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        sql.many(statement, rows)
