"""The demonstration workspace, made once for the whole run and copied for every test that wants a full house."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector.services.demonstration.making import Made

_TIME_OUT = 120


def template(shared: Path) -> Path:
    """The folder ``demo`` in ``shared``, with its key beside it; made by whichever process comes first."""
    folder, done, claim = shared / "demo", shared / "demo.done", shared / "demo.claim"
    try:
        os.close(os.open(claim, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        _wait_for(done)
        return folder
    # Most runs of a few tests need none.
    from inspector.services.demonstration.making import make
    from inspector.services.door import home_of

    heard: list[str] = []
    made = make(home_of(folder), heard.append)
    told = json.dumps({"inspections": made.inspections, "minutes": made.minutes, "told": heard})
    (shared / "demo.being-done").write_text(told, "utf-8")
    (shared / "demo.being-done").rename(done)
    return folder


def told_of(template: Path) -> tuple[Made, list[str]]:
    """What making it gave back, and what it said on the way."""
    from inspector.services.demonstration.making import Made

    found = json.loads(template.with_name("demo.done").read_text("utf-8"))
    return Made(found["inspections"], found["minutes"]), found["told"]


def copy(of: Path, to: Path) -> Path:
    """A copy of the demonstration that a test may spoil."""
    shutil.copytree(of, to, ignore=shutil.ignore_patterns("reserve.bin"))
    shutil.copy(of.with_name(f"{of.name}.key"), to.with_name(f"{to.name}.key"))
    return to


def _wait_for(done: Path) -> None:
    end = time.monotonic() + _TIME_OUT
    while not done.exists():
        if time.monotonic() > end:
            raise TimeoutError("another process was to make the demonstration")
        time.sleep(0.05)
