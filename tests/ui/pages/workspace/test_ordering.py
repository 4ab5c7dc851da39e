"""Moving up and down writes as little as can be, and the last act alone is what is taken back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from inspector.ui.pages.workspace.ordering import moved

D = Decimal


@pytest.mark.parametrize(
    ("record", "step", "order"), [("c", -1, D("1.5")), ("a", 1, D("2.5")), ("b", -1, D(0)), ("b", 1, D(4))]
)
def test_one_act_where_orders_are_known(record: str, step: int, order: Decimal) -> None:
    rows = [("a", D(1)), ("b", D(2)), ("c", D(3))]
    assert moved(rows, record, step, ["a", "b", "c"]) == [(record, order)]


def test_records_nobody_arranged_get_their_places_first() -> None:
    rows = [("a", None), ("b", None), ("c", None)]
    assert moved(rows, "c", -1, ["a", "b", "c"]) == [("a", D(1)), ("b", D(2)), ("c", D(3)), ("c", D("1.5"))]


def test_others_stand_between_the_neighbours_of_a_group() -> None:
    rows = [("a", D(1)), ("x", D(2)), ("b", D(3))]
    assert moved(rows, "a", 1, ["a", "b"]) == [("a", D(4))]
    assert moved(rows, "b", -1, ["a", "b"]) == [("b", D(0))]


def test_nothing_is_written_at_the_end() -> None:
    rows = [("a", D(1)), ("b", D(2))]
    assert (moved(rows, "a", -1, ["a", "b"]), moved(rows, "b", 1, ["a", "b"])) == ([], [])


def test_equal_orders_are_told_apart_first() -> None:
    rows = [("a", D(1)), ("b", D(1))]
    assert moved(rows, "b", -1, ["a", "b"])[-1] == ("b", D(0))
