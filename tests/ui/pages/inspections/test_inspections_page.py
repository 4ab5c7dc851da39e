"""The list of inspections by keyboard: filtering, states, opening, rare acts, and rows that never jump."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from inspector.services.visits import VisitState
from inspector.ui.application import Application
from inspector.ui.pages.inspections.model import Column
from inspector.ui.pages.inspections.narrowing import Period, Wanted, read_wanted
from inspector.ui.pages.inspections.page import InspectionsPage
from inspector.ui.theme import look
from inspector.ui.where import Screen, Where
from tests.ui import walker
from tests.ui.alone import PAGE, Alone
from tests.ui.fields import Show
from tests.ui.sittings import Sitting

TODAY = date(2026, 11, 26)
HERE = Where(Screen.INSPECTIONS)


class Opened(Alone[InspectionsPage]):
    """The page, arrived at."""

    def __init__(self, at: Sitting, show: Show, where: Where = HERE, size: tuple[int, int] = PAGE) -> None:
        super().__init__(at, show, lambda acts: InspectionsPage(at.session, acts, today=lambda: TODAY), size)
        QAbstractItemModelTester(self.page.model, QAbstractItemModelTester.FailureReportingMode.Fatal, self.window)
        self.page.arrive(where)
        self.settle()

    def type(self, text: str) -> None:
        super().type(text)
        self.at.qtbot.wait(150)
        self.settle()

    def column(self, column: Column) -> list[str]:
        model = self.page.model
        return [str(model.index(row, column).data()) for row in range(model.rowCount())]

    @property
    def units(self) -> list[str]:
        return self.column(Column.UNIT)

    @property
    def chosen(self) -> str:
        return str(self.page.model.index(self.page.table.currentIndex().row(), Column.UNIT).data())

    def counts(self) -> dict[str, int]:
        return {pill.key: int(pill.accessibleDescription()) for pill in self.page.pills.pills}

    def do(self, command: str) -> None:
        (act,) = (act for act in self.acts.all() if act.command.id == command)
        act.trigger()
        self.settle()


def test_enter_opens_the_latest_visit(demo: Sitting, show: Show) -> None:
    opened = Opened(demo, show)
    assert opened.chosen == "Sở Nông nghiệp và Môi trường"
    opened.press("Down", "Return")
    assert demo.gone == [Where(Screen.WORKSPACE, demo.named("ha dien"))]


def test_a_row_says_what_the_inspection_says(demo: Sitting, show: Show) -> None:
    opened = Opened(demo, show)
    row = opened.units.index("Sở Xây dựng")
    said = [str(opened.page.model.index(row, column).data()) for column in Column]
    assert said == [
        "Sở Xây dựng",
        "Trực tiếp",
        "06/10/2026",
        "Đặng Thị Kim Phượng",
        "52/52",
        "81,0",
        "Chờ biên bản",
        "Trên máy này",
    ]


def test_the_filter_takes_words_without_marks_and_leads_into_the_table(demo: Sitting, show: Show) -> None:
    opened = Opened(demo, show)
    opened.press("Ctrl+F")
    opened.type("kim khe")
    assert "UBND phường Kim Khê" in opened.units
    assert opened.counts()[""] == len(opened.units) == 1
    opened.press("Down", "Return")
    assert demo.gone[-1] == Where(Screen.WORKSPACE, demo.named("kim khe"))


def test_nothing_that_matches_is_said_and_the_filter_goes_with_one_act(demo: Sitting, show: Show) -> None:
    opened = Opened(demo, show)
    opened.press("Ctrl+F")
    opened.type("không có xã này")
    assert opened.units == []
    assert "“không có xã này”" in opened.page._none_line.text()
    opened.page.filters.clear.click()
    opened.settle()
    assert len(opened.units) == 16
    assert opened.page.filters.text.raw() == ""


def test_left_and_right_go_along_the_states(demo: Sitting, show: Show) -> None:
    opened = Opened(demo, show)
    assert opened.counts() == {"": 16, "mine": 14, "coming": 1, "going": 1, "waiting": 4, "signed": 9, "cancelled": 1}
    opened.press("Up", "Right", "Right", "Right")
    assert opened.column(Column.STATE) == ["Đang kiểm tra"]
    opened.press("Left")
    assert opened.column(Column.STATE) == ["Chưa bắt đầu"]
    opened.press("Down")
    assert QApplication.focusWidget() is opened.page.table


def test_filters_survive_a_restart(demo: Sitting, show: Show) -> None:
    first = Opened(demo, show)
    first.page.filters.period.picker.setCurrentIndex(first.page.filters.period.picker.findData("2022"))
    first.page.filters.period.finish()
    first.settle()
    assert len(first.units) == 7
    again = Opened(demo, show)
    assert len(again.units) == 7
    assert again.page.filters.period.key() == "2022"


def test_another_page_narrows_it_as_it_needs(demo: Sitting, show: Show) -> None:
    wanted = Wanted(period="2026", level="commune", planned=True)
    opened = Opened(demo, show, Where(Screen.INSPECTIONS, entity="filter", record=wanted.written()))
    assert len(opened.units) == 6
    assert opened.page.filters.form.key() == "in-plan"
    assert opened.page.filters.level.key() == "commune"


def test_who_comes_with_a_filter_sees_it_even_where_the_caret_was_in_the_text(demo: Sitting, show: Show) -> None:
    opened = Opened(demo, show)
    opened.press("Ctrl+F")
    opened.type("khong co")
    assert opened.units == []
    opened.page.arrive(Where(Screen.INSPECTIONS, entity="filter"))
    opened.settle()
    assert (opened.page.filters.text.raw(), len(opened.units)) == ("", 16)


def test_the_filter_says_in_full_what_it_finds_where_there_is_room(demo: Sitting, show: Show) -> None:
    wide = Opened(demo, show).page.filters.text
    narrow = Opened(demo, show, size=(859, 410)).page.filters.text
    assert wide.placeholderText() == "Tên đơn vị, số biên bản, người trong đoàn"
    assert narrow.placeholderText() == "Đơn vị, số, người"


def test_signs_of_the_chosen_row_stand_out_from_its_ground(demo: Sitting, show: Show) -> None:
    table = Opened(demo, show).page.table
    cell = table.visualRect(table.model().index(table.currentIndex().row(), Column.STATE))
    image = table.viewport().grab(cell).toImage()
    inks = {image.pixelColor(x, y).name().upper() for x in range(cell.width()) for y in range(cell.height())}
    assert {look().colours.surface, look().colours.asoft} <= inks


def test_coming_visits_come_in_the_order_of_their_days(sit: Sitting, show: Show) -> None:
    for unit, day in (("28360", "2026-12-03"), ("28366", "2026-11-27"), ("28360", "2026-11-20")):
        sit.begin(unit, visit_date=day)
    wanted = Wanted(period=Period.COMING)
    opened = Opened(sit, show, Where(Screen.INSPECTIONS, entity="filter", record=wanted.written()))
    assert opened.column(Column.DAY) == ["27/11/2026", "03/12/2026"]


def test_rows_stay_chosen_while_others_come_and_go(demo: Sitting, show: Show) -> None:
    opened = Opened(demo, show)
    opened.press("Down", "Down", "Down")
    before = opened.chosen
    given = {"unit": "98142", "form": "on_site", "visit_date": "2026-12-20"}
    demo.session.perform("open_inspection", given)
    opened.settle()
    assert (opened.units[0], opened.chosen) == ("UBND xã Trà Điền", before)
    demo.session.undo()
    opened.settle()
    assert opened.chosen == before


def test_a_visit_that_moves_takes_the_choice_along(demo: Sitting, show: Show) -> None:
    opened = Opened(demo, show)
    opened.press("Down")
    inspection = demo.named("ha dien")
    demo.session.perform("edit_inspection", {"visit_date": "2027-01-05"}, inspection=inspection)
    opened.settle()
    assert opened.units[0] == opened.chosen == "UBND xã Hạ Điền"


def test_deleting_is_undone(demo: Sitting, show: Show) -> None:
    opened = Opened(demo, show)
    opened.press("Down", "Ctrl+Delete")
    assert "UBND xã Hạ Điền" not in opened.units
    assert str(demo.done[-1].words) == "Đã xóa cuộc kiểm tra UBND xã Hạ Điền"
    demo.session.undo()
    opened.settle()
    assert "UBND xã Hạ Điền" in opened.units


def test_cancelling_asks_for_the_reason_and_can_be_taken_back(demo: Sitting, show: Show) -> None:
    opened = Opened(demo, show)
    opened.press("Down")
    demo.prompter.answers.append("Mưa lũ")
    opened.do("cancel-inspection")
    assert opened.column(Column.STATE)[1] == "Đã hủy"
    opened.do("reopen-inspection")
    assert opened.column(Column.STATE)[1] == "Đang kiểm tra"
    assert opened.counts()[VisitState.CANCELLED] == 1


def test_what_is_signed_is_not_deleted_and_says_why(demo: Sitting, show: Show) -> None:
    opened = Opened(demo, show)
    opened.page.table.setCurrentIndex(opened.page.model.index(opened.units.index("UBND xã Láng Sậy"), 0))
    acts = {act.command.id: act for act in opened.acts.all()}
    assert not acts["delete-inspection"].isEnabled()
    assert "đã ký" in str(acts["delete-inspection"].reason)
    assert acts["copy-inspection"].isEnabled()


def test_the_menu_of_a_row_has_its_rare_acts(demo: Sitting, show: Show) -> None:
    opened = Opened(demo, show)
    opened.page._show_menu(opened.page.table.mapToGlobal(opened.page.table.rect().center()))
    menu = opened.page._menu
    assert menu is not None
    assert [action.text() for action in menu.actions() if action.text()] == [
        "Mở",
        "Sửa ngày, hình thức, kế hoạch",
        "Xem và in biên bản",
        "Lập cuộc mới từ cuộc này",
        "Hủy cuộc kiểm tra",
        "Xóa cuộc kiểm tra",
    ]
    menu.close()


def test_an_empty_list_offers_ways_on(sit: Sitting, show: Show) -> None:
    opened = Opened(sit, show)
    opened.press("Return")
    assert sit.gone == [Where(Screen.NEW_INSPECTION)]
    assert walker.faults(opened.window) == []


def test_the_foot_says_how_many_are_shown(demo: Sitting, show: Show) -> None:
    wanted = Wanted(period="2022")
    opened = Opened(demo, show, Where(Screen.INSPECTIONS, entity="filter", record=wanted.written()))
    assert str(opened.page.page_count()) == "7/16 cuộc đang hiện"


def test_lines_are_read_as_they_are_looked_at(sit: Sitting, show: Show) -> None:
    for number in range(75):
        sit.begin("28360", visit_date=f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}")
    opened = Opened(sit, show)
    assert len(opened.page.model.order) == 75
    assert len(opened.page.model.known()) == 60
    opened.press("End", "Ctrl+End")
    opened.page.table.scrollToBottom()
    opened.settle()
    assert len(opened.page.model.known()) == 75


@pytest.mark.parametrize(
    "text", ["", "{", "[1]", '{"planned": "yes"}', '{"text": 4}', '{"state": "gone", "neu": 1}', "null"]
)
def test_a_filter_that_cannot_be_read_narrows_nothing(text: str) -> None:
    assert not read_wanted(text).asked(TODAY).state
    assert read_wanted(text).text == ""


def test_a_filter_is_read_as_it_was_written() -> None:
    wanted = Wanted("cái bè", Period.MONTH, "remote", "commune", "Bà Lan", False, "mine")
    assert read_wanted(wanted.written()) == wanted
    asked = wanted.asked(date(2026, 12, 31))
    assert (asked.since, asked.until, asked.mine) == (date(2026, 12, 1), date(2026, 12, 31), True)


@pytest.mark.every_screen
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("size", "scale"), [((1286, 666), 100), ((859, 410), 100), ((1500, 900), 200)])
def test_nothing_on_the_list_is_cut_or_covered(
    demo: Sitting, show: Show, qapp: Application, language: str, size: tuple[int, int], scale: int
) -> None:
    qapp.choose(theme="light", language="en" if language == "en" else "vi", scale=scale)
    opened = Opened(demo, show, HERE, size)
    assert (opened.window.width(), opened.window.height()) == size
    assert walker.faults(opened.window) == []
