"""The inspection the tabs share follows every act on it, and no other."""

from __future__ import annotations

from inspector.ui.pages.workspace.open_inspection import WHOLE, OpenInspection
from tests.ui.sittings import Sitting

ITEM = "X-I.1"


def opened(at: Sitting, inspection: str) -> tuple[OpenInspection, list[frozenset[str]]]:
    heard: list[frozenset[str]] = []
    shown = OpenInspection(at.session, at.session)
    shown.refreshed.connect(heard.append)
    shown.open(inspection)
    at.settle()
    return shown, heard


def test_it_is_read_and_read_again_where_something_changed(sit: Sitting) -> None:
    inspection = sit.begin()
    shown, heard = opened(sit, inspection)
    shown.perform("remark_item", {"item": ITEM, "remark": "tốt"})
    sit.settle()
    assert heard == [WHOLE, frozenset({"answer"})]
    assert shown.inspection == sit.inspection(inspection)
    assert shown.checklist is not None


def test_acts_elsewhere_are_no_news(sit: Sitting) -> None:
    inspection, other = sit.begin(), sit.begin()
    _, heard = opened(sit, inspection)
    sit.act("remark_item", other, item=ITEM, remark="tốt")
    sit.settle()
    assert heard == [WHOLE]


def test_many_acts_in_a_row_end_in_what_is_stored(sit: Sitting) -> None:
    inspection = sit.begin()
    shown, heard = opened(sit, inspection)
    for number in range(30):
        shown.perform("add_finding", {"kind": "strength", "content": f"Ưu điểm {number}"})
    sit.settle()
    assert shown.inspection == sit.inspection(inspection)
    assert len(heard) <= 32


def test_another_one_is_shown_although_the_first_is_still_being_read(sit: Sitting) -> None:
    inspection, other = sit.begin(), sit.begin()
    shown = OpenInspection(sit.session, sit.session)
    shown.open(inspection)
    shown.open(other)
    sit.settle()
    assert shown.inspection.id == other


def test_one_that_is_not_there_is_said(sit: Sitting) -> None:
    shown = OpenInspection(sit.session, sit.session)
    told: list[str] = []
    shown.failed.connect(told.append)
    shown.open("none")
    sit.settle()
    assert (len(told), shown.is_here) == (1, False)
