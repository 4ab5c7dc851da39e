"""Choosing one of very many by typing a part of its name. Nothing is ever completed in the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from inspector.domain.text import fold
from inspector.ui.editing import LineEditor, never
from inspector.ui.language import Phrase, Words, tr
from inspector.ui.widgets.field import Field, Reading
from inspector.ui.widgets.pick_field import Choice, said

Index = QModelIndex | QPersistentModelIndex
_MOST_ROWS = 8

Find = Callable[[str], Sequence[Choice]]
"""The best choices for what is typed, best first; asked at every letter, so it answers from memory."""


class SearchField(Field):
    """A line with a list under it: ↓ ↑ choose, Enter takes, F4 or Alt+↓ shows the list again, Esc hides it.

    ``Entry.value`` is the key of a ``Choice`` or None. What was typed and names no single choice stays as it is, and
    the field says so. Marks and case do not matter.
    """

    def __init__(self, words: Words, find: Find, *, parent: QWidget | None = None) -> None:
        self._line = SearchEditor()
        super().__init__(words, self._line, parent=parent)
        self._find = find
        self._taken: Choice | None = None
        self._list = ChoiceList(self._line)
        self._list.taken.connect(self._take)
        self._line.typed.connect(self._search)
        self._line.left.connect(self._list.hide)
        self._line.key_for_list.connect(self._steer)

    def show_choice(self, choice: Choice | None, seen: object = None) -> bool:
        """As ``show_value``."""
        self._taken = choice
        return self.show_value(said(choice) if choice is not None else "", seen)

    def choices(self) -> ChoiceList:
        return self._list

    def _read(self, text: str) -> Reading | Phrase:
        if not text.strip():
            return Reading(None, "")
        if self._taken is not None and fold(said(self._taken)) == fold(text):
            return Reading(self._taken.key, said(self._taken))
        same = [choice for choice in self._find(text) if fold(text) in (fold(said(choice)), fold(str(choice.words)))]
        if len(same) == 1:
            return Reading(same[0].key, said(same[0]))
        return tr("Chọn một dòng trong danh sách")

    def _search(self) -> None:
        typed = self._line.draft().text
        if self._line.hasFocus() and self.is_dirty() and typed.strip():
            self._list.offer(self._find(typed))
        else:
            self._list.hide()

    def _steer(self, step: int) -> None:
        """One row down or up; 0 takes the chosen row."""
        if step == 0:
            self._list.take_current()
        elif not self._list.isVisible():
            self._list.offer(self._find(self._line.draft().text))
        else:
            self._list.move_by(step)

    def _take(self, choice: Choice) -> None:
        self._taken = choice
        self._list.hide()
        self._line.setText(said(choice))
        self.finish()
        self._list.hide()


class SearchEditor(LineEditor):
    """A line that hands the keys of a list on while it keeps the caret. ``closed``: the list goes, the text stays."""

    key_for_list = Signal(int)
    closed = Signal()
    is_open: Callable[[], bool] = staticmethod(never)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_F4: 1}
        key = Qt.Key(event.key())
        if key in steps and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.key_for_list.emit(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.is_open():
            self.key_for_list.emit(0)
        elif key == Qt.Key.Key_Escape and self.is_open() and not self.preedit:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class ChoiceList(QFrame):
    """The list under a search field; part of the same window, so that the caret and the input method stay put."""

    taken = Signal(object)

    def __init__(self, line: SearchEditor) -> None:
        super().__init__(line.window())
        self._line = line
        self._model = _ChoiceModel(self)
        self._view = QListView(self)
        self._view.setModel(self._model)
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setAccessibleName(str(tr("Danh sách gợi ý")))
        self._view.clicked.connect(self.take_current)
        self.setObjectName("choices")
        self.setProperty("floats", True)
        line.is_open = self.isVisible
        line.closed.connect(self.hide)
        self.hide()

    def offer(self, choices: Sequence[Choice]) -> None:
        """Show these under the line, the first one chosen; nothing to show hides the list."""
        self._model.show_rows(choices)
        if not choices:
            self.hide()
            return
        if self.parentWidget() is not self._line.window():
            self.setParent(self._line.window())
        self._view.setCurrentIndex(self._model.index(0))
        self._place(len(choices))
        self.show()
        self.raise_()

    def keys(self) -> list[str]:
        return [choice.key for choice in self._model.rows]

    def move_by(self, step: int) -> None:
        row = max(0, min(self._model.rowCount() - 1, self._view.currentIndex().row() + step))
        self._view.setCurrentIndex(self._model.index(row))

    def take_current(self) -> None:
        index = self._view.currentIndex()
        if index.isValid():
            self.taken.emit(self._model.rows[index.row()])

    def _place(self, rows: int) -> None:
        window = self._line.window()
        self._view.ensurePolished()
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if rows > _MOST_ROWS else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self._view.setVerticalScrollBarPolicy(policy)
        height = self._view.sizeHintForRow(0) * min(rows, _MOST_ROWS) + 2
        corner = self._line.mapTo(window, QPoint(0, self._line.height() + 2))
        if corner.y() + height > window.height():
            corner.setY(max(0, corner.y() - self._line.height() - 4 - height))
        self.setGeometry(corner.x(), corner.y(), self._line.width(), height)
        self._view.setGeometry(self.rect().adjusted(1, 1, -1, -1))


class _ChoiceModel(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[Choice, ...] = ()

    def show_rows(self, rows: Sequence[Choice]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  -- as Qt declares it
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return said(self.rows[index.row()])
