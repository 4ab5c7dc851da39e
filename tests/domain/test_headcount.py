"""Headcounts: sums over places, the rate, and figures that disagree."""

from __future__ import annotations

import pytest

from inspector.domain.headcount import attentions, presence
from inspector.domain.inspection import Headcount
from inspector.domain.scoring import Ratio


def count(due: int | None, present: int | None, excused: int = 0, unexcused: int = 0, bare: int = 0) -> Headcount:
    return Headcount("1", "item", "Quầy", None, due, present, excused, unexcused, bare)


def test_places_add_up_and_only_absence_without_reason_costs() -> None:
    found = presence([count(40, 36, 3, 1, 2), count(10, 8, 1, 1)])
    assert (found.due, found.present, found.absent_with_reason, found.absent_without_reason) == (50, 44, 4, 2)
    assert (found.without_badge, found.counted, found.ratio) == (2, 2, Ratio(48, 50))


def test_a_count_being_entered_is_left_out() -> None:
    found = presence([count(40, 40), count(10, None)])
    assert (found.due, found.counted, found.entering) == (40, 1, 1)


def test_nobody_due_has_no_rate() -> None:
    assert presence([]).ratio is None
    assert presence([count(0, 0)]).ratio is None


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        (count(10, 8, 1, 1), []),
        (count(10, 8, 1, 0), ["headcount-sum"]),
        (count(10, 10, 0, 0, 11), ["headcount-badges"]),
        (count(10, -1, 0, 11), ["headcount-negative", "headcount-badges"]),
        (count(None, 5), []),
    ],
)
def test_figures_that_disagree_are_pointed_out(row: Headcount, codes: list[str]) -> None:
    assert [attention.code for attention in attentions(row)] == codes
