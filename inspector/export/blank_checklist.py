"""A checklist on paper: A4 landscape, a box or dotted line for every answer, for the laptop that is not at hand.

Points are printed only when asked for (scoring is off by default), and law that no office has confirmed never.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector.domain.checklist import Checklist, Item, decimal_text

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell, _Row

FONT = "Times New Roman"
_DOTS = "…" * 12
_SHORT = "…" * 5
_LINE = "…" * 10
_JOINED = "\u00a0"  # a blank at which no line breaks
_BOX = "☐"
_ITEM_WIDTHS = (16, 102, 90, 49)  # mm; 257 mm between the margins
_DOSSIER_ROWS, _PLACE_ROWS = 15, 6

_DOSSIER_COLUMNS = (
    ("STT", 12),
    ("Mã hồ sơ", 34),
    ("Thủ tục, lĩnh vực", 46),
    ("Ngày tiếp nhận", 21),
    ("Hẹn trả (ngày, giờ)", 24),
    ("Ngày trả thực tế", 21),
    ("Số ngày trễ", 14),
    ("Có xin lỗi", 14),
    ("Có phiếu kiểm soát", 18),
    ("Giấy tờ ngoài quy định", 18),
    ("Khác hệ thống", 17),
    ("Của đơn vị / chuyển tiếp", 18),
)
_PLACE_COLUMNS = (
    ("Nơi kiểm đếm", 62),
    ("Thời điểm", 30),
    ("Được giao có mặt", 25),
    ("Có mặt", 25),
    ("Vắng có lý do", 25),
    ("Vắng không lý do", 25),
    ("Không đeo thẻ", 25),
    ("Ghi chú", 40),
)
_TOTALS = {
    "sample_dossiers": ("Số hồ sơ kiểm tra", "Đúng hạn, trước hạn", "Trễ hạn", "Trễ hạn có xin lỗi"),
    "headcount": ("Được giao có mặt", "Có mặt", "Vắng có lý do", "Vắng không lý do", "Không đeo thẻ"),
}


def write_blank_checklist(
    checklist: Checklist,
    path: Path,
    *,
    unit: str = "",
    sections: Collection[str] | None = None,
    with_points: bool = False,
) -> None:
    """Write the form as .docx. ``unit`` is printed when known; ``sections`` are those of one member, else all."""
    chosen = [s for s in checklist.sections if sections is None or s.code in sections]
    document = _document(checklist.title)
    _heading(document, checklist, unit)
    table = _table(document, ("Mục", "Nội dung kiểm tra", "Kết quả", "Nhận xét, minh chứng đã xem"), _ITEM_WIDTHS)
    for section in chosen:
        _section_row(table, f"{section.code}. {section.title}")
        for item in checklist.items_of(section.code):
            _item_row(table, item, with_points)
    items = [item for section in chosen for item in checklist.items_of(section.code)]
    _lists(document, {item.answer_type: item.code for item in items})
    _signatures(document)
    temporary = path.with_name(path.name + ".part")
    document.save(str(temporary))
    os.replace(temporary, path)


def _document(title: str) -> Document:
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = docx.Document()
    _drop_old_styles(document)
    document.core_properties.title = title
    document.core_properties.author = ""
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(20)
    page.different_first_page_header_footer = True
    _page_number(page.header.paragraphs[0])
    return document


def _drop_old_styles(document: Document) -> None:
    """The blank document comes with a copy of the styles for Word 2010; it would contradict ours."""
    relations = document.part.rels
    for key in [key for key, found in relations.items() if found.reltype.endswith("/stylesWithEffects")]:
        del relations[key]


def _page_number(paragraph: Any) -> None:
    """Centred at the top from the second page on, as in every administrative document."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001  # python-docx has no fields


def _heading(document: Document, checklist: Checklist, unit: str) -> None:
    _line(document, "PHIẾU KIỂM TRA CÔNG TÁC CẢI CÁCH HÀNH CHÍNH", bold=True, size=14, centred=True)
    _line(document, f"{checklist.title} (phiên bản {checklist.version})", centred=True, after=8)
    _line(document, f"Đơn vị được kiểm tra: {unit or _DOTS * 6}", after=4)
    _line(document, f"Ngày kiểm tra: {_SHORT} / {_SHORT} / {_DOTS}   Người kiểm tra: {_LINE * 2}", after=8)


def _line(
    document: Document, text: str, *, bold: bool = False, size: int = 12, centred: bool = False, after: int = 0
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)
    paragraph.paragraph_format.space_after = Pt(after)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _table(document: Document, titles: Sequence[str], widths: Sequence[int]) -> Table:
    """A bordered table of fixed widths in millimetres whose heading row comes again on every page."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    table: Table = document.add_table(rows=1, cols=len(titles))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    heading = table.rows[0]
    heading._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001  # not offered by python-docx
    _whole(heading)
    for cell, title, width in zip(heading.cells, titles, widths, strict=True):
        cell.width = Mm(width)
        _write(cell, [title], bold=True, centred=True)
    return table


def _row(table: Table) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # typed in part only
    for cell, column in zip(row.cells, table.columns, strict=True):
        cell.width = column.width
    _whole(row)
    return row


def _whole(row: _Row) -> None:
    """A row never breaks over two pages."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))  # noqa: SLF001  # not offered by python-docx


