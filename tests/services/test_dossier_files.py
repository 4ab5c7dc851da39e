"""Lists of dossiers from outside, read as people see them."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector.domain.errors import BadInput
from inspector.services.dossier_files import rows_of_file, rows_of_table


def test_columns_are_known_by_what_offices_call_them(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("UBND xã\n\nNgày tiếp nhận,Mã số hồ sơ,Tên thủ tục\n05/10/2026,H20-001,Khai sinh\n,,\n", "utf-8")
    (row,) = rows_of_file(file)
    assert (row.number, row.texts) == (4, {"received": "05/10/2026", "code": "H20-001", "procedure": "Khai sinh"})


def test_dates_of_excel_are_read_as_they_are_seen(tmp_path: Path) -> None:
    from datetime import date

    from xlsxwriter import Workbook

    file = tmp_path / "a.xlsx"
    with Workbook(str(file)) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, ["Mã hồ sơ", "Hẹn trả"])
        sheet.write_string(1, 0, "00123")
        sheet.write_datetime(1, 1, date(2026, 10, 19), day)
    (row,) = rows_of_file(file)
    assert row.texts == {"code": "00123", "due": "19/10/2026"}


def test_a_file_without_codes_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Tên,Ngày\nA,B\n", "utf-8")
    with pytest.raises(BadInput, match="sheet-not-dossiers"):
        rows_of_file(file)


def test_a_pasted_table_follows_the_columns_it_begins_at() -> None:
    rows = rows_of_table([["Đất đai", "Khai sinh"], ["", " "], ["Hộ tịch"]], ["area", "procedure", "received"])
    assert [(row.number, row.texts) for row in rows] == [
        (1, {"area": "Đất đai", "procedure": "Khai sinh"}),
        (3, {"area": "Hộ tịch"}),
    ]


def test_a_heading_in_a_pasted_table_says_the_columns() -> None:
    rows = rows_of_table([["Ghi chú", "mã hồ sơ", "Lạ"], ["x", "H1", "y"]], ["area"])
    assert [(row.number, row.texts) for row in rows] == [(2, {"note": "x", "code": "H1"})]
