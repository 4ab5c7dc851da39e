"""Laptops on real databases that meet through exchanges, cut and repeated anywhere, against the oracle of the merge.

A history breaks when something that was committed is not everywhere in the end (I1, I4), when two laptops that were not
disturbed do not match or say so wrongly, when something arrives before what it needs, when a record was acknowledged
and is not on the disk (I5), or counted on a disk that does not have it (I10).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fuzz import exchange
from tests.merge.history import explain, generate
from tests.sync import meeting
from tests.sync.meeting import SCENARIOS, failure

HISTORIES = 4


@pytest.fixture(scope="module")
def databases() -> Iterator[Path]:
    with meeting.databases() as folder:
        yield folder


@pytest.mark.parametrize("name", SCENARIOS)
def test_everybody_has_everything_after(name: str, databases: Path) -> None:
    assert failure(SCENARIOS[name], databases) is None


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_random_histories_end_alike_everywhere(seed: int, databases: Path) -> None:
    if failure(generate(seed), databases) is not None:
        pytest.fail(explain(seed, lambda history: failure(history, databases)))


def test_the_long_run_counts_what_failed() -> None:
    assert exchange.run(1, 3) == 0
