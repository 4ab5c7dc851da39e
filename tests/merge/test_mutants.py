"""The histories can tell a broken program from a sound one: every mutant falls within a few of them."""

from __future__ import annotations

import pytest

from tests.merge.history import failure, generate
from tests.merge.mutants import MUTANTS

WITHIN = 400


@pytest.mark.parametrize("name", MUTANTS)
def test_mutant_is_killed(name: str) -> None:
    assert any(failure(generate(seed), MUTANTS[name]) for seed in range(WITHIN)), f"{name} lives"
