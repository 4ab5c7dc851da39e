"""From answers to points, and what they add up to."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.domain.checklist import Checklist, Item
from inspector.domain.checklist_file import parse_checklist
from inspector.domain.errors import Refused
from inspector.domain.inspection import Answer
from inspector.domain.scoring import (
    Ratio,
    State,
    check_answer,
    item_score,
    points,
    proposed_fraction,
    rating,
    score_items,
    section_totals,
    total,
)

COMMUNE = parse_checklist((Path(__file__).parents[2] / "resources/checklists/commune.json").read_bytes())
ON_TIME = COMMUNE.item("commune.reception.on_time_rate")  # percent, 6 points
REPORTS = COMMUNE.item("commune.steering.periodic_reports")  # count of late reports, 2 points
INITIATIVES = COMMUNE.item("commune.steering.initiatives")  # count, more is better, may not apply
PLAN = COMMUNE.item("commune.steering.annual_plan")  # full, part, none, 2 points
PLACE = COMMUNE.item("commune.reception.any_place")  # yes, no, 2 points
SAMPLE = COMMUNE.item("commune.reception.dossier_sample")


def answer(item: Item, **values: object) -> Answer:
    return replace(Answer(id="a", item=item.key), **values)  # type: ignore[arg-type]  # the fields of Answer


@pytest.mark.parametrize(("value", "expected"), [("day_du", "2.00"), ("mot_phan", "1.00"), ("khong", "0.00")])
def test_a_choice_earns_its_part(value: str, expected: str) -> None:
    assert points(PLAN, proposed_fraction(PLAN, answer(PLAN, value=value))) == Decimal(expected)


@pytest.mark.parametrize(("value", "expected"), [("co", 1), ("khong", 0)])
def test_yes_and_no(value: str, expected: int) -> None:
    assert proposed_fraction(PLACE, answer(PLACE, value=value)) == expected


def test_a_percentage_takes_the_best_threshold_it_reaches() -> None:
    for threshold in ON_TIME.thresholds:
        assert threshold.value is not None
        reached = answer(ON_TIME, numerator=int(threshold.value * 10), denominator=1000)
        assert proposed_fraction(ON_TIME, reached) == threshold.fraction


def test_just_below_a_threshold_is_below() -> None:
    steps = sorted(ON_TIME.thresholds, key=lambda t: t.value or 0)
    top, second = steps[-1], steps[-2]
    assert top.value is not None
    below = answer(ON_TIME, numerator=int(top.value * 10_000) - 1, denominator=1_000_000)
    assert proposed_fraction(ON_TIME, below) == second.fraction


@pytest.mark.parametrize(("count", "expected"), [(0, "1"), (1, "0.5"), (2, "0")])
def test_a_count_takes_the_first_step_it_meets(count: int, expected: str) -> None:
    assert proposed_fraction(REPORTS, answer(REPORTS, count=count)) == Decimal(expected)


def test_more_initiatives_are_better() -> None:
    assert proposed_fraction(INITIATIVES, answer(INITIATIVES, count=1)) == 1
    assert proposed_fraction(INITIATIVES, answer(INITIATIVES, count=0)) == 0


def test_records_go_before_typed_figures() -> None:
    typed = answer(SAMPLE, numerator=1, denominator=10)
    assert proposed_fraction(SAMPLE, typed, Ratio(10, 10)) == 1
    assert proposed_fraction(SAMPLE, typed) == 0
    assert proposed_fraction(SAMPLE, answer(SAMPLE)) is None


def test_points_are_rounded_half_up_to_two_places() -> None:
    third = replace(PLAN, max_points=Decimal("0.25"))
    assert points(third, Decimal("0.5")) == Decimal("0.13")
    assert points(replace(PLAN, max_points=Decimal(3)), Decimal("0.335")) == Decimal("1.01")


@pytest.mark.parametrize(
    ("item", "values", "code"),
    [
        (PLAN, {"not_applicable": True, "reason": "x"}, "answer-na-not-allowed"),
        (INITIATIVES, {"not_applicable": True}, "answer-na-needs-reason"),
        (INITIATIVES, {"not_applicable": True, "reason": "  "}, "answer-na-needs-reason"),
        (PLAN, {"value": "co"}, "answer-choice-unknown"),
        (ON_TIME, {"value": "co"}, "answer-takes-no-choice"),
        (PLAN, {"numerator": 1, "denominator": 2}, "answer-takes-no-ratio"),
        (PLAN, {"count": 1}, "answer-takes-no-count"),
        (REPORTS, {"count": -1}, "answer-figure-range"),
        (ON_TIME, {"numerator": 10**13, "denominator": 1}, "answer-figure-range"),
        (ON_TIME, {"numerator": 0, "denominator": 0}, "answer-denominator-zero"),
        (PLAN, {"appraised_score": Decimal("2.01")}, "score-out-of-range"),
        (PLAN, {"self_score": Decimal(-1)}, "score-out-of-range"),
        (PLAN, {"final_score": Decimal("NaN")}, "score-out-of-range"),
        (PLAN, {"final_score": Decimal("1.005")}, "score-too-fine"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(item: Item, values: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as caught:
        check_answer(item, answer(item, **values))
    assert caught.value.code == code
    assert caught.value.params["item"] == item.code


@pytest.mark.parametrize(
    ("item", "values", "codes"),
    [
        (ON_TIME, {"numerator": 5, "denominator": 4}, ["answer-numerator-above"]),
        (ON_TIME, {"numerator": 5}, ["answer-ratio-incomplete"]),
        (PLAN, {"value": "day_du", "appraised_score": Decimal(1)}, ["score-appraised-without-reason"]),
        (PLAN, {"value": "day_du", "appraised_score": Decimal(1), "appraised_reason": "muộn"}, []),
        (PLAN, {"value": "day_du", "appraised_score": Decimal(2)}, []),
        (INITIATIVES, {"not_applicable": True, "reason": "Không có"}, []),
        (SAMPLE, {"numerator": 5, "denominator": 6}, []),
        (PLAN, {}, []),
    ],
)
def test_an_odd_answer_is_taken_with_attentions(item: Item, values: dict[str, object], codes: list[str]) -> None:
    assert [attention.code for attention in check_answer(item, answer(item, **values))] == codes


def test_three_scores_stand_side_by_side() -> None:
    found = item_score(PLAN, answer(PLAN, value="day_du", self_score=Decimal("1.5"), appraised_score=Decimal(1)))
    assert (found.self_score, found.proposed, found.appraised, found.final) == (
        Decimal("1.5"),
        Decimal(2),
        Decimal(1),
        Decimal(1),
    )
    decided = item_score(PLAN, answer(PLAN, value="day_du", final_score=Decimal("0.5")))
    assert (decided.appraised, decided.final) == (Decimal(2), Decimal("0.5"))


def test_states_of_an_item() -> None:
    assert item_score(PLAN, None).state is State.UNCHECKED
    assert item_score(PLAN, answer(PLAN, remark="đang xem")).state is State.UNCHECKED
    assert item_score(PLAN, answer(PLAN, value="khong")).state is State.CHECKED
    assert item_score(INITIATIVES, answer(INITIATIVES, not_applicable=True)).state is State.NOT_APPLICABLE
    assert item_score(SAMPLE, None, Ratio(1, 2)).state is State.CHECKED


def test_what_does_not_apply_leaves_the_denominator_and_the_rest_is_scaled() -> None:
    answers = {
        PLAN.key: answer(PLAN, value="mot_phan"),  # 1 of 2
        PLACE.key: answer(PLACE, value="co"),  # 2 of 2
        INITIATIVES.key: answer(INITIATIVES, not_applicable=True, reason="Không có"),  # 1 point leaves
    }
    found = total(score_items(COMMUNE, answers), COMMUNE.rating_bands)
    assert (found.max_points, found.items, found.unchecked, found.not_applicable) == (Decimal(99), 50, 47, 1)
    assert (found.final.points, found.final.max_points, found.final.of_100) == (Decimal(3), Decimal(4), Decimal(75))
    assert found.band is not None
    assert (found.band.label, found.complete) == ("Khá", False)


def test_nothing_checked_has_no_result() -> None:
    found = total(score_items(COMMUNE, {}), COMMUNE.rating_bands)
    assert (found.unchecked, found.final.of_100, found.band) == (50, None, None)


def test_sections_add_up_to_the_inspection() -> None:
    answers = {i.key: best(i) for i in COMMUNE.items if not i.type.from_records}
    scores = score_items(COMMUNE, answers, {SAMPLE.key: Ratio(9, 10)})
    sections, whole = section_totals(COMMUNE, scores), total(scores)
    assert list(sections) == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"]
    assert sum(t.final.points for t in sections.values()) == whole.final.points
    assert sum(t.max_points for t in sections.values()) == whole.max_points == 100


def test_the_band_is_that_of_the_rounded_result() -> None:
    found = rating(Decimal("90.00"), COMMUNE.rating_bands)
    assert found is not None
    assert found.label == "Xuất sắc"
    lower = rating(Decimal("89.99"), COMMUNE.rating_bands)
    assert lower is not None
    assert lower.label == "Tốt"


def best(item: Item) -> Answer:
    if item.type.choices:
        return answer(item, value=item.type.choices[0].value)
    if item.type.asks_count:
        more = item.thresholds[0].bound == "min"
        return answer(item, count=99 if more else 0)
    return answer(item, numerator=100, denominator=100)


def test_the_best_answers_earn_everything() -> None:
    found = total(score_items(COMMUNE, {i.key: best(i) for i in COMMUNE.items}), COMMUNE.rating_bands)
    assert (found.final.of_100, found.complete) == (Decimal(100), True)


figures = st.integers(0, 10**6)


@st.composite
def answered(draw: st.DrawFn, checklist: Checklist = COMMUNE) -> dict[str, Answer]:
    chosen = {}
    for item in draw(st.lists(st.sampled_from(checklist.items), unique=True, max_size=12)):
        if item.na_allowed and draw(st.booleans()):
            chosen[item.key] = answer(item, not_applicable=True, reason="lý do")
        elif item.type.choices:
            chosen[item.key] = answer(item, value=draw(st.sampled_from(item.type.choices)).value)
        elif item.type.asks_count:
            chosen[item.key] = answer(item, count=draw(figures))
        else:
            bottom = draw(st.integers(1, 10**6))
            chosen[item.key] = answer(item, numerator=draw(st.integers(0, bottom)), denominator=bottom)
    return chosen


@given(answered())
def test_every_valid_answer_is_scored_within_its_points(answers: dict[str, Answer]) -> None:
    for score in score_items(COMMUNE, answers):
        if score.key in answers:
            assert check_answer(COMMUNE.item(score.key), answers[score.key]) == ()
            assert (score.final is None) == (score.state is State.NOT_APPLICABLE)
        if score.final is not None:
            assert 0 <= score.final <= score.max_points
            assert score.final == round(score.final, 2)


@given(answered())
def test_totals_count_every_item_once(answers: dict[str, Answer]) -> None:
    scores = score_items(COMMUNE, answers)
    found = total(scores, COMMUNE.rating_bands)
    checked = sum(score.state is State.CHECKED for score in scores)
    assert found.items == checked + found.unchecked + found.not_applicable == 50
    assert found.final.points <= found.final.max_points <= found.max_points <= 100
    assert found.final.of_100 is None or 0 <= found.final.of_100 <= 100
    assert (found.band is None) == (checked == 0)


@given(answered(), st.sampled_from(COMMUNE.items))
def test_a_better_answer_never_costs_points(answers: dict[str, Answer], item: Item) -> None:
    scores = total(score_items(COMMUNE, {**answers, item.key: best(item)})).final
    others = {key: value for key, value in answers.items() if key != item.key}
    without = total(score_items(COMMUNE, others)).final
    assert scores.points == without.points + item.max_points
