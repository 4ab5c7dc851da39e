"""Cases shared among the cores, in pieces of neighbouring seeds."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def pieces(count: int, seed: int, size: int) -> list[range]:
    """The ``count`` seeds from ``seed`` on, in pieces of at most ``size``."""
    return [range(first, min(first + size, seed + count)) for first in range(seed, seed + count, size)]


def on_all_cores(
    work: Callable[[range], T], seeds: list[range], initializer: Callable[[], None] | None = None
) -> Iterator[T]:
    """What ``work``, a function of a module, says of each piece, in their order; a single piece is done here."""
    if len(seeds) < 2:
        yield from map(work, seeds)
        return
    with ProcessPoolExecutor(max_workers=os.cpu_count(), initializer=initializer) as pool:
        yield from pool.map(work, seeds)


def told(work: Callable[[range], list[str]], seeds: list[range]) -> int:
    """Print every report of ``work``; how many there were."""
    failed = 0
    for reports in on_all_cores(work, seeds):
        for report in reports:
            failed += 1
            print(report)  # noqa: T201 - this is what the long runs are for
    return failed
