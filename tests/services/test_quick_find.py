"""One question finds items, findings, inspections, units and checklists, whatever marks were typed."""

from __future__ import annotations

import pytest

from inspector.services.desk import Desk
from inspector.services.quick_find import FEW, MANY, Found, agreement, quick_find
from tests.services.laptops import Laptop


def hits(desk: Desk, words: str, **more: object) -> list[Found]:
    return [hit for group in quick_find(desk, words, **more) for hit in group.hits]  # type: ignore[arg-type] # forwarded


@pytest.mark.parametrize(
    ("words", "rank"),
    [("niêm yết", 0), ("niem yet", 1), ("yết niê", 0), ("NIEM", 1), ("iêm", None), ("", None), ("niêm không", None)],
)
def test_words_agree_with_a_text_at_the_beginning_of_its_words(words: str, rank: int | None) -> None:
    assert agreement(words, "III.2 Niêm yết, công khai") == rank


def test_items_of_the_open_inspection_come_with_their_results(laptop: Laptop, inspection: str) -> None:
    laptop.desk.perform(
        "answer_item", {"item": "X-III.2", "result": {"numerator": 1, "denominator": 10}}, inspection=inspection
    )
    (found, *_) = hits(laptop.desk, "niem yet", kinds=("item",), here=inspection)
    assert (found.text[:16], found.sign, found.inspection) == ("X-III.2 Niêm yết", "not_met", inspection)
    assert hits(laptop.desk, "niem yet", kinds=("item",)) == []


def test_a_finding_is_told_apart_by_its_unit(laptop: Laptop, inspection: str) -> None:
    made = laptop.desk.perform(
        "add_finding", {"kind": "shortcoming", "content": "Chưa niêm yết đường dây nóng"}, inspection=inspection
    )
    (found,) = hits(laptop.desk, "duong day nong", kinds=("finding",))
    assert (found.record, found.sign, found.detail[:4]) == (made.ref, "shortcoming", "UBND")


def test_remarks_of_other_inspections_name_their_item(laptop: Laptop, inspection: str) -> None:
    laptop.desk.perform("remark_item", {"item": "X-I.1", "remark": "Kế hoạch ban hành muộn"}, inspection=inspection)
    (found,) = hits(laptop.desk, "ban hành muộn", kinds=("item",))
    assert (found.text, found.detail.split(" · ")[0]) == ("Kế hoạch ban hành muộn", "X-I.1")


def test_units_and_checklists_are_found(laptop: Laptop) -> None:
    (unit, *_) = hits(laptop.desk, "cai be", kinds=("unit",))
    assert (unit.text, unit.record, unit.detail) == ("Xã Cái Bè", "28360", "tỉnh Đồng Tháp · 28360")
    assert {hit.kind for hit in hits(laptop.desk, "niem yet", kinds=("checklist",))} == {"checklist"}


def test_a_group_is_short_and_says_how_many_there_are(laptop: Laptop) -> None:
    (few,) = quick_find(laptop.desk, "tan", kinds=("unit",))
    (many,) = quick_find(laptop.desk, "tan", kinds=("unit",), most=MANY)
    assert len(few.hits) == FEW < few.total == many.total
    assert few.hits == many.hits[:FEW]


@pytest.mark.parametrize("words", ["", "  ", "́", '"', "*", "'"])
def test_any_text_is_a_question(laptop: Laptop, words: str) -> None:
    assert isinstance(quick_find(laptop.desk, words), list)
