"""The first columns of a wide table stay, for the eye, the mouse and the keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest

from inspector.ui.language import tr
from inspector.ui.widgets.grid_model import NUMBER, Cell, Column, Kind, Row
from inspector.ui.widgets.grid_table import GridTable
from tests.ui.fields import Show
from tests.ui.typing import press

COLUMNS = (
    Column(NUMBER, tr("TT"), Kind.SHOWN, 50),
    *(Column(name, name, width=120) for name in ("code", "one", "two", "three", "four")),
)
FROZEN = 170


@pytest.fixture
def table(show: Show) -> GridTable:
    made = GridTable(COLUMNS, tr("Hồ sơ mẫu"), adds=True, frozen=2)
    made.resize(420, 300)
    made.show_rows([Row(str(n), tuple(Cell(f"{n} {column.key}") for column in COLUMNS)) for n in range(3)])
    show(made)
    return made


def middle(table: GridTable, row: int, key: str) -> QPoint:
    keys = [column.key for column in COLUMNS]
    return table.visualRect(table.grid.index(row, keys.index(key))).center()


def frozen_picture(table: GridTable) -> QImage:
    return table.viewport().grab(QRect(0, 0, FROZEN - 1, 34 * 2)).toImage()


def test_frozen_cells_look_the_same_however_far_the_others_went(table: GridTable) -> None:
    table.go_to("2", "one")
    before = frozen_picture(table)
    heads = table.horizontalHeader().viewport().grab(QRect(0, 0, FROZEN - 1, 20)).toImage()
    table.horizontalScrollBar().setValue(90)
    assert frozen_picture(table) == before
    assert table.horizontalHeader().viewport().grab(QRect(0, 0, FROZEN - 1, 20)).toImage() == heads


def test_the_cell_one_comes_to_never_lies_under_the_frozen_ones(table: GridTable) -> None:
    table.go_to("0", "four")
    for key in ("three", "two", "one"):
        press(table.editor, "Shift+Tab")
        assert table.grid.column_of(table.currentIndex()).key == key
        assert table.visualRect(table.currentIndex()).left() >= FROZEN
        assert table.editor.geometry().left() >= FROZEN


def test_going_to_a_frozen_cell_moves_nothing_and_opens_it_where_it_is_seen(table: GridTable) -> None:
    table.go_to("0", "four")
    moved = table.moved()
    table.go_to("1", "code")
    assert (table.moved(), table.editor.geometry().left(), table.editor.isVisible()) == (moved, 50, True)


def test_the_mouse_finds_what_it_points_at(table: GridTable) -> None:
    table.go_to("0", "four")
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle(table, 2, "code"))
    assert (table.current_row(), table.grid.column_of(table.currentIndex()).key) == ("2", "code")
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle(table, 1, "three"))
    assert (table.current_row(), table.grid.column_of(table.currentIndex()).key) == ("1", "three")


def test_an_open_editor_that_is_scrolled_away_covers_no_frozen_cell(table: GridTable) -> None:
    table.go_to("0", "one")
    table.horizontalScrollBar().setValue(60)
    assert table.editor.geometry().left() == FROZEN
    assert table.editor.geometry().right() < table.visualRect(table.grid.index(0, 3)).left() + 1


def test_readers_of_the_screen_are_told_where_a_frozen_cell_is(table: GridTable) -> None:
    table.go_to("0", "four")
    # Qt counts a heading for each column and for each row.
    told = QAccessible.queryAccessibleInterface(table).child(2 * (len(COLUMNS) + 1) + 1 + 1)
    assert told.text(QAccessible.Text.Name) == "code: 1 code"
    assert table.viewport().mapFromGlobal(told.rect().topLeft()).x() == 50


def test_a_table_without_frozen_columns_scrolls_whole(show: Show) -> None:
    plain = GridTable(COLUMNS, tr("Hồ sơ mẫu"))
    plain.resize(420, 300)
    plain.show_rows([Row("a", tuple(Cell(column.key) for column in COLUMNS))])
    show(plain)
    plain.horizontalScrollBar().setValue(90)
    assert plain.visualRect(plain.grid.index(0, 1)).left() == 50 - 90
