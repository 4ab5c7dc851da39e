"""A table one types into: no letter lost, no open cell overwritten, nothing written while typing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from inspector.ui.actions import Acts
from inspector.ui.language import Phrase, tr
from inspector.ui.typed_values import read_date
from inspector.ui.widgets.field import Reading
from inspector.ui.widgets.grid_model import NEW, NUMBER, Cell, Column, GridModel, Kind, Row
from inspector.ui.widgets.grid_table import CellEntry, GridTable
from tests.ui import walker
from tests.ui.fields import Show
from tests.ui.typing import compose, press, rewrite, type_text


def read_day(text: str) -> Reading | Phrase:
    found = read_date(text, date(2026, 11, 26))
    return found if isinstance(found, Phrase) else Reading(found, text)


COLUMNS = (
    Column(NUMBER, tr("TT"), Kind.SHOWN, 50),
    Column("code", "Mã", width=120),
    Column("name", "Tên", width=200, grows=True),
    Column("day", "Ngày", Kind.DATE, 110, read=read_day),
    Column("late", "Trễ", Kind.SHOWN, 60),
    Column("slip", "Phiếu", Kind.YES_NO, 70),
)


def row(id_: str, *texts: str) -> Row:
    code, name, day, late, slip = [*texts, *[""] * (5 - len(texts))]
    answer = {"Có": True, "Không": False}.get(slip)
    return Row(id_, (Cell(), Cell(code), Cell(name), Cell(day), Cell(late), Cell(slip, answer)))


ROWS = [row("a", "H1", "Khai sinh", "05/10/2026", "0", "Có"), row("b", "H2", "Đất đai", "06/10/2026", "3", "Không")]


class Desk:
    """A window with a table between two fields, and all the table said."""

    def __init__(self, show: Show) -> None:
        self.window = QWidget()
        self.window.resize(900, 420)
        self.before, self.after = QLineEdit(), QLineEdit()
        self.before.setAccessibleName("trước")
        self.after.setAccessibleName("sau")
        self.table = GridTable(COLUMNS, tr("Hồ sơ mẫu"), adds=True)
        rows = QVBoxLayout(self.window)
        for widget in (self.before, self.table, self.after):
            rows.addWidget(widget)
        self.entries: list[CellEntry] = []
        self.drafts: list[tuple[str, str, object]] = []
        self.removals: list[list[str]] = []
        self.pasted: list[tuple[list[list[str]], str, str]] = []
        self.table.committed.connect(self.entries.append)
        self.table.drafted.connect(lambda row, key, text, _seen: self.drafts.append((row, key, text)))
        self.table.removal_wanted.connect(self.removals.append)
        self.table.pasted.connect(lambda lines, row, key: self.pasted.append((lines, row, key)))
        self.table.show_rows(ROWS)
        show(self.window)

    @property
    def said(self) -> list[tuple[str, str, object]]:
        return [(entry.row, entry.key, entry.value) for entry in self.entries]

    @property
    def here(self) -> tuple[str | None, str]:
        index = self.table.currentIndex()
        return self.table.current_row(), self.table.grid.column_of(index).key

    def focus(self) -> QWidget:
        found = QGuiApplication.focusObject()
        assert isinstance(found, QWidget)
        return found

    def type(self, text: str) -> None:
        type_text(self.focus(), text)

    def press(self, *keys: str) -> None:
        for key in keys:
            press(self.focus(), key)


@pytest.fixture
def desk(show: Show) -> Desk:
    return Desk(show)


def test_arriving_opens_the_editor_and_a_letter_replaces(desk: Desk) -> None:
    desk.table.go_to("a", "name")
    assert desk.focus() is desk.table.editor
    desk.type("Hộ tịch")
    desk.press("Return")
    assert desk.said == [("a", "name", "Hộ tịch")]
    assert desk.here == ("b", "name")


def test_the_first_composed_letter_is_not_lost(desk: Desk, qtbot: QtBot) -> None:
    desk.table.go_to("a", "code")
    desk.press("Tab")
    compose(desk.focus(), ["đ"], None)
    qtbot.wait(5)
    compose(desk.focus(), ["đâ", "đất"], "đất")
    compose(desk.focus(), ["đ", "đa", "đai"], None)
    desk.press("Tab")
    assert desk.said == [("a", "name", "đất" + "đai")]


def test_backspace_style_typing_is_exact_also_with_a_pause(desk: Desk, qtbot: QtBot) -> None:
    desk.table.go_to("a", "name")
    rewrite(desk.focus(), "tie", 1, "ê", "n", 2)
    qtbot.wait(5)
    desk.table.show_rows([row("a", "H1", "người khác ghi"), ROWS[1]])
    rewrite(desk.focus(), "ếng Việt")
    desk.press("Tab")
    assert desk.said == [("a", "name", "tiếng Việt")]


def test_an_open_editor_is_never_set_again_from_the_model(desk: Desk) -> None:
    desk.table.go_to("a", "name")
    desk.press("F2")
    desk.type(" mới")
    desk.table.show_rows([row("0", "H0"), row("a", "H1", "người khác ghi"), ROWS[1]])
    assert desk.table.editor.text() == "Khai sinh mới"
    assert desk.here == ("a", "name")
    top = desk.table.visualRect(desk.table.currentIndex()).top()
    assert desk.table.editor.y() == top


def test_tab_goes_over_computed_cells_and_out_at_the_end(desk: Desk) -> None:
    desk.table.go_to("a", "day")
    desk.press("Tab")
    assert desk.here == ("a", "slip")
    desk.press("Tab")
    assert desk.here == ("b", "code")
    desk.press("Shift+Tab")
    assert desk.here == ("a", "slip")
    desk.table.go_to(NEW, "slip")
    desk.press("Tab")
    assert desk.focus() is desk.after
    desk.press("Shift+Tab")
    desk.table.go_to("a", "code")
    desk.press("Shift+Tab")
    assert desk.focus() is desk.before


def test_enter_in_the_last_row_begins_the_blank_one(desk: Desk) -> None:
    desk.table.go_to("b", "slip")
    desk.press("Return")
    assert desk.here == (NEW, "code")
    desk.type("H3")
    desk.press("Tab")
    assert desk.said == [(NEW, "code", "H3")]
    desk.type("Chứng thực")
    desk.table.adopt("c")
    assert desk.here == ("c", "name")
    desk.press("Tab")
    assert desk.said[-1] == ("c", "name", "Chứng thực")
    assert desk.table.grid.rowCount() == 4


@pytest.mark.parametrize(("key", "value"), [("1", True), ("0", False), ("Space", False), ("Delete", None)])
def test_yes_and_no_are_keys(desk: Desk, key: str, value: bool | None) -> None:
    desk.table.go_to("a", "slip")
    desk.press("0" if key == "1" else "1")
    desk.entries.clear()
    desk.press(key)
    assert desk.said == [("a", "slip", value)]


def test_what_cannot_be_read_stays_as_typed_with_the_reason_under_it(desk: Desk) -> None:
    desk.table.go_to("a", "day")
    desk.type("31/2")
    desk.press("Return")
    assert desk.said == []
    index = desk.table.grid.index(0, 3)
    assert index.data() == "31/2"
    assert desk.table.grid.problems(0) == [(3, "Tháng 2/2026 không có ngày 31")]
    assert desk.table.rowHeight(0) > desk.table.rowHeight(1)
    assert desk.drafts[-1] == ("a", "day", "31/2")
    desk.press("Up", "Escape")
    assert index.data() == "05/10/2026"
    assert desk.table.rowHeight(0) == desk.table.rowHeight(1)


def test_a_failed_save_keeps_the_text_and_is_tried_again(desk: Desk) -> None:
    desk.table.go_to("a", "name")
    desk.type("mới")
    desk.press("Return")
    desk.table.mark_unsaved("a", "name", "Ổ đĩa đầy")
    desk.table.show_rows(ROWS)
    assert desk.table.grid.problems(0) == [(2, "Ổ đĩa đầy")]
    desk.press("Up")
    assert desk.table.editor.text() == "mới"
    desk.press("Down")
    assert desk.said == [("a", "name", "mới")] * 2
    desk.table.mark_saved("a", "name")
    desk.table.show_rows([row("a", "H1", "mới"), ROWS[1]])
    assert desk.table.grid.problems(0) == []


def test_the_cell_above_is_copied(desk: Desk) -> None:
    desk.table.go_to("b", "name")
    desk.table.copy_above()
    desk.table.go_to("b", "slip")
    desk.table.copy_above()
    assert desk.said == [("b", "name", "Khai sinh"), ("b", "slip", True)]


def test_rows_are_removed_by_selection(desk: Desk) -> None:
    desk.table.go_to("a", "name")
    desk.press("Shift+Down")
    desk.table.remove_rows()
    assert desk.removals == [["a", "b"]]


def test_cells_are_copied_for_excel(desk: Desk) -> None:
    desk.table.go_to("a", "code")
    desk.press("Shift+Right", "Shift+Down", "Ctrl+C")
    assert QGuiApplication.clipboard().text() == "H1\tKhai sinh\nH2\tĐất đai"


def test_a_table_is_pasted_to_be_looked_at_and_one_cell_into_the_text(desk: Desk) -> None:
    desk.table.go_to("b", "code")
    QGuiApplication.clipboard().setText("H7\tA\r\nH8\tB\r\n")
    desk.press("Ctrl+V")
    assert desk.pasted == [([["H7", "A"], ["H8", "B"]], "b", "code")]
    assert desk.table.editor.text() == "H2"
    QGuiApplication.clipboard().setText("H9\r\n")
    desk.press("Ctrl+V")
    assert desk.table.editor.text() == "H9"


def test_escape_gives_up_what_was_typed(desk: Desk) -> None:
    desk.table.go_to("a", "name")
    desk.type("x")
    desk.press("Escape")
    assert desk.table.editor.text() == "Khai sinh"
    desk.press("Down")
    assert desk.said == []


def test_leaving_the_table_commits(desk: Desk) -> None:
    desk.table.go_to("a", "name")
    compose(desk.focus(), ["mớ", "mới"], None)
    desk.after.setFocus()
    assert desk.said == [("a", "name", "mới")]


def test_a_kept_text_comes_back_and_is_committed_by_leaving(desk: Desk) -> None:
    desk.table.restore("a", "name", "đang gõ d")
    assert desk.table.grid.index(0, 2).data() == "đang gõ d"
    desk.table.go_to("a", "name")
    desk.press("Return")
    assert desk.said == [("a", "name", "đang gõ d")]


def test_a_kept_text_comes_into_the_cell_that_is_open_already(desk: Desk) -> None:
    desk.table.go_to("a", "name")
    desk.table.restore("a", "name", "đang gõ d")
    desk.press("F2")
    desk.type("ở")
    desk.table.restore("a", "name", "khác")
    assert desk.table.editor.text() == "đang gõ dở"
    desk.press("Return")
    assert desk.said == [("a", "name", "đang gõ dở")]


def test_after_the_signature_cells_are_only_read(desk: Desk) -> None:
    desk.table.set_read_only(read_only=True)
    desk.table.go_to("a", "name")
    assert not desk.table.editor.isVisible()
    desk.press("Right", "Right", "1", "Ctrl+V")
    assert (desk.said, desk.table.grid.rowCount()) == ([], 2)


def test_what_changes_cells_is_not_offered_where_they_are_only_read(desk: Desk) -> None:
    acts = Acts(desk.table.window())
    desk.table.bind(acts)
    desk.table.set_read_only(read_only=True, why="Đã ký")
    assert [act.reason for act in acts.all()] == ["Đã ký"] * 3
    assert acts.hints(desk.table) == []
    desk.table.set_read_only(read_only=False)
    assert all(act.isEnabled() for act in acts.all())


def test_the_arrows_move_in_a_text_once_it_is_typed(desk: Desk) -> None:
    desk.table.go_to("a", "code")
    desk.press("Right")
    assert desk.here == ("a", "name")
    desk.type("ab")
    desk.press("Left")
    desk.type("x")
    desk.press("Return")
    assert desk.said == [("a", "name", "axb")]


def test_the_model_holds_while_rows_come_and_go(qtmodeltester: ModelTester) -> None:
    # Without the column of numbers: there the text belongs to the place and not to the row.
    model = GridModel(COLUMNS[1:], adds=True)
    check: Callable[[QAbstractItemModel], None] = qtmodeltester.check
    check(model)
    for ids in ("ab", "b", "cbad", "dabc", "xdy", ""):
        model.show_rows([Row(id_, row(id_, id_).cells[1:]) for id_ in ids])
        assert [model.id_at(place) for place in range(len(ids))] == list(ids)
    model.adopt("z")
    assert model.rowCount() == 2


def test_rows_that_stay_keep_the_selection_when_their_order_changes(desk: Desk) -> None:
    desk.table.go_to("b", "name")
    desk.table.show_rows([ROWS[1], ROWS[0]])
    assert desk.here == ("b", "name")
    assert desk.table.currentIndex().row() == 0


def test_only_what_differs_is_told(desk: Desk) -> None:
    told: list[tuple[int, int]] = []
    desk.table.grid.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    desk.table.show_rows([ROWS[0], row("b", "H2", "khác")])
    assert told == [(1, 1)]


def test_nothing_is_cut_covered_or_unnamed(desk: Desk) -> None:
    desk.table.go_to("a", "name")
    assert walker.faults(desk.window) == []
    assert desk.table.grid.index(0, 5).data(11) == "Phiếu: Có"


def test_no_index_outside(desk: Desk) -> None:
    assert desk.table.grid.rowCount(desk.table.grid.index(0, 0)) == 0
    assert desk.table.grid.data(QModelIndex()) is None
