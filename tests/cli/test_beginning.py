"""``start`` and ``slots``: a laptop's first day, and the ways into its data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from tests.cli.conftest import Office
from tests.cli.run import Ran, Script, run

WHO = ("--name", "Nguyễn Văn An", "--agency", "Sở Nội vụ", "--office", "UBND tỉnh")


class Forgetful(KeyringBackend):
    """A system keychain that can lose what it was given."""

    priority = 5

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.kept.pop((service, username), None)


@pytest.fixture
def keychain() -> Iterator[Forgetful]:
    before, mine = keyring.get_keyring(), Forgetful()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(before)


def start(home: Path, *words: object, answers: tuple[str, ...] = ()) -> tuple[Ran, Script]:
    script = Script(answers)
    return run("--home", home, "start", *words, prompter=script), script


def test_without_a_terminal_nothing_is_begun(fast_tmp: Path) -> None:
    ran, script = start(fast_tmp / "home", *WHO, "--passphrase")
    assert (ran.code, ran.out) == (1, "")
    assert "recovery-code-not-typed" in ran.err
    assert not (fast_tmp / "home").exists()
    assert len(script.asked) == 1


def test_name_agency_and_office_are_asked_for(fast_tmp: Path) -> None:
    _, script = start(fast_tmp / "home", answers=("An", "Sở Nội vụ", "Tỉnh"))
    assert script.asked[:3] == ["Họ và tên của bạn:", "Cơ quan công tác:", "Tỉnh hoặc văn phòng:"]


def test_the_recovery_code_is_typed_back(fast_tmp: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from inspector.services import door
    from inspector.system.recovery_code import new_code

    code, other = new_code(), new_code()
    monkeypatch.setattr(door, "new_recovery_code", lambda: code)
    ran, script = start(
        fast_tmp / "home", *WHO, "--key-file", fast_tmp / "k", answers=("hmm", other, code.lower().replace("-", " "))
    )
    assert ran.code == 0
    assert code in ran.err
    assert code not in ran.out
    assert re.findall(r"\[([a-z-]+)\]", ran.err) == ["recovery-code-length", "recovery-code-other"]
    assert len(script.asked) == 3


def test_three_wrong_codes_and_nothing_is_made(fast_tmp: Path) -> None:
    ran, _ = start(fast_tmp / "home", *WHO, "--key-file", fast_tmp / "k", answers=("a", "b", "c"))
    assert ran.code == 1
    assert not (fast_tmp / "home").exists()


def test_one_way_in_is_not_enough(fast_tmp: Path) -> None:
    ran, _ = start(fast_tmp / "home", *WHO, "--recovery-to", fast_tmp / "code.txt")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.endswith("[too-few-ways]\n")


def test_a_key_is_never_written_over_a_file(fast_tmp: Path) -> None:
    (fast_tmp / "letter.txt").write_text("giữ lại", encoding="utf-8")
    ran, _ = start(fast_tmp / "home", *WHO, "--key-file", fast_tmp / "k", "--recovery-to", fast_tmp / "letter.txt")
    assert ran.err.endswith("[file-exists]\n")
    assert (fast_tmp / "letter.txt").read_text(encoding="utf-8") == "giữ lại"


def test_a_workspace_is_begun_once(office: Office, fast_tmp: Path) -> None:
    again = office.run("start", *WHO, "--recovery-to", fast_tmp / "other.txt")
    assert (again.code, (fast_tmp / "other.txt").exists()) == (1, False)
    assert again.err.endswith("[workspace-exists]\n")


def test_without_any_key_the_ways_in_are_named(office: Office) -> None:
    ran = run("--home", office.home, "list", "acts")
    assert (ran.code, ran.out) == (1, "")
    assert "Traceback" not in ran.err


def test_the_recovery_code_opens_when_the_keychain_has_forgotten(fast_tmp: Path, keychain: Forgetful) -> None:
    home, paper = fast_tmp / "home", fast_tmp / "code.txt"
    assert start(home, *WHO, "--recovery-to", paper)[0].code == 0
    assert run("--home", home, "list", "inspections").code == 0
    keychain.kept.clear()
    script = Script([paper.read_text(encoding="utf-8").strip()])
    assert run("--home", home, "list", "inspections", prompter=script).code == 0
    assert [question.split(".")[0] for question in script.asked] == ["Kho khóa của máy không còn giữ khóa của dữ liệu"]


def test_the_recovery_code_may_come_from_the_environment(
    fast_tmp: Path, keychain: Forgetful, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, paper = fast_tmp / "home", fast_tmp / "code.txt"
    start(home, *WHO, "--recovery-to", paper)
    keychain.kept.clear()
    monkeypatch.setenv("INSPECTOR_RECOVERY_CODE", paper.read_text(encoding="utf-8").strip())
    assert run("--home", home, "list", "inspections").code == 0
    shown = run("--home", home, "slots", "list", "--json")
    assert (shown.code, {way["kind"]: way["state"] for way in shown.data}) == (
        1,
        {"keychain": "lost", "recovery": "unchecked"},
    )
    assert run("--home", home, "slots", "add", "--keychain").code == 0
    monkeypatch.delenv("INSPECTOR_RECOVERY_CODE")
    assert run("--home", home, "list", "inspections").code == 0


def test_a_passphrase_opens_too(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INSPECTOR_KEY_FILE", raising=False)
    key = office.key_file.read_bytes()
    answers = ["một câu thật dài để nhớ"] * 2
    assert office.run("slots", "add", "--passphrase", answers=answers).code == 0
    monkeypatch.setenv("INSPECTOR_PASSPHRASE", answers[0])
    assert run("--home", office.home, "list", "inspections").code == 0
    assert office.key_file.read_bytes() == key


def test_the_passphrase_of_the_variable_is_the_new_one_when_one_is_added(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INSPECTOR_PASSPHRASE", "một câu thật dài để nhớ")
    assert office.run("list", "inspections").err.endswith("[no-passphrase-slot]\n")
    assert office.run("slots", "add", "--passphrase").code == 0
    monkeypatch.delenv("INSPECTOR_KEY_FILE", raising=False)
    assert run("--home", office.home, "list", "inspections").code == 0


def test_a_way_in_is_taken_away_but_never_the_last_but_one(office: Office) -> None:
    ways = {way["kind"]: way["id"] for way in office.run("slots", "list", "--json").data}
    assert set(ways) == {"key_file", "recovery"}
    ran = office.run("slots", "remove", ways["recovery"])
    assert ran.err.endswith("[too-few-ways]\n")
    office.run("slots", "add", "--new-key-file", office.home.parent / "second.key")
    assert office.run("slots", "remove", ways["recovery"]).code == 0
    assert [way["kind"] for way in office.run("slots", "list", "--json").data] == ["key_file", "key_file"]
