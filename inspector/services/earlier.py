"""What earlier inspections of the same unit found (tồn tại của lần kiểm tra trước), for saying that it came back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.domain.phrases import one_line

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.storage.reading import InspectionRow

_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class EarlierFinding:
    """A shortcoming of an earlier visit; ``year`` is that of the visit, ``item`` the permanent key."""

    id: str
    year: str
    content: str
    item: str | None


def earlier_findings(desk: Desk, inspection: str) -> tuple[EarlierFinding, ...]:
    """The shortcomings of all earlier visits to the unit of this inspection, latest visit first.

    Raises:
        Refused: ``inspection-not-found``.
    """
    visit = desk.inspection(inspection)
    day, code = visit.visit_date, visit.unit.code
    if day is None or not code:
        return ()
    rows = [
        row
        for row in desk.workspace.inspections(text=visit.unit.name, limit=_ALL)
        if row.space != inspection and _code(row) == code and "" < str(row.values.get("visit_date") or "") < str(day)
    ]
    return tuple(
        EarlierFinding(
            record.id,
            str(row.values["visit_date"])[:4],
            one_line(str(record.values.get("content") or "")),
            str(record.values["item"]) if record.values.get("item") else None,
        )
        for row in rows
        for record in desk.workspace.records(row.space, "finding")
        if record.values.get("kind") == "shortcoming" and not record.values.get("merged_into")
    )


def _code(row: InspectionRow) -> str:
    unit = row.values.get("unit")
    return str(unit.get("code")) if isinstance(unit, dict) else ""
