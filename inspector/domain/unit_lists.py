"""An office's own list of units: what it would change, and the document it is adopted as."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from inspector.domain.errors import BadInput
from inspector.domain.text import clean
from inspector.domain.units import Levels, Unit, UnitTable

Change = Literal["added", "renamed", "retyped", "moved", "closed", "unchanged"]
_FORMAT = "inspector-units-1"


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What one row of an office's list means for the unit that stands today (``before``)."""

    change: Change
    before: Unit | None
    after: Unit


def compared(table: UnitTable, rows: Iterable[Unit], day: date) -> tuple[UnitChange, ...]:
    """Each row beside the unit that has its code on ``day``."""
    standing = {unit.code: unit for unit in table.on(day)}
    return tuple(_change(standing.get(row.code), row) for row in rows)


def _change(before: Unit | None, row: Unit) -> UnitChange:
    change: Change = "unchanged"
    if before is None:
        change = "added"
    elif row.valid_to:
        change = "closed"
    elif row.kind != before.kind:
        change = "retyped"
    elif row.name != before.name:
        change = "renamed"
    elif row.parent != before.parent:
        change = "moved"
    return UnitChange(change, before, row)


def document(rows: Iterable[Unit], title: str, version: str) -> bytes:
    """The canonical bytes of a list; their SHA-256 names it."""
    units = [asdict(unit) for unit in sorted(rows, key=lambda u: (u.code, u.valid_from))]
    content = {"format": _FORMAT, "title": title, "version": version, "units": units}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def parse_document(content: bytes, levels: Levels) -> tuple[Unit, ...]:
    """The rows of an adopted list.

    Raises:
        BadInput: ``unit-list-unreadable`` when the bytes are not such a document.
    """
    try:
        data = json.loads(content)
        if data["format"] != _FORMAT:
            raise BadInput("unit-list-unreadable")
        return tuple(_unit(row, levels) for row in data["units"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, BadInput) as error:
        raise BadInput("unit-list-unreadable") from error


def _unit(row: dict[str, str], levels: Levels) -> Unit:
    unit = Unit(**{name: clean(value) for name, value in row.items()})
    for day in filter(None, (unit.valid_from, unit.valid_to)):
        date.fromisoformat(day)
    if levels.of_code(unit.code) != unit.level:
        raise ValueError(unit.code)
    return unit
