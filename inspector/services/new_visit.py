"""Beginning an inspection (lập cuộc kiểm tra): which unit, which checklist, what is taken over from earlier ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from inspector.domain.changeset import Json
from inspector.domain.errors import BadInput
from inspector.domain.inspection import Cited, Inspection
from inspector.domain.text import fold
from inspector.services.sight import Sight, look
from inspector.services.visits import Line, VisitState, lines, short_name

if TYPE_CHECKING:
    from inspector.domain.units import Unit
    from inspector.services.desk import Desk
    from inspector.services.library import Library

_MOST = 12
_RECENT = 24
_INSPECTED = ("commune", "district", "department", "vertical_agency", "subunit")


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit as ``open_inspection`` takes it by ``code``; ``place`` tells it from others of the same name."""

    code: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class ChecklistChoice:
    """A version that can be pinned."""

    hash: str
    title: str
    version: str
    level: str


@dataclass(frozen=True, slots=True)
class Source:
    """An earlier inspection whose header and team can be taken over."""

    id: str
    unit: str
    day: date | None
    team: int
    period: tuple[date | None, date | None]
    plan: Cited


@dataclass(frozen=True, slots=True)
class Ready:
    """What the form offers before anything is typed; the first source is proposed."""

    sources: tuple[Source, ...]
    checklists: tuple[ChecklistChoice, ...]


@dataclass(frozen=True, slots=True)
class AboutUnit:
    """What is known of a unit on a day: the checklist in force, its last inspection and what was wrong there."""

    code: str
    body: str
    level: str
    checklist: str
    last: str
    last_day: date | None
    shortcomings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """An inspection that exists, to be edited or copied; ``unit`` is its code as ``open_inspection`` takes it."""

    inspection: Inspection
    unit: UnitChoice
    sight: Sight


def ready(desk: Desk) -> Ready:
    """Sources, latest visit first, those with a team before the others; checklists, the office's own first."""
    from inspector.storage.visits import VisitFilter

    with desk.workspace.visits() as visits:
        found = visits.keys(VisitFilter(), "")
    recent = [key.space for key in found if key.state != VisitState.CANCELLED][:_RECENT]
    known = lines(desk, recent)
    sources = [_source(desk, known[space]) for space in recent if space in known]
    sources.sort(key=lambda source: not source.team)
    return Ready(tuple(sources), tuple(_checklist(found) for found in desk.library.checklists()))


def find_units(desk: Desk, text: str, day: date) -> list[UnitChoice]:
    """Units and departments of that day, the own province first; nothing for an empty text."""
    if not text.strip():
        return []
    library = desk.library
    province = _own_province(desk, day)
    units = [unit for unit in library.units.find(text, on=day, limit=60) if unit.level in _INSPECTED]
    units.sort(key=lambda unit: province is None or not _lies_in(library, unit, province, day))
    departments = islice(_departments(desk, text, day, province), _MOST)
    named = [UnitChoice(unit.code, unit.title, _place(library, unit, day)) for unit in units]
    return sorted([*departments, *named], key=lambda choice: not _begins_words(text, choice.name))[:_MOST]


def about_unit(desk: Desk, code: str, day: date) -> AboutUnit:
    """What the form shows once a unit was chosen.

    Raises:
        BadInput: no such unit on that day.
    """
    snapshot = desk.library.unit_snapshot(code, day)
    kept, level = str(snapshot["code"]), str(snapshot["level"])
    pinned = desk.library.pin_checklist(None, level, day)
    with desk.workspace.visits() as visits:
        earlier = visits.visits_of(kept, day.isoformat())
    last = _last(desk, earlier, str(snapshot["parent_name"]))
    wrong = last.findings_of("shortcoming") if last is not None else ()
    return AboutUnit(
        code=code,
        body=short_name(str(snapshot["body_name"])),
        level=level,
        checklist=str(pinned["hash"]),
        last=last.id if last is not None else "",
        last_day=last.visit_date if last is not None else None,
        shortcomings=tuple(finding.content or "" for finding in wrong),
    )


