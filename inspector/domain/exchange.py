"""What two replicas tell each other about a space, and what follows from it: pure, whatever carries it.

Each says how far it knows every stream (the *vector*) and which change sets it holds that still wait. Known means
accepted or quarantined, with an arrival number; every known record's predecessors are known too, so the ends of a
stream stand for all of it, and equal roots mean equal sets. Nobody remembers what was sent: what is missing is worked
out from what is there, every time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from inspector.domain.streams import Tip

Ends = tuple[tuple[int, bytes], ...]
"""The ends of one stream as (number, hash of 32 bytes), in order: one, or several where it forked."""

Numbered = tuple[int, bytes]
"""Number and hash of one record of a stream."""

CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: nobody reads them out wrongly
_CODE_LENGTH = 6
_CODE_BREAK = 4


@dataclass(frozen=True, slots=True)
class Vector:
    """How far every stream of a space is known: stream id → its ends."""

    ends: Mapping[str, Ends] = field(default_factory=dict)

    @classmethod
    def of(cls, tips: Iterable[Tip]) -> Vector:
        """The vector with these ends, in whatever order they come."""
        found: dict[str, set[Numbered]] = {}
        for tip in tips:
            found.setdefault(tip.stream, set()).add((tip.n, tip.hash))
        return cls({stream: tuple(sorted(ends)) for stream, ends in sorted(found.items())})

    def tips(self) -> Iterator[Tip]:
        """Every end of every stream."""
        for stream, ends in self.ends.items():
            for n, digest in ends:
                yield Tip(stream, n, digest)

    def root(self) -> bytes:
        """32 bytes that are equal exactly where the known sets are: SHA-256 over the sorted ``stream:n:hash``."""
        lines = sorted(f"{tip.stream}:{tip.n}:{tip.hash.hex()}" for tip in self.tips())
        return hashlib.sha256("\n".join(lines).encode()).digest()


@dataclass(frozen=True, slots=True)
class Holds:
    """What a replica has of a space: what it knows, and the hashes of what it keeps waiting (held) beside that."""

    vector: Vector = field(default_factory=Vector)
    held: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Range:
    """All records of a stream with a number above ``after``."""

    stream: str
    after: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What one replica should send and wants by ranges; ``forks``: streams whose lists of hashes must be compared."""

    send: tuple[Range, ...] = ()
    want: tuple[Range, ...] = ()
    forks: tuple[str, ...] = ()


def check_code(root: bytes) -> str:
    """The code (mã đối chiếu) that both screens show when two replicas agree, such as ``A7KQ-19``: 30 bits."""
    number = int.from_bytes(root[:4], "big") >> 2
    letters = "".join(CODE_LETTERS[number >> 5 * place & 31] for place in reversed(range(_CODE_LENGTH)))
    return f"{letters[:_CODE_BREAK]}-{letters[_CODE_BREAK:]}"


def compare(mine: Vector, theirs: Vector, knows: Callable[[bytes], bool]) -> Difference:
    """Stream by stream: who has more, and where that cannot be told from the ends.

    ``knows`` says whether the record with a hash is known here. Where the other's only end is a record of my chain, I
    send what follows it; where the other's end is further than mine, I ask for what follows mine, and it is for the
    other, who has the longer stream, to say that mine is no part of it. Everything else is a fork: a copied or restored
    laptop wrote two records of one number, or somebody wrote under a foreign stream's name.
    """
    send: list[Range] = []
    want: list[Range] = []
    forks: list[str] = []
    for stream in sorted({*mine.ends, *theirs.ends}):
        here, there = mine.ends.get(stream, ()), theirs.ends.get(stream, ())
        if here == there:
            continue
        if not here:
            want.append(Range(stream, 0))
        elif not there:
            send.append(Range(stream, 0))
        elif len(here) > 1 or len(there) > 1:
            forks.append(stream)
        elif here[0][0] < there[0][0]:
            want.append(Range(stream, here[0][0]))
        elif here[0][0] > there[0][0] and knows(there[0][1]):
            send.append(Range(stream, there[0][0]))
        else:
            forks.append(stream)
    return Difference(tuple(send), tuple(want), tuple(forks))


def unknown_ends(stream: str, theirs: Vector, knows: Callable[[bytes], bool]) -> tuple[Tip, ...]:
    """What another reports of my own stream and I lack: I was set back, or copied (``streams.next_position``)."""
    return tuple(Tip(stream, n, digest) for n, digest in theirs.ends.get(stream, ()) if not knows(digest))
