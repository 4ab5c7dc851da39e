"""Laptops and a hub as real processes, with kills, cuts, full disks and disks set back, against what they promised.

``end-to-end 200`` lives through so many plans, ``end-to-end --minutes 240`` as many as begin within four hours,
``end-to-end --replay FILE`` through one that was kept. A failing plan is shortened and kept in ``build/ends``.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.architecture.tree import ROOT
from tests.ends.living import Lived, live, shorter
from tests.ends.plans import Plan, generate, read

KEPT = ROOT / "build" / "ends"
SHORTENING = 900.0
"""Seconds for the shortening of one plan."""


def run(count: int, seed: int) -> int:
    """Live through ``count`` plans with the seeds from ``seed`` on; how many failed."""
    return len([keep(plan) for plan in _failing(range(seed, seed + count))])


def run_for(minutes: float, seed: int) -> tuple[int, int]:
    """As many plans as begin within so many minutes: how many there were, and how many failed."""
    until = time.monotonic() + minutes * 60
    together = os.cpu_count() or 1
    count, failing = 0, list[Plan]()
    while time.monotonic() < until:
        failing += _failing(range(seed + count, seed + count + together))
        count += together
    return count, len([keep(plan) for plan in failing])


def replay(file: Path) -> int:
    """Live through a plan that was kept, and tell every step; 1 where it fails still."""
    lived = live(read(file))
    _say("\n".join(lived.told))
    _say(lived.failure or "nothing was lost")
    return 1 if lived.failure else 0


def _failing(seeds: Iterable[int]) -> list[Plan]:
    """Those of these plans that fail; one process for each core."""
    failing: list[Plan] = []
    plans = [generate(seed) for seed in seeds]
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for plan, lived in zip(plans, pool.map(live, plans), strict=True):
            if lived.failure is not None:
                _say(f"seed {plan.seed}: {lived.failure}")
                failing.append(plan)
    return failing


def keep(plan: Plan, seconds: float = SHORTENING, living: Callable[[Plan], Lived] = live, folder: Path = KEPT) -> Path:
    """The shortest form found of a failing plan, in a file that ``--replay`` takes."""
    short, failure = shorter(plan, seconds, living)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{plan.seed}.json"
    file.write_text(short.text(failure=failure), "utf-8")
    _say(f"seed {plan.seed}: {len(short.steps)} of {len(plan.steps)} steps are enough, kept in {file}")
    return file


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - this is what the program is for
