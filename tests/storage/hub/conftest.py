"""A hub on SQLite in memory, and a laptop with something to send."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.domain.changeset import ChangeSet
from inspector.storage.hub.engine import HubDatabase, create
from inspector.storage.hub.log import HubLog
from inspector.storage.workspace import Workspace
from tests.storage import office


@pytest.fixture(scope="session")
def hub_template(memory: Path) -> Path:
    file = memory / "hub.sqlite"
    made = HubDatabase(str(file))
    create(made)
    made.close()
    return file


@pytest.fixture
def hub_file(folder: Path, hub_template: Path) -> Path:
    return Path(shutil.copyfile(hub_template, folder.parent / "hub.sqlite"))


@pytest.fixture
def hub(hub_file: Path) -> Iterator[HubLog]:
    with HubLog(str(hub_file)) as opened:
        yield opened


@pytest.fixture
def written(workspace: Workspace, space: str) -> list[ChangeSet]:
    """An inspection of twelve change sets."""
    for number in range(12 - len(list(workspace.change_sets(space)))):
        office.write(workspace, space, office.field("finding", f"f{number}", "content", f"việc {number}"))
    return [changeset for _, changeset in workspace.change_sets(space)]
