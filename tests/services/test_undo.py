"""Undo: the former values, as long as nobody wrote since."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from inspector.domain.errors import Refused
from inspector.domain.ids import natural_id
from inspector.services.wording import sentence
from tests.services.laptops import Laptop, deliver, exchange

ITEM, KEY = "X-I.1", "commune.steering.annual_plan"


def answer(laptop: Laptop, inspection: str, act: str, **given: object) -> None:
    laptop.act("answer_item", {"item": ITEM, **given}, inspection, act=act)


def undo(laptop: Laptop, inspection: str, act: str) -> str:
    return laptop.act("undo", {"undone": act}, inspection).act


def test_an_act_nobody_did_is_not_undone(laptop: Laptop, inspection: str) -> None:
    with pytest.raises(Refused, match="undo-nothing"):
        undo(laptop, inspection, "act-9")


def test_an_act_of_another_inspection_is_not_undone_here(laptop: Laptop, inspection: str) -> None:
    other = laptop.begin()
    answer(laptop, other, "act-1", remark="Ở xã khác")
    with pytest.raises(Refused, match="undo-nothing"):
        undo(laptop, inspection, "act-1")
    assert laptop.read(other).answers[KEY].remark == "Ở xã khác"


def test_an_act_that_wrote_nothing_is_not_undone(laptop: Laptop, inspection: str) -> None:
    answer(laptop, inspection, "act-1", remark="Chậm")
    answer(laptop, inspection, "act-2", remark="Chậm")
    with pytest.raises(Refused, match="undo-nothing"):
        undo(laptop, inspection, "act-2")


def test_a_natural_id_comes_back_as_it_was(laptop: Laptop, inspection: str) -> None:
    answer(laptop, inspection, "act-1", result={"value": "khong"}, remark="Một")
    answer(laptop, inspection, "act-2", result={"value": "day_du"}, remark="Hai")
    undo(laptop, inspection, "act-2")
    found = laptop.read(inspection).answers[KEY]
    assert (found.value, found.remark) == ("khong", "Một")


def test_a_record_begun_is_hidden_and_begun_again(laptop: Laptop, inspection: str) -> None:
    answer(laptop, inspection, "act-1", result={"value": "khong"})
    undo(laptop, inspection, "act-1")
    assert laptop.read(inspection).answers == {}
    answer(laptop, inspection, "act-2", remark="Chỉ nhận xét")
    found = laptop.read(inspection).answers[KEY]
    assert (found.value, found.remark) == ("khong", "Chỉ nhận xét")


def test_undo_of_writing_again_hides_the_record_again(laptop: Laptop, inspection: str) -> None:
    answer(laptop, inspection, "act-1", result={"value": "khong"})
    undo(laptop, inspection, "act-1")
    answer(laptop, inspection, "act-2", result={"value": "day_du"})
    undo(laptop, inspection, "act-2")
    assert laptop.read(inspection).answers == {}


def test_a_record_begun_and_changed_since_is_not_hidden(laptop: Laptop, inspection: str) -> None:
    answer(laptop, inspection, "act-1", result={"value": "khong"})
    answer(laptop, inspection, "act-2", remark="Ghi thêm")
    with pytest.raises(Refused) as caught:
        undo(laptop, inspection, "act-1")
    assert caught.value.code == "undo-changed-since"
    assert caught.value.params == {"person": "Nguyễn Văn An"}


def test_undone_in_the_order_of_last_first_everything_is_gone(laptop: Laptop, inspection: str) -> None:
    before = laptop.read(inspection)
    answer(laptop, inspection, "act-1", result={"value": "khong"})
    answer(laptop, inspection, "act-2", remark="Ghi thêm")
    undo(laptop, inspection, "act-2")
    with pytest.raises(Refused, match="undo-changed-since"):
        undo(laptop, inspection, "act-1")
    assert laptop.read(inspection).answers[KEY].remark is None
    assert before.answers == {}


def test_undo_and_redo_as_often_as_one_likes(laptop: Laptop, inspection: str) -> None:
    answer(laptop, inspection, "act-1", result={"value": "khong"})
    answer(laptop, inspection, "act-2", result={"value": "day_du"})
    last, shown = "act-2", []
    for _ in range(4):
        last = undo(laptop, inspection, last)
        shown.append(laptop.read(inspection).answers[KEY].value)
    assert shown == ["khong", "day_du", "khong", "day_du"]


def test_the_same_act_is_not_undone_twice(laptop: Laptop, inspection: str) -> None:
    answer(laptop, inspection, "act-1", result={"value": "khong"})
    answer(laptop, inspection, "act-2", result={"value": "day_du"})
    undo(laptop, inspection, "act-2")
    with pytest.raises(Refused, match="undo-changed-since"):
        undo(laptop, inspection, "act-2")


def test_an_inspection_taken_back_is_gone_until_its_undo_is_undone(laptop: Laptop) -> None:
    given = {"unit": "28360", "form": "on_site", "visit_date": "2026-11-26"}
    inspection = laptop.act("open_inspection", given, act="act-1").ref
    before = laptop.read(inspection)
    redo = undo(laptop, inspection, "act-1")
    with pytest.raises(Refused, match="inspection-not-found"):
        laptop.read(inspection)
    with pytest.raises(Refused, match="inspection-not-found"):
        laptop.act("state_opinion", {"unit_opinion": "Thống nhất."}, inspection)
    undo(laptop, inspection, redo)
    assert laptop.read(inspection) == before


def test_somebody_elses_later_word_is_not_undone(
    laptop: Laptop, inspection: str, another: Callable[..., Laptop]
) -> None:
    theirs = another("Trần Thị Bình")
    answer(laptop, inspection, "act-1", result={"value": "khong"})
    answer(laptop, inspection, "act-2", result={"value": "mot_phan"})
    deliver(laptop, theirs, inspection)
    answer(theirs, inspection, "act-3", result={"value": "day_du"})
    deliver(theirs, laptop, inspection)
    before = laptop.position()
    with pytest.raises(Refused) as caught:
        undo(laptop, inspection, "act-2")
    assert caught.value.code == "undo-changed-since"
    assert "Trần Thị Bình" in sentence(caught.value)
    assert laptop.position() == before


def test_somebody_elses_word_in_another_field_does_not_stand_in_the_way(
    laptop: Laptop, inspection: str, another: Callable[..., Laptop]
) -> None:
    theirs = another()
    answer(laptop, inspection, "act-1", result={"value": "khong"})
    answer(laptop, inspection, "act-2", result={"value": "mot_phan"})
    deliver(laptop, theirs, inspection)
    answer(theirs, inspection, "act-3", remark="Đã xem")
    deliver(theirs, laptop, inspection)
    undo(laptop, inspection, "act-2")
    found = laptop.read(inspection).answers[KEY]
    assert (found.value, found.remark) == ("khong", "Đã xem")


def test_a_decision_is_not_undone(laptop: Laptop, inspection: str, another: Callable[..., Laptop]) -> None:
    theirs = another()
    deliver(laptop, theirs, inspection)
    answer(laptop, inspection, "act-1", result={"value": "khong"})
    answer(theirs, inspection, "act-1", result={"value": "day_du"})
    exchange(laptop, theirs, inspection)
    record = natural_id(inspection, "answer", KEY)
    given = {"item": ITEM, "result": {"value": "mot_phan"}}
    seen = {"result": laptop.seen(inspection, "answer", record, "result")}
    laptop.act("answer_item", given, inspection, act="act-2", seen=seen)
    with pytest.raises(Refused, match="undo-decision"):
        undo(laptop, inspection, "act-2")
    assert laptop.read(inspection).answers[KEY].value == "mot_phan"


def test_what_two_said_alike_and_one_changed_is_undone(
    laptop: Laptop, inspection: str, another: Callable[..., Laptop]
) -> None:
    theirs = another()
    deliver(laptop, theirs, inspection)
    answer(laptop, inspection, "act-1", result={"value": "khong"})
    answer(theirs, inspection, "act-1", result={"value": "khong"})
    exchange(laptop, theirs, inspection)
    answer(laptop, inspection, "act-2", result={"value": "day_du"})
    undo(laptop, inspection, "act-2")
    assert laptop.read(inspection).answers[KEY].value == "khong"


def test_a_deletion_taken_back_by_its_author_stands_for_everybody(
    laptop: Laptop, inspection: str, another: Callable[..., Laptop]
) -> None:
    theirs = another()
    finding = laptop.act("add_finding", {"kind": "strength", "content": "Tốt."}, inspection).ref
    deliver(laptop, theirs, inspection)
    theirs.act("remove_finding", {"finding": finding}, inspection, act="act-1")
    undo(theirs, inspection, "act-1")
    deliver(theirs, laptop, inspection)
    assert [found.content for found in laptop.read(inspection).findings] == ["Tốt."]
    assert laptop.read(inspection).conflicts == ()


def test_a_restoration_taken_back_hides_what_was_seen(
    laptop: Laptop, inspection: str, another: Callable[..., Laptop]
) -> None:
    theirs = another()
    finding = laptop.act("add_finding", {"kind": "strength", "content": "Tốt."}, inspection).ref
    laptop.act("remove_finding", {"finding": finding}, inspection)
    deliver(laptop, theirs, inspection)
    theirs.act("restore_record", {"entity": "finding", "record": finding}, inspection, act="act-1")
    undo(theirs, inspection, "act-1")
    deliver(theirs, laptop, inspection)
    assert (laptop.read(inspection).findings, laptop.read(inspection).conflicts) == ((), ())


def test_the_undo_is_an_act_with_its_own_receipt(laptop: Laptop, inspection: str) -> None:
    answer(laptop, inspection, "act-1", result={"value": "khong"})
    first = laptop.act("undo", {"undone": "act-1"}, inspection, act="act-2")
    assert laptop.act("undo", {"undone": "act-1"}, inspection, act="act-2") == first
    assert laptop.read(inspection).answers == {}


def test_what_the_office_keeps_is_taken_back_too(laptop: Laptop) -> None:
    saved = laptop.act("save_letterhead", {"name": "Đoàn số 1", "place": "Mỹ Tho"}, act="act-1")
    laptop.act("save_letterhead", {"name": "Đoàn số 1", "place": "Cái Bè"}, act="act-2")
    undo(laptop, saved.space, "act-2")
    assert laptop.desk.library.letterhead("Đoàn số 1")["place"] == "Mỹ Tho"


def test_what_the_office_did_not_keep_before_is_gone_again(laptop: Laptop) -> None:
    saved = laptop.act("save_letterhead", {"name": "Đoàn số 1"}, act="act-1")
    undo(laptop, saved.space, "act-1")
    with pytest.raises(Refused, match="record-not-found"):
        laptop.desk.library.letterhead("Đoàn số 1")


def test_taking_back_what_the_office_keeps_needs_the_right_to_plan(laptop: Laptop) -> None:
    saved = laptop.act("save_letterhead", {"name": "Đoàn số 1"}, act="act-1")
    author = laptop.workspace.author
    object.__setattr__(author, "rights", author.rights - {"plan"})
    with pytest.raises(Refused, match="right-missing"):
        undo(laptop, saved.space, "act-1")
