"""Random histories of laptops that meet only at a hub, which judges with them and is restored now and then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.fuzz._cores import pieces, told
from tests.merge.history import generate, shortened
from tests.sync.meeting import databases
from tests.sync.office_hub import failure

_PIECE = 25


def run(count: int, seed: int) -> int:
    """Live through ``count`` histories with the seeds from ``seed`` on; print each failing one, shortened."""
    return told(_failures, pieces(count, seed, _PIECE))


def _failures(seeds: range) -> list[str]:
    with databases() as folder:
        return list(_explained(seeds, folder))


def _explained(seeds: range, folder: Path) -> Iterator[str]:
    for seed in seeds:
        if failure(generate(seed), folder) is not None:
            short = shortened(generate(seed), lambda history: failure(history, folder) is not None)
            yield f"seed {seed}: {failure(short, folder)!r}\n{short}"
