"""Where the data of every inspection is (dữ liệu đang ở đâu): only here, also with others, the same as with others.

What others have is what they said after they had committed it, never what was sent to them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from inspector.domain.changeset import ChangeSet, short_of
from inspector.domain.exchange import Holds, check_code
from inspector.services.visits import lines

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.storage.reading import Reading, Waiting


@dataclass(frozen=True, slots=True)
class Other:
    """Another laptop that said what it has of an inspection. ``same``: exactly what is here; ``at`` when it said so."""

    name: str
    same: bool
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Group:
    """Change sets without effect for now: how many, by whom. Held ones wait for data (``of_author``: from the same
    laptop); quarantined ones have a ``reason`` (``credentials.Reason``) and wait for somebody's decision.
    """

    count: int
    author: str
    reason: str | None = None
    of_author: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """One inspection: how much is here, how much of it nowhere else, who has the same by the check code ``code``."""

    id: str
    unit: str
    day: str
    changes: int
    photos: int
    changes_only_here: int
    photos_only_here: int
    least_copies: int
    photos_missing: int
    code: str
    others: tuple[Other, ...]
    held: tuple[Group, ...]
    quarantined: tuple[Group, ...]

    @property
    def is_only_here(self) -> bool:
        """Something of it is on no other laptop, as far as is known."""
        return bool(self.changes_only_here or self.photos_only_here)

    @property
    def same(self) -> tuple[Other, ...]:
        return tuple(other for other in self.others if other.same)


@dataclass(frozen=True, slots=True)
class Total:
    """Of all inspections: what is here, and what is nowhere else."""

    changes: int
    photos: int
    changes_only_here: int
    photos_only_here: int


def standings(desk: Desk, inspections: Sequence[str]) -> tuple[Standing, ...]:
    """How these inspections stand, in this order; those that were deleted meanwhile are missing."""
    known = lines(desk, inspections)
    found = []
    for inspection in inspections:
        line = known.get(inspection)
        if line is not None:
            with desk.workspace.snapshot() as reading:
                day = "" if line.day is None else line.day.isoformat()
                found.append(_standing(reading, desk, inspection, line.unit, day))
    return tuple(found)


def total(found: Iterable[Standing]) -> Total:
    """The sum over inspections."""
    rows = list(found)
    return Total(
        sum(row.changes for row in rows),
        sum(row.photos for row in rows),
        sum(row.changes_only_here for row in rows),
        sum(row.photos_only_here for row in rows),
    )


def _standing(reading: Reading, desk: Desk, inspection: str, unit: str, day: str) -> Standing:
    copies = reading.copies(inspection)
    with reading.holdings(inspection) as holdings:
        mine = holdings.holds()
    shipped = {checklist.hash for checklist in desk.library.checklists()}
    here = copies.blobs.total()
    named = len(reading.named_blobs(inspection) - shipped)
    waiting = reading.waiting(inspection)
    return Standing(
        id=inspection,
        unit=unit,
        day=day,
        changes=copies.changes.total(),
        photos=here,
        changes_only_here=copies.only_here,
        photos_only_here=copies.blobs_only_here,
        least_copies=min((*copies.changes, *copies.blobs), default=0),
        photos_missing=max(0, named - here),
        code=check_code(mine.vector.root()),
        others=tuple(_others(reading, inspection, mine)),
        held=_groups(reading, inspection, [one for one in waiting if one.held]),
        quarantined=_groups(reading, inspection, [one for one in waiting if not one.held]),
    )


def _others(reading: Reading, inspection: str, mine: Holds) -> Iterable[Other]:
    for peer in reading.peers():
        said = reading.claims(inspection, peer.id)
        if said is not None:
            yield Other(peer.name, said.vector == mine.vector and not said.held, _moment(peer.last_ok))


def _groups(reading: Reading, inspection: str, waiting: Sequence[Waiting]) -> tuple[Group, ...]:
    found: Counter[tuple[str, str | None, bool]] = Counter()
    for one in waiting:
        changeset = one.changeset
        name = reading.person_name(inspection, changeset.author) or one.received_from or ""
        found[name, None if one.held else one.reason, _waits_for_its_own(changeset, one.missing)] += 1
    return tuple(Group(count, *key) for key, count in sorted(found.items(), key=str))


def _waits_for_its_own(changeset: ChangeSet, missing: Sequence[str]) -> bool:
    """Whether the record before it in the same laptop's stream has not come."""
    return changeset.previous is not None and any(changeset.previous.startswith(short_of(name)) for name in missing)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
