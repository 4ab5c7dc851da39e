"""Laptops of strangers, each with a root of its own, that meet through exchanges and are given what is theirs."""

from __future__ import annotations

from pathlib import Path

from inspector.services.accepting import accepted
from inspector.storage.workspace import Workspace
from inspector.sync.exchange import Exchange, Report
from inspector.sync.host import Host
from inspector.sync.sharing import SharedSpaces
from inspector.sync.store import WorkspaceStore
from tests.services.laptops import Laptop
from tests.storage import office


def stranger(folder: Path, name: str) -> Laptop:
    """A laptop of somebody who began alone."""
    workspace = Workspace.create(
        folder, office.KEY, office.identity(name), app=office.APP, clock=office.StandingClock()
    )
    workspace.close()
    return Laptop.open(folder)


def given(host: Laptop, asking: Laptop) -> SharedSpaces:
    """The spaces of one laptop that another may read."""
    author = asking.workspace.author
    return SharedSpaces(host.workspace, author.device, author.key.public, author.signed)


def meet(asking: Laptop, host: Laptop) -> dict[str, Report]:
    """One laptop asks another for everything it may have, and gives what the other may have of it."""
    shared, mutual = given(host, asking), given(asking, host)
    wanted = {space.id for space in asking.workspace.spaces() if space.kind} | {
        space for each in accepted(asking.desk) for space in each.spaces
    }
    spaces = [*shared, *(space for space in wanted if space in mutual and space not in set(shared))]
    return {space: meet_in(asking, host, space) for space in spaces}


def meet_in(asking: Laptop, host: Laptop, space: str) -> Report:
    """One space alone, which both may have."""
    mine, theirs = WorkspaceStore(asking.workspace), WorkspaceStore(host.workspace)
    return Exchange(mine, mine.hello(), Host(theirs, theirs.hello(), {space})).run(space)


def reasons(laptop: Laptop, space: str) -> list[str]:
    """Why the records wait that are in quarantine on a laptop."""
    return [str(found.reason) for found in laptop.workspace.waiting(space) if not found.held]
