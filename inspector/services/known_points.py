"""The exchange points this laptop has been at: where they were, and which of them two people agreed on by a code."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING

from inspector.sync.chunks import MOST

if TYPE_CHECKING:
    from inspector.storage.workspace import Workspace

_OWN = "points"
_MOST_KEPT = 20
_WITHOUT_TRYING = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class KnownPoint:
    """One point; ``pin`` is the key two people agreed on, empty where the device is known by its certificate.

    ``most``: the bytes of a message that something on the way took, ``at``: when that was found out (wall time).
    """

    id: str
    address: str
    name: str
    pin: str = ""
    most: int = MOST
    at: str = ""


_NAMES = {field.name for field in fields(KnownPoint)}


def known_points(workspace: Workspace) -> list[KnownPoint]:
    """The latest first."""
    data = workspace.own(_OWN)
    rows = json.loads(data) if data else []
    return [KnownPoint(**{name: value for name, value in row.items() if name in _NAMES}) for row in rows]


def find_point(workspace: Workspace, id: str) -> KnownPoint | None:
    return next((point for point in known_points(workspace) if point.id == id), None)


def remember(workspace: Workspace, point: KnownPoint) -> None:
    """Puts a point first, in place of what was known of it and of whoever had its address before."""
    others = [one for one in known_points(workspace) if point.id != one.id]
    kept = [point, *(replace(one, address="") if one.address == point.address else one for one in others)]
    with workspace.unit_of_work() as unit:
        unit.put_own(_OWN, _written(kept[:_MOST_KEPT]))
        unit.commit()


def most_for(point: KnownPoint | None, now: str) -> int:
    """How much may go to a point at once: what was refused a day ago is tried again."""
    if point is None or not point.at:
        return MOST
    try:
        age = datetime.datetime.fromisoformat(now) - datetime.datetime.fromisoformat(point.at)
    except (ValueError, TypeError):
        return MOST
    return point.most if datetime.timedelta() <= age < _WITHOUT_TRYING else MOST


def _written(points: Iterable[KnownPoint]) -> bytes:
    return json.dumps([asdict(point) for point in points], ensure_ascii=False).encode()
