"""What the tab shows of one item, made off the GUI thread: rows, figures, and from which calendar they come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from inspector.domain.checklist import Item
from inspector.domain.dossiers import Assessed, Sample, Terms, Totals, sample, totals_alone
from inspector.domain.grounds import Grounds
from inspector.domain.inspection import DossierSample, SampleTotals
from inspector.domain.scoring import Ratio
from inspector.domain.tally import dossiers_of, ratio_of, scores, totals_of
from inspector.domain.text import fold
from inspector.ui.pages.workspace.dossiers.columns import row_of
from inspector.ui.widgets.grid_model import Row


@dataclass(frozen=True)
class SampleSheet:
    """One reading of the dossiers of an item. ``rows`` are those that pass the filter, ``whole`` all of them."""

    rows: tuple[Row, ...] = ()
    whole: tuple[Row, ...] = ()
    folded: tuple[str, ...] = ()
    own: Totals = field(default_factory=Totals)
    handed_over: Totals = field(default_factory=Totals)
    without_apology: int = 0
    ratio: Ratio | None = None
    points: Decimal | None = None
    fraction: Decimal | None = None
    typed_totals: SampleTotals | None = None
    described: DossierSample | None = None
    years: tuple[int, ...] = ()
    """Years that the calendar counts Monday to Friday."""
    codes: frozenset[str] = frozenset()


def items_of(grounds: Grounds) -> tuple[Item, ...]:
    """The items that are fed by sampled dossiers."""
    checklist = grounds.checklist
    return tuple(item for item in checklist.items if item.answer_type == "sample_dossiers") if checklist else ()


def read_sheet(grounds: Grounds, item: Item | None, before: SampleSheet, words: str) -> SampleSheet:
    """The sheet of an item now. Rows that did not change are the same objects as before and keep their places."""
    inspection = grounds.inspection
    listed = dossiers_of(grounds, item) if item is not None else inspection.dossiers
    judged = sample(listed, grounds.terms)
    whole = _in_places(before.whole, judged)
    folded = tuple(_folded(row) for row in whole)
    typed = totals_of(grounds, item) if item is not None else None
    alone = totals_alone(typed)[0] if typed is not None and not listed else None
    score = next((one for one in scores(grounds) if item is not None and one.key == item.key), None)
    return SampleSheet(
        filtered(whole, folded, words),
        whole,
        folded,
        alone or judged.own,
        judged.handed_over,
        _without_apology(judged),
        ratio_of(grounds, item) if item is not None else judged.ratio,
        score.proposed if score is not None and inspection.scored else None,
        score.fraction if score is not None else None,
        typed,
        inspection.samples.get(item.key) if item is not None else None,
        _years(judged, grounds.terms),
        frozenset(fold(row.code or "") for row in listed),
    )


def filtered(rows: Sequence[Row], folded: Sequence[str], words: str) -> tuple[Row, ...]:
    """The rows that hold every word, without marks."""
    wanted = fold(words).split()
    if not wanted:
        return tuple(rows)
    return tuple(row for row, text in zip(rows, folded, strict=True) if all(word in text for word in wanted))


def _in_places(before: Sequence[Row], judged: Sample) -> tuple[Row, ...]:
    known = {row.id: row for row in before}
    made: dict[str, Row] = {}
    for one in judged.rows:
        row = row_of(one)
        was = known.get(row.id)
        made[row.id] = was if was == row and was is not None else row
    kept = [made[row.id] for row in before if row.id in made]
    return (*kept, *(row for id_, row in made.items() if id_ not in known))


def _folded(row: Row) -> str:
    return fold(" ".join(str(cell.text) for cell in row.cells if cell.text))


def _without_apology(judged: Sample) -> int:
    return sum(_is_late(one) and one.row.apology is not True for one in judged.rows if not one.handed_over)


def _is_late(one: Assessed) -> bool:
    return one.complete and bool(one.faults) and any(fault.value == "late" for fault in one.faults)


def _years(judged: Sample, terms: Terms) -> tuple[int, ...]:
    days = [
        day
        for one in judged.rows
        for day in (one.row.due.date, one.row.returned.date or terms.as_of)
        if day is not None and one.row.due.date is not None
    ]
    years = {day.year for day in days if 2000 <= day.year <= 2199}
    return tuple(sorted(year for year in years if year not in terms.calendar.years))
