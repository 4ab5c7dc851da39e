"""Bringing the rows of a model in line with what was read, without a reset: what is selected stays selected."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import Protocol, TypeVar

from PySide6.QtCore import QModelIndex

R = TypeVar("R")
Key = Callable[[R], Hashable]
_NOWHERE = QModelIndex()


class RowModel(Protocol):
    """The calls of Qt's models that say which rows change."""

    def beginInsertRows(self, parent: QModelIndex, first: int, last: int) -> None: ...
    def endInsertRows(self) -> None: ...
    def beginRemoveRows(self, parent: QModelIndex, first: int, last: int) -> None: ...
    def endRemoveRows(self) -> None: ...
    def beginMoveRows(self, source: QModelIndex, first: int, last: int, target: QModelIndex, child: int) -> bool: ...
    def endMoveRows(self) -> None: ...


def bring_in_line(
    model: RowModel, rows: list[R], wanted: Sequence[R], key: Key[R], changed: Callable[[int], object]
) -> None:
    """Change ``rows``, which the model shows, into ``wanted`` step by step; ``changed`` is told of rows that differ.

    Keys are unique on both sides. What goes and what comes does so in runs: a list may have thousands of rows.
    """
    _drop(model, rows, {key(row) for row in wanted}, key)
    known = {key(row) for row in rows}
    place = 0
    while place < len(wanted):
        row = wanted[place]
        if key(row) not in known:
            place = _insert(model, rows, wanted, place, known, key)
            continue
        if key(rows[place]) != key(row):
            _move(model, rows, next(at for at in range(place, len(rows)) if key(rows[at]) == key(row)), place)
        if rows[place] != row:
            rows[place] = row
            changed(place)
        place += 1


def _drop(model: RowModel, rows: list[R], kept: Collection[Hashable], key: Key[R]) -> None:
    end = len(rows)
    while end > 0:
        start = end
        while start > 0 and key(rows[start - 1]) not in kept:
            start -= 1
        if start < end:
            model.beginRemoveRows(_NOWHERE, start, end - 1)
            del rows[start:end]
            model.endRemoveRows()
        end = start - 1


def _insert(
    model: RowModel, rows: list[R], wanted: Sequence[R], place: int, known: Collection[Hashable], key: Key[R]
) -> int:
    """The run of new rows that begins there; returns the place behind it."""
    end = place
    while end < len(wanted) and key(wanted[end]) not in known:
        end += 1
    model.beginInsertRows(_NOWHERE, place, end - 1)
    rows[place:place] = wanted[place:end]
    model.endInsertRows()
    return end


def _move(model: RowModel, rows: list[R], here: int, place: int) -> None:
    model.beginMoveRows(_NOWHERE, here, here, _NOWHERE, place)
    rows.insert(place, rows.pop(here))
    model.endMoveRows()
