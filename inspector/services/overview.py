"""What is there: lists, search and whole inspections as plain JSON values, for people and for programs alike."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from inspector.domain.changeset import Json
from inspector.domain.errors import BadInput, Refused
from inspector.domain.registry import ENTITIES, SpaceKind
from inspector.services.acts import ACTS

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.services.standing import Reached
    from inspector.storage.reading import Head, Record

Row = dict[str, Json]
SIGNED = "signed"
"""What a list calls an inspection whose minutes are signed; in the log that is a record of its own, no status."""

_ALL = 1_000_000
LEAST_PREFIX = 6
"""Characters of an id that may stand for the whole of it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; ``text`` searches, ``state`` is a status of inspections."""

    inspection: str | None = None
    text: str | None = None
    state: str | None = None
    limit: int = 100


def listed(desk: Desk, kind: str, wanted: Wanted) -> list[Row]:
    """The rows of one kind.

    Raises:
        BadInput: ``list-kind-unknown``.
        Refused: ``inspection-not-found``.
    """
    read = LISTS.get(kind)
    if read is None:
        raise BadInput("list-kind-unknown", kind=kind, kinds=", ".join(LISTS))
    return read(desk, wanted)


def found(desk: Desk, words: str, limit: int) -> list[Row]:
    """Texts that hold every word, exact marks first; each with the inspection it stands in."""
    return [
        {
            "inspection": hit.space,
            "entity": hit.entity,
            "label": ENTITIES[hit.entity].label,
            "id": hit.id,
            "field": hit.field,
            "text": hit.text,
            "exact": hit.exact,
        }
        for hit in desk.workspace.search(words, limit=limit)
    ]


def named(desk: Desk, text: str) -> str:
    """The id of an inspection: whole, the beginning of one, or ``@`` and the caller's id of the act that began it.

    Raises:
        Refused: ``inspection-not-found``.
        BadInput: ``inspection-ambiguous``.
    """
    if text.startswith("@"):
        known = desk.ref_of(text[1:])
        if known is None:
            raise Refused("inspection-not-found", id=text)
        return known
    spaces = [space.id for space in desk.workspace.spaces(SpaceKind.INSPECTION)]
    if text in spaces:
        return text
    matching = [space for space in spaces if space.startswith(text)] if len(text) >= LEAST_PREFIX else []
    if not matching:
        raise Refused("inspection-not-found", id=text)
    if len(matching) > 1:
        raise BadInput("inspection-ambiguous", id=text, count=len(matching))
    return matching[0]


def whole(desk: Desk, inspection: str) -> Row:
    """An inspection with everything recorded, and the values of every field that disagrees."""
    shown = plain(desk.inspection(inspection))
    return {**(shown if isinstance(shown, dict) else {}), "disagreements": [*_disagreements(desk, inspection)]}


def plain(value: Any) -> Json:  # any value object of the domain
    """A value object as JSON: dates as ISO text, decimals as text; nothing is left out."""
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, date | datetime):
        return value.isoformat()
    return cast(Json, value)


def _disagreements(desk: Desk, inspection: str) -> Iterable[Row]:
    for entity in ENTITIES:
        for record in desk.workspace.records(inspection, entity):
            for field in record.conflicts:
                heads = [_head(head) for head in desk.workspace.heads(inspection, entity, record.id, field)]
                yield {"entity": entity, "id": record.id, "field": field, "heads": [*heads]}


def _head(head: Head) -> Row:
    return {"operation": head.operation, "value": head.value, "author": head.author, "at": head.wall, "why": head.why}


def _inspections(desk: Desk, wanted: Wanted) -> list[Row]:
    signed = wanted.state == SIGNED
    state, limit = (None, _ALL) if signed else (wanted.state, wanted.limit)
    rows = desk.workspace.inspections(text=wanted.text, state=state, limit=limit)
    chosen = [row for row in rows if row.signed][: wanted.limit] if signed else rows
    return [
        {
            "id": row.space,
            "visit_date": row.values.get("visit_date"),
            "unit": _member(row.values, "unit", "body_name") or _member(row.values, "unit", "name"),
            "form": row.values.get("form"),
            "status": SIGNED if row.signed else row.values.get("status"),
            "number": row.values.get("number"),
            "answers": row.answers,
            "findings": row.findings,
            "evidence": row.evidence,
            "conflicts": row.conflicts,
        }
        for row in chosen
    ]


def _inside(entity: str, *fields: str) -> Callable[[Desk, Wanted], list[Row]]:
    """A list of one entity, of one inspection or of all."""

    def read(desk: Desk, wanted: Wanted) -> list[Row]:
        if wanted.inspection is not None:
            spaces = [named(desk, wanted.inspection)]
        else:
            spaces = [space.id for space in desk.workspace.spaces(SpaceKind.INSPECTION)]
        rows = (_row(record, fields) for space in spaces for record in desk.workspace.records(space, entity))
        return [row for row, _ in zip(rows, range(wanted.limit), strict=False)]

    return read


def _shared(entity: str, *fields: str) -> Callable[[Desk, Wanted], list[Row]]:
    """A list of one entity of the office."""

    def read(desk: Desk, wanted: Wanted) -> list[Row]:
        spaces = desk.workspace.spaces(SpaceKind.REFERENCE)
        records = (record for space in spaces for record in desk.workspace.records(space.id, entity))
        return [{"id": record.id, **{field: record.values.get(field) for field in fields}} for record in records]

    return read


def _row(record: Record, fields: Iterable[str]) -> Row:
    return {"id": record.id, "inspection": record.space, **{field: record.values.get(field) for field in fields}}


def _checklists(desk: Desk, wanted: Wanted) -> list[Row]:
    return [
        {
            "hash": checklist.hash,
            "level": checklist.level,
            "title": checklist.title,
            "version": checklist.version,
            "items": len(checklist.items),
        }
        for checklist in desk.library.checklists()
    ]


def _units(desk: Desk, wanted: Wanted) -> list[Row]:
    table = desk.library.units
    units = table.find(wanted.text, limit=wanted.limit) if wanted.text else table.on(date.today())[: wanted.limit]
    return [{"code": unit.code, "level": unit.level, "name": table.display(unit)} for unit in units]


def _departments(desk: Desk, wanted: Wanted) -> list[Row]:
    known = desk.library.departments
    chosen = known.find(wanted.text) if wanted.text else known.on(date.today())
    return [{"key": found.key, "level": found.level, "name": found.name} for found in chosen[: wanted.limit]]


def _acts(desk: Desk, wanted: Wanted) -> list[Row]:
    return [{"act": act.name, "label": act.label, "right": act.right.value} for act in ACTS.values()]


def _copies(desk: Desk, wanted: Wanted) -> list[Row]:
    """Where every inspection is: how much only here, what the lead and the office said they have."""
    from inspector.services.standing import standings

    if wanted.inspection is not None:
        ids = [named(desk, wanted.inspection)]
    else:
        ids = [
            row.space for row in desk.workspace.inspections(text=wanted.text, state=wanted.state, limit=wanted.limit)
        ]
    return [
        {
            "inspection": one.id,
            "unit": one.unit,
            "changes": one.changes,
            "photos": one.photos,
            "changes_only_here": one.changes_only_here,
            "photos_only_here": one.photos_only_here,
            "check_code": one.code,
            "lead": "this-laptop" if one.is_leads else _reached(one.lead),
            "office": _reached(one.office),
            "receipt": plain(one.office.receipt) if one.office is not None else None,
        }
        for one in standings(desk, ids)
    ]


def _reached(found: Reached | None) -> str:
    if found is None:
        return "not-told"
    if not found.is_all:
        return "has-part"
    return "receipted" if found.receipt else "has-all"


def _laptops(desk: Desk, wanted: Wanted) -> list[Row]:
    from inspector.services.packages import laptops

    return [{"id": one.device, "name": one.name, "agency": one.agency} for one in laptops(desk)[: wanted.limit]]


def _member(values: Mapping[str, Json], group: str, member: str) -> Json:
    found = values.get(group)
    return found.get(member) if isinstance(found, dict) else None


LISTS: Mapping[str, Callable[[Desk, Wanted], list[Row]]] = {
    "inspections": _inspections,
    "findings": _inside("finding", "kind", "section", "item", "severity", "content"),
    "recommendations": _inside("recommendation", "finding", "content", "responsible", "deadline", "report_to"),
    "documents": _inside("issued_document", "kind", "file", "template", "position", "made_at"),
    "checklists": _checklists,
    "units": _units,
    "departments": _departments,
    "letterheads": _shared("letterhead", "name", "superior_body", "team_name", "symbol"),
    "people": _shared("person", "name", "title", "agency"),
    "laptops": _laptops,
    "copies": _copies,
    "acts": _acts,
}
"""The kinds of lists, as ``list KIND`` takes them."""
