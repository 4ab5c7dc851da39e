"""A package being read is killed at random moments; sticks and disks that are full get a sentence and nothing false."""

from __future__ import annotations

import io
import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from inspector.domain.errors import InspectorError, Unavailable
from inspector.storage.workspace import Workspace
from inspector.sync.package import reading, writing
from inspector.sync.package.reading import check, find, open_package
from tests.durability.runs import afternoon, begun, command, environment, opening, run, write_lines
from tests.storage import office
from tests.storage.office import field
from tests.storage.office import write as note
from tests.sync.sticks import send, take

CODE = "7K2M-QX4T-9FHD-R3WA"
SEED = 20261126
VISITS, FINDINGS, KILLS = 24, 4, 6


def many(count: int) -> list[dict[str, object]]:
    """Lines of several inspections, so that a package has several frames."""
    lines: list[dict[str, object]] = []
    for number in range(count):
        for line in afternoon(FINDINGS):
            renamed = json.loads(json.dumps(line).replace('"@', f'"@{number}-'))
            lines.append({**renamed, "id": f"{number}-{line['id']}"})
    assert lines[0] == {**opening(), "id": "0-mo"}
    return lines


def changes(home: Path, key_file: Path) -> dict[str, int]:
    """Findings of every inspection that is here."""
    listed = run(home, key_file, "list", "inspections", "--json")
    assert listed.returncode == 0, listed.stderr
    return {row["id"]: row["findings"] for row in json.loads(listed.stdout)}


@pytest.mark.many_kills
def test_a_killed_reading_leaves_nothing_half_and_the_next_completes_it(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    home, key_file = begun(tmp_path / "one")
    other, other_key = begun(tmp_path / "two")
    assert run(home, key_file, "record", str(write_lines(tmp_path / "viec.jsonl", many(VISITS)))).returncode == 0
    stick = tmp_path / "usb"
    written = run(home, key_file, "package", "write", str(stick), "--all", "--code", CODE)
    assert written.returncode == 0, written.stderr
    argv = command(other, other_key, "package", "read", str(stick), "--code", CODE, "--yes", "--no-receipt")
    partly = 0
    for _ in range(KILLS):
        process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment())
        while process.poll() is None and not list((other / "tmp").glob("package-*")):
            time.sleep(0.005)  # until the package lies decrypted on the disk
        time.sleep(chance.random() * 0.9)
        process.send_signal(signal.SIGKILL)
        process.wait()
        found = changes(other, other_key)
        assert set(found.values()) <= {FINDINGS}, "an inspection came in by half"
        partly += 0 < len(found) < VISITS
    print(f"{partly} of {KILLS} kills fell between two frames")  # noqa: T201 - tells whether the moments were good ones
    whole = run(other, other_key, "package", "read", str(stick), "--code", CODE, "--yes")
    assert whole.returncode == 0, whole.stderr
    assert changes(other, other_key) == changes(home, key_file)
    assert run(other, other_key, "verify").returncode == 0
    assert not list((other / "tmp").iterdir())


def with_photos(folder: Path, count: int = 6) -> tuple[Workspace, str]:
    """A laptop with one inspection and photos of half a megabyte."""
    workspace = office.create(folder)
    space = office.open_space(workspace)
    chance = random.Random(SEED)
    for number in range(count):
        sha256, size = workspace.blobs.add(io.BytesIO(chance.randbytes(512 * 1024)))
        note(workspace, space, field("evidence", f"e{number}", "file", {"hash": sha256, "size": size}))
    return workspace, space


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody looks how much room there is: the disk itself says when it is full."""
    for module, name in ((writing, "_Writer._look_for_room"), (reading, "_look_for_room")):
        monkeypatch.setattr(f"{module.__name__}.{name}", lambda *unused: None)


@pytest.mark.small_disk
def test_a_full_stick_is_told_beforehand(small_disk: Callable[[int], Path], tmp_path: Path) -> None:
    workspace, space = with_photos(tmp_path / "laptop")
    with workspace, pytest.raises(Unavailable) as refused:
        send(workspace, small_disk(2), [space], workspace)
    assert refused.value.code == "package-no-room"


@pytest.mark.small_disk
@pytest.mark.usefixtures("blind")
def test_a_stick_that_runs_full_keeps_nothing_of_the_package(small_disk: Callable[[int], Path], tmp_path: Path) -> None:
    workspace, space = with_photos(tmp_path / "laptop")
    stick = small_disk(2)
    with workspace:
        for volume in (1024 * 1024, 64 * 1024 * 1024):
            with pytest.raises(Unavailable) as full:
                send(workspace, stick, [space], workspace, volume=volume)
            assert full.value.code == "disk-full"
            assert list(stick.iterdir()) == []
        assert workspace.packages() == []
        assert workspace.copies(space).only_here > 0


@pytest.mark.small_disk
@pytest.mark.usefixtures("blind")
def test_a_laptop_that_runs_full_takes_in_what_fits_and_says_so(
    small_disk: Callable[[int], Path], tmp_path: Path
) -> None:
    sender, space = with_photos(tmp_path / "laptop")
    disk = small_disk(12)
    with sender, office.create(disk / "laptop") as receiver:
        send(sender, tmp_path / "usb", [space], receiver)
        filler = disk / "filler"
        for leave in (1024 * 1024, 4 * 1024 * 1024):
            free = os.statvfs(disk)
            filler.write_bytes(bytes(max(0, free.f_bavail * free.f_frsize - leave)))
            with pytest.raises(Unavailable) as full:
                take(receiver, tmp_path / "usb")
            assert full.value.code == "disk-full"
            assert list(receiver.places.temporary.iterdir()) == []
            assert receiver.packages() == []
            filler.unlink()
        assert receiver.verify().problems == []
        report = take(receiver, tmp_path / "usb")
        assert report.blobs > 0
        assert receiver.position(space).root == sender.position(space).root
        assert {sha256 for sha256, _, _ in receiver.blobs.all()} == {sha256 for sha256, _, _ in sender.blobs.all()}


@pytest.mark.small_disk
def test_a_laptop_without_room_is_told_beforehand(small_disk: Callable[[int], Path], tmp_path: Path) -> None:
    sender, space = with_photos(tmp_path / "laptop", 8)
    disk = small_disk(12)
    with sender, office.create(disk / "laptop") as receiver:
        send(sender, tmp_path / "usb", [space], receiver)
        (disk / "filler").write_bytes(bytes(3 * 1024 * 1024))
        with pytest.raises(InspectorError) as refused:
            check(receiver, open_package(find(tmp_path / "usb"), receiver.age_key()))
        assert refused.value.code == "package-no-room"
        assert receiver.spaces() == []
