"""Checking a workspace from the ground up: pages, hashes, signatures, judgement, everything derived, blobs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from inspector.domain.changeset import Malformed, hash_of, parse
from inspector.domain.merge import Known
from inspector.storage import derive, migrations, projection, rebuild, search
from inspector.storage.blobs import State
from inspector.storage.intake import runs
from inspector.storage.log import verdict_of
from inspector.storage.resolve import REGISTRY

if TYPE_CHECKING:
    from inspector.domain.changeset import ChangeSet
    from inspector.storage.archive import Progress
    from inspector.storage.engine import Sql
    from inspector.storage.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it was written; ``code`` has a sentence among the messages, ``params`` fill it."""

    code: str
    params: dict[str, str]


@dataclass
class Report:
    """What was looked at and what was wrong; ``blobs_elsewhere`` are named here but lie on other machines only."""

    spaces: int = 0
    change_sets: int = 0
    held: int = 0
    quarantined: int = 0
    blobs: int = 0
    blobs_elsewhere: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.problems

    def add(self, code: str, **params: object) -> None:
        self.problems.append(Problem(code, {name: str(value) for name, value in params.items()}))


def verify(workspace: Workspace, progress: Progress | None = None) -> Report:
    """Checks everything and repairs nothing; what it finds is in the report.

    Hashes and signatures of all change sets (as runs of their streams), their judgement against what is stored, the
    derived tables against a fresh derivation, every blob against its hash.
    """
    report = Report()
    for detail in migrations.integrity_faults(workspace.database):
        report.add("verify-pages", detail=detail)
    with workspace.database.reading() as sql:
        total = int(sql.value("SELECT count(*) FROM log")) + sum(1 for _ in workspace.blobs.files())
        done = 0
        for pk, space in sql.run("SELECT pk, id FROM space ORDER BY pk").fetchall():
            done += _Space(sql, report, pk, space).check()
            if progress is not None:
                progress(done, total)
        _check_search(sql, report)
        named = set(projection.named_blobs(sql))
    for sha256, _, _ in list(workspace.blobs.all()):
        named.add(sha256)
    for sha256 in sorted(named):
        _check_blob(workspace, report, sha256)
        done += 1
        if progress is not None:
            progress(min(done, total), total)
    return report


class _Space:
    def __init__(self, sql: Sql, report: Report, pk: int, space: str) -> None:
        self._sql = sql
        self._report = report
        self._pk = pk
        self._space = space

    def check(self) -> int:
        """Returns the number of change sets looked at."""
        rows = self._sql.run(
            "SELECT log.seq, hash, stream.id, n, kind, lc, lseq, status, reason, body, sig FROM log"
            " JOIN stream ON stream.pk = log.stream WHERE log.space = ? ORDER BY log.stream, n, seq",
            (self._pk,),
        ).fetchall()
        self._report.spaces += 1
        self._report.change_sets += len(rows)
        read = [changeset for row in rows if (changeset := self._read(row)) is not None]
        self._check_verdicts(rows, read)
        arrivals = sorted(row[6] for row in rows if row[6] is not None)
        if arrivals != list(range(1, len(arrivals) + 1)):
            self._report.add("verify-arrivals", space=self._space)
        if len(read) == len(rows):  # from records that are not as they were written nothing follows
            self._check_derived()
        return len(rows)

    def _read(self, row: tuple[object, ...]) -> ChangeSet | None:
        _, digest, stream, n, kind, lamport, _, _, _, body, signature = row
        try:
            changeset = parse(body, signature) if isinstance(body, bytes) and isinstance(signature, bytes) else None
        except Malformed:
            changeset = None
        if changeset is not None:
            same = (changeset.space, changeset.stream, changeset.n, changeset.kind, changeset.lamport)
            if hash_of(changeset.body) == digest and same == (self._space, stream, n, kind, lamport):
                return changeset
        self._report.add("verify-record", space=self._space, stream=stream, n=n)
        return None

    def _check_verdicts(self, rows: list[tuple[object, ...]], read: list[ChangeSet]) -> None:
        known = Known(REGISTRY.verify, right_of=REGISTRY.right_of, rule_of=REGISTRY.rule_of)
        for run in runs(read):
            known.accept(run)
        for _, digest, stream, n, _, _, _, status, reason, _, _ in rows:
            meant = known.status(digest) if isinstance(digest, bytes) else None
            stored = verdict_of(int(str(status)), reason if isinstance(reason, str) else None)
            self._report.held += status == 1
            self._report.quarantined += status == 2
            if meant is not None and meant != stored:
                found = meant.reason or meant.status
                self._report.add("verify-status", space=self._space, stream=stream, n=n, found=found)

    def _check_derived(self) -> None:
        meant = rebuild.derived(self._sql, self._pk, list(rebuild.known_acts(self._sql, self._pk)))
        for name, rows in _derived_rows(self._pk, meant):
            stored = self._sql.run(_STORED[name], (self._pk,)).fetchall()
            if Counter(map(tuple, stored)) != Counter(rows):
                self._report.add("verify-derived", space=self._space, table=name)
        self._check_projections(meant)

    def _check_projections(self, meant: rebuild.Derived) -> None:
        rows: dict[str, dict[str, tuple[object, ...]]] = {}
        for (entity, record), state in meant.records.items():
            if entity in projection.tables():
                rows.setdefault(entity, {})[record] = derive.row_of(projection.tables()[entity], state)
        for entity, table in projection.tables().items():
            stored = {row[1]: row[2:] for row in self._sql.run(f"{table.select} WHERE _space = ?", (self._pk,))}
            if stored != rows.get(entity, {}):
                self._report.add("verify-derived", space=self._space, table=table.name)


