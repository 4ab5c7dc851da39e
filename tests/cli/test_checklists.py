"""``checklist``: out to a workbook, in again, and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Office


def edited(file: Path, old: str, new: str) -> None:
    """Change one text of a workbook as somebody in Excel would."""
    import zipfile

    with zipfile.ZipFile(file) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    changed = {name: part.replace(old.encode(), new.encode()) for name, part in parts.items()}
    assert changed != parts
    with zipfile.ZipFile(file, "w") as book:
        for name, part in changed.items():
            book.writestr(name, part)


@pytest.fixture
def workbook(office: Office, tmp_path: Path) -> Path:
    file = tmp_path / "bo-tieu-chi.xlsx"
    ran = office.run("checklist", "export", file)
    assert (ran.code, ran.out) == (0, f"{file}\n")
    return file


def test_an_untouched_workbook_changes_nothing(office: Office, workbook: Path) -> None:
    ran = office.run("checklist", "import", workbook)
    assert (ran.code, ran.out) == (0, "Không có thay đổi so với bộ tiêu chí đang áp dụng.\n")
    assert "--adopt" in ran.err


def test_a_changed_item_is_previewed_and_adopted(office: Office, workbook: Path) -> None:
    edited(workbook, "Báo cáo CCHC định kỳ đúng hạn, đủ nội dung", "Báo cáo CCHC đúng hạn")
    before = office.run("list", "checklists", "--json").data
    shown = office.run("checklist", "import", workbook, "--json").data
    assert shown["problems"] == []
    assert shown["changes"][0] == "Sửa mục X-I.3: câu hỏi"
    assert office.run("list", "checklists", "--json").data == before
    assert office.run("checklist", "import", workbook, "--adopt", "--from", "2026-01-01").code == 0
    assert len(office.run("list", "checklists", "--json").data) == len(before) + 1


def test_a_problem_is_named_by_sheet_and_cell_and_nothing_is_adopted(office: Office, workbook: Path) -> None:
    edited(workbook, "Đầy đủ / Một phần / Chưa", "Có lẽ")
    ran = office.run("checklist", "import", workbook, "--adopt")
    assert ran.code == 1
    assert ran.out.splitlines()[0].split("  ")[0] == "Tiêu chí"
    assert ran.out.splitlines()[0].endswith("[sheet-not-in-list]")
    assert len(office.run("list", "checklists", "--json").data) == 3


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("export", "x.csv"), "out-needs-suffix"),
        (("blank", "x.xlsx"), "out-needs-suffix"),
        (("export", "x.xlsx", "--checklist", "planet"), "checklist-unknown"),
        (("export", "x.xlsx", "--checklist", "0" * 64), "checklist-unknown"),
        (("import", "none.xlsx"), "sheet-missing"),
    ],
)
def test_what_cannot_be_done_is_said(office: Office, tmp_path: Path, words: tuple[str, ...], code: str) -> None:
    what, file, *rest = words
    ran = office.run("checklist", what, tmp_path / file, *rest)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.endswith(f"[{code}]\n")


def test_a_blank_form_is_printed_for_every_level(office: Office, tmp_path: Path) -> None:
    for level in ("commune", "department", "district"):
        out = tmp_path / f"{level}.docx"
        assert office.run("checklist", "blank", out, "--checklist", level).code == 0
        assert out.read_bytes().startswith(b"PK")
