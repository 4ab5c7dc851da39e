"""A table whose first columns stay where they are while the others are scrolled sideways.

One view does it, and no second one lies over it: selection, keys, the editor in a cell and what readers of the screen
are told stay those of the table. Only the frozen cells are painted again at the left, and places are told from there.
"""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionViewItem, QTableView, QWidget

from inspector.ui.theme import look

Index = QModelIndex | QPersistentModelIndex


class FrozenColumns(QTableView):
    """The first ``frozen`` columns stay. Columns keep their order and are shown all."""

    def __init__(self, frozen: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.frozen = frozen
        if frozen:
            self.setHorizontalHeader(_Head(self))

    def frozen_width(self) -> int:
        """How much of the viewport the frozen columns take."""
        return sum(self.columnWidth(column) for column in range(self.frozen))

    def moved(self) -> int:
        """How far the other columns lie under the frozen ones."""
        return self.horizontalOffset() if self.frozen else 0

    # -------------------------------------------------------- places

    def indexAt(self, place: QPoint) -> QModelIndex:
        if not self.moved() or place.x() >= self.frozen_width():
            return super().indexAt(place)
        row, right = self.rowAt(place.y()), 0
        for column in range(self.frozen):
            right += self.columnWidth(column)
            if place.x() < right:
                return self.model().index(row, column) if row >= 0 else QModelIndex()
        return QModelIndex()

    def visualRect(self, index: Index) -> QRect:
        rect = super().visualRect(index)
        return rect.translated(self.moved(), 0) if index.column() < self.frozen else rect

    def scrollTo(self, index: Index, hint: QTableView.ScrollHint = QTableView.ScrollHint.EnsureVisible) -> None:
        """A frozen cell is in view already; any other comes out from under them."""
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if not self.frozen or not index.isValid():
            return
        if index.column() < self.frozen:
            bar.setValue(before)
            return
        hidden = self.frozen_width() - self.columnViewportPosition(index.column())
        if hidden > 0:
            bar.setValue(bar.value() - hidden)

    # -------------------------------------------------------- painting

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if dx and self.frozen:
            # Qt moves the pixels that are there, the frozen ones too.
            self.viewport().update()
            self.horizontalHeader().viewport().update()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        if self.moved():
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.moved() and self.model() is not None:
            painter = QPainter(self.viewport())
            self._paint_frozen(painter)
            painter.end()

    def _paint_frozen(self, painter: QPainter) -> None:
        width, height = self.frozen_width(), self.viewport().height()
        painter.fillRect(QRect(0, 0, width, height), look().colour("surface"))
        first, last = self.rowAt(0), self.rowAt(height - 1)
        last = last if last >= 0 else self.model().rowCount() - 1
        for row in range(max(first, 0), last + 1):
            for column in range(self.frozen):
                index = self.model().index(row, column)
                option = QStyleOptionViewItem()
                self.initViewItemOption(option)
                option.rect = self.visualRect(index)
                if self.selectionModel().isSelected(index):
                    option.state |= QStyle.StateFlag.State_Selected
                self.itemDelegateForIndex(index).paint(painter, option, index)
        painter.fillRect(QRect(width - 1, 0, 1, height), look().colour("line"))


class _Head(QHeaderView):
    """The headings of the frozen columns stay over them."""

    def __init__(self, table: FrozenColumns) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setSectionsClickable(True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # Under the frozen headings lie others, which nobody means.
        if not self._table.moved() or event.position().x() >= self._table.frozen_width():
            super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._table.moved():
            return
        painter, left = QPainter(self.viewport()), 0
        for column in range(self._table.frozen):
            room = QRect(left, 0, self.sectionSize(column), self.height())
            painter.save()
            painter.fillRect(room, look().colour("surface2"))
            self.paintSection(painter, room, column)
            painter.restore()
            left += room.width()
        painter.fillRect(QRect(left - 1, 0, 1, self.height()), look().colour("line"))
        painter.end()
