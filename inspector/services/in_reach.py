"""Exchanging by itself: every minute, with each known point (điểm đồng bộ) that is open and in reach.

Nobody is asked anything: a laptop whose code has to be compared is left to an exchange by hand.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.domain.errors import InspectorError
from inspector.services.exchanging import answers_at
from inspector.services.known_points import KnownPoint, known_points
from inspector.services.meeting import Meeting, meet
from inspector.services.office_hub import office_hub
from inspector.sync.discovery import look_around, tag_of

if TYPE_CHECKING:
    from inspector.services.desk import Desk

EVERY_SECONDS = 60
MOST_POINTS = 5
"""So many points, the latest ones, are looked for: each that is away costs two seconds."""

_OWN = "in-reach"
_YES, _NO = b"1", b"0"


@dataclass(frozen=True, slots=True)
class Round:
    """One look for the known points: ``trouble`` is why a point that answered could not be exchanged with."""

    known: int
    meetings: tuple[Meeting, ...] = ()
    trouble: InspectorError | None = None


def is_wanted(desk: Desk) -> bool:
    """Whether this laptop exchanges by itself; not before its first exchange by hand."""
    return desk.workspace.own(_OWN) == _YES


def want(desk: Desk, yes: bool) -> None:
    """What the person chose."""
    with desk.workspace.unit_of_work() as unit:
        unit.put_own(_OWN, _YES if yes else _NO)
        unit.commit()


def want_from_now(desk: Desk) -> bool:
    """After an exchange by hand: on, unless the person turned it off. Returns whether it is on."""
    if desk.workspace.own(_OWN) is None:
        want(desk, True)
    return is_wanted(desk)


def meet_in_reach(
    desk: Desk,
    *,
    wait: Callable[[float], object] = time.sleep,
    pause: Callable[[], object] = lambda: None,
) -> Round:
    """One round. Raises only what ``pause`` and ``wait`` raise."""
    office = office_hub(desk)
    known = [one for one in known_points(desk.workspace) if office is None or one.id != office.id][:MOST_POINTS]
    found = {one.tag: one.address for one in look_around()} if known else {}
    meetings: list[Meeting] = []
    trouble: InspectorError | None = None
    for point in known:
        pause()
        address = found.get(tag_of(point.id)) or point.address
        if not address or not _is_there(point, address):
            continue
        try:
            meetings.append(meet(desk, address, None, wait=wait, pause=pause))
        except InspectorError as error:
            trouble = error
    return Round(len(known), tuple(meetings), trouble)


def _is_there(point: KnownPoint, address: str) -> bool:
    answering = answers_at(address)
    return answering is not None and answering.id == point.id
