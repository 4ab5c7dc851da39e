"""Sampled dossiers (kiểm tra xác suất hồ sơ TTHC): how late, what is wrong, and what the sample adds up to.

Dossiers are known by their code; the citizen they belong to is written nowhere. A late dossier is always a fault;
a missing apology is noted beside it and counted, but is no second fault (rule of ``sample_dossiers``).

A dossier handed over from an abolished unit is shown apart, and the new unit answers only for days since it took over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from inspector.domain.attention import Attention
from inspector.domain.inspection import DossierRow, Moment, SampleTotals
from inspector.domain.scoring import Ratio
from inspector.domain.working_days import Calendar

HANDED_OVER = "handed_over"


class Fault(StrEnum):
    """What was wrong with a dossier (sai sót)."""

    LATE = "late"
    EXTRA_PAPERS = "extra_papers"
    NO_CONTROL_SLIP = "no_control_slip"
    SYSTEM_DIFFERS = "system_differs"


@dataclass(frozen=True, slots=True)
class Terms:
    """By what a sample is judged: the holiday table, the day of the visit, and when handed-over dossiers changed hands.

    ``taken_over`` is the first day of the new unit (1/7/2025 where a district ended), ``None`` when nothing was handed
    over.
    """

    calendar: Calendar
    as_of: date
    taken_over: date | None = None


@dataclass(frozen=True, slots=True)
class Assessed:
    """One dossier judged. ``days_late`` are working days; 0 with ``late`` is a delay within the day or over a weekend.

    ``days_answerable`` leaves out the days before the unit took the dossier over. ``complete`` is false while the row
    is still being entered; then nothing else is judged. ``returned`` is false for a dossier that is still not solved.
    """

    row: DossierRow
    complete: bool
    handed_over: bool = False
    returned: bool = False
    late: bool = False
    days_late: int = 0
    days_answerable: int = 0
    faults: frozenset[Fault] = frozenset()
    attentions: tuple[Attention, ...] = ()


@dataclass(frozen=True, slots=True)
class Totals:
    """What dossiers add up to (``entering`` rows are in no other figure)."""

    checked: int = 0
    on_time: int = 0
    late: int = 0
    late_with_apology: int = 0
    extra_papers: int = 0
    no_control_slip: int = 0
    system_differs: int = 0
    faultless: int = 0
    unresolved_late: int = 0
    longest_delay: int = 0
    entering: int = 0

    @property
    def ratio(self) -> Ratio | None:
        """Faultless dossiers of those checked; ``None`` without any."""
        return Ratio(self.faultless, self.checked) if self.checked else None


@dataclass(frozen=True, slots=True)
class Sample:
    """The unit's own dossiers, which make the rate, and those handed over to it, shown apart."""

    own: Totals
    handed_over: Totals
    rows: tuple[Assessed, ...]

    @property
    def ratio(self) -> Ratio | None:
        """The rate of the item: the unit's own dossiers."""
        return self.own.ratio


def assess(row: DossierRow, terms: Terms) -> Assessed:
    """Judge one dossier; one not yet returned is late when its day has passed on the day of the visit."""
    handed_over = row.origin == HANDED_OVER
    attentions = tuple(_attentions(row))
    if not is_complete(row) or row.due.date is None:
        return Assessed(row, complete=False, handed_over=handed_over, attentions=attentions)
    returned = row.returned.date is not None
    end = row.returned if returned else Moment(terms.as_of)
    late = _is_late(row.due, end)
    days = terms.calendar.working_days_between(row.due.date, end.date or terms.as_of) if late else 0
    answerable = _answerable(row.due.date, end.date or terms.as_of, terms, handed_over) if late else 0
    inherited = handed_over and terms.taken_over is not None and row.due.date < terms.taken_over
    faults = frozenset(_faults(row, late=late and (answerable > 0 or not inherited)))
    return Assessed(row, True, handed_over, returned, late, days, answerable, faults, attentions)


def is_complete(row: DossierRow) -> bool:
    """Enough to be judged: code, appointment, and either the day of return or all three checks answered.

    Without the day of return the answered checks say that the row is finished and the dossier still open, not that
    somebody is still typing.
    """
    checks = (row.control_slip, row.extra_papers, row.system_differs)
    known = row.returned.date is not None or None not in checks
    return bool((row.code or "").strip()) and row.due.date is not None and known


