"""Laptops of the random histories that meet by stick: real packages, real receipts, old ones and halves among them."""

from __future__ import annotations

import itertools
import random
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import islice
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, TypeVar, cast
from unittest import mock

from inspector.domain.changeset import ChangeSet
from inspector.domain.exchange import Holds, Vector, unknown_ends
from inspector.domain.merge import Outcome
from inspector.domain.streams import EpochReason, Tip
from inspector.storage import copies, packages
from inspector.storage.copies import Peer
from inspector.storage.holdings import Holdings
from inspector.storage.reading import Snapshot
from inspector.sync.messages import Hello
from inspector.sync.package import parcel
from inspector.sync.package.applying import apply
from inspector.sync.package.reading import Opened, check, find, open_package
from inspector.sync.package.receipts import take_receipt, write_receipt
from inspector.sync.package.writing import Lock, write
from inspector.system.age import AgeKey
from inspector.system.identity import Identity, issue_certificate, new_identity, read_certificate
from tests.merge.history import History
from tests.merge.replica import SPACE, Replica
from tests.merge.world import Violation
from tests.sync.laptops import ROOM, MeetingWorld
from tests.sync.meeting import lived

if TYPE_CHECKING:
    from inspector.storage.engine import Database, Sql
    from inspector.storage.workspace import Workspace

_MOMENT = datetime(2026, 11, 26, 10, 38)
_MOST_ROUNDS = 3
_numbers = itertools.count()
T = TypeVar("T")


class Stopped(Exception):
    """Somebody pulled the stick out."""


@cache
def _identity(device: str) -> Identity:
    """Keys and certificate for the packages of a device; its copies share them, as copies of a disk do."""
    from dataclasses import replace

    made = new_identity(device, "", "", (), "")
    certificate = replace(read_certificate(made.certificate), device=device)
    return replace(made, certificate=issue_certificate(made.root, certificate))


@dataclass
class Unit:
    """A unit of work of such a laptop: what the packages ask of one."""

    laptop: PackedLaptop
    sql: Sql | None = None

    def commit(self) -> None:
        if self.sql is not None:
            self.laptop.database.commit()
            self.sql = None

    def writing(self) -> Sql:
        """Its transaction, begun when it first writes."""
        self.sql = self.sql or self.laptop.database.begin()
        return self.sql

    def compare_own(self, space: str, theirs: Vector) -> EpochReason | None:
        lost = self.laptop.lost(self.writing(), theirs)
        self.laptop.replica.reports.extend(lost)
        return EpochReason.RESTORED if lost else None

    def accept(self, changesets: Sequence[ChangeSet], *, received_from: str) -> list[Outcome]:
        store = self.laptop.world.parts.store(self.laptop.replica)
        return store.take_in(changesets, Hello(received_from, received_from))

    def note_late(self, space: str, peer: str, name: str, holds: Holds) -> None:
        copies.note_late(self.writing(), space, Peer(peer, name, ""), holds)

    def note_blobs(self, peer: str, name: str, *, has: Collection[str] = (), lacks: Collection[str] = ()) -> None:
        """There are none in these histories."""

    def note_package(self, passed: packages.Passed) -> None:
        packages.note(self.writing(), passed)

    def confirm_package(self, package: str) -> None:
        packages.confirm(self.writing(), package, "now")

    def note_age_key(self, recipient: packages.Recipient) -> None:
        packages.note_key(self.writing(), recipient)


class PackedLaptop:
    """A laptop of the histories as the workspace of the packages, as far as they look at one."""

    def __init__(self, world: PackageWorld, replica: Replica, room: Path) -> None:
        self.world, self.replica = world, replica
        identity = _identity(replica.identity.device)
        self.author = SimpleNamespace(
            device=replica.identity.device, certificate=identity.certificate, key=identity.device, app="1"
        )
        self.key = cast(AgeKey, identity.age)
        self.places = SimpleNamespace(temporary=room, folder=room)
        self.clock = SimpleNamespace(wall=lambda: "2026-11-26T10:38:00+07:00")
        self.blobs = SimpleNamespace(all=lambda: iter(()))

    @property
    def workspace(self) -> Workspace:
        return cast("Workspace", self)

    def age_key(self) -> AgeKey:
        return self.key

    def spaces(self) -> list[SimpleNamespace]:
        return [SimpleNamespace(id=SPACE)]

    def named_blobs(self, space: str) -> set[str]:
        return set()

    def blobs_at(self, device: str) -> set[str]:
        return set()

    @contextmanager
    def holdings(self, space: str) -> Iterator[Holdings]:
        with self.world.parts.store(self.replica).holdings(space) as holdings:
            yield holdings

    def package(self, id: str, way: packages.Way) -> packages.Passed | None:
        return self.read(lambda sql: packages.find(sql, id, way))

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        with self.database.reading() as sql:
            yield Snapshot(sql)

    @contextmanager
    def unit_of_work(self) -> Iterator[Unit]:
        unit = Unit(self)
        try:
            yield unit
        finally:
            if unit.sql is not None:
                self.database.roll_back()

    def lost(self, sql: Sql, theirs: Vector) -> tuple[Tip, ...]:
        """What somebody says of its own stream and it does not have."""
        stream = self.replica.stream
        known = Holdings(sql, SPACE).knows([digest for _, digest in theirs.ends.get(stream, ())])
        return unknown_ends(stream, theirs, known.__contains__)

    @property
    def database(self) -> Database:
        return self.world.parts.store(self.replica).known.database

    def read(self, question: Callable[[Sql], T]) -> T:
        with self.database.reading() as sql:
            return question(sql)