def known_visit(desk: Desk, inspection: str) -> Known:
    """An inspection with the code its unit is chosen by.

    Raises:
        Refused: ``inspection-not-found``.
    """
    sight = look(desk, inspection)
    unit = sight.inspection.unit
    code, name = unit.code or "", short_name(unit.body_name or unit.name or "")
    if unit.level in ("department", "vertical_agency", "subunit"):
        province = _province_called(desk.library, unit.parent_name or "", sight.inspection.visit_date or date.today())
        code = f"{province.code}/{code}" if province is not None else ""
    return Known(sight.inspection, UnitChoice(code, name, unit.parent_name or ""), sight)


def _last(desk: Desk, earlier: Iterable[str], place: str) -> Inspection | None:
    """The latest of them at the same place: departments of two provinces have the same code."""
    for space in earlier:
        visit = desk.inspection(space)
        if visit.unit.parent_name == place:
            return visit
    return None


def _source(desk: Desk, line: Line) -> Source:
    values = {}
    record = desk.workspace.record(line.id, "inspection", line.id)
    if record is not None:
        values = record.values
    period, plan = _group(values.get("period")), _group(values.get("plan_reference"))
    return Source(
        line.id,
        line.unit,
        line.day,
        line.team,
        (_day(period.get("start")), _day(period.get("end"))),
        Cited(
            _text(plan.get("number")), _day(plan.get("date")), _text(plan.get("issuer")), _text(plan.get("abstract"))
        ),
    )


def _begins_words(text: str, name: str) -> bool:
    """Every word typed begins a word of the name, with the marks that were typed."""
    plain = text.isascii()
    typed = (fold(text) if plain else text.casefold()).split()
    words = (fold(name) if plain else name.casefold()).split()
    return all(any(word.startswith(part) for word in words) for part in typed)


def _checklist(found: object) -> ChecklistChoice:
    return ChecklistChoice(*(str(getattr(found, name)) for name in ("hash", "title", "version", "level")))


def _departments(desk: Desk, text: str, day: date, own: Unit | None) -> Iterator[UnitChoice]:
    """Departments by name; words behind the name may be those of a province: "sở nội vụ đồng tháp"."""
    library = desk.library
    known = library.departments
    if own is not None:
        inside = library.units.levels.inside(own)
        for found in known.find(text, on=day):
            yield UnitChoice(f"{own.code}/{found.key}", found.name, inside)
    words = text.split()
    for cut in range(len(words) - 1, 1, -1):
        named = fold(" ".join(words[cut:]))
        for province in library.units.on(day, "province"):
            if fold(province.name) == named and (own is None or province.code != own.code):
                for found in known.find(" ".join(words[:cut]), on=day):
                    yield UnitChoice(f"{province.code}/{found.key}", found.name, library.units.levels.inside(province))


def _own_province(desk: Desk, day: date) -> Unit | None:
    """That of the latest inspection, else the one the office is called by."""
    from inspector.storage.visits import VisitFilter
    from inspector.system.identity import read_certificate

    with desk.workspace.visits() as visits:
        latest = [key.space for key in visits.keys(VisitFilter(), "")[:1]]
    for space in latest:
        found = _province_called(desk.library, desk.inspection(space).unit.parent_name or "", day)
        if found is not None:
            return found
    organisation = read_certificate(desk.workspace.author.certificate).organisation
    return _province_called(desk.library, organisation, day)


def _province_called(library: Library, text: str, day: date) -> Unit | None:
    folded = f" {fold(text.replace(',', ' '))} "
    named = [unit for unit in library.units.on(day, "province") if f" {fold(unit.name)} " in folded]
    return max(named, key=lambda unit: len(unit.name), default=None)


def _lies_in(library: Library, unit: Unit, province: Unit, day: date) -> bool:
    code, seen = unit.parent, 0
    while code and seen < 4:
        if code == province.code:
            return True
        try:
            code, seen = library.units.at(code, day).parent, seen + 1
        except BadInput:
            return False
    return False


def _place(library: Library, unit: Unit, day: date) -> str:
    return library.units.display(unit, day).partition(", ")[2]


def _group(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _text(value: Json) -> str | None:
    return value if isinstance(value, str) and value else None


def _day(value: Json) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
