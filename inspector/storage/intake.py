"""Taking in what others wrote: the pure merge says what each change set is good for, the database follows.

The space concerned is read into ``domain.merge.Known``, the new change sets are added to it, and whatever changed
(new, released, judged again) is written down. Nothing authentic is refused: what cannot count yet is held or
quarantined, visibly, and no timeout changes that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from inspector.domain.changeset import ChangeSet, Malformed, parse
from inspector.domain.ids import space_id
from inspector.domain.judgement import Status, parse_certificate
from inspector.domain.merge import Known, Outcome
from inspector.domain.registry import right_of, rule_of
from inspector.storage import derive
from inspector.storage.log import Log, LogRow, SpaceRow, row_of, status_number, verdict_of
from inspector.system.keys import verify

if TYPE_CHECKING:
    from inspector.storage.engine import Sql


def accept(sql: Sql, log: Log, changesets: Sequence[ChangeSet], received: tuple[str, str]) -> list[Outcome]:
    """Takes change sets of any spaces in, in any order and as often as one likes; one outcome for each.

    ``received`` is when and from whom, for people to read.
    """
    by_space: dict[str, list[int]] = {}
    for place, changeset in enumerate(changesets):
        by_space.setdefault(changeset.space, []).append(place)
    outcomes: dict[int, Outcome] = {}
    for space, places in by_space.items():
        found = _accept(sql, log, space, [changesets[place] for place in places], received)
        outcomes.update(zip(places, found, strict=True))
    return [outcomes[place] for place in range(len(changesets))]


def _accept(sql: Sql, log: Log, space: str, changesets: list[ChangeSet], received: tuple[str, str]) -> list[Outcome]:
    row = log.make_space(sql, space)
    known = load(sql, row)
    before = set(known.arrivals(space))
    outcomes: list[Outcome] = []
    touched: dict[bytes, None] = {}
    for run in runs(changesets):
        for changeset, outcome in zip(run, known.accept(run), strict=True):
            touched.update(dict.fromkeys((changeset.hash, *outcome.released, *outcome.rejudged)))
            outcomes.append(outcome)
    _mark_forks(sql, log, row, known)
    arrived = [digest for digest in known.arrivals(space) if digest not in before]
    for digest in arrived:
        touched.pop(digest, None)
    for digest in arrived:
        _write_known(sql, log, row, known, digest, received)
    for digest in touched:
        if digest in before:
            _judge_again(sql, row, known, digest)
        else:
            _write_waiting(sql, log, row, known, digest, received)
    _write_missing(sql, row, known)
    return outcomes


def load(sql: Sql, space: SpaceRow) -> Known:
    """The pure state of a space, from everything the database holds of it."""
    known = Known(verify, right_of=right_of, rule_of=rule_of)
    rows = sql.run("SELECT body, sig FROM log WHERE space = ? ORDER BY stream, n, seq", (space.pk,)).fetchall()
    for run in runs(parse(body, signature) for body, signature in rows):
        known.accept(run)
    return known


def runs(changesets: Iterable[ChangeSet]) -> list[list[ChangeSet]]:
    """Cuts a sequence into pieces in which each change set follows the one before in its stream."""
    found: list[list[ChangeSet]] = []
    for changeset in changesets:
        if found and changeset.previous == found[-1][-1].hash:
            found[-1].append(changeset)
        else:
            found.append([changeset])
    return found


def _write_known(sql: Sql, log: Log, space: SpaceRow, known: Known, digest: bytes, received: tuple[str, str]) -> None:
    changeset, verdict = known.get(digest), known.status(digest)
    if changeset is None or verdict is None:
        raise AssertionError("what arrived is known")
    stream = log.stream(sql, space, changeset.stream)
    row = row_of(sql, digest)
    if row is None:
        seq = log.append(sql, space, stream, changeset, verdict, received=received)
    else:
        seq = row.seq
        log.arrive(sql, space, stream, seq, changeset)
        _set_status(sql, seq, known, digest)
    if changeset.kind == "epoch" and space.nonce is None:
        _describe(sql, log, space, changeset)
    if verdict.status is Status.ACCEPTED:
        derive.apply(sql, space.pk, seq, changeset)


def _write_waiting(sql: Sql, log: Log, space: SpaceRow, known: Known, digest: bytes, received: tuple[str, str]) -> None:
    """A change set that is held, or that no key vouches for: stored as it came, without an arrival number."""
    changeset, verdict = known.get(digest), known.status(digest)
    if changeset is None or verdict is None:
        raise AssertionError("what came was added")
    row = row_of(sql, digest)
    if row is None:
        stream = log.stream(sql, space, changeset.stream)
        log.append(sql, space, stream, changeset, verdict, known=False, received=received)
    elif row.verdict != verdict:
        _set_status(sql, row.seq, known, digest)


def _judge_again(sql: Sql, space: SpaceRow, known: Known, digest: bytes) -> None:
    row, changeset, verdict = row_of(sql, digest), known.get(digest), known.status(digest)
    if row is None or changeset is None or verdict is None:
        raise AssertionError("what was known is stored")
    if row.verdict == verdict:
        return
    _set_status(sql, row.seq, known, digest)
    was, now = row.verdict.status is Status.ACCEPTED, verdict.status is Status.ACCEPTED
    if now and not was:
        derive.apply(sql, space.pk, row.seq, changeset)
    elif was and not now:
        derive.withdraw(sql, space.pk, row.seq, changeset)


def _set_status(sql: Sql, seq: int, known: Known, digest: bytes) -> None:
    verdict = known.status(digest)
    if verdict is not None:
        sql.run("UPDATE log SET status = ?, reason = ? WHERE seq = ?", (status_number(verdict), verdict.reason, seq))


def _write_missing(sql: Sql, space: SpaceRow, known: Known) -> None:
    """Why rows are held: the names of the change sets they wait for."""
    for held in known.held():
        row = row_of(sql, held.hash)
        if row is not None:
            sql.run("DELETE FROM pending WHERE seq = ?", (row.seq,))
            for name in held.missing:
                sql.run("INSERT INTO pending (missing, seq) VALUES (?, ?)", (name, row.seq))


def _mark_forks(sql: Sql, log: Log, space: SpaceRow, known: Known) -> None:
    for _, stream in known.forked_streams():
        log.mark_forked(sql, log.stream(sql, space, stream))


def _describe(sql: Sql, log: Log, space: SpaceRow, epoch: ChangeSet) -> None:
    """The record that opened a space names its kind and proves its root."""
    nonce, kind, body = (epoch.payload.get(name) for name in ("nonce", "kind", "cert"))
    if not isinstance(nonce, str) or not isinstance(body, str):
        return
    try:
        certificate = parse_certificate(body)
    except Malformed:
        return
    if space_id(certificate.root, nonce) == space.id:
        log.describe_space(sql, space, kind if isinstance(kind, str) else None, nonce)


def stored_verdicts(sql: Sql, space: SpaceRow) -> dict[bytes, LogRow]:
    """How every change set of a space stands in the database, by hash."""
    rows = sql.run("SELECT hash, seq, lseq, status, reason FROM log WHERE space = ?", (space.pk,))
    return {row[0]: LogRow(row[1], row[2] is not None, verdict_of(row[3], row[4])) for row in rows}
