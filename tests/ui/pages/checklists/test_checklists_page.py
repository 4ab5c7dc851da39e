"""Checklists are looked at, taken in with every fault named first, compared and confirmed, all by keyboard."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from inspector.domain.checklist import Checklist
from inspector.export.checklist_sheet import write_checklist_sheet
from inspector.ui.application import Application
from inspector.ui.language import LanguageCode
from inspector.ui.pages.checklists.page import ChecklistsPage
from inspector.ui.theme import Theme
from inspector.ui.where import Screen, Where
from tests.ui import walker
from tests.ui.alone import PAGE, PAGE_LOOKS, Alone
from tests.ui.fields import Show
from tests.ui.sittings import Sitting
from tests.ui.typing import type_text


class Opened(Alone[ChecklistsPage]):
    """The page, arrived at."""

    def __init__(self, at: Sitting, show: Show, size: tuple[int, int] = PAGE) -> None:
        super().__init__(at, show, lambda acts: ChecklistsPage(at.session, acts), size)
        self.page.arrive(Where(Screen.CHECKLISTS))
        self.settle()

    def words(self) -> list[str]:
        return [str(row.words) for row in self.page.browse.items.rows.rows if not row.head]

    @property
    def base(self) -> Checklist:
        return self.page._versions[0].checklist

    def take_in(self, file: Path, changed: Checklist) -> None:
        write_checklist_sheet(changed, file)
        self.at.prompter.answers.append([file])
        self.press("Ctrl+O")


@pytest.fixture
def opened(sit: Sitting, show: Show) -> Opened:
    return Opened(sit, show)


def changed(base: Checklist) -> Checklist:
    first, second, *rest = base.items
    first = replace(first, text="Ban hành kế hoạch đúng hạn", max_points=first.max_points + Decimal("0.5"))
    return replace(
        base, items=(first, replace(second, max_points=second.max_points - Decimal("0.5")), *rest[1:]), version="2027"
    )


def broken(base: Checklist) -> Checklist:
    first, second, *rest = base.items
    return replace(base, items=(replace(first, text=""), replace(second, section="XX"), *rest))


def test_versions_are_listed_and_the_items_of_one_shown(opened: Opened) -> None:
    rows = opened.page.browse.list.rows.rows
    assert [str(row.words) for row in rows][:2] == ["Cấp xã", "Sở, ban, ngành"]
    assert len(opened.words()) == len(opened.base.items)
    assert opened.page.browse.list.hasFocus()
    opened.press("Down")
    assert opened.page.browse.version is opened.page._versions[1]


def test_an_item_shows_all_that_stands_about_it(opened: Opened) -> None:
    opened.press("Return")
    opened.press("Return")
    facts = opened.page.browse.facts
    assert facts.hasFocus()
    shown = [label.text() for pair in facts._pairs for label in pair if label.isVisible()]
    assert opened.base.items[0].finding_hint in shown


def test_filtering_needs_no_marks(opened: Opened) -> None:
    opened.press("Ctrl+F")
    type_text(opened.focus, "niem yet")
    assert opened.words() == [item.text for item in opened.base.items if "iêm yết" in item.text]


def test_a_place_of_the_palette_is_gone_to(opened: Opened) -> None:
    version = opened.page._versions[1]
    item = version.checklist.items[5]
    opened.page.arrive(Where(Screen.CHECKLISTS, record=version.hash, field=item.key))
    opened.settle()
    assert (opened.page.browse.list.key(), opened.page.browse.items.key()) == (version.hash, item.key)


def test_a_faulty_file_is_got_out_of_by_keyboard(opened: Opened, fast_tmp: Path) -> None:
    before = opened.at.desk.library.checklists()
    file = fast_tmp / "a.xlsx"
    opened.take_in(file, broken(opened.base))
    rows = opened.page.taking_in.list.rows.rows
    assert (rows[0].number, str(rows[0].detail)) == ("D2", "Trang Tiêu chí, dòng 2")
    opened.press("Ctrl+Return")
    assert opened.at.desk.library.checklists() == before
    write_checklist_sheet(changed(opened.base), file)
    opened.press("Ctrl+R")
    assert opened.page.taking_in.adopt.isVisible()
    opened.press("Esc")
    assert opened.page.stack.currentWidget() is opened.page.browse
    assert opened.page.browse.list.hasFocus()


def test_a_file_that_is_no_checklist_says_so(opened: Opened, fast_tmp: Path) -> None:
    file = fast_tmp / "b.csv"
    file.write_text("a;b\n1;2\n", encoding="utf-8")
    opened.at.prompter.answers.append([file])
    opened.press("Ctrl+O")
    assert opened.page.taking_in._bad.isVisible()
    assert not opened.page.taking_in.adopt.isVisible()


def test_a_good_file_is_adopted_from_a_day_and_taken_back(opened: Opened, fast_tmp: Path) -> None:
    opened.take_in(fast_tmp / "a.xlsx", changed(opened.base))
    assert len(opened.page.taking_in.list.rows.rows) == 3
    opened.page.taking_in.day.setFocus()
    type_text(opened.focus, "1/1/2026")
    opened.press("Ctrl+Return")
    (version,) = [each for each in opened.page._versions if each.own]
    assert (version.since, version.checklist.version, version.in_force) == ("2026-01-01", "2027", True)
    assert opened.at.done[-1].receipt.name == "adopt_checklist"
    opened.at.session.undo()
    opened.settle()
    assert not [each for each in opened.page._versions if each.own]


def test_a_day_that_is_none_adopts_nothing(opened: Opened, fast_tmp: Path) -> None:
    opened.take_in(fast_tmp / "a.xlsx", changed(opened.base))
    opened.page.taking_in.day.setFocus()
    type_text(opened.focus, "hôm nào")
    opened.press("Ctrl+Return")
    assert not [each for each in opened.page._versions if each.own]
    assert opened.page.taking_in.day.text() == "hôm nào"


def test_two_versions_are_compared_by_permanent_keys(opened: Opened, fast_tmp: Path) -> None:
    file = fast_tmp / "a.xlsx"
    write_checklist_sheet(changed(opened.base), file)
    opened.at.act("adopt_checklist", path=str(file))
    opened.settle()
    opened.page.compare()
    rows = opened.page.comparing.list.rows.rows
    heads = [(str(row.words), str(row.aside)) for row in rows if row.head]
    assert heads == [("Đổi câu chữ, điểm", "2"), ("Không còn", "1")]
    assert opened.page.comparing.list.pairs[rows[1].key].fields == ("text", "max_points")
    opened.press("Esc")
    assert opened.page.stack.currentWidget() is opened.page.browse


def test_points_are_adopted_by_a_document(opened: Opened) -> None:
    opened.page.points()
    opened.page.scoring.on.click()
    assert str(opened.page.scoring.document.note.words()) == "Ghi số văn bản trước"
    type_text(opened.focus, "Quyết định số 12/QĐ-SNV")
    opened.page.scoring.on.click()
    opened.settle()
    assert opened.at.desk.library.points(opened.base.hash) == {"adopted": True, "decision": "Quyết định số 12/QĐ-SNV"}
    assert opened.page._versions[0].scored


def test_a_legal_text_is_confirmed_with_space(opened: Opened) -> None:
    opened.page.law()
    rows = opened.page.confirming.list
    (code, *_) = [row.key for row in rows.rows.rows if row.chip is not None and row.chip[1] == "part"]
    rows.choose(code)
    opened.press("Space")
    assert code in opened.at.desk.library.law()
    assert rows.key() == code
    opened.press("Space")
    assert code not in opened.at.desk.library.law()


def test_a_workbook_and_an_empty_form_are_written(opened: Opened, fast_tmp: Path) -> None:
    opened.at.prompter.answers = [fast_tmp / "a.xlsx", fast_tmp / "b"]
    opened.page.export()
    opened.page.blank()
    opened.settle()
    assert sorted(path.name for path in fast_tmp.glob("?.*")) == ["a.xlsx", "b.docx"]


def test_narrow_windows_show_one_pane_and_escape_goes_back(sit: Sitting, show: Show) -> None:
    opened = Opened(sit, show, (700, 420))
    browse = opened.page.browse
    assert (browse.list.isVisible(), browse.items.isVisible()) == (True, False)
    opened.press("Return")
    assert (browse.list.isVisible(), browse.items.hasFocus()) == (False, True)
    opened.press("Esc")
    assert browse.list.hasFocus()


def test_its_models_keep_the_rules(opened: Opened) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [
        QAbstractItemModelTester(view.rows, mode, opened.window)
        for view in (opened.page.browse.list, opened.page.browse.items, opened.page.comparing.list)
    ]
    opened.press("Down")
    opened.press("Ctrl+F")
    type_text(opened.focus, "tt")
    opened.page.compare()
    assert len(testers) == 3


@pytest.mark.every_screen
@pytest.mark.parametrize(("size", "theme", "scale", "language"), PAGE_LOOKS)
def test_nothing_is_cut(
    sit: Sitting, show: Show, qapp: Application, size: tuple[int, int], theme: Theme, scale: int, language: LanguageCode
) -> None:
    qapp.choose(theme=theme, scale=scale, language=language)
    opened = Opened(sit, show, size)
    page = opened.page
    for turn in (page.show_browse, page.compare, page.law, page.points, lambda: page._show(page.taking_in)):
        turn()
        opened.settle()
        assert walker.faults(opened.window) == [], turn
    for place in range(3):
        page.show_browse()
        page.browse.folding.show_pane(place)
        opened.settle()
        assert walker.faults(opened.window) == [], place
