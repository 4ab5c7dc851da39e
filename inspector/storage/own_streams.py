"""Where this laptop goes on writing: its stream in every space, and when it must begin a new epoch.

A number of a stream is never used twice knowingly. So a stream is ended when the marks beside the database are ahead
of it (an old copy was put back), when the database is a restored backup, or when the stream was seen to fork.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from inspector.domain.changeset import Json
from inspector.domain.ids import new_id
from inspector.domain.streams import EpochReason, NewEpoch, Tip, next_position
from inspector.storage.log import Log, SpaceRow, StreamRow, tip_of
from inspector.system.high_water import Marks

if TYPE_CHECKING:
    from inspector.storage.engine import Sql
    from inspector.system.identity import SignedCertificate

IDENTITY = "identity"
"""Under which name the keys and certificates of this laptop lie among its own secrets."""

MOST_MARKS = 64
"""A rollback shows in any stream, so the marks of the latest ones are enough."""


def own_stream(sql: Sql, log: Log, space: SpaceRow) -> StreamRow | NewEpoch:
    """The stream to go on in, or why a new one must be begun."""
    row = sql.run(
        "SELECT stream.id, ended, last_n, last_hash FROM own_stream JOIN stream ON stream.pk = own_stream.stream"
        " WHERE own_stream.space = ?",
        (space.pk,),
    ).fetchone()
    if row is None:
        return NewEpoch(EpochReason.NEW)
    stream = log.stream(sql, space, row[0])
    if row[1] is not None:
        return NewEpoch(EpochReason(row[1]), Tip(stream.id, row[2], row[3]))
    if stream.forked:
        return NewEpoch(EpochReason.CLONED, _tip(stream))
    return stream


def begin(sql: Sql, log: Log, space: SpaceRow) -> StreamRow:
    """A new stream of this laptop in a space, in place of the one it had."""
    stream = log.stream(sql, space, new_id())
    sql.run("INSERT OR REPLACE INTO own_stream (space, stream) VALUES (?, ?)", (space.pk, stream.pk))
    return stream


def epoch_payload(
    certificate: SignedCertificate, epoch: NewEpoch, kind: str | None, nonce: str | None
) -> dict[str, Json]:
    """What the first record of a stream says: the device's certificate, why it begins, what opened the space."""
    payload: dict[str, Json] = {
        "cert": certificate.body.decode(),
        "sig": certificate.signature.hex(),
        "reason": str(epoch.reason),
    }
    if nonce is not None:
        payload["nonce"] = nonce
    if kind is not None:
        payload["kind"] = kind
    if epoch.last is not None:
        payload["last"] = [epoch.last.stream, epoch.last.n, epoch.last.hash.hex()]
    return payload


def end_all(sql: Sql, reason: EpochReason) -> None:
    """Ends every stream of this laptop: its next write in each space begins a new epoch."""
    for space, stream in sql.run("SELECT space, stream FROM own_stream WHERE ended IS NULL").fetchall():
        _end(sql, space, stream, reason, tip_of(sql, stream) or (0, b""))


def _end(sql: Sql, space: int, stream: int, reason: EpochReason, last: tuple[int, bytes]) -> None:
    sql.run(
        "UPDATE own_stream SET ended = ?, last_n = ?, last_hash = ? WHERE space = ? AND stream = ?",
        (reason, *last, space, stream),
    )


def compare(sql: Sql, marks: Marks) -> EpochReason | None:
    """Compares the marks beside the database with it and ends streams where they disagree; says what happened."""
    found = {_compare_one(sql, stream, n, bytes.fromhex(hash_hex)) for stream, (n, hash_hex) in marks.items()}
    if EpochReason.RESTORED in found:
        end_all(sql, EpochReason.RESTORED)
        return EpochReason.RESTORED
    return EpochReason.CLONED if EpochReason.CLONED in found else None


def tips(sql: Sql, spaces: Iterable[str]) -> dict[str, tuple[int, Tip]]:
    """For each of these spaces where this laptop has a stream that goes on: the space's number here, and its end."""
    found = {}
    for space in set(spaces):
        row = sql.run(
            "SELECT space.pk, stream.pk, stream.id FROM own_stream JOIN space ON space.pk = own_stream.space"
            " JOIN stream ON stream.pk = own_stream.stream WHERE space.id = ? AND ended IS NULL",
            (space,),
        ).fetchone()
        tip = tip_of(sql, row[1]) if row is not None else None
        if tip is not None:
            found[space] = (row[0], Tip(row[2], *tip))
    return found


def end_behind(sql: Sql, space: int, own: Tip, reports: Iterable[Tip]) -> EpochReason | None:
    """Ends the own stream of a space (its number here) where others have records of it that this laptop lacked.

    ``own`` is its end before any of these came in. The next write begins a new epoch; says why, ``None`` where the
    reports are what this laptop knows anyway.
    """
    stream = sql.value("SELECT pk FROM stream WHERE id = ? AND space = ?", (own.stream, space))

    def hash_at(number: int) -> bytes | None:
        at = sql.run("SELECT hash FROM log WHERE stream = ? AND n = ?", (stream, number)).fetchone()
        return None if at is None else at[0]

    position = next_position(own, None, reports, hash_at=hash_at)
    if not isinstance(position, NewEpoch):
        return None
    last = position.last or own
    _end(sql, space, stream, position.reason, (last.n, last.hash))
    return position.reason


def _compare_one(sql: Sql, stream: str, n: int, digest: bytes) -> EpochReason | None:
    row = sql.run("SELECT pk, space FROM stream WHERE id = ?", (stream,)).fetchone()
    tip = tip_of(sql, row[0]) if row is not None else None
    if tip is None:
        return EpochReason.RESTORED
    pk, space = row

    def hash_at(number: int) -> bytes | None:
        at = sql.run("SELECT hash FROM log WHERE stream = ? AND n = ?", (pk, number)).fetchone()
        return None if at is None else at[0]

    position = next_position(Tip(stream, *tip), Tip(stream, n, digest), hash_at=hash_at)
    if not isinstance(position, NewEpoch):
        return None
    last = position.last or Tip(stream, n, digest)
    _end(sql, space, pk, position.reason, (last.n, last.hash))
    return position.reason


def marks_of(sql: Sql, streams: list[str]) -> Marks:
    """The marks of these streams, as the database has them."""
    marks: Marks = {}
    for stream in streams:
        row = sql.run("SELECT pk FROM stream WHERE id = ?", (stream,)).fetchone()
        tip = tip_of(sql, row[0]) if row is not None else None
        if tip is not None:
            marks[stream] = (tip[0], tip[1].hex())
    return marks


def _tip(stream: StreamRow) -> Tip:
    return Tip(stream.id, stream.tip_n, stream.tip_hash or b"")
