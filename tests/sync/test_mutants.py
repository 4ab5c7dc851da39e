"""Every broken exchange and every broken merge is told from the sound one by meetings of laptops, each by name.

Beside each stands what kills it, so that the whole list runs in seconds; the sound program lives through the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.merge.history import generate
from tests.merge.mutants import MUTANTS as MERGES
from tests.sync import in_memory, meeting
from tests.sync.mutants import MUTANTS as EXCHANGES

SCENARIO_THAT_KILLS = {
    "vector without hash": "a restored laptop writes the same number again",
    "root over accepted only": "a copied laptop writes beside the first",
    "one end of a fork": "a copied laptop writes beside the first",
    "held not relayed": "what waits is carried on",
    "not in arrival order": "every message of a long meeting is cut once",
    "cut in the order of hashes": "every message of a long meeting is cut once",
    "serial cursor": "every message of a long meeting is cut once",
    "sender remembers what it sent": "every message of a long meeting is cut once",
    "acknowledged before commit": "every message of a long meeting is cut once",
    "counted when sent": "every message of a long meeting is cut once",
    "fork path left out": "a copied laptop writes beside the first",
    "only the asker looks for forks": "the copy that is behind asks the one ahead",
    "one frame and done": "every message of a long meeting is cut once",
}

SEED_THAT_KILLS = {
    "single base": 3,
    "last writer wins": 3,
    "parents at commit": 5,
    "dropped gaps": 16,
    "apply held": 300,
    "time out held": 76,
    "delete wins": 8,
    "unsigned accepted": 0,
    "resolution names one parent": 31,
    "sequence reused after restore": 42,
    "clock decides": 3,
    "quarantined still replaces": 5,
    "judged once": 2,
    "revoked by arrival": 2,
}


@pytest.fixture(scope="module")
def databases() -> Iterator[Path]:
    with meeting.databases() as folder:
        yield folder


@pytest.mark.parametrize("name", EXCHANGES)
def test_broken_exchange_is_killed(name: str, databases: Path) -> None:
    found = meeting.failure(meeting.SCENARIOS[SCENARIO_THAT_KILLS[name]], databases, EXCHANGES[name])
    assert isinstance(found, AssertionError), f"{name} lives"


@pytest.mark.parametrize("name", MERGES)
def test_broken_merge_is_killed(name: str) -> None:
    history = generate(SEED_THAT_KILLS[name])
    assert in_memory.failure(history) is None
    assert isinstance(in_memory.failure(history, MERGES[name]), AssertionError), f"{name} lives"
