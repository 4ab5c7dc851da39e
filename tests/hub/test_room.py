"""Twelve laptops around one of them, on one radio that everybody shares: all have everything, and say the same."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

LAPTOPS, CHANGES = 12, 300
ROOM = 'mount -t tmpfs tmpfs /run && exec "$0" -m tests.hub.room meet "$@"'


@pytest.mark.many_laptops
@pytest.mark.parametrize(
    "link",
    [("20", "0", "0"), ("20", "100", "5", "10", "3")],
    ids=["20 Mbit/s", "100 ms each way, 5 % lost, dark 3 s of every 10"],
)
def test_all_have_everything(fast_tmp: Path, link: tuple[str, ...]) -> None:
    command = ["unshare", "-m", "-n", "sh", "-c", ROOM, sys.executable, fast_tmp, LAPTOPS, CHANGES, *link]
    ran = subprocess.run([str(word) for word in command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    print(f"{told['seconds']} s")  # noqa: T201 - a figure to be read with -s, and never an assertion
    assert (told["roots"], told["records"] >= LAPTOPS * (CHANGES + 1)) == (1, True)
