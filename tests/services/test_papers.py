"""Papers as they are shown and handed out: pages without Word, copies letter by letter, scans as one file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from inspector.domain.errors import BadInput, Refused, Unavailable
from inspector.domain.pages import Page
from inspector.domain.readiness import Group
from inspector.services import papers
from inspector.services.issuing import issue_minutes
from tests.services.furnished import Furnished
from tests.services.laptops import VISIT, Laptop


def text(pages: tuple[Page, ...]) -> str:
    return " ".join("\n".join(page.text() for page in pages).split())


def test_the_pages_are_those_of_what_would_be_made_now(full: Furnished) -> None:
    shown = text(papers.pages_now(full.laptop.desk, full.inspection))
    assert "BIÊN BẢN" in shown
    assert "TÀI LIỆU TRÌNH DIỄN" in shown
    assert "Kế hoạch ban hành chậm." in shown


def test_looking_enters_nothing_in_the_log_and_leaves_no_file(full: Furnished) -> None:
    before = full.laptop.position()
    papers.pages_now(full.laptop.desk, full.inspection)
    assert full.laptop.position() == before
    assert list(full.laptop.workspace.places.temporary.iterdir()) == []


def test_signed_minutes_are_shown_as_they_were_signed(full: Furnished, tmp_path: Path) -> None:
    issue_minutes(full.laptop.desk, full.inspection, tmp_path / "b.docx")
    made = full.laptop.read(full.inspection).documents[-1]
    assert text(papers.pages_of(full.laptop.desk, made.hash)) == text(
        papers.pages_now(full.laptop.desk, full.inspection)
    )


def test_what_is_missing_is_said_in_sentences(full: Furnished) -> None:
    found = papers.standing(full.laptop.desk, full.laptop.read(full.inspection))
    assert len(found.sentences) == len(found.ready.conditions)
    must = [sentence for sentence, one in zip(found.sentences, found.ready.conditions, strict=True)
            if one.group is Group.MUST]  # fmt: skip
    assert "Chưa có người ký của đơn vị được kiểm tra." in must[-1]
    assert found.sections["method"].text == "Đối chiếu."
    assert found.proposals["method"] != "Đối chiếu."


def test_a_draft_is_made_also_when_everything_is_ready(full: Furnished, tmp_path: Path) -> None:
    made = issue_minutes(full.laptop.desk, full.inspection, tmp_path / "b.docx", draft=True)
    assert made.kind == "draft"


def test_a_copy_is_what_was_made(full: Furnished, tmp_path: Path) -> None:
    issue_minutes(full.laptop.desk, full.inspection, tmp_path / "b.docx")
    made = full.laptop.read(full.inspection).documents[-1]
    papers.save_copy(full.laptop.desk, made.hash, tmp_path / "copy.docx")
    assert (tmp_path / "copy.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_a_document_that_is_elsewhere_is_said(full: Furnished, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="blob-missing"):
        papers.save_copy(full.laptop.desk, "0" * 64, tmp_path / "copy.docx")


def test_a_draft_never_takes_the_name_of_an_earlier_one(tmp_path: Path) -> None:
    for wanted in ("a.docx", "a-2.docx", "a-3.docx"):
        found = papers.free_name(tmp_path, "a.docx")
        assert found == tmp_path / wanted
        found.touch()


def photo(folder: Path, name: str, colour: str) -> Path:
    Image.new("RGB", (300, 420), colour).save(folder / name, "JPEG")
    return folder / name


def test_photos_of_several_pages_are_one_scan(laptop: Laptop, tmp_path: Path) -> None:
    pages = [photo(tmp_path, "1.jpg", "white"), photo(tmp_path, "2.jpg", "grey")]
    with papers.scan_of(laptop.desk, pages) as scan:
        content = scan.read_bytes()
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type /Page\n") == 2
    assert not scan.exists()


def test_a_single_scan_is_kept_as_it_is(laptop: Laptop, tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4 scan")
    with papers.scan_of(laptop.desk, [tmp_path / "scan.pdf"]) as scan:
        assert scan == tmp_path / "scan.pdf"


def test_what_is_no_photo_does_not_become_a_scan(laptop: Laptop, tmp_path: Path) -> None:
    (tmp_path / "2.jpg").write_bytes(b"no photo")
    with (
        pytest.raises(BadInput, match="picture-not-recognised"),
        papers.scan_of(laptop.desk, [photo(tmp_path, "1.jpg", "white"), tmp_path / "2.jpg"]),
    ):
        pass


def test_the_folder_of_papers_is_remembered(laptop: Laptop, tmp_path: Path) -> None:
    papers.remember_folder(laptop.desk, tmp_path)
    assert papers.documents_folder(laptop.desk) == tmp_path


def test_supplementary_minutes_have_pages(full: Furnished) -> None:
    full.act("sign_minutes", date=VISIT)
    made = full.act("add_supplement", reason="Hồ sơ đến muộn", content="Bổ sung một hồ sơ.").ref
    assert "Bổ sung một hồ sơ." in text(papers.pages_of_supplement(full.laptop.desk, full.inspection, made))


def test_pages_nobody_waits_for_are_not_made(full: Furnished) -> None:
    with pytest.raises(Refused, match="export-cancelled"):
        papers.pages_now(full.laptop.desk, full.inspection, lambda: True)
