"""Sampled dossiers: late by working days, faults, rates, and what is handed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from inspector.domain.dossiers import Fault, Terms, assess, is_complete, sample, totals_alone
from inspector.domain.inspection import DossierRow, Moment, SampleTotals
from inspector.domain.scoring import Ratio
from inspector.domain.working_days import parse_calendar

CALENDAR = parse_calendar((Path(__file__).parents[2] / "resources/calendar/vn.json").read_bytes())
TERMS = Terms(CALENDAR, as_of=date(2026, 11, 20), taken_over=date(2025, 7, 1))
DUE = Moment(date(2026, 10, 16))  # a Friday
ROW = DossierRow("1", code="H01", received=date(2026, 10, 1), due=DUE, returned=DUE, origin="own")


def returned(day: date, hour: time | None = None) -> DossierRow:
    return replace(ROW, returned=Moment(day, hour))


def test_returned_on_the_day_is_on_time() -> None:
    found = assess(ROW, TERMS)
    assert (found.complete, found.late, found.days_late, found.faults) == (True, False, 0, frozenset())


def test_late_by_working_days() -> None:
    found = assess(returned(date(2026, 10, 20)), TERMS)
    assert (found.late, found.days_late, found.faults) == (True, 2, frozenset({Fault.LATE}))


def test_late_over_the_weekend_is_late_by_no_working_day() -> None:
    found = assess(returned(date(2026, 10, 18)), TERMS)
    assert (found.late, found.days_late, found.faults) == (True, 0, frozenset({Fault.LATE}))


@pytest.mark.parametrize(
    ("due", "back", "late"),
    [(time(16, 30), time(16, 31), True), (time(16, 30), time(16, 30), False), (time(16, 30), None, False)],
)
def test_the_hour_counts_on_the_day_itself(due: time, back: time | None, late: bool) -> None:
    row = replace(ROW, due=replace(DUE, time=due), returned=replace(DUE, time=back))
    assert assess(row, TERMS).late is late


def test_a_dossier_still_open_is_late_until_the_day_of_the_visit() -> None:
    row = replace(ROW, returned=Moment(), control_slip=True, extra_papers=False, system_differs=False)
    found = assess(row, TERMS)
    assert (found.returned, found.late, found.days_late) == (False, True, 25)
    assert not assess(replace(row, due=Moment(date(2026, 12, 1))), TERMS).late


@pytest.mark.parametrize(
    ("row", "complete"),
    [
        (ROW, True),
        (replace(ROW, code=" "), False),
        (replace(ROW, due=Moment()), False),
        (replace(ROW, returned=Moment()), False),
        (replace(ROW, returned=Moment(), control_slip=True, extra_papers=False, system_differs=False), True),
    ],
)
def test_a_row_is_complete_when_it_can_be_judged(row: DossierRow, complete: bool) -> None:
    assert is_complete(row) is complete


def test_every_fault_has_its_own_mark() -> None:
    row = replace(ROW, extra_papers=True, control_slip=False, system_differs=True)
    assert assess(row, TERMS).faults == {Fault.EXTRA_PAPERS, Fault.NO_CONTROL_SLIP, Fault.SYSTEM_DIFFERS}


def test_a_missing_apology_is_no_second_fault() -> None:
    late = returned(date(2026, 10, 20))
    assert assess(replace(late, apology=False), TERMS).faults == {Fault.LATE}


def test_a_sample_adds_up() -> None:
    rows = [
        ROW,
        replace(returned(date(2026, 10, 20)), apology=True),
        returned(date(2026, 10, 30)),
        replace(ROW, extra_papers=True),
        replace(ROW, code=None),
    ]
    found = sample(rows, TERMS).own
    assert (found.checked, found.on_time, found.late, found.late_with_apology) == (4, 2, 2, 1)
    assert (found.extra_papers, found.faultless, found.longest_delay, found.entering) == (1, 1, 10, 1)
    assert found.ratio == Ratio(1, 4)


def test_rows_being_entered_leave_the_rate() -> None:
    found = sample([ROW, replace(ROW, returned=Moment())], TERMS)
    assert (found.ratio, found.own.entering) == (Ratio(1, 1), 1)
    assert sample([replace(ROW, returned=Moment())], TERMS).ratio is None


HANDED = replace(ROW, origin="handed_over", due=Moment(date(2025, 6, 20)))


def test_the_new_unit_answers_only_for_days_since_it_took_over() -> None:
    found = assess(replace(HANDED, returned=Moment(date(2025, 7, 3))), TERMS)
    assert (found.days_late, found.days_answerable, found.faults) == (9, 3, frozenset({Fault.LATE}))


def test_a_delay_that_ended_before_the_takeover_is_not_the_new_units() -> None:
    found = assess(replace(HANDED, returned=Moment(date(2025, 6, 30))), TERMS)
    assert (found.late, found.days_answerable, found.faults) == (True, 0, frozenset())


def test_a_handed_over_dossier_due_later_counts_in_full() -> None:
    row = replace(HANDED, due=Moment(date(2025, 7, 4)), returned=Moment(date(2025, 7, 5)))
    assert assess(row, TERMS).faults == {Fault.LATE}


def test_handed_over_dossiers_are_shown_apart() -> None:
    found = sample([ROW, replace(HANDED, returned=Moment(date(2025, 7, 3)))], TERMS)
    assert (found.own.checked, found.own.late) == (1, 0)
    assert (found.handed_over.checked, found.handed_over.late, found.handed_over.longest_delay) == (1, 1, 3)
    assert found.ratio == Ratio(1, 1)


def test_dates_in_the_wrong_order_are_pointed_out() -> None:
    row = replace(ROW, received=date(2026, 11, 1))
    codes = [attention.code for attention in assess(row, TERMS).attentions]
    assert codes == ["dossier-due-before-received", "dossier-returned-before-received"]


def test_totals_alone_give_the_rate_that_is_best_for_the_unit() -> None:
    found, attentions = totals_alone(SampleTotals(checked=26, on_time=6, late=20, no_control_slip=3))
    assert found.ratio == Ratio(6, 26)
    assert [(a.code, a.params) for a in attentions] == [
        ("dossier-totals-overlap", {"best": 6, "worst": 3, "checked": 26})
    ]


def test_totals_alone_with_one_kind_of_fault_are_exact() -> None:
    found, attentions = totals_alone(SampleTotals(checked=44, late=43))
    assert (found.on_time, found.ratio, attentions) == (1, Ratio(1, 44), ())


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (SampleTotals(checked=10, on_time=5, late=4), "dossier-totals-sum"),
        (SampleTotals(checked=10, late=4, late_with_apology=5), "dossier-totals-apology"),
        (SampleTotals(checked=10, extra_papers=11), "dossier-totals-above"),
    ],
)
def test_totals_that_do_not_agree_are_pointed_out(given: SampleTotals, code: str) -> None:
    assert [attention.code for attention in totals_alone(given)[1]] == [code]


def test_nothing_typed_has_no_rate() -> None:
    assert totals_alone(SampleTotals())[0].ratio is None
