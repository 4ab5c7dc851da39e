"""A list of departments out to Excel and back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from inspector.domain.departments import parse_departments
from inspector.domain.errors import BadInput
from inspector.export.department_sheet import DepartmentPreview, read_department_sheet, write_department_sheet

SHIPPED = parse_departments((Path(__file__).parents[2] / "resources/departments/departments.json").read_bytes())
HEADING = ["Khóa", "Tên cơ quan", "Cấp", "Thay bằng", "Hiệu lực từ"]


def read(tmp_path: Path, *rows: Sequence[Any]) -> DepartmentPreview:
    with Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet()
        for r, row in enumerate(rows):
            sheet.write_row(r, 0, row)
    return read_department_sheet(tmp_path / "a.xlsx")


def test_the_shipped_list_comes_back_identical(tmp_path: Path) -> None:
    write_department_sheet(SHIPPED, tmp_path / "a.xlsx")
    found = read_department_sheet(tmp_path / "a.xlsx")
    assert found == DepartmentPreview(SHIPPED.departments, (), ())


def test_new_rows_get_keys(tmp_path: Path) -> None:
    found = read(tmp_path, HEADING, ["", "Sở Du lịch"], ["", "Sở Du lịch", "Đơn vị trực thuộc"])
    assert [(d.key, d.level) for d in found.departments] == [
        ("local_so_du_lich", "department"),
        ("local_so_du_lich_2", "subunit"),
    ]
    assert found.new_keys == ("local_so_du_lich", "local_so_du_lich_2")


@pytest.mark.parametrize(
    ("row", "cell", "code"),
    [
        (["a", "", "Sở, ban, ngành"], "B2", "sheet-cell-empty"),
        (["Sai khóa", "Sở A"], "A2", "sheet-department-key"),
        (["a", "Sở A", "Thôn"], "C2", "sheet-not-in-list"),
        (["a", "Sở A", "", "b"], "D2", "sheet-department-successor"),
        (["a", "Sở A", "", "", "hôm qua"], "E2", "sheet-not-a-day"),
    ],
)
def test_a_problem_names_its_cell(tmp_path: Path, row: list[Any], cell: str, code: str) -> None:
    found = read(tmp_path, HEADING, row)
    assert [(problem.cell, problem.code) for problem in found.problems] == [(cell, code)]


def test_a_key_stands_once(tmp_path: Path) -> None:
    found = read(tmp_path, HEADING, ["a", "Sở A"], ["a", "Sở B"])
    assert [d.name for d in found.departments] == ["Sở A"]
    assert [(p.cell, p.code, p.params["first"]) for p in found.problems] == [("A3", "sheet-department-repeated", 2)]


def test_another_workbook_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="sheet-not-departments"):
        read(tmp_path, ["x"], ["y"])
