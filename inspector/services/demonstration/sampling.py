"""The sampled dossiers of a visit: exactly as many are late, by exactly as many working days, as the story says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from random import Random

from inspector.domain.changeset import Json
from inspector.domain.dossiers import Terms, Totals, sample, totals_alone
from inspector.domain.inspection import DossierRow, Moment, SampleTotals
from inspector.domain.working_days import Calendar
from inspector.services.demonstration.material import Dossiers, Material, Procedure, Visit

TWO_TIERS = date(2025, 7, 1)
"""The day on which communes took over the open dossiers of the districts."""

_HANDED_OVER_DAYS = 10
"""Only a procedure that takes this long can have been received before that day and be due after it."""

Row = dict[str, Json]


def dossiers(told: Material, visit: Visit, rng: Random) -> list[Row]:
    """The rows as arguments of ``add_dossier``; none where only totals were written down."""
    wanted = visit.sample
    if wanted is None:
        return []
    known = [procedure for procedure in told.procedures if procedure.level == visit.level]
    own = wanted.rows - wanted.handed_over
    late = dict(zip(rng.sample(range(own), len(wanted.late)), wanted.late, strict=True))
    rows = [_own(told.calendar, visit, wanted, rng.choice(known), place, late, rng) for place in range(own)]
    slow = [procedure for procedure in known if procedure.days >= _HANDED_OVER_DAYS]
    rows += [_handed_over(told.calendar, visit, rng.choice(slow), own + place) for place in range(wanted.handed_over)]
    return rows


def figures(told: Material, visit: Visit, rows: list[Row]) -> Totals:
    """What the rows, or the totals alone, add up to by the rules of the program."""
    wanted = visit.sample
    if wanted is not None and wanted.totals is not None:
        return totals_alone(SampleTotals(**wanted.totals))[0]
    terms = Terms(told.calendar, date.fromisoformat(visit.date), TWO_TIERS)
    return sample((_read(row) for row in rows), terms).own


def _own(
    calendar: Calendar,
    visit: Visit,
    wanted: Dossiers,
    procedure: Procedure,
    place: int,
    late: Mapping[int, int],
    rng: Random,
) -> Row:
    day, delay = date.fromisoformat(visit.date), late.get(place, 0)
    ranked = sorted(late)
    rank = ranked.index(place) if delay else -1
    still_open = delay > 0 and rank >= len(ranked) - wanted.open_late
    due = back(calendar, day, delay + (0 if still_open else rng.randint(1, 12)))
    row = _row(calendar, visit, procedure, due, place)
    returned = calendar.add_working_days(due, delay) if delay else back(calendar, due, rng.randint(0, 2))
    if not still_open:
        row["returned"] = {"date": max(returned, date.fromisoformat(str(row["received"]))).isoformat(), "time": "10:20"}
    return row | {
        "apology": (rank < wanted.apologised) if delay else None,
        "control_slip": place >= wanted.no_slip,
        "extra_papers": wanted.no_slip <= place < wanted.no_slip + wanted.extra,
        "system_differs": 0 <= place - wanted.no_slip - wanted.extra < wanted.differs,
        "origin": "own",
        "note": "Chưa có kết quả tại thời điểm kiểm tra" if still_open else None,
    }


def _handed_over(calendar: Calendar, visit: Visit, procedure: Procedure, place: int) -> Row:
    """Due just after the new unit took over, returned some weeks later."""
    due = calendar.add_working_days(TWO_TIERS, 4 + place % 5)
    row = _row(calendar, visit, procedure, due, place)
    returned = calendar.add_working_days(due, 6 * (place % 3))
    row["returned"] = {"date": returned.isoformat(), "time": "15:00"}
    checks: Row = {"control_slip": True, "extra_papers": False, "system_differs": False}
    return row | checks | {"origin": "handed_over", "note": "Nhận bàn giao từ UBND huyện cũ"}


def _row(calendar: Calendar, visit: Visit, procedure: Procedure, due: date, place: int) -> Row:
    received = back(calendar, due, procedure.days)
    office = "".join(letter for letter in visit.unit if letter.isdigit())[-3:]
    return {
        "code": f"H98.{office}-{received:%y%m%d}-{17 * (place + 1):04d}",
        "procedure": procedure.name,
        "area": procedure.area,
        "received": received.isoformat(),
        "due": {"date": due.isoformat(), "time": "17:00"},
    }


def back(calendar: Calendar, day: date, days: int) -> date:
    """The last working day on or before ``day``, and ``days`` working days before that."""
    while days or not calendar.is_working_day(day):
        days -= calendar.is_working_day(day)
        day -= timedelta(1)
    return day


def _read(row: Row) -> DossierRow:
    def moment(name: str) -> Moment:
        given = row.get(name)
        if not isinstance(given, dict):
            return Moment()
        return Moment(date.fromisoformat(str(given["date"])), time.fromisoformat(str(given["time"])))

    def said(name: str) -> bool | None:
        value = row.get(name)
        return value if isinstance(value, bool) else None

    return DossierRow(
        id="",
        code=str(row["code"]),
        due=moment("due"),
        returned=moment("returned"),
        apology=said("apology"),
        control_slip=said("control_slip"),
        extra_papers=said("extra_papers"),
        system_differs=said("system_differs"),
        origin=str(row["origin"]),
    )
