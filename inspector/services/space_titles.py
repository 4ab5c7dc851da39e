"""What people call a space of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.registry import SpaceKind
from inspector.services.visits import short_name

if TYPE_CHECKING:
    from inspector.services.desk import Desk

SHARED = {str(SpaceKind.REFERENCE): "dữ liệu dùng chung", str(SpaceKind.SEASON): "kế hoạch mùa kiểm tra"}
"""The spaces that are no inspection, by their kind, as a sentence names them."""


def title_of(desk: Desk, space: str) -> str:
    """The unit and the day of an inspection, or what is shared with everybody."""
    visit = desk.workspace.record(space, "inspection", space)
    day = str(visit.values.get("visit_date") or "") if visit is not None else ""
    unit = unit_of(desk, space)
    return f"{unit}, {'/'.join(reversed(day.split('-')))}" if day else unit


def unit_of(desk: Desk, space: str) -> str:
    """The unit inspected as lists call it, or what is shared with everybody."""
    kind = next((known.kind for known in desk.workspace.spaces() if known.id == space), None)
    if kind in SHARED:
        return SHARED[str(kind)].capitalize()
    visit = desk.workspace.record(space, "inspection", space)
    unit = visit.values.get("unit") if visit is not None else None
    if not isinstance(unit, dict):
        return "Cuộc kiểm tra chưa nhận được"
    return short_name(str(unit.get("body_name") or unit.get("name") or unit.get("code") or ""))
