"""Where the data of every inspection is (dữ liệu đang ở đâu): only here, also with others, the same as with others.

What others have is what they said after they had committed it, never what was sent to them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from inspector.domain.changeset import ChangeSet, short_of
from inspector.domain.exchange import Holds, check_code, compare
from inspector.domain.wording import moment_of
from inspector.services.office_receipts import receipt_of
from inspector.services.visits import lines

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.storage.copies import Peer
    from inspector.storage.reading import Reading, Waiting


@dataclass(frozen=True, slots=True)
class Other:
    """Another laptop that said what it has of an inspection. ``same``: exactly what is here; ``at`` when it said so."""

    name: str
    same: bool
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Reached:
    """How much of an inspection somebody's laptop, or the office's server, said it has on its disk, and when (``at``).

    ``whole``: every change set that is here; ``photos_missing``: photos here that it has not said it has. ``receipt``
    is the hour at which the office signed for exactly what is here.
    """

    name: str
    at: datetime | None
    whole: bool
    photos_missing: int
    receipt: datetime | None = None

    @property
    def is_all(self) -> bool:
        return self.whole and not self.photos_missing


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
    """One inspection: how much is here, how much of it nowhere else, who has the same by the check code ``code``.

    ``lead`` is how much the lead (Trưởng đoàn) has, ``office`` the office, ``None`` where no laptop of theirs said
    anything; ``is_leads``: this laptop is the lead's.
    """

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
    lead: Reached | None = None
    office: Reached | None = None
    is_leads: bool = False

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
        lead=_lead(reading, desk, inspection, mine),
        office=_office(reading, desk, inspection, mine),
        is_leads=_is_leads(reading, desk, inspection),
    )


def _others(reading: Reading, inspection: str, mine: Holds) -> Iterable[Other]:
    for peer in reading.peers():
        said = reading.claims(inspection, peer.id)
        if said is not None:
            yield Other(peer.name, said.vector == mine.vector and not said.held, moment_of(peer.last_ok))


def _is_leads(reading: Reading, desk: Desk, inspection: str) -> bool:
    return desk.workspace.author.person in _leads(reading, inspection)


def _leads(reading: Reading, inspection: str) -> set[str]:
    members = reading.records(inspection, "team_member")
    return {str(one.values.get("person")) for one in members if one.values.get("role") == "lead"}


def _lead(reading: Reading, desk: Desk, inspection: str, mine: Holds) -> Reached | None:
    """What the laptops of the lead said, the furthest of them."""
    leads = _leads(reading, inspection)
    devices = {
        one.device for one in reading.machines(inspection) if one.somebody.id in leads and one.rights is not None
    }
    return _furthest(reading, inspection, mine, devices - {desk.workspace.author.device})


def _office(reading: Reading, desk: Desk, inspection: str, mine: Holds) -> Reached | None:
    """What the office's server and the laptops of its own said, the furthest of them."""
    from inspector.services.office_hub import office_hub

    hub, root = office_hub(desk), desk.workspace.identity.office
    own = {one.device for one in reading.machines(inspection) if root and one.certificate.root.hex() == root}
    found = _furthest(reading, inspection, mine, own | ({hub.id} if hub is not None else set()))
    receipt = receipt_of(reading, inspection)
    if found is None or receipt is None or receipt.root != mine.vector.root().hex():
        return found
    return replace(found, receipt=receipt.at)


def _furthest(reading: Reading, inspection: str, mine: Holds, devices: set[str]) -> Reached | None:
    found = [_reached(reading, inspection, mine, peer) for peer in reading.peers() if peer.id in devices]
    said = [one for one in found if one is not None]
    return max(said, key=lambda one: (one.whole, -one.photos_missing), default=None)


def _reached(reading: Reading, inspection: str, mine: Holds, peer: Peer) -> Reached | None:
    said = reading.claims(inspection, peer.id)
    if said is None:
        return None
    difference = compare(mine.vector, said.vector, lambda digest: True)  # ends that are not known here are left out
    lacks = difference.send or difference.forks or set(mine.held) - set(said.held)
    photos = {sha256 for sha256 in reading.named_blobs(inspection) if reading.has_blob(sha256)}
    return Reached(peer.name, moment_of(peer.last_ok), not lacks, len(photos - reading.blobs_at(peer.id)))


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
