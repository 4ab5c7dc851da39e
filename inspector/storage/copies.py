"""On how many disks everything is: what other laptops said they hold, after they had committed it.

A claim is an end of a stream with all its predecessors, or a single record that waits at the peer. It counts as far as
the chain behind it is known here; the latest report of a peer replaces the one before, since its disk may have been
set back. Whoever never reported holds nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.domain.exchange import Ends, Holds, Vector
from inspector.domain.streams import Tip
from inspector.storage import projection
from inspector.storage.blobs import whole
from inspector.storage.holdings import Holdings

if TYPE_CHECKING:
    from inspector.storage.engine import Sql

_CLAIMS = """
SELECT log.stream, held_by.peer, log.n, log.hash FROM held_by JOIN log USING (hash)
WHERE held_by.space = ? AND NOT alone AND log.lseq IS NOT NULL
"""

_WAITING = """
SELECT (SELECT count(*) FROM held_by WHERE held_by.hash = log.hash AND held_by.space = log.space)
FROM log INDEXED BY log_unsettled WHERE space = ? AND status <> 0 AND status = 1 AND lseq IS NULL
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """Another replica: the id of its device, what people call it, when it last reported (for people to read)."""

    id: str
    name: str
    last_ok: str


@dataclass(frozen=True, slots=True)
class Copies:
    """Of everything in a space: number of other disks → how many change sets have that many; blobs likewise."""

    changes: Counter[int]
    blobs: Counter[int]

    @property
    def only_here(self) -> int:
        """Change sets of which no other disk is known to have a copy (chỉ có trên máy này)."""
        return self.changes[0]

    @property
    def blobs_only_here(self) -> int:
        return self.blobs[0]


def note(sql: Sql, space: str, peer: Peer, holds: Holds) -> None:
    """Writes down what a peer durably holds of a space, in place of what it said before."""
    number = _peer(sql, peer)
    row = sql.run("SELECT pk FROM space WHERE id = ?", (space,)).fetchone()
    if row is None:
        return
    sql.run("DELETE FROM held_by WHERE space = ? AND peer = ?", (row[0], number))
    claims = [(row[0], number, digest, 1) for digest in holds.held]
    claims += [(row[0], number, tip.hash, 0) for tip in holds.vector.tips()]
    sql.many("INSERT OR REPLACE INTO held_by (space, peer, hash, alone) VALUES (?, ?, ?, ?)", claims)


def note_late(sql: Sql, space: str, peer: Peer, holds: Holds) -> None:
    """Writes down a report that was long on its way, on a stick; to be called when what came along is here.

    It stands where it says again everything the peer said last. Otherwise one of the two is out of date, or the peer
    was set back or copied, and no clock tells which; then only what both say counts.
    """
    before = claims(sql, space, peer.id)
    note(sql, space, peer, holds if before is None else _sure(Holdings(sql, space), holds, before))


def claims(sql: Sql, space: str, peer: str) -> Holds | None:
    """What a peer (its device id) said last that it holds of a space, as far as it is known here."""
    rows = sql.run(
        "SELECT stream.id, log.n, held_by.hash, alone FROM held_by LEFT JOIN log ON log.hash = held_by.hash"
        " AND log.lseq IS NOT NULL LEFT JOIN stream ON stream.pk = log.stream"
        " WHERE held_by.space = ? AND peer = (SELECT pk FROM peer WHERE id = ?) ORDER BY held_by.hash",
        (*_pk(sql, space), peer),
    ).fetchall()
    if not rows:
        return None
    ends = (Tip(stream, n, digest) for stream, n, digest, alone in rows if not alone and stream is not None)
    alone = tuple(digest for stream, _, digest, single in rows if single or stream is None)
    return Holds(Vector.of(ends), alone)


def _sure(holdings: Holdings, now: Holds, before: Holds) -> Holds:
    """The later of two reports where it covers the other, else what they have in common, as far as it is known here."""
    straight = {tips[0].stream for _, tips in holdings.streams() if len(tips) == 1}
    known = holdings.knows([tip.hash for tip in (*now.vector.tips(), *before.vector.tips())])
    common = [
        tip
        for stream in {*now.vector.ends} & {*before.vector.ends}
        for tip in _common(
            stream, now.vector.ends[stream], before.vector.ends[stream], known if stream in straight else ()
        )
    ]
    has = holdings.knows(before.held) | set(now.held)
    if Vector.of(common) == before.vector and has.issuperset(before.held):
        return now
    return Holds(Vector.of(common), tuple(digest for digest in now.held if digest in before.held))


def _common(stream: str, one: Ends, other: Ends, known: Collection[bytes]) -> Iterator[Tip]:
    """Of two reports about a stream: the ends of both, or the nearer of two ends on a chain that is ``known``."""
    if one != other and len(one) == len(other) == 1 and one[0][1] in known and other[0][1] in known:
        yield Tip(stream, *min(one[0], other[0]))
        return
    for n, digest in one:
        if (n, digest) in other:
            yield Tip(stream, n, digest)


