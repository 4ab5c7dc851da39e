"""Types into ``ibus_window`` through a real ibus-unikey, key by key as a keyboard does.

``python -m tests.ui.ibus_typist FOLDER STATE`` inside an X server and a message bus of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ui.ibus_window import BARE, CELL, FIELDS, TITLE

KEYS = "ddown vij vieetj nam "
"""Telex of ``TEXT``."""
TEXT = "đơn vị việt nam "
NO_DESKTOP = 75
"""How the typist ends when it could not begin to type: that says nothing about the program."""
_PATIENCE = 30


def main(folder: Path, state: Path) -> int:
    os.environ |= {"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=ibus", "QT_QPA_PLATFORM": "xcb"}
    # Its words stay out of the pipes: what it starts would hold them open.
    subprocess.run(["ibus-daemon", "-drx", "--panel", "disable"], stdout=sys.stderr, timeout=_PATIENCE, check=True)
    # Before the window: a window that is there first may never learn of the engine.
    if not came("unikey among the engines", lambda: "unikey" in run("ibus", "list-engine").lower()):
        return NO_DESKTOP
    with started("openbox"), started(sys.executable, "-m", "tests.ui.ibus_window", str(folder), str(state)):
        if not is_ready(state):
            return NO_DESKTOP
        typed = type_into(state)
    run("ibus", "exit")
    return 0 if typed else 1


def is_ready(state: Path) -> bool:
    """Whether the window has the caret and Unikey the keys: in a bare field of Qt, which is none of the program's."""
    return (
        came("the window", state.exists)
        and came("the caret in the window", lambda: activate() and told(state)["active"] is True)
        and came("the caret in the bare field", lambda: told(state)["focus"] == BARE)
        and came("Unikey as the engine", choose_unikey)
        and came("a letter composed in the bare field", lambda: composes(state))
        and leave_bare(state)
    )


def composes(state: Path) -> bool:
    """The engine answers before it listens, so only a composed letter shows that it does."""
    run("xdotool", "key", "ctrl+a", "BackSpace")
    if not came("an empty bare field", lambda: told(state)[BARE] == ""):
        return False
    run("xdotool", "type", "--delay", "40", "dd ")
    return came("what was typed", lambda: str(told(state)[BARE]).endswith(" ")) and told(state)[BARE] == "đ "


def leave_bare(state: Path) -> bool:
    run("xdotool", "key", "Tab")
    return came("the caret in the first field", lambda: told(state)["focus"] == FIELDS[0])


def type_into(state: Path) -> bool:
    """Into every field of the window, leaving each; the state then tells what became of it."""
    for field in (*FIELDS, CELL, "remark"):
        if not came(f"the caret in {field}", lambda field=field: told(state)["focus"] == field):  # type: ignore[misc] # bound now
            return False
        run("xdotool", "type", "--delay", "40", KEYS)
        run("xdotool", "key", "Tab")
    return came("the remark in the log", lambda: bool(told(state)["saved"]))


def activate() -> bool:
    """Ask for the window without waiting: where no window manager answers yet, xdotool would wait for ever."""
    found = run("xdotool", "search", "--onlyvisible", "--name", TITLE).split()
    if found:
        run("xdotool", "windowactivate", found[0], "windowfocus", found[0])
    return bool(found)


def choose_unikey() -> bool:
    run("ibus", "engine", "Unikey")
    return "unikey" in run("ibus", "engine").lower()


def told(state: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(state.read_text(encoding="utf-8"))
    return found


@contextmanager
def started(*command: str) -> Iterator[None]:
    """A program that is ended with the typing, however that ends."""
    with subprocess.Popen(command, stdout=sys.stderr) as program:
        try:
            yield
        finally:
            program.terminate()


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    return done.stdout


def came(what: str, until: Callable[[], bool]) -> bool:
    end = time.monotonic() + _PATIENCE
    while not until():
        if time.monotonic() > end:
            sys.stderr.write(f"waited in vain for {what}\n")
            return False
        time.sleep(0.1)
    return True


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
