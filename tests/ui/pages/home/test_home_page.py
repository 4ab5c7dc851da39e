"""The home page: at work in one key, nothing counted without a way to it, texts of an interrupted sitting."""

from __future__ import annotations

import re
from datetime import date

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from inspector.domain.ids import natural_id
from inspector.services.drafts import keep_draft
from inspector.ui.application import Application
from inspector.ui.pages.home.cards import TodayCard
from inspector.ui.pages.home.page import HomePage
from inspector.ui.where import Screen, Tab, Where
from inspector.ui.widgets.text import CutText
from tests.ui import walker
from tests.ui.alone import PAGE, Alone
from tests.ui.fields import Show
from tests.ui.sittings import Sitting

TODAY = date(2026, 11, 26)


class Opened(Alone[HomePage]):
    """The page, arrived at."""

    def __init__(self, at: Sitting, show: Show, today: date = TODAY, size: tuple[int, int] = PAGE) -> None:
        super().__init__(at, show, lambda acts: HomePage(at.session, acts, today=lambda: today), size)
        for model in (self.page.tasks.model(), self.page.coming.model()):
            QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, self.window)
        self.arrive()

    def arrive(self) -> None:
        self.page.arrive(Where(Screen.HOME))
        self.settle()

    @property
    def tasks(self) -> list[str]:
        model = self.page.tasks.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    @property
    def coming(self) -> list[str]:
        model = self.page.coming.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_enter_goes_on_with_the_inspection_of_today(sit: Sitting, show: Show) -> None:
    inspection = sit.begin()
    opened = Opened(sit, show)
    opened.press("Return")
    assert sit.gone == [Where(Screen.WORKSPACE, inspection)]


def test_the_unit_of_today_is_named_in_full_in_a_narrow_window(sit: Sitting, show: Show) -> None:
    sit.act("answer_item", sit.begin(), item="X-I.1", result={"value": "day_du"})
    opened = Opened(sit, show, size=(980, 440))
    (card,) = opened.page.findChildren(TodayCard)
    (unit,) = [text for text in card.findChildren(CutText) if text.text() == "UBND xã Cái Bè"]
    assert unit.width() >= unit.sizeHint().width()


def test_down_goes_to_the_next_inspection_and_f6_has_three_panes(sit: Sitting, show: Show) -> None:
    first, second = sorted((sit.begin(), sit.begin("28366")), reverse=True)
    opened = Opened(sit, show)
    opened.press("Down")
    opened.press("Return")
    assert sit.gone == [Where(Screen.WORKSPACE, second)]
    assert first != second
    assert len(opened.page.panes()) == 3


def test_what_changes_is_shown_without_taking_the_focus(sit: Sitting, show: Show) -> None:
    inspection = sit.begin()
    opened = Opened(sit, show)
    button = QApplication.focusWidget()
    sit.session.perform("answer_item", {"item": "X-I.1", "result": {"value": "day_du"}}, inspection=inspection)
    sit.settle()
    sit.settle()
    assert QApplication.focusWidget() is button
    assert opened.tasks[0].startswith("UBND xã Cái Bè: còn 4 việc trước khi lập biên bản")


def test_enter_on_a_task_goes_to_its_place(sit: Sitting, show: Show) -> None:
    inspection = sit.begin()
    sit.act("answer_item", inspection, item="X-I.1", result={"value": "day_du"})
    opened = Opened(sit, show)
    opened.page.tasks.setFocus()
    opened.press("Return")
    (where,) = sit.gone
    assert (where.screen, where.inspection, where.tab, where.entity) == (
        Screen.WORKSPACE,
        inspection,
        Tab.CONTENTS,
        "item",
    )


def test_lists_nobody_was_in_have_no_row_at_hand(demo: Sitting, show: Show) -> None:
    opened = Opened(demo, show)
    assert not opened.page.tasks.currentIndex().isValid()
    opened.page.tasks.setFocus()
    assert opened.page.tasks.currentIndex().row() == 0


