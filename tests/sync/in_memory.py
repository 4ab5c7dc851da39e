"""The random histories through real exchanges of the pure merge: for broken merges, which have no disk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import cast

from inspector.domain.changeset import ChangeSet
from inspector.domain.exchange import Holds, Numbered, Range, Vector, unknown_ends
from inspector.domain.merge import Known
from inspector.domain.streams import EpochReason, Tip
from inspector.storage.holdings import Place, Signed
from inspector.sync.messages import Hello
from inspector.sync.store import View
from tests.merge.history import History
from tests.merge.replica import SPACE, Program, Replica
from tests.merge.world import World
from tests.storage.stored_known import StoredKnown
from tests.sync.laptops import LaptopStore, MeetingWorld, Parts


class MemoryView:
    """What the pure merge has of the space, as an exchange asks it (``storage.holdings.Holdings``)."""

    def __init__(self, known: Known) -> None:
        self._known = [self._get(known, digest) for digest in known.arrivals(SPACE)]
        self._held = [self._get(known, held.hash) for held in known.held()]

    @staticmethod
    def _get(known: Known, digest: bytes) -> ChangeSet:
        found = known.get(digest)
        if found is None:
            raise AssertionError("named and not there")
        return found

    def holds(self) -> Holds:
        return Holds(self.vector(), tuple(one.hash for one in self._held))

    def vector(self) -> Vector:
        followed = {(one.stream, one.previous) for one in self._known}
        ends = (one for one in self._known if (one.stream, one.hash) not in followed)
        return Vector.of(Tip(one.stream, one.n, one.hash) for one in ends)

    def knows(self, digests: Collection[bytes]) -> set[bytes]:
        return {one.hash for one in self._known} & set(digests)

    def has(self, digests: Collection[bytes]) -> set[bytes]:
        return {one.hash for one in (*self._known, *self._held)} & set(digests)

    def hashes(self, stream: str) -> list[Numbered]:
        return sorted((one.n, one.hash) for one in self._known if one.stream == stream)

    def after(self, ranges: Iterable[Range], hashes: Collection[bytes], place: Place) -> Iterator[tuple[Place, Signed]]:
        lowest = {item.stream: item.after for item in ranges}
        for lseq, one in enumerate(self._known, 1):
            asked = one.hash in hashes or one.n > lowest.get(one.stream, one.n)
            if lseq > place.lseq and asked:
                yield Place(lseq, place.held), Signed(one.body, one.signature)
        for row, one in enumerate(self._held, 1):
            if row > place.held and one.hash in hashes:
                yield Place(len(self._known), row), Signed(one.body, one.signature)


class MemoryStore(LaptopStore):
    """A laptop without a disk; what others hold is not counted."""

    @property
    def known(self) -> StoredKnown:
        return cast(StoredKnown, self.replica.known)  # only what every ``Known`` has is asked of it

    @contextmanager
    def holdings(self, space: str) -> Iterator[View]:  # type: ignore[override]  # the same questions, answered elsewhere
        yield MemoryView(self.replica.known)

    def meet(self, space: str, peer: Hello, holds: Holds) -> EpochReason | None:
        own = holds.vector.ends.get(self.replica.stream, ())
        known = MemoryView(self.replica.known).knows([digest for _, digest in own])
        lost = unknown_ends(self.replica.stream, holds.vector, known.__contains__)
        self.replica.reports.extend(lost)
        return EpochReason.RESTORED if lost else None


class MemoryWorld(MeetingWorld):
    """The world of the meetings for a program whose merge is in memory."""

    def __init__(self, team: Sequence[int], program: Program | None = None) -> None:
        self.parts = Parts(store=MemoryStore)
        self.opened = []
        World.__init__(self, team, program)

    def check_copies(self, replica: Replica) -> None:
        """Copies are counted on the disk."""

    def meet_all(self) -> None:
        for _ in range(2):
            for number, asker in enumerate(self.replicas):
                for host in self.replicas[:number]:
                    self.meet(asker, host)


def failure(history: History, program: Program | None = None) -> Exception | None:
    """How a history of a program fails whose laptops meet through exchanges, None where it does not."""
    world = MemoryWorld(history.team, program)
    try:
        for step in history.steps:
            world.do(step)
        world.finish()
    except Exception as found:
        return found
    return None
