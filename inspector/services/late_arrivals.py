"""What came after the seal (phát sinh sau niêm phong), in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from inspector.domain import seal as sealed
from inspector.domain.wording import moment_of
from inspector.services.deciding import checklist_of
from inspector.services.recorded_words import field_words, record_words, value_words
from inspector.services.sealing import seals

if TYPE_CHECKING:
    from inspector.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Late:
    """Something that came after the seal, in words (Phát sinh sau niêm phong)."""

    record: str
    field: str
    words: str
    author: str
    at: datetime | None
    entity: str
    id: str
    name: str


def late(desk: Desk, inspection: str) -> tuple[Late, ...]:
    """What is not under the seal that stands, oldest first; nothing without a seal."""
    with desk.workspace.snapshot() as reading:
        standing = [one for one in seals(reading, inspection) if not one.is_void]
        if not standing:
            return ()
        changesets = [changeset for _, changeset in reading.change_sets(inspection)]
        people = reading.people(inspection)
        found = list(sealed.arrivals(changesets, standing[0].seal.terms))
    read = desk.inspection(inspection)
    checklist = checklist_of(desk, read)
    return tuple(
        Late(
            record_words(read, checklist, one.entity, one.id),
            field_words(one.entity, one.field),
            value_words(read, checklist, one.entity, one.id, one.field, one.value),
            people.get(one.changeset.author, ("", ""))[0],
            moment_of(one.changeset.wall),
            one.entity,
            one.id,
            one.field,
        )
        for one in found
    )


def late_words(found: Iterable[Late]) -> str:
    """What came late as the content of supplementary minutes, to be edited."""
    return "\n".join(
        f"{one.record}. {one.field}: {one.words or '(bỏ trống)'}{f' ({one.author})' if one.author else ''}."
        for one in found
    )
