from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.domain.changeset import Json
from inspector.storage import search
from inspector.storage.workspace import Workspace
from tests.storage import office
from tests.storage.office import change, field, write


def texts(workspace: Workspace, words: str) -> list[str]:
    return [hit.text for hit in workspace.search(words)]


@pytest.fixture
def findings(workspace: Workspace, space: str) -> list[str]:
    written = [
        "Hồ sơ trễ hạn chưa có văn bản xin lỗi",
        "Ho so tre han, viết không dấu",
        "Bộ phận Một cửa niêm yết đầy đủ thủ tục",
        "Tỉnh Đồng Tháp đạt 95/100 điểm",
    ]
    for number, text in enumerate(written):
        write(workspace, space, field("finding", f"f{number}", "content", text))
    return written


def test_words_are_found_without_their_marks(workspace: Workspace, findings: list[str]) -> None:
    assert set(texts(workspace, "ho so tre")) == {findings[0], findings[1]}
    assert texts(workspace, "dong thap") == [findings[3]]
    assert texts(workspace, "dat diem") == [findings[3]]


def test_words_with_the_marks_as_typed_come_first(workspace: Workspace, findings: list[str]) -> None:
    assert texts(workspace, "hồ sơ trễ") == [findings[0], findings[1]]
    assert [hit.exact for hit in workspace.search("hồ sơ trễ")] == [True, False]


def test_capitals_and_decomposed_marks_make_no_difference(workspace: Workspace, findings: list[str]) -> None:
    assert texts(workspace, "ĐỒNG THÁP") == [findings[3]]
    assert texts(workspace, unicodedata.normalize("NFD", "Đồng Tháp")) == [findings[3]]


def test_the_last_word_may_be_half_typed(workspace: Workspace, findings: list[str]) -> None:
    assert texts(workspace, "bộ phận mộ") == [findings[2]]
    assert texts(workspace, "b") == [findings[2], findings[0]]


def test_a_word_before_the_last_must_be_whole(workspace: Workspace, findings: list[str]) -> None:
    assert texts(workspace, "ph một") == []


def test_words_side_by_side_come_before_words_apart(workspace: Workspace, space: str) -> None:
    write(workspace, space, field("finding", "1", "content", "thư xin lỗi"))
    write(workspace, space, field("finding", "2", "content", "xin gửi thư, không có lỗi"))
    assert texts(workspace, "thư xin lỗi") == ["thư xin lỗi", "xin gửi thư, không có lỗi"]


def test_a_changed_text_is_found_by_its_new_words_only(workspace: Workspace, space: str, findings: list[str]) -> None:
    change(workspace, space, "finding", "f2", "content", "Trung tâm phục vụ hành chính công")
    assert texts(workspace, "mot cua") == []
    assert texts(workspace, "phuc vu") == ["Trung tâm phục vụ hành chính công"]


def test_a_deleted_record_is_not_found_until_it_comes_back(
    workspace: Workspace, space: str, findings: list[str]
) -> None:
    change(workspace, space, "finding", "f2", "_del", True)
    assert texts(workspace, "mot cua") == []
    change(workspace, space, "finding", "f2", "_del", False)
    assert texts(workspace, "mot cua") == [findings[2]]


def test_both_values_in_conflict_are_found(workspace: Workspace, space: str) -> None:
    write(workspace, space, field("finding", "f", "content", "đạt yêu cầu"))
    write(workspace, space, field("finding", "f", "content", "chưa bảo đảm"))
    assert [hit.id for hit in workspace.search("yeu cau")] == ["f"]
    assert [hit.id for hit in workspace.search("bao dam")] == ["f"]
    assert workspace.search("bao dam")[0].text == "đạt yêu cầu\nchưa bảo đảm"


def test_texts_inside_groups_are_found(workspace: Workspace, space: str) -> None:
    document: Json = {"number": "15/QĐ-UBND", "abstract": "Quyết định thành lập đoàn kiểm tra", "date": None}
    write(workspace, space, field("evidence", "e", "document", document))
    assert [(hit.entity, hit.field) for hit in workspace.search("thanh lap doan")] == [("evidence", "document")]
    assert [hit.id for hit in workspace.search("15/QĐ")] == ["e"]


