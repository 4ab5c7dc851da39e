from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest

from inspector.domain.errors import Damaged, Unavailable
from inspector.storage.blobs import State
from inspector.storage.workspace import Workspace
from tests.storage import office

PHOTO = bytes(range(256)) * 1000


def test_a_blob_goes_by_the_hash_of_its_bytes(workspace: Workspace) -> None:
    sha256, size = workspace.blobs.add(io.BytesIO(PHOTO))
    assert (sha256, size) == (hashlib.sha256(PHOTO).hexdigest(), len(PHOTO))
    assert workspace.blobs.read(sha256) == PHOTO
    assert workspace.blobs.state(sha256) is State.VERIFIED


def test_a_blob_can_come_from_a_file(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "ảnh.jpg").write_bytes(PHOTO)
    sha256, _ = workspace.blobs.add(tmp_path / "ảnh.jpg")
    with workspace.blobs.open(sha256) as stream:
        assert stream.read(7) == PHOTO[:7]
        assert stream.read() == PHOTO[7:]


def test_an_empty_file_is_a_blob(workspace: Workspace) -> None:
    sha256, size = workspace.blobs.add(io.BytesIO(b""))
    assert (size, workspace.blobs.read(sha256)) == (0, b"")


def test_the_same_bytes_are_stored_once(workspace: Workspace) -> None:
    first, _ = workspace.blobs.add(io.BytesIO(PHOTO))
    second, _ = workspace.blobs.add(io.BytesIO(PHOTO))
    assert first == second
    assert len(list(workspace.blobs.files())) == 1


def test_a_damaged_blob_is_told_apart_and_can_be_added_again(workspace: Workspace) -> None:
    sha256, _ = workspace.blobs.add(io.BytesIO(PHOTO))
    path = workspace.blobs.path(sha256)
    spoilt = bytearray(path.read_bytes())
    spoilt[len(spoilt) // 2] ^= 1
    path.write_bytes(spoilt)
    with pytest.raises(Damaged) as found:
        workspace.blobs.read(sha256)
    assert found.value.code == "blob-damaged"
    assert workspace.blobs.state(sha256) is State.DAMAGED
    workspace.blobs.add(io.BytesIO(PHOTO))
    assert workspace.blobs.verify(sha256) is State.VERIFIED


def test_a_file_of_nuls_is_not_a_blob(workspace: Workspace) -> None:
    """What NTFS leaves after a power cut when nobody flushed."""
    sha256, _ = workspace.blobs.add(io.BytesIO(PHOTO))
    path = workspace.blobs.path(sha256)
    path.write_bytes(bytes(path.stat().st_size))
    assert workspace.blobs.verify(sha256) is State.DAMAGED


def test_another_blob_in_its_place_is_not_believed(workspace: Workspace) -> None:
    one, _ = workspace.blobs.add(io.BytesIO(PHOTO))
    other, _ = workspace.blobs.add(io.BytesIO(PHOTO + b"!"))
    workspace.blobs.path(one).write_bytes(workspace.blobs.path(other).read_bytes())
    assert workspace.blobs.verify(one) is State.DAMAGED


def test_a_missing_blob_says_so(workspace: Workspace) -> None:
    sha256, _ = workspace.blobs.add(io.BytesIO(PHOTO))
    workspace.blobs.path(sha256).unlink()
    with pytest.raises(Unavailable) as found:
        workspace.blobs.open(sha256)
    assert found.value.code == "blob-missing"
    assert workspace.blobs.state(sha256) is State.KNOWN
    assert workspace.blobs.state("0" * 64) is None


def test_a_source_that_changes_while_it_is_read_is_refused(workspace: Workspace) -> None:
    class Moving(io.BytesIO):
        def seek(self, offset: int, whence: int = 0) -> int:
            self.getbuffer()[0] ^= 1
            return super().seek(offset, whence)

    with pytest.raises(Unavailable) as refused:
        workspace.blobs.add(Moving(PHOTO))
    assert refused.value.code == "file-changed"
    assert list(workspace.blobs.files()) == []


def test_a_blob_added_in_a_unit_of_work_that_was_left_is_only_a_file(workspace: Workspace) -> None:
    with workspace.unit_of_work():
        sha256, _ = workspace.blobs.add(io.BytesIO(PHOTO))
    assert workspace.blobs.state(sha256) is None
    assert workspace.blobs.has(sha256)


def test_reduced_copies_are_kept_apart_and_may_be_lost(workspace: Workspace) -> None:
    sha256, _ = workspace.blobs.add(io.BytesIO(PHOTO))
    workspace.blobs.put_derived(sha256, "screen", b"small")
    assert workspace.blobs.derived(sha256, "screen") == b"small"
    assert workspace.blobs.derived(sha256, "print") is None
    for path in (workspace.places.blobs / "derived").rglob("*"):
        if path.is_file():
            path.write_bytes(b"spoilt")
    assert workspace.blobs.derived(sha256, "screen") is None
    assert len(list(workspace.blobs.files())) == 1


def test_neither_name_nor_content_of_a_blob_is_readable(folder: Path) -> None:
    with office.reopen(folder) as workspace:
        sha256, _ = workspace.blobs.add(io.BytesIO(b"Anh chup ho so " * 5000))
        path = workspace.blobs.path(sha256)
    assert sha256 not in str(path)
    assert b"Anh chup" not in path.read_bytes()


def test_blobs_outlive_the_program(folder: Path) -> None:
    with office.reopen(folder) as workspace:
        sha256, size = workspace.blobs.add(io.BytesIO(PHOTO))
    with office.reopen(folder) as workspace:
        assert list(workspace.blobs.all()) == [(sha256, size, State.VERIFIED)]
        assert workspace.blobs.read(sha256) == PHOTO
