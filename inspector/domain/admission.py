"""Admission: which spaces a laptop is given. Pure; what a laptop may write is ``judgement``'s business.

A laptop holds the inspections whose team names its person, and what the office shares with everybody it admitted.
Reading needs two things: somebody with the right admitted the laptop (its rights in the space), and the space is for
people like its own. Storing is never refused; reading may be.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from inspector.domain.registry import Right, SpaceKind

WORK = ("answer", "finding", "evidence", "dossier", "headcount")
"""What somebody who is there records; with the first of it a visit has begun."""

_OFFICE = frozenset((Right.PLAN, Right.ENROL))
_OFFICE_AND_LEAD = _OFFICE | {Right.DECIDE}


@dataclass(frozen=True, slots=True)
class Shared:
    """What admission asks of a space: ``kind`` is one of ``registry.SpaceKind``; the rest is about an inspection.

    ``people``: the ids of the persons of its team. ``hidden``: a surprise visit (kiểm tra đột xuất) that has not begun.
    """

    kind: str | None
    people: frozenset[str] = frozenset()
    hidden: bool = False


def may_read(space: Shared, rights: Collection[str] | None, persons: Collection[str]) -> bool:
    """Whether a laptop may read a space. ``rights`` are those it has there, None where nobody admitted it.

    ``persons`` are those its certificates name. The reference data are for everybody admitted; the season for office
    and leads; an inspection for the office and for whomever its team names, a surprise visit that has not begun only
    for office and leads. Of a kind this program does not know nothing is shared, since nobody can say for whom it is.
    """
    if rights is None:
        return False
    if space.kind == SpaceKind.REFERENCE:
        return True
    if space.kind == SpaceKind.SEASON:
        return not _OFFICE_AND_LEAD.isdisjoint(rights)
    if space.kind != SpaceKind.INSPECTION:
        return False
    if space.hidden and _OFFICE_AND_LEAD.isdisjoint(rights):
        return False
    return not _OFFICE.isdisjoint(rights) or not space.people.isdisjoint(persons)
