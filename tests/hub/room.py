"""Twelve laptops around one of them, each a process in a network of its own: ``python -m tests.hub.room …``.

``meet FOLDER LAPTOPS CHANGES MBIT DELAY LOSS [EVERY DARK]`` makes the laptops, lets them meet over an emulated radio
and prints one line of JSON: the roots at the end, the seconds it took by the clock and by the processors, which the
machine shares with others. To be run inside ``unshare -m -n``.
"""

from __future__ import annotations

import ctypes
import json
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from inspector.domain.errors import InspectorError
from inspector.hub.point import ExchangePoint
from inspector.services.desk import Desk
from inspector.services.exchanging import exchange_with
from inspector.services.library import Library
from inspector.storage.workspace import Workspace
from tests.hub.test_point import Says, join
from tests.storage import office
from tests.storage.office import field

LEAD = "10.77.0.1"
_NEW_NETWORK = 0x40000000  # CLONE_NEWNET


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
            _write(other, space, number, changes)
            other.close()
    return space


def _write(workspace: Workspace, space: str, number: int, changes: int) -> None:
    with workspace.unit_of_work() as unit:
        for n in range(changes):
            text = f"Hồ sơ số {n} trả chậm 3 ngày làm việc."
            unit.write(space, [field("finding", f"{number}/{n}", "content", text)], act=f"{number}/{n}")
        unit.commit()


def host(folder: Path, pipe: Connection) -> None:
    """The lead's laptop with its point open, until it is told to end."""
    with office.reopen(folder / "0") as lead, ExchangePoint(Desk(lead, Library(lead))):
        pipe.send("open")
        pipe.recv()
    pipe.send(_worked())


def guest(folder: Path, number: int, space: str, expected: int, pipe: Connection) -> None:
    """One of the others: goes on until it has everything of everybody."""
    with office.reopen(folder / str(number)) as own:
        desk = Desk(own, Library(own))
        pipe.send("open")
        pipe.recv()
        tries = 0
        while True:
            tries += 1
            try:
                if exchange_with(desk, LEAD, Says()).is_done and _count(own, space) == expected:
                    break
            except InspectorError:
                pass  # the radio; it is tried again
            time.sleep(1)
        pipe.send({"root": own.position(space).root, "tries": tries, "cpu": _worked()})


def _worked() -> float:
    """Seconds of the processors that this process took."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return round(used.ru_utime + used.ru_stime, 2)


def _count(workspace: Workspace, space: str) -> int:
    with workspace.holdings(space) as holdings:
        return sum(tip.n for tip in holdings.vector().tips())


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


def begin(number: int, work: Callable[[Connection], None]) -> Connection:
    """A process in the network of one laptop, forked from this one, which has loaded the program, until it is open."""
    pipe, end = multiprocessing.Pipe()
    made = multiprocessing.get_context("fork").Process(target=_in_network, args=(number, work, end), daemon=True)
    made.start()
    end.close()
    if pipe.recv() != "open":
        raise AssertionError("the first word of every laptop")
    return pipe


def _in_network(number: int, work: Callable[[Connection], None], pipe: Connection) -> None:
    network = os.open(f"/run/netns/n{number}", os.O_RDONLY)
    if ctypes.CDLL(None, use_errno=True).setns(network, _NEW_NETWORK):
        raise OSError(ctypes.get_errno(), f"/run/netns/n{number}")
    work(pipe)


def meet(folder: Path, laptops: int, changes: int, link: list[str]) -> None:
    space = make(folder, laptops, changes)
    with office.reopen(folder / "0") as lead:
        expected = _count(lead, space) + laptops * (changes + 1)  # each begins a stream
    with radio(laptops, link):
        lead_pipe = begin(0, partial(host, folder))
        guests = [begin(n, partial(guest, folder, n, space, expected)) for n in range(1, laptops + 1)]
        begun = time.monotonic()
        for pipe in guests:
            pipe.send("meet")
        told = [pipe.recv() for pipe in guests]
        seconds = time.monotonic() - begun
        lead_pipe.send("end")
        cpu = [lead_pipe.recv(), *(one["cpu"] for one in told)]
    with office.reopen(folder / "0") as lead:
        roots = {one["root"] for one in told} | {lead.position(space).root}
    result = {
        "roots": len(roots),
        "records": expected,
        "seconds": round(seconds, 1),
        "tries": [one["tries"] for one in told],
        "cpu": cpu,
    }
    print(json.dumps(result), flush=True)  # noqa: T201 - the result


if __name__ == "__main__":
    what, place, laptops, changes, *link = sys.argv[1:]
    if what != "meet":
        sys.exit(__doc__)
    meet(Path(place), int(laptops), int(changes), link)
