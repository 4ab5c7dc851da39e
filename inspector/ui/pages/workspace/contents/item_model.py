"""The items of one content, or of one saved filter, as rows of a list that are never taken away under a selection."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from inspector.ui.pages.workspace.contents.board import Line

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = Qt.ItemDataRole.UserRole + 1


class ItemModel(QAbstractListModel):
    """``show_lines`` puts other rows in the place of these; ``refresh`` changes what the same rows say."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()
        self._rows: dict[str, int] = {}

    def show_lines(self, lines: Sequence[Line]) -> None:
        if [line.key for line in lines] == [line.key for line in self.lines]:
            self.refresh(lines)
            return
        if self.lines:
            self.beginRemoveRows(QModelIndex(), 0, len(self.lines) - 1)
            self._take(())
            self.endRemoveRows()
        if lines:
            self.beginInsertRows(QModelIndex(), 0, len(lines) - 1)
            self._take(lines)
            self.endInsertRows()

    def refresh(self, lines: Sequence[Line]) -> None:
        """The same items as before, told anew."""
        before, self.lines = self.lines, tuple(lines)
        for row, (old, new) in enumerate(zip(before, self.lines, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row), self.index(row))

    def row_of(self, key: str) -> int:
        """-1 where the item is not among the rows."""
        return self._rows.get(key, -1)

    def line(self, row: int) -> Line | None:
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  -- as Qt declares it
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == LINE_ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return f"{line.code} {line.text}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (line.code, line.text, line.words or str(line.mark.words)) if part)
        return None

    def _take(self, lines: Sequence[Line]) -> None:
        self.lines = tuple(lines)
        self._rows = {line.key: row for row, line in enumerate(self.lines)}
