"""A checklist out to Excel and back: identical, or every problem at its cell."""

from __future__ import annotations

import copy
import functools
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from inspector.domain.checklist import ANSWER_TYPES, Checklist, Item, LegalBasis, RatingBand, Section, Threshold
from inspector.domain.checklist_changes import changes
from inspector.domain.checklist_file import parse_checklist
from inspector.domain.checklist_rules import checked
from inspector.domain.errors import BadInput
from inspector.export import checklist_layout as layout
from inspector.export.checklist_import import ChecklistPreview, read_checklist_sheet
from inspector.export.checklist_sheet import write_checklist_sheet
from inspector.export.xlsx_reader import cell_name, read_xlsx

SHIPPED = Path(__file__).parents[2] / "resources" / "checklists"
COMMUNE = parse_checklist((SHIPPED / "commune.json").read_bytes())


@pytest.mark.parametrize("level", ["department", "district", "commune"])
def test_a_shipped_checklist_comes_back_identical(level: str, tmp_path: Path) -> None:
    checklist = parse_checklist((SHIPPED / f"{level}.json").read_bytes())
    write_checklist_sheet(checklist, tmp_path / "a.xlsx")
    found = read_checklist_sheet(tmp_path / "a.xlsx", checklist)
    assert found.problems == ()
    assert found.checklist == checklist
    assert found.checklist.hash == checklist.hash
    assert found.changes is not None
    assert found.changes.nothing


def test_the_workbook_says_its_columns_in_vietnamese(tmp_path: Path) -> None:
    write_checklist_sheet(COMMUNE, tmp_path / "a.xlsx")
    grids = read_xlsx((tmp_path / "a.xlsx").read_bytes())
    assert [g.name for g in grids] == ["Thông tin", "Nội dung", "Tiêu chí", "Ngưỡng", "Căn cứ pháp lý", "Xếp loại"]
    items = grids[2]
    assert items.rows[1][1] == "Khóa (không sửa)"
    assert items.rows[2][1] == "commune.steering.annual_plan"
    assert items.rows[2][6] == Decimal(2)


