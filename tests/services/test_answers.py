"""Answers of every type in the shipped checklists, in and out."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from inspector.domain.checklist import Checklist, Item
from inspector.domain.checklist_file import parse_checklist
from inspector.domain.errors import InspectorError
from inspector.domain.inspection import Answer
from inspector.services.wording import sentence
from tests.services.furnished import RESOURCES
from tests.services.laptops import COMMUNE, DEPARTMENT, Laptop

UNITS = {"commune": COMMUNE, "department": DEPARTMENT}
DISTRICT = {"unit": "819", "visit_date": "2022-09-20"}


@cache
def checklist(level: str) -> Checklist:
    return parse_checklist((RESOURCES / "checklists" / f"{level}.json").read_bytes())


def begin(laptop: Laptop, level: str) -> str:
    return laptop.begin(**DISTRICT) if level == "district" else laptop.begin(UNITS[level])


def result_for(item: Item, place: int) -> dict[str, Any]:
    """A result the item can take: another one for every place in the checklist."""
    if item.type.choices:
        return {"value": item.type.choices[place % len(item.type.choices)].value}
    if item.type.asks_count:
        return {"count": place}
    return {"numerator": place, "denominator": place + 7}


def as_answered(item: Item, answer: Answer, result: dict[str, Any]) -> bool:
    given = {name: getattr(answer, name) for name in ("value", "numerator", "denominator", "count")}
    return {name: value for name, value in given.items() if value is not None} == result and answer.item == item.key


@pytest.mark.parametrize("level", ["commune", "department", "district"])
def test_every_item_is_answered_in_its_own_way(laptop: Laptop, level: str) -> None:
    inspection = begin(laptop, level)
    expected = {item.key: result_for(item, place) for place, item in enumerate(checklist(level).items)}
    for item in checklist(level).items:
        laptop.act("answer_item", {"item": item.code, "result": expected[item.key]}, inspection)
    answers = laptop.read(inspection).answers
    assert [key for key in expected if not as_answered(checklist(level).item(key), answers[key], expected[key])] == []
    assert len(answers) == len(expected)


@pytest.mark.parametrize("level", ["commune", "department", "district"])
def test_what_does_not_apply_needs_a_reason_and_an_item_that_allows_it(laptop: Laptop, level: str) -> None:
    inspection = begin(laptop, level)
    found = {}
    for item in checklist(level).items:
        for reason in ("Không phát sinh hồ sơ", None, "  "):
            given = {"item": item.key, "result": {"not_applicable": True, "reason": reason}}
            try:
                laptop.act("answer_item", given, inspection)
                found[item.key, reason] = "taken"
            except InspectorError as error:
                found[item.key, reason] = error.code
    allowed = {item.key for item in checklist(level).items if item.na_allowed}
    assert {key for (key, _), code in found.items() if code == "taken"} == allowed
    assert {found[key, None] for key in allowed} | {found[key, "  "] for key in allowed} == {"answer-na-needs-reason"}
    others = {code for (key, _), code in found.items() if key not in allowed}
    assert others == {"answer-na-not-allowed"}


_YES, _RATIO, _COUNT, _DOSSIERS, _HEADS, _LIST = "X-I.9", "X-I.4", "X-I.3", "X-III.5", "X-V.4", "X-III.2"


@pytest.mark.parametrize(
    ("item", "result", "code"),
    [
        (_YES, {"value": "day_du"}, "answer-choice-unknown"),
        (_YES, {"value": "co", "count": 1}, "answer-takes-no-count"),
        (_YES, {"value": "co", "numerator": 1}, "answer-takes-no-ratio"),
        (_RATIO, {"value": "co"}, "answer-takes-no-choice"),
        (_RATIO, {"count": 4}, "answer-takes-no-count"),
        (_RATIO, {"numerator": 4, "denominator": 0}, "answer-denominator-zero"),
        (_RATIO, {"numerator": 10**13, "denominator": 5}, "answer-figure-range"),
        (_COUNT, {"numerator": 4, "denominator": 5}, "answer-takes-no-ratio"),
        (_COUNT, {"value": "4"}, "answer-takes-no-choice"),
        (_DOSSIERS, {"value": "co"}, "answer-takes-no-choice"),
        (_DOSSIERS, {"count": 1}, "answer-takes-no-count"),
        (_HEADS, {"count": 1}, "answer-takes-no-count"),
        (_LIST, {"value": "co"}, "answer-takes-no-choice"),
        (_YES, {"appraised_score": "1.01"}, "score-out-of-range"),
        (_YES, {"appraised_score": "0.333"}, "score-too-fine"),
        (_YES, {"appraised_score": "-1"}, "score-out-of-range"),
        ("X-IX.1", {"value": "co"}, "checklist-item-unknown"),
        ("S-I.1", {"value": "co"}, "checklist-item-unknown"),
        ("department.steering.annual_plan", {"value": "co"}, "checklist-item-unknown"),
    ],
)
def test_what_an_item_cannot_take_is_refused(
    laptop: Laptop, inspection: str, item: str, result: dict[str, Any], code: str
) -> None:
    before = laptop.position()
    with pytest.raises(InspectorError) as caught:
        laptop.act("answer_item", {"item": item, "result": result, "remark": "Ghi kèm"}, inspection)
    assert caught.value.code == code
    assert "{" not in sentence(caught.value)
    assert laptop.position() == before


def test_a_second_answer_replaces_the_first_whole(laptop: Laptop, inspection: str) -> None:
    laptop.act("answer_item", {"item": _RATIO, "result": {"numerator": 3, "denominator": 4}}, inspection)
    laptop.act("answer_item", {"item": _RATIO, "result": {"numerator": 5}}, inspection)
    answer = next(iter(laptop.read(inspection).answers.values()))
    assert (answer.numerator, answer.denominator) == (5, None)


def test_an_answer_can_be_emptied(laptop: Laptop, inspection: str) -> None:
    laptop.act("answer_item", {"item": _YES, "result": {"value": "co"}, "remark": "Đạt."}, inspection)
    laptop.act("answer_item", {"item": _YES, "result": None, "remark": ""}, inspection)
    answer = next(iter(laptop.read(inspection).answers.values()))
    assert (answer.value, answer.remark) == (None, None)


def test_a_remark_leaves_the_result_alone(laptop: Laptop, inspection: str) -> None:
    laptop.act("answer_item", {"item": _YES, "result": {"value": "co"}}, inspection)
    laptop.act("remark_item", {"item": _YES, "remark": "Có cam kết."}, inspection)
    answer = next(iter(laptop.read(inspection).answers.values()))
    assert (answer.value, answer.remark) == ("co", "Có cam kết.")


def test_three_scores_stand_side_by_side(laptop: Laptop, inspection: str) -> None:
    laptop.act("answer_item", {"item": _RATIO, "result": {"appraised_score": "1,50"}, "self_score": 2}, inspection)
    laptop.act("score_item", {"item": _RATIO, "final_score": "1.75"}, inspection)
    answer = next(iter(laptop.read(inspection).answers.values()))
    assert (answer.self_score, answer.appraised_score, answer.final_score) == (
        Decimal(2), Decimal("1.5"), Decimal("1.75"),
    )  # fmt: skip


def test_sampled_dossiers_feed_the_item_they_were_sampled_for(laptop: Laptop, inspection: str) -> None:
    key = next(item.key for item in checklist("commune").items if item.code == _DOSSIERS)
    laptop.act("add_dossier", {"code": "0001"}, inspection)
    dossier = laptop.read(inspection).dossiers[0]
    assert dossier.item == key
    laptop.act("edit_dossier", {"dossier": dossier.id, "item": _DOSSIERS, "code": "0001"}, inspection)
    assert laptop.read(inspection).dossiers[0].item == key


def test_a_dossier_is_not_moved_to_an_item_that_is_not_there(laptop: Laptop, inspection: str) -> None:
    dossier = laptop.act("add_dossier", {"code": "0001"}, inspection).ref
    with pytest.raises(InspectorError, match="checklist-item-unknown"):
        laptop.act("edit_dossier", {"dossier": dossier, "item": "X-IX.9"}, inspection)


def test_the_same_code_twice_is_one_dossier(laptop: Laptop, inspection: str) -> None:
    first = laptop.act("add_dossier", {"code": "0001", "area": "Hộ tịch"}, inspection)
    second = laptop.act("add_dossier", {"code": "0001", "note": "Xem lại"}, inspection)
    assert first.ref == second.ref
    (dossier,) = laptop.read(inspection).dossiers
    assert (dossier.area, dossier.note) == ("Hộ tịch", "Xem lại")


def test_a_corrected_code_does_not_give_its_dossier_away(laptop: Laptop, inspection: str) -> None:
    first = laptop.act("add_dossier", {"code": "0001", "area": "Hộ tịch"}, inspection).ref
    laptop.act("edit_dossier", {"dossier": first, "code": "0010"}, inspection)
    laptop.act("add_dossier", {"code": "0001", "area": "Đất đai"}, inspection)
    found = {dossier.code: dossier.area for dossier in laptop.read(inspection).dossiers}
    assert found == {"0010": "Hộ tịch", "0001": "Đất đai"}
    assert laptop.act("add_dossier", {"code": "0010", "note": "Của ông A"}, inspection).ref == first


def test_a_headcount_feeds_its_item(laptop: Laptop, inspection: str) -> None:
    key = next(item.key for item in checklist("commune").items if item.code == _HEADS)
    given = {"place": "Một cửa", "at": "2026-11-26T08:15", "counts": {"due": 9, "present": 8}}
    laptop.act("count_heads", given, inspection)
    (count,) = laptop.read(inspection).headcounts
    assert (count.item, count.due, count.present, count.absent_with_reason) == (key, 9, 8, None)


def test_a_member_whose_person_was_corrected_keeps_the_record(laptop: Laptop, inspection: str) -> None:
    first = laptop.act("add_member", {"name": "An", "role": "member", "person": "p1"}, inspection).ref
    laptop.act("edit_member", {"member": first, "person": "p2"}, inspection)
    other = laptop.act("add_member", {"name": "Bình", "role": "member", "person": "p1"}, inspection).ref
    again = laptop.act("add_member", {"name": "An", "role": "lead", "person": "p2"}, inspection).ref
    assert (again, other != first) == (first, True)
    assert [(member.name, member.role) for member in laptop.read(inspection).team] == [
        ("An", "lead"),
        ("Bình", "member"),
    ]
