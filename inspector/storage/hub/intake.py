"""Taking in at a hub: the pure merge judges, the tables follow, under the lock of the space.

The lock is the row of the space (``UPDATE space … RETURNING``): whoever has it, in whatever process, is the only one
who gives arrival numbers in that space until the commit, so a reader who goes by these numbers never skips one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from inspector.domain.changeset import WRITING_KINDS, ChangeSet, Malformed, parse
from inspector.domain.credentials import CONTROL_KINDS, carried_certificate
from inspector.domain.ids import space_id
from inspector.domain.judgement import Verdict
from inspector.domain.merge import Outcome
from inspector.domain.registry import SpaceKind, entity
from inspector.storage.hub.judging import Judged, Memory, Remembered
from inspector.storage.hub.tables import blob_ref, certificate, log, space, stream
from inspector.storage.intake import runs, take
from inspector.storage.log import status_number, verdict_of
from inspector.storage.projection import blobs_in, names_blobs
from inspector.storage.resolve import REGISTRY, Rules


class Locked:
    """A space inside one transaction, with everything the database has of it in memory."""

    def __init__(self, connection: Connection, name: str, memory: Memory, rules: Rules = REGISTRY) -> None:
        """Takes the lock of the space, which is made when it is new, and reads what others added meanwhile."""
        self._connection = connection
        self._memory = memory
        self.name = name
        self._rules = rules
        self.pk, self._next_lseq, revision, self._facts = _lock(connection, name)
        found = memory.take(name)
        if found is None:
            found = Remembered(Judged(rules.verify, right_of=rules.right_of, rule_of=rules.rule_of))
        if found.revision != revision - 1:
            _read(connection, self.pk, found, name)
        found.revision = revision
        self._remembered = found
        self._written: list[bytes] = []

    @property
    def known(self) -> Judged:
        return self._remembered.known

    def take_in(self, changesets: Sequence[ChangeSet], received: tuple[str, str]) -> list[Outcome]:
        """Writes down what came; one outcome for each. ``received``: when and from whom, for people to read."""
        waiting = _waiting(self._connection, self.pk)
        taken = take(self.known, self.name, changesets)
        arrived = self._arrived(taken.arrived)
        self._insert(
            [row for row in arrived if row["hash"] not in waiting]
            + [self._row(digest, None) for digest in taken.waiting if digest not in waiting],
            received,
        )
        self._update([row for row in arrived if row["hash"] in waiting])
        left = waiting.keys() - set(taken.arrived)
        self._judge_again([*taken.judged_again, *(one for one in left if self._verdict(one) != waiting[one])])
        self._follow(taken.arrived)
        self._written.extend(taken.arrived)
        return taken.outcomes

    def finish(self) -> None:
        """Gives the next arrival number to the database; the last thing before the commit."""
        values = {**self._facts, "next_lseq": self._next_lseq}
        self._connection.execute(space.update().where(space.c.pk == self.pk).values(values))

    def keep(self) -> None:
        """After the commit: what was learnt is remembered."""
        self.known.let_go(self.name, self._written)
        self._remembered.lseq = self._next_lseq - 1
        self._remembered.size = self.known.number_known(self.name)
        self._memory.put(self.name, self._remembered)

    def _verdict(self, digest: bytes) -> Verdict:
        verdict = self.known.status(digest)
        if verdict is None:
            raise AssertionError("what came was added")
        return verdict

    def _changeset(self, digest: bytes) -> ChangeSet:
        changeset = self.known.get(digest)
        if changeset is None:
            raise AssertionError("what came was added")
        return changeset

    def _arrived(self, digests: Sequence[bytes]) -> list[dict[str, Any]]:
        """Rows with the next arrival numbers."""
        first = self._next_lseq
        self._next_lseq += len(digests)
        return [self._row(digest, first + place) for place, digest in enumerate(digests)]

    def _row(self, digest: bytes, lseq: int | None) -> dict[str, Any]:
        changeset, verdict = self._changeset(digest), self._verdict(digest)
        return {
            "hash": digest,
            "stream": self._stream(changeset.stream),
            "n": changeset.n,
            "space": self.pk,
            "lseq": lseq,
            "status": status_number(verdict),
            "reason": verdict.reason,
            "kind": changeset.kind,
            "body": changeset.body,
            "sig": changeset.signature,
        }

    def _stream(self, name: str) -> int:
        found = self._remembered.streams.get(name)
        if found is None:
            insert_new(self._connection, stream, [{"space": self.pk, "id": name}])
            found = self._connection.scalar(select(stream.c.pk).where(stream.c.space == self.pk, stream.c.id == name))
            if found is None:
                raise AssertionError("inserted above")
            self._remembered.streams[name] = found
        return found

    def _insert(self, rows: list[dict[str, Any]], received: tuple[str, str]) -> None:
        """Past the layer that makes statements: it costs more than the database."""
        if rows:
            added = [(*(row[name] for name in _LOGGED[:-2]), *received) for row in rows]
            if self._connection.dialect.name == "postgresql":
                self._connection.exec_driver_sql(_INSERT_COLUMNS, tuple(map(list, zip(*added, strict=True))))
            else:
                self._connection.exec_driver_sql(_INSERT_ROWS, added)

    def _update(self, rows: list[dict[str, Any]]) -> None:
        """What had been waiting gets its number, its verdict and the signature it was vouched with."""
        if rows:
            statement = log.update().where(log.c.hash == bindparam("digest"))
            values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("lseq", "status", "reason", "sig")}
            self._connection.execute(
                statement.values(values),
                [{"digest": row["hash"], **{f"new_{name}": row[name] for name in values}} for row in rows],
            )

    def _judge_again(self, digests: Sequence[bytes]) -> None:
        if digests:
            verdicts = [(digest, self._verdict(digest)) for digest in digests]
            self._connection.execute(
                log.update()
                .where(log.c.hash == bindparam("digest"))
                .values(status=bindparam("new_status"), reason=bindparam("new_reason")),
                [{"digest": d, "new_status": status_number(v), "new_reason": v.reason} for d, v in verdicts],
            )

    def _follow(self, digests: Sequence[bytes]) -> None:
        """What follows from the known records: forks, certificates, the blobs that are named, for whom the space is."""
        forked = {name for _, name in self.known.forked_streams()}
        if forked:
            pks = [self._stream(name) for name in sorted(forked)]
            self._connection.execute(stream.update().where(stream.c.pk.in_(pks)).values(forked=True))
        arrived = [self._changeset(digest) for digest in digests]
        for changeset in arrived:
            if changeset.kind in ("epoch", "member"):
                self._introduce(changeset)
        named = {sha256 for changeset in arrived for sha256 in _blobs(changeset)}
        insert_new(self._connection, blob_ref, [{"space": self.pk, "sha256": sha256} for sha256 in sorted(named)])
        last = [self._next_lseq - place for place, one in enumerate(reversed(arrived), 1) if one.kind in CONTROL_KINDS]
        if last:
            self._facts["control"] = last[0]
        shared = self.known.shared(self.name, self._facts["kind"])
        self._facts |= {"people": json.dumps(sorted(shared.people), ensure_ascii=True), "hidden": shared.hidden}

    def _introduce(self, changeset: ChangeSet) -> None:
        """A record that shows a certificate; the space's founder also says what kind of space it is."""
        payload = changeset.payload
        try:
            shown = carried_certificate(changeset, self._rules.verify)
        except Malformed:
            return
        body, signature = str(payload["cert"]).encode(), bytes.fromhex(str(payload["sig"]))
        row = {"device": shown.device, "source": changeset.hash, "space": self.pk, "body": body, "sig": signature}
        insert_new(self._connection, certificate, [row])
        nonce, kind = payload.get("nonce"), payload.get("kind")
        if isinstance(nonce, str) and self._facts["nonce"] is None and space_id(shown.root, nonce) == self.name:
            # a text with a zero byte is one PostgreSQL does not keep, and no program of ours makes
            self._facts |= {"nonce": nonce.replace("\0", ""), "kind": kind if kind in list(SpaceKind) else None}


