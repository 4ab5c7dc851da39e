from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.domain.errors import Unavailable
from inspector.storage.backup import backup
from inspector.storage.workspace import Workspace
from inspector.system.folders import Workspace as Places
from inspector.system.slot_secrets import Demonstration
from inspector.system.slots import create_slots
from tests.storage import office
from tests.storage.office import field, write

LONG = "hồ sơ trễ hạn " * 2000


def fill(workspace: Workspace, space: str) -> list[str]:
    """Writes until the disk is full; returns the records that were acknowledged."""
    written: list[str] = []

    def endlessly() -> None:
        for number in range(2000):
            write(workspace, space, field("finding", f"{number:04}", "content", LONG))
            written.append(f"{number:04}")

    with pytest.raises(Unavailable) as refused:
        endlessly()
    assert refused.value.code == "disk-full"
    return written


def test_a_full_disk_keeps_what_was_acknowledged_and_nothing_else(folder: Path) -> None:
    with office.reopen(folder) as workspace:
        space = office.open_space(workspace)
        with workspace.database.writing() as sql:
            pages = sql.value("PRAGMA page_count")
            sql.run(f"PRAGMA max_page_count = {pages + 400}")
        written = fill(workspace, space)
        assert [record.id for record in workspace.records(space, "finding")] == written
        assert not workspace.places.reserve.exists()
    with office.reopen(folder) as workspace:
        assert [record.id for record in workspace.records(space, "finding")] == written
        assert workspace.verify().problems == []


def test_a_unit_of_work_is_dead_after_a_full_disk(workspace: Workspace, space: str) -> None:
    with workspace.database.writing() as sql:
        sql.run(f"PRAGMA max_page_count = {sql.value('PRAGMA page_count')}")
    writes = [field("finding", f"{number}", "content", LONG[:1200]) for number in range(100)]
    with workspace.unit_of_work() as unit:
        with pytest.raises(Unavailable):
            unit.write(space, writes, act="a")
        with pytest.raises(RuntimeError):
            unit.commit()
    assert workspace.records(space, "finding") == []


def test_work_goes_on_when_there_is_space_again(workspace: Workspace, space: str) -> None:
    with workspace.database.writing() as sql:
        pages = sql.value("PRAGMA page_count")
        sql.run(f"PRAGMA max_page_count = {pages}")
    fill(workspace, space)
    with workspace.database.writing() as sql:
        sql.run(f"PRAGMA max_page_count = {pages + 100_000}")
    write(workspace, space, field("finding", "later", "content", "viết tiếp"))
    record = workspace.record(space, "finding", "later")
    assert record is not None
    assert record.values == {"content": "viết tiếp"}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 16 MiB."""
    place = tmp_path / "disk"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(place)], check=True)
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.small_disk
def test_on_a_real_full_disk_the_reserve_lets_work_go_on(small_disk: Path) -> None:
    folder = small_disk / "workspace"
    with office.create(folder) as workspace:
        space = office.open_space(workspace)
        written = fill(workspace, space)
        assert not workspace.places.reserve.exists()
        write(workspace, space, field("finding", "after", "content", "ghi nhờ phần dự trữ"))
    with office.reopen(folder) as workspace:
        assert [record.id for record in workspace.records(space, "finding")] == [*written, "after"]
        assert workspace.verify().problems == []


@pytest.mark.small_disk
def test_on_a_real_full_disk_freed_space_is_used_again(small_disk: Path) -> None:
    filler = small_disk / "filler"
    filler.write_bytes(bytes(9 * 1024 * 1024))
    folder = small_disk / "workspace"
    with office.create(folder) as workspace:
        space = office.open_space(workspace)
        written = fill(workspace, space)
        filler.unlink()
        for number in range(25):
            write(workspace, space, field("answer", f"{number:02}", "remark", "tiếp"))
    with office.reopen(folder) as workspace:
        assert [record.id for record in workspace.records(space, "finding")] == written
        assert len(workspace.records(space, "answer")) == 25
        assert workspace.places.reserve.exists()


@pytest.mark.small_disk
def test_a_backup_that_does_not_fit_leaves_nothing(small_disk: Path, folder: Path) -> None:
    create_slots(Places(folder), office.KEY, [Demonstration()])
    with office.reopen(folder) as workspace:
        space = office.open_space(workspace)
        for number in range(300):
            write(workspace, space, field("finding", f"{number:03}", "content", LONG))
        with pytest.raises(Unavailable) as refused:
            backup(workspace, small_disk / "a.cchcbak")
    assert refused.value.code == "disk-full"
    assert list(small_disk.iterdir()) == []
