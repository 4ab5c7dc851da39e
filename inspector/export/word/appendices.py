"""The appendices: each begins a section of its own with pages counted from one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from inspector.domain.errors import InspectorError
from inspector.domain.minutes import (
    CheckedDocument,
    ChecklistLine,
    CompletedChecklist,
    DossierLine,
    Minutes,
    MinutesPhoto,
)
from inspector.domain.wording import DOTS, day, file_number, number, short_day, short_moment
from inspector.export.text_width import text_width
from inspector.export.word.body import headcount_table
from inspector.export.word.markup import Column, LayoutRow, Writer

CHECKLIST_COLUMNS = (
    Column("Mã", 19, "table_number"),
    Column("Nội dung kiểm tra", 66),
    Column("Kết quả", 38),
    Column("Nhận xét", 42),
)
SCORED_COLUMNS = (
    Column("Mã", 19, "table_number"),
    Column("Nội dung kiểm tra", 84),
    Column("Kết quả", 40),
    Column("Điểm tối đa", 15, "table_number"),
    Column("Tự chấm", 15, "table_number"),
    Column("Thẩm định", 16, "table_number"),
    Column("Chính thức", 16, "table_number"),
    Column("Nhận xét", 47),
)
DOCUMENT_COLUMNS = (
    Column("STT", 13, "table_number"),
    Column("Số, ký hiệu", 36),
    Column("Ngày ban hành", 26, "table_number"),
    Column("Cơ quan ban hành", 36),
    Column("Trích yếu", 54),
)
DOSSIER_COLUMNS = (
    Column("STT", 13, "table_number"),
    Column("Mã hồ sơ", 50),
    Column("Thủ tục, lĩnh vực", 51),
    Column("Tiếp nhận", 25, "table_number"),
    Column("Hẹn trả", 25, "table_number"),
    Column("Trả kết quả", 25, "table_number"),
    Column("Trễ (ngày làm việc)", 18, "table_number"),
    Column("Ghi nhận", 45),
)


@dataclass(frozen=True, slots=True)
class Appendix:
    """One appendix: its title and its content; ``landscape`` for a table too wide for the upright page."""

    title: str
    content: str
    landscape: bool = False


PlacePicture = Callable[[MinutesPhoto], str]
"""Takes the photo into the package and gives its relation; an ``InspectorError`` says why it cannot."""


def appendices(write: Writer, minutes: Minutes, place_picture: PlacePicture) -> Iterator[Appendix]:
    """The appendices that have content, in the order of the paper."""
    bound = minutes.appendices
    if bound.checklist and bound.checklist.parts:
        yield _checklist(write, bound.checklist)
    if bound.documents:
        yield Appendix("Danh mục văn bản, tài liệu đã kiểm tra", _documents(write, bound.documents))
    if bound.dossiers:
        yield Appendix("Danh sách hồ sơ thủ tục hành chính đã kiểm tra", _dossiers(write, bound.dossiers), True)
    if bound.headcounts:
        yield Appendix("Kết quả kiểm đếm người có mặt", headcount_table(write, bound.headcounts))
    if bound.photos or bound.missing_photos:
        photos = _photos(write, bound.photos, bound.missing_photos, place_picture)
        yield Appendix("Ảnh chụp trong quá trình kiểm tra", photos)


def count_appendices(minutes: Minutes) -> int:
    bound = minutes.appendices
    parts = (bound.checklist and bound.checklist.parts, bound.documents, bound.dossiers, bound.headcounts)
    return sum(bool(part) for part in parts) + bool(bound.photos or bound.missing_photos)


def heading(write: Writer, minutes: Minutes, appendix: Appendix, number: int, total: int) -> str:
    """Title lines of an appendix; the only one carries no number."""
    header = minutes.header
    marked = f"{file_number(header.number)}/{header.symbol or DOTS}"
    of = minutes.team or "Đoàn kiểm tra"
    lines = [
        write.paragraph("appendix", f"Phụ lục {roman(number)}" if total > 1 else "Phụ lục"),
        write.paragraph("appendix_title", appendix.title.upper()),
    ]
    if minutes.banner:
        lines.append(write.paragraph("banner", minutes.banner, keep=True))
    reference = f"(Kèm theo Biên bản số {marked} {day(header.date)} của {of})"
    lines.append(write.paragraph("appendix_reference", _in_two(write, reference, appendix.landscape), keep=True))
    return "".join(lines)


def _in_two(write: Writer, reference: str, landscape: bool) -> str:
    """Too long for one line it is broken before whose minutes they are, never inside the date."""
    page, size = write.profile.page, write.profile.elements["appendix_reference"].size
    room = (page.height if landscape else page.width) - page.left.use - page.right.use
    fits = text_width(write.profile, reference, size, italic=True) <= room
    return reference if fits else reference.replace(" của ", "\ncủa ", 1)


def roman(number: int) -> str:
    """1 to 39 as Roman digits."""
    return "X" * (number // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]


def _checklist(write: Writer, checklist: CompletedChecklist) -> Appendix:
    columns = SCORED_COLUMNS if checklist.scored else CHECKLIST_COLUMNS
    rows: list[str] = []
    for part in checklist.parts:
        rows.append(write.group_row(columns, f"{part.code}. {part.title}"))
        rows += [write.row(columns, _checklist_cells(line, checklist.scored)) for line in part.lines]
    table = write.table(columns, rows, "Phiếu kiểm tra")
    named = ", ".join(
        text for text in (checklist.title, f"phiên bản {checklist.version}" if checklist.version else None) if text
    )
    note = write.paragraph("body", f"Theo {named}.", keep=True) if named else ""
    return Appendix("Phiếu kiểm tra", note + table, checklist.scored)


def _checklist_cells(line: ChecklistLine, scored: bool) -> tuple[str, ...]:
    begun = (line.code, line.text, line.result or DOTS)
    if not scored:
        return (*begun, line.remark or "")
    points = line.points
    if points is None:
        return (*begun, *("–",) * 4, line.remark or "")
    given = (points.maximum, points.self_score, points.appraised, points.final)
    return (*begun, *map(number, given), line.remark or "")


def _documents(write: Writer, documents: Sequence[CheckedDocument]) -> str:
    rows = (
        write.row(
            DOCUMENT_COLUMNS,
            (str(position), one.number or DOTS, short_day(one.date), one.issuer or DOTS, one.abstract or DOTS),
        )
        for position, one in enumerate(documents, 1)
    )
    return write.table(DOCUMENT_COLUMNS, rows, "Danh mục văn bản, tài liệu đã kiểm tra")


def _dossiers(write: Writer, dossiers: Sequence[DossierLine]) -> str:
    rows = (
        write.row(
            DOSSIER_COLUMNS,
            (
                str(position),
                one.code or DOTS,
                "\n".join(text for text in (one.procedure, one.field) if text) or DOTS,
                short_day(one.received),
                short_moment(one.due),
                short_moment(one.returned),
                number(one.late_days),
                "; ".join(_remarks(one)),
            ),
        )
        for position, one in enumerate(dossiers, 1)
    )
    return write.table(DOSSIER_COLUMNS, rows, "Danh sách hồ sơ thủ tục hành chính đã kiểm tra")


def _remarks(one: DossierLine) -> Iterator[str]:
    if one.late_days and one.apology is not None:
        yield "đã có văn bản xin lỗi" if one.apology else "chưa có văn bản xin lỗi"
    if one.control_slip is False:
        yield "thiếu phiếu kiểm soát"
    if one.extra_papers:
        yield "yêu cầu giấy tờ ngoài quy định"
    if one.system_differs:
        yield "trạng thái trên hệ thống khác thực tế"
    if one.handed_over:
        yield "hồ sơ chuyển tiếp từ đơn vị cũ"
    if one.note:
        yield one.note


def _photos(write: Writer, photos: Sequence[MinutesPhoto], missing: Sequence[str], place_picture: PlacePicture) -> str:
    cells: list[tuple[str, str]] = []
    left_out = list(missing)
    for position, photo in enumerate(photos, 1):
        try:
            relation = place_picture(photo)
        except InspectorError:
            left_out.append(f"{photo.caption or f'Ảnh {position}'} (không đọc được tệp ảnh)")
            continue
        cells.append(_photo(write, photo, relation, len(cells) + 1))
    return _photo_grid(write, cells) + _left_out(write, left_out)


def _photo(write: Writer, photo: MinutesPhoto, relation: str, position: int) -> tuple[str, str]:
    box = (write.profile.photo_width, write.profile.photo_height)
    scale = min(box[0] / max(photo.width, 1), box[1] / max(photo.height, 1))
    caption = photo.caption or DOTS * 2
    details = ", ".join(
        text for text in (photo.place, short_moment(photo.taken_at) if photo.taken_at else None) if text
    )
    worded = f"Ảnh {position}. {caption}{f' ({details})' if details else ''}"
    picture = write.picture(relation, (photo.width * scale, photo.height * scale), worded)
    return picture, write.paragraph("photo_caption", worded)


def _photo_grid(write: Writer, cells: Sequence[tuple[str, str]]) -> str:
    if not cells:
        return ""
    half = write.profile.page.text_width / 2
    rows: list[LayoutRow] = []
    for start in range(0, len(cells), 2):
        pair = list(cells[start : start + 2])
        if len(pair) < 2:
            pair.append((write.paragraph("photo_caption", ""),) * 2)
        rows += [LayoutRow(((pair[0][part], 1), (pair[1][part], 1))) for part in (0, 1)]
    return write.layout_table((half, half), rows, "Ảnh") + write.paragraph("break", "")


def _left_out(write: Writer, names: Sequence[str]) -> str:
    if not names:
        return ""
    lines = "".join(write.paragraph("dash", f"- {name}") for name in names)
    return write.paragraph("body", "Ảnh có trong hồ sơ kiểm tra nhưng không in kèm:", keep=True) + lines
