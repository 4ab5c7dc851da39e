"""Inviting, revoking and settling from the command line, as an office that automates does it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Office
from tests.cli.run import Ran, lines


@pytest.fixture
def visit(office: Office) -> str:
    opened = {"unit": "28360", "form": "on_site", "visit_date": "2026-11-26"}
    begun = office.run("record", source=lines({"id": "kt", "act": "open_inspection", "with": opened}))
    return str(begun.receipts[0]["space"])


def write(office: Office, file: Path, visit: str, *more: str) -> Ran:
    said = ("--inspection", visit, "--name", "Trần Thị Hoa", "--agency", "Sở Tài chính", *more)
    return office.run("invite", "write", file, *said, "--json")


def join(folder: Path, file: Path, code: str, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Another laptop that begins with the invitation."""
    monkeypatch.setenv("INSPECTOR_INVITATION_CODE", code)
    hoa = Office(folder / "hoa", folder / "hoa.key")
    begun = hoa.run("start", "--invitation", file, "--recovery-to", folder / "hoa.txt")
    assert begun.code == 0, begun.err
    assert begun.out.splitlines()[1] == "Đã nhận giấy mời của Nguyễn Văn An. Máy này là máy của Trần Thị Hoa."
    return hoa


def test_an_invitation_is_written_and_begun_with(
    office: Office, visit: str, fast_tmp: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = fast_tmp / "hoa.cchc-moi"
    written = write(office, file, visit)
    assert written.code == 0, written.err
    hoa = join(fast_tmp, file, written.data["code"], monkeypatch)
    (person,) = hoa.run("person", "list", "--json").data
    assert (person["name"], person["agency"], person["writing"]) == ("Trần Thị Hoa", "Sở Tài chính", True)
    assert hoa.run("invite", "list", "--json").data["accepted"][0]["by"] == "Nguyễn Văn An"
    assert office.run("invite", "list").out.split("  ")[1:3] == ["Trần Thị Hoa", "chưa dùng"]
    team = office.run("show", visit, "--json").data["team"]
    assert [member["name"] for member in team] == ["Trần Thị Hoa"]


def test_it_is_accepted_later_with_its_code(office: Office, visit: str, fast_tmp: Path) -> None:
    file = fast_tmp / "hoa.cchc-moi"
    code = write(office, file, visit).data["code"]
    hoa = Office(fast_tmp / "hoa", fast_tmp / "hoa.key")
    named = ("--name", "Hoa", "--agency", "Sở Tài chính", "--office", "UBND tỉnh")
    hoa.run("start", *named, "--recovery-to", fast_tmp / "hoa.txt")
    wrong = hoa.run("invite", "accept", file, "--code", "AAAA-AAAA-AAAA-AAAA")
    assert (wrong.code, wrong.err.rsplit("[", 1)[1]) == (1, "invitation-code-mistyped]\n")
    accepted = hoa.run("invite", "accept", file, answers=[code])
    assert (accepted.code, accepted.out.splitlines()[0]) == (
        0,
        "Đã nhận giấy mời của Nguyễn Văn An. Máy này là máy của Trần Thị Hoa.",
    )


def test_laptops_are_listed_and_the_own_one_is_not_revoked(office: Office, visit: str) -> None:
    (own,) = office.run("device", "list", "--json").data
    assert (own["own"], own["name"], own["revoked"]) == (True, "Nguyễn Văn An", False)
    refused = office.run("device", "revoke", own["device"], "--reason", "mất")
    assert (refused.code, refused.err.rsplit("[", 1)[1]) == (1, "machine-own]\n")
    assert office.run("device", "revoke").code == 2
    assert office.run("device", "adopt").out == "Không có cuộc kiểm tra nào mới cần nhận.\n"


def test_people_share_a_laptop(office: Office) -> None:
    added = office.run("person", "add", "--name", "Lê Văn Nam", "--agency", "Sở Xây dựng", "--json").data
    assert [(one["name"], one["writing"]) for one in added] == [("Nguyễn Văn An", False), ("Lê Văn Nam", True)]
    chosen = office.run("person", "choose", added[0]["id"])
    assert "đang ngồi máy  Nguyễn Văn An" in chosen.out


def test_nothing_waits_and_nothing_is_settled(office: Office) -> None:
    assert office.run("quarantine", "list", "--json").data == []
    assert office.run("quarantine", "take").code == 2
    refused = office.run("quarantine", "hide", "0123456789", "--reason", "thử")
    assert (refused.code, refused.err.rsplit("[", 1)[1]) == (1, "quarantine-unknown]\n")
