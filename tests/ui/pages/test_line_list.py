"""Rows that stay keep their place and the choice; what comes and goes does so in runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtTest import QAbstractItemModelTester

from inspector.ui.application import Application
from inspector.ui.pages.line_list import LineList, LineModel, Row

KEYS = st.lists(st.sampled_from("abcdefgh"), unique=True)


def rows(keys: str | list[str], words: str = "") -> list[Row]:
    return [Row(key, f"{key}{words}") for key in keys]


@given(KEYS, KEYS)
def test_any_list_follows_any_other(qapp: Application, before: list[str], after: list[str]) -> None:
    model = LineModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.show_rows(rows(before))
    model.show_rows(rows(after, "!"))
    assert [(row.key, row.words) for row in model.rows] == [(key, f"{key}!") for key in after]


@pytest.mark.parametrize(("after", "chosen"), [("xbcy", "c"), ("cba", "c"), ("ab", "b"), ("c", "c"), ("xy", "x")])
def test_what_is_chosen_stays_chosen(qapp: Application, after: str, chosen: str) -> None:
    view = LineList("Danh sách")
    view.show_rows(rows("abc"))
    view.choose("c")
    view.show_rows(rows(after))
    assert view.key() == chosen
    view.deleteLater()


def test_rows_that_stay_are_not_touched(qapp: Application) -> None:
    model = LineModel()
    model.show_rows(rows("abcd"))
    told: list[tuple[int, int]] = []
    model.rowsInserted.connect(lambda _parent, first, last: told.append((first, last)))
    model.rowsRemoved.connect(lambda _parent, first, last: told.append((-first, -last)))
    model.show_rows(rows("axyd"))
    assert told == [(-1, -2), (1, 2)]