def test_keys_are_locked_rows_frozen_and_choices_offered(tmp_path: Path) -> None:
    write_checklist_sheet(COMMUNE, tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet3.xml").decode()
    assert "<sheetProtection " in sheet
    assert 'state="frozen"' in sheet
    assert sheet.count("<dataValidation ") == 3


Edit = Callable[[dict[str, list[list[Any]]]], None]


@functools.cache
def exported() -> dict[str, list[list[Any]]]:
    sheets: dict[str, list[list[Any]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        write_checklist_sheet(COMMUNE, Path(folder) / "a.xlsx")
        grids = read_xlsx((Path(folder) / "a.xlsx").read_bytes())
    for grid in grids:
        height = max(grid.rows, default=1)
        sheets[grid.name] = [[grid.rows.get(r, {}).get(c) for c in range(1, 19)] for r in range(1, height + 1)]
    return sheets


def edited(tmp_path: Path, edit: Edit) -> ChecklistPreview:
    """The workbook after a person changed it: ``edit`` gets sheets as lists of rows, both counted from 0."""
    target = tmp_path / "b.xlsx"
    sheets = copy.deepcopy(exported())
    edit(sheets)
    with Workbook(str(target)) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, str) and value.startswith("=!"):
                        page.write_formula(r, c, "=1/0", None, value[2:])
                    elif value is not None:
                        page.write(r, c, float(value) if isinstance(value, Decimal) else value)
    return read_checklist_sheet(target, COMMUNE)


def column(name: str, columns: tuple[Any, ...] = layout.ITEM_COLUMNS) -> int:
    return next(n for n, c in enumerate(columns) if c.name == name)


def test_a_changed_word_is_a_changed_item(tmp_path: Path) -> None:
    def edit(sheets: dict[str, list[list[Any]]]) -> None:
        sheets["Tiêu chí"][1][column("text")] = "Câu khác"
        sheets["Tiêu chí"][1][column("max_points")] = 2.5

    found = edited(tmp_path, edit)
    assert found.problems == ()
    assert found.changes is not None
    (change,) = found.changes.changed
    assert (change.key, change.fields) == ("commune.steering.annual_plan", ("text", "max_points"))
    assert found.changes.same_version


def test_an_item_is_recognised_by_its_key_when_numbers_move(tmp_path: Path) -> None:
    def edit(sheets: dict[str, list[list[Any]]]) -> None:
        rows = sheets["Tiêu chí"]
        rows[1], rows[6] = rows[6], rows[1]
        rows[1][column("code")], rows[6][column("code")] = "X-I.1", "X-I.6"

    found = edited(tmp_path, edit)
    assert found.changes is not None
    assert [(c.before, c.after) for c in found.changes.renumbered] == [("X-I.6", "X-I.1"), ("X-I.1", "X-I.6")]
    assert (found.changes.changed, found.changes.added) == ((), ())


def test_a_new_row_gets_a_key_and_a_deleted_one_is_removed(tmp_path: Path) -> None:
    def edit(sheets: dict[str, list[list[Any]]]) -> None:
        new = list(sheets["Tiêu chí"][1])
        new[column("key")], new[column("code")], new[column("text")] = None, "X-I.11", "Tổ chức họp giao ban"
        del sheets["Tiêu chí"][1]
        sheets["Tiêu chí"].append(new)

    found = edited(tmp_path, edit)
    assert found.new_keys == ("local.to_chuc_hop_giao_ban",)
    assert found.changes is not None
    assert [item.key for item in found.changes.added] == ["local.to_chuc_hop_giao_ban"]
    assert [item.key for item in found.changes.removed] == ["commune.steering.annual_plan"]


def test_blanks_around_words_numbers_as_text_and_other_columns_are_tolerated(tmp_path: Path) -> None:
    def edit(sheets: dict[str, list[list[Any]]]) -> None:
        row = sheets["Tiêu chí"][1]
        row[column("section")] = "  I "
        row[column("max_points")] = "2,0"
        row[column("answer_type")] = "day du / mot phan / chua"
        sheets["Tiêu chí"][0][17] = "Ghi chú riêng"
        row[17] = "của tôi"

    found = edited(tmp_path, edit)
    assert (found.problems, found.checklist) == ((), COMMUNE)


def test_columns_may_change_places_below_a_title(tmp_path: Path) -> None:
    def edit(sheets: dict[str, list[list[Any]]]) -> None:
        sheets["Tiêu chí"] = [["PHỤ LỤC"], [], *(list(reversed(row)) for row in sheets["Tiêu chí"])]

    assert edited(tmp_path, edit).checklist == COMMUNE


def put(sheet: str, row: int, name: str, value: object) -> Edit:
    columns = {"Tiêu chí": layout.ITEM_COLUMNS, "Ngưỡng": layout.THRESHOLD_COLUMNS, "Xếp loại": layout.BAND_COLUMNS}
    columns |= {"Nội dung": layout.SECTION_COLUMNS, "Căn cứ pháp lý": layout.LEGAL_COLUMNS}
    columns |= {"Thông tin": layout.INFO_COLUMNS}

    def edit(sheets: dict[str, list[list[Any]]]) -> None:
        sheets[sheet][row - 1][column(name, columns[sheet])] = value

    return edit


@pytest.mark.parametrize(
    ("sheet", "row", "name", "value", "cell", "code"),
    [
        ("Tiêu chí", 2, "text", None, "D2", "sheet-cell-empty"),
        ("Tiêu chí", 3, "max_points", "hai", "F3", "sheet-not-a-number"),
        ("Tiêu chí", 3, "max_points", -1, "F3", "checklist-points"),
        ("Tiêu chí", 4, "answer_type", "Tự luận", "E4", "sheet-not-in-list"),
        ("Tiêu chí", 4, "na_allowed", "có thể", "G4", "sheet-not-yes-or-no"),
        ("Tiêu chí", 5, "section", "IX", "C5", "checklist-section-unknown"),
        ("Tiêu chí", 5, "legal_basis", "NĐ 1", "I5", "checklist-legal-unknown"),
        ("Tiêu chí", 6, "remedy_days", 1.5, "K6", "sheet-not-whole"),
        ("Tiêu chí", 6, "key", "commune.steering.annual_plan", "A6", "checklist-key-repeated"),
        ("Tiêu chí", 7, "text", "=!#DIV/0!", "D7", "sheet-cell-error"),
        ("Tiêu chí", 3, "numerator_label", None, "L3", "checklist-label-missing"),
        ("Ngưỡng", 2, "fraction", 2, "D2", "checklist-threshold-fraction"),
        ("Ngưỡng", 2, "value", 0.8, "C2", "checklist-threshold-bound"),
        ("Ngưỡng", 2, "bound", "hơn", "B2", "sheet-not-in-list"),
        ("Ngưỡng", 2, "item", "X-I.99", "A2", "sheet-threshold-item-unknown"),
        ("Nội dung", 3, "title", None, "B3", "sheet-cell-empty"),
        ("Căn cứ pháp lý", 2, "status", "chắc chắn", "C2", "sheet-not-in-list"),
        ("Xếp loại", 6, "min", 1, "A6", "checklist-band-zero"),
        ("Thông tin", 2, "value", None, "B2", "checklist-text-missing"),
        ("Thông tin", 4, "value", "Thôn", "B4", "sheet-not-in-list"),
    ],
)
def test_every_problem_names_sheet_row_and_cell(
    tmp_path: Path, sheet: str, row: int, name: str, value: object, cell: str, code: str
) -> None:
    found = edited(tmp_path, put(sheet, row, name, value))
    assert [(p.sheet, p.row, p.cell, p.code) for p in found.problems] == [(sheet, row, cell, code)]
    assert found.checklist is None


def test_all_problems_are_listed_at_once(tmp_path: Path) -> None:
    def edit(sheets: dict[str, list[list[Any]]]) -> None:
        put("Tiêu chí", 2, "text", None)(sheets)
        put("Tiêu chí", 9, "max_points", "x")(sheets)
        put("Ngưỡng", 3, "fraction", None)(sheets)

    assert {p.cell for p in edited(tmp_path, edit).problems} == {"D2", "F9", "D3"}


def test_a_missing_sheet_and_a_missing_column_are_named(tmp_path: Path) -> None:
    def edit(sheets: dict[str, list[list[Any]]]) -> None:
        del sheets["Nội dung"]
        sheets["Tiêu chí"][0][column("max_points")] = "Số điểm"

    problems = edited(tmp_path, edit).problems
    assert ("sheet-page-missing", "Nội dung") in [(p.code, p.sheet) for p in problems]
    assert ("sheet-column-missing", {"column": "Điểm tối đa"}) in [(p.code, p.params) for p in problems]


def test_merged_cells_are_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_checklist_sheet(COMMUNE, path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet3.xml"
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="C5:C6"/></mergeCells>'
    parts[sheet] = parts[sheet].replace(b"</sheetData>", merge)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    problems = read_checklist_sheet(path).problems
    assert [(p.code, p.sheet, p.row, p.cell) for p in problems] == [("sheet-merged", "Tiêu chí", 5, "C5:C6")]


def test_another_workbook_is_no_checklist(tmp_path: Path) -> None:
    with Workbook(str(tmp_path / "a.xlsx")) as book:
        book.add_worksheet("Sheet1").write(0, 0, "x")
    with pytest.raises(BadInput, match="sheet-not-a-checklist"):
        read_checklist_sheet(tmp_path / "a.xlsx")


def test_cell_names() -> None:
    assert [cell_name(12, column) for column in (1, 26, 27, 52, 256)] == ["A12", "Z12", "AA12", "AZ12", "IV12"]


# Any checklist that keeps the rules, with words a person may type.
letters = st.characters(codec="utf-8", exclude_categories=("C", "Z", "M", "Lo"))
words = st.text(letters, min_size=1, max_size=12)
line = st.lists(words, min_size=1, max_size=4).map(lambda parts: unicodedata.normalize("NFC", " ".join(parts)))
code = st.from_regex(r"[A-Z]{1,3}[0-9]{0,3}", fullmatch=True)
hundredths = st.integers(0, 100).map(lambda n: Decimal(n) / 100)


@st.composite
def items(draw: st.DrawFn, number: int, sections: list[str], laws: list[str]) -> Item:
    kind = draw(st.sampled_from(sorted(ANSWER_TYPES)))
    known = ANSWER_TYPES[kind]
    bounds = draw(st.lists(st.integers(1, 100), unique=True, min_size=1, max_size=4))
    steps = tuple(Threshold("min", Decimal(bound), draw(hundredths)) for bound in bounds)
    if known.asks_count and draw(st.booleans()):
        steps = (*steps, Threshold("max", None, draw(hundredths)))
    return Item(
        key=f"local.item_{number}",
        code=f"M-{number}",
        section=draw(st.sampled_from(sections)),
        text=draw(line),
        answer_type=kind,
        max_points=draw(st.integers(0, 10_000)) / Decimal(100),
        na_allowed=draw(st.booleans()),
        evidence=tuple(draw(st.lists(line, max_size=3))),
        legal_basis=tuple(draw(st.lists(st.sampled_from(laws), max_size=2))) if laws else (),
        finding_hint=draw(st.just("") | line),
        remedy_days=draw(st.none() | st.integers(1, 3650)),
        numerator_label=draw(line) if known.asks_ratio else "",
        denominator_label=draw(line) if known.asks_ratio else "",
        count_label=draw(line) if known.asks_count else "",
        thresholds=() if known.choices else steps,
    )


@st.composite
def checklists(draw: st.DrawFn) -> Checklist:
    sections = draw(st.lists(code, unique=True, min_size=1, max_size=3))
    laws = sorted(draw(st.lists(code, unique=True, max_size=3)))
    count = draw(st.integers(1, 5))
    return Checklist(
        level=draw(st.sampled_from(sorted(layout.LEVEL_NAMES.values()))),
        title=draw(line),
        version=draw(line),
        sections=tuple(Section(c, draw(line)) for c in sections),
        items=tuple(draw(items(n, sections, laws)) for n in range(count)),
        rating_bands=draw(st.just(()) | st.just((RatingBand(Decimal(0), "Đạt"),))),
        legal_index=tuple(LegalBasis(c, draw(line), draw(st.sampled_from(["source", "background"]))) for c in laws),
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(checklists())
def test_any_checklist_comes_back_identical(tmp_path: Path, checklist: Checklist) -> None:
    checked(checklist)
    write_checklist_sheet(checklist, tmp_path / "a.xlsx")
    found = read_checklist_sheet(tmp_path / "a.xlsx", checklist)
    assert (found.problems, found.checklist) == ((), checklist)
    assert parse_checklist(checklist.canonical) == checklist


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    hostile = replace(COMMUNE.items[0], text='=HYPERLINK("x")', finding_hint="+1", evidence=("@a", "_x0041_"))
    checklist = replace(COMMUNE, items=(hostile, *COMMUNE.items[1:]))
    write_checklist_sheet(checklist, tmp_path / "a.xlsx")
    assert read_checklist_sheet(tmp_path / "a.xlsx").checklist == checklist
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet3.xml")


def test_comparing_two_versions_needs_no_workbook() -> None:
    later = replace(COMMUNE, version="2027", items=COMMUNE.items[1:])
    found = changes(COMMUNE, later)
    assert [item.key for item in found.removed] == ["commune.steering.annual_plan"]
    assert (found.same_version, found.nothing) == (False, False)
