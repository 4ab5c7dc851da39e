"""The dated unit table: counts, codes that changed hands, successions, names and search."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from inspector.domain.errors import BadInput
from inspector.domain.unit_lists import compared, document, parse_document
from inspector.domain.units import Unit, UnitTable

RESOURCES = Path(__file__).parents[2] / "resources"
BEFORE, TWO_TIERS = date(2025, 6, 30), date(2025, 7, 1)
EVE, AMENDED, TODAY = date(2026, 4, 29), date(2026, 4, 30), date(2026, 11, 22)

# Province code: phường, xã, đặc khu after 30/4/2026.
COUNTS = """
01 51 75 0 | 04 3 53 0 | 08 7 117 0 | 11 3 42 0 | 12 2 36 0 | 14 8 67 0 | 15 10 89 0 | 19 15 77 0 | 20 4 61 0
22 30 22 2 | 24 33 66 0 | 25 15 133 0 | 31 45 67 2 | 33 11 93 0 | 37 32 97 0 | 38 19 147 0 | 40 11 119 0 | 42 9 60 0
44 8 69 1 | 46 21 19 0 | 48 23 70 1 | 51 9 86 1 | 52 25 110 0 | 56 16 48 1 | 66 14 88 0 | 68 20 103 1 | 75 33 62 0
79 113 54 1 | 80 14 82 0 | 82 20 82 0 | 86 19 105 0 | 91 14 85 3 | 92 31 72 0 | 96 9 55 0
"""


def read(name: str) -> bytes:
    return (RESOURCES / name).read_bytes()


@pytest.fixture(scope="module")
def table() -> UnitTable:
    return UnitTable(read)


def kinds(table: UnitTable, day: date, level: str) -> dict[str, int]:
    return dict(Counter(unit.kind for unit in table.on(day, level)))


def test_three_tiers_until_the_last_day_of_june_2025(table: UnitTable) -> None:
    assert len(table.on(BEFORE, "province")) == 63
    assert kinds(table, BEFORE, "district") == {"huyện": 508, "quận": 49, "thị xã": 52, "thành phố": 87}
    assert len(table.on(BEFORE, "commune")) == 10_035


def test_two_tiers_from_the_first_of_july_2025(table: UnitTable) -> None:
    assert kinds(table, TWO_TIERS, "province") == {"tỉnh": 28, "thành phố": 6}
    assert table.on(TWO_TIERS, "district") == ()
    assert kinds(table, TWO_TIERS, "commune") == {"xã": 2621, "phường": 687, "đặc khu": 13}


def test_the_amendment_of_30_april_2026(table: UnitTable) -> None:
    assert kinds(table, EVE, "province") == {"tỉnh": 28, "thành phố": 6}
    assert kinds(table, AMENDED, "province") == {"tỉnh": 27, "thành phố": 7}
    assert kinds(table, AMENDED, "commune") == {"xã": 2611, "phường": 697, "đặc khu": 13}


def test_every_province_has_its_communes(table: UnitTable) -> None:
    found = {}
    for province in table.on(TODAY, "province"):
        counted = Counter(unit.kind for unit in table.children(province.code, TODAY))
        found[province.code] = (counted["phường"], counted["xã"], counted["đặc khu"])
    rows = (row.split() for row in COUNTS.replace("|", "\n").strip().splitlines())
    assert found == {code: (int(a), int(b), int(c)) for code, a, b, c in rows}


def test_a_change_of_type_keeps_the_code(table: UnitTable) -> None:
    first, second = table.history("25270")[1:]
    assert (first.title, first.valid_from, first.valid_to) == ("Xã Lộc Ninh", "2025-07-01", "2026-04-30")
    assert (second.title, second.valid_from, second.valid_to) == ("Phường Lộc Ninh", "2026-04-30", "")


def test_a_code_given_again_names_another_unit(table: UnitTable) -> None:
    assert table.at("00004", BEFORE).title == "Phường Trúc Bạch"
    assert table.at("00004", TWO_TIERS).title == "Phường Ba Đình"
    assert table.at("44", BEFORE).title == "Tỉnh Quảng Bình"
    assert table.at("44", TWO_TIERS).title == "Tỉnh Quảng Trị"


def test_dates_nobody_knows_stay_empty(table: UnitTable) -> None:
    old, new = table.history("00004")
    assert (old.valid_from, old.valid_to) == ("", "2025-07-01")
    assert (new.valid_from, new.valid_to) == ("2025-07-01", "")
    assert [(u.valid_from, u.valid_to) for u in table.history("01")] == [("", "")]


@pytest.mark.parametrize(
    ("code", "title", "place"),
    [
        ("25195", "Phường Bình Phước", "thành phố Đồng Nai"),
        ("25210", "Phường Đồng Xoài", "thành phố Đồng Nai"),
        ("25222", "Xã Bù Gia Mập", "thành phố Đồng Nai"),
        ("28249", "Phường Đạo Thạnh", "tỉnh Đồng Tháp"),
        ("28261", "Phường Mỹ Tho", "tỉnh Đồng Tháp"),
        ("28321", "Xã Tân Phước 1", "tỉnh Đồng Tháp"),
        ("28360", "Xã Cái Bè", "tỉnh Đồng Tháp"),
        ("26740", "Phường Sài Gòn", "Thành phố Hồ Chí Minh"),
    ],
)
def test_codes_and_names_of_today(table: UnitTable, code: str, title: str, place: str) -> None:
    unit = table.at(code, TODAY)
    assert table.display(unit) == f"{title}, {place}"


def test_the_district_stands_between_commune_and_province_before_july_2025(table: UnitTable) -> None:
    assert table.display(table.at("28360", BEFORE)) == "Thị trấn Cái Bè, huyện Cái Bè, tỉnh Tiền Giang"


def test_a_type_before_a_number_is_capitalised(table: UnitTable) -> None:
    snapshot = table.snapshot("27160", BEFORE)
    assert table.at("27160", BEFORE).title == "Phường 1"
    assert snapshot["parent_name"] == "Quận 3, Thành phố Hồ Chí Minh"
    assert snapshot["body_name"] == "Ủy ban nhân dân Phường 1"


def test_snapshot_of_a_commune(table: UnitTable) -> None:
    assert table.snapshot("28360", TODAY) == {
        "code": "28360",
        "kind": "xã",
        "name": "Cái Bè",
        "level": "commune",
        "parent_name": "tỉnh Đồng Tháp",
        "body_name": "Ủy ban nhân dân xã Cái Bè",
        "head_title": "Chủ tịch UBND xã",
        "as_of": "2026-11-22",
    }


def test_snapshot_names_the_province_as_it_was_called_that_day(table: UnitTable) -> None:
    assert table.snapshot("25195", EVE)["parent_name"] == "tỉnh Đồng Nai"
    assert table.snapshot("25195", AMENDED)["parent_name"] == "thành phố Đồng Nai"


def test_snapshot_of_a_district_of_2022(table: UnitTable) -> None:
    snapshot = table.snapshot("819", date(2022, 5, 4))
    assert snapshot["body_name"] == "Ủy ban nhân dân huyện Cái Bè"
    assert (snapshot["level"], snapshot["parent_name"]) == ("district", "tỉnh Tiền Giang")


def test_a_unit_that_did_not_exist_that_day_is_refused(table: UnitTable) -> None:
    with pytest.raises(BadInput, match="unit-not-on-date"):
        table.at("819", TODAY)
    with pytest.raises(BadInput, match="unit-unknown"):
        table.at("99999", TODAY)


def test_successors_of_a_whole_unit(table: UnitTable) -> None:
    (found,) = table.successors("00004")
    assert (found.old.title, found.new.title, found.share) == ("Phường Trúc Bạch", "Phường Ba Đình", "whole")
    assert found.act.startswith("Nghị quyết số 1656/NQ-UBTVQH15")
    assert found.effective == "2025-07-01"


def test_predecessors_go_the_other_way(table: UnitTable) -> None:
    found = {(s.old.code, s.share) for s in table.predecessors("00004")}
    assert len(found) == 10
    assert {("00004", "whole"), ("00013", "whole"), ("00016", "part")} <= found


def test_successions_agree_in_both_directions(table: UnitTable) -> None:
    olds, news = table.on(BEFORE), table.on(TWO_TIERS)
    forth = {(s.old.code, s.new.code) for u in olds if u.level != "district" for s in table.successors(u.code)}
    back = {(s.old.code, s.new.code) for u in news for s in table.predecessors(u.code) if s.old.level != "district"}
    assert forth == back
    assert sum(len(o) == 5 for o, _ in forth) == 10_597  # and five island districts without communes


def test_a_split_unit_has_several_successors(table: UnitTable) -> None:
    split = [u for u in table.on(BEFORE, "commune") if len(table.successors(u.code)) > 1]
    assert len(split) == 471
    assert all(s.share == "part" for unit in split for s in table.successors(unit.code))


def test_a_district_went_to_the_successors_of_its_communes(table: UnitTable) -> None:
    found = [s.new.name for s in table.successors("819")]
    assert found == ["Cái Bè", "Hậu Mỹ", "Mỹ Thiện", "Hội Cư", "Mỹ Đức Tây", "Mỹ Lợi", "Thanh Hưng", "An Hữu"]


def test_an_island_district_became_a_special_zone(table: UnitTable) -> None:
    (found,) = table.successors("536")
    assert (found.old.title, found.new.title, found.share) == ("Huyện Lý Sơn", "Đặc khu Lý Sơn", "whole")


def test_merged_provinces(table: UnitTable) -> None:
    assert [s.old.name for s in table.predecessors("25")] == ["Hòa Bình", "Phú Thọ", "Vĩnh Phúc"]
    assert [(s.new.code, s.new.name) for s in table.successors("70")] == [("75", "Đồng Nai")]
    assert table.successors("01") == ()


def test_find_without_marks(table: UnitTable) -> None:
    assert [u.code for u in table.find("cai be")] == ["28360"]
    assert table.find("dong thap")[0].title == "Tỉnh Đồng Tháp"


def test_find_puts_exact_marks_first(table: UnitTable) -> None:
    found = table.find("tân thạnh", limit=4)
    assert {u.name for u in found} == {"Tân Thạnh"}
    assert table.find("Tan Thanh", limit=1)[0].name in {"Tân Thanh", "Tân Thành", "Tân Thạnh"}


def test_find_does_not_mind_where_the_tone_stands(table: UnitTable) -> None:
    assert table.find("Thanh Hoá")[0] == table.find("Thanh Hóa")[0] == table.at("38", TODAY)
    assert table.find("Biên Hoà")[0].title == "Phường Biên Hòa"


def test_find_takes_the_province_after_the_name(table: UnitTable) -> None:
    assert table.display(table.find("tân thành đồng tháp")[0]) == "Xã Tân Thành, tỉnh Đồng Tháp"


def test_find_by_code_and_date(table: UnitTable) -> None:
    assert [u.title for u in table.find("00004")] == ["Phường Ba Đình"]
    assert [u.title for u in table.find("00004", on=BEFORE)] == ["Phường Trúc Bạch"]


def test_a_shared_name_gives_every_unit(table: UnitTable) -> None:
    found = [u for u in table.find("Tân An", limit=50) if u.name == "Tân An"]
    assert len(found) == 10
    assert len({table.display(u) for u in found}) == 10


def test_levels_of_a_day(table: UnitTable) -> None:
    assert "district" in {lv.code for lv in table.levels.on(BEFORE)}
    assert "district" not in {lv.code for lv in table.levels.on(TWO_TIERS)}
    assert [k.kind for k in table.levels.kinds_on(TODAY, "commune")] == ["xã", "phường", "đặc khu"]


def own(code: str, kind: str, name: str, parent: str, valid_from: str = "", valid_to: str = "") -> Unit:
    return Unit(code, kind, name, parent, valid_from, valid_to, "own", "commune")


def test_an_own_row_without_a_date_corrects_the_standing_unit(table: UnitTable) -> None:
    mine = table.with_own([own("28360", "xã", "Cái Bè Mới", "82")])
    assert mine.at("28360", TODAY).name == mine.at("28360", TWO_TIERS).name == "Cái Bè Mới"
    assert mine.at("28360", BEFORE).title == "Thị trấn Cái Bè"
    assert table.at("28360", TODAY).name == "Cái Bè"


def test_an_own_row_with_a_date_opens_a_version(table: UnitTable) -> None:
    mine = table.with_own([own("28360", "phường", "Cái Bè", "82", "2026-10-01")])
    assert mine.at("28360", date(2026, 9, 30)).kind == "xã"
    assert mine.at("28360", date(2026, 10, 1)).kind == "phường"


def test_an_own_row_closes_a_unit_and_adds_another(table: UnitTable) -> None:
    mine = table.with_own(
        [own("28360", "xã", "Cái Bè", "82", "", "2026-10-01"), own("99001", "xã", "Mới", "82", "2026-10-01")]
    )
    with pytest.raises(BadInput, match="unit-not-on-date"):
        mine.at("28360", date(2026, 10, 1))
    assert len(mine.on(TODAY, "commune")) == 3321
    assert [u.code for u in mine.find("Mới tỉnh Đồng Tháp", limit=1)] == ["99001"]


def test_an_own_list_is_compared_row_by_row(table: UnitTable) -> None:
    rows = [
        own("28360", "xã", "Cái Bè", "82"),
        own("28261", "phường", "Mỹ Tho 1", "82"),
        own("28249", "xã", "Đạo Thạnh", "82"),
        own("28321", "xã", "Tân Phước 1", "82", "", "2026-12-01"),
        own("99001", "xã", "Mới", "82"),
    ]
    found = [change.change for change in compared(table, rows, TODAY)]
    assert found == ["unchanged", "renamed", "retyped", "closed", "added"]


def test_an_adopted_list_has_one_byte_form(table: UnitTable) -> None:
    rows = [own("99002", "xã", "B", "82"), own("99001", "xã", "A", "82")]
    content = document(rows, "Danh mục của tỉnh", "1")
    assert content == document(reversed(rows), "Danh mục của tỉnh", "1")
    assert parse_document(content, table.levels) == (rows[1], rows[0])


def listed(**changed: object) -> bytes:
    row = {**asdict(own("28360", "xã", "Cái Bè", "82")), **changed}
    return json.dumps({"format": "inspector-units-1", "units": [row]}).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        b'{"format":"inspector-units-1","units":[{}]}',
        listed(code=28360),
        listed(code="2836"),
        listed(level="province"),
        listed(valid_to="mai"),
        listed(name=None),
        listed(more="x"),
    ],
)
def test_other_bytes_are_no_list(table: UnitTable, content: bytes) -> None:
    with pytest.raises(BadInput, match="unit-list-unreadable"):
        parse_document(content, table.levels)
