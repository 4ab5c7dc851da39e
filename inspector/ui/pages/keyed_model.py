"""A list model that is brought up to date in place: rows that stay keep their place, selection and scroll."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from inspector.ui.pages.row_changes import bring_in_line

Index = QModelIndex | QPersistentModelIndex
T = TypeVar("T")


class KeyedModel(QAbstractListModel, Generic[T]):
    """``key`` tells rows apart; ``said`` is what a row says to those who do not see it."""

    def __init__(self, key: Callable[[T], Hashable], said: Callable[[T], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[T] = []
        self._key = key
        self._said = said

    def show_rows(self, rows: Sequence[T]) -> None:
        """These rows from now on: what is not among them goes, what is new comes, what changed is shown anew."""
        bring_in_line(self, self.rows, rows, self._key, self._tell)

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

    def _tell(self, place: int) -> None:
        self.dataChanged.emit(self.index(place), self.index(place))
