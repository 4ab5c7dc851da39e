"""One inspection of 10,000 and of 100,000 change sets to an empty laptop and from a full one, over memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inspector.services.desk import Desk
from inspector.storage.workspace import Workspace
from inspector.sync.exchange import Exchange
from inspector.sync.host import Host
from inspector.sync.store import WorkspaceStore
from tests.bench.measuring import desk_in, open_inspection, scratch, seconds
from tests.bench.texts import finding_texts, finding_writes

SIZES = (10_000, 100_000)


def run() -> Iterator[str]:
    for size in SIZES:
        with scratch() as folder:
            yield from _of(size, folder)


def _of(size: int, folder: Path) -> Iterator[str]:
    for name in ("full", "pushed", "pulled"):
        (folder / name).mkdir()
    with desk_in(folder / "full") as full, desk_in(folder / "pushed") as pushed, desk_in(folder / "pulled") as pulled:
        space = _fill(full, size)
        holds = min(seconds(lambda: _holds(full.workspace, space)) for _ in range(3))
        copies = min(seconds(lambda: full.workspace.copies(space)) for _ in range(3))
        push = seconds(lambda: _meet(full.workspace, pushed.workspace, space))
        pull = seconds(lambda: _meet(pulled.workspace, full.workspace, space))
        nothing = seconds(lambda: _meet(full.workspace, pushed.workspace, space))
    yield f"{size:7,} change sets: what is held {holds * 1000:.0f} ms, copies {copies * 1000:.0f} ms"
    yield f"{size:7,} change sets: pushed {size / push:,.0f}/s, pulled {size / pull:,.0f}/s, with FULL"
    yield f"{size:7,} change sets: with nothing to do {nothing * 1000:.0f} ms"


def _fill(desk: Desk, size: int) -> str:
    space = open_inspection(desk)
    batches = finding_writes(finding_texts(size), 1)
    with desk.workspace.unit_of_work() as unit_of_work:
        for number, batch in enumerate(batches):
            unit_of_work.write(space, batch, act=f"bench-{number}")
        unit_of_work.commit()
    return space


def _holds(workspace: Workspace, space: str) -> None:
    with workspace.holdings(space) as holdings:
        holdings.holds()


def _meet(asking: Workspace, answering: Workspace, space: str) -> None:
    store, other = WorkspaceStore(asking), WorkspaceStore(answering)
    report = Exchange(store, store.hello(), Host(other, other.hello(), {space})).run(space)
    if not report.matched:
        raise AssertionError("they did not match")
