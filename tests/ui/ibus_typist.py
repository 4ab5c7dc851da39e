"""Types into ``ibus_window`` through a real ibus-unikey, key by key as a keyboard does.

``python -m tests.ui.ibus_typist FOLDER STATE`` inside an X server and a message bus of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.ui.ibus_window import FIELDS, TITLE

KEYS = "ddown vij vieetj nam "
"""Telex of ``TEXT``."""
TEXT = "đơn vị việt nam "
_PATIENCE = 20


def main(folder: Path, state: Path) -> int:
    os.environ |= {"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=ibus", "QT_QPA_PLATFORM": "xcb"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(["openbox"], **quiet) as manager:  # type: ignore[call-overload]  # two plain keywords
        run("ibus-daemon", "-drx", "--panel", "disable")
        wait("unikey among the engines", lambda: "unikey" in run("ibus", "list-engine").lower())
        with subprocess.Popen([sys.executable, "-m", "tests.ui.ibus_window", folder, state]) as window:
            try:
                type_into(state)
            finally:
                window.terminate()
        run("ibus", "exit")
        manager.terminate()
    return 0


def type_into(state: Path) -> None:
    """Into every field of the window, leaving each; the state then tells what became of it."""
    wait("the window", state.exists)
    number = run("xdotool", "search", "--sync", "--onlyvisible", "--name", TITLE).split()[0]
    run("xdotool", "windowactivate", "--sync", number, "windowfocus", "--sync", number)
    wait("the caret in the window", lambda: told(state)["active"] is True)
    run("ibus", "engine", "Unikey")
    wait("Unikey as the engine", lambda: "unikey" in run("ibus", "engine").lower())
    time.sleep(0.5)  # the engine answers before it listens
    for field in (*FIELDS, "remark"):
        wait(f"the caret in {field}", lambda field=field: told(state)["focus"] == field)  # type: ignore[misc] # bound now
        run("xdotool", "type", "--delay", "40", KEYS)
        run("xdotool", "key", "Tab")
    wait("the remark in the log", lambda: bool(told(state)["saved"]))


def told(state: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(state.read_text(encoding="utf-8"))
    return found


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    return done.stdout


def wait(what: str, until: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not until():
        if time.monotonic() > end:
            sys.exit(f"waited in vain for {what}")
        time.sleep(0.05)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
