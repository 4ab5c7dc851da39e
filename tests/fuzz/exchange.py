"""Random histories of laptops that meet through real exchanges over a way that cuts and repeats."""

from __future__ import annotations

from tests.fuzz._cores import pieces, told
from tests.merge.history import explained
from tests.sync.meeting import databases, failure

_PIECE = 25


def run(count: int, seed: int) -> int:
    """Live through ``count`` histories with the seeds from ``seed`` on; print each failing one, shortened."""
    return told(_failures, pieces(count, seed, _PIECE))


def _failures(seeds: range) -> list[str]:
    with databases() as folder:
        return explained(seeds, lambda history: failure(history, folder))