_STORED = {
    "op": "SELECT entity, entity_id, field, seq, idx, live FROM op WHERE space = ?",
    "dead": "SELECT parent_seq, parent_idx, by_seq, by_idx FROM log JOIN dead ON parent_seq = seq"
    " WHERE space = ? AND lseq IS NOT NULL",
    "conflict": "SELECT entity, entity_id, field, class FROM conflict WHERE space = ?",
}


def _derived_rows(space: int, meant: rebuild.Derived) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    yield "op", [(*address[1:], *op, int(op not in meant.killed)) for address, ops in meant.ops.items() for op in ops]
    yield "dead", [(*parent, *by) for parent, by in meant.dead]
    yield (
        "conflict",
        [
            (entity, record, name, kind)
            for (entity, record), state in meant.records.items()
            for name, kind in state.conflicts.items()
        ],
    )


def _check_search(sql: Sql, report: Report) -> None:
    """Whether the index finds exactly the texts there are; that it finds them by their words is its own affair."""
    meant: set[int] = set()
    for table in projection.tables().values():
        for column in table.columns.values():
            if column.slot is not None:
                rows = sql.run(f"SELECT _pk, {column.sql} FROM {table.name} WHERE NOT _deleted AND {column.sql} <> ''")  # noqa: S608 - names of the registry
                texts = ((pk, projection.loaded(column.field, value)) for pk, value in rows)
                meant.update(search.rowid(pk, column.slot) for pk, value in texts if projection.searched_text(value))
    in_conflict = set(_texts_in_conflict(sql))
    if search.numbers(sql) - in_conflict != meant - in_conflict:
        report.add("verify-search")


def _texts_in_conflict(sql: Sql) -> Iterator[int]:
    """Fields without one value are searched by all the values they have, which no column shows."""
    for space, entity, record, name in sql.run("SELECT space, entity, entity_id, field FROM conflict").fetchall():
        table = projection.tables().get(entity)
        column = table.columns.get(name) if table is not None else None
        if table is not None and column is not None and column.slot is not None:
            pk = sql.value(f"SELECT _pk FROM {table.name} WHERE _space = ? AND _id = ?", (space, record))  # noqa: S608 - a name of the registry
            yield search.rowid(pk, column.slot)


def _check_blob(workspace: Workspace, report: Report, sha256: str) -> None:
    state = workspace.blobs.verify(sha256)
    report.blobs += 1
    if state is State.DAMAGED:
        report.add("verify-blob", sha256=sha256)
    elif state is State.KNOWN:
        report.blobs_elsewhere.append(sha256)
