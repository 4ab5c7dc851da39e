"""Random histories of laptops that meet only at a hub, which judges with them and is restored now and then."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.merge.history import generate, shortened
from tests.sync.meeting import databases
from tests.sync.office_hub import failure

_CHUNK = 25


def run(count: int, seed: int) -> int:
    """Live through ``count`` histories with the seeds from ``seed`` on; print each failing one, shortened."""
    chunks = [range(first, min(first + _CHUNK, seed + count)) for first in range(seed, seed + count, _CHUNK)]
    failed = 0
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        for found in pool.map(_failures, chunks):
            for report in found:
                failed += 1
                print(report)  # noqa: T201 - this is what the program is for
    return failed


def _failures(seeds: range) -> list[str]:
    with databases() as folder:
        return list(_explained(seeds, folder))


def _explained(seeds: range, folder: Path) -> Iterator[str]:
    for seed in seeds:
        if failure(generate(seed), folder) is not None:
            short = shortened(generate(seed), lambda history: failure(history, folder) is not None)
            yield f"seed {seed}: {failure(short, folder)!r}\n{short}"
