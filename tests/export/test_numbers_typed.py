from decimal import Decimal

import pytest

from inspector.export.sheets import parse_number


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("97,5", Decimal("97.5")),
        ("2 871", Decimal(2871)),
        ("1e9999999", None),
        ("1e15", None),
        ("NaN", None),
        ("x", None),
    ],
)
def test_a_number_is_read_or_is_none(typed: str, read: Decimal | None) -> None:
    assert parse_number(typed) == read
