"""Histories of laptops that meet through real exchanges: lived through, explained where they fail."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.merge.history import History
from tests.sync.laptops import MeetingWorld, Parts

LOSES_THE_FIRST = 1
"""A number by which the first of four records does not arrive, and the others do."""

# Each ends with everybody meeting everybody; what is here is what must not be left to chance.
SCENARIOS: dict[str, History] = {
    "every message of a long meeting is cut once": History(
        (0, 0),
        (
            ("enrol", 0, 1, 0),
            *(("write", f % 2, f, f, 3) for f in range(12)),
            *(("send", f % 2, 1 + f % 2, 1 + f // 2, 0) for f in range(8)),
            *(("write", 0, f, f, 3) for f in range(12)),
            *(("send", 0, 1, 1 + f, 0) for f in range(6)),
        ),
    ),
    "two write, meet and go on": History(
        (0, 0),
        (("enrol", 0, 1, 0), ("write", 0, 0, 0, 1), ("send", 0, 1, 0, 0), ("write", 1, 1, 1, 1), ("send", 1, 0, 0, 0)),
    ),
    "a copied laptop writes beside the first": History(
        (0, 0),
        (
            ("write", 0, 0, 0, 1),
            ("send", 0, 1, 0, 0),
            ("clone", 0),
            ("write", 0, 1, 1, 1),
            ("write", 2, 2, 2, 1),
            ("send", 0, 1, 0, 0),
            ("write", 2, 3, 3, 1),
            ("send", 2, 1, 0, 0),
        ),
    ),
    "the copy that is behind asks the one ahead": History(
        (0, 0),
        (
            ("write", 0, 0, 0, 1),
            ("clone", 0),
            ("write", 0, 1, 1, 1),
            *(("write", 2, f, f, 1) for f in range(3)),
            ("send", 0, 2, 0, 0),
        ),
    ),
    "a restored laptop writes the same number again": History(
        (0, 0, 0),
        (
            ("write", 0, 0, 0, 1),
            ("snapshot", 0),
            ("write", 0, 1, 1, 1),
            ("send", 0, 1, 0, 0),
            ("restore", 0, 0),
            ("write", 0, 2, 2, 1),
            ("send", 0, 2, 0, 0),
        ),
    ),
    "a receiver loses what it was sent": History(
        (0, 0),
        (
            ("enrol", 0, 1, 0),
            ("write", 0, 0, 0, 1),
            ("snapshot", 1),
            ("send", 0, 1, 0, 0),
            ("restore", 0, 1),
            ("send", 0, 1, 0, 0),
        ),
    ),
    "what waits is carried on": History(
        (0, 0, 0),
        (
            ("snapshot", 0),
            *(("write", 0, f, f, 1) for f in range(3)),
            ("pack", 0),
            ("unpack", 0, 1, 0, LOSES_THE_FIRST),
            ("restore", 0, 0),
            ("send", 1, 2, 0, 0),
        ),
    ),
    "somebody without rights writes": History(
        (0, 1),
        (("write", 0, 0, 0, 1), ("send", 0, 1, 0, 0), ("write", 1, 0, 1, 1), ("write", 0, 1, 1, 1)),
    ),
}


@contextmanager
def databases(memory: Path | None = None) -> Iterator[Path]:
    """A folder for the databases of some histories."""
    base = memory or (Path("/dev/shm") if Path("/dev/shm").is_dir() else None)  # noqa: S108 - a private folder in it
    folder = Path(tempfile.mkdtemp(prefix="inspector-meeting-", dir=base))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def failure(history: History, folder: Path, parts: Parts | None = None) -> Exception | None:
    """How a history fails, None where it does not."""
    return lived(MeetingWorld(history.team, folder, parts), history, folder)


def lived(world: MeetingWorld, history: History, folder: Path) -> Exception | None:
    """How a history fails in a world whose databases are in a folder, None where it does not; they are removed."""
    try:
        for step in history.steps:
            world.do(step)
        world.finish()
    except Exception as found:
        return found
    finally:
        world.close()
        for file in folder.glob("[0-9]*.db*"):
            file.unlink()
    return None
