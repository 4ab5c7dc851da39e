"""What two replicas say to each other, and the door every transport is behind.

The one who asks (``exchange``) drives; the other (``host.Host``) answers. Each answer stands for what the disk has:
what is reported as kept was committed before. Any message may be lost, come twice or come late.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from inspector.domain.exchange import Holds, Numbered, Range
from inspector.storage.holdings import Place

PROTOCOL = 1
"""The one version of these messages there is."""

MOST_ASKED = 5_000
"""Hashes in one request, of change sets or of blobs."""


@dataclass(frozen=True, slots=True)
class Hello:
    """Who speaks: the id of the device, what people call it, the newest protocol it speaks.

    ``ahead``: seconds by which its wall clock was ahead of the hearer's, for people to read; nothing is decided by it.
    """

    device: str
    name: str
    protocol: int = PROTOCOL
    ahead: int | None = None


class Kept(StrEnum):
    """What became of a change set that was sent; all but the last are on the disk."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    HELD = "held"
    QUARANTINED = "quarantined"
    FOREIGN = "foreign"
    """It belongs to another space than the one spoken of, so it was not taken."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one change set; ``reason`` why it is quarantined (``credentials.Reason``)."""

    hash: bytes
    kept: Kept
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other holds of a space, and what it can tell from what it was told.

    ``forks``: streams of which it has more and cannot say from the ends what is missing. ``lacks``: of what waits with
    the asker, the hashes it does not have. ``closed``: the asker may give and not read, so it is told nothing beyond
    what became of its own.
    """

    holds: Holds
    forks: tuple[str, ...] = ()
    lacks: tuple[bytes, ...] = ()
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """Which change sets are asked for: everything in ``ranges``, and these ``hashes``, known or waiting there."""

    ranges: tuple[Range, ...] = ()
    hashes: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Part of what was asked for, in arrival order; ``place`` is where the next part begins, ``None`` at the end."""

    frame: bytes
    place: Place | None


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes of a blob from the offset asked for, and the size of all of it."""

    data: bytes
    size: int


class Peer(Protocol):
    """Another replica, however it is reached. Every call may raise ``Unavailable`` when the way is cut."""

    def hello(self, me: Hello) -> Hello:
        """Says who asks and learns who answers; the first message."""
        ...

    def have(self, space: str, holds: Holds) -> Answer:
        """Says what the asker durably holds; the other notes it, and says the same of itself."""
        ...

    def push(self, space: str, frame: bytes) -> Sequence[Result]:
        """Gives change sets away; returns after the other has committed them, with one result for each."""
        ...

    def fetch(self, space: str, request: Request, place: Place) -> Page:
        """Asks for change sets behind a place; nothing depends on the place but the time it takes."""
        ...

    def hashes(self, space: str, stream: str) -> Sequence[Numbered]:
        """Number and hash of everything known of a forked stream."""
        ...

    def blobs_need(self, space: str, offered: Mapping[str, int]) -> Mapping[str, int]:
        """Offers whole blobs (SHA-256 in hex → size); learns which are lacking, and from which byte on."""
        ...

    def blobs_have(self, space: str, wanted: Collection[str]) -> Mapping[str, int]:
        """Which of these blobs are whole there, and how large they are."""
        ...

    def blob_read(self, space: str, sha256: str, offset: int, length: int) -> Piece:
        """Bytes of a blob."""
        ...

    def blob_write(self, space: str, sha256: str, offset: int, data: bytes, size: int) -> int:
        """Gives bytes of a blob; returns from which byte on it is still lacking, which is ``size`` when it is whole."""
        ...


@dataclass
class Tally:
    """How many change sets came to what."""

    counts: dict[Kept, int] = field(default_factory=dict)

    def add(self, results: Sequence[Result]) -> None:
        for result in results:
            self.counts[result.kept] = self.counts.get(result.kept, 0) + 1

    def __getitem__(self, kept: Kept) -> int:
        return self.counts.get(kept, 0)
