"""``seal``, ``verify-seal`` and ``void-seal`` at the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Office
from tests.cli.run import lines
from tests.cli.test_printing import OPENED, READY


@pytest.fixture
def ready(office: Office) -> Office:
    opened = {"id": "a", "act": "open_inspection", "with": OPENED}
    assert office.run("record", source=lines(opened, *READY)).code == 0
    return office


def test_sealed_printed_checked_and_touched(ready: Office, tmp_path: Path) -> None:
    out = tmp_path / "bien-ban.docx"
    sealed = ready.run("seal", "@a", "--out", out, "--json")
    assert (sealed.code, sealed.data["files"]) == (0, [str(out)])
    code = sealed.data["code"]
    for wanted in (code, code.lower().replace("-", ""), sealed.data["root"], str(out)):
        checked = ready.run("verify-seal", wanted)
        assert (checked.code, checked.out) == (0, "Khớp niêm phong.\n")
    layout = ready.run("check-document", out, "--json")
    assert [problem["sentence"] for problem in layout.data if problem["severity"] != "advice"] == []
    out.write_bytes(out.read_bytes() + b" ")
    touched = ready.run("verify-seal", out, "--json")
    assert (touched.code, touched.data["findings"][0]["code"]) == (1, "seal-file-differs")
    assert ready.run("verify-seal", "nothing").code == 2


def test_the_matrix_shows_this_laptop(ready: Office) -> None:
    (line, *_rest) = ready.run("seal", "@a", "--matrix", "--json").data
    assert (line["name"], line["handed"], line["only_there"]) == ("Nguyễn Văn An", "here", 0)
    assert "máy này" in ready.run("seal", "@a", "--matrix").out


def test_what_must_be_done_first_is_named(office: Office) -> None:
    assert office.run("record", source=lines({"id": "a", "act": "open_inspection", "with": OPENED})).code == 0
    refused = office.run("seal", "@a")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.endswith("[seal-not-ready]\n")


def test_one_person_alone_only_proposes_to_take_it_back(ready: Office) -> None:
    code = ready.run("seal", "@a").out.strip()
    said = ready.run("void-seal", "@a", code, "--why", "Chốt nhầm")
    assert (said.code, said.out) == (0, "Đã ghi đề nghị hủy. Cần người thứ hai xác nhận trên máy của họ.\n")
    assert ready.run("verify-seal", code).code == 0
