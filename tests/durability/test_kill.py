"""``record`` killed at random moments, the whole file sent again each time."""

import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.durability.runs import afternoon, begun, command, environment, receipts, run, write_lines

SEED = 20261122


def kill_once(argv: list[str], chance: random.Random) -> bytes:
    """Start the program, let it print some receipts, kill it a moment later; what it printed till then."""
    process = subprocess.Popen(argv, stdout=subprocess.PIPE, env=environment())
    assert process.stdout is not None
    printed = b""
    for _ in range(chance.randint(0, 60)):
        line = process.stdout.readline()
        if not line:
            break
        printed += line
    time.sleep(chance.random() * 0.004)  # somewhere inside the next commits
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate()
    return printed + rest


def rounds(tmp_path: Path, kills: int) -> None:
    chance = random.Random(SEED)
    home, key_file = begun(tmp_path)
    photo = tmp_path / "bien-ban.pdf"
    photo.write_bytes(chance.randbytes(200_000))
    lines = afternoon(120, [photo] * 10)
    file = write_lines(tmp_path / "viec.jsonl", lines)
    argv = command(home, key_file, "record", str(file))
    promised: dict[str, dict[str, object]] = {}
    for number in range(kills):
        for identity, receipt in receipts(kill_once(argv, chance)).items():
            assert receipt["ok"], receipt
            assert promised.setdefault(identity, receipt) == receipt, f"kill {number}"
    whole = run(home, key_file, "record", str(file))
    assert whole.returncode == 0, whole.stderr
    final = receipts(whole.stdout)
    assert list(final) == [line["id"] for line in lines]
    assert {identity: final[identity] for identity in promised} == promised
    assert promised, "no receipt was given before a kill: the test proves nothing"
    assert len({receipt["hash"] for receipt in final.values()}) == len(lines)
    verified = run(home, key_file, "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_no_receipt_is_lost_and_nothing_is_there_twice(tmp_path: Path) -> None:
    rounds(tmp_path, 3)


@pytest.mark.many_kills
def test_two_hundred_kills(tmp_path: Path) -> None:
    rounds(tmp_path, 200)