def _section_row(table: Table, title: str) -> None:
    row = _row(table)
    merged = row.cells[0].merge(row.cells[-1])
    _write(merged, [title], bold=True)
    merged.paragraphs[0].paragraph_format.keep_with_next = True


def _item_row(table: Table, item: Item, with_points: bool) -> None:
    cells = _row(table).cells
    _write(cells[0], [item.code], centred=True)
    points = f" ({decimal_text(item.max_points)} điểm)" if with_points else ""
    _write(cells[1], [item.text + points])
    if item.evidence:
        _write(cells[1], [f"Cần xem: {'; '.join(item.evidence)}."], italic=True, size=11, more=True)
    _write(cells[2], list(_answer_lines(item)))
    _write(cells[3], [_LINE, _LINE])


def _answer_lines(item: Item) -> Iterable[str]:
    if item.type.choices:
        yield "   ".join(f"{_BOX} {choice.label}".replace(" ", _JOINED) for choice in item.type.choices)
    elif item.type.asks_ratio:
        yield f"{item.numerator_label}: {_SHORT}"
        yield f"{item.denominator_label}: {_SHORT}"
        yield f"Tỷ lệ: {_SHORT} %"
    elif item.type.asks_count:
        yield f"{item.count_label}: {_SHORT}"
    else:
        yield from (f"{label}: {_SHORT}" for label in _TOTALS.get(item.answer_type, ()))
        yield "(ghi vào bảng kê ở cuối phiếu)"
    if item.na_allowed:
        yield f"{_BOX} Không áp dụng, lý do: {_SHORT}"


def _write(
    cell: _Cell,
    lines: Sequence[str],
    *,
    bold: bool = False,
    italic: bool = False,
    size: int = 12,
    centred: bool = False,
    more: bool = False,
) -> None:
    """Lines as paragraphs; the first goes into the paragraph every cell has, unless there is ``more`` to add."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    for number, text in enumerate(lines):
        paragraph = cell.add_paragraph() if number or more else cell.paragraphs[0]
        paragraph.paragraph_format.space_before = Pt(2)
        paragraph.paragraph_format.space_after = Pt(2)
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for place, part in enumerate(text.split(_BOX)):
            if place:
                _box(paragraph)
            run = paragraph.add_run(part)
            run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _box(paragraph: Any) -> None:
    """The empty box in a font that has it; Times New Roman has not."""
    from docx.oxml.ns import qn

    run = paragraph.add_run(_BOX)
    run.font.name = "Segoe UI Symbol"
    run._r.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), "Segoe UI Symbol")  # noqa: SLF001  # not offered by python-docx


def _lists(document: Document, codes: dict[str, str]) -> None:
    """Empty tables for sampled dossiers and headcounts, where an item asks for them."""
    for kind, title, columns, count in (
        ("sample_dossiers", "BẢNG KÊ HỒ SƠ KIỂM TRA XÁC SUẤT", _DOSSIER_COLUMNS, _DOSSIER_ROWS),
        ("headcount", "BẢNG KIỂM ĐẾM CÓ MẶT", _PLACE_COLUMNS, _PLACE_ROWS),
    ):
        if kind not in codes:
            continue
        _line(document, f"{title} (mục {codes[kind]})", bold=True, centred=True, after=4)
        document.paragraphs[-1].paragraph_format.page_break_before = True
        if kind == "sample_dossiers":
            _line(document, f"Tổng số hồ sơ để chọn: {_SHORT}   Cách chọn: {_LINE * 2}   Người chọn: {_LINE}", after=4)
            _line(document, "Chỉ ghi mã hồ sơ, không ghi họ tên công dân.", after=4)
        table = _table(document, [name for name, _ in columns], [width for _, width in columns])
        for number in range(1, count + 1):
            cells = _row(table).cells
            _write(cells[0], [str(number) if columns[0][0] == "STT" else ""], centred=True)
            _write(cells[-1], [""])


def _signatures(document: Document) -> None:
    """Two places to sign, kept together."""
    from docx.shared import Mm, Pt

    document.add_paragraph().paragraph_format.space_after = Pt(6)
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    row = table.rows[0]
    _whole(row)
    titles = ("ĐẠI DIỆN ĐƠN VỊ", "NGƯỜI KIỂM TRA")
    for cell, title in zip(row.cells, titles, strict=True):
        cell.width = Mm(128)
        _write(cell, [title], bold=True, centred=True)
        _write(cell, ["(ký, ghi rõ họ tên)"], italic=True, centred=True, more=True)
        _write(cell, ["", "", ""], more=True)
