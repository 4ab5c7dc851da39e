"""The editable list of departments and vertical agencies."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from inspector.domain.departments import department_list_bytes, parse_departments
from inspector.domain.errors import BadInput

SHIPPED = (Path(__file__).parents[2] / "resources/departments/departments.json").read_bytes()
LIST = parse_departments(SHIPPED)
OLD, NEW = date(2022, 6, 1), date(2026, 11, 22)


def test_departments_of_2022_and_of_today() -> None:
    then = {d.name for d in LIST.on(OLD, "department")}
    now = {d.name for d in LIST.on(NEW, "department")}
    assert {"Sở Nội vụ", "Thanh tra tỉnh"} <= then & now
    assert "Sở Thông tin và Truyền thông" in then - now
    assert "Sở Nông nghiệp và Môi trường" in now - then


def test_who_took_over_a_department() -> None:
    assert [d.name for d in LIST.successors("information_and_communications")] == ["Sở Khoa học và Công nghệ"]
    assert LIST.successors("home_affairs") == ()


def test_vertical_agencies_are_a_level_of_their_own() -> None:
    assert "tax" in {d.key for d in LIST.on(NEW, "vertical_agency")}


def test_find_without_marks_among_those_that_stand() -> None:
    assert [d.key for d in LIST.find("so noi vu")] == ["home_affairs"]
    assert LIST.find("tài nguyên") == ()
    assert [d.key for d in LIST.find("tài nguyên", on=OLD)] == ["natural_resources_and_environment"]


def test_snapshot_has_the_keys_of_a_unit() -> None:
    assert LIST.snapshot("home_affairs", NEW, "tỉnh Đồng Tháp") == {
        "code": "home_affairs",
        "kind": "",
        "name": "Sở Nội vụ",
        "level": "department",
        "parent_name": "tỉnh Đồng Tháp",
        "body_name": "Sở Nội vụ",
        "head_title": "Giám đốc Sở Nội vụ",
        "as_of": "2026-11-22",
    }


def test_an_unknown_department_is_refused() -> None:
    with pytest.raises(BadInput, match="department-unknown"):
        LIST.department("witchcraft")


def test_a_list_has_one_byte_form() -> None:
    content = department_list_bytes(LIST)
    assert parse_departments(content) == LIST
    assert department_list_bytes(parse_departments(content)) == content


ROW = {"key": "a", "name": "Sở A", "level": "department"}


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        ([{**ROW, "key": "Sai"}], "departments[1]"),
        ([{**ROW, "level": "commune"}], "departments[1]"),
        ([{**ROW, "name": " "}], "departments[1]"),
        ([{**ROW, "valid_to": "hôm qua"}], "departments[1]"),
        ([{**ROW, "unknown": "x"}], "departments[1]"),
        ([ROW, ROW], "departments"),
        ([{**ROW, "successors": ["b"]}], "departments"),
        (5, "JSON"),
    ],
)
def test_a_wrong_list_is_refused_with_its_place(rows: object, where: str) -> None:
    content = json.dumps({"format": "inspector-departments-1", "title": "t", "version": "1", "departments": rows})
    with pytest.raises(BadInput) as caught:
        parse_departments(content.encode())
    assert (caught.value.code, caught.value.params["where"]) == ("department-list-unreadable", where)