def insert_new(connection: Connection, table: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Inserts the rows that are not there yet; ``table`` of either database."""
    if rows:
        insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        connection.execute(insert(table).on_conflict_do_nothing(), list(rows))


def replace_rows(connection: Connection, table: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Inserts rows, in place of those with the same key; ``table`` of either database."""
    if rows:
        insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        made = insert(table)
        key = [column.name for column in table.primary_key]
        others = {column.name: made.excluded[column.name] for column in table.columns if column.name not in key}
        connection.execute(made.on_conflict_do_update(index_elements=key, set_=others), list(rows))


_LOGGED = ("hash", "stream", "n", "space", "lseq", "status", "reason", "kind", "body", "sig", "recv_at", "recv_from")
_INSERT_ROWS = f"INSERT INTO log ({', '.join(_LOGGED)}) VALUES ({', '.join('?' * len(_LOGGED))})"  # noqa: S608 - the names above
_ARRAYS = "bytea bigint bigint bigint bigint smallint text text bytea bytea text text"
_INSERT_COLUMNS = (
    f"INSERT INTO log ({', '.join(_LOGGED)})"  # noqa: S608 - the names above
    f" SELECT * FROM unnest({', '.join(f'%s::{kind}[]' for kind in _ARRAYS.split())})"
)

_FACTS = ("kind", "nonce", "people", "hidden", "control")


def _lock(connection: Connection, name: str) -> tuple[int, int, int, dict[str, Any]]:
    """Row, next arrival number, revision and facts of a space that is the caller's until the transaction ends."""
    statement = space.update().where(space.c.id == name).values(revision=space.c.revision + 1).returning(space)
    row = connection.execute(statement).one_or_none()
    if row is None:
        insert_new(connection, space, [{"id": name}])
        row = connection.execute(statement).one()
    return row.pk, row.next_lseq, row.revision, {fact: getattr(row, fact) for fact in _FACTS}


def _read(connection: Connection, pk: int, remembered: Remembered, name: str) -> None:
    """Adds what the database has beyond what is remembered: known by their numbers, waiting ones by their rows."""
    columns = select(log.c.hash, log.c.stream, log.c.n, log.c.seq, log.c.body, log.c.sig).where(log.c.space == pk)
    rows = [
        *connection.execute(columns.where(log.c.lseq > remembered.lseq)),
        *connection.execute(columns.where(log.c.lseq.is_(None), log.c.status != 0, log.c.seq > remembered.seq)),
    ]
    ordered = sorted(rows, key=lambda row: (row.stream, row.n, row.seq))
    for run in runs([parse(row.body, row.sig) for row in ordered]):
        remembered.known.accept(run)
    remembered.known.let_go(name, [row.hash for row in rows])
    remembered.seq = max([remembered.seq, *(row.seq for row in rows)])
    found = connection.execute(select(stream.c.id, stream.c.pk).where(stream.c.space == pk))
    remembered.streams.update((row.id, row.pk) for row in found)


def _waiting(connection: Connection, pk: int) -> dict[bytes, Verdict]:
    """What is stored of a space and not known, with what it was good for so far."""
    rows = connection.execute(
        select(log.c.hash, log.c.status, log.c.reason).where(log.c.space == pk, log.c.status != 0, log.c.lseq.is_(None))
    )
    return {row.hash: verdict_of(row.status, row.reason) for row in rows}


def _blobs(changeset: ChangeSet) -> Iterator[bytes]:
    """The blobs that a record names in fields of the registry."""
    for write in changeset.writes if changeset.kind in WRITING_KINDS else ():
        known = entity(write.entity)
        field = known.field(write.field) if known is not None else None
        if field is not None and names_blobs(field):
            yield from map(bytes.fromhex, blobs_in(field, write.value))
