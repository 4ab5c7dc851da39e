"""Laptops and a hub as processes: nothing promised is lost, whatever is killed, cut, filled or set back.

Plans with other seeds, for hours: ``dev.py fuzz end-to-end --minutes 240``.
"""

from __future__ import annotations

import pytest

from tests.ends.living import live
from tests.ends.plans import Plan, generate

pytestmark = pytest.mark.end_to_end

SEEDS = range(5)


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_promised_is_lost(seed: int) -> None:
    lived = live(generate(seed))
    assert lived.failure is None, "\n".join([*lived.told, lived.failure])
    assert lived.receipts > lived.forgiven


def alone(*steps: dict[str, object]) -> Plan:
    return Plan(1, 1, (), steps)


RECORD = {
    "do": "record",
    "laptop": "lead",
    "inspection": 0,
    "lines": [{"id": f"d{number}", "finding": 1} for number in range(10)],
}


def test_receipts_printed_before_the_commit_are_found() -> None:
    lived = live(alone({**RECORD, "kill": {"after": 8, "ms": 0}, "again": False}), "receipt_before_commit")
    assert lived.failure is not None
    assert "was promised and is not at" in lived.failure


def test_a_hub_that_acknowledges_and_drops_is_found() -> None:
    lived = live(alone(RECORD), "hub_drops")
    assert lived.failure is not None
    assert lived.failure.startswith("never quiet")
