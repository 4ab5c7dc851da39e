"""The unit of work: what one person did, in one durable transaction. Only it commits."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING

from inspector.domain import registry
from inspector.domain.changeset import ChangeSet, Json, Write, compose, hash_of, next_lamport, parse
from inspector.domain.credentials import CONTROL_KINDS, UNVOUCHED
from inspector.domain.errors import InspectorError, Refused
from inspector.domain.exchange import Holds, Vector, unknown_ends
from inspector.domain.ids import new_id, space_id
from inspector.domain.judgement import Status
from inspector.domain.merge import Outcome
from inspector.domain.registry import SpaceKind
from inspector.domain.streams import EpochReason, NewEpoch, Tip
from inspector.storage import copies, derive, own_streams, packages, search
from inspector.storage.author import identity_bytes
from inspector.storage.copies import Peer
from inspector.storage.holdings import Holdings
from inspector.storage.judges import opened_by
from inspector.storage.log import SpaceRow, StreamRow
from inspector.storage.packages import Passed, Recipient
from inspector.storage.reading import Draft, Reading

if TYPE_CHECKING:
    from inspector.storage.author import Author
    from inspector.storage.engine import Sql
    from inspector.storage.workspace import Workspace
    from inspector.system.identity import Identity


@dataclass(frozen=True, slots=True)
class Receipt:
    """Says that the disk has a change set: its hash, its stream and number there, its arrival number in the space."""

    hash: bytes
    space: str
    stream: str
    n: int
    lseq: int


class UnitOfWork(Reading):
    """``with workspace.unit_of_work() as unit: unit.write(…); unit.commit()``; leaving without commit rolls back.

    Questions asked of it, and of the workspace by the same thread, see what it wrote. After an error of the disk it is
    dead: nothing of it was kept, and only a new unit of work can go on.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._sql: Sql | None = None
        self._receipts: list[Receipt] = []
        self._came: list[ChangeSet] = []

    def __enter__(self) -> UnitOfWork:
        self._sql = self._workspace.begin(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def _end(self) -> None:
        if self._sql is not None:
            self._sql = None
            self._workspace.rollback(self)

    @contextmanager
    def _alive(self) -> Iterator[Sql]:
        """The sql; a failure of the disk inside ends the unit of work."""
        if self._sql is None:
            raise RuntimeError("this unit of work has ended")
        try:
            with self._workspace.guarded():
                yield self._sql
        except InspectorError as error:
            if not isinstance(error, Refused) and error.code != "changeset-malformed":
                self._end()
            raise

    @contextmanager
    def _view(self) -> Iterator[Sql]:
        with self._alive() as sql:
            yield sql

    def write(
        self,
        space: str,
        writes: Sequence[Write],
        *,
        act: str,
        why: str | None = None,
        kind: str = "write",
        payload: Mapping[str, Json] | None = None,
    ) -> ChangeSet:
        """Writes one change set in this device's stream of the space, signed, with exactly the parents named.

        Raises ``Refused`` (``space-unknown``; ``write-not-accepted`` when this device may not write this here) and
        ``BadInput`` (``changeset-malformed``); then the unit of work goes on without it.
        """
        with self._alive() as sql:
            row = self._workspace.log.space(sql, space)
            if row is None:
                raise Refused("space-unknown", space=space)
            stream = self._stream(sql, row)
            return self._append(sql, row, stream, act=act, why=why, kind=kind, writes=writes, payload=payload)

    def open_space(self, kind: SpaceKind) -> str:
        """Opens a new space under the root of this laptop and returns its id."""
        with self._alive() as sql:
            nonce = new_id()
            space = space_id(self._workspace.author.root, nonce)
            row = self._workspace.log.make_space(sql, space)
            self._workspace.log.describe_space(sql, row, str(kind), nonce)
            self._begin(sql, row, NewEpoch(EpochReason.NEW))
            return space

    def _stream(self, sql: Sql, space: SpaceRow) -> StreamRow:
        known = self._workspace.streams.get(space.pk)
        if known is not None and not known.forked:
            return known
        found = own_streams.own_stream(sql, self._workspace.log, space)
        if isinstance(found, StreamRow) and self._workspace.outgrown(sql, space, found):
            found = NewEpoch(EpochReason.INVITED, Tip(found.id, found.tip_n, found.tip_hash or b""))
        if isinstance(found, NewEpoch):
            return self._begin(sql, space, found)
        self._workspace.streams[space.pk] = found
        return found

    def _begin(self, sql: Sql, space: SpaceRow, epoch: NewEpoch) -> StreamRow:
        stream = own_streams.begin(sql, self._workspace.log, space)
        certificate = self._workspace.certificate_for(sql, space)
        payload = own_streams.epoch_payload(certificate, epoch, space.kind, space.nonce)
        self._append(sql, space, stream, act=new_id(), kind="epoch", payload=payload)
        self._workspace.streams[space.pk] = stream
        return stream

    def _append(
        self,
        sql: Sql,
        space: SpaceRow,
        stream: StreamRow,
        *,
        act: str,
        kind: str,
        why: str | None = None,
        writes: Sequence[Write] = (),
        payload: Mapping[str, Json] | None = None,
    ) -> ChangeSet:
        author, clock = self._workspace.author, self._workspace.clock
        body = compose(
            space=space.id,
            stream=stream.id,
            n=stream.tip_n + 1,
            previous=stream.tip_hash,
            kind=kind,
            device=author.device,
            author=author.person,
            app=author.app,
            registry=registry.VERSION,
            wall=clock.wall(),
            lamport=next_lamport(space.lamport),
            up=clock.up(),
            act=act,
            writes=writes,
            why=why,
            payload=payload,
        )
        changeset = parse(body, author.key.sign(hash_of(body)))
        if kind in CONTROL_KINDS:
            self._store_control(sql, space, stream, changeset)
        else:
            self._store(sql, space, stream, changeset)
        return changeset

    def _store(self, sql: Sql, space: SpaceRow, stream: StreamRow, changeset: ChangeSet) -> None:
        verdict = self._workspace.judge(sql, space, stream, changeset)
        if verdict.status is not Status.ACCEPTED:
            raise Refused("write-not-accepted", reason=str(verdict.reason))
        lseq = space.next_lseq
        seq = self._workspace.log.append(sql, space, stream, changeset, verdict)
        derive.apply(sql, space.pk, seq, changeset, fresh=True)
        self._receipts.append(Receipt(changeset.hash, space.id, stream.id, changeset.n, lseq))

    def _store_control(self, sql: Sql, space: SpaceRow, stream: StreamRow, changeset: ChangeSet) -> None:
        """A record that others are judged by changes what they are good for, so it goes the way of what comes in."""
        lseq = space.next_lseq
        sql.run("SAVEPOINT control")
        outcome = self._workspace.intake.accept(sql, [changeset], ("", ""))[0]
        if outcome.status is not Status.ACCEPTED:
            sql.run("ROLLBACK TO control")
            self._workspace.forget()
            raise Refused("write-not-accepted", reason=str(outcome.verdict.reason))
        sql.run("RELEASE control")
        self._workspace.forget_judges()
        self._receipts.append(Receipt(changeset.hash, space.id, stream.id, changeset.n, lseq))

    def keep_identity(self, identity: Identity) -> None:
        """Keeps the identity of this laptop with its certificates; ``Workspace.read_identity`` makes it count."""
        self.put_own(own_streams.IDENTITY, identity_bytes(identity))

    @property
    def author(self) -> Author:
        """Who writes."""
        return self._workspace.author

    def rights_in(self, space: str) -> frozenset[str]:
        """What this device may write in a space now; nothing where nobody admitted it."""
        with self._alive() as sql:
            row = self._workspace.log.space(sql, space)
            return frozenset() if row is None else self._workspace.own_rights(sql, row)

    def opened_here(self, space: str) -> bool:
        """Whether this laptop opened a space under its own root."""
        with self._alive() as sql:
            row = self._workspace.log.space(sql, space)
            return row is not None and opened_by(row, self._workspace.author.root)

    def controls_seen(self, space: str) -> tuple[str, ...]:
        """What a member, revoke or settle record of this space must carry as ``seen``."""
        with self._alive() as sql:
            row = self._workspace.log.space(sql, space)
            return () if row is None else self._workspace.intake.known(sql, row).seen(space)

    def accept(self, changesets: Sequence[ChangeSet], *, received_from: str) -> list[Outcome]:
        """Takes in what others wrote, in any order, as often as one likes; one outcome for each."""
        with self._alive() as sql:
            received = (self._workspace.clock.wall(), received_from)
            own = own_streams.tips(sql, (changeset.space for changeset in changesets))
            outcomes = self._workspace.intake.accept(sql, changesets, received)
            came = [changeset for changeset, outcome in zip(changesets, outcomes, strict=True) if _vouched_new(outcome)]
            for space, (pk, tip) in own.items():
                reports = [Tip(c.stream, c.n, c.hash) for c in came if (c.space, c.stream) == (space, tip.stream)]
                self._end_behind(sql, pk, tip, [report for report in reports if report.n > tip.n])
            self._workspace.forget_judges()
            self._came += came
            return outcomes

    def compare_own(self, space: str, theirs: Vector) -> EpochReason | None:
        """Compares what a peer reports of this laptop's own stream with what is here.

        Where the peer has more or other records, this laptop was set back or copied: its next write begins a new
        epoch. Says which it was, ``None`` where there is nothing to tell.
        """
        with self._alive() as sql:
            own = own_streams.tips(sql, [space]).get(space)
            if own is None:
                return None
            pk, tip = own
            known = Holdings(sql, space).knows([digest for _, digest in theirs.ends.get(tip.stream, ())])
            return self._end_behind(sql, pk, tip, unknown_ends(tip.stream, theirs, known.__contains__))

    def _end_behind(self, sql: Sql, space: int, own: Tip, reports: Sequence[Tip]) -> EpochReason | None:
        reason = own_streams.end_behind(sql, space, own, reports)
        if reason is not None:
            self._workspace.epoch_reason = reason
            self._workspace.streams.pop(space, None)
        return reason

    def note_peer(self, space: str, peer: str, name: str, holds: Holds) -> None:
        """Writes down what a peer (its device id and name) reported to hold durably, in place of its last report."""
        with self._alive() as sql:
            copies.note(sql, space, Peer(peer, name, self._workspace.clock.wall()), holds)

    def note_late(self, space: str, peer: str, name: str, holds: Holds) -> None:
        """Writes down a report that came on a stick (``copies.note_late``)."""
        with self._alive() as sql:
            copies.note_late(sql, space, Peer(peer, name, self._workspace.clock.wall()), holds)

    def note_package(self, passed: Passed) -> None:
        """Remembers a package that was written or read here."""
        with self._alive() as sql:
            packages.note(sql, passed)

    def confirm_package(self, package: str) -> None:
        """Remembers that a receipt came for a package written here."""
        with self._alive() as sql:
            packages.confirm(sql, package, self._workspace.clock.wall())

    def note_age_key(self, recipient: Recipient) -> None:
        """Remembers the key that packages for another laptop are locked to."""
        with self._alive() as sql:
            packages.note_key(sql, recipient)

    def note_blobs(self, peer: str, name: str, *, has: Collection[str] = (), lacks: Collection[str] = ()) -> None:
        """Writes down which blobs a peer has seen whole, and which it has not."""
        with self._alive() as sql:
            copies.note_blobs(sql, Peer(peer, name, self._workspace.clock.wall()), has, lacks)

    def remember_act(self, id: str, digest: bytes, receipt: str) -> None:
        """Keeps the receipt of an act under its caller's id, so that a repeated line gets the same one."""
        with self._alive() as sql:
            sql.run("INSERT INTO act (id, digest, receipt) VALUES (?, ?, ?)", (id, digest, receipt))

    def put_own(self, name: str, data: bytes) -> None:
        """Keeps a secret of this laptop inside the encrypted file."""
        with self._alive() as sql:
            sql.run("INSERT OR REPLACE INTO own (name, bytes) VALUES (?, ?)", (name, data))

    def put_draft(self, draft: Draft) -> None:
        """Keeps text being typed; ``draft.updated`` orders the drafts."""
        with self._alive() as sql:
            self._workspace.write_draft(sql, draft)

    def drop_draft(self, space: str, entity: str, id: str, field: str) -> None:
        """Forgets a draft; the text was committed or thrown away."""
        with self._alive() as sql:
            sql.run(
                "DELETE FROM draft WHERE space = ? AND entity = ? AND entity_id = ? AND field = ?",
                (space, entity, id, field),
            )

    def keep_unreadable(self, reason: str, data: bytes, received_from: str) -> None:
        """Keeps bytes that are no change set, once and up to 8 MiB of them, for people to look into."""
        with self._alive() as sql:
            kept = data[: 8 * 1024 * 1024]
            if sql.run("SELECT 1 FROM quarantine_file WHERE bytes = ?", (kept,)).fetchone():
                return  # whoever sends it again has nothing new to say
            sql.run(
                "INSERT INTO quarantine_file (reason, bytes, received_from, at) VALUES (?, ?, ?, ?)",
                (reason, kept, received_from, self._workspace.clock.wall()),
            )

    def commit(self) -> list[Receipt]:
        """Returns only when the disk has everything written; then the unit of work has ended."""
        with self._alive() as sql:
            search.settle(sql)
            self._workspace.commit(self)
            self._sql = None
        self._workspace.after_commit(self._receipts)
        if self._came:
            self._workspace.tell_arrived(self._came)
        return self._receipts


def _vouched_new(outcome: Outcome) -> bool:
    """Whether it came just now and its signature fits, or cannot be checked yet."""
    return outcome.new and outcome.verdict.reason not in UNVOUCHED
