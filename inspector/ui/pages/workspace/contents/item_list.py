"""The list of items: virtual, steered by keys alone, and never searched by the letters that answer."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from inspector.ui.keys import ENTER, is_plain
from inspector.ui.language import Words
from inspector.ui.pages.workspace.contents.board import Line
from inspector.ui.pages.workspace.contents.item_delegate import ItemDelegate
from inspector.ui.pages.workspace.contents.item_model import ItemModel

_DIGITS = "0123456789"


class ItemList(QListView):
    """``current`` follows the selected item by its key, empty for none; ``entered`` comes with Enter, ``typed`` with a
    digit that no answer has; ``left`` with Esc.
    """

    current = Signal(str)
    entered = Signal()
    typed = Signal(str)
    left = Signal()

    def __init__(self, name: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quiet = False
        self.items = ItemModel(self)
        self.painter = ItemDelegate(self)
        self.setModel(self.items)
        self.setItemDelegate(self.painter)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setAccessibleName(str(name))
        self._name = name

    def show_lines(self, lines: tuple[Line, ...], key: str) -> None:
        """Show these rows with that one selected, or the first; ``current`` tells where it is another one."""
        before = self.key()
        self._quiet = True
        self.items.show_lines(lines)
        row = self.items.row_of(key)
        self._select(row if row >= 0 else 0 if lines else -1)
        self._quiet = False
        if self.key() != before:
            self.current.emit(self.key())

    def key(self) -> str:
        line = self.items.line(self.currentIndex().row())
        return line.key if line is not None else ""

    def go_to(self, key: str) -> bool:
        """Select an item; False where it is not among the rows."""
        row = self.items.row_of(key)
        if row >= 0:
            self._select(row)
        return row >= 0

    def move_by(self, step: int) -> bool:
        """Select the row after or before; False at the end."""
        row = self.currentIndex().row() + step
        if not 0 <= row < len(self.items.lines):
            return False
        self._select(row)
        return True

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.painter.current = current.row()
        # The selected row is the higher one.
        self.scheduleDelayedItemsLayout()
        self.scrollTo(current)
        if not self._quiet:
            self.current.emit(self.key())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = is_plain(event)
        if plain and event.key() in ENTER:
            self.entered.emit()
        elif plain and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif plain and event.text() and event.text() in _DIGITS:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _text: str) -> None:
        """Letters answer or do nothing."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.items.lines:
            self._select(0)

    def _select(self, row: int) -> None:
        index = self.items.index(row) if row >= 0 else QModelIndex()
        self.setCurrentIndex(index)
        if row >= 0:
            self.executeDelayedItemsLayout()
            self.scrollTo(index)


Index = QModelIndex | QPersistentModelIndex
