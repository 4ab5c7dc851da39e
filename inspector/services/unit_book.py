"""The units as people look them up: by place, by words, on a day; who followed whom; and what was inspected there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.domain.errors import BadInput
from inspector.domain.units import Succession, Unit, UnitTable
from inspector.domain.wording import short_day
from inspector.services.checklist_files import Preview, Problem
from inspector.services.wording import said

if TYPE_CHECKING:
    from inspector.export.sheets import Problem as SheetProblem
    from inspector.services.desk import Desk

MOST = 300
_CHANGES = {
    "added": "Thêm {after}",
    "renamed": "Đổi tên {before} thành {after}",
    "retyped": "Đổi loại {before} thành {after}",
    "moved": "Chuyển {after} sang nơi khác",
    "closed": "Kết thúc {after}",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A unit or department in a list. ``above`` is the code of the unit it lies in, ``count`` how many lie in it."""

    code: str
    name: str
    where: str
    level: str
    above: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Visit:
    """An inspection of a unit."""

    id: str
    day: str
    form: str
    signed: bool


@dataclass(frozen=True)
class About:
    """Everything about a unit on a day; ``followed`` and ``follows`` are sentences, ``head`` how its head is called."""

    place: Place
    since: str
    until: str
    head: str
    follows: tuple[str, ...]
    followed: tuple[str, ...]
    earlier: tuple[str, ...]
    visits: tuple[Visit, ...]


def provinces(desk: Desk, day: date) -> tuple[Place, ...]:
    """The units of the highest level that stand on a day, with how many lie below each."""
    table = desk.library.units
    counts: dict[str, int] = {}
    for unit in table.on(day):
        counts[unit.parent] = counts.get(unit.parent, 0) + 1
    return tuple(_place(table, unit, day, counts.get(unit.code, 0)) for unit in table.on(day) if not unit.parent)


def below(desk: Desk, code: str, day: date) -> tuple[Place, ...]:
    """The units in a province on a day; where there were districts, each with its communes after it."""
    table = desk.library.units
    found: list[Place] = []
    for unit in table.children(code, day):
        inner = table.children(unit.code, day)
        found.append(_place(table, unit, day, len(inner)))
        found += [_place(table, each, day) for each in inner]
    return tuple(found)


def departments(desk: Desk, province: str, day: date) -> tuple[Place, ...]:
    """The departments of a province on a day; their codes are those an inspection is begun with."""
    table = desk.library.units
    where = table.display(table.at(province, day)) if province else ""
    return tuple(
        Place(f"{province}/{each.key}", each.name, where, each.level, province)
        for each in desk.library.departments.on(day)
    )


def search(desk: Desk, words: str, day: date, province: str) -> tuple[Place, ...]:
    """Units everywhere, then departments of the province that is looked at; at most ``MOST`` units."""
    table = desk.library.units
    units = tuple(_place(table, unit, day) for unit in table.find(words, on=day, limit=MOST))
    known = {each.key for each in desk.library.departments.find(words, on=day)}
    return (*units, *(each for each in departments(desk, province, day) if each.code.partition("/")[2] in known))


def about(desk: Desk, code: str, day: date) -> About:
    """One unit by its code, or a department by province and key.

    Raises:
        BadInput: there is no such unit on that day.
    """
    province, slash, key = code.partition("/")
    table = desk.library.units
    if slash:
        return _department(desk, province, key, day)
    unit = table.at(code, day)
    kind = table.levels.kind_of(unit)
    return About(
        _place(table, unit, day),
        unit.valid_from,
        unit.valid_to,
        kind.head_title if kind else "",
        _taken(table, [each for each in table.predecessors(code) if each.effective <= day.isoformat()]),
        tuple(_given(table, each) for each in table.successors(code, day)),
        tuple(_version(table, each) for each in table.history(code) if each != unit),
        _visits(desk, code),
    )


def whereabouts(desk: Desk, code: str, day: date) -> tuple[str, date]:
    """The province a unit lies in, and the day to look it up on: ``day``, else the last one on which it stood.

    Without a code, the province of the latest inspections, empty where there are none.

    Raises:
        BadInput: nobody ever had that code.
    """
    table = desk.library.units
    if not code:
        return _usual_province(desk, table, day), day
    asked = code.partition("/")[0]
    try:
        unit = table.at(asked, day)
    except BadInput:
        ended = [each.valid_to for each in table.history(asked) if each.valid_to]
        if not ended:
            raise
        day = date.fromisoformat(max(ended)) - timedelta(days=1)
        unit = table.at(asked, day)
    return _top(table, unit, day), day


