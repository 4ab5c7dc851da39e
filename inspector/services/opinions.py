"""Who wrote what where several values stand in one field (ý kiến khác nhau)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from inspector.domain.changeset import Json
from inspector.domain.wording import moment_of

if TYPE_CHECKING:
    from inspector.services.desk import Desk

Place = tuple[str, str, str]
"""Entity, record and field."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """One of the values that stand; ``at`` is what the clock of its author's machine showed."""

    operation: str
    value: Json
    author: str
    at: datetime | None


def opinions(desk: Desk, inspection: str, places: Iterable[Place]) -> dict[Place, tuple[Opinion, ...]]:
    """The values that stand in these fields of one inspection, each with the name of its author."""
    names: dict[str, str] = {}
    found = {}
    for place in places:
        heads = desk.workspace.heads(inspection, *place)
        for head in heads:
            if head.author not in names:
                names[head.author] = desk.workspace.person_name(inspection, head.author) or ""
        found[place] = tuple(
            Opinion(head.operation, head.value, names[head.author], moment_of(head.wall)) for head in heads
        )
    return found
