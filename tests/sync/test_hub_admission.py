"""A hub gives a laptop what any laptop with the same log would give it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.domain.credentials import parse_certificate
from inspector.storage.hub.admitting import Gate, Readable
from inspector.storage.hub.engine import HubDatabase, create
from inspector.storage.hub.log import HubLog
from inspector.storage.workspace import Workspace
from tests.storage.office import change
from tests.sync.test_sharing import admit, given, name_in_team


@pytest.fixture
def hub(folder: Path) -> Iterator[HubLog]:
    database = HubDatabase(str(folder / "hub.sqlite"))
    create(database)
    database.close()
    with HubLog(str(folder / "hub.sqlite")) as opened:
        yield opened


def test_at_every_step_of_an_inspection(hub: HubLog, workspace: Workspace, other: Workspace, space: str) -> None:
    gate = Gate(hub.database)
    shown = Readable(gate, [parse_certificate(other.author.certificate.body.decode())])
    answers = []

    def both() -> None:
        hub.take_in([one for _, one in workspace.change_sets(space)], "An")
        answers.append(space in shown)
        assert (answers[-1], list(shown)) == (space in given(workspace, other), list(given(workspace, other)))

    assert space not in shown
    both()
    admit(workspace, other, space, "write")
    both()
    name_in_team(workspace, other, space)
    both()
    change(workspace, space, "inspection", space, "form", "surprise")
    both()
    change(workspace, space, "inspection", space, "opened", {"date": "2026-11-26", "time": "08:00"})
    both()
    change(workspace, space, "team_member", "m", "_del", True)
    both()
    assert answers == [False, False, True, False, True, False]


def test_the_founder_and_whoever_was_admitted_are_known(
    hub: HubLog, workspace: Workspace, other: Workspace, space: str
) -> None:
    admit(workspace, other, space, "write")
    hub.take_in([one for _, one in workspace.change_sets(space)], "An")
    gate = Gate(hub.database)
    for laptop in (workspace, other):
        certificate = parse_certificate(laptop.author.certificate.body.decode())
        assert gate.certificates(certificate.device, certificate.key) == {certificate}
        assert gate.certificates(certificate.device, bytes(32)) == frozenset()


def test_a_hub_that_starts_again_gives_the_same(
    hub: HubLog, folder: Path, workspace: Workspace, other: Workspace, space: str
) -> None:
    admit(workspace, other, space, "write")
    name_in_team(workspace, other, space)
    hub.take_in([one for _, one in workspace.change_sets(space)], "An")
    copy = shutil.copyfile(folder / "hub.sqlite", folder / "copy.sqlite")
    if (folder / "hub.sqlite-wal").exists():
        shutil.copyfile(folder / "hub.sqlite-wal", folder / "copy.sqlite-wal")
    with HubLog(str(copy)) as again:
        change(workspace, space, "finding", "f", "content", "việc")
        again.take_in([one for _, one in workspace.change_sets(space)], "An")
        shown = Readable(Gate(again.database), [parse_certificate(other.author.certificate.body.decode())])
        assert list(shown) == [space]
