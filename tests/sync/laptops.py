"""Laptops of the random histories that meet through real exchanges, over a way that cuts, repeats and delays."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from inspector.domain.changeset import ChangeSet
from inspector.domain.exchange import Holds, Numbered, unknown_ends
from inspector.domain.judgement import Verdict
from inspector.domain.merge import Outcome
from inspector.domain.streams import EpochReason
from inspector.storage import copies
from inspector.storage.holdings import Holdings, Place
from inspector.sync.exchange import Exchange, Report
from inspector.sync.host import Host
from inspector.sync.messages import Answer, Hello, Kept, Page, Peer, Piece, Request, Result
from tests.merge.replica import SPACE, Program, Replica, read
from tests.merge.world import Violation, World
from tests.storage.stored_known import StoredKnown

ROOM = 2_500
"""Unpacked bytes of a frame here: two or three change sets, so that a cut finds something to cut."""


class WayCut(Exception):
    """The connection is gone."""


class LaptopStore:
    """The disk of one laptop of the histories, with its database, as the store of an exchange."""

    holdings_class: type[Holdings] = Holdings

    def __init__(self, replica: Replica) -> None:
        self.replica = replica

    @property
    def known(self) -> StoredKnown:
        assert isinstance(self.replica.known, StoredKnown)
        return self.replica.known

    @contextmanager
    def holdings(self, space: str) -> Iterator[Holdings]:
        with self.known.database.reading() as sql:
            yield self.holdings_class(sql, space)

    def meet(self, space: str, peer: Hello, holds: Holds) -> EpochReason | None:
        with self.holdings(space) as holdings:
            own = holds.vector.ends.get(self.replica.stream, ())
            known = holdings.knows([digest for _, digest in own])
        lost = unknown_ends(self.replica.stream, holds.vector, known.__contains__)
        self.replica.reports.extend(lost)
        with self.known.database.writing() as sql:
            copies.note(sql, space, copies.Peer(peer.device, peer.name, ""), holds)
        return EpochReason.RESTORED if lost else None

    def take_in(self, changesets: Sequence[ChangeSet], peer: Hello) -> list[Outcome]:
        outcomes = self.known.accept(changesets)
        self.replica.disk.update(dict.fromkeys((one.body, one.signature) for one in changesets))
        self.replica.lamport = max([self.replica.lamport, *(one.lamport for one in changesets)])
        return outcomes

    def keep_unreadable(self, reason: str, found: Sequence[bytes], peer: Hello) -> None:
        raise AssertionError("nothing here is unreadable")


@dataclass
class Parts:
    """The parts of an exchange; a mutant replaces one of them."""

    exchange: type[Exchange] = Exchange
    host: type[Host] = Host
    store: type[LaptopStore] = LaptopStore


class Statuses(Protocol):
    def status(self, digest: bytes) -> Verdict | None: ...


class Disk(Protocol):
    """Where one can look whether something was written down."""

    @property
    def known(self) -> Statuses: ...


class Way:
    """A peer behind a way on which message number ``cut`` is lost, before it arrives or its answer."""

    def __init__(self, host: Host, store: Disk, cut: int, chance: random.Random | None) -> None:
        self._host = host
        self._store = store
        self._left = cut
        self._answer_is_lost = cut % 2 == 0 if chance is None else chance.random() < 0.5
        self._chance = chance
        self._old: list[bytes] = []

    def _send(self, message: Callable[[], object]) -> None:
        """Delivers a message and loses the answer, or loses the message."""
        if self._left:
            self._left -= 1
            if not self._left:
                if self._answer_is_lost:
                    message()
                raise WayCut
        if self._chance is not None and self._chance.random() < 0.2:
            message()

    def hello(self, me: Hello) -> Hello:
        return self._host.hello(me)

    def have(self, space: str, holds: Holds) -> Answer:
        self._send(lambda: self._host.have(space, holds))
        return self._host.have(space, holds)

    def push(self, space: str, frame: bytes) -> list[Result]:
        if self._chance is not None and self._old and self._chance.random() < 0.3:
            self._host.push(space, self._chance.choice(self._old))
        self._old.append(frame)
        self._send(lambda: self._host.push(space, frame))
        results = self._host.push(space, frame)
        for result in results:
            if result.kept is not Kept.FOREIGN and self._store.known.status(result.hash) is None:
                raise Violation("acknowledged and not on the disk")
        return results

    def fetch(self, space: str, request: Request, place: Place) -> Page:
        self._send(lambda: self._host.fetch(space, request, place))
        return self._host.fetch(space, request, place)

    def hashes(self, space: str, stream: str) -> list[Numbered]:
        self._send(lambda: self._host.hashes(space, stream))
        return self._host.hashes(space, stream)

    def blobs_need(self, space: str, offered: Mapping[str, int]) -> Mapping[str, int]:
        return self._host.blobs_need(space, offered)

    def blobs_have(self, space: str, wanted: Collection[str]) -> Mapping[str, int]:
        return self._host.blobs_have(space, wanted)

    def blob_read(self, space: str, sha256: str, offset: int, length: int) -> Piece:
        return self._host.blob_read(space, sha256, offset, length)

    def blob_write(self, space: str, sha256: str, offset: int, data: bytes, size: int) -> int:
        return self._host.blob_write(space, sha256, offset, data, size)


class MeetingWorld(World):
    """The world of the histories, in which sending is an exchange of two laptops."""

    def __init__(self, team: Sequence[int], folder: Path, parts: Parts | None = None) -> None:
        self.parts = parts or Parts()
        self.opened: list[StoredKnown] = []
        super().__init__(team, Program(known=lambda *rules: self._open(folder, *rules)))

    def _open(self, folder: Path, *rules: object) -> StoredKnown:
        self.opened.append(StoredKnown(folder, *rules))  # type: ignore[arg-type]  # the three of ``Program.known``
        return self.opened[-1]

    def close(self) -> None:
        for opened in self.opened:
            opened.close()

    def _do_send(self, a: int, b: int, limit: int, shuffle: int) -> None:
        asker, host = self.at(a), self.at(b)
        if asker is not host:
            cut = limit + shuffle % 7 if limit else 0
            self.meet(asker, host, cut, random.Random(shuffle) if shuffle else None)

    def _do_restore(self, s: int, keep_mark: int) -> None:
        super()._do_restore(s, keep_mark)
        if self.snapshots:  # what others believe it has may be gone; the next report tells them
            device = self.replicas[self.snapshots[s % len(self.snapshots)][0]].identity.device
            for replica in self.replicas:
                store = self.parts.store(replica)
                store.meet(SPACE, Hello(device, device), Holds())

    def meet(self, asker: Replica, host: Replica, cut: int = 0, chance: random.Random | None = None) -> None:
        """One exchange: where it is not cut, both must agree afterwards, and say so."""
        mine, theirs = self.parts.store(asker), self.parts.store(host)
        waiting = {*_held(asker), *_held(host)}
        answering = self.parts.host(theirs, hello_of(host), {SPACE}, room=ROOM)
        way: Peer = Way(answering, theirs, cut, chance)
        try:
            report: Report | None = self.parts.exchange(mine, hello_of(asker), way, ROOM).run(SPACE)
        except WayCut:
            report = None
        if chance is None and {*_held(asker), *_held(host)} - waiting:
            raise Violation("came without what it needs")
        if report is not None and not report.matched:
            raise Violation("nothing was in the way and they do not match")
        if report is not None and _known(asker) != _known(host):
            raise Violation("said to match and does not")
        for replica in (asker, host):
            self.check_copies(replica)

    def check_copies(self, replica: Replica) -> None:
        """What a laptop believes to be elsewhere is there, and its predecessors with it.

        Whether what waits is signed shows when its stream comes; until then its bytes count.
        """
        known = self.parts.store(replica).known
        held: dict[str, set[bytes]] = {}
        bytes_of: dict[str, set[bytes]] = {}
        for other in self.replicas:
            if other is not replica:
                held.setdefault(other.identity.device, set()).update(other.holds())
                bytes_of.setdefault(other.identity.device, set()).update(read(item).hash for item in other.disk)
        with known.database.reading() as sql:
            claims = sql.run("SELECT id, hash, alone FROM held_by JOIN peer ON peer.pk = peer").fetchall()
        if any(digest not in (bytes_of if alone else held).get(peer, ()) for peer, digest, alone in claims):
            raise Violation("counted on a disk that does not have it")

    def meet_all(self) -> None:
        """Twice everybody with everybody."""
        for _ in range(2):
            for number, asker in enumerate(self.replicas):
                for host in self.replicas[:number]:
                    self.meet(asker, host)
        for replica in self.replicas if len(self.replicas) > 1 else ():
            with self.parts.store(replica).known.database.reading() as sql:
                if copies.count(sql, SPACE).only_here:
                    raise Violation("everything is everywhere and some of it counts as being here alone")


def hello_of(replica: Replica) -> Hello:
    return Hello(replica.identity.device, replica.identity.device)


def _known(replica: Replica) -> set[bytes]:
    return set(replica.known.arrivals(SPACE))


def _held(replica: Replica) -> list[bytes]:
    return [held.hash for held in replica.known.held()]
