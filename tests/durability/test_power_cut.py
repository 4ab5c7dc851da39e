"""The power is cut between any two writes of a recorded run; what was said to be saved must be there.

The run is real: ``record`` under strace, with every write and flush of database and kept files. For each cut a state
of the disk is built from the flushed bytes and a random, possibly torn part of the others, and opened with the
program.
"""

import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.domain.errors import InspectorError
from inspector.services.door import Ways, home_of, open_desk
from tests.durability.disk import CALLS, Call, Disk, calls
from tests.durability.runs import afternoon, begun, command, environment, receipts, write_lines

pytestmark = pytest.mark.power_cut
SEEDS = (20261122, 20261123)


def recorded(tmp_path: Path, module: str) -> tuple[Path, Path, Path, list[Call]]:
    """The workspace, its copy from before the run, its key file, and the calls of the run."""
    home, key_file = begun(tmp_path)
    before = tmp_path / "before"
    shutil.copytree(home, before)
    attachment = tmp_path / "tep.pdf"
    attachment.write_bytes(random.Random(SEEDS[0]).randbytes(150_000))
    file = write_lines(tmp_path / "viec.jsonl", afternoon(60, [attachment]))
    trace = tmp_path / "trace"
    argv = ["strace", "-f", "-xx", "-s", "10000000", "-e", f"trace={CALLS}", "-o", str(trace)]
    subprocess.run(
        [*argv, *command(home, key_file, "record", str(file), module=module)],
        env=environment(),
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return home, before, key_file, list(calls(trace))


def states(
    tmp_path: Path, module: str, count: int, seed: int
) -> Iterator[tuple[dict[str, dict[str, object]], Path, Path]]:
    """``count`` disk states of one run: the receipts given before the cut, the folder after it, the key file."""
    home, before, key_file, run = recorded(tmp_path, module)
    chance = random.Random(seed)
    cuts = sorted(chance.choices(range(len(run)), k=count))
    disk, at = Disk(home, before), 0
    for number, cut in enumerate(cuts):
        for call in run[at:cut]:
            disk.do(call)
        at = cut
        after = tmp_path / f"after-{number}"
        disk.after_power_cut(chance, after)
        yield receipts(bytes(disk.said)), after, key_file
        shutil.rmtree(after)
    assert disk.flushes > 100, "the run was not recorded"


def lost(given: dict[str, dict[str, object]], home: Path, key_file: Path) -> set[str]:
    """The acts said to be saved that the workspace does not hold; all of them where it does not open."""
    try:
        with open_desk(home_of(home), Ways(key_file=key_file)) as desk:
            report = desk.workspace.verify()
            assert report.is_whole, report
            return {identity for identity in given if desk.ref_of(identity) != given[identity]["ref"]}
    except InspectorError:
        return set(given) or {"opening"}


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_said_to_be_saved_is_lost(tmp_path: Path, seed: int) -> None:
    """Two recorded runs with 500 cuts each."""
    said = 0
    for given, after, key_file in states(tmp_path, "inspector", 500, seed):
        said = max(said, len(given))
        assert not lost(given, after, key_file)
    assert said > 100


def test_without_the_flush_at_commit_some_is_lost(tmp_path: Path) -> None:
    """The checker checked: the same run with synchronous=NORMAL loses receipts."""
    after_cuts = states(tmp_path, "tests.durability.driver", 200, SEEDS[0])
    assert any(lost(*after) for after in after_cuts)
