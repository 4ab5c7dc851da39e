"""What a hub holds of a space, as an exchange asks it: the questions of ``storage.holdings``, for both databases."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, func, select, tuple_

from inspector.domain.changeset import parse
from inspector.domain.credentials import Reason
from inspector.domain.exchange import Holds, Numbered, Range, Vector
from inspector.domain.streams import Tip
from inspector.storage import schema
from inspector.storage.holdings import AT_ONCE, Place, Signed
from inspector.storage.hub.tables import log, space, stream

_AT_ONCE = 500
_RECORDS = 100


class HubHoldings:
    """One space in one steady view of the database; a space that is not here holds nothing."""

    def __init__(self, connection: Connection, name: str) -> None:
        self._connection = connection
        found = connection.scalar(select(space.c.pk).where(space.c.id == name))
        self._space = -1 if found is None else int(found)

    def holds(self) -> Holds:
        """What this hub says it has."""
        return Holds(self.vector(), self.held())

    def vector(self) -> Vector:
        """The ends of every stream, over accepted and quarantined records.

        Linked records of a stream have every number from 1 to the highest, so as many as that are one straight chain.
        """
        names = {row.pk: row.id for row in self._streams()}
        counted = self._connection.execute(
            select(log.c.stream, func.count().label("records"), func.max(log.c.n).label("top"))
            .where(log.c.space == self._space, log.c.lseq.is_not(None))
            .group_by(log.c.stream)
        ).all()
        branched = self._branched()
        straight = {row.stream: row.top for row in counted if row.records == row.top and row.stream not in branched}
        tips = self._tops(straight, names)
        for row in counted:
            if row.stream not in straight:
                tips.extend(self._ends(row.stream, names[row.stream]))
        return Vector.of(tips)

    def held(self) -> tuple[bytes, ...]:
        """The hashes of what waits for something that has not come, in the order it came."""
        statement = select(log.c.hash).where(
            log.c.space == self._space, log.c.status != 0, log.c.status == schema.HELD, log.c.lseq.is_(None)
        )
        return tuple(self._connection.scalars(statement.order_by(log.c.seq)))

    def knows(self, digests: Collection[bytes]) -> set[bytes]:
        """Which of these are known here: accepted or quarantined, with everything they need."""
        return {row.hash for row in self._among(digests, log.c.hash, log.c.lseq) if row.lseq is not None}

    def has(self, digests: Collection[bytes]) -> set[bytes]:
        """Which of these are known here or wait; what nobody vouches for does not count."""
        rows = self._among(digests, log.c.hash, log.c.lseq, log.c.status)
        return {row.hash for row in rows if row.lseq is not None or row.status == schema.HELD}

    def hashes(self, name: str) -> list[Numbered]:
        """Number and hash of every known record of a stream, by number."""
        statement = (
            select(log.c.n, log.c.hash)
            .join(stream, stream.c.pk == log.c.stream)
            .where(stream.c.id == name, log.c.space == self._space, log.c.lseq.is_not(None))
            .order_by(log.c.n, log.c.hash)
        )
        return [(row.n, row.hash) for row in self._connection.execute(statement)]

    def after(self, ranges: Iterable[Range], hashes: Collection[bytes], place: Place) -> Iterator[tuple[Place, Signed]]:
        """Everything asked for behind a place, with the place of each: the known in arrival order, then what waits."""
        asked, last = tuple(ranges), place.lseq
        while found := self._arrivals(asked, hashes, last):
            for lseq, record in self.records(found):
                yield Place(lseq, place.held), record
            last = found[-1]
        last = max(place.lseq, self.last())
        columns = (log.c.seq, log.c.body, log.c.sig, log.c.lseq, log.c.status)
        for row in sorted(self._among(hashes, *columns), key=lambda row: int(row.seq)):
            if row.lseq is None and row.status == schema.HELD and row.seq > place.held:
                yield Place(last, row.seq), Signed(row.body, row.sig)

    def feed(self, after: int, most: int) -> list[tuple[int, Signed]]:
        """The next records by arrival number; whoever goes on behind the last of them never misses one."""
        return list(
            self.records(
                self._connection.scalars(
                    select(log.c.lseq)
                    .where(log.c.space == self._space, log.c.lseq > after)
                    .order_by(log.c.lseq)
                    .limit(most)
                ).all()
            )
        )

    def records(self, arrivals: Sequence[int]) -> Iterator[tuple[int, Signed]]:
        """The records with these arrival numbers, in order, read a few at a time."""
        columns = select(log.c.lseq, log.c.body, log.c.sig).where(log.c.space == self._space)
        for at in range(0, len(arrivals), _RECORDS):
            wanted = columns.where(log.c.lseq.in_(arrivals[at : at + _RECORDS])).order_by(log.c.lseq)
            for row in self._connection.execute(wanted).all():
                yield row.lseq, Signed(row.body, row.sig)

    def last(self) -> int:
        """The arrival number given last."""
        statement = select(func.coalesce(func.max(log.c.lseq), 0)).where(log.c.space == self._space)
        return int(self._connection.execute(statement).scalar_one())

    def _streams(self) -> Sequence[Any]:
        return self._connection.execute(select(stream.c.pk, stream.c.id).where(stream.c.space == self._space)).all()

    def _branched(self) -> set[int]:
        """The streams of which a record is not chained to the one it names."""
        statement = select(log.c.stream).where(
            log.c.space == self._space,
            log.c.status != 0,
            log.c.reason == Reason.BROKEN_CHAIN,
            log.c.lseq.is_not(None),
        )
        return set(self._connection.scalars(statement.distinct()))

    def _tops(self, straight: dict[int, int], names: dict[int, str]) -> list[Tip]:
        """The last record of each stream that is one straight chain."""
        found: list[Tip] = []
        asked = list(straight.items())
        for at in range(0, len(asked), _AT_ONCE):
            rows = self._connection.execute(
                select(log.c.stream, log.c.n, log.c.hash).where(
                    log.c.space == self._space,
                    tuple_(log.c.stream, log.c.n).in_(asked[at : at + _AT_ONCE]),
                    log.c.lseq.is_not(None),
                )
            )
            found.extend(Tip(names[row.stream], row.n, row.hash) for row in rows)
        return found

    def _ends(self, pk: int, name: str) -> list[Tip]:
        """The ends of a stream that parted; reads its bodies."""
        rows = self._connection.execute(
            select(log.c.hash, log.c.n, log.c.body, log.c.sig).where(
                log.c.space == self._space, log.c.stream == pk, log.c.lseq.is_not(None)
            )
        ).all()
        followed = {parse(row.body, row.sig).previous for row in rows}
        return [Tip(name, row.n, row.hash) for row in rows if row.hash not in followed]

    def _arrivals(self, ranges: Iterable[Range], hashes: Collection[bytes], after: int) -> list[int]:
        """The next arrival numbers above ``after``, in order: every beginning of that order is closed."""
        pks = {row.id: row.pk for row in self._streams()}
        from_number: dict[int, int] = {}
        for asked in ranges:
            if asked.stream in pks:
                pk = pks[asked.stream]
                from_number[pk] = min(asked.after, from_number.get(pk, asked.after))
        found: set[int] = set()
        for pk, number in from_number.items():
            statement = select(log.c.lseq).where(
                log.c.space == self._space, log.c.stream == pk, log.c.n > number, log.c.lseq > after
            )
            found.update(self._connection.scalars(statement.order_by(log.c.lseq).limit(AT_ONCE)))
        rows = self._among(hashes, log.c.lseq)
        found.update(row.lseq for row in rows if row.lseq is not None and row.lseq > after)
        return sorted(found)[:AT_ONCE]

    def _among(self, digests: Collection[bytes], *columns: Any) -> list[Any]:
        asked = list(dict.fromkeys(digests))
        found: list[Any] = []
        for at in range(0, len(asked), _AT_ONCE):
            wanted = select(*columns).where(log.c.space == self._space, log.c.hash.in_(asked[at : at + _AT_ONCE]))
            found.extend(self._connection.execute(wanted))
        return found
