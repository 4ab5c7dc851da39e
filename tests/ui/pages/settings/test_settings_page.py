"""What the office keeps is changed field by field, the look at once, and nothing outside the data is lost silently."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from inspector.services.keys import ways_in
from inspector.services.office import kept, write_template
from inspector.services.preferences import load
from inspector.ui.application import Application
from inspector.ui.language import LanguageCode
from inspector.ui.pages.settings.appearance import AppearancePanel
from inspector.ui.pages.settings.backup import BackupPanel
from inspector.ui.pages.settings.holidays import HolidaysPanel
from inspector.ui.pages.settings.keys import KeysPanel
from inspector.ui.pages.settings.page import GROUPS, SettingsPage
from inspector.ui.pages.settings.records import RecordsPanel
from inspector.ui.pages.settings.template import TemplatePanel
from inspector.ui.theme import Theme
from inspector.ui.where import Screen, Where
from tests.ui import walker
from tests.ui.alone import PAGE, PAGE_LOOKS, Alone
from tests.ui.fields import Show
from tests.ui.sittings import Sitting
from tests.ui.typing import rewrite, type_text


class Opened(Alone[SettingsPage]):
    """The page at one of its groups."""

    def __init__(self, at: Sitting, show: Show, group: str, size: tuple[int, int] = PAGE) -> None:
        super().__init__(at, show, lambda acts: SettingsPage(at.session, acts), size)
        self.go(group)

    def go(self, group: str) -> None:
        self.page.arrive(Where(Screen.SETTINGS, record=group))
        self.settle()


Open = Callable[[str], Opened]


@pytest.fixture
def at_group(sit: Sitting, show: Show) -> Open:
    return lambda group: Opened(sit, show, group)


def records(opened: Opened) -> RecordsPanel:
    panel = opened.page.panel
    assert isinstance(panel, RecordsPanel)
    return panel


def test_a_person_is_added_and_each_field_saved_when_it_is_left(at_group: Open) -> None:
    opened = at_group("people")
    panel = records(opened)
    opened.press("Ctrl+N")
    assert panel.fields["name"].editor.hasFocus()
    rewrite(opened.focus, "Nguyê", 1, "ễ", "n Văn An")
    opened.press("Return")
    assert panel.list.rows.rows[0].words == "Nguyễn Văn An"
    panel.fields["agency"].setFocus()
    type_text(opened.focus, "Sở Nội vụ")
    panel.list.setFocus()
    opened.settle()
    (person,) = kept(opened.at.desk, "person")
    assert person.values == {"name": "Nguyễn Văn An", "agency": "Sở Nội vụ"}
    assert str(panel.fields["agency"].state.text()).startswith("Đã lưu")


def test_a_person_is_removed_and_comes_back(at_group: Open) -> None:
    opened = at_group("people")
    opened.at.act("save_person", name="Trần Thị Bình")
    opened.settle()
    records(opened).list.setFocus()
    opened.press("Ctrl+Delete")
    assert kept(opened.at.desk, "person") == ()
    opened.at.session.undo()
    opened.settle()
    assert [row.words for row in records(opened).list.rows.rows] == ["Trần Thị Bình"]


def test_a_letterhead_keeps_lists_line_by_line(at_group: Open) -> None:
    opened = at_group("letterheads")
    panel = records(opened)
    opened.press("Ctrl+N")
    type_text(opened.focus, "Đoàn số 1")
    opened.press("Return")
    panel.fields["recipients"].setFocus()
    type_text(opened.focus, "UBND tỉnh")
    opened.press("Return")
    opened.press("Return")
    type_text(opened.focus, "Lưu: VT")
    panel.fields["copies"].setFocus()
    type_text(opened.focus, "4")
    panel.list.setFocus()
    opened.settle()
    (head,) = kept(opened.at.desk, "letterhead")
    assert (head.values["recipients"], head.values["copies"]) == (["UBND tỉnh", "Lưu: VT"], 4)
    assert panel.fields["name"].is_read_only()


def holidays(opened: Opened) -> HolidaysPanel:
    panel = opened.page.panel
    assert isinstance(panel, HolidaysPanel)
    return panel


def test_a_holiday_is_added_by_day_and_name(at_group: Open) -> None:
    opened = at_group("holidays")
    opened.press("Ctrl+N")
    type_text(opened.focus, "3/9/2027")
    opened.press("Return")
    type_text(opened.focus, "Nghỉ bù Quốc khánh")
    holidays(opened).add()
    opened.settle()
    assert opened.at.desk.library.calendar().years[2027].holidays[date(2027, 9, 3)] == "Nghỉ bù Quốc khánh"
    holidays(opened).list.choose("2027-09-03")
    holidays(opened).list.setFocus()
    opened.press("Ctrl+Delete")
    assert date(2027, 9, 3) not in opened.at.desk.library.calendar().years[2027].holidays


def test_a_weekday_without_a_name_is_no_holiday(at_group: Open) -> None:
    opened = at_group("holidays")
    opened.press("Ctrl+N")
    type_text(opened.focus, "8/9/2027")
    holidays(opened).add()
    opened.settle()
    assert str(holidays(opened).name.note.words()) == "Ngày trong tuần cần tên ngày nghỉ"
    assert opened.at.desk.library.adopted("holidays") == ()


def test_a_saturday_without_a_name_is_worked(at_group: Open) -> None:
    opened = at_group("holidays")
    opened.press("Ctrl+N")
    type_text(opened.focus, "11/9/2027")
    holidays(opened).add()
    opened.settle()
    assert date(2027, 9, 11) in opened.at.desk.library.calendar().years[2027].made_up


def test_holidays_go_out_and_in_again(at_group: Open, fast_tmp: Path) -> None:
    opened = at_group("holidays")
    file = fast_tmp / "lich.json"
    opened.at.prompter.answers = [file, [file]]
    holidays(opened).write()
    opened.settle()
    holidays(opened).take_in()
    opened.settle()
    assert len(opened.at.desk.library.adopted("holidays")) == 1


def test_the_look_changes_at_once_and_is_kept(at_group: Open, qapp: Application) -> None:
    opened = at_group("appearance")
    panel = opened.page.panel
    assert isinstance(panel, AppearancePanel)
    for pick, place in ((panel.theme, 2), (panel.scale, 4), (panel.language, 1)):
        pick.picker.setCurrentIndex(place)
        pick.finish()
        opened.settle()
    assert (qapp.look.theme, qapp.look.scale, qapp.translations.code) == ("dark", 125, "en")
    found = load(opened.at.desk.workspace.places)
    assert (found.theme, found.text_scale, found.language) == ("dark", 125, "en")


def test_a_template_goes_out_and_a_wrong_one_is_not_applied(at_group: Open, fast_tmp: Path) -> None:
    opened = at_group("template")
    panel = opened.page.panel
    assert isinstance(panel, TemplatePanel)
    bad = fast_tmp / "b.docx"
    bad.write_bytes(b"no document")
    opened.at.prompter.answers = [fast_tmp / "a.docx", [bad]]
    panel.take_out()
    opened.settle()
    assert (fast_tmp / "a.docx").read_bytes() == opened.at.desk.library.template()
    panel.take_in()
    opened.settle()
    assert opened.at.desk.library.adopted("template") == ()
    assert panel._news.banner is not None


def test_a_good_template_is_applied(at_group: Open, fast_tmp: Path) -> None:
    opened = at_group("template")
    panel = opened.page.panel
    assert isinstance(panel, TemplatePanel)
    write_template(opened.at.desk, fast_tmp / "mau.docx")
    opened.at.prompter.answers = [[fast_tmp / "mau.docx"]]
    panel.take_in()
    opened.settle()
    assert panel.list.rows.rows[0].words == "mau"


def test_a_recovery_code_is_added_once_it_was_typed_back(at_group: Open) -> None:
    opened = at_group("keys")
    panel = opened.page.panel
    assert isinstance(panel, KeysPanel)
    panel.new_code()
    code = panel.code
    assert code is not None
    assert not panel.adds.isEnabled()
    for place, field in zip(code.asked, code.typed, strict=True):
        type_text(field.editor, code.groups[place])
    panel.adds.click()
    opened.settle()
    assert [way.kind for way in ways_in(opened.at.desk.workspace.places)] == ["demonstration", "recovery"]
    assert len(panel.list.rows.rows) == 2


def test_a_way_in_is_removed_after_a_question(at_group: Open) -> None:
    opened = at_group("keys")
    panel = opened.page.panel
    assert isinstance(panel, KeysPanel)
    panel.new_passphrase()
    for field in (panel.passphrase, panel.again):
        type_text(field.editor, "con mèo trên mái")
    panel.adds.click()
    opened.settle()
    panel.list.choose(panel.list.rows.rows[1].key)
    opened.at.prompter.answers = [False, True]
    panel.remove()
    opened.settle()
    assert len(panel.list.rows.rows) == 2
    panel.remove()
    opened.settle()
    assert len(panel.list.rows.rows) == 1


def test_a_backup_is_written_and_remembered(at_group: Open, fast_tmp: Path) -> None:
    opened = at_group("backup")
    panel = opened.page.panel
    assert isinstance(panel, BackupPanel)
    opened.at.prompter.answers = [fast_tmp]
    panel.back_up()
    opened.settle()
    assert len(list(fast_tmp.glob("sao-luu-*.cchc-sl"))) == 1
    found = load(opened.at.desk.workspace.places)
    assert found.backup_folder == str(fast_tmp)
    assert panel._last.text().startswith("Lần gần nhất")


def test_data_are_looked_through(at_group: Open) -> None:
    opened = at_group("backup")
    panel = opened.page.panel
    assert isinstance(panel, BackupPanel)
    panel.check()
    opened.settle()
    assert panel._news.banner is not None
    assert panel._news.banner.accessibleName().startswith("Dữ liệu nguyên vẹn")


def test_the_demonstration_says_what_it_is(at_group: Open) -> None:
    opened = at_group("about")
    banner = opened.page._bar._news.banner
    assert banner is not None
    assert "dữ liệu mẫu" in banner.accessibleName()


def test_its_models_keep_the_rules(at_group: Open) -> None:
    opened = at_group("people")
    tester = QAbstractItemModelTester(
        records(opened).list.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, opened.window
    )
    for name in ("Lan", "An", "Bình"):
        opened.at.act("save_person", name=name)
    opened.settle()
    opened.at.act("remove_reference", entity="person", record=kept(opened.at.desk, "person")[1].id)
    opened.settle()
    assert [row.words for row in records(opened).list.rows.rows] == ["An", "Lan"]
    assert tester.model() is records(opened).list.rows


@pytest.mark.every_screen
@pytest.mark.parametrize(("size", "theme", "scale", "language"), PAGE_LOOKS)
def test_nothing_is_cut(
    sit: Sitting, show: Show, qapp: Application, size: tuple[int, int], theme: Theme, scale: int, language: LanguageCode
) -> None:
    qapp.choose(theme=theme, scale=scale, language=language)
    opened = Opened(sit, show, "people", size)
    for group in GROUPS:
        opened.go(group)
        if isinstance(opened.page.panel, KeysPanel):
            opened.page.panel.new_code()
            opened.settle()
        assert walker.faults(opened.window) == [], group
