"""500 laptops at the same instant with 200 change sets each, at a hub over HTTPS: SQLite, then PostgreSQL.

The laptops are threads of this process, so they share the machine with the hub. Each greets, proves itself, says what
it has, sends it, and asks again whether the hub has it; what is busy is asked again as a laptop does.
"""

from __future__ import annotations

import contextlib
import random
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from inspector.domain.changeset import ChangeSet, Write, compose, parse
from inspector.domain.errors import InspectorError, Unavailable
from inspector.domain.exchange import Holds, Vector
from inspector.domain.ids import new_id, space_id
from inspector.domain.registry import ALL_RIGHTS
from inspector.domain.streams import Tip
from inspector.hub.place import HubPlace, make
from inspector.storage.hub.log import HubLog
from inspector.sync.frames import fill, pack
from inspector.sync.greeting import Credentials
from inspector.sync.https import HttpsPeer, greet
from inspector.sync.line import Line
from inspector.system.identity import Certificate, Person, issue_certificate
from inspector.system.keys import SigningKey
from tests import postgres
from tests.bench.measuring import scratch

LAPTOPS, EACH, TEAM = 500, 200, 8
_TEXT = "Chưa niêm yết công khai đầy đủ bộ thủ tục hành chính tại bộ phận một cửa; "


@dataclass
class Laptop:
    """A device with one stream in one space."""

    me: Credentials
    space: str
    root: bytes
    changesets: list[ChangeSet]

    def holds(self) -> Holds:
        last = self.changesets[-1]
        return Holds(Vector.of([Tip(last.stream, last.n, last.hash)]))


@dataclass
class Found:
    """Seconds of every laptop, what went wrong on the way, and the most memory of the hub's processes (USS, MiB)."""

    seconds: list[float]
    faults: Counter[str]
    memory: float


def run() -> Iterator[str]:
    laptops = list(_laptops())
    with scratch() as folder:
        place, _ = make(folder / "hub", "Sở Nội vụ")
        yield from _told("SQLite", place, laptops, 1)
    with scratch() as folder, postgres.server(durable=True) as server:
        place, _ = make(folder / "hub", "Sở Nội vụ", server.empty())
        yield from _told("PostgreSQL, 3 processes", place, laptops, 3)


def _told(name: str, place: HubPlace, laptops: list[Laptop], processes: int) -> Iterator[str]:
    with HubLog(place.address()) as log:
        for root in {laptop.root for laptop in laptops}:
            log.admit(root)
    began = time.perf_counter()
    with served(place, processes) as (ports, pids):
        found = _all_at_once(laptops, ports, pids)
    lasted = max(found.seconds)
    times = sorted(found.seconds)
    with HubLog(place.address()) as log:
        counts = log.counts()
    total = len(laptops) * EACH
    yield (
        f"{name}: {len(laptops)} laptops x {EACH}: {total / lasted:,.0f}/s, p50 {times[len(times) // 2]:.1f} s,"
        f" p95 {times[int(len(times) * 0.95)]:.1f} s, longest {lasted:.1f} s"
    )
    yield (
        f"{name}: {total - counts.records} lost or twice, {counts.held + counts.quarantined} not accepted,"
        f" {found.memory:.0f} MiB of the hub's processes, asked again: {dict(found.faults) or 'never'},"
        f" {time.perf_counter() - began:.0f} s with starting"
    )


def _laptops() -> Iterator[Laptop]:
    for number in range(LAPTOPS):
        if number % TEAM == 0:
            root, nonce = SigningKey.generate(), new_id()
        yield laptop(number, root, nonce)


