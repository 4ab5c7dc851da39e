"""A real ibus-unikey types Vietnamese into the fields of the window, and exactly that is stored."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

import pytest

from tests.architecture.tree import ROOT
from tests.demonstrations import copy
from tests.ui.ibus_typist import NO_DESKTOP, TEXT
from tests.ui.ibus_window import CELL, FIELDS

_PATIENCE = 180
_DESKTOPS = 3
"""A machine with much to do may take too long to bring the first one up."""


def own_desktop(account: Path) -> dict[str, str]:
    """An account without settings, and neither a screen nor a message bus but its own."""
    places = {"HOME": "home", "XDG_RUNTIME_DIR": "run", "XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache"}
    for name in places.values():
        (account / name).mkdir(mode=0o700)
    foreign = ("DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY", "DISPLAY", "QT_QPA_PLATFORM")
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    own = {name: str(account / folder) for name, folder in places.items()}
    return {**kept, **own, "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT)}


def run_desktop(account: Path, folder: Path, state: Path, log: TextIO) -> int | None:
    """How the typist ended; ``None`` when it did not."""
    typist = [sys.executable, "-m", "tests.ui.ibus_typist", str(folder), str(state)]
    screen = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", "dbus-run-session", "--"]
    # Into a file: services that the message bus starts hold a pipe open longer than the typist lives.
    desktop = subprocess.Popen(
        [*screen, *typist], env=own_desktop(account), stdout=log, stderr=log, start_new_session=True
    )
    try:
        return desktop.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        return None
    finally:
        if desktop.poll() is None:
            os.killpg(desktop.pid, signal.SIGKILL)
            desktop.wait()


@pytest.mark.input_method
def test_what_a_real_input_method_types_is_stored_exactly(tmp_path: Path, empty_template: Path) -> None:
    words = tmp_path / "words"
    for number in range(_DESKTOPS):
        folder, state = copy(empty_template, tmp_path / f"workspace{number}"), tmp_path / f"state{number}.json"
        # Not under ``tmp_path``: ibus keeps its socket in the account, and the path of a socket ends at 107 characters.
        with words.open("a", encoding="utf-8") as log, TemporaryDirectory(ignore_cleanup_errors=True) as account:
            code = run_desktop(Path(account), folder, state, log)
        if code != NO_DESKTOP:
            break
    assert code == 0, words.read_text(encoding="utf-8")
    typed = json.loads(state.read_text(encoding="utf-8"))
    # A cell keeps no blank behind its last word.
    wanted = {**dict.fromkeys(FIELDS, TEXT), CELL: TEXT.strip(), "saved": TEXT}
    assert {name: typed[name] for name in wanted} == wanted
