"""Beginning a finding at an item, with the wording the checklist suggests for what is usually wrong there."""

from __future__ import annotations

from collections.abc import Callable

from inspector.domain.checklist import Item
from inspector.domain.phrases import short_code
from inspector.ui.language import tr
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.painting import Mark


def begin_finding(opened: OpenInspection, item: Item, mark: Mark, then: Callable[[str], object]) -> None:
    """What is met becomes a strength without words, everything else a shortcoming; ``then`` gets the new record."""
    kind = "strength" if mark is Mark.MET else "shortcoming"
    suggested = item.finding_hint if kind == "shortcoming" else ""
    opened.perform(
        "add_finding",
        {"kind": kind, "item": item.key, "content": suggested or None},
        words=tr("Đã thêm phát hiện từ mục {item}", item=short_code(item.code)),
        then=lambda receipt: then(receipt.ref),
    )
