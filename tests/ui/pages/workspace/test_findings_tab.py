"""The tab of findings: the list as it is printed, every text saved where it was typed, nothing lost by a key."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from inspector.domain.inspection import Finding
from inspector.services.comments import comments
from inspector.ui.application import Application
from inspector.ui.language import LanguageCode
from inspector.ui.pages.workspace.findings.tab import FindingsTab
from inspector.ui.theme import Theme, look
from inspector.ui.tokens import Size, Weight
from inspector.ui.where import Tab
from tests.ui import walker
from tests.ui.alone import TAB, TAB_LOOKS, TabAlone
from tests.ui.fields import Show
from tests.ui.sittings import Sitting
from tests.ui.typing import compose, type_text

ITEM = "X-III.5"


class Findings(TabAlone[FindingsTab]):
    """The tab over one inspection."""

    def __init__(self, at: Sitting, show: Show, inspection: str, size: tuple[int, int] = TAB) -> None:
        super().__init__(at, show, inspection, FindingsTab, Tab.FINDINGS, size)

    @property
    def shown(self) -> list[tuple[str, int, str]]:
        return [(row.kind, row.number, row.content) for row in self.tab.model.rows if row.finding]

    @property
    def stored(self) -> tuple[Finding, ...]:
        return self.at.inspection(self.inspection).findings

    @property
    def chosen(self) -> str:
        return str(self.tab.list.currentIndex().data())


@pytest.fixture
def inspection(sit: Sitting) -> str:
    return sit.begin()


def add(at: Sitting, inspection: str, kind: str, content: str, **more: object) -> str:
    return at.act("add_finding", inspection, kind=kind, content=content, **more)


def two_of_each(at: Sitting, inspection: str) -> None:
    for kind, name in (("shortcoming", "sai"), ("strength", "tốt"), ("shortcoming", "chậm")):
        add(at, inspection, kind, name)


def test_groups_are_numbered_as_they_are_printed(sit: Sitting, show: Show, inspection: str) -> None:
    two_of_each(sit, inspection)
    page = Findings(sit, show, inspection)
    assert page.shown == [("strength", 1, "tốt"), ("shortcoming", 1, "sai"), ("shortcoming", 2, "chậm")]
    assert str(page.tab.badge()) == "3"


def test_the_model_keeps_qts_rules(sit: Sitting, show: Show, inspection: str) -> None:
    page = Findings(sit, show, inspection)
    tester = QAbstractItemModelTester(page.tab.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    two_of_each(sit, inspection)
    sit.settle()
    finding = page.stored[0].id
    sit.act("edit_finding", inspection, finding=finding, kind="strength")
    sit.settle()
    sit.act("remove_finding", inspection, finding=finding)
    sit.settle()
    assert [row[2] for row in page.shown] == ["tốt", "chậm"]
    del tester


def test_arrows_pass_over_the_heads(sit: Sitting, show: Show, inspection: str) -> None:
    two_of_each(sit, inspection)
    page = Findings(sit, show, inspection)
    assert page.chosen == "tốt"
    page.press("Down")
    assert page.chosen == "sai"


def test_a_new_finding_is_typed_at_once_and_saved_on_leaving(sit: Sitting, show: Show, inspection: str) -> None:
    two_of_each(sit, inspection)
    page = Findings(sit, show, inspection)
    page.press("F9")
    focused = QApplication.focusWidget()
    assert focused is not None
    compose(focused, ["ni", "niê", "niêm"], "niêm")
    type_text(focused, " yết thiếu")
    page.press("Ctrl+Up")
    assert sorted(found.content or "" for found in page.stored) == ["chậm", "niêm yết thiếu", "sai", "tốt"]
    assert [str(done.words) for done in sit.done] == ["Đã thêm phát hiện", "Đã sửa phát hiện"]


def test_the_empty_tab_offers_three_ways(sit: Sitting, show: Show, inspection: str) -> None:
    page = Findings(sit, show, inspection)
    page.press("Return")
    page.type("chưa công khai")
    page.press("Esc")
    assert page.shown == [("shortcoming", 1, "chưa công khai")]


def test_another_kind_keeps_every_text(sit: Sitting, show: Show, inspection: str) -> None:
    finding = add(sit, inspection, "shortcoming", "sai", cause_internal="do sót", severity="serious")
    sit.act("add_recommendation", inspection, finding=finding, content="sửa")
    page = Findings(sit, show, inspection)
    page.press("Return")
    page.type(" nhiều")
    page.press("Alt+1")
    (found,) = page.stored
    assert (found.kind, found.content, found.cause_internal, found.severity) == (
        "strength",
        "sai nhiều",
        "do sót",
        "serious",
    )
    editor = page.tab.editor
    assert (editor.fields["cause_internal"].isVisible(), editor.fold.isVisible()) == (False, True)
    assert "3" in editor.fold.text()
    editor.fold.click()
    assert editor.fields["cause_internal"].text() == "do sót"
    assert editor.fields["cause_internal"].isVisible()


def test_a_number_fills_the_day_and_a_day_the_number(sit: Sitting, show: Show, inspection: str) -> None:
    finding = add(sit, inspection, "shortcoming", "sai")
    task = sit.act("add_recommendation", inspection, finding=finding, content="sửa")
    page = Findings(sit, show, inspection)
    page.go("recommendation", task, "deadline")
    page.type("15")
    page.press("Tab")
    card = page.tab.editor.tasks.card(task)
    assert card is not None
    assert card.deadline.day.text() == "17/12/2026"
    page.type("10/12/2026")
    page.press("Tab")
    assert card.deadline.days.text() == "10"
    (stored,) = page.stored[0].recommendations
    assert (str(stored.deadline), stored.working_days) == ("2026-12-10", None)


def test_a_suggested_deadline_waits_to_be_confirmed(sit: Sitting, show: Show, inspection: str) -> None:
    finding = add(sit, inspection, "shortcoming", "sai", item=ITEM)
    task = sit.act("add_recommendation", inspection, finding=finding)
    page = Findings(sit, show, inspection)
    page.go("recommendation", task, "deadline")
    card = page.tab.editor.tasks.card(task)
    assert card is not None
    assert card.confirmation.tick.isVisible()
    card.confirmation.tick.click()
    sit.settle()
    (stored,) = page.stored[0].recommendations
    assert (stored.confirmed, card.confirmation.tick.isVisible()) == (True, False)


def test_recommendations_are_added_moved_and_removed_with_undo(sit: Sitting, show: Show, inspection: str) -> None:
    add(sit, inspection, "shortcoming", "sai")
    page = Findings(sit, show, inspection)
    tasks = page.tab.editor.tasks
    for text in ("một", "hai"):
        tasks.add.click()
        sit.settle()
        page.type(text)
    page.press("Tab")
    first, second = page.stored[0].recommendations
    assert (first.content, second.content) == ("một", "hai")
    tasks._move(second.id, -1)
    sit.settle()
    assert [task.content for task in page.stored[0].recommendations] == ["hai", "một"]
    tasks._remove(second.id)
    sit.settle()
    sit.session.undo()
    sit.settle()
    assert [task.content for task in page.stored[0].recommendations] == ["hai", "một"]


def test_order_is_changed_by_keys_and_taken_back(sit: Sitting, show: Show, inspection: str) -> None:
    for name in ("a", "b", "c"):
        add(sit, inspection, "strength", name)
    page = Findings(sit, show, inspection)
    page.press("Alt+Down")
    page.press("Alt+Down")
    assert [row[2] for row in page.shown] == ["b", "c", "a"]
    assert page.chosen == "a"
    page.press("Alt+Down")
    assert [row[2] for row in page.shown] == ["b", "c", "a"]
    sit.session.undo()
    sit.settle()
    assert [row[2] for row in page.shown] == ["b", "a", "c"]
    assert sit.inspection(inspection).conflicts == ()


def test_deleting_selects_the_neighbour_and_is_taken_back(sit: Sitting, show: Show, inspection: str) -> None:
    two_of_each(sit, inspection)
    page = Findings(sit, show, inspection)
    page.press("Down")
    page.press("Ctrl+Delete")
    assert ([row[2] for row in page.shown], page.chosen) == (["tốt", "chậm"], "chậm")
    sit.session.undo()
    sit.settle()
    assert [row[2] for row in page.shown] == ["tốt", "sai", "chậm"]


def test_a_duplicate_is_shown_under_the_one_it_was_merged_into(sit: Sitting, show: Show, inspection: str) -> None:
    two_of_each(sit, inspection)
    page = Findings(sit, show, inspection)
    page.press("Down")
    (_, target), *_ = page.tab._like_this()
    page.tab._merge(target.id)
    sit.settle()
    assert page.shown == [("strength", 1, "tốt"), ("shortcoming", 1, "chậm"), ("shortcoming", 0, "sai")]
    assert page.tab.editor.merged.isVisible()


def test_a_field_with_two_opinions_is_closed_and_shows_both(sit: Sitting, show: Show, inspection: str) -> None:
    finding = add(sit, inspection, "shortcoming", "sai")
    seen = sit.sight(inspection).seen("finding", finding, "content")
    for text in ("chậm", "muộn"):
        sit.desk.perform("edit_finding", {"finding": finding, "content": text}, inspection=inspection, seen=seen)
    page = Findings(sit, show, inspection)
    said = [label.text() for label in page.tab.editor._disputed["content"]._card._lines]
    assert said == ["Bùi Thanh Hà: chậm", "Bùi Thanh Hà: muộn"]
    assert not page.tab.editor.fields["content"].isVisible()
    assert page.tab.model.rows[-1].disagrees


def test_a_finding_that_came_back_names_the_year(sit: Sitting, show: Show, inspection: str) -> None:
    earlier = sit.begin(visit_date="2025-10-02")
    old = add(sit, earlier, "shortcoming", "trễ hạn")
    add(sit, inspection, "shortcoming", "sai", repeats=old)
    page = Findings(sit, show, inspection)
    assert page.tab.editor.repeated.text() == "Lặp lại năm 2025"
    assert page.tab.editor.repeats.picker.currentText() == "2025: trễ hạn"


def test_laws_are_typed_by_line_and_keep_their_codes(sit: Sitting, show: Show, inspection: str) -> None:
    add(sit, inspection, "shortcoming", "sai", item=ITEM)
    page = Findings(sit, show, inspection)
    page.tab.editor.take_laws.click()
    sit.settle()
    codes = page.stored[0].legal_bases
    page.go("finding", page.stored[0].id, "legal_bases")
    page.press("Return")
    page.type("Quy chế làm việc")
    page.press("Tab")
    assert page.stored[0].legal_bases == (*codes, "Quy chế làm việc")
    assert codes


def test_after_the_signature_everything_is_read_only(demo: Sitting, show: Show) -> None:
    page = Findings(demo, show, demo.named("Trà Điền"))
    editor = page.tab.editor
    assert all(field.is_read_only() for field in editor.fields.values())
    assert not page.tab.add_button.isVisible()
    assert not editor.tasks.add.isVisible()
    before = page.shown
    page.press("F9")
    page.press("Ctrl+Delete")
    assert page.shown == before


def test_small_letters_keep_the_height_they_have(sit: Sitting, show: Show, qapp: Application, inspection: str) -> None:
    add(sit, inspection, "shortcoming", "sai", item=ITEM)
    qapp.choose(scale=80)
    page = Findings(sit, show, inspection)
    row = page.tab.list.visualRect(page.tab.list.currentIndex())
    around, line, small = 2 * 6, 16, QFontMetrics(look().font(Size.META, Weight.MEDIUM)).height()
    assert row.height() == around + line + small


def test_the_foot_speaks_of_findings(sit: Sitting, show: Show, inspection: str) -> None:
    page = Findings(sit, show, inspection)
    assert "Phát hiện sau" not in page.hints
    two_of_each(sit, inspection)
    page.opened.changed_elsewhere(frozenset({"finding"}))
    sit.settle()
    page.go()
    assert {"Phát hiện sau", "Xóa phát hiện", "Ghi phát hiện"} <= set(page.hints)
    assert not {"Mục sau", "Xóa dòng", "Thêm mới"} & set(page.hints)


def test_the_chosen_finding_stays_in_view_in_a_smaller_window(demo: Sitting, show: Show) -> None:
    page = Findings(demo, show, demo.named("Trà Điền"))
    page.press("End")
    page.window.resize(859, 320)
    demo.settle()
    shown = page.tab.list.visualRect(page.tab.list.currentIndex())
    assert page.tab.list.viewport().rect().contains(shown)


@pytest.mark.every_screen
@pytest.mark.parametrize(("theme", "language", "scale", "size"), TAB_LOOKS)
def test_nothing_is_cut_covered_unnamed_or_untranslated(
    demo: Sitting,
    show: Show,
    qapp: Application,
    theme: Theme,
    language: LanguageCode,
    scale: int,
    size: tuple[int, int],
) -> None:
    qapp.choose(theme=theme, language=language, scale=scale)
    page = Findings(demo, show, demo.named("Sở Xây dựng"), size)
    page.press("End")
    assert walker.faults(page.window) == []
    page.press("Return")
    assert walker.faults(page.window) == []


@pytest.mark.parametrize("size", [(1286, 540), (640, 380)])
def test_a_comment_on_a_finding_is_written_by_its_command_in_any_window(
    sit: Sitting, show: Show, inspection: str, size: tuple[int, int]
) -> None:
    two_of_each(sit, inspection)
    page = Findings(sit, show, inspection, size)
    page.press("Down")
    page.tab.acts.trigger("write-comment")
    page.type("nhờ xem lại")
    page.press("Return")
    chosen = next(finding.id for finding in page.stored if finding.content == page.chosen)
    said = comments(sit.desk, inspection)
    assert [comment.text for comment in said[("finding", chosen)]] == ["nhờ xem lại"]
    assert walker.faults(page.window) == []
