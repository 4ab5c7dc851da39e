"""A hub that is killed while it takes in, and one that is set back while laptops exchange: nothing is lost."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from inspector.hub.keeping import back_up, restore
from inspector.hub.place import HubPlace, make
from inspector.storage.hub import tables
from inspector.storage.hub.engine import HubDatabase, create
from inspector.storage.hub.log import HubLog
from inspector.storage.workspace import Workspace
from tests.architecture.tree import ROOT
from tests.hub.test_keeping import meet
from tests.storage.hub.streams import RULES
from tests.storage.office import change
from tests.sync.test_sharing import admit

KILLS = 8
RESTORES = 6


@pytest.mark.many_kills
def test_what_was_acknowledged_survives_every_kill(tmp_path: Path) -> None:
    address = str(tmp_path / "hub.sqlite")
    made = HubDatabase(address)
    create(made)
    made.close()
    chance = random.Random(1)
    acknowledged: set[str] = set()
    for kill in range(KILLS):
        command = [sys.executable, "-m", "tests.hub.ingesting", address, str(kill)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
            assert process.stdout is not None
            for _ in range(chance.randrange(1, 600)):
                acknowledged.add(process.stdout.readline().strip())
            process.kill()
            acknowledged.update(line.strip() for line in process.stdout if line.endswith("\n"))
    with HubLog(address, rules=RULES) as hub, hub.database.reading() as connection:
        stored = [digest.hex() for digest in connection.scalars(select(tables.log.c.hash))]
    assert acknowledged - set(stored) - {""} == set()
    assert len(stored) == len(set(stored))


@pytest.mark.many_kills
def test_a_hub_set_back_again_and_again_ends_with_everything(
    folder: Path, workspace: Workspace, other: Workspace, space: str
) -> None:
    """Twenty times restored from some older backup while two laptops go on writing and exchanging."""
    chance, now = random.Random(2), datetime(2026, 11, 23, tzinfo=UTC)
    admit(workspace, other, space, "write", "decide")
    place, _ = make(folder / "hub", "Sở Nội vụ", backups=str(folder / "kept"))
    laptops = [workspace, other]
    for laptop in laptops:
        meet(place, laptop, space)
    backups = [back_up(place, now).folder]
    for turn in range(RESTORES):
        laptop = chance.choice(laptops)
        change(laptop, space, "finding", f"f{turn % 5}", "content", f"lần {turn}")
        if chance.random() < 0.7:
            meet(place, laptop, space)
        if chance.random() < 0.5:
            now += timedelta(hours=1)
            backups.append(back_up(place, now).folder)
        place = HubPlace(folder / f"hub {turn}")
        restore(chance.choice(backups), place)
    for laptop in (*laptops, *laptops):
        meet(place, laptop, space)
    union = {one.hash for laptop in laptops for _, one in laptop.change_sets(space)}
    with HubLog(place.address()) as hub, hub.holdings(space) as holdings:
        assert holdings.knows(union) == union
        assert hub.counts().records == len(union)
        roots = {laptop.author.device: _root(laptop, space) for laptop in laptops}
        assert set(roots.values()) == {holdings.vector().root()}


def _root(laptop: Workspace, space: str) -> bytes:
    with laptop.holdings(space) as holdings:
        return holdings.vector().root()