class PackageWorld(MeetingWorld):
    """The world of the histories, in which sending is a package and its receipt."""

    def __init__(self, team: Sequence[int], folder: Path) -> None:
        self.room = folder / f"sticks-{next(_numbers)}"
        self.room.mkdir()
        self.kept: list[tuple[str, Path]] = []
        self.restored: set[str] = set()
        super().__init__(team, folder)

    def close(self) -> None:
        super().close()
        shutil.rmtree(self.room)

    def laptop(self, replica: Replica) -> PackedLaptop:
        return PackedLaptop(self, replica, self.room)

    def _do_pack(self, a: int) -> None:
        """A package for everybody that is read some time later, or several times, or never."""
        self.kept.append((self.at(a).identity.device, self.write_package(self.at(a), self.at(a + 1), everything=True)))

    def _do_unpack(self, p: int, b: int, limit: int, shuffle: int) -> None:
        if self.kept:
            sender, stick = self.kept[p % len(self.kept)]
            self.read_package(self.at(b), stick, limit)
            if sender in self.restored:  # what it said before it was set back is worth nothing any more
                self._forget(sender)

    def _do_restore(self, s: int, keep_mark: int) -> None:
        super()._do_restore(s, keep_mark)
        if self.snapshots:
            self.restored.add(self.replicas[self.snapshots[s % len(self.snapshots)][0]].identity.device)

    def _do_clone(self, r: int) -> None:
        super()._do_clone(r)
        self.restored.add(self.at(r).identity.device)

    def _forget(self, device: str) -> None:
        for replica in self.replicas:
            self.parts.store(replica).meet(SPACE, Hello(device, device), Holds())

    def meet(self, asker: Replica, host: Replica, cut: int = 0, chance: random.Random | None = None) -> None:
        """Packages both ways with receipts; uncut, both know the same afterwards."""
        if asker.identity.device == host.identity.device:
            self._meet_copy(asker, host)
            return
        for _ in range(_MOST_ROUNDS):
            for sender, receiver in ((host, asker), (asker, host)):
                opened = self.read_package(receiver, self.write_package(sender, receiver), cut)
                if opened is None:
                    self.check_copies(receiver)
                    return
                if chance is None or chance.random() < 0.8:
                    self._confirm(sender, receiver, opened)
            for replica in (asker, host):
                self.check_copies(replica)
            if chance is not None or set(_arrived(asker)) == set(_arrived(host)):
                return
        raise Violation("three packages each way and they do not know the same")

    def meet_all(self) -> None:
        """Everybody meets everybody; then each one other laptop again, so that all have said what they hold now."""
        for number, asker in enumerate(self.replicas):
            for host in self.replicas[:number]:
                self.meet(asker, host)
        for asker in self.replicas[1:]:
            others = (host for host in self.replicas if host.identity.device != asker.identity.device)
            for host in islice(others, 1):
                self.meet(asker, host)
        for replica in self.replicas if len({one.identity.device for one in self.replicas}) > 1 else ():
            only_here = self.laptop(replica).read(lambda sql: copies.count(sql, SPACE).only_here)
            if only_here:
                raise Violation("everything is everywhere and some of it counts as being here alone")

    def _meet_copy(self, asker: Replica, host: Replica) -> None:
        """A laptop and its copy: each takes the whole of the other."""
        for sender, receiver in ((host, asker), (asker, host)):
            self.read_package(receiver, self.write_package(sender, receiver, everything=True), 0)

    def write_package(self, sender: Replica, receiver: Replica, *, everything: bool = False) -> Path:
        stick = self.room / f"stick-{next(_numbers)}"
        mine, theirs = self.laptop(sender), self.laptop(receiver)
        keys = {other.identity.device: self.laptop(other).key.public for other in self.replicas}
        lock = Lock(
            keys | {"nobody": theirs.key.public} if everything else {receiver.identity.device: theirs.key.public}
        )
        write(mine.workspace, stick, [SPACE], lock, moment=_MOMENT)
        return stick

    def read_package(self, receiver: Replica, stick: Path, cut: int) -> Opened | None:
        """``None`` where it was not taken in whole: the stick was pulled out after frame number ``cut``."""
        laptop = self.laptop(receiver)
        opened = open_package(find(stick), laptop.age_key())
        frames = 0

        def told(done: int, total: int) -> None:
            nonlocal frames
            frames += 1
            if cut and frames == cut:
                raise Stopped

        with check(laptop.workspace, opened) as checked:
            try:
                apply(laptop.workspace, checked, told)
            except Stopped:
                return None
        return opened

    def _confirm(self, sender: Replica, receiver: Replica, opened: Opened) -> None:
        receipt = write_receipt(self.laptop(receiver).workspace, opened, opened.folder)
        take_receipt(self.laptop(sender).workspace, receipt)


def _arrived(replica: Replica) -> tuple[bytes, ...]:
    return replica.known.arrivals(SPACE)


def failure(history: History, folder: Path) -> Exception | None:
    """How a history fails, None where it does not; frames are small, so that a stick can be pulled out between two."""
    with mock.patch.object(parcel, "FILLED", ROOM):
        return lived(PackageWorld(history.team, folder), history, folder)