def laptop(number: int, root: SigningKey, nonce: str, count: int = EACH) -> Laptop:
    """A device of somebody certified by ``root`` who opened the space of ``nonce`` and wrote so many records in it."""
    device, key, space = new_id(), SigningKey.generate(), space_id(root.public, nonce)
    person = Person(new_id(), f"Nguyễn Văn {number}", "Sở Nội vụ")
    signed = issue_certificate(
        root, Certificate(root.public, device, key.public, person, "Tỉnh", tuple(map(str, ALL_RIGHTS)), "")
    )
    stream, changesets = new_id(), list[ChangeSet]()
    shown = {"cert": signed.body.decode(), "sig": signed.signature.hex(), "nonce": nonce, "kind": "inspection"}
    for n in range(1, count + 1):
        body = compose(
            space=space, stream=stream, n=n, previous=changesets[-1].hash if changesets else None,
            kind="write" if changesets else "epoch", device=device, author=person.id, app="0.1.0", registry="2026.11",
            wall="2026-11-22T09:15:03.123+07:00", lamport=n, up=(1, n), act=f"{device} {n}",
            writes=[Write("finding", new_id(), "content", f"{_TEXT}{n}", ())] if changesets else (),
            payload=None if changesets else {**shown},
        )  # fmt: skip
        unsigned = parse(body, bytes(64))
        changesets.append(parse(body, key.sign(unsigned.hash)))
    return Laptop(Credentials(signed, key), space, root.public, changesets)


@contextlib.contextmanager
def served(place: HubPlace, processes: int) -> Iterator[tuple[list[int], list[int]]]:
    """The hub's processes, each on a port of its own, as their units would run them."""
    ports = [free_port() for _ in range(processes)]
    command = [sys.executable, "-m", "inspector", "hub", "serve", str(place.folder), "--address", "127.0.0.1", "--port"]
    running = [subprocess.Popen([*command, str(port)], stderr=subprocess.DEVNULL) for port in ports]
    try:
        for port in ports:
            await_port(port)
        yield ports, [process.pid for process in running]
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


def await_port(port: int) -> None:
    """Waits until somebody listens there."""
    for _ in range(600):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError(port)


def _all_at_once(laptops: list[Laptop], ports: list[int], pids: list[int]) -> Found:
    found = Found([], Counter(), 0.0)
    together = threading.Barrier(len(laptops) + 1)
    broken: list[BaseException] = []

    def work(laptop: Laptop, port: int) -> None:
        together.wait()
        began = time.perf_counter()
        try:
            while not _send(laptop, port, found.faults):
                time.sleep(1 + random.random())
        except BaseException as error:
            broken.append(error)
        found.seconds.append(time.perf_counter() - began)

    asking = [(laptop, ports[number % len(ports)]) for number, laptop in enumerate(laptops)]
    threads = [threading.Thread(target=work, args=pair) for pair in asking]
    for thread in threads:
        thread.start()
    together.wait()
    while any(thread.is_alive() for thread in threads):
        found.memory = max(found.memory, sum(map(_unique_memory, pids)))
        time.sleep(0.5)
    if broken:
        raise broken[0]
    return found


def _send(laptop: Laptop, port: int, faults: Counter[str]) -> bool:
    """Whether the hub says that it has everything; anything but being busy is a fault of the hub and raised."""

    def wait(seconds: float) -> None:
        faults["503"] += 1
        time.sleep(seconds)

    try:
        with Line(f"127.0.0.1:{port}", wait=wait, connect_seconds=60.0) as line:
            peer = HttpsPeer(line, greet(line), laptop.me)
            peer.enter()
            mine = laptop.holds()
            if peer.have(laptop.space, mine).holds.vector.ends.get(laptop.changesets[0].stream):
                return True
            left = laptop.changesets
            while left:
                taken, _ = fill([(None, (one.body, one.signature)) for one in left], peer.room())
                peer.push(laptop.space, pack([item for _, item in taken]))
                left = left[len(taken) :]
            told = peer.have(laptop.space, mine).holds.vector.ends.get(laptop.changesets[0].stream)
            if told != mine.vector.ends[laptop.changesets[0].stream]:
                raise AssertionError("acknowledged and not there")
            return True
    except Unavailable as error:
        faults[error.code] += 1
        return False
    except InspectorError as error:
        raise AssertionError(f"the hub answered {error}") from error


def _unique_memory(pid: int) -> float:
    """MiB that a process has for itself alone (USS); 0 where the system does not say."""
    with contextlib.suppress(OSError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024
    return 0.0
