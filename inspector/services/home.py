"""What a person begins a day with (trang chủ): inspections of today, coming ones, what needs them, the year's plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from inspector.domain.changeset import Json
from inspector.domain.checklist import Checklist, Item
from inspector.domain.errors import BadInput, InspectorError
from inspector.domain.grounds import Grounds
from inspector.domain.ids import natural_id
from inspector.domain.phrases import short_code
from inspector.domain.readiness import Group, Place, readiness
from inspector.domain.registry import ENTITIES
from inspector.domain.scoring import State
from inspector.domain.tally import scores
from inspector.domain.working_days import Calendar
from inspector.services.reading import read_inspection
from inspector.services.signed_in import signed_in
from inspector.services.visits import Line, VisitState, lines
from inspector.services.wording import said

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.services.drafts import KeptDraft

_COMING = 14
_OPEN = 12
"""So many inspections are asked what their minutes still need."""
_LOOK_BACK = timedelta(days=400)
"""What is older belongs to a season that was closed long ago."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How the items of an inspection were answered."""

    met: int = 0
    partly: int = 0
    not_met: int = 0
    not_applicable: int = 0
    disagreed: int = 0
    items: int = 0

    @property
    def checked(self) -> int:
        return self.met + self.partly + self.not_met + self.not_applicable


@dataclass(frozen=True, slots=True)
class Today:
    """An inspection to go on with; ``closer`` adds what is read from the whole of it, ``tally`` is ``None`` before."""

    line: Line
    hour: str = ""
    """When it was opened, where that was noted."""
    tally: Tally | None = None
    to_recheck: int = 0
    """Shortcomings of the unit's last inspection."""


class NeedKind(StrEnum):
    """Why somebody is needed."""

    DISAGREEMENT = "disagreement"
    OVERDUE = "overdue"
    MUST = "must"
    LOOK = "look"
    SIGN = "sign"
    SCAN = "scan"


