"""Counting heads: numbers by department at one moment, never a rate from rows half filled in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget

from inspector.ui.widgets.grid_model import NEW
from tests.ui.pages.workspace.test_people_tab import People
from tests.ui.sittings import Sitting

Show = Callable[[QWidget], None]
AT = "2026-11-26T07:15"


@pytest.fixture
def inspection(sit: Sitting) -> str:
    space = sit.begin()
    sit.act("add_unit_person", space, name="Dũng", department="Phòng Kinh tế")
    return space


def count(at: Sitting, inspection: str, place: str, *numbers: int | None, **more: object) -> str:
    names = ("due", "present", "absent_with_reason", "absent_without_reason", "without_badge")
    counts = {name: number for name, number in zip(names, numbers, strict=False) if number is not None}
    return at.act("count_heads", inspection, place=place, at=AT, counts=counts, **more)


def test_numbers_are_typed_along_the_row_of_a_known_department(sit: Sitting, show: Show, inspection: str) -> None:
    page = People(sit, show, inspection)
    counts = page.tab.counts
    assert (counts.table.isVisible(), counts.hint.isVisible()) == (False, True)
    counts.hour.setFocus()
    page.type("7h15")
    page.press("Tab")
    row = counts.table.grid.rows()[0]
    assert str(row.cells[0].text) == "Phòng Kinh tế"
    counts.table.go_to(row.id, "due")
    for number in ("11", "10", "1", "0", "2"):
        page.type(number)
        page.press("Tab")
    (stored,) = sit.inspection(inspection).headcounts
    assert (stored.place, str(stored.at)) == ("Phòng Kinh tế", "2026-11-26 07:15:00")
    assert (stored.due, stored.present, stored.absent_with_reason, stored.without_badge) == (11, 10, 1, 2)
    assert stored.absent_without_reason == 0
    assert sit.inspection(inspection).conflicts == ()
    assert counts.rate.text() == "100 %"


def test_the_table_is_as_high_as_its_rows_and_fits_beside_the_people(sit: Sitting, show: Show, inspection: str) -> None:
    count(sit, inspection, "Trung tâm Phục vụ hành chính công", 9, 9, 0, 0, 0)
    for width in (1286, 1041, 859):
        page = People(sit, show, inspection, (width, 540))
        table = page.tab.counts.table
        assert not table.horizontalScrollBar().isVisible(), width
        assert table.viewport().height() - table.verticalHeader().length() < 8
        page.window.close()


def test_numbers_typed_faster_than_they_are_saved_all_stay(sit: Sitting, show: Show, inspection: str) -> None:
    count(sit, inspection, "Văn phòng", 9)
    page = People(sit, show, inspection)
    page.go("headcount", sit.inspection(inspection).headcounts[0].id)
    editor = page.tab.counts.table.editor
    for number in ("8", "7", "1"):
        editor.setText(number)
        page.tab.counts.table.go_across(1)
    sit.settle()
    (stored,) = sit.inspection(inspection).headcounts
    assert (stored.due, stored.present, stored.absent_with_reason) == (8, 7, 1)


def test_a_department_that_nobody_named_is_a_new_row(sit: Sitting, show: Show, inspection: str) -> None:
    count(sit, inspection, "Phòng Kinh tế", 11, 11)
    page = People(sit, show, inspection)
    page.tab.counts.table.go_to(NEW, "place")
    page.type("Quầy tiếp nhận")
    page.press("Tab")
    page.type("8")
    page.press("Tab")
    places = {each.place: each.due for each in sit.inspection(inspection).headcounts}
    assert places == {"Phòng Kinh tế": 11, "Quầy tiếp nhận": 8}


def test_sums_that_do_not_agree_are_pointed_out(sit: Sitting, show: Show, inspection: str) -> None:
    count(sit, inspection, "Văn phòng", 27, 27)
    count(sit, inspection, "Phòng Kinh tế", 11, 9, 1, 0)
    page = People(sit, show, inspection)
    assert page.tab.counts.sum.text() == "38 được giao nhưng cộng lại được 37. Xem dòng Phòng Kinh tế."


def test_half_filled_rows_are_not_in_the_rate(sit: Sitting, show: Show, inspection: str) -> None:
    count(sit, inspection, "Văn phòng", 38, 34, 3, 1)
    count(sit, inspection, "Phòng Kinh tế", 11)
    page = People(sit, show, inspection)
    counts = page.tab.counts
    assert counts.rate.text() == "97,37 %"
    assert counts.sum.text() == "38 được giao = 34 có mặt + 3 có lý do + 1 không lý do"
    assert counts.entering.text() == "Chưa tính 1 dòng đang nhập."


def test_the_note_belongs_to_the_row(sit: Sitting, show: Show, inspection: str) -> None:
    count(sit, inspection, "Văn phòng", 9, 9)
    second = count(sit, inspection, "Quầy tiếp nhận", 8, 7)
    page = People(sit, show, inspection)
    page.go("headcount", second)
    page.tab.counts.note.editor.setFocus()
    page.type("Quầy số 5 chưa có người trực")
    page.press("Esc")
    notes = {each.place: each.note for each in sit.inspection(inspection).headcounts}
    assert notes == {"Văn phòng": None, "Quầy tiếp nhận": "Quầy số 5 chưa có người trực"}


def test_rows_are_removed_with_undo(sit: Sitting, show: Show, inspection: str) -> None:
    record = count(sit, inspection, "Văn phòng", 9, 9)
    page = People(sit, show, inspection)
    page.go("headcount", record)
    page.press("Ctrl+Delete")
    assert sit.inspection(inspection).headcounts == ()
    sit.session.undo()
    sit.settle()
    assert len(sit.inspection(inspection).headcounts) == 1


def test_f9_begins_a_finding_of_the_item_counted_for(sit: Sitting, show: Show, inspection: str) -> None:
    record = count(sit, inspection, "Văn phòng", 9, 9)
    page = People(sit, show, inspection)
    page.go("headcount", record)
    page.press("F9")
    (finding,) = sit.inspection(inspection).findings
    assert (finding.kind, finding.item) == ("shortcoming", sit.inspection(inspection).headcounts[0].item)
    assert (sit.gone[-1].record, sit.gone[-1].field) == (finding.id, "content")


def test_counts_of_several_moments_stand_together(sit: Sitting, show: Show, inspection: str) -> None:
    first = count(sit, inspection, "Văn phòng", 9, 9)
    sit.act("count_heads", inspection, place="Quầy", at="2026-11-26T07:40", counts={"due": 8, "present": 8})
    page = People(sit, show, inspection)
    counts = page.tab.counts
    assert [str(row.cells[0].text) for row in counts.table.grid.rows()] == [
        "Văn phòng 07:15",
        "Quầy 07:40",
        "Phòng Kinh tế",
    ]
    assert counts.sum.text() == "17 được giao = 17 có mặt + 0 có lý do + 0 không lý do"
    page.go("headcount", first)
    page.type("10")
    page.press("Tab")
    assert {each.place: each.due for each in sit.inspection(inspection).headcounts} == {"Văn phòng": 10, "Quầy": 8}
