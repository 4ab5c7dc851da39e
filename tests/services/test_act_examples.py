"""Every act has an example in the documentation, and every example works."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from inspector.services.acts import ACTS
from inspector.services.line_schema import line_schema
from inspector.services.record import record
from inspector.services.reference_pages import examples
from tests.services.desks import new_desk, put_example_files

OF_OTHERS = {"quarantine-unknown"}
"""Told to the examples that settle what another laptop has to write first."""


@pytest.fixture
def receipts(fast_tmp: Path, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    put_example_files(fast_tmp)
    monkeypatch.chdir(fast_tmp)
    lines = [json.dumps(line).encode() for line in examples()]
    with new_desk(fast_tmp) as desk:
        return [json.loads(receipt) for receipt in record(desk, lines)]


def test_every_act_has_an_example() -> None:
    assert {str(line["act"]) for line in examples()} == set(ACTS)


def test_every_example_is_saved(receipts: list[dict[str, Any]]) -> None:
    refused = [receipt for receipt in receipts if not receipt["ok"]]
    assert [receipt for receipt in refused if receipt["code"] not in OF_OTHERS] == []
    assert [receipt["id"] for receipt in receipts] == [line["id"] for line in examples()]


def test_examples_fit_the_schema() -> None:
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(line_schema())
    assert [error.message for line in examples() for error in validator.iter_errors(line)] == []
