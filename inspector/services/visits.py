"""The list of inspections (danh sách cuộc kiểm tra): what is in it, how many of each state, its lines when shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from inspector.domain.changeset import Json
from inspector.domain.errors import BadInput
from inspector.domain.scoring import total
from inspector.domain.tally import scores
from inspector.services.signed_in import signed_in

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.services.library import Library
    from inspector.storage.visits import VisitRow

_COMMITTEES = (("Ủy ban nhân dân ", "UBND "), ("Uỷ ban nhân dân ", "UBND "))


class VisitState(StrEnum):
    """How an inspection stands: nothing recorded yet, under way, done or printed but not signed, signed, cancelled."""

    COMING = "coming"
    GOING = "going"
    WAITING = "waiting"
    SIGNED = "signed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a person narrowed the list to; what is empty narrows nothing. Days are included.

    ``state`` and ``mine`` choose among what the rest leaves.
    """

    text: str = ""
    since: date | None = None
    until: date | None = None
    form: str = ""
    level: str = ""
    lead: str = ""
    planned: bool | None = None
    state: VisitState | None = None
    mine: bool = False
    oldest_first: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """The inspections in order, and how many each state would show."""

    ids: tuple[str, ...]
    counts: Mapping[VisitState, int]
    mine: int
    matching: int
    """All states together."""
    everything: int
    """Without any narrowing."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the list can be narrowed to: years with inspections (latest first), levels of units, names of leads."""

    years: tuple[int, ...] = ()
    levels: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One inspection as a line of a list. ``place`` is said where several units are called the same."""

    id: str
    unit: str
    place: str
    level: str | None
    form: str | None
    day: date | None
    planned: bool
    lead: str
    team: int
    checked: int
    items: int
    findings: int
    conflicts: int
    state: VisitState
    number: str
    scored: bool
    minutes: bool
    scanned: bool
    checklist: str


def listing(desk: Desk, wanted: Narrowed) -> Listing:
    """What the list shows, by the database alone."""
    from inspector.storage.visits import VisitFilter

    narrowed = VisitFilter(
        text=wanted.text,
        since=_iso(wanted.since),
        until=_iso(wanted.until),
        form=wanted.form,
        level=wanted.level,
        lead=wanted.lead,
        planned=wanted.planned,
        oldest_first=wanted.oldest_first,
    )
    everything = replace(VisitFilter(), oldest_first=wanted.oldest_first)
    with desk.workspace.visits() as visits:
        found = visits.keys(narrowed, signed_in(desk).name)
        whole = len(found) if narrowed == everything else visits.count()
    kept = [key for key in found if (key.mine or not wanted.mine) and wanted.state in (None, key.state)]
    counted = Counter(key.state for key in found)
    counts = {state: counted.get(state, 0) for state in VisitState}
    mine = sum(key.mine for key in found)
    return Listing(tuple(key.space for key in kept), counts, mine, len(found), whole)


def choices(desk: Desk) -> Choices:
    """What there is to narrow to."""
    with desk.workspace.visits() as visits:
        years, levels, leads = visits.choices()
    return Choices(tuple(int(year) for year in years if year.isdecimal()), tuple(levels), tuple(leads))


def lines(desk: Desk, ids: Collection[str]) -> dict[str, Line]:
    """The lines of these inspections; those that were deleted meanwhile are missing."""
    with desk.workspace.visits() as visits:
        found, shared = visits.rows(ids), visits.shared_names()
    return {row.space: _line(desk.library, row, shared) for row in found}


def points(desk: Desk, ids: Collection[str]) -> dict[str, Decimal]:
    """The points of 100 of inspections whose office adopted them; ``None`` is left out."""
    found = {}
    for inspection in ids:
        grounds = desk.library.grounds(desk.inspection(inspection))
        if (of_100 := total(scores(grounds)).final.of_100) is not None:
            found[inspection] = of_100
    return found


def kept_filter(desk: Desk) -> str:
    """What the list of inspections was narrowed to when the program ended, as ``keep_filter`` was given it."""
    from inspector.services.preferences import load

    return load(desk.workspace.places).inspections_filter


def keep_filter(desk: Desk, written: str) -> None:
    """Remember it on this laptop.

    Raises:
        Unavailable: nothing can be written there now.
    """
    from inspector.services.preferences import load, save

    known = load(desk.workspace.places)
    if known.inspections_filter != written:
        save(desk.workspace.places, replace(known, inspections_filter=written))


def short_name(body: str) -> str:
    """A people's committee as lists call it: "UBND xã Cái Bè"."""
    for whole, short in _COMMITTEES:
        if body.startswith(whole):
            return short + body.removeprefix(whole)
    return body


def _line(library: Library, row: VisitRow, shared: Collection[str]) -> Line:
    values = row.values
    body, name = member(values, "unit", "body_name"), member(values, "unit", "name")
    checked, items = _progress(library, row)
    return Line(
        id=row.space,
        unit=short_name(body or name or member(values, "unit", "code")),
        place=member(values, "unit", "parent_name") if body in shared else "",
        level=member(values, "unit", "level") or None,
        form=_text(values.get("form")) or None,
        day=day_of(values.get("visit_date")),
        planned=values.get("planned") is not False,
        lead=row.lead or "",
        team=row.team,
        checked=checked,
        items=items,
        findings=row.findings,
        conflicts=row.conflicts,
        state=VisitState(row.state),
        number=_text(values.get("number")),
        scored=values.get("scored") is True,
        minutes=row.minutes,
        scanned=isinstance(row.signed, dict) and bool(row.signed.get("scan")),
        checklist=member(values, "checklist", "title"),
    )


def _progress(library: Library, row: VisitRow) -> tuple[int, int]:
    """How many items are checked, of how many; nothing of nothing where the checklist is not here."""
    try:
        checklist = library.checklist(member(row.values, "checklist", "hash"))
    except BadInput:
        return len(row.answered), len(row.answered)
    by_records = {"sample_dossiers": row.dossiers, "headcount": row.headcounts}
    checked = {item.key for item in checklist.items if item.key in row.answered}
    for kind, recorded in by_records.items():
        first = next((item.key for item in checklist.items if item.answer_type == kind), None)
        if recorded and first is not None:
            checked.add(first)
    return len(checked), len(checklist.items)


def member(values: Mapping[str, Json], group: str, name: str) -> str:
    """One text inside a group, empty where there is none."""
    found = values.get(group)
    return _text(found.get(name)) if isinstance(found, dict) else ""


def day_of(value: Json) -> date | None:
    """A day as stored; what is none is passed over."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""


def _iso(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
