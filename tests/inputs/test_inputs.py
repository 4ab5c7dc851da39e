"""Three thousand damaged and foreign inputs through every door; a hundred thousand by ``dev.py fuzz inputs``."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest

from tests.inputs.foreign import foreign
from tests.inputs.kinds import FileKind, Kind
from tests.inputs.trial import KINDS, Trials, quiet_stderr

SHARE = 3_000 / sum(kind.weight for kind in KINDS)


@pytest.fixture(scope="module")
def trials() -> Iterator[Trials]:
    made = Trials()
    yield made
    made.close()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_damaged_inputs_get_a_sentence_and_leave_everything_as_it_was(trials: Trials, kind: type[Kind]) -> None:
    with quiet_stderr() as said:
        faults = [trials.try_seed(seed, kind.name) for seed in range(math.ceil(SHARE * kind.weight))]
    assert [f"{fault.keep()}: {fault.told}" for fault in faults if fault is not None] == []
    assert b"Traceback" not in b"".join(said)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if issubclass(kind, FileKind)], ids=lambda kind: kind.name)
def test_files_of_other_kinds_get_a_sentence(trials: Trials, kind: type[Kind]) -> None:
    found = {name: trials.try_input(kind.name, data) for name, data in foreign().items()}
    assert {name: fault.told for name, fault in found.items() if fault is not None} == {}


def test_samples_without_damage_are_taken(trials: Trials) -> None:
    """Otherwise the damaged ones would be refused for a reason of their own."""
    assert trials.refusals_of_sound_samples() == []
