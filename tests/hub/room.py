"""Twelve laptops around one of them, each a process in a network of its own: ``python -m tests.hub.room …``.

``meet FOLDER LAPTOPS CHANGES MBIT DELAY LOSS [EVERY DARK]`` makes the laptops, lets them meet over an emulated radio
and prints one line of JSON: the roots at the end and the seconds it took. To be run inside ``unshare -m -n``.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inspector.domain.errors import InspectorError
from inspector.hub.point import ExchangePoint
from inspector.services.desk import Desk
from inspector.services.exchanging import exchange_with
from inspector.services.library import Library
from inspector.storage.workspace import Workspace
from tests.hub.test_point import Says, join
from tests.storage import office
from tests.storage.office import change

LEAD = "10.77.0.1"


def make(folder: Path, laptops: int, changes: int) -> str:
    """The lead's laptop with an inspection and a team, and the others with what each of them wrote alone."""
    with office.create(folder / "0") as lead:
        space = office.open_space(lead)
        others = [office.create(folder / str(number)) for number in range(1, laptops + 1)]
        for other in others:
            join(lead, space, other)
        base = [changeset for _, changeset in lead.change_sets(space)]
        for number, other in enumerate(others):
            other.accept(base)
            for n in range(changes):
                change(other, space, "finding", f"{number}/{n}", "content", f"Hồ sơ số {n} trả chậm 3 ngày làm việc.")
            other.close()
    return space


def host(folder: Path) -> None:
    """The lead's laptop with its point open, until it is told to end."""
    with office.reopen(folder / "0") as lead, ExchangePoint(Desk(lead, Library(lead))):
        print("open", flush=True)  # noqa: T201 - who started it waits for this
        sys.stdin.read()


def guest(folder: Path, number: int, space: str, expected: int) -> None:
    """One of the others: goes on until it has everything of everybody."""
    with office.reopen(folder / str(number)) as own:
        desk = Desk(own, Library(own))
        tries = 0
        while True:
            tries += 1
            try:
                outcome = exchange_with(desk, LEAD, Says(), wait=time.sleep)
                if outcome.is_done and _count(own, space) == expected:
                    break
            except InspectorError:
                pass  # the radio; it is tried again
            time.sleep(1)
        print(json.dumps({"root": own.position(space).root, "tries": tries}), flush=True)  # noqa: T201 - the result


def _count(workspace: Workspace, space: str) -> int:
    return sum(1 for _ in workspace.change_sets(space))


@contextmanager
def radio(laptops: int, link: list[str]) -> Iterator[None]:
    command = [sys.executable, "-m", "tests.hub.links", str(laptops + 1), *link]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            assert running.stdout.readline() == "ready\n"
            yield
        finally:
            running.send_signal(signal.SIGTERM)


def begin(number: int, *words: object) -> subprocess.Popen[str]:
    command = ["ip", "netns", "exec", f"n{number}", sys.executable, "-m", "tests.hub.room", *map(str, words)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def meet(folder: Path, laptops: int, changes: int, link: list[str]) -> None:
    space = make(folder, laptops, changes)
    with office.reopen(folder / "0") as lead:
        expected = _count(lead, space) + laptops * (changes + 1)  # each begins a stream
    with radio(laptops, link), begin(0, "host", folder) as lead_process:
        assert lead_process.stdout is not None
        assert lead_process.stdout.readline() == "open\n"
        begun = time.monotonic()
        guests = [begin(n, "guest", folder, n, space, expected) for n in range(1, laptops + 1)]
        told = [json.loads(one.communicate()[0]) for one in guests]
        seconds = time.monotonic() - begun
        lead_process.communicate()
    with office.reopen(folder / "0") as lead:
        roots = {one["root"] for one in told} | {lead.position(space).root}
    result = {
        "roots": len(roots),
        "records": expected,
        "seconds": round(seconds, 1),
        "tries": [o["tries"] for o in told],
    }
    print(json.dumps(result), flush=True)  # noqa: T201 - the result


if __name__ == "__main__":
    what, place, *rest = sys.argv[1:]
    if what == "meet":
        meet(Path(place), int(rest[0]), int(rest[1]), rest[2:])
    elif what == "host":
        host(Path(place))
    else:
        guest(Path(place), int(rest[0]), rest[1], int(rest[2]))
