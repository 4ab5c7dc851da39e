"""What people call a space of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.registry import SpaceKind

if TYPE_CHECKING:
    from inspector.services.desk import Desk


def title_of(desk: Desk, space: str) -> str:
    """What people call a space: the unit and day of an inspection, or what is shared with everybody."""
    visit = desk.workspace.record(space, "inspection", space)
    if visit is None:
        kinds = {known.id: known.kind for known in desk.workspace.spaces()}
        return "Danh mục dùng chung" if kinds.get(space) == SpaceKind.REFERENCE else "Cuộc kiểm tra chưa nhận được"
    unit = visit.values.get("unit")
    name = str(unit.get("name")) if isinstance(unit, dict) else ""
    day = str(visit.values.get("visit_date") or "")
    return f"{name}, {'/'.join(reversed(day.split('-')))}" if day else name
