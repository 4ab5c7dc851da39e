"""The log of a hub, open: what came is written by the lane, questions have views of their own.

Every method may be called from any thread, and on PostgreSQL from any number of processes. What cannot be done now
raises ``Unavailable``: ``hub-busy``, ``hub-full``, ``hub-database-away``; then nothing of it counts as received.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sqlalchemy import Connection, func, select

from inspector.domain.changeset import ChangeSet
from inspector.domain.exchange import Holds, Vector
from inspector.domain.merge import Held, Outcome
from inspector.storage.hub import invited, receipts, tables
from inspector.storage.hub.engine import HubDatabase, check_version
from inspector.storage.hub.holdings import HubHoldings
from inspector.storage.hub.intake import Locked, insert_new, replace_rows
from inspector.storage.hub.invited import Invited
from inspector.storage.hub.judging import MOST_REMEMBERED, Memory
from inspector.storage.hub.lane import Batch, Group, Lane
from inspector.storage.hub.receipts import Receipt
from inspector.storage.hub.tables import blob_ref, holder, log, space, stream, unreadable
from inspector.storage.resolve import REGISTRY, Rules
from inspector.system.clock import wall_time

HUB, INCARNATION = "hub", "incarnation"
_ADMITTED = "admitted "
MOST_KEPT = 8 * 1024 * 1024
"""Bytes of something unreadable that are kept."""

_WRITERS = 2  # the judging of one goes on while another waits for the disk


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is, of everything; no names, no contents."""

    spaces: int
    records: int
    held: int
    quarantined: int
    unreadable: int
    forked: int
    receipts: int


@dataclass(frozen=True, slots=True)
class Holder:
    """What a laptop said it holds of a space, and when, for people to read."""

    device: str
    name: str
    at: str
    holds: Holds


