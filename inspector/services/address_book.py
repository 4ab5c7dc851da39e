"""The office's address book (danh bạ) and what heads of minutes can be copied from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from inspector.domain.registry import SpaceKind

if TYPE_CHECKING:
    from inspector.domain.changeset import Json
    from inspector.services.desk import Desk

_MOST = 50


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody who often goes on inspections; ``contents`` are the codes they usually own."""

    id: str
    name: str
    title: str
    agency: str
    contents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EarlierHead:
    """An inspection whose head of minutes can be copied."""

    inspection: str
    unit: str
    day: date | None


def known_people(desk: Desk) -> tuple[KnownPerson, ...]:
    """Everybody in the address book, by name."""
    found = [
        KnownPerson(
            record.id,
            _text(record.values.get("name")),
            _text(record.values.get("title")),
            _text(record.values.get("agency")),
            _texts(record.values.get("contents")),
        )
        for space in desk.workspace.spaces(SpaceKind.REFERENCE)
        for record in desk.workspace.records(space.id, "person")
    ]
    return tuple(sorted(found, key=lambda person: (person.name.split()[-1:], person.name)))


def earlier_heads(desk: Desk, inspection: str) -> tuple[EarlierHead, ...]:
    """The latest other inspections that have a head to copy."""
    found = []
    for row in desk.workspace.inspections(limit=_MOST):
        if row.space == inspection or not row.values.get("team_name"):
            continue
        unit, day = row.values.get("unit"), row.values.get("visit_date")
        name = _text(unit.get("body_name") or unit.get("name")) if isinstance(unit, dict) else ""
        found.append(EarlierHead(row.space, name, date.fromisoformat(day) if isinstance(day, str) else None))
    return tuple(found)


def letterhead_names(desk: Desk) -> tuple[str, ...]:
    """The heads of minutes the office saved under a name."""
    records = (
        record
        for space in desk.workspace.spaces(SpaceKind.REFERENCE)
        for record in desk.workspace.records(space.id, "letterhead")
    )
    return tuple(sorted(_text(record.values.get("name")) for record in records))


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Json) -> tuple[str, ...]:
    return tuple(entry for entry in value if isinstance(entry, str)) if isinstance(value, list) else ()
