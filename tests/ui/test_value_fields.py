"""Fields of numbers and dates read what was typed after they were left, and keep what they cannot read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QApplication

from inspector.ui.editing import Draft
from inspector.ui.widgets.save_state import Keeping
from inspector.ui.widgets.value_fields import CalendarPopup, DateField, NumberField
from tests.ui.fields import TODAY, Desk, Show
from tests.ui.typing import press, type_text


def number(show: Show, decimals: int = 0) -> tuple[Desk, NumberField]:
    field = NumberField("Số hồ sơ", decimals=decimals)
    return Desk(show, field).enter(), field


def day(show: Show) -> tuple[Desk, DateField]:
    field = DateField("Ngày", lambda: TODAY)
    return Desk(show, field).enter(), field


def test_a_number_is_grouped_only_after_leaving(show: Show) -> None:
    desk, field = number(show)
    type_text(field.editor, "2871")
    assert field.text() == "2871"
    desk.leave()
    assert (field.text(), desk.entries[0].text, desk.entries[0].value) == ("2.871", "2871", Decimal(2871))


def test_a_number_is_known_while_it_is_typed(show: Show) -> None:
    _, field = number(show, decimals=2)
    values = []
    for letter in "97,0x":
        type_text(field.editor, letter)
        values.append(field.value())
    assert values == [Decimal(9), Decimal(97), None, Decimal("97.0"), None]


def test_what_is_no_number_stays_as_typed_and_is_not_committed(show: Show) -> None:
    desk, field = number(show)
    type_text(field.editor, "hai nghìn")
    desk.leave()
    assert (field.text(), desk.entries, field.state.keeping) == ("hai nghìn", [], Keeping.UNSAVED)
    assert str(field.note.words()) == "Chưa phải là số. Gõ như 2871 hoặc 2.871"
    assert desk.drafts == [Draft("hai nghìn", 9)]


def test_a_mended_number_is_committed(show: Show) -> None:
    desk, field = number(show)
    type_text(field.editor, "5x")
    desk.leave()
    desk.enter()
    press(field.editor, "End")
    press(field.editor, "Backspace")
    desk.leave()
    assert ([entry.value for entry in desk.entries], str(field.note.words())) == ([Decimal(5)], "")


def test_an_emptied_number_is_none(show: Show) -> None:
    desk, field = number(show)
    desk.leave()
    field.show_number(5)
    desk.enter()
    field.editor.put("", 0)
    desk.leave()
    assert [entry.value for entry in desk.entries] == [None]


def test_a_stored_number_is_shown_as_it_is_written(show: Show) -> None:
    desk, field = number(show)
    desk.leave()
    field.show_number(Decimal("1234.5"))
    assert field.text() == "1.234,5"


def test_a_date_is_written_whole_only_after_leaving(show: Show) -> None:
    desk, field = day(show)
    type_text(field.editor, "26/11")
    assert field.text() == "26/11"
    desk.leave()
    assert (field.text(), desk.entries[0].value) == ("26/11/2026", TODAY)


def test_a_save_that_fails_after_leaving_keeps_the_date(show: Show) -> None:
    desk, field = day(show)
    type_text(field.editor, "26/11")
    desk.leave()
    field.mark_unsaved("Ổ đĩa đầy")
    field.finish()
    assert [entry.value for entry in desk.entries] == [TODAY, TODAY]


def test_what_is_no_date_stays_as_typed(show: Show) -> None:
    desk, field = day(show)
    type_text(field.editor, "31/02/2026")
    desk.leave()
    assert (field.text(), desk.entries) == ("31/02/2026", [])
    assert str(field.note.words()) == "Tháng 2/2026 không có ngày 31"


def popup() -> CalendarPopup:
    found = QApplication.activePopupWidget()
    assert isinstance(found, CalendarPopup)
    return found


@pytest.mark.parametrize("keys", ["F4", "Alt+Down"])
def test_a_key_opens_the_month_of_the_typed_date(show: Show, keys: str) -> None:
    _, field = day(show)
    type_text(field.editor, "02/09")
    press(field.editor, keys)
    calendar = popup()
    assert calendar.calendar.selectedDate() == QDate(2026, 9, 2)
    calendar.close()


def test_a_day_of_the_calendar_is_committed(show: Show) -> None:
    desk, field = day(show)
    press(field.editor, "F4")
    popup().calendar.activated.emit(QDate(2026, 12, 17))
    assert (field.text(), [entry.value for entry in desk.entries]) == ("17/12/2026", [date(2026, 12, 17)])


def test_leaving_the_calendar_changes_nothing(show: Show) -> None:
    desk, field = day(show)
    press(field.editor, "F4")
    popup().close()
    desk.leave()
    assert (field.text(), desk.entries) == ("", [])


def test_a_sealed_date_opens_no_calendar(show: Show) -> None:
    _, field = day(show)
    field.set_read_only("Đã niêm phong")
    assert field.open_calendar() is None