class HubLog:
    """``address``: the path of an SQLite file, or ``postgresql://…`` (``engine.HubDatabase``)."""

    def __init__(
        self,
        address: str,
        *,
        rules: Rules = REGISTRY,
        now: Callable[[], str] = wall_time,
        remembered: int = MOST_REMEMBERED,
    ) -> None:
        """Raises ``Unavailable`` (``hub-missing`` …), ``Refused`` (``newer-program``)."""
        self.database = HubDatabase(address, writers=_WRITERS)
        self._rules = rules
        self._now = now
        self._memory = Memory(remembered)
        try:
            check_version(self.database)
        except BaseException:
            self.database.close()
            raise
        self._notes = HolderNotes()
        self._lane = Lane(self._commit, threads=self.database.writers, one_space=self.database.is_postgres)

    def close(self) -> None:
        """Ends after what was given; may be called again."""
        self._lane.close()
        self.database.close()

    def __enter__(self) -> HubLog:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def named(self, what: str) -> str:
        """The id (``HUB``) or the incarnation (``INCARNATION``) of this hub."""
        with self.database.reading() as connection:
            return tables.get_meta(connection, what) or ""

    @contextmanager
    def holdings(self, name: str) -> Iterator[HubHoldings]:
        """What is here of a space, from one steady view."""
        with self.database.reading() as connection:
            yield HubHoldings(connection, name)

    def admit(self, root: bytes) -> None:
        """Lets in every laptop with a certificate of this root (32 bytes), also before any record says so."""
        with self.database.writing() as connection:
            tables.set_meta(connection, f"{_ADMITTED}{root.hex()}", self._now())

    def admitted(self) -> set[bytes]:
        with self.database.reading() as connection:
            names = connection.scalars(select(tables.meta.c.name).where(tables.meta.c.name.startswith(_ADMITTED)))
            return {bytes.fromhex(name.removeprefix(_ADMITTED)) for name in names}

    def office(self) -> str:
        """The root (hex) that was let in first, which is that of the office's laptop; empty before there is one."""
        statement = select(tables.meta.c.name).where(tables.meta.c.name.startswith(_ADMITTED))
        with self.database.reading() as connection:
            first = connection.scalar(statement.order_by(tables.meta.c.value, tables.meta.c.name).limit(1))
        return (first or "").removeprefix(_ADMITTED)

    def invite(self, one: Invited) -> None:
        """Keeps an invitation that was written."""
        with self.database.writing() as connection:
            invited.write(connection, one)

    def invitations(self) -> list[Invited]:
        with self.database.reading() as connection:
            return invited.every(connection)

    def has_joined(self, root: bytes, device: str, key: bytes) -> bool:
        """Whether this laptop was let in with the invitation of this root, which was not revoked since."""
        with self.database.reading() as connection:
            found = invited.of(connection, root)
        return found is not None and not found.revoked and (found.device, found.key) == (device, key.hex())

    def join(self, root: bytes, device: str, key: bytes) -> Invited:
        """Lets a laptop in with an invitation. Raises ``Refused`` as ``invited.join``."""
        with self.database.writing() as connection:
            return invited.join(connection, root, device, key, self._now())

    def revoke_invitation(self, one: Invited) -> Invited:
        """Lets nobody in any more with an invitation."""
        with self.database.writing() as connection:
            found = replace(invited.of(connection, bytes.fromhex(one.root)) or one, revoked=True)
            invited.write(connection, found)
        return found

    def take_in(self, changesets: Sequence[ChangeSet], received_from: str) -> list[Outcome]:
        """Commits change sets, each space of them in one transaction; one outcome for each, in the same order."""
        received = (self._now(), _plain(received_from))
        places: dict[str, list[int]] = {}
        for place, changeset in enumerate(changesets):
            places.setdefault(changeset.space, []).append(place)
        outcomes: dict[int, Outcome] = {}
        for name, mine in places.items():
            outcomes.update(
                zip(mine, self._take_in(name, [changesets[place] for place in mine], received), strict=True)
            )
        return [outcomes[place] for place in range(len(changesets))]

    def _take_in(self, name: str, batch: list[ChangeSet], received: tuple[str, str]) -> list[Outcome]:
        return self._lane.do(name, lambda work: work.locked(name).take_in(batch, received))

    def note_holder(self, name: str, device: str, called: str, holds: Holds) -> None:
        """Keeps what a laptop durably holds of a space, in place of what it said before; on the disk a moment later.

        After a crash in that moment the laptop says it again when it comes again.
        """
        row = {"space": _plain(name), "device": _plain(device), "name": _plain(called), "at": self._now()}
        row["holds"] = _written(holds)
        self._notes.put(row, lambda: self._lane.later("", lambda work: work.note_holders(self._notes)))

    def keep_unreadable(self, reason: str, found: Sequence[bytes], received_from: str) -> None:
        """Keeps bytes that are no change set, the same ones once."""
        rows = [
            {
                "sha256": hashlib.sha256(data).digest(),
                "reason": reason,
                "bytes": data[:MOST_KEPT],
                "recv_at": self._now(),
                "recv_from": _plain(received_from),
            }
            for data in found
        ]
        self._lane.do("", lambda work: insert_new(work.connection, unreadable, rows))

    def give_receipt(self, name: str, sign: Callable[[bytes], bytes], hub: str, incarnation: str) -> Receipt:
        """The signed receipt of what is here of a space; ``sign`` makes 64 bytes."""

        def write(work: _Work) -> Receipt:
            work.locked(name)
            return receipts.give(work.connection, name, sign, hub, incarnation, self._now())

        return self._lane.do(name, write)

    def receipts(self, name: str) -> list[Receipt]:
        with self.database.reading() as connection:
            return receipts.of(connection, name)

    def waiting(self, name: str) -> tuple[Held, ...]:
        """What waits in a space, with the names of the change sets it waits for."""
        return self._lane.do(name, lambda work: work.locked(name).known.held())

    def holders(self, name: str) -> list[Holder]:
        """Who said what they hold of a space, by name."""
        self._lane.do("", lambda work: work.note_holders(self._notes))
        with self.database.reading() as connection:
            rows = connection.execute(select(holder).where(holder.c.space == name)).all()
        found = [Holder(row.device, row.name, row.at, _read(row.holds)) for row in rows]
        return sorted(found, key=lambda one: (one.name, one.device))

    def spaces(self) -> list[str]:
        """The ids of all spaces of which anything came."""
        with self.database.reading() as connection:
            return list(connection.scalars(select(space.c.id).order_by(space.c.id)))

    def roots(self) -> dict[str, bytes]:
        """The root of every space, all from one view."""
        with self.database.reading() as connection:
            names = connection.scalars(select(space.c.id).order_by(space.c.id)).all()
            return {name: HubHoldings(connection, name).vector().root() for name in names}

    def named_blobs(self, name: str | None = None) -> set[str]:
        """The hashes (64 hex digits) of the blobs that known records of a space name, or of all spaces."""
        statement = select(blob_ref.c.sha256)
        if name is not None:
            statement = statement.join(space, space.c.pk == blob_ref.c.space).where(space.c.id == name)
        with self.database.reading() as connection:
            return {sha256.hex() for sha256 in connection.scalars(statement)}

    def names_blob(self, name: str, sha256: str) -> bool:
        """Whether a known record of a space names a blob."""
        statement = select(blob_ref.c.space).join(space, space.c.pk == blob_ref.c.space)
        asked = statement.where(space.c.id == name, blob_ref.c.sha256 == bytes.fromhex(sha256))
        with self.database.reading() as connection:
            return connection.execute(asked).first() is not None

    def counts(self) -> Counts:
        with self.database.reading() as connection:
            waits = log.c.lseq.is_(None)
            return Counts(
                spaces=_count(connection, select(func.count()).select_from(space)),
                records=_count(connection, select(func.count()).select_from(log)),
                held=_count(connection, select(func.count()).where(log.c.status != 0, log.c.status == 1, waits)),
                quarantined=_count(connection, select(func.count()).where(log.c.status != 0, log.c.status == 2)),
                unreadable=_count(connection, select(func.count()).select_from(unreadable)),
                forked=_count(connection, select(func.count()).where(stream.c.forked)),
                receipts=_count(connection, select(func.count()).select_from(tables.receipt)),
            )

    def waiting_batches(self) -> int:
        """How many batches of this process wait for the writer."""
        return self._lane.waiting()

    def _commit(self, group: Group) -> None:
        """One transaction for a group; what it learnt is remembered only when it is on the disk."""
        with self.database.writing() as connection:
            work = _Work(connection, self._memory, self._rules)
            group.run(work.do)
            work.finish()
        work.keep()


