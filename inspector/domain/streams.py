"""Where a device goes on writing in a space.

A stream is what one device wrote in one space between two accidents. A number of a stream must never be used twice
knowingly: whoever restores a laptop from an image, copies its folder to a second one or loses its database gets a new
stream (an *epoch*), and the records of the old one come back from the other machines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class EpochReason(StrEnum):
    """Why a device began a stream."""

    NEW = "new"
    RESTORED = "restored"
    CLONED = "cloned"
    REINSTALLED = "reinstalled"
    INVITED = "invited"
    """It goes on under another certificate, which allows more here than the one it had."""


@dataclass(frozen=True, slots=True)
class Tip:
    """The last record of a stream that somebody knows."""

    stream: str
    n: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Continue:
    """The next record has number ``n`` and names ``previous``."""

    n: int
    previous: bytes


@dataclass(frozen=True, slots=True)
class NewEpoch:
    """Begin a stream with an epoch record; ``last``: the furthest own record known to have existed."""

    reason: EpochReason
    last: Tip | None = None


def next_position(
    tip_in_database: Tip | None,
    high_water: Tip | None,
    tip_at_peers: Iterable[Tip] = (),
    *,
    hash_at: Callable[[int], bytes | None] = lambda n: None,
    forked: bool = False,
) -> Continue | NewEpoch:
    """Say where the own stream goes on.

    ``high_water`` is the mark kept beside the database, written after each commit, so it can be behind the database but
    never ahead of it, unless the database is an older copy. ``tip_at_peers`` are the own records other machines last
    reported. Reports are of this stream, or of a later one the database does not have; earlier streams do not belong
    here. ``hash_at`` gives the own record n of the stream in the database, as far as it is known; ``forked`` says
    that the database itself holds two records of one number.
    """
    reports = [*([high_water] if high_water else []), *tip_at_peers]
    if tip_in_database is None:
        last = max(reports, key=_reach, default=None)
        return NewEpoch(EpochReason.NEW if last is None else EpochReason.REINSTALLED, last)
    furthest = max([tip_in_database, *reports], key=_reach)
    if any(tip.stream != tip_in_database.stream or tip.n > tip_in_database.n for tip in reports):
        return NewEpoch(EpochReason.RESTORED, furthest)
    if forked or any(_differs(tip, tip_in_database, hash_at) for tip in reports):
        return NewEpoch(EpochReason.CLONED, tip_in_database)
    return Continue(tip_in_database.n + 1, tip_in_database.hash)


def _reach(tip: Tip) -> int:
    return tip.n


def _differs(tip: Tip, own: Tip, hash_at: Callable[[int], bytes | None]) -> bool:
    known = own.hash if tip.n == own.n else hash_at(tip.n)
    return known is not None and known != tip.hash
