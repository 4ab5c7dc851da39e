"""The list of inspections: order, narrowing, counts, and lines that say what the inspection itself would say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from inspector.services.home import tally_of
from inspector.services.visits import Choices, Line, Narrowed, VisitState, choices, lines, listing, points
from inspector.services.visits import short_name as short
from tests.services.laptops import DEPARTMENT, Laptop, deliver

DAYS = ("2026-11-24", "2026-11-26", "2026-11-25")


@pytest.fixture
def three(laptop: Laptop) -> list[str]:
    """Three inspections of three units, of which the second is the latest."""
    units = ("28360", DEPARTMENT, "28366")
    return [laptop.begin(unit, visit_date=day) for unit, day in zip(units, DAYS, strict=True)]


def ids(laptop: Laptop, **wanted: Any) -> list[str]:
    return list(listing(laptop.desk, Narrowed(**wanted)).ids)


def line(laptop: Laptop, inspection: str) -> Line:
    return lines(laptop.desk, [inspection])[inspection]


def test_the_latest_visit_comes_first_unless_the_other_way_is_asked_for(laptop: Laptop, three: list[str]) -> None:
    assert ids(laptop) == [three[1], three[2], three[0]]
    assert ids(laptop, oldest_first=True) == [three[0], three[2], three[1]]


def test_days_are_included(laptop: Laptop, three: list[str]) -> None:
    assert ids(laptop, since=date(2026, 11, 25), until=date(2026, 11, 25)) == [three[2]]
    assert ids(laptop, since=date(2026, 11, 25)) == [three[1], three[2]]


def test_units_are_found_without_marks_and_by_beginnings(laptop: Laptop, three: list[str]) -> None:
    assert ids(laptop, text="cai b") == [three[0]]
    assert ids(laptop, text="noi vu") == [three[1]]
    assert ids(laptop, text="không có") == []
    assert ids(laptop, text=" … ") == ids(laptop)


def test_people_of_the_team_and_the_number_of_the_minutes_are_found(laptop: Laptop, three: list[str]) -> None:
    laptop.act("add_member", {"name": "Đặng Thị Kim Phượng", "role": "lead"}, three[1])
    laptop.act("edit_inspection", {"number": "07"}, three[2])
    assert ids(laptop, text="dang phuong") == [three[1]]
    assert ids(laptop, text="7") == ids(laptop, text="07") == [three[2]]


def test_form_level_lead_and_plan_narrow(laptop: Laptop, three: list[str]) -> None:
    surprise = laptop.begin("28360", form="surprise", visit_date="2026-11-20")
    laptop.act("add_member", {"name": "Bà Lan", "role": "lead"}, three[0])
    assert ids(laptop, form="surprise") == ids(laptop, planned=False) == [surprise]
    assert ids(laptop, level="department") == [three[1]]
    assert ids(laptop, lead="Bà Lan") == [three[0]]
    assert choices(laptop.desk) == Choices((2026,), ("commune", "department"), ("Bà Lan",))


def test_states_follow_what_was_done(laptop: Laptop, three: list[str]) -> None:
    assert {line(laptop, one).state for one in three} == {VisitState.COMING}
    laptop.act("answer_item", {"item": "X-I.1", "result": {"value": "day_du"}}, three[0])
    laptop.act("change_status", {"status": "finished"}, three[1])
    laptop.act("change_status", {"status": "cancelled", "reason": "Bão"}, three[2])
    found = listing(laptop.desk, Narrowed(state=VisitState.GOING))
    assert found.ids == (three[0],)
    assert {state: count for state, count in found.counts.items() if count} == {
        VisitState.GOING: 1,
        VisitState.WAITING: 1,
        VisitState.CANCELLED: 1,
    }
    assert (found.matching, found.everything) == (3, 3)


def test_mine_are_those_with_me_in_the_team(laptop: Laptop, three: list[str]) -> None:
    laptop.act("add_member", {"name": "Nguyễn Văn An", "role": "member"}, three[2])
    found = listing(laptop.desk, Narrowed(mine=True))
    assert (found.ids, found.mine, found.matching) == ((three[2],), 1, 3)


def test_deleted_ones_are_on_no_list(laptop: Laptop, three: list[str]) -> None:
    laptop.act("remove_inspection", {}, three[0])
    assert ids(laptop) == [three[1], three[2]]
    assert lines(laptop.desk, three).keys() == {three[1], three[2]}


def test_a_line_counts_what_the_inspection_counts(laptop: Laptop, inspection: str) -> None:
    laptop.act("answer_item", {"item": "X-I.1", "result": {"value": "day_du"}}, inspection)
    laptop.act("remark_item", {"item": "X-I.2", "remark": "Chỉ có nhận xét"}, inspection)
    laptop.act("add_dossier", {"code": "1", "received": "2026-10-01", "returned": {"date": "2026-10-02"}}, inspection)
    laptop.act("count_heads", {"place": "A", "at": "2026-11-26T08:00", "counts": {"due": 2, "present": 1}}, inspection)
    tally = tally_of(laptop.desk.library.grounds(laptop.read(inspection)))
    found = line(laptop, inspection)
    assert (found.checked, found.items) == (tally.checked, tally.items) == (2, 50)


def test_disagreements_are_counted(laptop: Laptop, inspection: str, another: Any) -> None:
    theirs = another()
    deliver(laptop, theirs, inspection)
    for each, value in ((laptop, "day_du"), (theirs, "mot_phan")):
        each.act("answer_item", {"item": "X-I.1", "result": {"value": value}}, inspection)
    deliver(theirs, laptop, inspection)
    assert line(laptop, inspection).conflicts == 1


def test_units_of_the_same_name_say_where_they_are(laptop: Laptop) -> None:
    one, other = laptop.begin("82/home_affairs"), laptop.begin("01/home_affairs")
    alone = laptop.begin("28360")
    assert [line(laptop, each).place for each in (one, other, alone)] == ["tỉnh Đồng Tháp", "thành phố Hà Nội", ""]


def test_points_are_of_what_was_checked(laptop: Laptop, inspection: str) -> None:
    laptop.act("answer_item", {"item": "X-I.1", "result": {"value": "day_du"}}, inspection)
    assert points(laptop.desk, [inspection]) == {inspection: 100}


def test_committees_are_called_by_their_short_name() -> None:
    assert short("Ủy ban nhân dân xã Cái Bè") == "UBND xã Cái Bè"
    assert short("Sở Nội vụ") == "Sở Nội vụ"
