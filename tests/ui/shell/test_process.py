"""The program as a process: started, started again, killed, told to end, closed while it saves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from inspector.app import window_options
from inspector.services.door import Ways, home_of, open_desk
from inspector.services.overview import Wanted, listed
from tests.architecture.tree import ROOT
from tests.demonstrations import copy

OFFSCREEN = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}


class Starts:
    """Starts the program on one folder; ``words`` say what it is to do."""

    def __init__(self, home: Path, stack: ExitStack) -> None:
        self.home, self._stack = home, stack

    def __call__(self, *words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.ui.shell.driver", "--home", str(self.home), *words]
        process = subprocess.Popen(
            command, cwd=ROOT, env=OFFSCREEN, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self._stack.callback(process.communicate)
        self._stack.callback(process.kill)
        return process

    def people(self) -> int:
        with open_desk(home_of(self.home), Ways()) as desk:
            return len(listed(desk, "people", Wanted(limit=1000)))


@pytest.fixture
def starts(empty_template: Path, fast_tmp: Path) -> Iterator[Starts]:
    with ExitStack() as stack:
        yield Starts(copy(empty_template, fast_tmp / "home"), stack)


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().rstrip("\n")


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, err = process.communicate(timeout=60)
    return process.returncode, err


def test_a_second_start_ends_at_once_and_a_killed_first_stands_in_nobodys_way(starts: Starts) -> None:
    first = starts()
    assert line(first) == "ready"
    assert ended(starts()) == (0, "")
    first.kill()
    first.wait()
    third = starts()
    assert line(third) == "ready"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal to send to one process")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end_it_closes_as_a_person_would(starts: Starts, number: signal.Signals) -> None:
    process = starts()
    assert line(process) == "ready"
    process.send_signal(number)
    assert ended(process) == (0, "")
    log = (starts.home / "logs" / "inspector.log").read_text(encoding="utf-8")
    assert log.splitlines()[-1].endswith(" ended")


def test_closed_while_it_saves_it_saves_all_of_it(starts: Starts) -> None:
    process = starts("save")
    assert [line(process), line(process)] == ["ready", "closing True"]
    assert ended(process) == (0, "")
    assert starts.people() == 100


def test_a_fault_is_told_written_down_and_the_program_goes_on(starts: Starts) -> None:
    process = starts("fail")
    assert [line(process), line(process)] == ["ready", "builtins.ZeroDivisionError"]
    assert ended(process)[0] == 0
    assert "a fault of the program" in (starts.home / "logs" / "inspector.log").read_text(encoding="utf-8")


def test_without_a_screen_a_sentence_says_so(tmp_path: Path) -> None:
    bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    bare.pop("QT_QPA_PLATFORM", None)
    command = [sys.executable, "-m", "inspector", "--home", str(tmp_path / "home")]
    run = subprocess.run(command, cwd=ROOT, env=bare, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.endswith("[no-screen]\n")


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ((), {}),
        (("--home", "a b"), {"home": "a b"}),
        (("--home=a=b", "--key-file", "k"), {"home": "a=b", "key_file": "k"}),
        (("--home",), None),
        (("--home", "a", "list"), None),
        (("--help",), None),
        (("--homes", "a"), None),
    ],
)
def test_without_a_command_it_is_the_window(words: tuple[str, ...], options: dict[str, str] | None) -> None:
    assert window_options(words) == options