@dataclass(frozen=True, slots=True)
class Need:
    """One thing to do: ``count`` places or tasks, ``place`` leads to the first, ``text`` is a sentence about it."""

    kind: NeedKind
    inspection: str
    unit: str
    count: int = 0
    day: date | None = None
    place: Place | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The inspections of one level in a year: done are those that were signed or wait for it."""

    level: str
    done: int
    planned: int


@dataclass(frozen=True, slots=True)
class Home:
    """``going_on`` says that ``today`` holds unfinished inspections of other days, since nothing is planned today."""

    person: str
    team: str
    today: tuple[Today, ...]
    going_on: bool
    coming: tuple[Line, ...]
    needs: tuple[Need, ...]
    year: int
    plans: tuple[Plan, ...]
    surprises: int
    """Beside the plan."""
    everything: int
    to_ask: tuple[str, ...]
    """Inspections whose minutes may need something: ``conditions`` says what."""


@dataclass(frozen=True, slots=True)
class DraftSpot:
    """Where a rescued text belongs, as people say it: the label of the field, the number of the item, the unit."""

    label: str
    item: str
    unit: str
    place: Place


def home(desk: Desk, today: date) -> Home:
    """Everything but the conditions of minutes, by the database alone."""
    from inspector.storage.visits import VisitFilter

    iso = today.isoformat()
    with desk.workspace.visits() as visits:
        everything = visits.count()
        at_hand = [key.space for key in visits.keys(VisitFilter(since=iso, until=iso), "") if key.state != "cancelled"]
        since = (today - _LOOK_BACK).isoformat()
        before = [key for key in visits.keys(VisitFilter(since=since, until=iso), "") if key.space not in at_hand]
        ahead = visits.keys(
            VisitFilter(since=(today + timedelta(days=1)).isoformat(), oldest_first=True, limit=2 * _COMING), ""
        )
        conflicts, scans, tasks = visits.conflicts(), visits.without_scan(), visits.tasks(since)
        by_level = visits.by_level(str(today.year))
    going = [key.space for key in before if key.state == VisitState.GOING]
    first = at_hand or going[:2]
    coming = [key.space for key in ahead if key.state != "cancelled"][:_COMING]
    waiting = [key.space for key in before if key.state == VisitState.WAITING]
    named = {*first, *coming, *(row[0] for row in conflicts), *scans, *(task.space for task in tasks)}
    known = lines(desk, named)
    needs = [
        *(_disagreement(known[space], count, at) for space, count, *at in conflicts if space in known),
        *_overdue(known, ((task.space, task.id, task.deadline) for task in tasks), desk.library.calendar(), today),
        *(Need(NeedKind.SCAN, space, known[space].unit, place=_signature(space)) for space in scans if space in known),
    ]
    shown = tuple(Today(known[space]) for space in first if space in known)
    return Home(
        person=signed_in(desk).name,
        team=_team_of(desk, first),
        today=shown,
        going_on=not at_hand and bool(first),
        coming=tuple(known[space] for space in coming if space in known),
        needs=tuple(needs),
        year=today.year,
        plans=tuple(_plans(by_level)),
        surprises=sum(count for _, planned, _, count in by_level if not planned),
        everything=everything,
        to_ask=tuple(dict.fromkeys((*first, *waiting, *going)))[:_OPEN],
    )


def conditions(desk: Desk, inspections: Iterable[str]) -> list[Need]:
    """What the minutes of these inspections still need, and which wait for nothing but the signatures."""
    found = []
    for inspection in dict.fromkeys(inspections):
        need = _condition(desk, inspection)
        if need is not None:
            found.append(need)
    return found


def _condition(desk: Desk, inspection: str) -> Need | None:
    """The last thing that keeps an inspection open; those hardly begun are not asked."""
    try:
        grounds = desk.library.grounds(desk.inspection(inspection))
    except InspectorError:
        return None
    line = lines(desk, [inspection]).get(inspection)
    if line is None or line.state in (VisitState.COMING, VisitState.SIGNED, VisitState.CANCELLED):
        return None
    stands = readiness(grounds)
    must, look = stands.of(Group.MUST), stands.of(Group.LOOK)
    if must:
        kind, open_ = NeedKind.MUST, must
    elif look and not line.minutes:
        kind, open_ = NeedKind.LOOK, look
    elif line.state is VisitState.WAITING:
        return Need(NeedKind.SIGN, inspection, line.unit, day=line.day, place=_signature(inspection))
    else:
        return None
    places = open_[0].places
    text = said(open_[0].code, open_[0].params)
    return Need(kind, inspection, line.unit, len(open_), line.day, places[0] if places else None, text)


def spots(desk: Desk, drafts: Iterable[KeptDraft]) -> dict[tuple[str, str, str, str], DraftSpot]:
    """Where texts that were not committed belong, by their place."""
    kept = list(drafts)
    units = {line.id: line.unit for line in lines(desk, {draft.place[0] for draft in kept}).values()}
    return {draft.place: _spot(desk, draft, units.get(draft.place[0], "")) for draft in kept}


def _spot(desk: Desk, draft: KeptDraft, unit: str) -> DraftSpot:
    space, entity, record, field = draft.place
    label = _label(entity, field)
    item = _item_of(desk, space, entity, record)
    place = Place("item", item.key, field) if item is not None and entity == "answer" else Place(entity, record, field)
    return DraftSpot(label, short_code(item.code) if item else "", unit, place)


def _label(entity: str, field: str) -> str:
    """How a field is called; a part of it is written behind a point."""
    name, _, part = field.partition(".")
    known = ENTITIES.get(entity)
    named = known.field(name) if known else None
    if named is None:
        # What becomes a record of its own is typed at the one it is about.
        added = ENTITIES.get(field, known)
        return added.label if added else field
    return next((member.label for member in named.members if member.name == part), named.label)


def _item_of(desk: Desk, space: str, entity: str, record: str) -> Item | None:
    """The item an answer or a finding belongs to; an answer nobody saved yet is known by its id alone."""
    checklist = _checklist(desk, space)
    if checklist is None:
        return None
    found = desk.workspace.record(space, entity, record)
    key = found.values.get("item") if found is not None else None
    for item in checklist.items:
        if item.key == key or (entity == "answer" and natural_id(space, "answer", item.key) == record):
            return item
    return None


def _checklist(desk: Desk, space: str) -> Checklist | None:
    try:
        visit = read_inspection(desk.workspace, space)
        return desk.library.checklist(visit.checklist.hash) if visit.checklist else None
    except InspectorError:
        return None


def closer(desk: Desk, today: Iterable[Today]) -> list[Today]:
    """The same inspections with what only reading them whole tells."""
    return [_closer(desk, each.line) for each in today]


def _closer(desk: Desk, line: Line) -> Today:
    grounds = desk.library.grounds(desk.inspection(line.id))
    opened = grounds.inspection.opened.time
    return Today(line, opened.isoformat("minutes") if opened else "", tally_of(grounds), _to_recheck(desk, grounds))


def tally_of(grounds: Grounds) -> Tally:
    """The results of an inspection, counted."""
    counts = dict.fromkeys(("met", "partly", "not_met", "not_applicable"), 0)
    disagreed = sum(conflict.startswith("answer/") for conflict in grounds.inspection.conflicts)
    found = scores(grounds)
    for score in found:
        if score.state is State.NOT_APPLICABLE:
            counts["not_applicable"] += 1
        elif score.state is State.CHECKED:
            part = score.fraction if score.fraction is not None else 1
            counts["met" if part >= 1 else "partly" if part > 0 else "not_met"] += 1
    return Tally(**counts, disagreed=disagreed, items=len(found))


def _to_recheck(desk: Desk, grounds: Grounds) -> int:
    visit = grounds.inspection
    if visit.unit.code is None or visit.visit_date is None:
        return 0
    with desk.workspace.visits() as visits:
        earlier = visits.visits_of(visit.unit.code, visit.visit_date.isoformat())
    return len(desk.inspection(earlier[0]).findings_of("shortcoming")) if earlier else 0


def _team_of(desk: Desk, spaces: Iterable[str]) -> str:
    for space in spaces:
        record = desk.workspace.record(space, "inspection", space)
        name = record.values.get("team_name") if record is not None else None
        return name if isinstance(name, str) else ""
    return ""


def _disagreement(line: Line, count: int, at: Iterable[object]) -> Need:
    entity, record, field = map(str, at)
    return Need(NeedKind.DISAGREEMENT, line.id, line.unit, count, line.day, Place(entity, record, field))


def _overdue(
    known: dict[str, Line], tasks: Iterable[tuple[str, str, Json]], calendar: Calendar, today: date
) -> Iterator[Need]:
    """Inspections with recommendations whose day has passed, each once with the first of them."""
    late: dict[str, list[tuple[date, str]]] = {}
    for space, record, deadline in tasks:
        day = _last_day(deadline, known[space].day, calendar) if space in known else None
        if day is not None and day < today:
            late.setdefault(space, []).append((day, record))
    for space, found in late.items():
        day, record = min(found)
        place = Place("recommendation", record, "deadline")
        yield Need(NeedKind.OVERDUE, space, known[space].unit, len(found), day, place)


def _last_day(deadline: Json, start: date | None, calendar: Calendar) -> date | None:
    if not isinstance(deadline, dict):
        return None
    day, working_days = deadline.get("date"), deadline.get("working_days")
    try:
        if isinstance(day, str):
            return date.fromisoformat(day)
        if isinstance(working_days, int) and deadline.get("confirmed") and start is not None:
            return calendar.add_working_days(start, working_days)
    except (ValueError, BadInput):
        return None
    return None


def _signature(space: str) -> Place:
    return Place("signature", natural_id(space, "signature", "inspection"), "signed")


def _plans(rows: Iterable[tuple[str | None, bool, str, int]]) -> Iterator[Plan]:
    planned: dict[str, int] = {}
    done: dict[str, int] = {}
    for level, in_plan, state, count in rows:
        if in_plan:
            name = level or ""
            planned[name] = planned.get(name, 0) + count
            done[name] = done.get(name, 0) + (count if state in (VisitState.SIGNED, VisitState.WAITING) else 0)
    return (Plan(level, done[level], planned[level]) for level in sorted(planned, key=_by_height))


def _by_height(level: str) -> tuple[bool, str]:
    """Departments before communes, as plans list them."""
    return level != "department", level
