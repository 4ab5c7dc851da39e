"""Wrong files, missing files, places nobody may write to, keys that are not there: what the command line says."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Office
from tests.cli.conftest import office as office
from tests.cli.run import Ran, run
from tests.inputs.foreign import foreign

NOBODY_WRITES = "/proc/inspector"
"""Not even the owner of the machine can make anything here."""


def refused(ran: Ran, *codes: str) -> None:
    """Exit code 1 or 2, nothing on the output, one sentence on the error stream with one of these codes."""
    assert (ran.code in (1, 2), ran.out) == (True, "")
    lines = ran.err.rstrip("\n").splitlines()
    assert lines[-1].rpartition(" [")[2].rstrip("]") in codes, ran.err
    assert "Traceback" not in ran.err
    assert not lines[-1].startswith("[")


COMMANDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "record": (("record", "FILE"), ("file-not-readable",)),
    "restore": (("restore", "FILE"), ("backup-missing", "workspace-exists")),
    "check-document": (("check-document", "FILE"), ("file-not-readable",)),
    "import": (("checklist", "import", "FILE"), ("sheet-missing", "sheet-unreadable", "file-not-readable")),
    "adopt": (("checklist", "import", "FILE", "--adopt"), ("sheet-missing", "sheet-unreadable", "file-not-readable")),
}
MISSING: dict[str, Callable[[Path], str]] = {
    "none": lambda place: str(place / "none.xlsx"),
    "in no folder": lambda place: str(place / "no" / "folder" / "x.xlsx"),
    "a folder": lambda place: str(place),
    "inside a file": lambda place: str(_touched(place) / "x.xlsx"),
    "bytes that are no text": lambda place: os.fsdecode(os.fsencode(place) + b"/\xff.xlsx"),
}


def _touched(place: Path) -> Path:
    (place / "file").write_bytes(b"x")
    return place / "file"


@pytest.mark.parametrize("command", sorted(COMMANDS))
@pytest.mark.parametrize("missing", sorted(MISSING))
def test_a_file_that_is_not_there(office: Office, tmp_path: Path, command: str, missing: str) -> None:
    words, codes = COMMANDS[command]
    named = MISSING[missing](tmp_path)
    refused(office.run(*(named if word == "FILE" else word for word in words)), *codes)


@pytest.mark.parametrize("kind", sorted(foreign()))
def test_a_backup_that_is_none(tmp_path: Path, kind: str) -> None:
    (tmp_path / "file").write_bytes(foreign()[kind])
    home = tmp_path / "restored"
    refused(run("--home", home, "restore", tmp_path / "file"), "backup-not-one", "backup-damaged")
    assert not home.exists()


@pytest.mark.parametrize("command", ["record", "check-document", "import", "adopt"])
def test_files_of_other_kinds(office: Office, tmp_path: Path, command: str) -> None:
    words, _ = COMMANDS[command]
    for kind, content in foreign().items():
        (tmp_path / "file").write_bytes(content)
        ran = office.run(*(tmp_path / "file" if word == "FILE" else word for word in words))
        assert ran.code in ((0, 1) if command == "record" else (1,)), (kind, ran)
        assert "program-error" not in ran.err, (kind, ran.err)
        assert "Traceback" not in ran.err, (kind, ran.err)


@pytest.mark.parametrize("command", ["start", "demo", "restore"])
def test_a_home_nobody_may_write_to(office: Office, tmp_path: Path, command: str) -> None:
    assert office.run("backup", tmp_path / "backup").code == 0
    words: dict[str, tuple[object, ...]] = {
        "start": ("start", "--name", "An", "--agency", "Sở", "--office", "Tỉnh", "--recovery-to", tmp_path / "code"),
        "demo": ("demo",),
        "restore": ("--key-file", office.key_file, "restore", tmp_path / "backup"),
    }
    new_key = ("--key-file", tmp_path / "new.key") if command == "start" else ()
    ran = run("--home", NOBODY_WRITES, *new_key, *words[command])
    refused(ran, "not-writable", "disk-failed", "folder-not-usable", "path-refused")
    assert not (tmp_path / "code").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("backup", f"{NOBODY_WRITES}/x"),
        ("checklist", "export", f"{NOBODY_WRITES}.xlsx"),
        ("checklist", "blank", f"{NOBODY_WRITES}.docx"),
        ("slots", "add", "--recovery", "--recovery-to", f"{NOBODY_WRITES}.txt"),
        ("slots", "add", "--new-key-file", f"{NOBODY_WRITES}.key"),
        ("salvage", f"{NOBODY_WRITES}/x"),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_a_target_nobody_may_write_to(office: Office, words: tuple[str, ...]) -> None:
    before = office.run("slots", "list").out
    ran = office.run(*words)
    assert (ran.code, "Traceback" in ran.err, "program-error" in ran.err) == (1, False, False), ran.err
    assert ran.err.rstrip().endswith("]")
    assert office.run("slots", "list").out == before


KEYS: dict[str, tuple[bytes | None, tuple[str, ...]]] = {
    "none": (None, ("key-file-missing",)),
    "empty": (b"", ("key-file-unreadable",)),
    "another": (b"5" * 64 + b"\n", ("key-file-wrong",)),
    "short": (b"5" * 40, ("key-file-unreadable",)),
    "no hex": (b"z" * 64, ("key-file-unreadable",)),
    "picture": (foreign()["png"], ("key-file-unreadable",)),
    "large": (b"5" * 5_000_000, ("key-file-unreadable",)),
}


@pytest.mark.parametrize("key", sorted(KEYS))
def test_a_key_file_that_does_not_open(office: Office, tmp_path: Path, key: str) -> None:
    content, codes = KEYS[key]
    if content is not None:
        (tmp_path / "key").write_bytes(content)
    refused(run("--home", office.home, "--key-file", tmp_path / "key", "list", "inspections"), *codes)


def test_a_folder_is_no_key_file(office: Office, tmp_path: Path) -> None:
    ran = run("--home", office.home, "--key-file", tmp_path, "list", "inspections")
    refused(ran, "key-file-missing", "key-file-unreadable")


def test_without_a_keychain_and_without_a_key_file(office: Office) -> None:
    refused(run("--home", office.home, "list", "inspections"), "no-keychain-slot", "keychain-missing")


def test_without_a_keychain_nothing_is_begun_with_one_way_in(tmp_path: Path) -> None:
    words = ("start", "--name", "An", "--agency", "Sở", "--office", "Tỉnh", "--recovery-to", tmp_path / "code")
    refused(run("--home", tmp_path / "home", *words), "too-few-ways", "keychain-missing")
    assert not (tmp_path / "home" / "workspace.db").exists()


@pytest.mark.parametrize("gone", ["workspace.db", "slots.json", "both slots", "everything but the database"])
def test_a_workspace_of_which_a_part_is_gone(office: Office, gone: str) -> None:
    for path in list(office.home.iterdir()):
        names = {
            "workspace.db": path.name.startswith("workspace.db"),
            "slots.json": path.name == "slots.json",
            "both slots": path.name.startswith("slots"),
            "everything but the database": not path.name.startswith("workspace.db"),
        }
        if names[gone]:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    ran = office.run("list", "inspections")
    if gone == "slots.json":
        assert (ran.code, ran.err) == (0, "")
    else:
        refused(ran, "workspace-missing", "workspace-damaged", "slots-missing")


def test_a_second_program_on_the_same_data(office: Office) -> None:
    from inspector.services.door import Ways, home_of, open_desk

    with open_desk(home_of(office.home), Ways(key_file=office.key_file)):
        refused(office.run("list", "inspections"), "opened-twice")
    assert office.run("list", "inspections").code == 0
