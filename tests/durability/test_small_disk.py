"""A disk of 16 MiB runs full while ``record`` writes; what was said to be saved stays, and it goes on with space."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.durability.runs import afternoon, begun, command, environment, receipts, run, write_lines

pytestmark = pytest.mark.small_disk


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 16 MiB."""
    place = tmp_path / "small"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(place)], check=True)
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill(place: Path, leave: int) -> Path:
    """A file that leaves only so many bytes free."""
    filler = place / "filler"
    free = os.statvfs(place)
    filler.write_bytes(bytes(max(0, free.f_bavail * free.f_frsize - leave)))
    return filler


def record_all(home: Path, key_file: Path, file: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(home, key_file, "record", str(file)),
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(),
        check=False,
    )


def test_a_full_disk_gets_a_sentence_and_loses_nothing(small_disk: Path, tmp_path: Path) -> None:
    home, key_file = begun(small_disk)
    fill(small_disk, 600_000)
    file = write_lines(tmp_path / "viec.jsonl", afternoon(2_000))
    stopped = record_all(home, key_file, file)
    given = receipts(stopped.stdout)
    assert stopped.returncode == 1
    assert "disk-full" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert 0 < len(given) < 4_001
    assert all(receipt["ok"] for receipt in given.values())
    kept = run(home, key_file, "list", "inspections", "--json")
    assert kept.returncode == 0, kept.stderr
    verified = run(home, key_file, "verify")
    assert verified.returncode == 0, verified.stderr


def test_it_goes_on_when_space_returns(small_disk: Path, tmp_path: Path) -> None:
    home, key_file = begun(small_disk)
    filler = fill(small_disk, 600_000)
    file = write_lines(tmp_path / "viec.jsonl", afternoon(700))
    before = receipts(record_all(home, key_file, file).stdout)
    assert len(before) < 1_401
    filler.unlink()
    after = record_all(home, key_file, file)
    assert after.returncode == 0, after.stderr
    final = receipts(after.stdout)
    assert len(final) == 1_401
    assert {identity: final[identity] for identity in before} == before
    assert run(home, key_file, "verify").returncode == 0
