"""What an exchange brought: the inspections others' records came into, and where people disagree since."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.domain.errors import InspectorError
from inspector.domain.registers import DELETED
from inspector.domain.registry import SpaceKind
from inspector.services.deciding import lines
from inspector.services.exchanging import Kept, Met, Outcome, Person, exchange_with
from inspector.services.space_titles import unit_of

if TYPE_CHECKING:
    from inspector.services.desk import Desk

Places = Mapping[str, frozenset[tuple[str, str, str]]]
"""Inspection → the fields (entity, record, field) people disagree about."""


@dataclass(frozen=True, slots=True)
class Parted:
    """An inspection with disagreements (chỗ chưa thống nhất) that were not there before: ``places`` in words."""

    inspection: str
    title: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """An exchange with one other laptop: ``came`` are the spaces into which something of others came."""

    outcome: Outcome
    came: frozenset[str]
    parted: tuple[Parted, ...]


def meet(
    desk: Desk,
    address: str,
    person: Person | None,
    *,
    shown: Collection[str] = (),
    wait: Callable[[float], object] = time.sleep,
    pause: Callable[[], object] = lambda: None,
    told: Callable[[Met], object] = lambda met: None,
) -> Meeting:
    """``exchange_with``, and what is different on this laptop afterwards. Raises the same."""
    before = disagreed(desk)
    outcome = exchange_with(desk, address, person, shown=shown, wait=wait, pause=pause, told=told)
    came = frozenset(one.space for one in outcome.met if brought(one))
    desk.library.forget()
    return Meeting(outcome, came, parted(desk, before, came))


def brought(met: Met) -> bool:
    """Whether something came that was not here: records, also those that wait or are put aside, or photos."""
    counts = met.report.received.counts
    known = (Kept.DUPLICATE, Kept.FOREIGN)
    return bool(met.photos.received or sum(count for kept, count in counts.items() if kept not in known))


def disagreed(desk: Desk) -> Places:
    """Where people disagree now, in every inspection of this laptop."""
    spaces = [space.id for space in desk.workspace.spaces(SpaceKind.INSPECTION)]
    with desk.workspace.snapshot() as reading:
        return {
            space: frozenset((one.entity, one.id, one.field) for one in reading.disagreements(space))
            for space in spaces
        }


def parted(desk: Desk, before: Places, inspections: Iterable[str]) -> tuple[Parted, ...]:
    """The inspections among these with disagreements that ``before`` had not, said in words."""
    now = disagreed(desk)
    found = []
    for inspection in sorted(inspections):
        new = now.get(inspection, frozenset()) - before.get(inspection, frozenset())
        if new and (places := _words(desk, inspection, new)):
            found.append(Parted(inspection, unit_of(desk, inspection), places))
    return tuple(found)


def _words(desk: Desk, inspection: str, new: frozenset[tuple[str, str, str]]) -> tuple[str, ...]:
    """A deletion against edits is one line about the record, whatever fields were edited."""
    records = {(entity, record) for entity, record, _ in new}
    try:
        told = [line for line in lines(desk, inspection) if line.at.is_open]
    except InspectorError:  # the record that begins it has not come yet
        return ()
    return tuple(
        f"{line.record}: {line.field}"
        for line in told
        if (line.at.entity, line.at.id, line.at.field) in new
        or (line.at.field == DELETED and (line.at.entity, line.at.id) in records)
    )