class HolderNotes:
    """What laptops said they hold and the disk does not have yet: the last of each laptop and space."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], dict[str, str]] = {}
        self._called: Batch[None] | None = None
        self._lock = threading.Lock()

    def put(self, row: dict[str, str], call: Callable[[], Batch[None]]) -> None:
        """``call``: for somebody to write it down, who is still to come or was called in vain."""
        with self._lock:
            self._rows[row["space"], row["device"]] = row
            if self._called is None or self._called.is_done:
                self._called = call()

    def take(self) -> list[dict[str, str]]:
        """All of them, in one order; they stay until they are forgotten."""
        with self._lock:
            self._called = None
            return [row for _, row in sorted(self._rows.items())]

    def forget(self, written: Sequence[dict[str, str]]) -> None:
        with self._lock:
            for row in written:
                key = row["space"], row["device"]
                if self._rows.get(key) is row:
                    del self._rows[key]


class _Work:
    """What batches of one transaction share: its connection, and the spaces they locked."""

    def __init__(self, connection: Connection, memory: Memory, rules: Rules) -> None:
        self.connection = connection
        self._memory = memory
        self._rules = rules
        self._spaces: dict[str, Locked] = {}
        self._notes: HolderNotes | None = None
        self._noted: list[dict[str, str]] = []

    def note_holders(self, notes: HolderNotes) -> None:
        """To be written as the last thing before the commit, in one order: so programs do not wait in a circle."""
        self._notes = notes

    def do(self, batch: Batch[object]) -> None:
        batch.result = batch.work(self)

    def locked(self, name: str) -> Locked:
        found = self._spaces.get(name)
        if found is None:
            found = self._spaces[name] = Locked(self.connection, name, self._memory, self._rules)
        return found

    def finish(self) -> None:
        for locked in self._spaces.values():
            locked.finish()
        if self._notes is not None:
            self._noted = self._notes.take()
            replace_rows(self.connection, holder, self._noted)

    def keep(self) -> None:
        for locked in self._spaces.values():
            locked.keep()
        if self._notes is not None:
            self._notes.forget(self._noted)


def _count(connection: Connection, statement: object) -> int:
    return int(connection.execute(statement).scalar_one())  # type: ignore[call-overload]  # one of the selects above


def _plain(text: str) -> str:
    """A text PostgreSQL keeps, which is any without a zero byte."""
    return text.replace("\0", "")


def _written(holds: Holds) -> str:
    ends = {_plain(name): [[n, digest.hex()] for n, digest in ends] for name, ends in holds.vector.ends.items()}
    return json.dumps({"ends": ends, "held": [digest.hex() for digest in holds.held]}, ensure_ascii=True)


def _read(text: str) -> Holds:
    told = json.loads(text)
    ends = {name: tuple((n, bytes.fromhex(digest)) for n, digest in found) for name, found in told["ends"].items()}
    return Holds(Vector(ends), tuple(bytes.fromhex(digest) for digest in told["held"]))