def sample(rows: Iterable[DossierRow], terms: Terms) -> Sample:
    """Judge and add up the dossiers of one item."""
    assessed = tuple(assess(row, terms) for row in rows)
    own = totals(a for a in assessed if not a.handed_over)
    return Sample(own, totals(a for a in assessed if a.handed_over), assessed)


def totals(assessed: Iterable[Assessed]) -> Totals:
    """The figures of a sample: so_ho_so_kiem_tra, so_dung_han_truoc_han, so_tre_han and so on."""
    rows = tuple(assessed)
    whole = [a for a in rows if a.complete]
    late = [a for a in whole if Fault.LATE in a.faults]
    return Totals(
        checked=len(whole),
        on_time=len(whole) - len(late),
        late=len(late),
        late_with_apology=sum(a.row.apology is True for a in late),
        extra_papers=_with(whole, Fault.EXTRA_PAPERS),
        no_control_slip=_with(whole, Fault.NO_CONTROL_SLIP),
        system_differs=_with(whole, Fault.SYSTEM_DIFFERS),
        faultless=sum(not a.faults for a in whole),
        unresolved_late=sum(not a.returned for a in late),
        longest_delay=max((a.days_answerable for a in late), default=0),
        entering=len(rows) - len(whole),
    )


def totals_alone(given: SampleTotals) -> tuple[Totals, tuple[Attention, ...]]:
    """Totals typed without rows. Which faults met in one dossier is not known then.

    The rate takes the reading that is best for the unit (the faults overlap as far as they can); an attention gives
    the worst reading where the two differ.
    """
    checked = given.checked or 0
    late = given.late or 0
    faults = (late, given.extra_papers or 0, given.no_control_slip or 0, given.system_differs or 0)
    on_time = given.on_time if given.on_time is not None else max(checked - late, 0)
    best, worst = max(checked - max(faults), 0), max(checked - sum(faults), 0)
    found = Totals(
        checked=checked,
        on_time=on_time,
        late=late,
        late_with_apology=given.late_with_apology or 0,
        extra_papers=faults[1],
        no_control_slip=faults[2],
        system_differs=faults[3],
        faultless=best,
    )
    return found, tuple(_total_attentions(found, best, worst))


def _total_attentions(found: Totals, best: int, worst: int) -> Iterable[Attention]:
    if found.on_time + found.late != found.checked:
        yield Attention("dossier-totals-sum", {"on_time": found.on_time, "late": found.late, "checked": found.checked})
    if found.late_with_apology > found.late:
        yield Attention("dossier-totals-apology", {"apology": found.late_with_apology, "late": found.late})
    if max(found.extra_papers, found.no_control_slip, found.system_differs) > found.checked:
        yield Attention("dossier-totals-above", {"checked": found.checked})
    if best != worst:
        yield Attention("dossier-totals-overlap", {"best": best, "worst": worst, "checked": found.checked})


def _is_late(due: Moment, end: Moment) -> bool:
    """Later than the appointment; on the day itself only when both hours are known."""
    if due.date is None or end.date is None:
        return False
    if due.date != end.date:
        return end.date > due.date
    return due.time is not None and end.time is not None and end.time > due.time


def _answerable(due: date, end: date, terms: Terms, handed_over: bool) -> int:
    start = due
    if handed_over and terms.taken_over:
        start = max(due, terms.taken_over - timedelta(1))
    return terms.calendar.working_days_between(start, end)


def _faults(row: DossierRow, *, late: bool) -> Iterable[Fault]:
    if late:
        yield Fault.LATE
    if row.extra_papers is True:
        yield Fault.EXTRA_PAPERS
    if row.control_slip is False:
        yield Fault.NO_CONTROL_SLIP
    if row.system_differs is True:
        yield Fault.SYSTEM_DIFFERS


def _attentions(row: DossierRow) -> Iterable[Attention]:
    code = row.code or ""
    returned, due = row.returned.date, row.due.date
    if row.received and due and due < row.received:
        yield Attention("dossier-due-before-received", {"dossier": code})
    if row.received and returned and returned < row.received:
        yield Attention("dossier-returned-before-received", {"dossier": code})


def _with(rows: Iterable[Assessed], fault: Fault) -> int:
    return sum(fault in a.faults for a in rows)
