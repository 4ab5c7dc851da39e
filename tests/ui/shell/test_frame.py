"""The frame: going about, what the rail and the foot say, keys of the window."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from inspector.ui.application import Application
from inspector.ui.language import LanguageCode
from inspector.ui.where import Screen, Tab, Where
from inspector.ui.widgets.button import Button
from tests.ui import walker
from tests.ui.shell.conftest import Seated
from tests.ui.typing import press, type_text

OF_THE_PAGE = ("danh sách", "Nhận xét")
"""Names in the small pages, which speak no English."""


def test_a_page_is_made_when_first_gone_to_and_kept(seated: Seated) -> None:
    assert seated.frame.stack.count() == 1
    units = seated.page(Screen.UNITS)
    seated.page(Screen.HOME)
    assert seated.page(Screen.UNITS) is units
    assert units.arrived == [Where(Screen.UNITS)] * 2


def test_going_back_leads_along_the_way_that_was_come(seated: Seated) -> None:
    seated.page(Screen.INSPECTIONS)
    there = Where(Screen.WORKSPACE, "abc", Tab.FINDINGS)
    seated.at.session.go(there)
    seated.shown.coming_back = Where(Screen.WORKSPACE, "abc", Tab.PEOPLE)
    seated.page(Screen.SETTINGS)
    press(seated.window, "Alt+Left")
    assert seated.shown.arrived[-1] == Where(Screen.WORKSPACE, "abc", Tab.PEOPLE)
    for screen in (Screen.INSPECTIONS, Screen.HOME, Screen.HOME):
        press(seated.window, "Alt+Left")
        assert seated.shown.shows is screen


def test_alt_home_goes_home_and_every_page_left_is_told(seated: Seated) -> None:
    units = seated.page(Screen.UNITS)
    press(seated.window, "Alt+Home")
    assert (seated.shown.shows, units.left) == (Screen.HOME, 1)


def test_leaving_a_page_commits_what_was_typed(seated: Seated) -> None:
    home = seated.shown
    committed: list[str] = []
    home.field.committed.connect(lambda entry: committed.append(entry.text))
    home.field.editor.setFocus()
    type_text(home.field.editor, "chữ")
    seated.page(Screen.UNITS)
    assert committed == ["chữ"]
    home.field.mark_saved()


def test_the_title_names_the_place_first(seated: Seated) -> None:
    assert seated.window.windowTitle() == "màn home – Kiểm tra CCHC"
    seated.page(Screen.UNITS)
    assert seated.window.windowTitle() == "màn units – Kiểm tra CCHC"
    assert seated.frame.bar.page_count.text() == "1 lần"


def test_the_rail_shows_where_one_is(seated: Seated) -> None:
    seated.at.session.go(Where(Screen.WORKSPACE, "abc"))
    assert [button.stop.screen for button in seated.frame.rail.stops if button.is_here] == [Screen.INSPECTIONS]


def test_the_rail_is_one_stop_with_arrows_and_enter(seated: Seated) -> None:
    rail = seated.frame.rail
    rail.stops[0].setFocus()
    press(rail.stops[0], "Down")
    press(rail.stops[1], "Down")
    press(rail.stops[2], "Return")
    assert seated.shown.shows is Screen.UNITS


def test_f6_goes_round_and_comes_back_to_where_one_was(seated: Seated) -> None:
    page = seated.shown
    page.field.editor.setFocus()
    went = []
    for _ in range(3):
        press(seated.window, "F6")
        went.append(QApplication.focusWidget())
    assert went == [seated.frame.rail.stops[0], page.list, page.field.editor]
    press(seated.window, "Shift+F6")
    assert QApplication.focusWidget() is page.list


def test_the_foot_names_the_keys_that_work_now(seated: Seated) -> None:
    seated.at.qtbot.waitUntil(lambda: bool(seated.frame.bar.hints.fitting()))
    words = [str(hint.words) for hint in seated.frame.bar.hints.fitting()]
    assert words[:2] == ["Tìm hoặc ra lệnh", "Chuyển vùng"]


def test_an_act_stands_in_the_toast_and_in_the_words_of_undo(seated: Seated) -> None:
    at = seated.at
    given = {"name": "Trần Thị Lan", "role": "member"}
    at.session.perform("add_member", given, inspection=at.begin(), words="Đã thêm bà Lan")
    at.settle()
    acts = {act.command.id: act for act in seated.window.acts.all()}
    assert str(acts["undo"].words) == "Hoàn tác: Đã thêm bà Lan"
    assert seated.frame.toast.isVisible()
    press(seated.window, "Ctrl+Z")
    at.settle()
    assert (str(acts["redo"].words), acts["undo"].isEnabled()) == ("Làm lại: Đã thêm bà Lan", False)
    assert str(acts["undo"].reason) == "Chưa có việc nào để hoàn tác"
    assert seated.frame.toast.accessibleName() == "Đã hoàn tác: Đã thêm bà Lan"
    press(seated.window, "Ctrl+Y")
    at.settle()
    assert seated.frame.toast.accessibleName() == "Đã làm lại: Đã thêm bà Lan"


def test_a_trouble_stays_until_it_was_read(seated: Seated) -> None:
    at = seated.at
    at.session.perform("save_person", {"name": " "})
    at.settle()
    (said,) = seated.frame.troubles.sentences()
    assert said == at.troubles[0]
    at.session.trouble.emit(said)
    assert seated.frame.troubles.sentences() == [said]
    seated.frame.troubles.findChildren(Button)[0].click()
    assert (seated.frame.troubles.sentences(), seated.frame.troubles.isVisible()) == ([], False)


@pytest.mark.every_screen
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("size", "scale"), [((1366, 698), 100), ((911, 442), 100), ((1366, 698), 200)])
def test_nothing_is_cut_or_covered(
    seated: Seated, qapp: Application, language: LanguageCode, size: tuple[int, int], scale: int
) -> None:
    qapp.choose(language=language, theme="light", scale=scale)
    seated.window.resize(*size)
    seated.frame.bar.show_disagreements(3)
    faults = [fault for fault in walker.faults(seated.window) if not any(name in fault for name in OF_THE_PAGE)]
    assert faults == []


def test_larger_text_folds_the_window_as_a_smaller_one_would(seated: Seated, qapp: Application) -> None:
    widths = []
    for scale in (80, 150, 100):
        qapp.choose(theme="light", scale=scale)
        widths.append(seated.frame.rail.width())
    assert widths == [80, 78, 80]


def test_a_narrow_window_leaves_the_words_of_the_rail_out(seated: Seated) -> None:
    wide = seated.frame.rail.width()
    seated.window.resize(1100, 558)
    assert (wide, seated.frame.rail.width()) == (80, 52)
