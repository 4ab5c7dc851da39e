"""The appendices of the minutes: completed checklist, documents, dossiers, headcounts and photos."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType

from inspector.domain.checklist import Item
from inspector.domain.dossiers import Assessed, Totals
from inspector.domain.errors import InspectorError
from inspector.domain.grounds import Grounds, pictures
from inspector.domain.headcount import is_complete
from inspector.domain.inspection import Answer, Cited, Evidence, Moment
from inspector.domain.item_prose import result_cell
from inspector.domain.minutes import (
    Appendices,
    CheckedDocument,
    ChecklistLine,
    ChecklistPart,
    CompletedChecklist,
    DossierLine,
    HeadcountLine,
    MinutesPhoto,
    Points,
    SampleLine,
)
from inspector.domain.phrases import label, local, one_line, short_code
from inspector.domain.record_prose import area_totals
from inspector.domain.scoring import ItemScore, State
from inspector.domain.tally import headcounts_of, ratio_of, sample_of, scores
from inspector.services.photos import Printable

_WHY: Mapping[str, str] = MappingProxyType(
    {
        "blob-missing": "chưa có tệp ảnh trên máy lập biên bản",
        "picture-too-large": "tệp ảnh quá lớn",
    }
)
_UNREADABLE = "không đọc được tệp ảnh"


def appendices_of(drawn: Grounds, photos: Printable) -> Appendices:
    """Every appendix that has content; others stay empty and are not bound."""
    taken = pictures(drawn.inspection)
    return Appendices(
        checklist=_completed(drawn),
        documents=_documents(drawn),
        dossiers=tuple(_dossier(row) for row in _assessed(drawn)),
        headcounts=_headcounts(drawn),
        photos=tuple(_photo(piece, photos) for piece in taken if piece.id in photos.photos),
        missing_photos=tuple(_missing(piece, photos) for piece in taken if piece.id not in photos.photos),
    )


def _completed(drawn: Grounds) -> CompletedChecklist | None:
    """The checklist as filled in; nothing where nobody answered anything."""
    checklist, visit = drawn.checklist, drawn.inspection
    found = {score.key: score for score in scores(drawn)}
    if checklist is None or all(score.state is State.UNCHECKED for score in found.values()):
        return None
    parts = tuple(
        ChecklistPart(
            section.code,
            section.title,
            tuple(_line(drawn, item, found[item.key]) for item in checklist.items_of(section.code)),
        )
        for section in checklist.sections
    )
    return CompletedChecklist(checklist.title, checklist.version, parts, visit.scored)


def _line(drawn: Grounds, item: Item, score: ItemScore) -> ChecklistLine:
    answer = drawn.inspection.answers.get(item.key)
    result = result_cell(item, answer, ratio_of(drawn, item))
    if result is None and label(drawn.inspection.unchecked_reason):
        result = "Chưa kiểm tra"
    points = Points(score.max_points, score.self_score, score.appraised, score.final)
    return ChecklistLine(
        short_code(item.code), item.text, result, _remark(answer), points if drawn.inspection.scored else None
    )


def _remark(answer: Answer | None) -> str | None:
    return (answer.remark or "").strip() or None if answer else None


def _documents(drawn: Grounds) -> tuple[CheckedDocument, ...]:
    """Every document once, however many items and findings cite it."""
    cited = (piece.document for piece in drawn.inspection.evidence if piece.document not in (None, Cited()))
    named = dict.fromkeys(document for document in cited if document is not None)
    return tuple(CheckedDocument(each.number, each.date, each.issuer, each.abstract) for each in named)


def _assessed(drawn: Grounds) -> Iterator[Assessed]:
    for item in drawn.checklist.items if drawn.checklist else ():
        listed = sample_of(drawn, item) if item.answer_type == "sample_dossiers" else None
        yield from listed.rows if listed else ()


def _dossier(judged: Assessed) -> DossierLine:
    row = judged.row
    return DossierLine(
        code=row.code,
        procedure=row.procedure,
        field=row.area,
        received=row.received,
        due=_moment(row.due),
        returned=_moment(row.returned),
        late_days=judged.days_late if judged.complete else None,
        apology=row.apology,
        control_slip=row.control_slip,
        extra_papers=row.extra_papers,
        system_differs=row.system_differs,
        handed_over=judged.handed_over,
        note=row.note,
    )


def _moment(moment: Moment) -> datetime | date | None:
    if moment.date is None or moment.time is None:
        return moment.date
    return datetime.combine(moment.date, moment.time)


def sample_lines(drawn: Grounds, item: Item) -> tuple[SampleLine, ...]:
    """The sample by field where there are several, then those handed over, then the sum of the unit's own."""
    listed = sample_of(drawn, item)
    if listed is None:
        return ()
    kept = drawn.inspection.samples.get(item.key)
    by_area = area_totals(listed)
    rows = [_sample_line(area or "Lĩnh vực khác", found) for area, found in by_area]
    rows.append(_sample_line("Tổng cộng", listed.own, kept.population if kept else None))
    if listed.handed_over.checked:
        rows.append(_sample_line("Nhận bàn giao từ đơn vị cũ (tính riêng)", listed.handed_over))
    return tuple(rows) if len(by_area) > 1 else ()


def _sample_line(field: str, found: Totals, population: int | None = None) -> SampleLine:
    return SampleLine(
        field,
        population,
        found.checked,
        found.on_time,
        found.late,
        found.late - found.late_with_apology,
        found.no_control_slip,
        found.extra_papers,
        found.system_differs,
    )


def _headcounts(drawn: Grounds) -> tuple[HeadcountLine, ...]:
    items = [item for item in drawn.checklist.items if item.answer_type == "headcount"] if drawn.checklist else []
    rows = [row for item in items for row in headcounts_of(drawn, item)]
    return tuple(
        HeadcountLine(
            row.place,
            local(row.at),
            row.due,
            row.present,
            row.absent_with_reason,
            row.absent_without_reason,
            row.without_badge,
            row.note,
        )
        for row in rows
        if is_complete(row) or row.due is not None or row.present is not None
    )


def _photo(piece: Evidence, photos: Printable) -> MinutesPhoto:
    kept = photos.photos[piece.id]
    return MinutesPhoto(piece.caption, kept.width, kept.height, kept.read, local(piece.taken_at), piece.place)


def _missing(piece: Evidence, photos: Printable) -> str:
    name = one_line(piece.caption) or (piece.file.name if piece.file else "")
    return f"{name} ({_why(photos.missing.get(piece.id))})"


def _why(error: InspectorError | None) -> str:
    return _WHY["blob-missing"] if error is None else _WHY.get(error.code, _UNREADABLE)
