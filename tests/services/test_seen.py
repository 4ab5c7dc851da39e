"""What the author saw travels with the act: parents are named, never read from the database behind anybody's back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from inspector.domain.errors import BadInput, Refused
from inspector.domain.ids import natural_id
from tests.services.laptops import Laptop, deliver, exchange

KEY = "commune.steering.annual_plan"
ITEM = "X-I.1"
Another = Callable[..., Laptop]


@pytest.fixture
def pair(laptop: Laptop, inspection: str, another: Another) -> tuple[Laptop, Laptop]:
    other = another()
    deliver(laptop, other, inspection)
    return laptop, other


def answer_id(inspection: str) -> str:
    return natural_id(inspection, "answer", KEY)


def choose(laptop: Laptop, inspection: str, value: str, **more: object) -> None:
    laptop.act("answer_item", {"item": ITEM, "result": {"value": value}}, inspection, **more)  # type: ignore[arg-type]  # act or seen


def values(laptop: Laptop, inspection: str) -> list[object]:
    return [value["value"] for value in laptop.heads(inspection, "answer", answer_id(inspection), "result")]  # type: ignore[index,call-overload]  # groups


def test_the_first_answer_names_nothing(laptop: Laptop, inspection: str) -> None:
    choose(laptop, inspection, "day_du")
    assert {write.parents for write in laptop.change_sets(inspection)[-1].writes} == {()}


def test_a_later_answer_names_the_earlier(laptop: Laptop, inspection: str) -> None:
    choose(laptop, inspection, "day_du")
    seen = laptop.seen(inspection, "answer", answer_id(inspection), "result")
    choose(laptop, inspection, "khong")
    assert [write.parents for write in laptop.change_sets(inspection)[-1].writes] == [seen]


def test_what_arrives_while_somebody_types_is_not_replaced_unseen(pair: tuple[Laptop, Laptop], inspection: str) -> None:
    """The model test of amendment 1: open the field, deliver, commit."""
    mine, theirs = pair
    opened = {"result": mine.seen(inspection, "answer", answer_id(inspection), "result")}
    choose(theirs, inspection, "khong")
    deliver(theirs, mine, inspection)
    choose(mine, inspection, "day_du", seen=opened)
    assert sorted(map(str, values(mine, inspection))) == ["day_du", "khong"]


def test_two_people_who_answer_apart_leave_two_values(pair: tuple[Laptop, Laptop], inspection: str) -> None:
    mine, theirs = pair
    choose(mine, inspection, "day_du")
    choose(theirs, inspection, "khong")
    exchange(mine, theirs, inspection)
    assert sorted(map(str, values(mine, inspection))) == ["day_du", "khong"]
    assert mine.read(inspection) == theirs.read(inspection)
    assert mine.read(inspection).conflicts == (f"answer/{answer_id(inspection)}/result",)
    assert mine.read(inspection).answers[KEY].value is None


@pytest.fixture
def disagreeing(pair: tuple[Laptop, Laptop], inspection: str) -> Laptop:
    mine, theirs = pair
    choose(mine, inspection, "day_du")
    choose(theirs, inspection, "khong")
    exchange(mine, theirs, inspection)
    return mine


def test_without_seen_a_field_of_two_values_is_not_written(disagreeing: Laptop, inspection: str) -> None:
    before = disagreeing.position()
    with pytest.raises(Refused) as caught:
        choose(disagreeing, inspection, "mot_phan")
    assert caught.value.code == "field-disagrees"
    assert caught.value.params == {"field": "result", "count": 2}
    assert disagreeing.position() == before


def test_a_decision_names_every_value(disagreeing: Laptop, inspection: str) -> None:
    seen = disagreeing.seen(inspection, "answer", answer_id(inspection), "result")
    choose(disagreeing, inspection, "mot_phan", seen={"result": seen})
    assert values(disagreeing, inspection) == ["mot_phan"]
    assert disagreeing.read(inspection).conflicts == ()


def test_a_decision_for_one_of_the_values_is_written_too(disagreeing: Laptop, inspection: str) -> None:
    seen = disagreeing.seen(inspection, "answer", answer_id(inspection), "result")
    choose(disagreeing, inspection, "khong", seen={"result": seen})
    assert disagreeing.read(inspection).answers[KEY].value == "khong"


def test_naming_one_of_two_values_leaves_the_other(disagreeing: Laptop, inspection: str) -> None:
    mine = disagreeing.workspace.heads(inspection, "answer", answer_id(inspection), "result")[0]
    choose(disagreeing, inspection, "mot_phan", seen={"result": [mine.operation]})
    assert len(values(disagreeing, inspection)) == 2
    assert mine.value not in disagreeing.heads(inspection, "answer", answer_id(inspection), "result")


def test_another_field_is_written_while_one_disagrees(disagreeing: Laptop, inspection: str) -> None:
    disagreeing.act("remark_item", {"item": ITEM, "remark": "Xem lại."}, inspection)
    assert disagreeing.read(inspection).answers[KEY].remark == "Xem lại."


def test_a_decision_is_one_everywhere(disagreeing: Laptop, inspection: str, another: Another) -> None:
    seen = disagreeing.seen(inspection, "answer", answer_id(inspection), "result")
    choose(disagreeing, inspection, "mot_phan", seen={"result": seen})
    third = another("Lê Văn Chính")
    third.workspace.accept(reversed(disagreeing.change_sets(inspection)))
    assert third.read(inspection) == disagreeing.read(inspection)


def test_equal_values_written_apart_are_one(pair: tuple[Laptop, Laptop], inspection: str) -> None:
    mine, theirs = pair
    choose(mine, inspection, "khong")
    choose(theirs, inspection, "khong")
    exchange(mine, theirs, inspection)
    assert mine.read(inspection).conflicts == ()
    before = mine.position()
    choose(mine, inspection, "khong")
    assert mine.position() == before
    choose(mine, inspection, "day_du")
    assert values(mine, inspection) == ["day_du"]


def test_two_arrangements_of_a_list_need_no_decision(pair: tuple[Laptop, Laptop], inspection: str) -> None:
    mine, theirs = pair
    finding = mine.act("add_finding", {"kind": "strength", "content": "Tốt."}, inspection).ref
    deliver(mine, theirs, inspection)
    mine.act("edit_finding", {"finding": finding, "order": "1"}, inspection)
    theirs.act("edit_finding", {"finding": finding, "order": "2"}, inspection)
    exchange(mine, theirs, inspection)
    mine.act("edit_finding", {"finding": finding, "order": "3"}, inspection)
    assert mine.heads(inspection, "finding", finding, "order") == ["3"]


def test_a_link_put_on_and_taken_off_apart_stays_and_can_be_taken_off(
    pair: tuple[Laptop, Laptop], inspection: str
) -> None:
    mine, theirs = pair
    finding = mine.act("add_finding", {"kind": "strength", "content": "Tốt."}, inspection).ref
    given = {"document": {"number": "1/KH"}, "finding": finding}
    piece = mine.act("cite_document", given, inspection).ref
    deliver(mine, theirs, inspection)
    link = {"evidence": piece, "finding": finding}
    mine.act("unlink_evidence", link, inspection)
    theirs.act("unlink_evidence", link, inspection)
    theirs.act("link_evidence", link, inspection)
    exchange(mine, theirs, inspection)
    assert len(mine.read(inspection).evidence_of("finding", finding)) == 1
    mine.act("unlink_evidence", link, inspection)
    assert mine.read(inspection).evidence_of("finding", finding) == ()


def test_an_operation_of_another_field_is_no_sight(laptop: Laptop, inspection: str) -> None:
    laptop.act("answer_item", {"item": ITEM, "result": {"value": "khong"}, "remark": "Chậm."}, inspection)
    of_remark = laptop.seen(inspection, "answer", answer_id(inspection), "remark")
    before = laptop.position()
    with pytest.raises(BadInput) as caught:
        choose(laptop, inspection, "day_du", seen={"result": of_remark})
    assert caught.value.code == "seen-unknown"
    assert laptop.position() == before


def test_an_old_sight_leaves_what_was_not_seen(laptop: Laptop, inspection: str) -> None:
    choose(laptop, inspection, "khong")
    old = laptop.seen(inspection, "answer", answer_id(inspection), "result")
    choose(laptop, inspection, "mot_phan")
    choose(laptop, inspection, "day_du", seen={"result": old})
    assert sorted(map(str, values(laptop, inspection))) == ["day_du", "mot_phan"]


def test_seen_may_name_the_record(laptop: Laptop, inspection: str) -> None:
    choose(laptop, inspection, "khong")
    old = laptop.seen(inspection, "answer", answer_id(inspection), "result")
    choose(laptop, inspection, "mot_phan")
    choose(laptop, inspection, "day_du", seen={f"answer/{answer_id(inspection)}/result": old})
    assert len(values(laptop, inspection)) == 2


def test_a_field_that_is_not_written_cannot_be_seen(laptop: Laptop, inspection: str) -> None:
    """A slip of the pen in a name would quietly replace what nobody saw."""
    choose(laptop, inspection, "khong")
    old = laptop.seen(inspection, "answer", answer_id(inspection), "result")
    with pytest.raises(BadInput, match="seen-unknown-field"):
        choose(laptop, inspection, "day_du", seen={"reslut": old})


def test_edited_and_deleted_apart_stays_and_is_shown(pair: tuple[Laptop, Laptop], inspection: str) -> None:
    mine, theirs = pair
    finding = mine.act("add_finding", {"kind": "strength", "content": "Tốt."}, inspection).ref
    deliver(mine, theirs, inspection)
    mine.act("remove_finding", {"finding": finding}, inspection)
    theirs.act("edit_finding", {"finding": finding, "content": "Rất tốt."}, inspection)
    exchange(mine, theirs, inspection)
    assert [found.content for found in mine.read(inspection).findings] == ["Rất tốt."]
    assert mine.read(inspection).conflicts == (f"finding/{finding}/_del", f"finding/{finding}/content")
    mine.act("remove_finding", {"finding": finding}, inspection)
    assert mine.read(inspection).findings == ()
    assert mine.read(inspection).conflicts == ()


def test_somebody_elses_record_is_deleted_without_fuss(pair: tuple[Laptop, Laptop], inspection: str) -> None:
    mine, theirs = pair
    finding = mine.act("add_finding", {"kind": "strength", "content": "Tốt."}, inspection).ref
    deliver(mine, theirs, inspection)
    theirs.act("remove_finding", {"finding": finding}, inspection)
    deliver(theirs, mine, inspection)
    assert (mine.read(inspection).findings, mine.read(inspection).conflicts) == ((), ())


def test_a_deletion_hides_only_what_its_author_saw(pair: tuple[Laptop, Laptop], inspection: str) -> None:
    mine, theirs = pair
    finding = mine.act("add_finding", {"kind": "strength", "content": "Tốt."}, inspection).ref
    deliver(mine, theirs, inspection)
    opened = {"content": theirs.seen(inspection, "finding", finding, "content")}
    mine.act("edit_finding", {"finding": finding, "content": "Rất tốt."}, inspection)
    deliver(mine, theirs, inspection)
    theirs.act("remove_finding", {"finding": finding}, inspection, seen=opened)
    assert [found.content for found in theirs.read(inspection).findings] == ["Rất tốt."]


def test_a_deletion_with_an_edit_beside_it_can_be_taken_back(pair: tuple[Laptop, Laptop], inspection: str) -> None:
    mine, theirs = pair
    finding = mine.act("add_finding", {"kind": "strength", "content": "Tốt."}, inspection).ref
    deliver(mine, theirs, inspection)
    mine.act("remove_finding", {"finding": finding}, inspection)
    theirs.act("edit_finding", {"finding": finding, "content": "Rất tốt."}, inspection)
    exchange(mine, theirs, inspection)
    mine.act("restore_record", {"entity": "finding", "record": finding}, inspection)
    assert mine.read(inspection).conflicts == ()
    assert [found.content for found in mine.read(inspection).findings] == ["Rất tốt."]


def test_two_different_signatures_are_read_as_signed_and_open(pair: tuple[Laptop, Laptop], inspection: str) -> None:
    from tests.services.furnished import issue

    mine, theirs = pair
    issue(mine, inspection)
    deliver(mine, theirs, inspection)
    mine.act("sign_minutes", {"date": "2026-11-26"}, inspection)
    theirs.act("sign_minutes", {"date": "2026-11-27"}, inspection)
    exchange(mine, theirs, inspection)
    signed = mine.read(inspection).signed
    assert signed is not None
    assert signed.date is None
    with pytest.raises(Refused, match="inspection-signed"):
        mine.act("state_opinion", {"unit_opinion": "Thống nhất."}, inspection)


def test_a_person_without_rights_here_cannot_write(laptop: Laptop, inspection: str, another: Another) -> None:
    member = another("Phạm Thị Dung", ("write",))
    deliver(laptop, member, inspection)
    member.act("state_opinion", {"unit_opinion": "Thống nhất."}, inspection)
    with pytest.raises(Refused, match="right-missing"):
        member.act("change_status", {"status": "finished"}, inspection)
    with pytest.raises(Refused, match="right-missing"):
        member.act("open_inspection", {"unit": "28360", "form": "remote", "visit_date": "2026-11-26"})
