"""Two laptops and one inspection, in memory: the disk is not what is tested here."""

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
def templates() -> Iterator[Path]:
    """A folder with an empty workspace of each of two people."""
    base = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - a private folder is made in it
    made = Path(tempfile.mkdtemp(prefix="inspector-tests-", dir=base))
    for name in ("an", "binh"):
        office.create(made / name).close()
    yield made
    shutil.rmtree(made)


@pytest.fixture
def folder(templates: Path) -> Iterator[Path]:
    """A folder with both; nobody has them open."""
    made = Path(tempfile.mkdtemp(dir=templates))
    for name in ("an", "binh"):
        office.copy(templates / name, made / name)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def workspace(folder: Path) -> Iterator[Workspace]:
    with office.reopen(folder / "an") as opened:
        yield opened


@pytest.fixture
def other(folder: Path) -> Iterator[Workspace]:
    """The laptop of another person, who works alone so far."""
    with office.reopen(folder / "binh") as opened:
        yield opened


@pytest.fixture
def space(workspace: Workspace) -> str:
    return office.open_space(workspace)
