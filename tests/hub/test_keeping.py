"""A hub's folder, its backups, and the way back: nothing is lost that some disk still has."""

from __future__ import annotations

import hashlib
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inspector.domain.errors import Damaged, Refused, Unavailable
from inspector.hub.keeping import all_in, back_up, drill, restore, state, to_clear
from inspector.hub.office import HubBlobs, HubStore
from inspector.hub.place import HubPlace, make
from inspector.storage.hub.blobs import HubBlobFiles
from inspector.storage.hub.log import HUB, INCARNATION, HubLog
from inspector.storage.workspace import Workspace
from inspector.sync.exchange import Exchange, Report
from inspector.sync.host import Host
from inspector.sync.messages import Hello
from inspector.sync.store import WorkspaceStore
from inspector.system.halves import join
from inspector.system.identity import read_certificate
from inspector.system.keys import SigningKey
from tests.storage.office import change

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
PHOTO = b"photo" * 1000
SHA256 = hashlib.sha256(PHOTO).hexdigest()


@pytest.fixture
def place(folder: Path) -> HubPlace:
    return make(folder / "hub", "Sở Nội vụ")[0]


def meet(place: HubPlace, workspace: Workspace, space: str) -> Report:
    with HubLog(place.address()) as log:
        store = WorkspaceStore(workspace)
        host = Host(HubStore(log), Hello(log.named(HUB), "Sở Nội vụ"), {space})
        report = Exchange(store, store.hello(), host).run(space)
    assert report.matched
    return report


def give_photo(place: HubPlace, workspace: Workspace, space: str) -> None:
    change(workspace, space, "evidence", "e1", "file", {"hash": SHA256})
    meet(place, workspace, space)
    with HubLog(place.address()) as log:
        assert HubBlobs(log, HubBlobFiles(place.blobs)).write(space, SHA256, 0, PHOTO, len(PHOTO)) == len(PHOTO)


def test_a_new_hub_is_certified_by_a_root_that_only_the_paper_has(folder: Path) -> None:
    place, halves = make(folder / "hub", "Sở Nội vụ")
    root = SigningKey.from_bytes(join(*halves))
    assert read_certificate(place.keys().certificate).root == root.public
    assert root.to_bytes().hex() not in place.keys_file.read_text()
    assert (place.keys_file.stat().st_mode & 0o077, place.folder.stat().st_mode & 0o077) == (0, 0)


def test_a_hub_is_made_in_an_empty_place(place: HubPlace) -> None:
    with pytest.raises(Refused) as found:
        make(place.folder, "Sở Nội vụ")
    assert found.value.code == "hub-exists"


def test_keys_that_cannot_be_read_are_said_to_be(place: HubPlace) -> None:
    place.keys_file.write_text("{}")
    with pytest.raises(Damaged) as found:
        place.keys()
    assert found.value.code == "hub-settings-damaged"


def test_a_backup_comes_back_as_a_new_incarnation(place: HubPlace, workspace: Workspace, space: str) -> None:
    give_photo(place, workspace, space)
    kept = back_up(place, NOW)
    assert (kept.spaces, kept.blobs, kept.missing) == (1, 1, 0)
    assert drill(place).is_good
    again = HubPlace(place.folder.with_name("again"))
    restore(place.backups(), again)
    with HubLog(place.address()) as old, HubLog(again.address()) as new:
        assert (new.roots(), new.named(HUB)) == (old.roots(), old.named(HUB))
        assert new.named(INCARNATION) != old.named(INCARNATION)
    assert HubBlobFiles(again.blobs).is_whole(SHA256)
    assert (again.keys().id, again.keys().tls.pin) == (place.keys().id, place.keys().tls.pin)


def test_what_came_after_the_backup_comes_again(place: HubPlace, workspace: Workspace, space: str) -> None:
    meet(place, workspace, space)
    back_up(place, NOW)
    change(workspace, space, "finding", "f1", "content", "sau")
    meet(place, workspace, space)
    again = HubPlace(place.folder.with_name("again"))
    restore(place.backups(), again)
    meet(again, workspace, space)
    with HubLog(again.address()) as log, workspace.holdings(space) as here:
        assert log.roots()[space] == here.vector().root()


def test_a_drill_finds_what_rotted(place: HubPlace, workspace: Workspace, space: str) -> None:
    give_photo(place, workspace, space)
    kept = back_up(place, NOW)
    os.truncate(HubBlobFiles(place.backups() / "blobs").path(SHA256), 7)
    assert drill(place).faults == (f"blob {SHA256}",)
    with open(kept.folder / "log.sqlite", "r+b") as file:
        file.seek(-3000, os.SEEK_END)
        file.write(bytes(2000))
    assert not drill(place).is_good


def test_a_drill_finds_what_the_hub_lost(place: HubPlace, workspace: Workspace, space: str) -> None:
    early = shutil.copyfile(place.address(), place.folder / "early")
    change(workspace, space, "finding", "f1", "content", "một")
    meet(place, workspace, space)
    back_up(place, NOW)
    shutil.copyfile(early, place.address())
    assert drill(place).lacking == len(list(workspace.change_sets(space)))


def test_a_restore_writes_over_nothing(place: HubPlace, workspace: Workspace, space: str) -> None:
    meet(place, workspace, space)
    back_up(place, NOW)
    with pytest.raises(Refused) as found:
        restore(place.backups(), place)
    assert found.value.code == "hub-exists"


def test_without_a_backup_there_is_nothing_to_restore(place: HubPlace) -> None:
    with pytest.raises(Unavailable) as found:
        drill(place)
    assert found.value.code == "backup-missing"


def test_a_backup_is_not_written_over(place: HubPlace) -> None:
    back_up(place, NOW)
    with pytest.raises(Refused) as found:
        back_up(place, NOW)
    assert found.value.code == "backup-exists"
    assert [path.name for path in all_in(place.backups())] == ["20261123T010000Z"]


def test_the_newest_and_the_last_of_each_day_are_kept() -> None:
    hours = [(NOW - timedelta(hours=number)).strftime("%Y%m%dT%H%M%SZ") for number in range(24 * 70)]
    left = sorted(set(hours) - set(to_clear(hours)))
    assert left[-48:] == sorted(hours)[-48:]
    nights = [name for name in left if name not in sorted(hours)[-48:]]
    assert {name[9:11] for name in nights} == {"23"}
    assert len({name[:8] for name in left}) == 60
    assert to_clear(left) == []


def test_the_state_says_how_much_there_is(place: HubPlace, workspace: Workspace, space: str) -> None:
    give_photo(place, workspace, space)
    back_up(place, NOW)
    found = state(place)
    records = len(list(workspace.change_sets(space)))
    assert (found.counts.spaces, found.counts.records, found.blobs, found.backups) == (1, records, 1, 1)
    assert found.last_backup == "20261123T010000Z"
