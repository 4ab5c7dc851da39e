"""Texts being typed (bản nháp): kept on this laptop within a second, and offered again after a crash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from inspector.services.desk import DraftPlace

if TYPE_CHECKING:
    from inspector.services.desk import Desk


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A text that was not committed; ``seen`` are the operations its author saw when editing began."""

    place: DraftPlace
    text: str
    seen: tuple[str, ...]
    at: datetime


def keep_draft(desk: Desk, place: DraftPlace, text: str, seen: tuple[str, ...]) -> None:
    """Keep what stands in a field, durable when this returns.

    Raises:
        Unavailable: nothing can be written now.
    """
    from inspector.storage.reading import Draft

    workspace = desk.workspace
    workspace.put_draft(Draft(*place, workspace.author.person, text, seen, workspace.clock.wall()))


def drop_draft(desk: Desk, place: DraftPlace) -> None:
    """The text was thrown away by its author."""
    desk.workspace.drop_draft(*place)


def kept_drafts(desk: Desk, inspection: str | None = None) -> list[KeptDraft]:
    """What was being typed when the program ended, latest first; of one inspection or of all.

    A draft that says what is stored by now is none; it is passed over.
    """
    found = [
        KeptDraft(
            (kept.space, kept.entity, kept.id, kept.field), kept.text, kept.seen, datetime.fromisoformat(kept.updated)
        )
        for kept in desk.workspace.drafts(inspection)
        if not _is_stored(desk, (kept.space, kept.entity, kept.id, kept.field), kept.text)
    ]
    return sorted(found, key=lambda draft: draft.at, reverse=True)


def _is_stored(desk: Desk, place: DraftPlace, text: str) -> bool:
    heads = desk.workspace.heads(*place)
    return len(heads) == 1 and heads[0].value == text