def note_blobs(sql: Sql, peer: Peer, has: Iterable[str], lacks: Iterable[str]) -> None:
    """Writes down which of these blobs (SHA-256 in hex) a peer has seen whole, and which it has not."""
    number = _peer(sql, peer)
    sql.many("DELETE FROM blob_held_by WHERE sha256 = ? AND peer = ?", [(bytes.fromhex(one), number) for one in lacks])
    sql.many(
        "INSERT OR IGNORE INTO blob_held_by (sha256, peer) VALUES (?, ?)",
        [(bytes.fromhex(one), number) for one in has],
    )


def blobs_at(sql: Sql, peer: str) -> set[str]:
    """The blobs (SHA-256 in hex) a peer said it has whole."""
    rows = sql.run("SELECT sha256 FROM blob_held_by WHERE peer = (SELECT pk FROM peer WHERE id = ?)", (peer,))
    return {sha256.hex() for (sha256,) in rows.fetchall()}


def _peer(sql: Sql, peer: Peer) -> int:
    sql.run(
        "INSERT INTO peer (id, name, last_ok) VALUES (?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET name = excluded.name, last_ok = excluded.last_ok",
        (peer.id, peer.name, peer.last_ok),
    )
    return int(sql.value("SELECT pk FROM peer WHERE id = ?", (peer.id,)))


def peers(sql: Sql) -> list[Peer]:
    """Everybody who ever reported, by name."""
    return [Peer(*row) for row in sql.run("SELECT id, name, last_ok FROM peer ORDER BY name, id").fetchall()]


def count(sql: Sql, space: str) -> Copies:
    """How often everything of a space is somewhere else."""
    changes: Counter[int] = Counter()
    for records in _held(sql, space):
        changes.update(records)
    changes.update(number for (number,) in sql.run(_WAITING, _pk(sql, space)).fetchall())
    return Copies(+changes, _blobs(sql, space))


def holders(sql: Sql, space: str, digest: bytes) -> list[Peer]:
    """Who else has a change set, as far as they reported."""
    row = sql.run("SELECT stream, n, lseq FROM log WHERE hash = ?", (digest,)).fetchone()
    if row is None:
        return []
    claims = [claim for claim in sql.run(_CLAIMS, _pk(sql, space)).fetchall() if claim[0] == row[0]]
    chain = Holdings(sql, space).chain(row[0]) if claims else {}
    found = {peer for _, peer, _, end in claims if digest in _line(chain, end)}
    found.update(
        peer for (peer,) in sql.run("SELECT peer FROM held_by WHERE hash = ? AND space = ?", (digest, *_pk(sql, space)))
    )
    every = dict(zip((pk for (pk,) in sql.run("SELECT pk FROM peer ORDER BY name, id")), peers(sql), strict=True))
    return [peer for pk, peer in every.items() if pk in found]


def _pk(sql: Sql, space: str) -> tuple[int]:
    row = sql.run("SELECT pk FROM space WHERE id = ?", (space,)).fetchone()
    return (-1,) if row is None else (row[0],)


def _held(sql: Sql, space: str) -> Iterator[Counter[int]]:
    """For every stream: number of other disks → number of its records."""
    claims: dict[int, list[tuple[int, int, bytes]]] = {}
    for stream, peer, n, digest in sql.run(_CLAIMS, _pk(sql, space)).fetchall():
        claims.setdefault(stream, []).append((peer, n, digest))
    holdings = Holdings(sql, space)
    for stream, ends in holdings.streams():
        claimed = claims.get(stream, [])
        if len(ends) == 1:
            yield _of_chain(ends[0].n, claimed)
        else:
            yield _of_branches(holdings.chain(stream), claimed)


def _of_chain(top: int, claims: list[tuple[int, int, bytes]]) -> Counter[int]:
    """A peer with an end of a straight chain has everything up to it."""
    reach: dict[int, int] = {}
    for peer, n, _ in claims:
        reach[peer] = max(n, reach.get(peer, 0))
    found: Counter[int] = Counter()
    last = top
    for copies, n in enumerate(sorted(reach.values(), reverse=True)):
        found[copies] += last - n
        last = n
    found[len(reach)] += last
    return found


def _of_branches(chain: dict[bytes, tuple[int, bytes | None]], claims: list[tuple[int, int, bytes]]) -> Counter[int]:
    had = {(peer, digest) for peer, _, end in claims for digest in _line(chain, end)}
    copies = Counter(digest for _, digest in had)
    return Counter(copies[digest] for digest in chain)


def _line(chain: dict[bytes, tuple[int, bytes | None]], end: bytes) -> Iterator[bytes]:
    """A record and its predecessors within its stream."""
    at: bytes | None = end
    while at is not None and at in chain:
        yield at
        at = chain[at][1]


def _blobs(sql: Sql, space: str) -> Counter[int]:
    """The blobs that records of the space name and that are whole here."""
    elsewhere = Counter(sha256 for (sha256,) in sql.run("SELECT lower(hex(sha256)) FROM blob_held_by"))
    named = set(projection.named_blobs(sql, _pk(sql, space)[0]))
    return Counter(elsewhere[sha256] for sha256 in named & whole(sql))
