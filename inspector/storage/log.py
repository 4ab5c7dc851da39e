"""The log of a workspace: spaces, streams and the change sets in them, as rows of the database.

Tips and counters follow from the log and are not stored: they are looked up once and remembered while the program
runs. ``Log.forget`` drops what is remembered after a rollback.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.domain.changeset import ChangeSet
from inspector.domain.credentials import Reason
from inspector.domain.judgement import Status, Verdict
from inspector.storage import schema

if TYPE_CHECKING:
    from inspector.storage.engine import Sql

_STATUS = {Status.ACCEPTED: schema.ACCEPTED, Status.HELD: schema.HELD, Status.QUARANTINED: schema.QUARANTINED}
_STATUS_OF = {number: status for status, number in _STATUS.items()}


@dataclass(slots=True)
class SpaceRow:
    """A space: its number here, the next arrival number, the highest Lamport count seen in it."""

    pk: int
    id: str
    kind: str | None
    nonce: str | None
    next_lseq: int
    lamport: int


@dataclass(slots=True)
class StreamRow:
    """A stream: its number here and its tip, the record with the highest number (of the branch that came first)."""

    pk: int
    id: str
    forked: bool
    tip_n: int
    tip_hash: bytes | None


@dataclass(frozen=True, slots=True)
class LogRow:
    """Where a change set stands; ``known`` ones have an arrival number and may be named by others."""

    seq: int
    known: bool
    verdict: Verdict


class Log:
    """Reads and appends; whoever calls holds the transaction."""

    def __init__(self) -> None:
        self._spaces: dict[str, SpaceRow] = {}
        self._streams: dict[tuple[int, str], StreamRow] = {}

    def forget(self) -> None:
        """Drops what is remembered: the transaction was rolled back."""
        self._spaces.clear()
        self._streams.clear()

    def space(self, sql: Sql, space: str) -> SpaceRow | None:
        found = self._spaces.get(space)
        if found is None:
            row = sql.run("SELECT pk, id, kind, nonce FROM space WHERE id = ?", (space,)).fetchone()
            if row is None:
                return None
            last, lamport = sql.one(
                "SELECT max(lseq), max(lc) FROM log WHERE space = ? AND lseq IS NOT NULL", (row[0],)
            )
            found = self._spaces[space] = SpaceRow(row[0], row[1], row[2], row[3], (last or 0) + 1, lamport or 0)
        return found

    def make_space(self, sql: Sql, space: str) -> SpaceRow:
        """The space, made when it is new; its kind and nonce come with the record that opened it."""
        found = self.space(sql, space)
        if found is None:
            sql.run("INSERT INTO space (id) VALUES (?)", (space,))
            found = self.space(sql, space)
        if found is None:
            raise AssertionError("inserted above")
        return found

    def describe_space(self, sql: Sql, space: SpaceRow, kind: str | None, nonce: str) -> None:
        """Remembers what the record that opened the space says of it."""
        space.kind, space.nonce = kind, nonce
        sql.run("UPDATE space SET kind = ?, nonce = ? WHERE pk = ?", (kind, nonce, space.pk))

    def stream(self, sql: Sql, space: SpaceRow, stream: str) -> StreamRow:
        """The stream, made when it is new."""
        key = (space.pk, stream)
        found = self._streams.get(key)
        if found is not None:
            return found
        row = sql.run("SELECT pk, forked FROM stream WHERE space = ? AND id = ?", key).fetchone()
        if row is None:
            row = (sql.run("INSERT INTO stream (space, id) VALUES (?, ?)", key).lastrowid, False)
        tip = tip_of(sql, row[0]) or (0, None)
        found = self._streams[key] = StreamRow(row[0], stream, bool(row[1]), *tip)
        return found

    def append(
        self,
        sql: Sql,
        space: SpaceRow,
        stream: StreamRow,
        changeset: ChangeSet,
        verdict: Verdict,
        *,
        known: bool = True,
        received: tuple[str, str] | None = None,
    ) -> int:
        """Writes a change set; a known one gets the next arrival number of its space. Returns its row."""
        row = sql.run(
            "INSERT INTO log (hash, stream, n, space, lseq, status, reason, kind, lc, body, sig, recv_at, recv_from)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                changeset.hash, stream.pk, changeset.n, space.pk, space.next_lseq if known else None,
                _STATUS[verdict.status], verdict.reason, changeset.kind, changeset.lamport,
                changeset.body, changeset.signature, *(received or (None, None)),
            ),
        )  # fmt: skip
        if known:
            _advance(space, stream, changeset)
        return int(row.lastrowid)

    def arrive(self, sql: Sql, space: SpaceRow, stream: StreamRow, seq: int, changeset: ChangeSet) -> None:
        """Gives a change set that had been waiting the next arrival number, and the signature it was vouched with."""
        sql.run("UPDATE log SET lseq = ?, sig = ? WHERE seq = ?", (space.next_lseq, changeset.signature, seq))
        sql.run("DELETE FROM pending WHERE seq = ?", (seq,))
        _advance(space, stream, changeset)

    def mark_forked(self, sql: Sql, stream: StreamRow) -> None:
        if not stream.forked:
            stream.forked = True
            sql.run("UPDATE stream SET forked = 1 WHERE pk = ?", (stream.pk,))


def _advance(space: SpaceRow, stream: StreamRow, changeset: ChangeSet) -> None:
    space.next_lseq += 1
    space.lamport = max(space.lamport, changeset.lamport)
    if changeset.n > stream.tip_n:
        stream.tip_n, stream.tip_hash = changeset.n, changeset.hash


def tip_of(sql: Sql, stream: int) -> tuple[int, bytes] | None:
    """Number and hash of the last known record of a stream, of the branch that came first."""
    row: tuple[int, bytes] | None = sql.run(
        "SELECT n, hash FROM log WHERE stream = ? AND lseq IS NOT NULL ORDER BY n DESC, seq LIMIT 1", (stream,)
    ).fetchone()
    return row


def row_of(sql: Sql, digest: bytes) -> LogRow | None:
    """Where the change set with this hash stands, ``None`` when it never came."""
    row = sql.run("SELECT seq, lseq, status, reason FROM log WHERE hash = ?", (digest,)).fetchone()
    return None if row is None else LogRow(row[0], row[1] is not None, verdict_of(row[2], row[3]))


def rows_of(sql: Sql, digests: Iterable[bytes]) -> dict[bytes, LogRow]:
    """Where the change sets with these hashes stand; those that never came are left out."""
    asked = json.dumps([digest.hex() for digest in digests])
    rows = sql.run(
        "SELECT hash, seq, lseq, status, reason FROM log WHERE hash IN (SELECT unhex(value) FROM json_each(?))",
        (asked,),
    ).fetchall()
    return {row[0]: LogRow(row[1], row[2] is not None, verdict_of(row[3], row[4])) for row in rows}


def status_number(verdict: Verdict) -> int:
    """How a status is written down."""
    return _STATUS[verdict.status]


def verdict_of(status: int, reason: str | None) -> Verdict:
    return Verdict(_STATUS_OF[status], None if reason is None else Reason(reason))


def set_verdict(sql: Sql, seq: int, verdict: Verdict) -> None:
    """Writes down what a change set is good for now."""
    sql.run("UPDATE log SET status = ?, reason = ? WHERE seq = ?", (_STATUS[verdict.status], verdict.reason, seq))
