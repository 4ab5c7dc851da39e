"""What a day begins with: today, what comes, what needs a person, and how far the plan of the year is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from inspector.domain.ids import natural_id
from inspector.domain.readiness import Place
from inspector.services.drafts import keep_draft, kept_drafts
from inspector.services.home import NeedKind, Plan, closer, conditions, home, spots
from tests.services.furnished import issue
from tests.services.laptops import DEPARTMENT, Laptop, deliver

TODAY = date(2026, 11, 26)


def kinds(laptop: Laptop, today: date = TODAY) -> list[NeedKind]:
    return [need.kind for need in home(laptop.desk, today).needs]


def answer(laptop: Laptop, inspection: str, item: str = "X-I.1", value: str = "day_du") -> None:
    laptop.act("answer_item", {"item": item, "result": {"value": value}}, inspection)


def test_an_empty_workspace_needs_nothing(laptop: Laptop) -> None:
    found = home(laptop.desk, TODAY)
    assert (found.today, found.coming, found.needs, found.plans, found.everything) == ((), (), (), (), 0)


def test_today_and_what_comes(laptop: Laptop) -> None:
    today = laptop.begin()
    later = laptop.begin("28366", visit_date="2026-12-01")
    next_ = laptop.begin("28366", visit_date="2026-11-27")
    cancelled = laptop.begin("28366", visit_date="2026-11-28")
    laptop.act("change_status", {"status": "cancelled", "reason": "Bão"}, cancelled)
    found = home(laptop.desk, TODAY)
    assert [each.line.id for each in found.today] == [today]
    assert [line.id for line in found.coming] == [next_, later]
    assert not found.going_on


def test_without_visits_today_the_unfinished_one_is_gone_on_with(laptop: Laptop) -> None:
    answer(laptop, inspection := laptop.begin(visit_date="2026-11-24"))
    laptop.begin(visit_date="2026-11-23")
    found = home(laptop.desk, TODAY)
    assert [each.line.id for each in found.today] == [inspection]
    assert found.going_on


def test_results_are_counted_apart(laptop: Laptop, inspection: str) -> None:
    answer(laptop, inspection)
    answer(laptop, inspection, "X-II.1", "khong")
    answer(laptop, inspection, "X-I.6", "mot_phan")
    (today,) = closer(laptop.desk, home(laptop.desk, TODAY).today)
    assert today.tally is not None
    assert (today.tally.met, today.tally.partly, today.tally.not_met, today.tally.items) == (1, 1, 1, 50)
    assert today.tally.checked == today.line.checked == 3


def test_shortcomings_of_the_last_visit_to_the_unit_are_named(laptop: Laptop) -> None:
    earlier = laptop.begin(visit_date="2025-11-26")
    for text in ("một", "hai"):
        laptop.act("add_finding", {"kind": "shortcoming", "content": text}, earlier)
    laptop.begin()
    assert [today.to_recheck for today in closer(laptop.desk, home(laptop.desk, TODAY).today)] == [2]


def test_a_disagreement_needs_somebody_at_its_place(laptop: Laptop, inspection: str, another: Any) -> None:
    theirs = another()
    deliver(laptop, theirs, inspection)
    answer(laptop, inspection)
    answer(theirs, inspection, value="mot_phan")
    deliver(theirs, laptop, inspection)
    (need,) = home(laptop.desk, TODAY).needs
    (record,) = (found.id for found in laptop.workspace.records(inspection, "answer"))
    assert (need.kind, need.inspection, need.count) == (NeedKind.DISAGREEMENT, inspection, 1)
    assert need.place == Place("answer", record, "result")


def test_a_signed_paper_without_scan_and_an_overdue_report(laptop: Laptop, inspection: str) -> None:
    finding = laptop.act("add_finding", {"kind": "shortcoming", "content": "Chậm"}, inspection).ref
    task = {"finding": finding, "content": "Sửa", "deadline": {"date": "2026-12-01", "confirmed": True}}
    record = laptop.act("add_recommendation", task, inspection).ref
    issue(laptop, inspection)
    laptop.act("sign_minutes", {"date": "2026-11-26"}, inspection)
    assert kinds(laptop) == [NeedKind.SCAN]
    late = home(laptop.desk, date(2026, 12, 7)).needs[0]
    assert (late.kind, late.count, late.day) == (NeedKind.OVERDUE, 1, date(2026, 12, 1))
    assert late.place == Place("recommendation", record, "deadline")
    laptop.act("add_supplement", {"reason": "Báo cáo", "content": "Đã khắc phục"}, inspection)
    assert kinds(laptop, date(2026, 12, 7)) == [NeedKind.SCAN]


def test_days_of_work_are_counted_once_a_person_confirmed_them(laptop: Laptop, inspection: str) -> None:
    finding = laptop.act("add_finding", {"kind": "shortcoming", "content": "Chậm"}, inspection).ref
    for deadline in ({"working_days": 5, "confirmed": True}, {"working_days": 1}):
        laptop.act("add_recommendation", {"finding": finding, "content": "Sửa", "deadline": deadline}, inspection)
    issue(laptop, inspection)
    laptop.act("sign_minutes", {"date": "2026-11-26"}, inspection)
    need = home(laptop.desk, date(2026, 12, 7)).needs[0]
    assert (need.count, need.day) == (1, date(2026, 12, 3))


def test_open_conditions_lead_to_the_first_of_them(laptop: Laptop, inspection: str) -> None:
    assert conditions(laptop.desk, [inspection]) == []  # nothing was begun
    answer(laptop, inspection)
    (need,) = conditions(laptop.desk, home(laptop.desk, TODAY).to_ask)
    assert (need.kind, need.unit) == (NeedKind.MUST, "UBND xã Cái Bè")
    assert need.count >= 2
    assert need.text.startswith("Còn 49 mục chưa kiểm tra")
    assert need.place is not None
    assert need.place.entity == "item"


@pytest.mark.parametrize(("state", "done"), [("open", 0), ("finished", 1), ("cancelled", None)])
def test_the_plan_counts_what_was_done(laptop: Laptop, state: str, done: int | None) -> None:
    inspection = laptop.begin()
    laptop.act("change_status", {"status": state, "reason": "Vì"}, inspection)
    laptop.begin(DEPARTMENT)
    laptop.begin(form="surprise")
    found = home(laptop.desk, TODAY)
    communes = () if done is None else (Plan("commune", done, 1),)
    assert found.plans == (Plan("department", 0, 1), *communes)
    assert found.surprises == 1


def test_a_rescued_text_is_called_by_field_item_and_unit(laptop: Laptop, inspection: str) -> None:
    item = next(iter(laptop.desk.library.checklists()[-3].items))
    record = natural_id(inspection, "answer", item.key)
    keep_draft(laptop.desk, (inspection, "answer", record, "remark"), "đang gõ", ())
    (spot,) = spots(laptop.desk, kept_drafts(laptop.desk)).values()
    assert (spot.label, spot.unit) == ("Nhận xét", "UBND xã Cái Bè")
    assert spot.place == Place("item", item.key, "remark")


def test_a_part_of_a_field_is_called_by_its_own_name(laptop: Laptop, inspection: str) -> None:
    keep_draft(laptop.desk, (inspection, "answer", "x", "result.numerator"), "28", ())
    keep_draft(laptop.desk, (inspection, "finding", "y", "content"), "Chậm", ())
    keep_draft(laptop.desk, (inspection, "finding", "y", "comment"), "Nhờ xem lại", ())
    found = {spot.label for spot in spots(laptop.desk, kept_drafts(laptop.desk)).values()}
    assert found == {"Tử số", "Nội dung", "Trao đổi nội bộ, không in"}
