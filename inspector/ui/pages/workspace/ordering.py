"""Moving a record up or down among its neighbours by the field ``order``, with as few acts as can be."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

Placed = tuple[str, Decimal | None]
"""A record and its stored order; None where nobody arranged it yet."""


def moved(rows: Sequence[Placed], record: str, step: int, among: Sequence[str]) -> list[tuple[str, Decimal]]:
    """The orders to write, the moved record's last; empty where it is at the end already.

    ``rows`` are all records as they stand, ``among`` those the record is moved between, in the same order. Records
    without an order are given one first, in the places they have, so that taking the last act back is enough.
    """
    place = among.index(record) + step
    if not 0 <= place < len(among):
        return []
    orders = [order for _, order in rows]
    written: list[tuple[str, Decimal]] = []
    known = [order for order in orders if order is not None]
    if len(known) < len(orders) or any(later <= former for former, later in pairwise(known)):
        written = [(name, Decimal(number)) for number, (name, _) in enumerate(rows, 1)]
        rows = written
    others = [(name, order) for name, order in rows if name != record and order is not None]
    beside = next(number for number, (name, _) in enumerate(others) if name == among[place])
    behind = beside if step > 0 else beside - 1
    before = others[behind][1] if behind >= 0 else None
    after = others[behind + 1][1] if behind + 1 < len(others) else None
    return [*written, (record, _between(before, after))]


def _between(before: Decimal | None, after: Decimal | None) -> Decimal:
    if before is None:
        return (after or Decimal(1)) - 1
    return before + 1 if after is None else (before + after) / 2
