from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from inspector.system.checked import checked_bytes
from inspector.system.high_water import HighWater


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "highwater.a", tmp_path / "highwater.b"


def test_nothing_written_yet_is_no_marks(copies: tuple[Path, Path]) -> None:
    assert HighWater(copies).read() == {}


def test_the_newest_marks_are_read(copies: tuple[Path, Path]) -> None:
    for number in range(1, 6):
        assert HighWater(copies).write({"stream": (number, "ab" * 32), "other": (1, "cd" * 32)})
        assert HighWater(copies).read() == {"stream": (number, "ab" * 32), "other": (1, "cd" * 32)}
    assert all(path.exists() for path in copies)


def test_a_torn_newest_copy_leaves_the_one_before(copies: tuple[Path, Path]) -> None:
    high_water = HighWater(copies)
    for number in (1, 2):
        high_water.write({"stream": (number, "ab")})
    newest = max(copies, key=lambda path: path.stat().st_mtime_ns)
    whole = newest.read_bytes()
    for length in range(len(whole)):
        newest.write_bytes(whole[:length])
        assert high_water.read() == {"stream": (1, "ab")}
    high_water.write({"stream": (3, "ab")})
    assert high_water.read() == {"stream": (3, "ab")}


def test_a_write_overwrites_only_the_older_copy(copies: tuple[Path, Path]) -> None:
    high_water = HighWater(copies)
    for number in (1, 2):
        high_water.write({"stream": (number, "ab")})
    before = {path: path.read_bytes() for path in copies}
    high_water.write({"stream": (3, "ab")})
    kept = [path for path in copies if path.read_bytes() == before[path]]
    assert [b'["stream"' in before[path] or b"[2," in before[path] for path in kept] == [True]


def test_a_full_disk_is_a_no_and_loses_nothing(copies: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    high_water = HighWater(copies)
    high_water.write({"stream": (1, "ab")})

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        assert not high_water.write({"stream": (2, "ab")})
    assert high_water.read()["stream"][0] in (1, 2)


def test_a_missing_folder_is_a_no(tmp_path: Path) -> None:
    assert not HighWater((tmp_path / "none" / "a", tmp_path / "none" / "b")).write({})


@pytest.mark.parametrize(
    "content",
    [{"v": 2}, {"v": 1}, {"v": 1, "generation": 9, "marks": []}, {"v": 1, "generation": 9, "marks": {"s": [1]}}],
    ids=str,
)
def test_a_copy_of_another_shape_counts_as_none(copies: tuple[Path, Path], content: dict[str, object]) -> None:
    HighWater(copies).write({"stream": (1, "ab")})
    untouched = next(path for path in copies if not path.exists())
    untouched.write_bytes(checked_bytes(content))
    assert HighWater(copies).read() == {"stream": (1, "ab")}