def test_search_can_be_kept_to_some_entities(workspace: Workspace, space: str) -> None:
    write(workspace, space, field("finding", "f", "content", "một cửa"))
    write(workspace, space, field("comment", "c", "text", "một cửa"))
    assert [hit.id for hit in workspace.search("mot cua", entities=["comment"])] == ["c"]
    assert len(workspace.search("mot cua", entities=["comment", "finding"])) == 2
    assert workspace.search("mot cua", entities=[]) == []
    assert workspace.search("mot cua", entities=["no such"]) == []


def test_the_limit_is_kept_and_the_newest_come_first(workspace: Workspace, space: str) -> None:
    for number in range(30):
        write(workspace, space, field("finding", f"{number:02}", "content", f"hồ sơ {number}"))
    assert [hit.id for hit in workspace.search("hồ sơ", limit=3)] == ["29", "28", "27"]
    assert workspace.search("hồ sơ", limit=0) == []


def test_texts_are_found_before_and_after_they_go_into_the_index(workspace: Workspace, space: str) -> None:
    for number in range(search.MOST_WAITING + 20):
        write(workspace, space, field("finding", f"{number:04}", "content", f"hồ sơ số{number}"))
    with workspace.database.reading() as sql:
        waiting = sql.value("SELECT count(*) FROM search_new")
        indexed = sql.value("SELECT count(*) FROM search")
    assert (waiting + indexed, indexed > 0, waiting > 0) == (search.MOST_WAITING + 20, True, True)
    assert [hit.id for hit in workspace.search("so1")][:2] == ["0199", "0198"]
    assert len(workspace.search("ho so", limit=1000)) == search.MOST_WAITING + 20
    change(workspace, space, "finding", "0001", "content", "khác hẳn")
    assert "0001" not in {hit.id for hit in workspace.search("ho so", limit=1000)}


def test_what_is_left_uncommitted_is_not_found(workspace: Workspace, space: str) -> None:
    with workspace.unit_of_work() as unit:
        unit.write(space, [field("finding", "f", "content", "bỏ dở")], act="a")
        assert len(unit.search("bo do")) == 1
    assert workspace.search("bo do") == []


HOSTILE = ['"', "'", '" OR 1', "a AND", "NEAR(", "*", "a*b", "col:x", "-", "(", ")", "\0", "\ud800", "^", "{", "💥", "́"]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_string_of_this_list_is_an_error(workspace: Workspace, findings: list[str], words: str) -> None:
    assert isinstance(workspace.search(words), list)
    assert isinstance(workspace.search(f"hồ {words} sơ"), list)


def test_no_string_at_all_is_an_error(workspace: Workspace, findings: list[str]) -> None:
    @settings(max_examples=200)
    @given(st.text(st.characters(), max_size=40))
    def searches(words: str) -> None:
        workspace.search(words)
        workspace.inspections(text=words)

    searches()


def test_inspections_are_listed_with_their_counters(workspace: Workspace) -> None:
    spaces = []
    for number, name in enumerate(["Xã Long Hưng", "Phường Đông Hải", "Xã Tân Phú"]):
        space = office.open_space(workspace)
        spaces.append(space)
        write(
            workspace,
            space,
            field("inspection", space, "unit", {"name": name, "code": f"0000{number}"}),
            field("inspection", space, "visit_date", f"2026-11-0{number + 1}"),
            field("inspection", space, "status", "open" if number else "planned"),
        )
        for finding in range(number):
            write(workspace, space, field("finding", f"f{finding}", "content", "một"))
    rows = workspace.inspections()
    assert [(row.values["visit_date"], row.findings, row.signed) for row in rows] == [
        ("2026-11-03", 2, False),
        ("2026-11-02", 1, False),
        ("2026-11-01", 0, False),
    ]
    assert [row.space for row in workspace.inspections(text="dong hai")] == [spaces[1]]
    assert [row.space for row in workspace.inspections(text="xã")] == [spaces[2], spaces[0]]
    assert [row.space for row in workspace.inspections(state="planned")] == [spaces[0]]
    assert [row.space for row in workspace.inspections(limit=1, offset=1)] == [spaces[1]]
    assert (workspace.count_inspections(), workspace.count_inspections(text="tan phu")) == (3, 1)
