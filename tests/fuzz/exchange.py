"""Random histories of laptops that meet through real exchanges over a way that cuts and repeats."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from tests.merge.history import generate
from tests.sync.meeting import databases, explain, failure

_CHUNK = 25


def run(count: int, seed: int) -> int:
    """Live through ``count`` histories with the seeds from ``seed`` on; print each failing one, shortened."""
    chunks = [range(first, min(first + _CHUNK, seed + count)) for first in range(seed, seed + count, _CHUNK)]
    failed = 0
    for found in _all(chunks):
        for report in found:
            failed += 1
            print(report)  # noqa: T201 - this is what the program is for
    return failed


def _all(chunks: list[range]) -> Iterator[list[str]]:
    if len(chunks) < 2:
        yield from map(_failures, chunks)
        return
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        yield from pool.map(_failures, chunks)


def _failures(seeds: range) -> list[str]:
    with databases() as folder:
        return [explain(seed, folder) for seed in seeds if failure(generate(seed), folder) is not None]
