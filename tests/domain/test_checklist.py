"""The shipped checklists, their file form, and the rules a checklist keeps to."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from inspector.domain.checklist import ANSWER_TYPES, Checklist, Item, RatingBand, Section, Threshold
from inspector.domain.checklist_file import parse_checklist, readable_bytes
from inspector.domain.checklist_rules import InvalidChecklist, checked, flaws_of, proposed_key
from inspector.domain.errors import BadInput

SHIPPED = Path(__file__).parents[2] / "resources" / "checklists"
COUNTS = {"department": 52, "district": 46, "commune": 50}


def load(level: str) -> Checklist:
    return parse_checklist((SHIPPED / f"{level}.json").read_bytes())


ITEM = Item("local.one", "1", "I", "Một câu hỏi", "yes_no", Decimal(2))
PERCENT = replace(
    ITEM,
    answer_type="percent",
    numerator_label="Số đạt",
    denominator_label="Tổng số",
    thresholds=(Threshold("min", Decimal(50), Decimal(1)), Threshold("min", Decimal(0), Decimal(0))),
)


def small(*items: Item) -> Checklist:
    return Checklist("commune", "Bộ thử", "1", (Section("I", "Nội dung một"),), items or (ITEM,))


@pytest.mark.parametrize(("level", "count"), COUNTS.items())
def test_a_shipped_checklist_has_its_items_and_a_hundred_points(level: str, count: int) -> None:
    found = load(level)
    assert (found.level, len(found.items), found.total_points) == (level, count, Decimal(100))


def test_every_item_of_the_three_levels_has_its_own_key() -> None:
    keys = [item.key for level in COUNTS for item in load(level).items]
    assert len(set(keys)) == 148
    assert all(re.fullmatch(r"(department|district|commune)\.[a-z_]+\.[a-z_]+", key) for key in keys)
    assert load("commune").item("commune.reception.dossier_sample").code == "X-III.5"


def test_shipped_answer_types_are_all_known() -> None:
    found = Counter(item.answer_type for level in COUNTS for item in load(level).items)
    assert found == {
        "percent": 68,
        "yes_partial_no": 47,
        "yes_no": 13,
        "count": 10,
        "sample_list": 4,
        "sample_dossiers": 3,
        "headcount": 3,
    }
    assert set(found) == set(ANSWER_TYPES)


def test_law_from_memory_is_marked_as_such() -> None:
    basis = load("commune").legal("LCBCC")
    assert basis is not None
    assert basis.status == "background"
    assert {b.status for b in load("commune").legal_index} == {"source", "background"}


def test_district_is_history() -> None:
    assert load("district").status == "historical"
    assert load("district").notices.status.startswith("Cấp huyện kết thúc hoạt động từ 01/7/2025")


def test_both_file_forms_give_the_same_checklist() -> None:
    found = load("commune")
    assert parse_checklist(found.canonical) == parse_checklist(readable_bytes(found)) == found
    assert parse_checklist(found.canonical).hash == found.hash


def test_the_order_of_keys_and_the_form_of_numbers_do_not_change_the_identity() -> None:
    data = json.loads(load("commune").canonical)
    data["items"][0]["max_points"] = "2.00"
    data["items"][1]["max_points"] = 3
    shuffled = json.dumps(dict(reversed(data.items())), indent=3).encode()
    assert parse_checklist(shuffled).hash == load("commune").hash


def test_one_changed_word_is_another_checklist() -> None:
    found = load("commune")
    items = (replace(found.items[0], text=found.items[0].text + "."), *found.items[1:])
    assert replace(found, items=items).hash != found.hash


def test_text_is_stored_composed() -> None:
    data = json.loads(small().canonical)
    data["title"] = "Bo\u0323\u0302 thư\u0309"
    assert parse_checklist(json.dumps(data).encode()).title == "Bộ thử"


def test_an_unknown_item_is_named() -> None:
    with pytest.raises(BadInput) as caught:
        small().item("local.other")
    assert caught.value.code == "checklist-item-unknown"
    assert caught.value.params["item"] == "local.other"


def changed(**values: object) -> bytes:
    data = json.loads(small().canonical)
    data.update(values)
    return json.dumps(data).encode()


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"", "JSON"),
        (b"\xff\xfe", "JSON"),
        (b"[" * 100_000, "JSON"),
        (b'{"a":NaN}', "JSON"),
        (b"[]", "JSON"),
        (changed(title=1), "title"),
        (changed(items={}), "items"),
        (changed(items=[1]), "items[1]"),
        (changed(sections=[{"code": "I"}]), "sections[1].title"),
        (changed(extra=1), "extra"),
    ],
)
def test_what_is_no_checklist_is_refused_with_its_place(content: bytes, where: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_checklist(content)
    assert (caught.value.code, caught.value.params) == ("checklist-unreadable", {"where": where})


@pytest.mark.parametrize("number", ["1e400", "1e9999999", "NaN", "Infinity", "abc", True, None, [], "9" * 30])
def test_numbers_that_are_none_are_refused_with_their_place(number: object) -> None:
    data = json.loads(small().canonical)
    data["items"][0]["max_points"] = number
    with pytest.raises(BadInput) as caught:
        parse_checklist(json.dumps(data).encode())
    assert caught.value.params == {"where": "items[1].max_points"}


def test_a_file_of_a_newer_program_is_refused() -> None:
    with pytest.raises(BadInput, match="checklist-format"):
        parse_checklist(changed(format="inspector-checklist-2"))


STEP = Threshold("min", Decimal(10), Decimal(1))
AT_MOST = Threshold("max", Decimal(10), Decimal(1))


@pytest.mark.parametrize(
    ("item", "part", "field", "code"),
    [
        (replace(ITEM, key="Sai Khóa"), "items", "key", "checklist-key-shape"),
        (replace(ITEM, key=""), "items", "key", "checklist-text-missing"),
        (replace(ITEM, code=" "), "items", "code", "checklist-text-missing"),
        (replace(ITEM, section="IX"), "items", "section", "checklist-section-unknown"),
        (replace(ITEM, text=""), "items", "text", "checklist-text-missing"),
        (replace(ITEM, text="a" * 5_001), "items", "text", "checklist-text-too-long"),
        (replace(ITEM, max_points=Decimal(-1)), "items", "max_points", "checklist-points"),
        (replace(ITEM, max_points=Decimal("0.123")), "items", "max_points", "checklist-points"),
        (replace(ITEM, remedy_days=0), "items", "remedy_days", "checklist-remedy-days"),
        (replace(ITEM, legal_basis=("ND0",)), "items", "legal_basis", "checklist-legal-unknown"),
        (replace(ITEM, answer_type="essay"), "items", "answer_type", "checklist-answer-type"),
        (replace(ITEM, thresholds=(STEP,)), "thresholds", "thresholds", "checklist-thresholds-not-used"),
        (replace(PERCENT, thresholds=()), "thresholds", "thresholds", "checklist-thresholds-missing"),
        (replace(PERCENT, thresholds=(STEP, STEP)), "thresholds", "value", "checklist-threshold-repeated"),
        (
            replace(PERCENT, thresholds=(replace(STEP, fraction=Decimal(2)),)),
            "thresholds",
            "fraction",
            "checklist-threshold-fraction",
        ),
        (
            replace(PERCENT, thresholds=(replace(STEP, bound="max"),)),
            "thresholds",
            "value",
            "checklist-threshold-bound",
        ),
        (replace(PERCENT, denominator_label=""), "items", "denominator_label", "checklist-label-missing"),
    ],
)
def test_a_flaw_names_its_place(item: Item, part: str, field: str, code: str) -> None:
    (flaw,) = flaws_of(small(item))
    assert (flaw.part, flaw.index, flaw.field, flaw.code) == (part, 0, field, code)


def test_repeated_keys_and_numbers_are_flaws_of_the_second_item() -> None:
    found = [(flaw.index, flaw.code) for flaw in flaws_of(small(ITEM, ITEM))]
    assert found == [(1, "checklist-key-repeated"), (1, "checklist-code-repeated")]


def test_bands_start_at_zero() -> None:
    bands = (RatingBand(Decimal(90), "Tốt"), RatingBand(Decimal(50), "Khá"))
    (flaw,) = flaws_of(replace(small(), rating_bands=bands))
    assert flaw.code == "checklist-band-zero"


def test_an_invalid_checklist_carries_all_its_flaws() -> None:
    with pytest.raises(InvalidChecklist) as caught:
        checked(small(replace(ITEM, text="", max_points=Decimal(-1))))
    assert [flaw.field for flaw in caught.value.flaws] == ["text", "max_points"]
    assert caught.value.code == "checklist-text-missing"
    assert caught.value.params["index"] == 1


def test_proposed_keys_come_from_the_words_and_never_repeat() -> None:
    assert proposed_key("Đường dây nóng, 24/7", []) == "local.duong_day_nong_24_7"
    assert proposed_key("Đường dây nóng", ["local.duong_day_nong"]) == "local.duong_day_nong_2"
    assert proposed_key("…", []) == "local.muc"
