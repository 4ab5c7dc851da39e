"""100,000 records up to a hub and down again, beside the least a hub could be (``bare_hub``), and a tenth of them.

Up: everything is on the hub's disk with FULL and said so. Down: everything was read and taken apart here, and not
stored (taking in on a laptop is ``bench exchange``). One asks, in messages of 2,000 records; both hubs are processes of
their own on this machine. Records a second are by the clock; on a machine shared with others the processor time of the
hub and of whoever asks says more.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from inspector.domain.changeset import ChangeSet
from inspector.domain.exchange import Range
from inspector.domain.ids import new_id
from inspector.hub.place import make
from inspector.storage.holdings import Place
from inspector.storage.hub.log import HubLog
from inspector.sync.chunks import MOST, Chunks
from inspector.sync.frames import MOST_ITEMS, fill, pack, unpack
from inspector.sync.https import HttpsPeer, greet
from inspector.sync.line import Line
from inspector.sync.messages import Request
from inspector.system.keys import SigningKey
from tests.architecture.tree import ROOT
from tests.bench.hub import Laptop, await_port, free_port, laptop, served
from tests.bench.measuring import scratch

RECORDS = 100_000
TIMES = 10
_TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, and by the processors for the hub and whoever asks together."""

    clock: float
    cpu: float


@dataclass(frozen=True)
class Both:
    """What it cost to bring all records up and down."""

    up: Cost
    down: Cost


def run(records: int = RECORDS) -> Iterator[str]:
    found: dict[tuple[str, int], Both] = {}
    for size in (records // TIMES, records):
        one = laptop(0, SigningKey.generate(), new_id(), size)
        for name, way in (("bare", _bare), ("hub", _hub)):
            with scratch() as folder:
                both = found[name, size] = way(folder, one)
            yield f"{size:7,} records, {name:4}: up {_told(both.up, size)}, down {_told(both.down, size)}"
    bare, hub, less = found["bare", records], found["hub", records], found["hub", records // TIMES]
    yield (
        f"of the bare hub by the clock: up {bare.up.clock / hub.up.clock:.2f} (aim 0.7),"
        f" down {bare.down.clock / hub.down.clock:.2f} (aim 0.5);"
        f" by the processors: up {bare.up.cpu / hub.up.cpu:.2f}, down {bare.down.cpu / hub.down.cpu:.2f}"
    )
    yield (
        f"{TIMES} times the records (aim: 11 times the time at most):"
        f" by the clock up {hub.up.clock / less.up.clock:.1f}, down {hub.down.clock / less.down.clock:.1f};"
        f" by the processors up {hub.up.cpu / less.up.cpu:.1f}, down {hub.down.cpu / less.down.cpu:.1f}"
    )


def _told(cost: Cost, size: int) -> str:
    return f"{size / cost.clock:,.0f}/s ({size / cost.cpu:,.0f} per second of processor)"


def _cost(work: Callable[[], int], pid: int, expected: int) -> Cost:
    """What ``work`` cost, which says how many records it moved."""
    clock, cpu = time.perf_counter(), time.process_time() + _worked(pid)
    moved = work()
    cost = Cost(time.perf_counter() - clock, max(time.process_time() + _worked(pid) - cpu, 1 / _TICK))
    if moved != expected:
        raise AssertionError(f"{moved} of {expected} came")
    return cost


def _worked(pid: int) -> float:
    """Seconds of the processors that a process took; 0 where the system does not say."""
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICK
    return 0.0


def _hub(folder: Path, one: Laptop) -> Both:
    place, _ = make(folder / "hub", "Sở Nội vụ")
    with HubLog(place.address()) as log:
        log.admit(one.root)
    size = len(one.changesets)
    with served(place, 1) as ((port,), (pid,)), Line(f"127.0.0.1:{port}") as line:
        chunks = Chunks()
        chunks.size = MOST
        peer = HttpsPeer(line, greet(line), one.me, chunks)
        peer.enter()
        frames = list(_frames(one.changesets))
        up = _cost(lambda: sum(len(peer.push(one.space, pack(frame))) for frame in frames), pid, size)
        down = _cost(lambda: _fetch(peer, one), pid, size)
    return Both(up, down)


def _frames(changesets: list[ChangeSet]) -> Iterator[list[tuple[bytes, bytes]]]:
    left = changesets
    while left:
        taken, _ = fill((None, (one.body, one.signature)) for one in left[: MOST_ITEMS + 1])
        yield [item for _, item in taken]
        left = left[len(taken) :]


def _fetch(peer: HttpsPeer, one: Laptop) -> int:
    asked = Request((Range(one.changesets[0].stream, 0),))
    found, place = 0, Place()
    while True:
        page = peer.fetch(one.space, asked, place)
        found += len(unpack(page.frame).changesets)
        if page.place is None:
            return found
        place = page.place


def _bare(folder: Path, one: Laptop) -> Both:
    port, size = free_port(), len(one.changesets)
    command = [sys.executable, "-m", "tests.bench.bare_hub", str(folder), str(port)]
    with subprocess.Popen(command, cwd=ROOT) as running:
        try:
            await_port(port)
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=120) as client:
                rows = [[record.hash.hex(), record.body.decode()] for record in one.changesets]
                up = _cost(lambda: _push_rows(client, rows), running.pid, size)
                down = _cost(lambda: _pull_rows(client), running.pid, size)
        finally:
            running.terminate()
    return Both(up, down)


def _push_rows(client: httpx.Client, rows: list[list[str]]) -> int:
    stored = 0
    for at in range(0, len(rows), MOST_ITEMS):
        body = json.dumps(rows[at : at + MOST_ITEMS], ensure_ascii=False).encode()
        stored += client.post("/push", content=body).json()["stored"]
    return stored


def _pull_rows(client: httpx.Client) -> int:
    found, after = 0, 0
    while rows := client.get("/pull", params={"after": after, "most": MOST_ITEMS}).json():
        found, after = found + len(rows), rows[-1][0]
    return found
