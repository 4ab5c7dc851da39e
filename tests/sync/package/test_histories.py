"""The random histories of the meetings, in which laptops meet by stick (see ``tests/sync/test_meetings.py``)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.merge.history import explain, generate
from tests.sync import meeting
from tests.sync.meeting import SCENARIOS
from tests.sync.packaged import failure

FEW, MANY = 2, 300


@pytest.fixture(scope="module")
def databases() -> Iterator[Path]:
    with meeting.databases() as folder:
        yield folder


@pytest.mark.parametrize("name", ["a restored laptop writes the same number again", "what waits is carried on"])
def test_everybody_has_everything_after(name: str, databases: Path) -> None:
    assert failure(SCENARIOS[name], databases) is None


@pytest.mark.parametrize("seed", range(FEW))
def test_random_histories_end_alike_everywhere(seed: int, databases: Path) -> None:
    _live(seed, databases)


@pytest.mark.packages
@pytest.mark.parametrize("seed", range(FEW, MANY))
def test_three_hundred_histories_end_alike_everywhere(seed: int, databases: Path) -> None:
    _live(seed, databases)


@pytest.mark.packages
@pytest.mark.parametrize("name", SCENARIOS)
def test_everybody_has_everything_after_each_scenario(name: str, databases: Path) -> None:
    assert failure(SCENARIOS[name], databases) is None


def _live(seed: int, databases: Path) -> None:
    if failure(generate(seed), databases) is not None:
        pytest.fail(explain(seed, lambda history: failure(history, databases)))
