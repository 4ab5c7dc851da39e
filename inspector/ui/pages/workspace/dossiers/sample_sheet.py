"""What the tab shows of one item, made off the GUI thread: rows, figures, and from which calendar they come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from inspector.domain.checklist import Item
from inspector.domain.dossiers import Assessed, Sample, Terms, Totals, sample, totals_alone
from inspector.domain.grounds import Grounds
from inspector.domain.inspection import DossierSample, Inspection, SampleTotals
from inspector.domain.scoring import Ratio
from inspector.domain.tally import dossiers_of, ratio_of, sample_of, scores, totals_of
from inspector.domain.text import fold
from inspector.ui.pages.workspace.dossiers.columns import row_of
from inspector.ui.widgets.grid_model import Row

_FILTERED = (1, 2, 3, 13, 14, 15)


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
    assessed: Mapping[str, Assessed] = field(default_factory=dict)
    disputed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Fields about which people disagree, by dossier."""


def items_of(grounds: Grounds) -> tuple[Item, ...]:
    """The items that are fed by sampled dossiers."""
    checklist = grounds.checklist
    return tuple(item for item in checklist.items if item.answer_type == "sample_dossiers") if checklist else ()


def read_sheet(grounds: Grounds, item: Item | None, before: SampleSheet, words: str) -> SampleSheet:
    """The sheet of an item now. Rows that did not change are the same objects as before and keep their places."""
    inspection = grounds.inspection
    listed = dossiers_of(grounds, item) if item is not None else inspection.dossiers
    judged = (sample_of(grounds, item) if item is not None else None) or sample(listed, grounds.terms)
    assessed = {one.row.id: one for one in judged.rows}
    disputed = _disputed(inspection)
    whole = _in_places(before, assessed, disputed)
    folded = _folded(before, whole)
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
        frozenset(_fold(row.code or "") for row in listed),
        assessed,
        disputed,
    )


def filtered(rows: Sequence[Row], folded: Sequence[str], words: str) -> tuple[Row, ...]:
    """The rows that hold every word, without marks."""
    wanted = fold(words).split()
    if not wanted:
        return tuple(rows)
    return tuple(row for row, text in zip(rows, folded, strict=True) if all(word in text for word in wanted))


def _disputed(inspection: Inspection) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for conflict in inspection.conflicts:
        entity, record, name = conflict.split("/", 2)
        if entity == "dossier":
            found[record] = found.get(record, frozenset()) | {name}
    return found


def _in_places(
    before: SampleSheet, assessed: Mapping[str, Assessed], disputed: Mapping[str, frozenset[str]]
) -> tuple[Row, ...]:
    known = {row.id: row for row in before.whole}

    def made(id_: str, one: Assessed) -> Row:
        was = known.get(id_)
        names = disputed.get(id_, frozenset())
        same = before.assessed.get(id_) == one and before.disputed.get(id_, frozenset()) == names
        return was if was is not None and same else row_of(one, names)

    kept = [made(row.id, assessed[row.id]) for row in before.whole if row.id in assessed]
    return (*kept, *(made(id_, one) for id_, one in assessed.items() if id_ not in known))


def _folded(before: SampleSheet, rows: Sequence[Row]) -> tuple[str, ...]:
    """What the filter looks into: codes, areas, procedures, agencies, notes."""
    known = {id(row): text for row, text in zip(before.whole, before.folded, strict=True)}
    return tuple(known.get(id(row)) or _words(row) for row in rows)


def _words(row: Row) -> str:
    return " ".join(_fold(str(row.cells[place].text)) for place in _FILTERED)


@lru_cache(maxsize=20_000)
def _fold(text: str) -> str:
    return fold(text)


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
