"""``package``: written, looked at, taken in or not, confirmed; and the same told to programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Office
from tests.cli.run import lines, run

pytestmark = pytest.mark.usefixtures("little_work")

CODE = "7K2M-QX4T-9FHD-R3WA"
OPENED = {
    "id": "1", "act": "open_inspection",
    "with": {"unit": "28360", "form": "on_site", "visit_date": "2026-11-26"},
}  # fmt: skip


@pytest.fixture
def full(office: Office) -> Office:
    assert office.run("record", source=lines(OPENED)).code == 0
    return office


@pytest.fixture
def other(tmp_path: Path) -> Office:
    made = Office(tmp_path / "other", tmp_path / "other.key")
    begun = made.run(
        "start", "--name", "Trần Thị Bình", "--agency", "Sở Tư pháp", "--office", "UBND tỉnh",
        "--recovery-to", tmp_path / "other.txt",
    )  # fmt: skip
    assert begun.code == 0, begun.err
    return made


def test_a_package_goes_there_and_its_receipt_comes_back(full: Office, other: Office, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    written = full.run("package", "write", stick, "@1", "--code", CODE)
    assert (written.code, f"Mã mở gói: {CODE}" in written.out) == (0, True), written.err
    taken = other.run("package", "read", stick, answers=[CODE.lower(), "có"])
    assert taken.code == 0, taken.err
    assert "Người ghi gói: Nguyễn Văn An – Sở Nội vụ" in taken.out
    assert "Thêm vào máy này: 2 thay đổi mới, 0 ảnh và tệp; 0 thay đổi đã có, bỏ qua" in taken.out
    assert "Đã nhận 2 thay đổi" in taken.out
    assert len(other.run("list", "inspections", "--json").data) == 1
    back = full.run("package", "receipt", stick)
    assert back.out.startswith("Máy của Trần Thị Bình (Sở Tư pháp) đã nhận gói CCHC_")
    (where,) = full.run("list", "copies", "--json").data
    assert (where["changes"], where["changes_only_here"], where["lead"], where["office"]) == (
        2,
        0,
        "not-told",
        "not-told",
    )
    assert "chưa báo" in full.run("list", "copies").out
    again = other.run("package", "read", stick, "--code", CODE, "--yes")
    assert "không có gì mới" in again.out


def test_a_package_for_a_laptop_holds_what_it_may_read(full: Office, other: Office, tmp_path: Path) -> None:
    assert other.run("record", source=lines(OPENED)).code == 0
    other.run("package", "write", tmp_path / "stick", "--all", "--code", CODE)
    assert full.run("package", "read", tmp_path / "stick", "--code", CODE, "--yes").code == 0
    (laptop,) = full.run("list", "laptops", "--json").data
    back = full.run("package", "write", tmp_path / "next", "--all", "--to", "trần thị bình")
    assert back.code == 0, back.err
    assert "Khóa cho máy của: Trần Thị Bình" in back.out
    assert "Không ghi 1 cuộc kiểm tra mà máy nhận không được xem." in back.err
    looked = other.run("package", "read", tmp_path / "next", "--yes", "--json").data
    assert [visit["is_new"] for visit in looked["preview"]["visits"]] == [False]
    refused = full.run("package", "write", tmp_path / "third", "@1", "--to", laptop["id"])
    assert refused.code != 0
    assert "máy của Trần Thị Bình không được xem cuộc kiểm tra" in refused.err


def test_nothing_is_taken_where_nobody_says_yes(full: Office, other: Office, tmp_path: Path) -> None:
    full.run("package", "write", tmp_path / "stick", "@1", "--code", CODE)
    looked = other.run("package", "read", tmp_path / "stick", "--code", CODE)
    assert (looked.code, looked.err) == (1, "Chưa nhận gì.\n")
    assert other.run("list", "inspections", "--json").data == []


def test_programs_get_the_same_as_people(full: Office, other: Office, tmp_path: Path) -> None:
    written = full.run("package", "write", tmp_path / "stick", "@1", "--json").data
    assert (written["files"], written["changes"], len(written["code"])) == (2, 2, 19)
    taken = other.run("package", "read", tmp_path / "stick", "--code", written["code"], "--yes", "--json").data
    assert (taken["preview"]["sender"], taken["taken"]["changes"]) == ("Nguyễn Văn An", 2)
    (found,) = full.run("package", "receipt", taken["receipt"], "--json").data
    assert found["name"] == "Trần Thị Bình"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("write", "stick"), "package-of-nothing"),
        (("write", "stick", "@1", "--to", "ai đó"), "package-laptop-unknown"),
        (("read", "nowhere"), "package-missing"),
        (("receipt", "."), "receipt-missing"),
    ],
)
def test_what_cannot_be_done_has_a_sentence(full: Office, tmp_path: Path, words: tuple[str, ...], code: str) -> None:
    given = [str(tmp_path / word) if word in ("stick", "nowhere", ".") else word for word in words]
    ran = full.run("package", *given)
    assert (ran.code, ran.err.splitlines()[-1].endswith(f"[{code}]")) == (1, True), ran.err


def test_package_alone_is_wrong_use() -> None:
    assert run("package").err.endswith("[wrong-use]\n")
