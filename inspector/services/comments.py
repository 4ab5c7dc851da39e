"""What the team says to one another about a record (trao đổi nội bộ): read in the window, never printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from inspector.services.opinions import opinions
from inspector.services.reading import in_order, read_records

if TYPE_CHECKING:
    from inspector.services.desk import Desk

Subject = tuple[str, str]
"""Entity and record that are spoken of; two empty strings where it is the inspection."""
_ENTITY, _TEXT = "comment", "text"


@dataclass(frozen=True, slots=True)
class Comment:
    """``at`` is what the clock of its author's machine showed."""

    text: str
    author: str
    at: datetime | None


def comments(desk: Desk, inspection: str) -> dict[Subject, tuple[Comment, ...]]:
    """The comments of one inspection by what they are about, each time as they were written."""
    records = in_order(read_records(desk.workspace, inspection, (_ENTITY,))[_ENTITY])
    told = opinions(desk, inspection, [(_ENTITY, record.id, _TEXT) for record in records])
    found: dict[Subject, tuple[Comment, ...]] = {}
    for record in records:
        about = (str(record.values.get("entity") or ""), str(record.values.get("subject") or ""))
        said = (Comment(str(head.value), head.author, head.at) for head in told[(_ENTITY, record.id, _TEXT)])
        found[about] = (*found.get(about, ()), *said)
    return found
