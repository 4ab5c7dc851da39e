"""Units are found without marks, on any day, with what became of them and what was inspected there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from inspector.ui.application import Application
from inspector.ui.language import LanguageCode
from inspector.ui.pages.units.page import UnitsPage
from inspector.ui.theme import Theme
from inspector.ui.where import Screen, Where
from tests.ui import walker
from tests.ui.alone import PAGE, PAGE_LOOKS, Alone
from tests.ui.fields import Show
from tests.ui.sittings import Sitting
from tests.ui.typing import compose, type_text


class Opened(Alone[UnitsPage]):
    """The page, arrived at."""

    def __init__(self, at: Sitting, show: Show, record: str = "", size: tuple[int, int] = PAGE) -> None:
        super().__init__(at, show, lambda acts: UnitsPage(at.session, acts), size)
        self.go(record)

    def go(self, record: str) -> None:
        self.page.arrive(Where(Screen.UNITS, record=record))
        self.settle()

    def listed(self) -> list[str]:
        return [str(row.words) for row in self.page.list.rows.rows if not row.head]

    def told(self) -> list[str]:
        pairs = self.page.detail.facts._pairs
        return [content.text() for _, content in pairs if not content.isHidden()]


@pytest.fixture
def opened(sit: Sitting, show: Show) -> Opened:
    return Opened(sit, show)


def test_a_province_shows_its_communes_and_departments(opened: Opened) -> None:
    opened.page.provinces.choose("82")
    opened.settle()
    assert "Xã Cái Bè" in opened.listed()
    assert "Sở Nội vụ" in opened.listed()


def test_it_begins_with_the_province_that_was_inspected(sit: Sitting, show: Show) -> None:
    sit.begin()
    assert Opened(sit, show).page.provinces.key() == "82"


def test_units_are_found_without_marks(opened: Opened) -> None:
    opened.press("Ctrl+F")
    type_text(opened.focus, "cai be")
    opened.settle()
    assert opened.listed() == ["Xã Cái Bè"]


def test_a_composed_word_searches_and_is_left_alone(opened: Opened) -> None:
    opened.press("Ctrl+F")
    compose(opened.focus, ["c", "cá", "cái"], "cái ")
    compose(opened.focus, ["bè"], None)
    opened.settle()
    assert (opened.listed(), opened.page.filter.editor.preedit) == (["Xã Cái Bè"], "bè")


def test_before_july_2025_there_are_districts_and_they_say_what_they_are_now(opened: Opened) -> None:
    opened.page.date.setFocus()
    type_text(opened.focus, "1/1/2025")
    opened.press("Return")
    opened.press("Ctrl+F")
    type_text(opened.focus, "huyen cai be")
    opened.settle()
    assert opened.listed()[0] == "Huyện Cái Bè"
    assert any("Xã Cái Bè, tỉnh Đồng Tháp" in line for line in opened.told())


def test_a_unit_that_ended_is_shown_on_its_last_day(opened: Opened) -> None:
    opened.go("819")
    assert (opened.page.list.key(), opened.page.date.text()) == ("819", "30/06/2025")


def test_a_code_nobody_had_is_said(opened: Opened) -> None:
    opened.go("99999")
    assert opened.page._bar._news.banner is not None
    assert opened.page.provinces.rows.rows


def test_from_one_province_to_a_unit_of_another_nothing_goes_wrong(opened: Opened) -> None:
    opened.page.provinces.choose("92")
    opened.settle()
    opened.page.list.choose(opened.page.list.rows.rows[-1].key)
    opened.go("28360")
    assert (opened.page._bar._news.banner, opened.page.list.key()) == (None, "28360")


def test_it_counts_units_and_departments_apart(opened: Opened) -> None:
    opened.page.provinces.choose("82")
    opened.settle()
    province = next(row for row in opened.page.provinces.rows.rows if row.key == "82")
    assert str(opened.page.page_count()).startswith(f"{province.detail}, ")


def test_its_inspections_are_listed_and_opened(sit: Sitting, show: Show) -> None:
    inspection = sit.begin()
    opened = Opened(sit, show, "28360")
    visits = opened.page.detail.visits
    assert [row.key for row in visits.rows.rows] == [inspection]
    visits.setFocus()
    opened.press("Return")
    assert sit.gone == [Where(Screen.WORKSPACE, inspection)]


def test_an_inspection_is_begun_here(opened: Opened) -> None:
    opened.go("28360")
    opened.page.detail.new.click()
    assert opened.at.gone == [Where(Screen.NEW_INSPECTION, record="28360")]


def test_a_list_of_the_office_is_previewed_and_adopted(opened: Opened, fast_tmp: Path) -> None:
    file = fast_tmp / "don-vi.csv"
    file.write_text("Mã,Loại,Tên,Mã cấp trên\n28360,xã,Cái Bè Mới,82\n", encoding="utf-8")
    opened.at.prompter.answers = [[file]]
    opened.press("Ctrl+O")
    rows = opened.page.taking_in.list.rows.rows
    assert [row.words for row in rows] == ["Đổi tên Xã Cái Bè thành Xã Cái Bè Mới"]
    opened.press("Ctrl+Return")
    opened.go("28360")
    assert "Xã Cái Bè Mới" in opened.listed()


def test_a_list_of_departments_is_known_by_its_columns(opened: Opened, fast_tmp: Path) -> None:
    file = fast_tmp / "so-nganh.csv"
    file.write_text("Tên cơ quan\nSở Biển đảo\n", encoding="utf-8")
    opened.at.prompter.answers = [[file]]
    opened.press("Ctrl+O")
    rows = [row.words for row in opened.page.taking_in.list.rows.rows]
    assert rows[0] == "Thêm Sở Biển đảo"
    assert "Bỏ Sở Nội vụ" in rows
    opened.press("Ctrl+Return")
    assert [found.name for found in opened.at.desk.library.departments.departments] == ["Sở Biển đảo"]


def test_a_faulty_list_is_left_with_escape(opened: Opened, fast_tmp: Path) -> None:
    file = fast_tmp / "don-vi.csv"
    file.write_text("Mã,Loại,Tên,Mã cấp trên\n,xã,Cái Bè,82\n", encoding="utf-8")
    opened.at.prompter.answers = [[file]]
    opened.press("Ctrl+O")
    assert opened.page.taking_in.list.rows.rows[0].number.startswith("A")
    opened.press("Esc")
    assert opened.page.stack.currentWidget() is opened.page.folding
    assert opened.at.desk.library.adopted("units") == ()


def test_its_models_keep_the_rules(opened: Opened) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(opened.page.list.rows, mode, opened.window)]
    opened.press("Ctrl+F")
    for text in ("@cái bè", " xã"):
        type_text(opened.focus, text.lstrip("@"))
        opened.settle()
    assert opened.listed() == ["Xã Cái Bè"]
    assert testers


@pytest.mark.every_screen
@pytest.mark.parametrize(("size", "theme", "scale", "language"), PAGE_LOOKS)
def test_nothing_is_cut(
    sit: Sitting, show: Show, qapp: Application, size: tuple[int, int], theme: Theme, scale: int, language: LanguageCode
) -> None:
    qapp.choose(theme=theme, scale=scale, language=language)
    sit.begin()
    opened = Opened(sit, show, "28360", size)
    for place in range(3):
        opened.page.folding.show_pane(place)
        opened.settle()
        assert walker.faults(opened.window) == [], place
