"""Random histories of several laptops on real databases, against the oracle of the pure merge."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.domain import registry
from inspector.domain.credentials import Verifier
from inspector.domain.judgement import RightOf
from inspector.domain.registers import RuleOf
from tests.merge import replica, world
from tests.merge.history import generate
from tests.merge.replica import SPACE, Program
from tests.merge.world import World
from tests.storage.stored_known import StoredKnown

CHUNKS = 10
EACH = 10

# the fields of the histories as the registry knows them: so every one has a column
KNOWN_FIELDS = ("content", "severity", "merged_into", "order", "facts", "cause_internal", "legal_bases")


@pytest.fixture
def databases(memory: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(dir=memory))
    yield folder
    shutil.rmtree(folder)


def live_through(seed: int, folder: Path) -> None:
    """The history of a seed, every laptop on a database; at its end the derived tables of one must equal a rebuild."""
    stored: list[StoredKnown] = []

    def known(verify: Verifier, right_of: RightOf, rule_of: RuleOf) -> StoredKnown:
        stored.append(StoredKnown(folder, verify, right_of, rule_of))
        return stored[-1]

    history = generate(seed)
    try:
        lived = World(history.team, Program(known=known))
        for step in history.steps:
            lived.do(step)
        for number in range(len(lived.replicas)):
            lived.check(number)
        lived.finish()
        chosen = lived.replicas[seed % len(lived.replicas)].known
        assert isinstance(chosen, StoredKnown)
        assert chosen.tables() == chosen.made_again()
    finally:
        for opened in stored:
            opened.close()


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_histories_with_fields_no_column_knows(chunk: int, databases: Path) -> None:
    for seed in range(chunk * EACH, (chunk + 1) * EACH):
        live_through(seed, databases)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_histories_with_fields_of_the_registry(chunk: int, databases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = tuple(("finding", record, name) for record in ("1", "2") for name in KNOWN_FIELDS)
    monkeypatch.setattr(world, "PLACES", places)
    monkeypatch.setattr(replica, "RIGHTS", {name: str(registry.right_of("finding", name)) for name in KNOWN_FIELDS})
    monkeypatch.setattr(replica, "RULES", {name: str(registry.rule_of("finding", name)) for name in KNOWN_FIELDS})
    for seed in range(1000 + chunk * EACH, 1000 + (chunk + 1) * EACH):
        live_through(seed, databases)


def test_the_space_of_the_histories_is_found(databases: Path) -> None:
    history = World((0,), Program(known=lambda v, r, c: StoredKnown(databases, v, r, c)))
    history.do(("write", 0, 0, 0, 1))
    known = history.replicas[0].known
    assert isinstance(known, StoredKnown)
    assert len(known.statuses(SPACE)) == 2
    known.close()
