"""Workspaces for the tests of services: made once in memory, copied for every test."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from inspector.storage.workspace import Workspace
from inspector.system.folders import Workspace as Places
from inspector.system.slot_secrets import Demonstration
from inspector.system.slots import create_slots
from tests.services.furnished import Furnished, furnish
from tests.services.laptops import ALL, Laptop, colleague
from tests.storage import office


@pytest.fixture(scope="session")
def memory() -> Iterator[Path]:
    """A folder in memory where there is one: flushes cost nothing there."""
    base = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - a private folder is made in it
    folder = Path(tempfile.mkdtemp(prefix="inspector-tests-", dir=base))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def place(memory: Path) -> Iterator[Path]:
    """An empty folder in memory for one test."""
    folder = Path(tempfile.mkdtemp(dir=memory))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def template(memory: Path) -> Path:
    folder = memory / "template"
    office.create(folder).close()
    create_slots(Places(folder), office.KEY, [Demonstration()])
    return folder


@pytest.fixture
def laptop(template: Path, place: Path) -> Iterator[Laptop]:
    """An empty workspace, open."""
    opened = Laptop.open(office.copy(template, place / "empty"))
    with opened.workspace:
        yield opened


@pytest.fixture(scope="session")
def furnished_template(memory: Path, template: Path) -> Furnished:
    files = memory / "files"
    files.mkdir()
    folder = office.copy(template, memory / "furnished")
    opened = Laptop.open(folder)
    with opened.workspace:
        return furnish(opened, files)


@pytest.fixture
def full(furnished_template: Furnished, place: Path) -> Iterator[Furnished]:
    """A workspace with one inspection that has a record of every kind, open; ``refs`` names the records."""
    folder = office.copy(furnished_template.laptop.folder, place / "furnished")
    opened = Laptop.open(folder)
    with opened.workspace:
        yield Furnished(opened, furnished_template.inspection, dict(furnished_template.refs), furnished_template.files)


@pytest.fixture(scope="session")
def standing(furnished_template: Furnished, memory: Path) -> Iterator[Furnished]:
    """The same for tests of refusals, opened once: they leave everything as it is, and check it."""
    opened = Laptop.open(office.copy(furnished_template.laptop.folder, memory / "standing"))
    with opened.workspace:
        yield Furnished(opened, furnished_template.inspection, dict(furnished_template.refs), furnished_template.files)


@pytest.fixture
def inspection(laptop: Laptop) -> str:
    return laptop.begin()


@pytest.fixture
def another(laptop: Laptop, place: Path) -> Iterator[Callable[..., Laptop]]:
    """``another("Trần Thị Bình")`` is a further laptop of the same office, whose writes the first one accepts."""
    with ExitStack() as stack:

        def make(name: str = "Trần Thị Bình", rights: tuple[str, ...] = ALL) -> Laptop:
            folder = Path(tempfile.mkdtemp(dir=place)) / "workspace"
            identity = colleague(laptop.workspace.identity, name, rights)
            Workspace.create(folder, office.KEY, identity, app=office.APP, clock=office.StandingClock()).close()
            opened = Laptop.open(folder)
            stack.enter_context(opened.workspace)
            return opened

        yield make
