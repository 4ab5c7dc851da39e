"""The histories of ``tests/sync/test_meetings.py`` with every message over TLS and HTTP between two threads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.sync.host import Host
from tests.hub.meetings import https_meetings
from tests.merge.history import generate
from tests.sync import meeting
from tests.sync.laptops import Parts
from tests.sync.meeting import SCENARIOS, failure

FEW = ("a copied laptop writes beside the first", "what waits is carried on")
MANY = 50
SHORT = 127


@pytest.fixture(scope="module")
def databases() -> Iterator[Path]:
    with meeting.databases() as folder:
        yield folder


@pytest.fixture
def answering(tmp_path: Path) -> Iterator[type[Host]]:
    with https_meetings(tmp_path) as made:
        yield made


@pytest.mark.parametrize("name", FEW)
def test_everybody_has_everything_after(name: str, databases: Path, answering: type[Host]) -> None:
    assert failure(SCENARIOS[name], databases, Parts(host=answering)) is None


def test_a_random_history_ends_alike_everywhere(databases: Path, answering: type[Host]) -> None:
    assert failure(generate(SHORT), databases, Parts(host=answering)) is None


@pytest.mark.many_meetings
@pytest.mark.parametrize("name", [name for name in SCENARIOS if name not in FEW])
def test_everybody_has_everything_after_the_others(name: str, databases: Path, answering: type[Host]) -> None:
    assert failure(SCENARIOS[name], databases, Parts(host=answering)) is None


@pytest.mark.many_meetings
@pytest.mark.parametrize("seed", range(100, 100 + MANY))
def test_random_histories_end_alike_everywhere(seed: int, databases: Path, answering: type[Host]) -> None:
    assert failure(generate(seed), databases, Parts(host=answering)) is None
