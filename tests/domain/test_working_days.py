"""Working days by the shipped table, and without one."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.domain.errors import BadInput
from inspector.domain.working_days import Calendar, calendar_bytes, parse_calendar

SHIPPED = (Path(__file__).parents[2] / "resources/calendar/vn.json").read_bytes()
CALENDAR = parse_calendar(SHIPPED)
BARE = Calendar("trống", "1", {})


def test_the_table_covers_2019_to_2027_and_only_the_last_is_provisional() -> None:
    assert sorted(CALENDAR.years) == list(range(2019, 2028))
    assert [number for number, year in CALENDAR.years.items() if year.provisional] == [2027]


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),  # a Friday
        (date(2026, 11, 21), False),  # a Saturday
        (date(2026, 11, 24), False),  # Ngày Văn hóa Việt Nam, a Tuesday
        (date(2025, 11, 24), True),  # not a holiday the year before
        (date(2026, 8, 31), False),  # a Monday off for National Day
        (date(2026, 8, 22), True),  # the Saturday worked for it
        (date(2024, 4, 29), False),
        (date(2024, 5, 4), True),
        (date(2022, 5, 3), False),  # moved from a Sunday
    ],
)
def test_holidays_and_days_made_up(day: date, works: bool) -> None:
    assert CALENDAR.is_working_day(day) is works


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), 0),
        (date(2026, 11, 20), date(2026, 11, 22), 0),  # a weekend
        (date(2026, 11, 20), date(2026, 11, 23), 1),
        (date(2026, 11, 23), date(2026, 11, 25), 1),  # over 24/11
        (date(2026, 2, 13), date(2026, 2, 23), 1),  # over Tết
        (date(2026, 8, 21), date(2026, 9, 3), 7),  # over National Day, with the Saturday worked
        (date(2026, 11, 25), date(2026, 11, 20), 0),
    ],
)
def test_working_days_between(start: date, end: date, days: int) -> None:
    assert CALENDAR.working_days_between(start, end) == days


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 20), 2, date(2026, 11, 25)),
        (date(2026, 8, 21), 1, date(2026, 8, 22)),
    ],
)
def test_add_working_days(start: date, days: int, end: date) -> None:
    assert CALENDAR.add_working_days(start, days) == end


@pytest.mark.parametrize("days", [-1, 3_651])
def test_senseless_spans_are_refused(days: int) -> None:
    with pytest.raises(BadInput, match="calendar-days"):
        CALENDAR.add_working_days(date(2026, 1, 1), days)
    with pytest.raises(BadInput, match="calendar-days"):
        CALENDAR.add_working_days(date(9999, 12, 31), 1)


def test_a_year_without_a_table_counts_monday_to_friday_and_says_so() -> None:
    assert CALENDAR.working_days_between(date(2017, 12, 29), date(2018, 1, 1)) == 1
    assert CALENDAR.years_without_table(date(2018, 1, 1), date(2020, 1, 1)) == (2018,)
    assert CALENDAR.years_without_table(date(2019, 1, 1), date(2020, 1, 1)) == ()
    assert CALENDAR.provisional_years(date(2026, 12, 1), date(2027, 1, 5)) == (2027,)


def test_dates_a_century_apart_are_counted_at_once() -> None:
    assert BARE.working_days_between(date(1926, 1, 1), date(2026, 1, 1)) == 26_089
    assert CALENDAR.working_days_between(date.min, date.max) > 2_600_000


days = st.dates(date(2018, 1, 1), date(2028, 12, 31))


@given(days, days)
def test_between_agrees_with_counting_day_by_day(start: date, end: date) -> None:
    walked = sum(CALENDAR.is_working_day(start + timedelta(n)) for n in range(1, (end - start).days + 1))
    assert CALENDAR.working_days_between(start, end) == walked


@given(days, st.integers(1, 300))
def test_adding_and_counting_are_inverse(start: date, count: int) -> None:
    end = CALENDAR.add_working_days(start, count)
    assert CALENDAR.is_working_day(end)
    assert CALENDAR.working_days_between(start, end) == count


def test_a_calendar_has_one_byte_form() -> None:
    assert parse_calendar(calendar_bytes(CALENDAR)) == CALENDAR
    assert calendar_bytes(parse_calendar(calendar_bytes(CALENDAR))) == calendar_bytes(CALENDAR)


def with_year(name: str, **row: object) -> bytes:
    data = json.loads(SHIPPED)
    data["years"] = {name: {"holidays": {}, "made_up": [], "provisional": False, **row}}
    return json.dumps(data).encode()


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"", "JSON"),
        (b"[1]", "JSON"),
        (b"{}", "JSON"),
        (b'{"format":"x"}', "format"),
        (with_year("abc"), "abc"),
        (with_year("2026", holidays={"2025-01-01": "khác năm"}), "2026"),
        (with_year("2026", holidays={"ngày mai": "x"}), "2026"),
        (with_year("2026", holidays=[1]), "2026"),
        (with_year("2026", made_up=["2026-11-20"]), "2026"),  # a Friday is worked anyway
        (with_year("2026", provisional="có"), "2026"),
    ],
)
def test_what_is_no_calendar_is_refused_with_its_place(content: bytes, where: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_calendar(content)
    assert (caught.value.code, caught.value.params["where"]) == ("calendar-unreadable", where)
