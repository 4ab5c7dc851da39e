"""Broken exchanges, each broken in one place as real programs were; the meetings must tell every one from the real."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import ClassVar

from inspector.domain.changeset import hash_of
from inspector.domain.exchange import Holds, Range, Vector
from inspector.storage.holdings import Holdings, Place, Signed
from inspector.sync.exchange import Exchange, Report
from inspector.sync.frames import fill, pack, unpack
from inspector.sync.host import Host
from inspector.sync.messages import Answer, Kept, Page, Request, Result
from tests.sync.laptops import LaptopStore, Parts

NOTHING = bytes(32)


class _NumbersOnly(LaptopStore):
    """The vector is how many records of each stream there are, as most products count."""

    class holdings_class(Holdings):  # noqa: N801 - takes the place of the attribute of that name
        def vector(self) -> Vector:
            return Vector({stream: ((max(ends)[0], NOTHING),) for stream, ends in super().vector().ends.items()})

        def knows(self, digests: Collection[bytes]) -> set[bytes]:
            return set(digests)


class _AcceptedOnly(LaptopStore):
    """What is quarantined does not count among what a replica says it has."""

    class holdings_class(Holdings):  # noqa: N801 - as above
        def vector(self) -> Vector:
            rows = self._sql.run(
                "SELECT stream.id, n, hash FROM log JOIN stream ON stream.pk = stream WHERE status = 0"
                " ORDER BY stream.id, n"
            )
            return Vector({stream: ((n, digest),) for stream, n, digest in rows})


class _OneEnd(LaptopStore):
    """Of a stream that parted only the longest branch is told."""

    class holdings_class(Holdings):  # noqa: N801 - as above
        def vector(self) -> Vector:
            return Vector({stream: ends[-1:] for stream, ends in super().vector().ends.items()})


class _WaitingUntold(LaptopStore):
    """What waits is nobody else's affair."""

    class holdings_class(Holdings):  # noqa: N801 - as above
        def held(self) -> tuple[bytes, ...]:
            return ()


class _LastFirst(LaptopStore):
    """What is newest is sent first."""

    class holdings_class(Holdings):  # noqa: N801 - as above
        def after(
            self, ranges: Iterable[Range], hashes: Collection[bytes], place: Place
        ) -> Iterator[tuple[Place, Signed]]:
            return iter(list(super().after(ranges, hashes, place))[::-1])


class _HashOrder(LaptopStore):
    """Sent in the order of their hashes, so that a limit cuts anywhere."""

    class holdings_class(Holdings):  # noqa: N801 - as above
        def after(
            self, ranges: Iterable[Range], hashes: Collection[bytes], place: Place
        ) -> Iterator[tuple[Place, Signed]]:
            found = sorted(super().after(ranges, hashes, Place()), key=lambda one: hash_of(one[1].body))
            numbered = ((Place(number), one) for number, (_, one) in enumerate(found, 1))
            return (one for one in numbered if one[0] > place)


class _SerialCursor(Host):
    """A feed by the number a row got when it came, waiting or not: behind the last one sent nobody looks again."""

    reached: ClassVar[dict[tuple[int, str], int]] = {}

    def fetch(self, space: str, request: Request, place: Place) -> Page:
        key = id(getattr(self._store, "replica", None)), self._require(space).device
        with self._store.holdings(space) as holdings:
            asked = {one.body for _, one in holdings.after(request.ranges, request.hashes, Place())}
            rows = getattr(holdings, "_sql").run("SELECT seq, body, sig FROM log ORDER BY seq").fetchall()  # noqa: B009 - a mutant looks below
        behind = [(Place(row[0]), Signed(*row[1:])) for row in rows if row[0] > self.reached.get(key, 0)]
        taken, more = fill((one for one in behind if one[1].body in asked), self._room)
        self.reached[key] = max([self.reached.get(key, 0), *(at.lseq for at, _ in taken)])
        return Page(pack([one for _, one in taken]), taken[-1][0] if more else None)


