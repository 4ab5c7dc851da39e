from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from inspector.domain.errors import Unavailable
from inspector.system.one_opener import OneOpener

HOLDER = """
import sys
from pathlib import Path
from inspector.system.one_opener import OneOpener
lock = OneOpener(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def holder(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_opener_in_another_process_is_refused_until_the_first_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with holder(path) as first:
        with pytest.raises(Unavailable) as caught:
            OneOpener(path)
        first.kill()
        first.wait()
    assert (caught.value.code, caught.value.params) == ("opened-twice", {"place": str(tmp_path)})
    OneOpener(path).close()


def test_a_second_opener_in_the_same_process_is_refused_too(tmp_path: Path) -> None:
    with OneOpener(tmp_path / "lock"):
        with pytest.raises(Unavailable, match="opened-twice"):
            OneOpener(tmp_path / "lock")
        with pytest.raises(Unavailable, match="opened-twice"):
            OneOpener(tmp_path / "lock")
    OneOpener(tmp_path / "lock").close()


def test_closing_twice_is_harmless(tmp_path: Path) -> None:
    lock = OneOpener(tmp_path / "lock")
    lock.close()
    lock.close()


def test_two_workspaces_can_be_open_at_once(tmp_path: Path) -> None:
    with OneOpener(tmp_path / "a"), OneOpener(tmp_path / "b"):
        assert (tmp_path / "a").exists()


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="disk-failed"):
        OneOpener(tmp_path / "none" / "lock")
