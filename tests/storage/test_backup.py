from __future__ import annotations

import io
import random
from pathlib import Path

import pytest

from inspector.domain.errors import InspectorError, Refused, Unavailable
from inspector.storage.backup import backup, restore
from inspector.storage.workspace import Workspace
from inspector.system.folders import Workspace as Places
from inspector.system.slot_secrets import Demonstration
from inspector.system.slots import create_slots, open_slots
from tests.storage import office
from tests.storage.office import change, field, write


@pytest.fixture
def filled(folder: Path) -> tuple[Path, str, str]:
    """A demonstration workspace with a finding and a photo: its folder, the space, the photo's hash."""
    create_slots(Places(folder), office.KEY, [Demonstration()])
    with office.reopen(folder) as workspace:
        space = office.open_space(workspace)
        write(workspace, space, field("finding", "f", "content", "Hồ sơ trễ hạn"))
        sha256, _ = workspace.blobs.add(io.BytesIO(b"a photo " * 30_000))
    return folder, space, sha256


def back_up(folder: Path, file: Path) -> Path:
    with office.reopen(folder) as workspace:
        backup(workspace, file)
    return file


def unlock(places: Places) -> bytes:
    return open_slots(places, Demonstration())


def test_a_restored_workspace_holds_the_same(filled: tuple[Path, str, str]) -> None:
    folder, space, sha256 = filled
    file = back_up(folder, folder.with_name("a.cchcbak"))
    restored = folder.with_name("restored")
    restore(file, restored, unlock)
    with Workspace.open(restored, unlock(Places(restored)), app="2", clock=office.StandingClock()) as workspace:
        found = workspace.record(space, "finding", "f")
        assert found is not None
        assert found.values == {"content": "Hồ sơ trễ hạn"}
        assert workspace.blobs.read(sha256) == b"a photo " * 30_000
        assert workspace.verify().problems == []


def test_writing_after_a_restore_begins_a_new_stream(filled: tuple[Path, str, str]) -> None:
    folder, space, _ = filled
    restored = folder.with_name("restored")
    restore(back_up(folder, folder.with_name("a.cchcbak")), restored)
    with office.reopen(folder) as original, office.reopen(restored) as copy:
        there = change(original, space, "finding", "f", "content", "ở máy cũ")
        here = change(copy, space, "finding", "f", "content", "ở máy mới")
        epoch = dict(copy.change_sets(space))[here.n + 1]
        assert here.stream != there.stream
        assert (here.n, epoch.kind, epoch.payload["reason"]) == (2, "epoch", "restored")
        assert epoch.payload["last"] == [there.stream, there.n - 1, there.previous.hex() if there.previous else ""]


def test_work_goes_on_after_a_backup_in_the_same_stream(filled: tuple[Path, str, str]) -> None:
    folder, space, _ = filled
    with office.reopen(folder) as workspace:
        before = change(workspace, space, "finding", "f", "content", "một")
        backup(workspace, folder.with_name("a.cchcbak"))
        after = change(workspace, space, "finding", "f", "content", "hai")
    assert (after.stream, after.previous) == (before.stream, before.hash)


def test_a_backup_never_overwrites(filled: tuple[Path, str, str]) -> None:
    folder = filled[0]
    file = folder.with_name("a.cchcbak")
    file.write_bytes(b"something of the office")
    with pytest.raises(Refused) as refused:
        back_up(folder, file)
    assert refused.value.code == "backup-exists"
    assert file.read_bytes() == b"something of the office"


def test_a_restore_never_overwrites(filled: tuple[Path, str, str]) -> None:
    folder = filled[0]
    file = back_up(folder, folder.with_name("a.cchcbak"))
    before = sorted(folder.rglob("*"))
    with pytest.raises(Refused) as refused:
        restore(file, folder)
    assert refused.value.code == "workspace-exists"
    assert sorted(folder.rglob("*")) == before


def test_a_backup_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as refused:
        restore(tmp_path / "none", tmp_path / "restored")
    assert refused.value.code == "backup-missing"


def test_without_the_secret_nothing_is_put_in_place(filled: tuple[Path, str, str]) -> None:
    folder = filled[0]
    file = back_up(folder, folder.with_name("a.cchcbak"))
    restored = folder.with_name("restored")

    def forgotten(places: Places) -> bytes:
        raise Refused("recovery-code-wrong")

    with pytest.raises(Refused):
        restore(file, restored, forgotten)
    assert sorted(path.name for path in folder.parent.iterdir()) == ["a.cchcbak", "workspace", "workspace.key"]


def test_a_backup_that_was_stopped_leaves_nothing(filled: tuple[Path, str, str]) -> None:
    folder = filled[0]

    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise Stopped

    with office.reopen(folder) as workspace, pytest.raises(Stopped):
        backup(workspace, folder.with_name("a.cchcbak"), stop)
    assert sorted(path.name for path in folder.parent.iterdir()) == ["workspace", "workspace.key"]


def test_progress_ends_at_the_whole(filled: tuple[Path, str, str]) -> None:
    folder = filled[0]
    told: list[tuple[int, int]] = []
    with office.reopen(folder) as workspace:
        backup(workspace, folder.with_name("a.cchcbak"), lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1]


def test_any_flipped_bit_and_any_cut_is_found(filled: tuple[Path, str, str]) -> None:
    folder = filled[0]
    whole = back_up(folder, folder.with_name("a.cchcbak")).read_bytes()
    chance = random.Random(7)
    places = {chance.randrange(len(whole)) for _ in range(60)} | set(range(len(whole) - 60, len(whole))) | set(range(9))
    spoilt = [whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :] for at in sorted(places)]
    spoilt += [whole[: chance.randrange(len(whole))] for _ in range(20)] + [whole + b"\0", b"", whole[9:]]
    file = folder.with_name("spoilt")
    for data in spoilt:
        file.write_bytes(data)
        with pytest.raises(InspectorError) as found:
            restore(file, folder.with_name("restored"))
        assert found.value.code in {"backup-damaged", "backup-not-one", "backup-newer"}
    assert not folder.with_name("restored").exists()


def test_a_name_that_leads_out_of_the_folder_is_refused(filled: tuple[Path, str, str]) -> None:
    from inspector.storage import archive

    file = filled[0].with_name("evil")
    with open(file, "wb") as target:
        writer = archive.Writer(target, lambda size: None)
        writer.add("workspace.db", iter((b"x",)))
        writer.add("../evil.txt", iter((b"x",)))
        writer.finish({})
    with pytest.raises(InspectorError) as found:
        restore(file, filled[0].with_name("restored"))
    assert found.value.code == "backup-damaged"
    assert not filled[0].with_name("evil.txt").exists()


def test_a_rolled_back_database_is_noticed(filled: tuple[Path, str, str]) -> None:
    folder, space, _ = filled
    old = (folder / "workspace.db").read_bytes()
    with office.reopen(folder) as workspace:
        lost = change(workspace, space, "finding", "f", "content", "sẽ mất")
    (folder / "workspace.db").write_bytes(old)
    with office.reopen(folder) as workspace:
        assert workspace.epoch_reason == "restored"
        after = change(workspace, space, "finding", "f", "content", "viết lại")
    assert (after.stream == lost.stream, after.n) == (False, 2)
    with office.reopen(folder) as workspace:
        assert workspace.epoch_reason is None
        assert change(workspace, space, "finding", "f", "content", "tiếp").stream == after.stream
