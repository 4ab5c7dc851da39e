"""Choosing from a few, and finding among many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from inspector.domain.text import fold
from inspector.ui.application import Application
from inspector.ui.language import tr
from inspector.ui.widgets.field import Entry
from inspector.ui.widgets.pick_field import Choice, PickField
from inspector.ui.widgets.save_state import Keeping
from inspector.ui.widgets.search_field import SearchField
from tests.ui.fields import Desk, Show
from tests.ui.typing import compose, press, type_text

OFFICES = [Choice("nv", "Sở Nội vụ"), Choice("tp", "Sở Tư pháp"), Choice("tc", "Sở Tài chính")]
UNITS = [
    Choice("cai_be", "UBND xã Cái Bè", "Đồng Tháp"),
    Choice("dong", "UBND phường Đông"),
    Choice("my_dt", "UBND xã Mỹ An", "Đồng Tháp"),
    Choice("my_vl", "UBND xã Mỹ An", "Vĩnh Long"),
]


class Pick:
    """A window with a field of choices and a button."""

    def __init__(self, show: Show) -> None:
        self.window = QWidget()
        self.field = PickField("Báo cáo về", OFFICES)
        self.other = QPushButton("x")
        rows = QVBoxLayout(self.window)
        rows.addWidget(self.field)
        rows.addWidget(self.other)
        self.entries: list[Entry] = []
        self.field.committed.connect(self.entries.append)
        show(self.window)
        self.field.picker.setFocus()


@pytest.fixture
def pick(show: Show) -> Pick:
    return Pick(show)


def test_keys_pass_over_choices_and_leaving_commits_one(pick: Pick) -> None:
    pick.field.show_value("nv", seen="op1")
    press(pick.field.picker, "Down")
    press(pick.field.picker, "Down")
    assert pick.entries == []
    pick.other.setFocus()
    assert pick.entries == [Entry("Sở Tài chính", "tc", "op1")]


def test_a_choice_from_the_open_list_is_committed_at_once(pick: Pick) -> None:
    press(pick.field.picker, "F4")
    view = pick.field.picker.view()
    assert view.isVisible()
    press(view, "Down")
    press(view, "Return")
    assert [entry.value for entry in pick.entries] == ["tp"]


def test_going_back_to_the_stored_choice_commits_nothing(pick: Pick) -> None:
    pick.field.show_value("nv")
    press(pick.field.picker, "Down")
    press(pick.field.picker, "Up")
    pick.other.setFocus()
    assert pick.entries == []


def test_a_choice_under_way_is_not_reloaded(pick: Pick) -> None:
    pick.field.show_value("nv")
    press(pick.field.picker, "Down")
    assert pick.field.show_value("tc") is False
    assert pick.field.key() == "tp"


def test_a_failed_choice_can_be_tried_again(pick: Pick) -> None:
    press(pick.field.picker, "Down")
    pick.field.finish()
    pick.field.mark_unsaved("Ổ đĩa đầy")
    pick.field.state.click()
    pick.field.mark_saved(datetime(2026, 11, 26, 14, 17))
    assert (len(pick.entries), pick.field.state.keeping, pick.field.is_dirty()) == (2, Keeping.SAVED, False)


def test_the_wheel_changes_nothing(pick: Pick) -> None:
    pick.field.show_value("nv")
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(pick.field.picker, wheel)
    assert pick.field.key() == "nv"


def test_new_choices_keep_the_chosen_one(pick: Pick) -> None:
    pick.field.show_value("tc")
    pick.field.offer(list(reversed(OFFICES)))
    assert (pick.field.key(), pick.field.is_dirty()) == ("tc", False)


def test_an_unknown_key_shows_nothing(pick: Pick) -> None:
    pick.field.show_value("gone")
    assert (pick.field.key(), pick.field.is_dirty()) == (None, False)


def test_words_of_the_window_among_the_choices_are_said_again(pick: Pick, qapp: Application) -> None:
    pick.field.offer([Choice("a", tr("Đạt")), Choice("b", "Sở Nội vụ")])
    pick.field.show_value("a")
    qapp.choose(theme="light", language="en")
    assert [pick.field.picker.itemText(place) for place in range(2)] == ["Met", "Sở Nội vụ"]


# ---------------------------------------- finding


def find(text: str) -> Sequence[Choice]:
    return [unit for unit in UNITS if fold(text) in fold(f"{unit.words} {unit.detail}")]


def search(show: Show) -> tuple[Desk, SearchField]:
    field = SearchField("Đơn vị", find)
    return Desk(show, field).enter(), field


def test_what_is_typed_finds_without_marks_and_stays_as_typed(show: Show) -> None:
    _, field = search(show)
    type_text(field.editor, "cai be")
    assert (field.text(), field.choices().keys(), field.choices().isVisible()) == ("cai be", ["cai_be"], True)


def test_a_composed_word_finds_before_it_is_settled(show: Show) -> None:
    _, field = search(show)
    compose(field.editor, ["đ", "đô", "đông"], None)
    assert (field.text(), field.editor.preedit) == ("", "đông")
    assert field.choices().keys() == ["cai_be", "dong", "my_dt"]


def test_enter_takes_the_chosen_row(show: Show) -> None:
    desk, field = search(show)
    type_text(field.editor, "my an")
    press(field.editor, "Down")
    press(field.editor, "Return")
    assert desk.entries == [Entry("UBND xã Mỹ An – Vĩnh Long", "my_vl", None)]
    assert (field.choices().isVisible(), field.editor.hasFocus()) == (False, True)


def test_enter_without_a_list_goes_on(show: Show) -> None:
    desk, field = search(show)
    press(field.editor, "Return")
    assert desk.other.hasFocus()


def test_escape_hides_the_list_and_leaves_the_text(show: Show) -> None:
    _, field = search(show)
    type_text(field.editor, "cai")
    press(field.editor, "Esc")
    assert (field.choices().isVisible(), field.text()) == (False, "cai")


def test_a_name_typed_whole_needs_no_list(show: Show) -> None:
    desk, field = search(show)
    type_text(field.editor, "ubnd phuong dong")
    desk.leave()
    assert ([entry.value for entry in desk.entries], field.text()) == (["dong"], "UBND phường Đông")


@pytest.mark.parametrize("typed", ["UBND xã Mỹ An", "xã Cái"])
def test_what_names_no_single_unit_stays_and_is_not_committed(show: Show, typed: str) -> None:
    desk, field = search(show)
    type_text(field.editor, typed)
    desk.leave()
    assert (field.text(), desk.entries, str(field.note.words())) == (typed, [], "Chọn một dòng trong danh sách")
    assert not field.choices().isVisible()


def test_an_emptied_search_is_none(show: Show) -> None:
    desk, field = search(show)
    desk.leave()
    field.show_choice(UNITS[0])
    desk.enter()
    field.editor.put("", 0)
    desk.leave()
    assert [entry.value for entry in desk.entries] == [None]


def test_a_stored_choice_is_recognised(show: Show) -> None:
    desk, field = search(show)
    desk.leave()
    field.show_choice(UNITS[3])
    desk.enter()
    type_text(field.editor, " ")
    desk.leave()
    assert [entry.value for entry in desk.entries] == ["my_vl"]


def test_a_choice_that_is_offered_no_more_was_not_taken_away_by_the_person(show: Show) -> None:
    pick = Pick(show)
    pick.field.show_value("tp")
    pick.field.offer(OFFICES[:1])
    assert (pick.field.key(), pick.field.is_dirty()) == (None, False)
    pick.field.show_value("nv")
    assert pick.field.key() == "nv"
    pick.field.finish()
    assert pick.entries == []
