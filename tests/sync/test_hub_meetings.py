"""The histories of ``test_meetings`` with a hub between the laptops: it must judge as they do, and lose nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.merge.history import generate
from tests.sync import meeting
from tests.sync.meeting import SCENARIOS
from tests.sync.office_hub import failure

HISTORIES = 2


@pytest.fixture(scope="module")
def databases() -> Iterator[Path]:
    with meeting.databases() as folder:
        yield folder


@pytest.mark.parametrize("name", SCENARIOS)
def test_everybody_has_everything_after(name: str, databases: Path) -> None:
    assert failure(SCENARIOS[name], databases) is None


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_random_histories_end_alike_at_the_hub(seed: int, databases: Path) -> None:
    assert failure(generate(seed), databases) is None
