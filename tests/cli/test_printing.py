"""``minutes``, ``check-document``, ``self-test``: the paper at the end of the day."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Office
from tests.cli.run import lines, run

OPENED = {"unit": "82/construction", "form": "on_site", "visit_date": "2026-09-15"}


@pytest.fixture
def visited(office: Office) -> Office:
    visits = ({"id": key, "act": "open_inspection", "with": OPENED} for key in ("a", "b", "c"))
    gone = {"id": "gone", "act": "change_status", "inspection": "@c", "with": {"status": "cancelled", "reason": "Bão"}}
    assert office.run("record", source=lines(*visits, gone)).code == 0
    return office


def test_minutes_are_made_checked_and_listed(visited: Office, tmp_path: Path) -> None:
    out = tmp_path / "bien-ban.docx"
    made = visited.run("minutes", "@a", "--out", out)
    assert (made.code, made.out) == (0, f"{out}\n")
    assert out.read_bytes().startswith(b"PK")
    [entered] = visited.run("list", "documents", "--json").data
    assert (entered["kind"], entered["file"]["size"]) == ("draft", out.stat().st_size)
    checked = visited.run("check-document", out, "--json")
    assert [problem["sentence"] for problem in checked.data if problem["severity"] != "advice"] == []


def test_all_minutes_go_into_a_folder_of_their_own(visited: Office, tmp_path: Path) -> None:
    made = visited.run("minutes", "--all", "--out", tmp_path / "new" / "folder")
    assert made.code == 0
    assert sorted(made.out.splitlines()) == sorted(str(path) for path in (tmp_path / "new" / "folder").iterdir())
    assert len(made.out.splitlines()) == 2


@pytest.mark.parametrize(
    ("out", "code"),
    [("a.doc", "out-needs-docx"), ("folder.docx", "out-is-folder"), ("none/x.docx", "export-no-folder")],
)
def test_a_place_that_takes_no_document_is_named(visited: Office, tmp_path: Path, out: str, code: str) -> None:
    (tmp_path / "folder.docx").mkdir()
    made = visited.run("minutes", "@a", "--out", tmp_path / out)
    assert (made.code, made.out) == (1, "")
    assert made.err.endswith(f"[{code}]\n")


def test_a_folder_that_cannot_be_made_is_named(visited: Office, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    made = visited.run("minutes", "--all", "--out", tmp_path / "file" / "below")
    assert made.err.endswith("[folder-not-made]\n")


def test_what_is_no_document_fails_the_check(tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(b"Kinh gui")
    checked = run("check-document", tmp_path / "letter.docx")
    assert checked.code == 1
    assert "Traceback" not in checked.err
    missing = run("check-document", tmp_path / "none.docx")
    assert missing.err.endswith("[file-not-readable]\n")


def test_the_laptop_is_tried() -> None:
    tried = run("self-test", "--json")
    assert [trial for trial in tried.data if not trial["works"]] == []
    assert (tried.code, len(run("self-test").out.splitlines())) == (0, len(tried.data))


READY = (
    {"id": "lead", "act": "add_member", "inspection": "@a", "with": {"name": "Lê Quốc Việt", "role": "lead"}},
    {"id": "s1", "act": "add_signer", "inspection": "@a", "with": {"side": "team", "position": "TRƯỞNG ĐOÀN"}},
    {"id": "s2", "act": "add_signer", "inspection": "@a", "with": {"side": "unit", "position": "GIÁM ĐỐC"}},
    {
        "id": "why",
        "act": "settle_unchecked",
        "inspection": "@a",
        "with": {"unchecked_reason": "Kiểm tra theo chuyên đề"},
    },
)
SIGNED = (
    {"id": "sign", "act": "sign_minutes", "inspection": "@a", "with": {"date": "2026-09-16"}},
    {
        "id": "more", "act": "add_supplement", "inspection": "@a",
        "with": {"number": "6", "date": "2026-09-20", "reason": "Có số liệu mới", "content": "Thêm 03 hồ sơ trễ hẹn."},
    },
)  # fmt: skip


def test_a_draft_is_not_signed(visited: Office, tmp_path: Path) -> None:
    draft = visited.run("minutes", "@a", "--out", tmp_path / "a.docx")
    heading, first = draft.err.splitlines()[:2]
    assert heading == "  Bản dự thảo, chưa ký được:"
    assert first.startswith("  Còn 52 mục chưa kiểm tra (I.1, I.2, I.3, I.4, I.5, …).")
    signed = visited.run("record", source=lines(SIGNED[0]))
    assert (signed.code, signed.receipts[0]["code"]) == (1, "nothing-to-sign")


def test_signed_minutes_are_handed_out_and_supplemented(visited: Office, tmp_path: Path) -> None:
    out, again, more = (tmp_path / name for name in ("a.docx", "again.docx", "more.docx"))
    assert visited.run("record", source=lines(*READY)).code == 0
    visited.run("minutes", "@a", "--out", out)
    assert visited.run("record", source=lines(*SIGNED)).code == 0
    changed = visited.run("record", source=lines({**READY[0], "id": "late"}))
    assert changed.receipts[0]["code"] == "inspection-signed"
    assert visited.run("minutes", "@a", "--out", again).code == 0
    assert again.read_bytes() == out.read_bytes()
    assert visited.run("minutes", "@a", "--supplement", "@more", "--out", more).out == f"{more}\n"
    problems = visited.run("check-document", more, "--json").data
    assert [problem["sentence"] for problem in problems if problem["severity"] != "advice"] == []
    assert [row["kind"] for row in visited.run("list", "documents", "--json").data] == ["minutes", "supplement"]
