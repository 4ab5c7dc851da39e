"""An office's list of units from Excel and CSV: usable rows, changes, and every problem at its cell."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from inspector.domain.errors import BadInput
from inspector.domain.units import UnitTable
from inspector.export.sheets import UnusableSheet
from inspector.export.unit_sheet import UnitPreview, read_unit_sheet, write_unit_sheet

RESOURCES = Path(__file__).parents[2] / "resources"
TODAY = date(2026, 11, 22)
HEADING = ["Mã", "Loại", "Tên", "Mã cấp trên"]


@pytest.fixture(scope="module")
def table() -> UnitTable:
    return UnitTable(lambda name: (RESOURCES / name).read_bytes())


def book(path: Path, rows: Iterable[Sequence[Any]]) -> Path:
    with Workbook(str(path)) as written:
        day = written.add_format({"num_format": "dd/mm/yyyy"})
        sheet = written.add_worksheet("Danh mục")
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(r, c, cell, day)
                elif cell is not None:
                    sheet.write(r, c, cell)
    return path


def cells(preview: UnitPreview) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.cell, problem.code) for problem in preview.problems]


def test_our_own_list_of_a_province_comes_back_unchanged(table: UnitTable, tmp_path: Path) -> None:
    units = table.children("82", TODAY)
    write_unit_sheet(units, tmp_path / "a.xlsx")
    found = read_unit_sheet(tmp_path / "a.xlsx", table, TODAY)
    assert [(u.code, u.kind, u.name, u.parent, u.valid_from) for u in found.rows] == [
        (u.code, u.kind, u.name, u.parent, u.valid_from) for u in units
    ]
    assert {change.change for change in found.changes} == {"unchanged"}
    assert found.problems == ()


def test_zeros_lost_by_excel_come_back(table: UnitTable, tmp_path: Path) -> None:
    found = read_unit_sheet(book(tmp_path / "a.xlsx", [HEADING, [4, "Phường", "Ba Đình", 1]]), table, TODAY)
    assert [(u.code, u.parent) for u in found.rows] == [("00004", "01")]
    assert [change.change for change in found.changes] == ["unchanged"]


def test_the_type_may_stand_before_the_name(table: UnitTable, tmp_path: Path) -> None:
    rows = [["Mã xã", "Tên đơn vị"], ["28360", "Xã Cái Bè"], ["28261", "PHƯỜNG Mỹ Tho"]]
    found = read_unit_sheet(book(tmp_path / "a.xlsx", rows), table, TODAY)
    assert [(u.kind, u.name, u.parent) for u in found.rows] == [("xã", "Cái Bè", "82"), ("phường", "Mỹ Tho", "82")]


def test_dates_as_cells_and_as_words(table: UnitTable, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        [*HEADING, "Hiệu lực từ", "Hết hiệu lực từ", "Hiệu lực đến"],
        ["28360", "phường", "Cái Bè", "82", datetime(2027, 1, 1), None, None],
        ["28321", "xã", "Tân Phước 1", "82", None, "1/1/2027", None],
        ["28249", "phường", "Đạo Thạnh", "82", None, None, "31/12/2026"],
    ]
    found = read_unit_sheet(book(tmp_path / "a.xlsx", rows), table, TODAY)
    assert [(u.valid_from, u.valid_to) for u in found.rows] == [
        ("2027-01-01", ""),
        ("", "2027-01-01"),
        ("", "2027-01-01"),
    ]
    assert [change.change for change in found.changes] == ["retyped", "closed", "closed"]


def test_changes_are_named(table: UnitTable, tmp_path: Path) -> None:
    rows = [HEADING, ["28360", "xã", "Cái Bè Mới", "82"], ["99001", "xã", "Mới", "82"]]
    found = read_unit_sheet(book(tmp_path / "a.xlsx", rows), table, TODAY)
    assert [(c.change, c.before.name if c.before else None) for c in found.changes] == [
        ("renamed", "Cái Bè"),
        ("added", None),
    ]


@pytest.mark.parametrize(
    ("row", "cell", "code"),
    [
        ([None, "xã", "Mới", "82"], "A2", "sheet-cell-empty"),
        (["99001", "xã", None, "82"], "C2", "sheet-cell-empty"),
        (["99001", "làng", "Mới", "82"], "B2", "sheet-unit-kind"),
        (["99001", None, "Mới", "82"], "C2", "sheet-unit-kind"),
        (["9900123", "xã", "Mới", "82"], "A2", "unit-code-shape"),
        (["X-01", "xã", "Mới", "82"], "A2", "unit-code-shape"),
        (["99001", "xã", "Mới", "83"], "D2", "sheet-unit-parent"),
        (["99001", "xã", "Mới", None], "D2", "sheet-unit-parent"),
    ],
)
def test_a_problem_names_its_cell(table: UnitTable, tmp_path: Path, row: list[Any], cell: str, code: str) -> None:
    found = read_unit_sheet(book(tmp_path / "a.xlsx", [HEADING, row]), table, TODAY)
    assert cells(found) == [(2, cell, code)]
    assert found.rows == ()


def test_the_rest_of_the_list_is_read_on(table: UnitTable, tmp_path: Path) -> None:
    rows = [HEADING, ["28360", "xã", "Cái Bè", "82"], ["28360", "xã", "Cái Bè", "82"], ["28261", "phường", "Mỹ Tho"]]
    found = read_unit_sheet(book(tmp_path / "a.xlsx", rows), table, TODAY)
    assert [u.code for u in found.rows] == ["28360", "28261"]
    assert cells(found) == [(3, "A3", "sheet-unit-repeated")]


def test_a_list_with_a_problem_is_not_accepted(table: UnitTable, tmp_path: Path) -> None:
    whole = read_unit_sheet(book(tmp_path / "a.xlsx", [HEADING, ["28360", "xã", "Cái Bè", "82"]]), table)
    assert whole.accepted() == whole.rows
    broken = read_unit_sheet(book(tmp_path / "b.xlsx", [HEADING, ["28360", "xã", None, "82"]]), table)
    with pytest.raises(UnusableSheet) as caught:
        broken.accepted()
    assert (caught.value.code, caught.value.problems) == ("sheet-has-problems", broken.problems)
    assert caught.value.params == {
        "count": 1,
        "problem": "sheet-cell-empty",
        "sheet": "Danh mục",
        "row": 2,
        "cell": "C2",
    }


def test_a_unit_may_end_only_after_it_began(table: UnitTable, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        [*HEADING, "Hiệu lực từ", "Hết hiệu lực từ"],
        ["99001", "xã", "Mới", "82", "1/1/2027", "1/1/2027"],
    ]
    assert cells(read_unit_sheet(book(tmp_path / "a.xlsx", rows), table, TODAY)) == [(2, "F2", "sheet-unit-dates")]


def test_a_new_parent_may_stand_in_the_same_list(table: UnitTable, tmp_path: Path) -> None:
    rows: list[list[Any]] = [HEADING, ["97", "tỉnh", "Mới", None], ["99001", "xã", "Mới", "97"]]
    found = read_unit_sheet(book(tmp_path / "a.xlsx", rows), table, TODAY)
    assert (found.problems, [u.level for u in found.rows]) == ((), ["province", "commune"])


LIST = "Mã;Loại;Tên;Mã cấp trên\n28360;xã;Cái Bè;82\n28261;phường;Mỹ Tho;82\n"


def windows_1258(text: str) -> bytes:
    """As Excel for Vietnam wrote it: letters with their shape, tones as marks of their own."""
    out = b""
    for char in text:
        plain = unicodedata.normalize("NFD", char)
        tones = "".join(c for c in plain if c in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(c for c in plain if c not in tones))
        out += base.encode("cp1258") + tones.encode("cp1258")
    return out


@pytest.mark.parametrize(
    "content",
    [
        LIST.encode(),
        LIST.encode("utf-8-sig"),
        LIST.encode("utf-16"),
        LIST.encode("utf-16-le"),
        LIST.encode("utf-16-be"),
        unicodedata.normalize("NFD", LIST).encode(),
        windows_1258(LIST),
        LIST.replace(";", ",").replace("\n", "\r\n").encode(),
        LIST.replace(";", "\t").encode(),
    ],
)
def test_csv_in_every_usual_encoding(table: UnitTable, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    found = read_unit_sheet(tmp_path / "a.csv", table, TODAY)
    assert [(u.code, u.name) for u in found.rows] == [("28360", "Cái Bè"), ("28261", "Mỹ Tho")]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"M\xb7;T\xaan\n28360;X\xb7 C\xb8i B\xcc, \xa7\xe5ng Th\xb8p\n", "sheet-encoding"),  # TCVN3
        (b"\x81\x8d\x8f\x90" * 20, "sheet-encoding"),
        (b"", "sheet-not-units"),
        (b"a;b\n1;2\n", "sheet-not-units"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "sheet-old-excel"),
        (b"PK\x03\x04" + bytes(100), "sheet-unreadable"),
    ],
)
def test_files_that_are_no_list_get_one_sentence(table: UnitTable, tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(BadInput) as caught:
        read_unit_sheet(tmp_path / "a.csv", table, TODAY)
    assert caught.value.code == code


def test_a_file_that_is_not_there(table: UnitTable, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="sheet-missing"):
        read_unit_sheet(tmp_path / "none.xlsx", table, TODAY)
