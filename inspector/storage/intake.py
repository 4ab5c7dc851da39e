"""Taking in what others wrote: the pure merge says what each change set is good for, the database follows.

The space concerned is read into ``domain.merge.Known``, the new change sets are added to it, and whatever changed
(new, released, judged again) is written down. Nothing authentic is refused: what cannot count yet is held or
quarantined, visibly, and no timeout changes that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.domain.changeset import ChangeSet, Malformed, parse
from inspector.domain.credentials import parse_certificate
from inspector.domain.ids import space_id
from inspector.domain.judgement import Status, Verdict
from inspector.domain.merge import Known, Outcome
from inspector.storage import derive
from inspector.storage.log import Log, LogRow, SpaceRow, row_of, rows_of, set_verdict, verdict_of
from inspector.storage.resolve import REGISTRY, Rules

if TYPE_CHECKING:
    from inspector.storage.engine import Sql

_MOST_LOADED = 4


class Intake:
    """Takes change sets in; remembers the pure state of the spaces it worked on last."""

    def __init__(self, log: Log, rules: Rules = REGISTRY) -> None:
        self._log = log
        self._rules = rules
        self._loaded: dict[str, tuple[int, Known]] = {}

    def forget(self) -> None:
        """Drops what is remembered: the transaction was rolled back."""
        self._loaded.clear()

    def accept(self, sql: Sql, changesets: Sequence[ChangeSet], received: tuple[str, str]) -> list[Outcome]:
        """Takes change sets of any spaces in, in any order and as often as one likes; one outcome for each.

        ``received`` is when and from whom, for people to read.
        """
        by_space: dict[str, list[int]] = {}
        for place, changeset in enumerate(changesets):
            by_space.setdefault(changeset.space, []).append(place)
        outcomes: dict[int, Outcome] = {}
        for space, places in by_space.items():
            row = self._log.make_space(sql, space)
            task = _Task(sql, self._log, self._rules, row, self.known(sql, row), received)
            outcomes.update(zip(places, task.accept([changesets[place] for place in places]), strict=True))
            self._loaded[space] = (_last(sql), self._loaded[space][1])
        return [outcomes[place] for place in range(len(changesets))]

    def known(self, sql: Sql, space: SpaceRow) -> Known:
        """The pure state of a space, from everything the database holds of it."""
        last, known = self._loaded.pop(space.id, (0, None))
        if known is None:
            known = Known(self._rules.verify, right_of=self._rules.right_of, rule_of=self._rules.rule_of)
        newest = _last(sql)
        if last < newest:
            for run in runs(_stored(sql, space, last)):
                known.accept(run)
        while len(self._loaded) >= _MOST_LOADED:
            del self._loaded[next(iter(self._loaded))]
        self._loaded[space.id] = (newest, known)
        return known


def _last(sql: Sql) -> int:
    return int(sql.value("SELECT coalesce(max(seq), 0) FROM log"))


def _stored(sql: Sql, space: SpaceRow, after: int) -> list[ChangeSet]:
    """Everything the database holds of a space behind a row, stream by stream."""
    rows = sql.run(
        "SELECT stream, n, seq, body, sig FROM log WHERE space = ?1 AND lseq IS NOT NULL AND seq > ?2"
        " UNION ALL"
        " SELECT stream, n, seq, body, sig FROM log WHERE space = ?1 AND status <> 0 AND lseq IS NULL AND seq > ?2",
        (space.pk, after),
    ).fetchall()
    return [parse(body, signature) for _, _, _, body, signature in sorted(rows)]


def runs(changesets: Iterable[ChangeSet]) -> list[list[ChangeSet]]:
    """Cuts a sequence into pieces in which each change set follows the one before in its stream."""
    found: list[list[ChangeSet]] = []
    for changeset in changesets:
        if found and changeset.previous == found[-1][-1].hash:
            found[-1].append(changeset)
        else:
            found.append([changeset])
    return found


@dataclass(frozen=True)
class Taken:
    """What adding change sets to a space did, for whoever writes it down.

    ``arrived``: known now and not before, in their order of arrival. ``judged_again``: known before, and perhaps good
    for something else now. ``waiting``: touched, and still not known; some of them came earlier.
    """

    outcomes: list[Outcome]
    arrived: list[bytes]
    judged_again: list[bytes]
    waiting: list[bytes]


def take(known: Known, space: str, changesets: Iterable[ChangeSet]) -> Taken:
    """Adds change sets of one space to what is known of it."""
    before = known.number_known(space)
    outcomes: list[Outcome] = []
    touched: dict[bytes, None] = {}
    for run in runs(changesets):
        for changeset, outcome in zip(run, known.accept(run), strict=True):
            touched.update(dict.fromkeys((changeset.hash, *outcome.released, *outcome.rejudged)))
            outcomes.append(outcome)
    arrived = known.arrived_after(space, before)
    for digest in arrived:
        touched.pop(digest, None)
    return Taken(
        outcomes,
        arrived,
        [digest for digest in touched if known.is_known(digest)],
        [digest for digest in touched if not known.is_known(digest)],
    )


class _Task:
    """One package of change sets going into one space."""

    def __init__(
        self, sql: Sql, log: Log, rules: Rules, space: SpaceRow, known: Known, received: tuple[str, str]
    ) -> None:
        self._sql = sql
        self._log = log
        self._rules = rules
        self._space = space
        self._known = known
        self._received = received

    def accept(self, changesets: list[ChangeSet]) -> list[Outcome]:
        taken = take(self._known, self._space.id, changesets)
        for _, stream in self._known.forked_streams():
            self._log.mark_forked(self._sql, self._log.stream(self._sql, self._space, stream))
        stored = rows_of(self._sql, taken.arrived)
        for digest in taken.arrived:
            self._write_known(digest, stored.get(digest))
        for digest in taken.judged_again:
            self._judge_again(digest)
        for digest in taken.waiting:
            if row_of(self._sql, digest) is None:
                self._write_waiting(digest)
        self._look_at_waiting()
        return taken.outcomes

    def _of(self, digest: bytes) -> tuple[ChangeSet, Verdict]:
        changeset, verdict = self._known.get(digest), self._known.status(digest)
        if changeset is None or verdict is None:
            raise AssertionError("what came was added")
        return changeset, verdict

    def _write_known(self, digest: bytes, row: LogRow | None) -> None:
        """One that is known now; ``row`` is where it stands if it came before and waited."""
        changeset, verdict = self._of(digest)
        stream = self._log.stream(self._sql, self._space, changeset.stream)
        if row is None:
            seq = self._log.append(self._sql, self._space, stream, changeset, verdict, received=self._received)
        else:
            seq = row.seq
            self._log.arrive(self._sql, self._space, stream, seq, changeset)
            set_verdict(self._sql, seq, verdict)
        if changeset.kind == "epoch" and self._space.nonce is None:
            _describe(self._sql, self._log, self._space, changeset)
        if verdict.status is Status.ACCEPTED:
            derive.apply(self._sql, self._space.pk, seq, changeset, self._rules.rule_of, fresh=row is None)

    def _write_waiting(self, digest: bytes) -> None:
        """One that is held, or that no key vouches for: stored as it came, without an arrival number."""
        changeset, verdict = self._of(digest)
        stream = self._log.stream(self._sql, self._space, changeset.stream)
        self._log.append(self._sql, self._space, stream, changeset, verdict, known=False, received=self._received)

    def _judge_again(self, digest: bytes) -> None:
        changeset, verdict = self._of(digest)
        row = row_of(self._sql, digest)
        if row is None:
            raise AssertionError("what was known is stored")
        if row.verdict == verdict:
            return
        set_verdict(self._sql, row.seq, verdict)
        was, now = row.verdict.status is Status.ACCEPTED, verdict.status is Status.ACCEPTED
        if now and not was:
            derive.apply(self._sql, self._space.pk, row.seq, changeset, self._rules.rule_of)
        elif was and not now:
            derive.withdraw(self._sql, self._space.pk, row.seq, changeset, self._rules.rule_of)

    def _look_at_waiting(self) -> None:
        """What still waits: what it is good for by now, and the names of the change sets it waits for."""
        missing = {held.hash: held.missing for held in self._known.held()}
        rows = self._sql.run(
            "SELECT seq, hash, status, reason FROM log WHERE space = ? AND status <> 0 AND lseq IS NULL",
            (self._space.pk,),
        ).fetchall()
        for seq, digest, status, reason in rows:
            _, verdict = self._of(digest)
            if verdict != verdict_of(status, reason):
                set_verdict(self._sql, seq, verdict)
            self._sql.run("DELETE FROM pending WHERE seq = ?", (seq,))
            names = [(seq, name) for name in missing.get(digest, ())]
            self._sql.many("INSERT INTO pending (seq, missing) VALUES (?, ?)", names)


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
