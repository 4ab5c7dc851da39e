"""The histories can tell a broken program from a sound one: every mutant falls within a few of them."""

from __future__ import annotations

import pytest

from tests.merge.history import History, failure, generate, shrink
from tests.merge.mutants import MUTANTS

WITHIN = 400


@pytest.mark.parametrize("name", MUTANTS)
def test_mutant_is_killed(name: str) -> None:
    assert any(failure(generate(seed), MUTANTS[name]) for seed in range(WITHIN)), f"{name} lives"


def test_a_failing_history_is_shortened_and_printed_so_that_it_can_be_run() -> None:
    program = MUTANTS["last writer wins"]
    seed = next(seed for seed in range(WITHIN) if failure(generate(seed), program))
    short = shrink(generate(seed), program)
    assert len(short.steps) <= 6
    assert failure(short, program) is not None
    assert failure(short) is None
    assert eval(str(short), {"History": History}) == short  # noqa: S307 - what this program printed itself
