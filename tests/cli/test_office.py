"""``hub``: an office's server, from being made to being rehearsed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.run import run


@pytest.fixture
def hub(tmp_path: Path) -> str:
    made = run("hub", "init", tmp_path / "hub", "--name", "Sở Nội vụ", "--halves-to", tmp_path)
    assert made.code == 0, made.err
    return str(tmp_path / "hub")


def test_a_hub_is_made_backed_up_rehearsed_and_restored(hub: str, tmp_path: Path) -> None:
    assert run("hub", "admit", hub, "ab" * 32).code == 0
    kept = run("hub", "backup", hub, "--json").data
    assert (kept["spaces"], kept["missing"]) == (0, 0)
    assert run("hub", "drill", hub, "--json").data["good"]
    assert run("hub", "restore", str(tmp_path / "again"), "--from", kept["folder"]).code == 0
    state = run("hub", "status", str(tmp_path / "again"), "--json").data
    assert (state["name"], state["records"]) == ("Sở Nội vụ", 0)


def test_the_halves_go_to_two_files(hub: str, tmp_path: Path) -> None:
    halves = [(tmp_path / f"half-{number}.txt").read_text() for number in (1, 2)]
    assert [half.count("-") for half in halves] == [17, 17]
    assert halves[0] != halves[1]


@pytest.mark.parametrize(
    "words",
    [["init", "new"], ["restore", "new"], ["admit", "new", "12"], ["admit", "new"]],
    ids=["no name", "no source", "no root", "nothing"],
)
def test_what_is_missing_is_told(words: list[str], tmp_path: Path) -> None:
    ran = run("hub", words[0], tmp_path / words[1], *words[2:])
    assert (ran.code, "[wrong-use]" in ran.err) == (2, True)


def test_a_hub_that_is_not_there_is_said_to_be(tmp_path: Path) -> None:
    ran = run("hub", "status", str(tmp_path / "none"))
    assert (ran.code, "[hub-missing]" in ran.err) == (1, True)


def test_somebody_is_invited_to_a_hub(hub: str, tmp_path: Path) -> None:
    who = ["--name", "Nguyễn Văn An", "--agency", "Sở Nội vụ", "--address", "hub.vn"]
    made = run("hub", "invite", hub, tmp_path / "an.cchc-moi", *who, "--json").data
    assert (made["name"], len(made["code"]), (tmp_path / "an.cchc-moi").is_file()) == ("Nguyễn Văn An", 19, True)
    assert "chưa có máy nào đến" in run("hub", "invited", hub).out
    assert run("hub", "revoke", hub, made["id"][-8:]).code == 0
    assert run("hub", "invited", hub, "--json").data[0]["revoked"]
    again = run("hub", "invite", hub, tmp_path / "an.cchc-moi", *who)
    lacking = run("hub", "invite", hub, tmp_path / "b.cchc-moi")
    assert ("[file-exists]" in again.err, "thiếu --name" in lacking.err) == (True, True)