def test_what_is_late_longest_comes_first(demo: Sitting, show: Show) -> None:
    late = [int(match[1]) for text in Opened(demo, show).tasks if (match := re.search(r"quá hạn (\d+) ngày", text))]
    assert len(late) > 1
    assert late == sorted(late, reverse=True)


def test_coming_days_are_listed_in_order_and_all_of_them_are_a_filter(sit: Sitting, show: Show) -> None:
    for day in ("2026-12-03", "2026-11-27"):
        sit.begin("28366", visit_date=day)
    opened = Opened(sit, show)
    assert [text[:5] for text in opened.coming] == ["27/11", "03/12"]
    opened.page._all_coming()
    assert sit.gone[-1].screen is Screen.INSPECTIONS
    assert "coming" in sit.gone[-1].record


def test_a_day_without_inspections_offers_a_surprise_one(sit: Sitting, show: Show) -> None:
    sit.begin("28366", visit_date="2026-12-03")
    opened = Opened(sit, show)
    opened.press("Return")
    assert sit.gone == [Where(Screen.NEW_INSPECTION, field="surprise")]


def test_an_empty_workspace_offers_ways_on(sit: Sitting, show: Show) -> None:
    opened = Opened(sit, show)
    opened.press("Return")
    assert sit.gone == [Where(Screen.NEW_INSPECTION)]
    assert walker.faults(opened.window) == []


def test_new_is_a_key(sit: Sitting, show: Show) -> None:
    sit.begin()
    Opened(sit, show).press("Ctrl+N")
    assert sit.gone == [Where(Screen.NEW_INSPECTION)]


def rescued(at: Sitting) -> tuple[str, str]:
    """A remark somebody was typing when the program ended: its inspection and the key of its item."""
    inspection = at.begin()
    item = at.desk.library.checklist(at.inspection(inspection).checklist.hash).items[0]  # type: ignore[union-attr]  # it has one
    place = (inspection, "answer", natural_id(inspection, "answer", item.key), "remark")
    keep_draft(at.desk, place, "Kiểm tra 26 hồ sơ", ())
    at.session.load_drafts(lambda _drafts: None)
    at.settle()
    return inspection, item.key


def test_a_rescued_text_leads_to_its_field(sit: Sitting, show: Show) -> None:
    inspection, item = rescued(sit)
    opened = Opened(sit, show)
    opened.press("Down")
    opened.press("Return")
    assert sit.gone == [Where(Screen.WORKSPACE, inspection, Tab.CONTENTS, "item", item, "remark")]


def test_a_rescued_text_is_thrown_away_only_by_its_act_and_comes_back(sit: Sitting, show: Show) -> None:
    rescued(sit)
    opened = Opened(sit, show)
    opened.press("Down")
    opened.press("Down")
    opened.press("Return")
    assert sit.session.rescued_drafts() == []
    assert not opened.page.drafts.isVisible()
    opened.press("Return")
    assert [draft.text for draft in sit.session.rescued_drafts()] == ["Kiểm tra 26 hồ sơ"]
    assert opened.page.drafts.isVisible()


def test_the_plan_leads_to_what_it_counts(demo: Sitting, show: Show) -> None:
    opened = Opened(demo, show)
    opened.page._to_level("commune")
    assert '"planned": true' in demo.gone[-1].record
    assert '"level": "commune"' in demo.gone[-1].record


@pytest.mark.every_screen
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("size", "scale"), [((1286, 666), 100), ((859, 410), 100), ((1500, 900), 200)])
def test_nothing_is_cut_covered_or_without_a_name(
    demo: Sitting, show: Show, qapp: Application, language: str, size: tuple[int, int], scale: int
) -> None:
    qapp.choose(theme="dark", language="en" if language == "en" else "vi", scale=scale)
    opened = Opened(demo, show, date(2026, 11, 24), size)
    assert walker.faults(opened.window) == []
