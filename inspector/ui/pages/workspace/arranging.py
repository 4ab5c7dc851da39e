"""Moving a record among its neighbours, in the inspection that is open."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from inspector.ui.language import tr
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.pages.workspace.ordering import moved

_EDITS = {
    "finding": ("edit_finding", "finding"),
    "recommendation": ("edit_recommendation", "recommendation"),
    "team_member": ("edit_member", "member"),
    "unit_person": ("edit_unit_person", "unit_person"),
    "signer": ("edit_signer", "signer"),
}
"""The act that edits a record, and its argument that names it."""


def arrange(
    opened: OpenInspection, entity: str, record: str, step: int, everyone: Sequence[str], among: Sequence[str]
) -> None:
    """One place down (+1) or up (−1) among these; ``everyone`` are all records of the entity as they are shown."""
    stored = {each.id: each.values.get("order") for each in opened.sight.records.get(entity, [])}
    rows = [(name, _order(stored.get(name))) for name in everyone]
    orders = moved(rows, record, step, among)
    act, argument = _EDITS[entity]
    for place, (name, order) in enumerate(orders, 1):
        last = place == len(orders)
        opened.perform(
            act,
            {argument: name, "order": format(order, "f")},
            at=(entity, name, ("order",)),
            words=tr("Đã đổi thứ tự") if last else "",
        )


def _order(value: object) -> Decimal | None:
    return Decimal(value) if isinstance(value, str) else None
