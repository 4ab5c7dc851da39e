from datetime import date, datetime, time
from decimal import Decimal

import pytest

from inspector.domain import wording


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 3, 15), "ngày 15 tháng 3 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
        (None, "ngày …… tháng …… năm ……"),
    ],
)
def test_a_day_carries_zeros_as_the_decree_asks(value: date | None, words: str) -> None:
    assert wording.day(value) == words


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-26T14:17:00.000+07:00", datetime.fromisoformat("2026-11-26T14:17:00+07:00")),
        ("", None),
        ("hôm qua", None),
    ],
)
def test_a_moment_of_the_log_is_read_or_none(text: str, moment: datetime | None) -> None:
    assert wording.moment_of(text) == moment
    assert wording.moment_words(text) == ("14:17 26/11/2026" if moment else text)


def test_hours_have_two_digits() -> None:
    assert wording.hour(time(8, 5)) == "08 giờ 05 phút"
    assert wording.hour(None) == "…… giờ …… phút"


@pytest.mark.parametrize(
    ("value", "words"), [(0, "0"), (5, "05"), (9, "09"), (10, "10"), (2871, "2.871"), (None, "……")]
)
def test_counts_below_ten_carry_a_zero(value: int | None, words: str) -> None:
    assert wording.count(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal("97.06"), "97,06"),
        (Decimal("1E+3"), "1.000"),
        (Decimal("12345.50"), "12.345,50"),
        (Decimal("NaN"), "……"),
        (2871, "2.871"),
        ("khoảng 20", "khoảng 20"),
        ("", "……"),
        (None, "……"),
    ],
)
def test_numbers_use_a_dot_for_thousands_and_a_comma_for_decimals(value: Decimal | int | str, words: str) -> None:
    assert wording.number(value) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (5, "hồ sơ", "05 hồ sơ"),
        (Decimal("97.06"), "%", "97,06 %"),
        (5, "%", "5 %"),
        (None, "hồ sơ", "…… hồ sơ"),
        (3, None, "3"),
    ],
)
def test_an_amount_is_a_number_with_its_unit(value: Decimal | int | None, unit: str | None, words: str) -> None:
    assert wording.amount(value, unit) == words


def test_a_moment_without_hour_is_a_day() -> None:
    assert wording.short_moment(datetime(2026, 2, 5, 16, 30)) == "16:30 05/02/2026"
    assert wording.short_moment(date(2026, 2, 5)) == "05/02/2026"
    assert wording.short_moment(None) == "……"


@pytest.mark.parametrize(("value", "words"), [("5", "05"), ("12", "12"), ("5a", "5a"), ("  ", "……"), (None, "……")])
def test_the_number_of_a_document_below_ten_carries_a_zero(value: str | None, words: str) -> None:
    assert wording.file_number(value) == words
