"""A list model that is brought up to date in place: rows that stay keep their place, selection and scroll."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
T = TypeVar("T")


class KeyedModel(QAbstractListModel, Generic[T]):
    """``key`` tells rows apart; ``said`` is what a row says to those who do not see it."""

    def __init__(self, key: Callable[[T], object], said: Callable[[T], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[T] = []
        self._key = key
        self._said = said

    def show_rows(self, rows: Sequence[T]) -> None:
        """These rows from now on: what is not among them goes, what is new comes, what changed is shown anew."""
        wanted = {self._key(row) for row in rows}
        for place in range(len(self.rows) - 1, -1, -1):
            if self._key(self.rows[place]) not in wanted:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self.rows[place]
                self.endRemoveRows()
        for place, row in enumerate(rows):
            self._put(place, row)

    def place_of(self, key: object) -> int:
        """The row with that key, -1 where there is none."""
        return next((place for place, row in enumerate(self.rows) if self._key(row) == key), -1)

    def row(self, index: Index) -> T | None:
        return self.rows[index.row()] if index.isValid() and index.row() < len(self.rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  -- as Qt declares it
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        if row is None or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        return self._said(row)

    def _put(self, place: int, row: T) -> None:
        key = self._key(row)
        at = next((n for n in range(place, len(self.rows)) if self._key(self.rows[n]) == key), -1)
        if at < 0:
            self.beginInsertRows(QModelIndex(), place, place)
            self.rows.insert(place, row)
            self.endInsertRows()
            return
        if at != place:
            self.beginMoveRows(QModelIndex(), at, at, QModelIndex(), place)
            self.rows.insert(place, self.rows.pop(at))
            self.endMoveRows()
        if self.rows[place] != row:
            self.rows[place] = row
            self.dataChanged.emit(self.index(place), self.index(place))
