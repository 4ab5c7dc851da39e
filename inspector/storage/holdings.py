"""What this laptop holds of a space, as an exchange asks it: ends of streams, what waits, records in arrival order.

The questions are answered from the log and its indexes without reading a body; only streams in which two records
share a number, or one is not chained to the one before, are read through.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from inspector.domain.changeset import parse
from inspector.domain.credentials import Reason
from inspector.domain.exchange import Holds, Numbered, Range, Vector
from inspector.domain.streams import Tip
from inspector.storage import schema

if TYPE_CHECKING:
    from inspector.storage.engine import Sql

_BRANCHED = f"""
SELECT DISTINCT stream FROM log INDEXED BY log_unsettled
WHERE space = ? AND status <> 0 AND reason = '{Reason.BROKEN_CHAIN}' AND lseq IS NOT NULL
"""  # noqa: S608 - a name of the program

# Linked records of a stream have every number from 1 to the highest, so as many records as that are one straight chain.
_ENDS = """
SELECT s.pk, s.id, k.records, k.top,
    (SELECT hash FROM log WHERE stream = s.pk AND n = k.top AND lseq IS NOT NULL LIMIT 1)
FROM stream s JOIN (
    SELECT stream, count(*) AS records, max(n) AS top FROM log INDEXED BY log_stream
    WHERE stream IN (SELECT pk FROM stream WHERE space = ?) AND lseq IS NOT NULL GROUP BY stream
) k ON k.stream = s.pk
"""

_IN_RANGES = """
SELECT DISTINCT lseq FROM json_each(?1) asked
JOIN stream ON stream.id = json_extract(asked.value, '$[0]') AND stream.space = ?2
JOIN log INDEXED BY log_stream ON log.stream = stream.pk AND log.n > json_extract(asked.value, '$[1]')
WHERE log.lseq > ?3 ORDER BY lseq LIMIT ?4
"""

AT_ONCE = 2_001
"""Records looked up at once: what fits into a frame, and one that shows that there is more."""

_AMONG = "SELECT {columns} FROM log WHERE space = ? AND hash IN (SELECT unhex(value) FROM json_each(?))"


class Signed(NamedTuple):
    """A change set as it travels: its bytes and their signature."""

    body: bytes
    signature: bytes


class Place(NamedTuple):
    """How far a sending has come: the last arrival number, then the row of the last one that waits."""

    lseq: int = 0
    held: int = 0


class Holdings:
    """One space in one steady view of the database; a space that is not here holds nothing."""

    def __init__(self, sql: Sql, space: str) -> None:
        self._sql = sql
        row = sql.run("SELECT pk FROM space WHERE id = ?", (space,)).fetchone()
        self._space = -1 if row is None else int(row[0])

    def holds(self) -> Holds:
        """What this laptop says it has."""
        return Holds(self.vector(), self.held())

    def vector(self) -> Vector:
        """The ends of every stream, over accepted and quarantined records."""
        return Vector.of(tip for _, tips in self.streams() for tip in tips)

    def streams(self) -> Iterator[tuple[int, list[Tip]]]:
        """The number of every stream here, with its ends: one, or several where it branches."""
        branched = {stream for (stream,) in self._sql.run(_BRANCHED, (self._space,))}
        for stream, name, records, top, digest in self._sql.run(_ENDS, (self._space,)).fetchall():
            if records == top and stream not in branched:
                yield stream, [Tip(name, top, digest)]
            else:
                chain = self.chain(stream)
                followed = {previous for _, previous in chain.values()}
                yield stream, [Tip(name, n, digest) for digest, (n, _) in chain.items() if digest not in followed]

    def chain(self, stream: int) -> dict[bytes, tuple[int, bytes | None]]:
        """Number and predecessor of every known record of a stream, by hash; reads their bodies."""
        rows = self._sql.run(
            "SELECT hash, n, body, sig FROM log WHERE stream = ? AND lseq IS NOT NULL ORDER BY n", (stream,)
        )
        return {digest: (n, parse(body, signature).previous) for digest, n, body, signature in rows.fetchall()}

    def held(self) -> tuple[bytes, ...]:
        """The hashes of what waits for something that has not come, in the order it came."""
        rows = self._sql.run(
            "SELECT hash FROM log INDEXED BY log_unsettled"
            " WHERE space = ? AND status <> 0 AND status = 1 AND lseq IS NULL ORDER BY seq",
            (self._space,),
        )
        return tuple(digest for (digest,) in rows)

    def knows(self, digests: Collection[bytes]) -> set[bytes]:
        """Which of these are known here: accepted or quarantined, with everything they need."""
        return {digest for digest, lseq, _ in self._among("hash, lseq, status", digests) if lseq is not None}

    def has(self, digests: Collection[bytes]) -> set[bytes]:
        """Which of these are known here or wait; what nobody vouches for does not count."""
        rows = self._among("hash, lseq, status", digests)
        return {digest for digest, lseq, status in rows if lseq is not None or status == schema.HELD}

    def hashes(self, stream: str) -> list[Numbered]:
        """Number and hash of every known record of a stream, by number."""
        rows = self._sql.run(
            "SELECT n, hash FROM log WHERE stream = (SELECT pk FROM stream WHERE id = ? AND space = ?)"
            " AND lseq IS NOT NULL ORDER BY n, hash",
            (stream, self._space),
        )
        return [(n, digest) for n, digest in rows]

    def arrivals(self, ranges: Iterable[Range], hashes: Collection[bytes], after: int = 0) -> list[int]:
        """The next arrival numbers above ``after``, in order, of what is known here in these ranges or by these hashes.

        At most ``AT_ONCE``. Every beginning of that order is closed: nothing stands before what it needs.
        """
        asked = json.dumps([[item.stream, item.after] for item in ranges])
        found = {lseq for (lseq,) in self._sql.run(_IN_RANGES, (asked, self._space, after, AT_ONCE))}
        found.update(lseq for (lseq,) in self._among("lseq", hashes) if lseq is not None and lseq > after)
        return sorted(found)[:AT_ONCE]

    def records(self, arrivals: Sequence[int]) -> Iterator[tuple[int, Signed]]:
        """The records with these arrival numbers, in order, read a few hundred at a time."""
        for at in range(0, len(arrivals), 500):
            yield from (
                (lseq, Signed(body, signature))
                for lseq, body, signature in self._sql.run(
                    "SELECT lseq, body, sig FROM log WHERE space = ?"
                    " AND lseq IN (SELECT value FROM json_each(?)) ORDER BY lseq",
                    (self._space, json.dumps(arrivals[at : at + 500])),
                ).fetchall()
            )

    def waiting(self, hashes: Collection[bytes], after: int = 0) -> Iterator[tuple[int, Signed]]:
        """What waits here of these hashes: row, above ``after``, and record, in the order they came."""
        rows = self._among("seq, body, sig, lseq, status", hashes)
        for seq, body, signature, lseq, status in sorted(rows):
            if lseq is None and status == schema.HELD and seq > after:
                yield seq, Signed(body, signature)

    def after(self, ranges: Iterable[Range], hashes: Collection[bytes], place: Place) -> Iterator[tuple[Place, Signed]]:
        """Everything asked for behind a place, with the place of each: the known in arrival order, then what waits."""
        asked, last = tuple(ranges), place.lseq
        while found := self.arrivals(asked, hashes, last):
            for lseq, record in self.records(found):
                yield Place(lseq, place.held), record
            last = found[-1]
        last = max(place.lseq, self._last())
        for seq, record in self.waiting(hashes, place.held):
            yield Place(last, seq), record

    def _last(self) -> int:
        return int(self._sql.value("SELECT coalesce(max(lseq), 0) FROM log WHERE space = ?", (self._space,)))

    def _among(self, columns: str, digests: Collection[bytes]) -> list[tuple[Any, ...]]:
        if not digests:
            return []
        asked = json.dumps([digest.hex() for digest in digests])
        return self._sql.run(_AMONG.format(columns=columns), (self._space, asked)).fetchall()  # type: ignore[no-any-return]  # the driver has no types
