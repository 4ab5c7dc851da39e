"""Random histories of teams of laptops on the pure merge, against the oracle."""

from __future__ import annotations

from tests.fuzz._cores import pieces, told
from tests.merge.history import explained

_PIECE = 250


def run(count: int, seed: int) -> int:
    """Live through ``count`` histories with the seeds from ``seed`` on; print each failing one, shortened."""
    return told(_failures, pieces(count, seed, _PIECE))


def _failures(seeds: range) -> list[str]:
    return explained(seeds)
