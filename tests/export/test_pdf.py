"""PDF comes from what is installed, or a sentence says what to do by hand."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from inspector.domain.errors import Unavailable
from inspector.export import pdf
from inspector.export.minutes_docx import Composed
from inspector.export.pdf import to_pdf


def program(folder: Path, body: str) -> str:
    """A stand-in for LibreOffice, which takes the same arguments."""
    path = folder / "office"
    path.write_text(f"#!{sys.executable}\nimport sys, time, pathlib\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "biên bản.docx"
    path.write_bytes(b"docx")
    return path


def failure(document: Path, **options: float) -> Unavailable:
    with pytest.raises(Unavailable) as caught:
        to_pdf(document, document.with_suffix(".pdf"), **options)
    assert not document.with_suffix(".pdf").exists()
    return caught.value


def test_without_a_converter_the_sentence_says_so(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "libreoffice", lambda: None)
    assert failure(document).code == "pdf-no-converter"


def test_status_0_without_a_file_is_no_success(document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "libreoffice", lambda: program(tmp_path, "sys.exit(0)"))
    assert failure(document).code == "pdf-failed"


def test_a_converter_that_hangs_is_ended(document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "libreoffice", lambda: program(tmp_path, "time.sleep(60)"))
    error = failure(document, seconds=0.5)
    assert (error.code, error.params["file"]) == ("pdf-failed", "biên bản.docx")
    assert "không xong" in str(error.params["reason"])


def test_a_converter_that_cannot_be_started_is_a_sentence(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "libreoffice", lambda: "/khong/co/soffice")
    assert failure(document).code == "pdf-failed"


def test_what_the_converter_made_is_put_into_place(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = (
        "out = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\n"
        "out.mkdir()\n"
        "(out / 'document.pdf').write_bytes(b'%PDF-1.7 ' + pathlib.Path(sys.argv[-1]).read_bytes())"
    )
    monkeypatch.setattr(pdf, "libreoffice", lambda: program(tmp_path, body))
    out = to_pdf(document, tmp_path / "bien-ban.pdf")
    assert out.read_bytes() == b"%PDF-1.7 docx"


PAGES = {"empty": 3, "full": 17, "remote": 6, "six_signers": 6, "long_names": 6, "supplement": 2}


@pytest.mark.pages
@pytest.mark.parametrize("name", PAGES)
def test_pages_are_as_many_as_were_looked_at(name: str, composed: Callable[[str], Composed], tmp_path: Path) -> None:
    """A page more or less is looked at before this number is changed."""
    made = converted(composed(name).data, tmp_path)
    info = subprocess.run(["pdfinfo", made], check=True, capture_output=True, text=True).stdout
    assert re.search(r"Pages: +(\d+)", info).group(1) == str(PAGES[name])  # type: ignore[union-attr]  # pdfinfo prints it


@pytest.mark.pages
def test_only_the_serif_family_is_drawn(composed: Callable[[str], Composed], tmp_path: Path) -> None:
    made = converted(composed("awkward").data, tmp_path)
    listed = subprocess.run(["pdffonts", made], check=True, capture_output=True, text=True).stdout.splitlines()[2:]
    families = {line.split()[0].partition("+")[2].partition("-")[0] for line in listed}
    assert families <= {"LiberationSerif", "TimesNewRoman", "TimesNewRomanPSMT", "TimesNewRomanPS"}


@pytest.mark.pages
def test_signatures_are_never_alone_on_a_page(composed: Callable[[str], Composed], tmp_path: Path) -> None:
    for name in ("full", "six_signers", "remote", "empty"):
        pages = text_of(converted(composed(name).data, tmp_path)).split("\f")
        (signed,) = [page for page in pages if "(Ký, ghi rõ họ tên)" in page]
        assert "bản có giá trị như nhau" in " ".join(signed.split())
        assert "Nơi nhận:" in signed


@pytest.mark.pages
def test_page_numbers_begin_on_the_second_page_of_every_part(
    composed: Callable[[str], Composed], tmp_path: Path
) -> None:
    pages = text_of(converted(composed("full").data, tmp_path)).split("\f")[:-1]
    first_lines = [page.strip().split("\n")[0].strip() for page in pages]
    assert first_lines[:5][1:] == ["2", "3", "4", "5"]
    begun = [at for at, page in enumerate(pages) if re.match(r"\s*Phụ lục [IV]+\n", page)]
    assert len(begun) == 5
    assert all(first_lines[at + 1] == "2" for at in begun if at + 1 < len(pages) and at + 1 not in begun)


def text_of(made: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", made, "-"], check=True, capture_output=True, text=True).stdout


def converted(data: bytes, folder: Path) -> Path:
    source = folder / "document.docx"
    source.write_bytes(data)
    return to_pdf(source, folder / "document.pdf")
