"""What a person has before them (trước mắt): an inspection, and which operations its values stand for, read as one.

An act of the window names what its author saw, not what the database holds when it is carried out (amendment 1 of the
sync rules). So values and operations come from one steady view of the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.domain.inspection import Inspection
from inspector.services.reading import RECORDED, inspection_of, read_records, read_seals

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.storage.reading import Reading, Record

Standing = Mapping[tuple[str, str], tuple[str, ...]]
"""Operations by record and field."""


@dataclass(frozen=True)
class Sight:
    """One inspection as it is shown."""

    inspection: Inspection
    records: Mapping[str, list[Record]]
    standing: Mapping[str, Standing]

    def seen(self, entity: str, record: str, *fields: str) -> dict[str, tuple[str, ...]]:
        """What an act on these fields saw, as ``Desk.perform`` takes it; nothing in a field is seen as well."""
        return {f"{entity}/{record}/{field}": self.operations(entity, record, field) for field in fields}

    def operations(self, entity: str, record: str, field: str) -> tuple[str, ...]:
        """What a field that shows this value has to remember."""
        return self.standing.get(entity, {}).get((record, field), ())


def look(desk: Desk, inspection: str) -> Sight:
    """Everything of one inspection.

    Raises:
        Refused: ``inspection-not-found``.
    """
    with desk.workspace.snapshot() as view:
        return _sight(view, inspection, {}, {}, RECORDED)


def look_again(desk: Desk, sight: Sight, entities: Iterable[str]) -> Sight:
    """The same inspection after records of these kinds changed."""
    inspection = sight.inspection.id
    with desk.workspace.snapshot() as view:
        return _sight(view, inspection, sight.records, sight.standing, tuple(set(entities).intersection(RECORDED)))


def _sight(
    view: Reading,
    inspection: str,
    records: Mapping[str, list[Record]],
    standing: Mapping[str, Standing],
    entities: Iterable[str],
) -> Sight:
    records = {**records, **read_records(view, inspection, entities)}
    standing = {**standing, **{entity: view.standing(inspection, entity) for entity in entities}}
    return Sight(inspection_of(inspection, records, read_seals(view, inspection)), records, standing)