def _usual_province(desk: Desk, table: UnitTable, day: date) -> str:
    for row in desk.workspace.inspections(limit=20):
        unit = row.values.get("unit")
        code = str(unit.get("code") or "") if isinstance(unit, dict) else ""
        try:
            return _top(table, table.at(code, day), day)
        except BadInput:
            continue
    return ""


def _top(table: UnitTable, unit: Unit, day: date) -> str:
    while unit.parent:
        unit = table.at(unit.parent, day)
    return unit.code


def preview(desk: Desk, file: Path) -> tuple[str, Preview]:
    """What adopting an office's own list of units, or of departments, would change, or every problem; nothing is
    stored. First comes what it is a list of: ``units`` or ``departments``.

    Raises:
        BadInput: the file as a whole cannot be read (codes ``sheet-…``).
    """
    try:
        return "units", _units_preview(desk, file)
    except BadInput as error:
        if error.code != "sheet-not-units":
            raise
        not_units = error
    try:
        return "departments", _departments_preview(desk, file)
    except BadInput as error:
        raise (not_units if error.code == "sheet-not-departments" else error) from None


def _departments_preview(desk: Desk, file: Path) -> Preview:
    from inspector.export.department_sheet import read_department_sheet

    found = read_department_sheet(file)
    if found.problems:
        return _faulty(found.problems)
    before = {each.key: each for each in desk.library.departments.departments}
    after = {each.key: each for each in found.departments}
    told = [f"Thêm {each.name}" for key, each in after.items() if key not in before]
    told += [f"Bỏ {each.name}" for key, each in before.items() if key not in after]
    told += [f"Sửa {after[key].name}" for key in after if key in before and after[key] != before[key]]
    return Preview(file.stem, len(after), tuple(told) or ("Không có thay đổi so với danh sách đang dùng.",), ())


def _faulty(problems: Iterable[SheetProblem]) -> Preview:
    told = (Problem(one.code, one.sheet, one.row, one.cell, said(one.code, one.params)) for one in problems)
    return Preview("", 0, (), tuple(told))


def _units_preview(desk: Desk, file: Path) -> Preview:
    from inspector.export.unit_sheet import read_unit_sheet

    found = read_unit_sheet(file, desk.library.units)
    if found.problems:
        return _faulty(found.problems)
    told = tuple(
        _CHANGES[each.change].format(before=each.before.title if each.before else "", after=each.after.title)
        for each in found.changes
        if each.change in _CHANGES
    )
    return Preview(file.stem, len(found.rows), told or ("Không có thay đổi so với danh sách đang dùng.",), ())


def _place(table: UnitTable, unit: Unit, day: date, count: int = 0) -> Place:
    where = table.display(unit, day).partition(", ")[2]
    return Place(unit.code, unit.title, where, unit.level, unit.parent, count)


def _department(desk: Desk, province: str, key: str, day: date) -> About:
    known = desk.library.departments
    found = known.department(key)
    table = desk.library.units
    where = table.display(table.at(province, day)) if province else ""
    place = Place(f"{province}/{key}", found.name, where, found.level, province)
    after = tuple(each.name for each in known.successors(key))
    return About(place, found.valid_from, found.valid_to, found.head_title, (), after, (), _visits(desk, key))


def _visits(desk: Desk, code: str) -> tuple[Visit, ...]:
    """The inspections of a unit, latest first, also those of units that had the code before."""
    found = []
    with desk.workspace.visits() as known:
        spaces = known.visits_of(code, "9999-12-31")
    for space in spaces:
        record = desk.workspace.record(space, "inspection", space)
        if record is None:
            continue
        signed = any(not each.deleted for each in desk.workspace.records(space, "signature"))
        form, day = (str(record.values.get(name) or "") for name in ("form", "visit_date"))
        found.append(Visit(space, day, form, signed))
    return tuple(found)


def _taken(table: UnitTable, found: list[Succession]) -> tuple[str, ...]:
    """The units taken over, then the act that says so."""
    part = {"part": " (một phần)"}
    names = [table.display(each.old) + part.get(each.share, "") for each in found]
    acts = {each.act: short_day(date.fromisoformat(each.effective)) for each in found}
    return (*names, *(f"Theo {act}, từ {day}" for act, day in acts.items()))


def _given(table: UnitTable, each: Succession) -> str:
    part = " (một phần)" if each.share == "part" else ""
    return f"{table.display(each.new)}{part}, từ {short_day(date.fromisoformat(each.effective))}"


def _version(table: UnitTable, unit: Unit) -> str:
    since = short_day(date.fromisoformat(unit.valid_from)) if unit.valid_from else "…"
    until = short_day(date.fromisoformat(unit.valid_to)) if unit.valid_to else "nay"
    return f"{table.display(unit)}, {since} – {until}"
