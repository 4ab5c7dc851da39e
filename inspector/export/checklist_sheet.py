"""A checklist as a workbook an office can edit: six sheets, lists to choose from, the permanent keys locked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector.domain.checklist import Checklist, Item
from inspector.export import checklist_layout as layout
from inspector.export.atomic_file import replace_file
from inspector.export.sheets import Column

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | Decimal | None

_SPARE_ROWS = 200
_WIDTHS = {
    "key": 34, "code": 10, "section": 11, "text": 60, "answer_type": 24, "max_points": 9, "na_allowed": 14,
    "evidence": 40, "legal_basis": 24, "finding_hint": 40, "remedy_days": 11, "numerator_label": 28,
    "denominator_label": 28, "count_label": 26, "method": 30, "fields": 24, "row_fields": 24, "name": 26, "value": 90,
    "title": 80, "item": 10, "bound": 12, "fraction": 14, "status": 16, "address": 60, "min": 10, "label": 20,
}  # fmt: skip
_LOCKED = frozenset(("key", "fields", "row_fields"))


def write_checklist_sheet(checklist: Checklist, path: Path) -> None:
    """Write the workbook; ``read_checklist_sheet`` gives the same checklist, byte for byte."""
    from xlsxwriter import Workbook

    whole = BytesIO()
    with Workbook(whole, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": checklist.title, "created": datetime(2026, 1, 1, tzinfo=UTC)})
        pages = _Pages(book)
        pages.add(layout.INFO, layout.INFO_COLUMNS, _info_rows(checklist))
        pages.add(layout.SECTIONS, layout.SECTION_COLUMNS, ((s.code, s.title) for s in checklist.sections))
        items = pages.add(layout.ITEMS, layout.ITEM_COLUMNS, (_item_row(item) for item in checklist.items))
        thresholds = pages.add(layout.THRESHOLDS, layout.THRESHOLD_COLUMNS, _threshold_rows(checklist.items))
        legal = pages.add(layout.LEGAL, layout.LEGAL_COLUMNS, _legal_rows(checklist))
        pages.add(layout.BANDS, layout.BAND_COLUMNS, ((band.min, band.label) for band in checklist.rating_bands))
        last = len(checklist.items) + _SPARE_ROWS
        _offer(items, layout.ITEM_COLUMNS, "answer_type", last, list(layout.ANSWER_TYPE_NAMES))
        _offer(items, layout.ITEM_COLUMNS, "na_allowed", last, list(layout.YES_NO))
        _offer(items, layout.ITEM_COLUMNS, "section", last, [section.code for section in checklist.sections])
        _offer(thresholds, layout.THRESHOLD_COLUMNS, "bound", 5 * last, list(layout.BOUND_NAMES))
        _offer(legal, layout.LEGAL_COLUMNS, "status", last, list(layout.LEGAL_STATUS_NAMES))
    replace_file(path, whole.getvalue())


class _Pages:
    """Lays out sheets of one look: heading row frozen, text wrapped, locked columns grey."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        base = {"text_wrap": True, "valign": "top", "font_name": "Times New Roman", "font_size": 12, "border": 1}
        self._heading = book.add_format({**base, "bold": True, "bg_color": "#DDE6F0", "align": "center"})
        self._open = book.add_format({**base, "locked": False})
        self._text = book.add_format({**base, "locked": False, "num_format": "@"})
        self._grey = book.add_format({**base, "locked": True, "bg_color": "#E6E6E6", "font_color": "#595959"})

    def add(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Worksheet:
        """One sheet; the whole of it is protected without a password, so that only locked cells resist."""
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, _WIDTHS.get(column.name, 20), self._format(column.name, None))
            sheet.write_string(0, place, column.title, self._heading)
        for number, row in enumerate(rows, 1):
            for place, cell in enumerate(row):
                self._write(sheet, number, place, columns[place].name, cell)
        allowed = ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter")
        sheet.protect("", dict.fromkeys(allowed, True))
        return sheet

    def _write(self, sheet: Worksheet, row: int, place: int, name: str, cell: Cell) -> None:
        look = self._format(name, cell)
        if cell is None or cell == "":
            sheet.write_blank(row, place, None, look)
        elif isinstance(cell, str):
            sheet.write_string(row, place, cell, look)
        else:
            sheet.write_number(row, place, float(cell), look)  # the file format knows no decimals

    def _format(self, name: str, cell: Cell) -> Any:
        if name in _LOCKED:
            return self._grey
        return self._text if isinstance(cell, str) else self._open


def _offer(sheet: Worksheet, columns: Sequence[Column], name: str, last: int, words: list[str]) -> None:
    """A list to choose from in a column, where it fits the 255 characters Excel allows."""
    place = next(n for n, column in enumerate(columns) if column.name == name)
    if words and len(",".join(words)) <= 255 and not any("," in word for word in words):
        message = "Hãy chọn một giá trị trong danh sách."
        sheet.data_validation(1, place, last, place, {"validate": "list", "source": words, "error_message": message})


def _info_rows(checklist: Checklist) -> list[tuple[str, str]]:
    notices = checklist.notices
    values = {
        "title": checklist.title,
        "version": checklist.version,
        "level": layout.shown(layout.LEVEL_NAMES, checklist.level),
        "status": layout.shown(layout.STATUS_NAMES, checklist.status),
        "about": notices.about,
        "points": notices.points,
        "legal": notices.legal,
        "bands": notices.bands,
        "status_note": notices.status,
    }
    return [(layout.INFO_ROWS[name], value) for name, value in values.items()]


def _item_row(item: Item) -> tuple[Cell, ...]:
    return (
        item.key,
        item.code,
        item.section,
        item.text,
        layout.shown(layout.ANSWER_TYPE_NAMES, item.answer_type),
        item.max_points,
        layout.YES_NO[0 if item.na_allowed else 1],
        "\n".join(item.evidence),
        ", ".join(item.legal_basis),
        item.finding_hint,
        item.remedy_days,
        item.numerator_label,
        item.denominator_label,
        item.count_label,
        item.method,
        ", ".join(item.fields),
        ", ".join(item.row_fields),
    )


def _threshold_rows(items: Iterable[Item]) -> Iterable[tuple[Cell, ...]]:
    for item in items:
        for step in item.thresholds:
            yield item.code, layout.shown(layout.BOUND_NAMES, step.bound), step.value, step.fraction


def _legal_rows(checklist: Checklist) -> Iterable[tuple[Cell, ...]]:
    for basis in checklist.legal_index:
        yield basis.code, basis.title, layout.shown(layout.LEGAL_STATUS_NAMES, basis.status), basis.address
