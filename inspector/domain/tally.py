"""What the dossiers and headcounts of an inspection add up to, item by item."""

from __future__ import annotations

from inspector.domain.checklist import Item
from inspector.domain.dossiers import Sample, sample, totals_alone
from inspector.domain.grounds import Grounds
from inspector.domain.headcount import presence
from inspector.domain.inspection import DossierRow, Headcount, SampleTotals
from inspector.domain.scoring import ItemScore, Ratio, score_items


def dossiers_of(grounds: Grounds, item: Item) -> tuple[DossierRow, ...]:
    """The dossiers of an item; those written down for no item belong to the first that asks for dossiers."""
    return tuple(row for row in grounds.inspection.dossiers if _belongs(grounds, row.item, item, "sample_dossiers"))


def headcounts_of(grounds: Grounds, item: Item) -> tuple[Headcount, ...]:
    """The headcounts of an item; those written down for no item belong to the first that asks for a headcount."""
    return tuple(row for row in grounds.inspection.headcounts if _belongs(grounds, row.item, item, "headcount"))


def _belongs(grounds: Grounds, named: str | None, item: Item, asked: str) -> bool:
    if named:
        return named == item.key
    items = grounds.checklist.items if grounds.checklist else ()
    return item is next((other for other in items if other.answer_type == asked), None)


def sample_of(grounds: Grounds, item: Item) -> Sample | None:
    """The sampled dossiers of an item; ``None`` where none was written down one by one."""
    if item.key not in grounds.judged:
        rows = dossiers_of(grounds, item)
        grounds.judged[item.key] = sample(rows, grounds.terms) if rows else None
    return grounds.judged[item.key]


def totals_of(grounds: Grounds, item: Item) -> SampleTotals | None:
    """The totals typed for a sample that was not written down one by one."""
    kept = grounds.inspection.samples.get(item.key)
    given = kept.totals if kept else None
    return given if given and given != SampleTotals() else None


def ratio_of(grounds: Grounds, item: Item) -> Ratio | None:
    """The ratio of an item that is fed by records; ``None`` where there are none yet."""
    if item.answer_type == "headcount":
        return presence(headcounts_of(grounds, item)).ratio
    if item.answer_type != "sample_dossiers":
        return None
    listed, typed = sample_of(grounds, item), totals_of(grounds, item)
    if listed is not None and listed.ratio is not None:
        return listed.ratio
    return totals_alone(typed)[0].ratio if typed else None


def scores(grounds: Grounds) -> tuple[ItemScore, ...]:
    """The score of every item of the checklist, in order, records counted."""
    if grounds.checklist is None:
        return ()
    found = ((item.key, ratio_of(grounds, item)) for item in grounds.checklist.items)
    counted = {key: ratio for key, ratio in found if ratio is not None}
    return score_items(grounds.checklist, grounds.inspection.answers, counted)
