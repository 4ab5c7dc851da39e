"""What evidence is attached to, in the words of the acts, and what a strip shows of each piece."""

from __future__ import annotations

from dataclasses import dataclass

from inspector.domain.ids import natural_id
from inspector.domain.inspection import Evidence as Piece
from inspector.domain.wording import short_day
from inspector.services.evidence_files import Presence
from inspector.ui.language import Words, tr
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.widgets.evidence_strip import Evidence

WHOLE = "inspection"
"""The subject of evidence that is attached to nothing but the inspection."""


@dataclass(frozen=True)
class On:
    """What a pane shows the evidence of: an entity of the registry and its record."""

    entity: str
    record: str

    def arguments(self, opened: OpenInspection) -> dict[str, object]:
        """Which argument of the acts names it; none for the inspection itself."""
        if self.entity == "answer":
            return {"item": item_of(opened, self.record)}
        return {} if self.entity == WHOLE else {self.entity: self.record}

    def pieces(self, opened: OpenInspection) -> tuple[Piece, ...]:
        if self.entity == WHOLE:
            return tuple(piece for piece in opened.inspection.evidence if not piece.subjects)
        return opened.inspection.evidence_of(self.entity, self.record)


def item_of(opened: OpenInspection, answer: str) -> str:
    """The key of the item an answer belongs to, also of one that was not given yet. Raises ``KeyError``."""
    items = opened.checklist.items if opened.checklist is not None else ()
    for item in items:
        if natural_id(opened.id, "answer", item.key) == answer:
            return item.key
    raise KeyError(answer)


def name_of(piece: Piece) -> str:
    """What a piece is called: its caption, else what it is."""
    if piece.caption:
        return piece.caption
    if piece.file is not None:
        return piece.file.name
    if piece.document is not None:
        cited = piece.document
        return " ".join(part for part in (cited.number, cited.abstract) if part)
    return piece.figure_name or piece.statement or ""


def shown(piece: Piece, presence: Presence) -> Evidence:
    """The piece as the strip shows it."""
    return Evidence(piece.id, name_of(piece), _icon(piece), absent_words(piece, presence))


def absent_words(piece: Piece, presence: Presence) -> Words:
    """Why the content of a piece cannot be shown here."""
    picture = piece.file is not None and piece.file.is_picture
    if presence is Presence.ELSEWHERE:
        return tr("Ảnh chỉ có trên máy khác") if picture else tr("Tệp chỉ có trên máy khác")
    if presence is Presence.DAMAGED:
        return tr("Ảnh bị hỏng") if picture else tr("Tệp bị hỏng")
    return ""


def told(piece: Piece) -> list[str]:
    """What a piece without a file says, line by line."""
    cited = piece.document
    lines: list[str | None] = []
    if cited is not None:
        lines += [cited.number, short_day(cited.date) if cited.date else None, cited.issuer, cited.abstract]
    lines += [piece.figure_name, " ".join(part for part in (piece.figure_value, piece.figure_unit) if part)]
    lines += [piece.figure_source, piece.said_by, piece.statement]
    return [line for line in lines if line]


def _icon(piece: Piece) -> str:
    if piece.file is not None:
        return "image" if piece.file.is_picture else "file-text"
    return {"document": "book-open", "figure": "table"}.get(piece.kind, "message-square")
