"""Working days (ngày làm việc) of public offices: Monday to Friday, less holidays, plus days worked instead.

The table of a year is data that an office may edit. A year without a table counts Monday to Friday and says so; a
``provisional`` year was computed before the yearly announcement and may still change.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from inspector.domain.errors import BadInput
from inspector.domain.text import clean

FORMAT = "inspector-calendar-1"
_SATURDAY = 5
_LAST_YEAR = 2200


@dataclass(frozen=True, slots=True)
class Year:
    """``holidays`` with their names, and ``made_up`` Saturdays or Sundays on which offices work."""

    holidays: Mapping[date, str]
    made_up: frozenset[date]
    provisional: bool = False


@dataclass(frozen=True)
class Calendar:
    """Tables by year."""

    title: str
    version: str
    years: Mapping[int, Year]

    def is_working_day(self, day: date) -> bool:
        """Do offices work on this day?"""
        year = self.years.get(day.year)
        if year and day in year.made_up:
            return True
        return day.weekday() < _SATURDAY and not (year and day in year.holidays)

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and with ``end``: due Friday, given Monday is 1.

        0 when ``end`` is not later. Any two dates will do, also mistyped ones a century apart.
        """
        weeks, rest = divmod((end - start).days, 7)
        if weeks < 0:
            return 0
        weekdays = weeks * 5 + sum((start + timedelta(n)).weekday() < _SATURDAY for n in range(1, rest + 1))
        tables = [self.years[number] for number in self.years if start.year <= number <= end.year]
        off = sum(start < d <= end and d.weekday() < _SATURDAY for year in tables for d in year.holidays)
        return weekdays - off + sum(start < d <= end for year in tables for d in year.made_up)

    def add_working_days(self, start: date, days: int) -> date:
        """The day that is ``days`` working days after ``start``; ``start`` itself for 0.

        Raises:
            BadInput: ``calendar-days`` below 0 or above 3,650, or a start far outside every calendar.
        """
        if not 0 <= days <= 3_650 or start.year > _LAST_YEAR:
            raise BadInput("calendar-days", days=days)
        day = start
        while days:
            day += timedelta(1)
            days -= self.is_working_day(day)
        return day

    def years_without_table(self, start: date, end: date) -> tuple[int, ...]:
        """Years of the span that count Monday to Friday only."""
        return tuple(y for y in range(start.year, end.year + 1) if y not in self.years)

    def provisional_years(self, start: date, end: date) -> tuple[int, ...]:
        """Years of the span whose table may still change."""
        return tuple(y for y in range(start.year, end.year + 1) if y in self.years and self.years[y].provisional)


def parse_calendar(content: bytes) -> Calendar:
    """The calendar in a file.

    Raises:
        BadInput: ``calendar-unreadable`` (params ``where``).
    """
    where = "JSON"
    try:
        data = json.loads(content)
        if data["format"] != FORMAT:
            raise BadInput("calendar-unreadable", where="format")
        years = {}
        for name, row in data["years"].items():
            where = name
            years[int(name)] = _year(int(name), row)
        where = "title"
        return Calendar(clean(data["title"]), clean(data["version"]), years)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadInput("calendar-unreadable", where=where) from error


def calendar_bytes(calendar: Calendar) -> bytes:
    """The canonical bytes; their SHA-256 names the calendar an office adopted."""
    years = {
        str(number): {
            "holidays": {day.isoformat(): name for day, name in sorted(year.holidays.items())},
            "made_up": [day.isoformat() for day in sorted(year.made_up)],
            "provisional": year.provisional,
        }
        for number, year in calendar.years.items()
    }
    content = {"format": FORMAT, "title": calendar.title, "version": calendar.version, "years": years}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _year(number: int, row: Mapping[str, Any]) -> Year:
    holidays = {date.fromisoformat(day): clean(name) for day, name in row["holidays"].items()}
    made_up = frozenset(date.fromisoformat(day) for day in row["made_up"])
    _check_year(number, (*holidays, *made_up))
    if any(day.weekday() < _SATURDAY for day in made_up) or not isinstance(row["provisional"], bool):
        raise ValueError(number)
    return Year(holidays, made_up, row["provisional"])


def _check_year(number: int, days: Iterable[date]) -> None:
    if not 1900 <= number <= _LAST_YEAR or any(day.year != number for day in days):
        raise ValueError(number)
