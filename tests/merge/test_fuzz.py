"""The long runs by name: what they count, what they print, how they end."""

from __future__ import annotations

import pytest

from tests.fuzz import __main__ as fuzz
from tests.fuzz import merge
from tests.merge.mutants import MUTANTS
from tests.merge.replica import Program


def test_a_run_without_failures_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert fuzz.main(["merge", "4", "--seed", "7"]) == 0
    assert capsys.readouterr().out.startswith("merge: 4 cases from seed 7, 0 failed, ")


def test_every_name_offers_a_run() -> None:
    assert "merge" in fuzz.names()


def test_a_name_nobody_knows_is_wrong_use() -> None:
    with pytest.raises(SystemExit, match="2"):
        fuzz.main(["nothing"])


def test_a_failing_history_is_printed_with_its_seed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = MUTANTS["last writer wins"]
    monkeypatch.setattr("tests.merge.world.Program", lambda: Program(known=broken.known))
    assert merge.run(20, 0) > 0
    assert capsys.readouterr().out.startswith("seed ")
