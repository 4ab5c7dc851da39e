"""A new inspection from the last one in three acts, and what stands in the form before its one act."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QStackedWidget

from inspector.ui.application import Application
from inspector.ui.pages.inspections.page import InspectionsPage
from inspector.ui.pages.new_inspection.page import NewInspectionPage
from inspector.ui.where import Screen, Where
from tests.ui import walker
from tests.ui.alone import PAGE, Alone
from tests.ui.fields import Show
from tests.ui.sittings import Sitting

TODAY = date(2026, 11, 26)
HERE = Where(Screen.NEW_INSPECTION)


class Opened(Alone[QStackedWidget]):
    """The list and the form in one window, as the frame shows them."""

    def __init__(self, at: Sitting, show: Show, where: Where = HERE, size: tuple[int, int] = PAGE) -> None:
        super().__init__(at, show, lambda _acts: QStackedWidget(), size)
        self.list = InspectionsPage(at.session, self.acts, today=lambda: TODAY)
        self.form = NewInspectionPage(at.session, self.acts, today=lambda: TODAY)
        for page in (self.list, self.form):
            self.page.addWidget(page)
        at.session.going.connect(self.go)
        at.session.going_back.connect(lambda: self.backs.append(1))
        self.backs: list[int] = []
        self.go(where)
        self.settle()

    def go(self, where: Where) -> None:
        page = {Screen.INSPECTIONS: self.list, Screen.NEW_INSPECTION: self.form}.get(where.screen)
        if page is not None:
            self.page.setCurrentWidget(page)
            page.arrive(where)

    def type(self, text: str) -> None:
        super().type(text)
        self.settle()

    @property
    def begun(self) -> str:
        """The inspection that was gone to."""
        assert self.at.gone[-1].screen is Screen.WORKSPACE
        return self.at.gone[-1].inspection


def test_a_new_inspection_from_the_last_one_takes_three_acts(demo: Sitting, show: Show) -> None:
    opened = Opened(demo, show, Where(Screen.INSPECTIONS))
    acts = 0
    opened.press("Ctrl+N")
    acts += 1
    opened.type("tra dien")
    opened.press("Return")  # chooses the unit in the list
    acts += 1
    opened.press("Return")
    acts += 1
    made, last = demo.inspection(opened.begun), demo.inspection(demo.named("ha dien"))
    assert acts == 3
    assert (made.unit.code, made.visit_date, made.form, made.planned) == ("98142", TODAY, "on_site", True)
    assert [member.name for member in made.team] == [member.name for member in last.team if not member.substitute_for]
    assert (made.header.team_name, made.plan_reference) == (last.header.team_name, last.plan_reference)
    assert (made.period_start, made.period_end) == (last.period_start, last.period_end)
    assert made.previous == demo.desk.workspace.inspections(text="tra dien")[-1].space


def test_it_is_one_act_that_can_be_undone(demo: Sitting, show: Show) -> None:
    before = len(demo.desk.workspace.inspections())
    opened = Opened(demo, show)
    opened.type("tra dien")
    opened.press("Return", "Return")
    assert str(demo.done[-1].words) == "Đã lập cuộc kiểm tra UBND xã Trà Điền"
    demo.session.undo()
    demo.settle()
    assert len(demo.desk.workspace.inspections()) == before


def test_what_was_wrong_last_time_is_shown(demo: Sitting, show: Show) -> None:
    opened = Opened(demo, show, Where(Screen.NEW_INSPECTION, record="98142"))
    assert opened.form._earlier.isVisible()
    assert opened.form._earlier_text.text().startswith("1. Chưa xử lý hết văn bản")


def test_departments_are_found_with_their_province(demo: Sitting, show: Show) -> None:
    opened = Opened(demo, show)
    opened.type("so noi vu")
    assert opened.form.unit.choices().keys()[0] == "98/home_affairs"
    opened.press("Return", "Return")
    assert demo.inspection(opened.begun).checklist.level == "department"  # type: ignore[union-attr]  # it has one


def test_nothing_is_made_without_a_unit_and_the_sentence_stands_at_the_field(demo: Sitting, show: Show) -> None:
    opened = Opened(demo, show)
    opened.press("Ctrl+Return")
    assert demo.gone == []
    assert str(opened.form.unit.note.words()) == "Chọn đơn vị được kiểm tra"
    assert QApplication.focusWidget() is opened.form.unit.editor


def test_a_day_that_is_none_is_said_at_its_field(demo: Sitting, show: Show) -> None:
    opened = Opened(demo, show, Where(Screen.NEW_INSPECTION, record="98142"))
    opened.form.day.editor.setFocus()
    opened.form.day.editor.put("")
    opened.type("31/02")
    opened.press("Ctrl+Return")
    assert demo.gone == []
    assert "không có ngày 31" in str(opened.form.day.note.words())


def test_a_unit_that_did_not_exist_on_that_day_is_said_at_its_field(demo: Sitting, show: Show) -> None:
    opened = Opened(demo, show, Where(Screen.NEW_INSPECTION, record="98142"))
    opened.form.day.editor.setFocus()
    opened.type("1/6/2020")
    opened.press("Tab")
    assert str(opened.form.unit.note.words()) != ""


def test_a_surprise_visit_is_outside_the_plan(demo: Sitting, show: Show) -> None:
    opened = Opened(demo, show, Where(Screen.NEW_INSPECTION, field="surprise"))
    opened.type("tra dien")
    opened.press("Return", "Return")
    made = demo.inspection(opened.begun)
    assert (made.form, made.planned, made.plan_reference.number) == ("surprise", False, None)


def test_what_was_typed_stays_while_somebody_looks_elsewhere(demo: Sitting, show: Show) -> None:
    opened = Opened(demo, show)
    opened.type("tra dien")
    opened.press("Return")
    opened.form.plan_number.editor.setFocus()
    opened.form.plan_number.editor.put("")
    opened.type("99/KH")
    opened.form.leave()
    opened.go(Where(Screen.INSPECTIONS))
    opened.settle()
    opened.go(HERE)
    opened.settle()
    assert opened.form.plan_number.text() == "99/KH"
    assert opened.form.unit.text().startswith("Xã Trà Điền")
    opened.press("Ctrl+Return")
    made = demo.inspection(opened.begun)
    assert (made.plan_reference.number, made.plan_reference.date) == ("99/KH", date(2026, 1, 15))


def test_after_it_was_made_the_form_starts_over(demo: Sitting, show: Show) -> None:
    opened = Opened(demo, show)
    opened.type("tra dien")
    opened.press("Return", "Return")
    opened.go(HERE)
    opened.settle()
    assert opened.form.unit.text() == ""


def test_one_is_copied_with_its_unit_form_and_team(demo: Sitting, show: Show) -> None:
    source = demo.named("kim khe")
    opened = Opened(demo, show, Where(Screen.NEW_INSPECTION, record=source))
    opened.press("Return")
    made = demo.inspection(opened.begun)
    assert (made.unit.code, made.form, made.previous) == ("98133", "remote", source)
    assert len(made.team) == len(demo.inspection(source).team)


def test_day_and_form_of_one_that_exists_are_edited_by_one_act(demo: Sitting, show: Show) -> None:
    inspection = demo.named("ha dien")
    before = demo.inspection(inspection)
    opened = Opened(demo, show, Where(Screen.NEW_INSPECTION, entity="inspection", record=inspection))
    assert opened.form.unit.is_read_only()
    opened.type("30/11")
    opened.press("Ctrl+Return")
    after = demo.inspection(inspection)
    assert (after.visit_date, after.unit, after.plan_reference) == (
        date(2026, 11, 30),
        before.unit,
        before.plan_reference,
    )
    assert opened.backs == [1]
    demo.session.undo()
    demo.settle()
    assert demo.inspection(inspection) == before


def test_the_checklist_of_an_edited_one_is_shown_after_another_form_was(demo: Sitting, show: Show) -> None:
    inspection = demo.named("ha dien")
    opened = Opened(demo, show)
    opened.type("tra")
    opened.go(Where(Screen.NEW_INSPECTION, entity="inspection", record=inspection))
    opened.settle()
    assert opened.form.unit.text() == "UBND xã Hạ Điền – tỉnh Vĩnh Lam"
    assert opened.form.checklist.key() == demo.inspection(inspection).checklist.hash  # type: ignore[union-attr]  # it has one


def test_esc_goes_back(demo: Sitting, show: Show) -> None:
    opened = Opened(demo, show)
    opened.press("Esc")
    assert opened.backs == [1]


def test_a_first_inspection_has_nothing_to_take_over(sit: Sitting, show: Show) -> None:
    opened = Opened(sit, show)
    opened.type("xa cai be")
    opened.press("Return", "Return")
    made = sit.inspection(opened.begun)
    assert (made.unit.code, made.team, made.previous) == ("28360", (), None)


@pytest.mark.every_screen
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("size", "scale"), [((1286, 666), 100), ((859, 410), 100), ((1500, 900), 200)])
def test_nothing_of_the_form_is_cut_or_covered(
    demo: Sitting, show: Show, qapp: Application, language: str, size: tuple[int, int], scale: int
) -> None:
    qapp.choose(theme="dark", language="en" if language == "en" else "vi", scale=scale)
    opened = Opened(demo, show, Where(Screen.NEW_INSPECTION, record="98142"), size)
    assert walker.faults(opened.window) == []
