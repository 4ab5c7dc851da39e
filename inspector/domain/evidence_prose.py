"""What the minutes say of a piece of evidence (minh chứng)."""

from __future__ import annotations

from inspector.domain.grounds import Grounds
from inspector.domain.inspection import Evidence
from inspector.domain.phrases import at_moment, clause, label, one_line, short_cited, sourced


def evidence_of(grounds: Grounds, entity: str, record: str) -> tuple[str, ...]:
    """The evidence of a record in words, photos last and by their numbers: "ảnh số 3, 4"."""
    pieces = grounds.inspection.evidence_of(entity, record)
    numbers = sorted(grounds.photo_numbers[piece.id] for piece in pieces if piece.id in grounds.photo_numbers)
    told = [words for piece in pieces if (words := evidence_words(piece))]
    return (*told, *([f"ảnh số {', '.join(str(number) for number in numbers)}"] if numbers else []))


def evidence_words(piece: Evidence) -> str:
    """One piece of evidence inside a sentence; a photo has its number instead and gives ""."""
    if piece.file is not None:
        return "" if piece.file.is_picture else f"tệp “{label(piece.caption) or label(piece.file.name)}”"
    if piece.document is not None:
        return short_cited(piece.document)
    return _statement(piece) if one_line(piece.statement) else _figure(piece)


def _figure(piece: Evidence) -> str:
    value = " ".join(part for part in (label(piece.figure_value), label(piece.figure_unit)) if part)
    told = ": ".join(part for part in (clause(piece.figure_name), value) if part)
    source = sourced(piece.figure_source, piece.figure_extracted_at)
    return f"{told} ({source})" if told and source else told


def _statement(piece: Evidence) -> str:
    who = f"{label(piece.said_by)} trình bày".strip()
    when = f" lúc {at_moment(piece.said_at)}" if piece.said_at else ""
    return f"{who}{when}: “{one_line(piece.statement)}”"