class _Remembers(Exchange):
    """The sender keeps a list of what it sent and sends nothing twice."""

    sent: ClassVar[set[tuple[int, str, bytes]]] = set()

    def _push(self, space: str, request: Request, report: Report) -> None:
        with self._store.holdings(space) as holdings:
            items = [item for _, item in holdings.after(request.ranges, request.hashes, Place())]
        key = id(getattr(self._store, "replica", None)), self.them.device
        left = [item for item in items if (*key, item.body) not in self.sent]
        self.sent.update((*key, item.body) for item in left)
        while left:
            taken, _ = fill(((None, item) for item in left), self._room)
            left = left[len(taken) :]
            report.sent.add(self._peer.push(space, pack([item for _, item in taken])))


class _SaysBeforeItKeeps(Host):
    """What comes is acknowledged at once and written down with the next message."""

    def __init__(self, *arguments: object, **more: object) -> None:
        super().__init__(*arguments, **more)  # type: ignore[arg-type]  # passed on
        self._late: list[tuple[str, bytes]] = []

    def push(self, space: str, frame: bytes) -> list[Result]:
        self._write_down()
        self._late.append((space, frame))
        return [Result(changeset.hash, Kept.STORED) for changeset in unpack(frame).changesets]

    def have(self, space: str, holds: Holds) -> Answer:
        self._write_down()
        return super().have(space, holds)

    def _write_down(self) -> None:
        while self._late:
            super().push(*self._late.pop())


class _CountsWhatItSends(Exchange):
    """What is sent counts as being at the peer before the peer said so."""

    def _push(self, space: str, request: Request, report: Report) -> None:
        with self._store.holdings(space) as holdings:
            self._store.meet(space, self.them, holdings.holds())
        super()._push(space, request, report)


class _NoForks(Exchange):
    """Streams that parted are treated like the others."""

    def _by_hash(self, space: str, forks: list[str]) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
        return (), ()


class _OnlyOneCanTell(Exchange):
    """Only the asker looks for streams that parted."""

    def __init__(self, *arguments: object, **more: object) -> None:
        super().__init__(*arguments, **more)  # type: ignore[arg-type]  # passed on
        told = self._peer.have

        def have(space: str, holds: Holds) -> Answer:
            answer = told(space, holds)
            return Answer(answer.holds, (), answer.lacks)

        self._peer.have = have  # type: ignore[method-assign]  # this peer is made for one exchange


class _OneFrameOnly(Exchange):
    """It stops after the first frame, whatever there is beside, and calls it done."""

    def run(self, space: str, *, gives: bool = True, report: Report | None = None) -> Report:
        with self._store.holdings(space) as holdings:
            mine = holdings.holds()
        answer = self._peer.have(space, mine)
        plan = self._plan(space, mine, answer)
        with self._store.holdings(space) as holdings:
            taken, _ = fill(holdings.after(plan.send.ranges, plan.send.hashes, Place()), self._room)
        self._peer.push(space, pack([item for _, item in taken]))
        return Report(matched=True)


MUTANTS: dict[str, Parts] = {
    "vector without hash": Parts(store=_NumbersOnly),
    "root over accepted only": Parts(store=_AcceptedOnly),
    "one end of a fork": Parts(store=_OneEnd),
    "held not relayed": Parts(store=_WaitingUntold),
    "not in arrival order": Parts(store=_LastFirst),
    "cut in the order of hashes": Parts(store=_HashOrder),
    "serial cursor": Parts(host=_SerialCursor),
    "sender remembers what it sent": Parts(exchange=_Remembers),
    "acknowledged before commit": Parts(host=_SaysBeforeItKeeps),
    "counted when sent": Parts(exchange=_CountsWhatItSends),
    "fork path left out": Parts(exchange=_NoForks),
    "only the asker looks for forks": Parts(exchange=_OnlyOneCanTell),
    "one frame and done": Parts(exchange=_OneFrameOnly),
}
