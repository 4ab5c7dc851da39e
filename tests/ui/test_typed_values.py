"""Numbers and dates as people type them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from inspector.ui.typed_values import read_date, read_number

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2871", 2871),
        ("2.871", 2871),
        ("2 871", 2871),
        ("2\u00a0871", 2871),
        ("1.234.567", 1234567),
        (" 05 ", 5),
        ("0", 0),
    ],
)
def test_a_whole_number(typed: str, value: int) -> None:
    assert read_number(typed) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("97,06", "97.06"),
        ("97.06", "97.06"),
        ("1,5", "1.5"),
        ("0.125", "0.125"),
        ("2.871,5", "2871.5"),
        ("2.871", "2871"),
    ],
)
def test_a_number_with_decimals(typed: str, value: str) -> None:
    assert read_number(typed, decimals=3) == Decimal(value)


@pytest.mark.parametrize("typed", ["hai", "2871 hồ sơ", "1.23.4", "-5", "1,2,3", "2.87", "1e3", "2.8711"])
def test_what_is_no_whole_number(typed: str) -> None:
    assert "ví dụ 2871" in str(read_number(typed)) or "Gõ như 2871" in str(read_number(typed))


def test_too_many_decimals() -> None:
    assert str(read_number("1,234", decimals=2)) == "Ghi nhiều nhất 2 chữ số sau dấu phẩy"


@pytest.mark.parametrize("typed", ["", "  "])
def test_nothing_is_no_value(typed: str) -> None:
    assert (read_number(typed), read_date(typed, TODAY)) == (None, None)


@pytest.mark.parametrize(
    "typed",
    ["26/11", "26-11", "26.11", "26 11", "26/11/2026", "26/11/26", "261126", "26112026", " 26/11 ", "26.11.2026"],
)
def test_a_date(typed: str) -> None:
    assert read_date(typed, TODAY) == TODAY


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31/02/2026", "Tháng 2/2026 không có ngày 31"),
        ("29/02/2026", "Tháng 2/2026 không có ngày 29"),
        ("0/11", "Tháng 11/2026 không có ngày 0"),
        ("26/13", "Không có tháng 13"),
        ("26/11/0026", "Xem lại năm 26"),
        ("mai", "Chưa phải là ngày. Gõ như 26/11/2026"),
        ("26/11/", "Chưa phải là ngày. Gõ như 26/11/2026"),
        ("2611", "Chưa phải là ngày. Gõ như 26/11/2026"),
    ],
)
def test_what_is_no_date(typed: str, sentence: str) -> None:
    assert str(read_date(typed, TODAY)) == sentence


def test_a_leap_day() -> None:
    assert read_date("29/02/28", TODAY) == date(2028, 2, 29)
