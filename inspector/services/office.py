"""What the office keeps for every inspection: people, letterheads, holidays, the template; looked at and changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.domain.errors import BadInput, Refused
from inspector.domain.registry import SpaceKind
from inspector.domain.working_days import Calendar, Year, calendar_bytes

if TYPE_CHECKING:
    from inspector.domain.changeset import Json
    from inspector.services.desk import Desk

Progress = Callable[[int, int], None]
_SATURDAY = 5


@dataclass(frozen=True)
class Kept:
    """A record of the office with the operations its values stand for, by field."""

    id: str
    values: Mapping[str, Json]
    seen: Mapping[str, tuple[str, ...]]


def kept(desk: Desk, entity: str) -> tuple[Kept, ...]:
    """The people (``person``) or saved heads (``letterhead``) of the office by name."""
    found = []
    for space in desk.workspace.spaces(SpaceKind.REFERENCE):
        standing = desk.workspace.standing(space.id, entity)
        for record in desk.workspace.records(space.id, entity):
            seen = {field: heads for (owner, field), heads in standing.items() if owner == record.id}
            found.append(Kept(record.id, record.values, seen))
    return tuple(sorted(found, key=lambda each: str(each.values.get("name") or "").casefold()))


def office_space(desk: Desk) -> str:
    """The space of what the office keeps, empty before anything was kept."""
    return next((space.id for space in desk.workspace.spaces(SpaceKind.REFERENCE)), "")


def calendar_with(calendar: Calendar, day: date, name: str) -> Calendar:
    """The calendar with one more day: a holiday, or a Saturday or Sunday worked instead where ``name`` is empty.

    Raises:
        BadInput: ``calendar-unreadable`` for a working day that is to be made up for a holiday.
    """
    year = calendar.years.get(day.year, Year({}, frozenset()))
    if name:
        year = replace(year, holidays={**year.holidays, day: name}, made_up=year.made_up - {day})
    elif day.weekday() < _SATURDAY:
        raise BadInput("calendar-unreadable", where=day.isoformat())
    else:
        year = replace(year, made_up=year.made_up | {day})
    return replace(calendar, years={**calendar.years, day.year: year})


def calendar_without(calendar: Calendar, day: date) -> Calendar:
    """The calendar without a holiday or a day worked instead."""
    year = calendar.years.get(day.year)
    if year is None:
        return calendar
    holidays = {known: name for known, name in year.holidays.items() if known != day}
    year = replace(year, holidays=holidays, made_up=year.made_up - {day})
    return replace(calendar, years={**calendar.years, day.year: year})


def calendar_file(desk: Desk, calendar: Calendar) -> Path:
    """A calendar as a file that the act ``adopt_holidays`` takes; it goes with the other temporary files."""
    from inspector.system.files import write_atomically

    file = desk.workspace.places.temporary / "lich-nghi.json"
    write_atomically(file, calendar_bytes(calendar))
    return file


def write_calendar(desk: Desk, file: Path) -> None:
    """Write the calendar in force to be edited elsewhere. Raises ``Unavailable``."""
    from inspector.system.files import write_atomically

    write_atomically(file, calendar_bytes(desk.library.calendar()))


def write_template(desk: Desk, file: Path) -> None:
    """Write the Word template in force to be edited. Raises ``Unavailable``."""
    from inspector.system.files import write_atomically

    write_atomically(file, desk.library.template())


def back_up_into(desk: Desk, folder: Path, at: datetime, progress: Progress, cancelled: Callable[[], bool]) -> Path:
    """A backup under a name of its own in a folder, found whole; returns the file.

    Raises:
        Refused: ``backup-without-key``, ``export-cancelled`` where somebody stopped it; no file is left.
        Unavailable: the disk is full or not there.
    """
    from inspector.services.keeping import back_up
    from inspector.services.preferences import load, save

    def told(done: int, total: int) -> None:
        if cancelled():
            raise Refused("export-cancelled")
        progress(done, total)

    file = folder / f"sao-luu-{at:%Y-%m-%d-%H%M%S}.cchc-sl"
    back_up(desk, file, told)
    home = desk.workspace.places
    moment = at.isoformat(timespec="minutes")
    save(home, replace(load(home), backup_folder=str(folder), last_backup=moment))
    return file


def notices() -> str:
    """The notices of what the program is made of, empty where they were not installed with it."""
    from inspector.system.folders import resources_dir

    try:
        return (resources_dir().parent / "NOTICE").read_text("utf-8")
    except OSError:
        return ""
