"""The checklist on paper."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import docx
import pytest
from docx.document import Document

from inspector.domain.checklist_file import parse_checklist
from inspector.export.blank_checklist import write_blank_checklist

COMMUNE = parse_checklist((Path(__file__).parents[2] / "resources/checklists/commune.json").read_bytes())


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("paper") / "phiếu.docx"
    write_blank_checklist(COMMUNE, path, unit="UBND xã Cái Bè & <b>")
    return path


def texts(document: Document) -> str:
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_it_is_a4_on_its_side_and_clean(file: Path) -> None:
    page = docx.Document(str(file)).sections[0]
    assert (round(page.page_width or 0, -3), round(page.page_height or 0, -3)) == (10_692_000, 7_560_000)
    run = [sys.executable, "-m", "openxml_audit", "-f", "microsoft365", str(file)]
    found = subprocess.run(run, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, ""), found.stdout
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_every_item_stands_there_once_below_its_section(file: Path) -> None:
    table = docx.Document(str(file)).tables[0]
    numbers = [row.cells[0].text for row in table.rows[1:]]
    expected = []
    for section in COMMUNE.sections:
        expected += [f"{section.code}. {section.title}", *(item.code for item in COMMUNE.items_of(section.code))]
    assert numbers == expected


def test_each_answer_has_its_box_or_line(file: Path) -> None:
    cells = {row.cells[0].text: row.cells[2].text for row in docx.Document(str(file)).tables[0].rows}
    assert cells["X-III.8"].replace("\u00a0", " ") == "☐ Có   ☐ Không"
    assert cells["X-I.2"].splitlines()[0].startswith("Số nhiệm vụ hoàn thành: …")
    assert cells["X-I.5"].splitlines()[-1].startswith("☐ Không áp dụng, lý do: …")
    assert "Vắng không lý do" in cells["X-V.4"]


def test_points_and_law_are_not_printed_unless_asked_for(file: Path, tmp_path: Path) -> None:
    words = texts(docx.Document(str(file)))
    assert "điểm)" not in words
    assert "Nghị định" not in words
    assert "None" not in words
    write_blank_checklist(COMMUNE, tmp_path / "b.docx", with_points=True)
    assert "(2 điểm)" in texts(docx.Document(str(tmp_path / "b.docx")))


def test_lists_for_dossiers_and_headcounts_are_empty(file: Path) -> None:
    _, dossiers, places, _ = docx.Document(str(file)).tables
    assert [cell.text for cell in dossiers.rows[15].cells] == ["15", *[""] * 11]
    assert len(places.rows) == 7


def test_a_member_gets_only_their_contents(tmp_path: Path) -> None:
    write_blank_checklist(COMMUNE, tmp_path / "a.docx", sections=["VI"])
    document = docx.Document(str(tmp_path / "a.docx"))
    assert [row.cells[0].text for row in document.tables[0].rows][1:3] == ["VI. Cải cách tài chính công", "X-VI.1"]
    assert len(document.tables) == 2
    assert any("Đơn vị được kiểm tra: ………" in paragraph.text for paragraph in document.paragraphs)
