from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from inspector.domain.errors import Damaged, InspectorError, Unavailable
from inspector.system.files import (
    RESERVE_BYTES,
    Reserve,
    disk_errors,
    is_disk_full,
    replace_patiently,
    write_atomically,
)


def test_a_new_file_holds_what_was_written_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    write_atomically(tmp_path / "slots.json", "Đoàn kiểm tra".encode())
    assert (tmp_path / "slots.json").read_bytes() == "Đoàn kiểm tra".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["slots.json"]


def test_an_old_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "slots.json"
    path.write_bytes(b"x" * 1000)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights by folder")
def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    write_atomically(tmp_path / "slots.json", b"x")
    assert (tmp_path / "slots.json").stat().st_mode & 0o777 == 0o600


def test_a_disk_that_gives_back_other_bytes_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "slots.json"
    path.write_bytes(b"old")
    monkeypatch.setattr("inspector.system.files.write_flushed", lambda file, data: file.write_bytes(b"\0" * len(data)))
    with pytest.raises(Damaged, match="write-not-kept"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["slots.json"]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "slots.json"
    path.write_bytes(b"old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable) as caught:
        write_atomically(path, b"new")
    assert (caught.value.code, caught.value.params) == ("disk-full", {"place": str(path)})
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["slots.json"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EDQUOT, "disk-full"),
        (errno.EFBIG, "disk-full"),
        (errno.EACCES, "not-writable"),
        (errno.EROFS, "not-writable"),
        (errno.EIO, "disk-failed"),
    ],
)
def test_each_refusal_of_the_system_has_its_code(number: int, code: str) -> None:
    with pytest.raises(InspectorError) as caught, disk_errors(Path("/x")):
        raise OSError(number, "no")
    assert caught.value.code == code


def test_windows_says_disk_full_with_numbers_of_its_own() -> None:
    assert is_disk_full(held(112))
    assert not is_disk_full(held(32))


class WindowsError(OSError):
    """What ``os.replace`` raises on Windows."""

    def __init__(self, number: int) -> None:
        super().__init__(errno.EACCES, "held")
        self.winerror = number


def held(number: int) -> OSError:
    return WindowsError(number)


@pytest.mark.parametrize("number", [5, 32, 33])
def test_a_file_held_for_a_moment_is_tried_again_with_longer_pauses(number: int) -> None:
    pauses: list[float] = []
    moved: list[tuple[Path, Path]] = []

    def replace(source: Path, target: Path) -> None:
        if len(pauses) < 3:
            raise held(number)
        moved.append((source, target))

    replace_patiently(Path("a"), Path("b"), replace, pauses.append)
    assert pauses == [0.025, 0.05, 0.1]
    assert moved == [(Path("a"), Path("b"))]


def test_a_file_held_for_good_is_given_up_after_eight_tries() -> None:
    pauses: list[float] = []

    def replace(source: Path, target: Path) -> None:
        raise held(32)

    with pytest.raises(Unavailable, match="file-held"):
        replace_patiently(Path("a"), Path("b"), replace, pauses.append)
    assert pauses == [0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6]


def test_another_failure_is_not_tried_again() -> None:
    def replace(source: Path, target: Path) -> None:
        raise OSError(errno.EXDEV, "other disk")

    with pytest.raises(OSError, match="other disk"):
        replace_patiently(Path("a"), Path("b"), replace, lambda pause: pytest.fail(f"waited {pause}"))


def test_the_reserve_takes_its_space_for_real_and_gives_it_back(tmp_path: Path) -> None:
    reserve = Reserve(tmp_path / "reserve.bin")
    assert reserve.ensure()
    status = (tmp_path / "reserve.bin").stat()
    assert status.st_size == RESERVE_BYTES
    if os.name != "nt":
        assert status.st_blocks * 512 >= RESERVE_BYTES
    assert reserve.release()
    assert not (tmp_path / "reserve.bin").exists()
    assert not reserve.release()


def test_a_reserve_that_is_there_is_left_alone(tmp_path: Path) -> None:
    reserve = Reserve(tmp_path / "reserve.bin")
    reserve.ensure()
    before = (tmp_path / "reserve.bin").read_bytes()
    assert reserve.ensure()
    assert (tmp_path / "reserve.bin").read_bytes() == before


def test_a_reserve_cut_short_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "reserve.bin").write_bytes(b"x")
    assert Reserve(tmp_path / "reserve.bin").ensure()
    assert (tmp_path / "reserve.bin").stat().st_size == RESERVE_BYTES


def test_no_space_for_the_reserve_blocks_nothing_and_takes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert not Reserve(tmp_path / "reserve.bin").ensure()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.small_disk
def test_on_a_disk_that_is_really_full_the_reserve_makes_room(small_disk: Callable[[int], Path]) -> None:
    folder = small_disk(4)
    reserve = Reserve(folder / "reserve.bin")
    assert reserve.ensure()
    write_atomically(folder / "slots.json", b"old")
    with pytest.raises(OSError, match="No space left"):
        fill(folder / "photos")
    with pytest.raises(Unavailable, match="disk-full"):
        write_atomically(folder / "slots.json", b"n" * 1_000_000)
    assert (folder / "slots.json").read_bytes() == b"old"
    assert not Reserve(folder / "second.bin").ensure()
    assert not (folder / "second.bin").exists()
    assert reserve.release()
    write_atomically(folder / "slots.json", b"n" * 1_000_000)
    assert (folder / "slots.json").stat().st_size == 1_000_000
    assert sorted(path.name for path in folder.iterdir()) == ["photos", "slots.json"]


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
