"""The database in the place of the pure merge: the same questions, answered from tables."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from inspector.domain.changeset import ChangeSet, Json
from inspector.domain.credentials import Verifier
from inspector.domain.judgement import RightOf, Verdict
from inspector.domain.merge import Held, Known, Outcome
from inspector.domain.registers import ConflictClass, Head, RuleOf
from inspector.storage import derive, projection, rebuild, resolve, schema, search
from inspector.storage.engine import Database, Sql, open_driver
from inspector.storage.intake import Intake
from inspector.storage.log import Log, row_of, verdict_of
from inspector.storage.resolve import Rules
from tests.merge.replica import read

KEY = bytes(32)

_numbers = itertools.count()


def _empty_copy(folder: Path) -> Path:
    """A database without records, copied from one made once: making it costs five times more."""
    template = folder / "template.db"
    if not template.exists():
        made = Database(template, KEY)
        with made.writing() as sql:
            schema.run(sql, schema.LOG_AND_LOCAL)
            rebuild.create_derived(sql)
        made.close()
    return Path(shutil.copyfile(template, folder / f"{next(_numbers)}.db"))


class StoredKnown(Known):
    """Keeps nothing but the database; a ``Known`` only so that it may stand in its place."""

    def __init__(self, folder: Path, verify: Verifier, right_of: RightOf, rule_of: RuleOf) -> None:
        super().__init__(verify, right_of=right_of, rule_of=rule_of)
        self.rules = Rules(verify, right_of, rule_of)
        self.database = Database(_empty_copy(folder), KEY)
        self.log = Log()
        self.intake = Intake(self.log, self.rules)
        self._driver = open_driver(self.database.file, KEY)
        self._sql = Sql(self._driver)

    def close(self) -> None:
        self._driver.close()
        self.database.close()

    def add(self, changeset: ChangeSet) -> Outcome:
        return self.accept([changeset])[0]

    def accept(self, run: Sequence[ChangeSet]) -> list[Outcome]:
        with self.database.writing() as sql:
            outcomes = self.intake.accept(sql, run, ("", ""))
            search.settle(sql)
        return outcomes

    @contextmanager
    def _questions(self) -> Iterator[Sql]:
        """Without a transaction: the test is alone with its databases, and it asks a great many questions."""
        yield self._sql

    def _pk(self, sql: Sql, space: str) -> int:
        row = self.log.space(sql, space)
        return -1 if row is None else row.pk

    def get(self, digest: bytes) -> ChangeSet | None:
        with self._questions() as sql:
            row = sql.run("SELECT body, sig FROM log WHERE hash = ?", (digest,)).fetchone()
        return None if row is None else read(row)

    def status(self, digest: bytes) -> Verdict | None:
        with self._questions() as sql:
            row = row_of(sql, digest)
        return None if row is None else row.verdict

    def arrivals(self, space: str) -> tuple[bytes, ...]:
        with self._questions() as sql:
            pk = self._pk(sql, space)
            rows = sql.run("SELECT hash FROM log WHERE space = ? AND lseq IS NOT NULL ORDER BY lseq", (pk,))
            return tuple(digest for (digest,) in rows)

    def held(self) -> tuple[Held, ...]:
        with self._questions() as sql:
            rows = sql.run("SELECT seq, hash FROM log WHERE status = 1").fetchall()
            missing = [
                sql.run("SELECT missing FROM pending WHERE seq = ? ORDER BY 1", row[:1]).fetchall() for row in rows
            ]
        return tuple(Held(row[1], tuple(name for (name,) in names)) for row, names in zip(rows, missing, strict=True))

    def forked_streams(self) -> frozenset[tuple[str, str]]:
        with self._questions() as sql:
            rows = sql.run("SELECT space.id, stream.id FROM stream JOIN space ON space.pk = space WHERE forked")
            return frozenset((space, stream) for space, stream in rows)

    def seen(self, space: str) -> tuple[str, ...]:
        with self._questions() as sql:
            row = self.log.space(sql, space)
            return () if row is None else self.intake.known(sql, row).seen(space)

    def fields(self, space: str) -> Iterator[tuple[str, str, str]]:
        found: dict[tuple[str, str, str], None] = {}
        with self._questions() as sql:
            for act in rebuild.known_acts(sql, self._pk(sql, space)):
                found.update(dict.fromkeys((write["e"], write["id"], write["f"]) for write in act.writes))
        return iter(found)

    def heads(self, space: str, entity: str, identity: str, field: str) -> tuple[Head, ...]:
        with self._questions() as sql:
            standing = derive.heads(sql, self._pk(sql, space), entity, identity).get(field, [])
        shown = sorted(standing, key=lambda head: (head.lamport, head.operation))
        return tuple(Head(head.operation, head.value, head.hash, "", "", head.lamport, "", "", None) for head in shown)

    def value(self, space: str, entity: str, identity: str, field: str) -> Json:
        """From the projection where the field has a column there, else from its heads."""
        table = projection.tables()[entity]
        column = table.columns.get(field)
        with self._questions() as sql:
            pk = self._pk(sql, space)
            if column is None:
                standing = derive.heads(sql, pk, entity, identity).get(field, [])
                return resolve.value(entity, field, standing, self.rules.rule_of)
            row = sql.run(
                f"SELECT {column.sql} FROM {table.name} WHERE _space = ? AND _id = ?",  # noqa: S608 - names of the registry
                (pk, identity),
            ).fetchone()
        value: Json = projection.loaded(column.field, row[0]) if row is not None else None
        return value

    def conflict(self, space: str, entity: str, identity: str, field: str) -> ConflictClass | None:
        """From the table of conflicts; C1, which is not kept there, from the heads."""
        with self._questions() as sql:
            pk = self._pk(sql, space)
            row = sql.run(
                "SELECT class FROM conflict WHERE space = ? AND entity = ? AND entity_id = ? AND field = ?",
                (pk, entity, identity, field),
            ).fetchone()
            if row is not None:
                return ConflictClass(row[0])
            fields = derive.heads(sql, pk, entity, identity)
            apart = resolve.written_apart(fields, field, derive.Lineage(sql).before)
        return ConflictClass.C1 if apart else None

    def claims(self, peer: str) -> set[bytes]:
        """What a peer said it holds."""
        with self._questions() as sql:
            return {
                row[0] for row in sql.run("SELECT hash FROM held_by JOIN peer ON peer.pk = peer WHERE id = ?", (peer,))
            }

    def tables(self) -> dict[str, list[tuple[object, ...]]]:
        """Everything derived, without row numbers that depend on the order of arrival."""
        with self._questions() as sql:
            return derived_tables(sql)

    def made_again(self) -> dict[str, list[tuple[object, ...]]]:
        """The same after a rebuild."""
        rebuild.rebuild(self.database, anew=True, rule_of=self.rules.rule_of)
        return self.tables()

    def statuses(self, space: str) -> dict[bytes, Verdict]:
        with self._questions() as sql:
            rows = sql.run("SELECT hash, status, reason FROM log WHERE space = ?", (self._pk(sql, space),))
            return {digest: verdict_of(status, reason) for digest, status, reason in rows}


def derived_tables(sql: Sql) -> dict[str, list[tuple[object, ...]]]:
    """Every derived table as sorted rows; a row of the search index goes by entity, record and field."""
    found = {name: _rows(sql, f"SELECT * FROM {name}") for name in ("op", "dead", "conflict")}  # noqa: S608 - fixed names
    records: dict[tuple[str, int], tuple[int, str]] = {}
    for entity, table in projection.tables().items():
        rows = sql.run(f"SELECT * FROM {table.name}").fetchall()  # noqa: S608 - names of the registry
        records.update({(entity, row[0]): (row[1], row[2]) for row in rows})
        found[table.name] = sorted((row[1:] for row in rows), key=repr)
    found["search"] = sorted(
        (*records[entity, pk], field) for entity, pk, field in _indexed_texts(sql) if (entity, pk) in records
    )
    return found


def _indexed_texts(sql: Sql) -> Iterator[tuple[str, int, str]]:
    waiting = dict(sql.run("SELECT number, words FROM search_new").fetchall())
    numbers = {number for (number,) in sql.run("SELECT rowid FROM search")}
    for number in sorted({*numbers, *waiting}):
        if waiting.get(number, "") is not None:
            entity, field = projection.slots()[number & 1023]
            yield entity, number >> 10, field


def _rows(sql: Sql, statement: str) -> list[tuple[object, ...]]:
    return sorted((tuple(row) for row in sql.run(statement)), key=repr)
