"""A second start brings the window forward that is there, also after the first one was killed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inspector.ui.application import Application
from inspector.ui.shell.one_window import OneWindow
from tests.architecture.tree import ROOT

LISTENER = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from inspector.ui.shell.one_window import OneWindow
application = QCoreApplication([])
one = OneWindow(Path(sys.argv[1]))
print(one.call_first(), one.listen(), flush=True)
one.asked.connect(lambda: print("asked", flush=True))
application.exec()
"""


def listener(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", LISTENER, str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "False True\n"
    return process


@pytest.fixture
def first(qapp: Application, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    process = listener(tmp_path)
    yield process
    process.kill()
    process.communicate()


def test_nobody_there_is_said_at_once(qapp: Application, tmp_path: Path) -> None:
    assert not OneWindow(tmp_path).call_first()


def test_the_first_is_asked_forward(first: subprocess.Popen[str], tmp_path: Path) -> None:
    assert OneWindow(tmp_path / "." / "..").call_first() is False
    assert OneWindow(tmp_path / ".").call_first()
    assert first.stdout is not None
    assert first.stdout.readline() == "asked\n"


def test_what_a_killed_one_left_stands_in_nobodys_way(first: subprocess.Popen[str], tmp_path: Path) -> None:
    first.kill()
    first.wait()
    one = OneWindow(tmp_path)
    assert not one.call_first()
    assert one.listen()
    one.close()


def test_one_that_hangs_is_not_waited_for_forever(qtbot: QtBot, tmp_path: Path) -> None:
    # It listens, but no loop of events runs that would answer.
    one = OneWindow(tmp_path)
    assert one.listen()
    assert not OneWindow(tmp_path).call_first()
    one.close()
