"""``list``, ``show``, ``search``: what people and programs read."""

from __future__ import annotations

from typing import Any

import pytest

from inspector.cli.looking import _COLUMNS
from inspector.services.overview import LISTS
from tests.cli.conftest import Office
from tests.cli.run import lines

OPENED = {"unit": "82/construction", "form": "on_site", "visit_date": "2026-09-15"}
FOUND = {"kind": "shortcoming", "item": "S-I.3", "content": "Báo cáo gửi chậm"}
ASKED = {"finding": "@ph", "content": "Gửi đúng hạn", "responsible": "Văn phòng Sở"}


def told(identity: str, act: str, **given: object) -> dict[str, Any]:
    return {"id": identity, "act": act, "inspection": "@kt", "with": given}


VISIT = (
    {"id": "kt", "act": "open_inspection", "with": OPENED},
    told("tv", "add_member", name="Lê Quốc Việt", role="lead", attendance={"present": False}),
    told("ph", "add_finding", **FOUND),
    told("kn", "add_recommendation", **ASKED),
    told("kb", "add_signer", side="team", position="TRƯỞNG ĐOÀN", name="Lê Quốc Việt"),
    {"id": "np", "act": "save_person", "with": {"name": "Trần Thị Hải Yến", "agency": "Sở Tư pháp"}},
)


@pytest.fixture
def visited(office: Office) -> Office:
    assert office.run("record", source=lines(*VISIT)).code == 0
    return office


def test_every_kind_can_be_listed_both_ways(visited: Office) -> None:
    assert set(_COLUMNS) == set(LISTS)
    for kind, columns in _COLUMNS.items():
        rows = visited.run("list", kind, "--json", "--limit", 3)
        assert (rows.code, rows.err) == (0, "")
        assert all(set(columns) <= set(row) for row in rows.data)
        assert len(visited.run("list", kind, "--limit", 3).out.splitlines()) == len(rows.data)


def test_inspections_are_listed_for_people(visited: Office) -> None:
    [line] = visited.run("list", "inspections").out.splitlines()
    assert line.split("  ")[1:] == ["15/09/2026", "trực tiếp", "đang kiểm tra", "1", "Sở Xây dựng"]


def test_a_list_is_narrowed(visited: Office) -> None:
    assert visited.run("list", "inspections", "--state", "planned", "--json").data == []
    assert visited.run("list", "inspections", "--state", "signed", "--json").data == []
    assert len(visited.run("list", "inspections", "--text", "xay dung", "--json").data) == 1
    assert visited.run("list", "findings", "--inspection", "@kt", "--json").data[0]["content"] == "Báo cáo gửi chậm"
    assert [unit["code"] for unit in visited.run("list", "units", "--text", "82", "--limit", 1, "--json").data] == [
        "82"
    ]


def test_an_inspection_is_shown_to_people(visited: Office) -> None:
    shown = visited.run("show", "@kt")
    assert shown.code == 0
    assert "Đơn vị: Sở Xây dựng\n" in shown.out
    assert "Ngày kiểm tra: 15/09/2026\n" in shown.out
    assert "  Lê Quốc Việt (vắng)\n" in shown.out
    assert "  [tồn tại, hạn chế] Báo cáo gửi chậm\n      → Gửi đúng hạn (Văn phòng Sở)\n" in shown.out


def test_an_inspection_is_found_by_id_by_its_beginning_and_by_its_line(visited: Office) -> None:
    [row] = visited.run("list", "inspections", "--json").data
    by_id, by_beginning, by_line = (
        visited.run("show", name, "--json").data for name in (row["id"], row["id"][:6], "@kt")
    )
    assert by_id == by_beginning == by_line
    assert by_id["findings"][0]["recommendations"][0]["responsible"] == "Văn phòng Sở"
    assert by_id["visit_date"] == "2026-09-15"
    assert by_id["disagreements"] == []


@pytest.mark.parametrize("name", ["abcdef", "a", "@none", "0" * 36])
def test_what_is_not_there_is_said(visited: Office, name: str) -> None:
    shown = visited.run("show", name)
    assert (shown.code, shown.out) == (1, "")
    assert shown.err.endswith("[inspection-not-found]\n")


def test_search_finds_with_and_without_marks(visited: Office) -> None:
    for words in ("gửi chậm", "GUI CHAM", "bao cao gui ch"):
        [hit] = visited.run("search", *words.split(), "--json").data
        assert (hit["entity"], hit["field"], hit["text"]) == ("finding", "content", "Báo cáo gửi chậm")
    assert "Phát hiện" in visited.run("search", "gửi chậm").out


def test_search_that_finds_nothing_says_no(visited: Office) -> None:
    nothing = visited.run("search", "không-có-chữ-này")
    assert (nothing.code, nothing.out) == (1, "")
