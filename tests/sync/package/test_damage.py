"""A short run of ``dev.py fuzz packages``: nothing damaged is accepted, nothing crashes."""

from __future__ import annotations

from tests.fuzz import packages

TRIALS = 60


def test_no_damaged_package_is_accepted() -> None:
    assert packages.run(TRIALS, 20_261_126) == 0
