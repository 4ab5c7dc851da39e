"""Bringing the rows of a model in line with what was read, without a reset: what is selected stays selected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from PySide6.QtCore import QModelIndex

R = TypeVar("R")


class RowModel(Protocol):
    """The calls of Qt's models that say which rows change."""

    def beginInsertRows(self, parent: QModelIndex, first: int, last: int) -> None: ...
    def endInsertRows(self) -> None: ...
    def beginRemoveRows(self, parent: QModelIndex, first: int, last: int) -> None: ...
    def endRemoveRows(self) -> None: ...
    def beginMoveRows(self, source: QModelIndex, first: int, last: int, target: QModelIndex, child: int) -> bool: ...
    def endMoveRows(self) -> None: ...


def bring_in_line(
    model: RowModel,
    rows: list[R],
    wanted: Sequence[R],
    key: Callable[[R], str],
    changed: Callable[[int], object],
) -> None:
    """Change ``rows``, which the model shows, into ``wanted`` step by step; ``changed`` is told of rows that differ.

    Keys are unique on both sides.
    """
    nowhere = QModelIndex()
    kept = {key(row) for row in wanted}
    for place in reversed(range(len(rows))):
        if key(rows[place]) not in kept:
            model.beginRemoveRows(nowhere, place, place)
            del rows[place]
            model.endRemoveRows()
    for place, row in enumerate(wanted):
        here = next((at for at in range(place, len(rows)) if key(rows[at]) == key(row)), None)
        if here is None:
            model.beginInsertRows(nowhere, place, place)
            rows.insert(place, row)
            model.endInsertRows()
            continue
        if here != place:
            model.beginMoveRows(nowhere, here, here, nowhere, place)
            rows.insert(place, rows.pop(here))
            model.endMoveRows()
        if rows[place] != row:
            rows[place] = row
            changed(place)
