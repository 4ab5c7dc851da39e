"""One template workspace for all tests of storage, copied for each: making one costs ten times more than a copy."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.storage.workspace import Workspace
from tests.storage import office


@pytest.fixture(scope="session")
def memory() -> Iterator[Path]:
    """A folder in memory where there is one: flushes cost nothing there, and no test here is about power cuts."""
    base = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - a private folder is made in it
    folder = Path(tempfile.mkdtemp(prefix="inspector-tests-", dir=base))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def template(memory: Path) -> Path:
    folder = memory / "template"
    office.create(folder).close()
    return folder


@pytest.fixture
def folder(memory: Path, template: Path) -> Iterator[Path]:
    """The folder of an empty workspace that nobody has open."""
    parent = Path(tempfile.mkdtemp(dir=memory))
    yield office.copy(template, parent / "workspace")
    shutil.rmtree(parent)


@pytest.fixture
def workspace(folder: Path) -> Iterator[Workspace]:
    with office.reopen(folder) as opened:
        yield opened


@pytest.fixture
def space(workspace: Workspace) -> str:
    return office.open_space(workspace)
