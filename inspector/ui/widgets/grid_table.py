"""A table one types into like into a form: Tab along, Enter down, and no letter lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from inspector.domain.wording import short_day
from inspector.ui import tokens
from inspector.ui.actions import Act, Acts
from inspector.ui.editing import settle
from inspector.ui.language import Phrase, Words
from inspector.ui.painting import paint_mark, paint_pixmap
from inspector.ui.theme import look, restyle
from inspector.ui.tokens import Size, Weight
from inspector.ui.typed_values import read_date
from inspector.ui.widgets.frozen_columns import FrozenColumns
from inspector.ui.widgets.grid_editor import CellEditor
from inspector.ui.widgets.grid_model import (
    NEW,
    NUMBER,
    Cell,
    Column,
    GridModel,
    Index,
    Kind,
    Row,
    State,
    Typed,
    one_line,
    yes_no,
)
from inspector.ui.widgets.value_fields import CalendarPopup

_ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_PAD = 8
_AROUND = 26
"""What an editor needs beside its text."""
_SIGN = 16


@dataclass(frozen=True)
class CellEntry:
    """What leaving a cell commits. ``row`` is NEW in the blank row; ``seen`` what its author saw."""

    row: str
    key: str
    text: str
    value: object
    seen: tuple[str, ...]


class GridTable(FrozenColumns):
    """Fed by ``show_rows``. ``committed`` carries a ``CellEntry``; whoever takes it answers with ``mark_saved`` or
    ``mark_unsaved``. ``drafted`` carries row, key, the text or None, and what was seen. ``removal_wanted`` carries the
    ids of rows, ``pasted`` the lines of a pasted table with row and key of the cell they begin at.
    """

    committed = Signal(object)
    drafted = Signal(str, str, object, object)
    removal_wanted = Signal(list)
    pasted = Signal(list, str, str)
    arrived = Signal(str, str)

    def __init__(
        self,
        columns: Sequence[Column],
        name: Words,
        *,
        adds: bool = False,
        frozen: int = 0,
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(frozen, parent)
        self.grid = GridModel(columns, adds=adds, parent=self)
        self.seen_of: Callable[[str, str], tuple[str, ...]] = _nothing_seen
        self._name = name
        self._today = today
        self._adds = adds
        self._read_only = False
        self._changing: list[Act] = []
        self._invitation: Words = ""
        self._at: tuple[str, str] | None = None
        self._base = ""
        self._seen: tuple[str, ...] = ()
        self._waits = False
        self._goes_on = False
        """Enter was pressed in the blank row before it was stored: the next one is wanted."""
        self._anchor: tuple[int, int] | None = None
        self._draft_timer = QTimer(self, singleShot=True, interval=tokens.DRAFT_MS)
        self._draft_timer.timeout.connect(self._hand_out_draft)
        self.editor = CellEditor(self, self.viewport())
        self.editor.setProperty("floats", True)
        self.editor.hide()
        self.setModel(self.grid)
        self.setItemDelegate(_CellDelegate(self))
        self.editor.is_dirty = self.is_dirty
        self.editor.typed.connect(self._on_typed)
        self.editor.left.connect(self._on_left)
        self._dress()
        self.grid.dataChanged.connect(self._fit_changed)
        self.grid.rowsInserted.connect(self._fit_inserted)
        self.grid.rowsRemoved.connect(self._place_editor)
        self.grid.layoutChanged.connect(self._fit_rows)
        self._fit_columns()

    # -------------------------------------------------------- what is shown

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show what is stored; an open editor is left alone."""
        self.grid.show_rows(rows)
        self._place_editor()

    def set_read_only(self, *, read_only: bool, why: Words = "") -> None:
        """Cells can be gone through and copied, not typed into; ``why`` closes the acts that change them."""
        for act in self._changing:
            act.close(why) if read_only else act.open()
        if read_only == self._read_only:
            return
        self.finish()
        self._read_only = read_only
        self.grid.set_adds(adds=self._adds and not read_only)
        if read_only and self.editor.isVisible():
            self._close_editor()

    @property
    def is_read_only(self) -> bool:
        return self._read_only

    def bind(self, acts: Acts) -> None:
        """Copying the cell above, removing rows, and the hint for F2; keys count in the table and in its editor."""
        for command, run in (("copy-above", self.copy_above), ("remove-row", self.remove_rows)):
            self._changing.append(acts.bind(command, run, self))
            self.editor.addAction(self._changing[-1])
        self._changing.append(acts.name("edit-cell", self))

    @property
    def editing_row(self) -> str | None:
        """The id of the row whose cell is open."""
        return self._at[0] if self._at is not None else None

    def current_row(self) -> str | None:
        """The id of the row one is in."""
        index = self.currentIndex()
        return self.grid.id_at(index.row()) if index.isValid() else None

    def go_to(self, row: str, key: str) -> None:
        """Come to a cell; NEW is the blank row."""
        place = self.grid.place_of(row)
        columns = [column.key for column in self.grid.columns]
        if place is not None and key in columns:
            self.setCurrentIndex(self.grid.index(place, columns.index(key)))
            self.setFocus()

    def go_home(self) -> None:
        """To the first cell, wherever the focus is."""
        stops = self._stops()
        if self.grid.rowCount():
            self.setCurrentIndex(self.grid.index(0, stops[0] if stops else 0))
            self.scrollToTop()
            self.horizontalScrollBar().setValue(0)

    def invite(self, words: Words) -> None:
        """What the blank row is for; it stands there until something is typed into the row."""
        self._invitation = words
        self.setAccessibleDescription(str(words))
        self.viewport().update()

    # -------------------------------------------------------- how saving ended

    def mark_saved(self, row: str, key: str) -> None:
        typed = self.grid.typed(row, key)
        if typed is not None and typed.state is State.SAVING:
            self.grid.put(row, key, Typed(typed.text, typed.value, State.SAVED))

    def mark_unsaved(self, row: str, key: str, reason: Words) -> None:
        """The text stays in its cell; leaving the cell tries again."""
        typed = self.grid.typed(row, key)
        if typed is not None:
            self.grid.put(row, key, Typed(typed.text, typed.value, State.UNSAVED, reason))

    def restore(self, row: str, key: str, text: str) -> None:
        """Bring back what was being typed when the program ended; leaving the cell commits it."""
        untouched = self._at == (row, key) and not self.is_dirty()
        self.grid.put(row, key, Typed(text, text, State.KEPT))
        if untouched:
            self._show_again()

    def adopt(self, row: str) -> None:
        """The blank row was stored as this record."""
        if self._at is not None and self._at[0] == NEW:
            self._at = (row, self._at[1])
        self.grid.adopt(row)
        if self._goes_on:
            self.setCurrentIndex(self.grid.index(self.grid.rowCount() - 1, self._stops()[0]))

    # -------------------------------------------------------- editing

    def is_dirty(self) -> bool:
        return self._at is not None and (self.editor.raw() != self._base or bool(self.editor.preedit))

    def finish(self) -> None:
        """Commit the cell being edited, as leaving it does."""
        if self._at is None:
            return
        settle(self.editor)
        if not self.is_dirty():
            return
        row, key = self._at
        column = self._column(key)
        text = one_line(self.editor.raw())
        reading = column.read(text)
        self._base = self.editor.raw()
        if isinstance(reading, Phrase):
            self.grid.put(row, key, Typed(text, text, State.WRONG, reading))
            self._draft_timer.stop()
            self.drafted.emit(row, key, text, self._seen)
            return
        self._draft_timer.stop()
        self._commit(CellEntry(row, key, text, reading.value, self._seen), reading.shown)

    def answer(self, value: bool | None) -> None:
        """Put yes, no or nothing into the current cell."""
        index = self.currentIndex()
        if self._read_only or not index.isValid() or self.grid.column_of(index).kind is not Kind.YES_NO:
            return
        row, key = self.grid.id_at(index.row()), self.grid.column_of(index).key
        if self.grid.cell(index).value is value:
            return
        self._commit(CellEntry(row, key, str(yes_no(value)), value, self.seen_of(row, key)), yes_no(value))

    def copy_above(self) -> None:
        """The value of the cell above into this one."""
        index = self.currentIndex()
        if self._read_only or not index.isValid() or index.row() == 0:
            return
        column = self.grid.column_of(index)
        above = self.grid.cell(index.siblingAtRow(index.row() - 1))
        row = self.grid.id_at(index.row())
        if column.kind is Kind.YES_NO:
            value = above.value if isinstance(above.value, bool) else None
            self._commit(
                CellEntry(row, column.key, str(yes_no(value)), value, self.seen_of(row, column.key)), above.text
            )
        elif column.is_typed and self._at is not None:
            self.editor.setText(above.in_full())
            self.finish()
            self.editor.selectAll()

    def remove_rows(self) -> None:
        """Ask for the removal of the rows that are selected; the blank one is emptied."""
        if self._read_only:
            return
        places = sorted({index.row() for index in self._selected()})
        rows = [self.grid.id_at(place) for place in places]
        if NEW in rows:
            self.grid.clear_row(NEW)
            self._show_again()
        if wanted := [row for row in rows if row != NEW]:
            self.removal_wanted.emit(wanted)

    def copy(self) -> None:
        """The selected cells as a table for Excel."""
        found = self._selected()
        if not found:
            return
        rows = range(min(index.row() for index in found), max(index.row() for index in found) + 1)
        columns = range(min(index.column() for index in found), max(index.column() for index in found) + 1)
        lines = (
            "\t".join(self.grid.cell(self.grid.index(row, column)).in_full() for column in columns) for row in rows
        )
        QGuiApplication.clipboard().setText("\n".join(lines))

    def paste_table(self, text: str) -> None:
        """A table from the clipboard, to be looked at before anything is written."""
        index = self.currentIndex()
        if self._read_only or not index.isValid() or not text.strip():
            return
        lines = [line.split("\t") for line in text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")]
        self.pasted.emit(lines, self.grid.id_at(index.row()), self.grid.column_of(index).key)

    def take_back(self) -> bool:
        """Esc: what was typed goes, the stored text is shown again; False where nothing was typed."""
        if self._at is None:
            return False
        row, key = self._at
        typed = self.grid.typed(row, key)
        held = typed is not None and typed.state in (State.WRONG, State.UNSAVED, State.KEPT)
        if not self.is_dirty() and not held:
            return False
        if held:
            self.grid.put(row, key, None)
        self._draft_timer.stop()
        self.drafted.emit(row, key, None, self._seen)
        self._show_again()
        return True

    def open_choices(self) -> bool:
        """The calendar of a date cell."""
        if self._at is None or self._column(self._at[1]).kind is not Kind.DATE or self._read_only:
            return False
        typed = read_date(self.editor.raw(), self._today())
        popup = CalendarPopup(self.editor, typed if isinstance(typed, date) else self._today())
        popup.chosen.connect(self._take_day)
        popup.move(self.editor.mapToGlobal(QPoint(0, self.editor.height())))
        popup.show()
        return True

    # -------------------------------------------------------- going about

    def go_down(self, by: int) -> None:
        """The cell below or above; Enter in the last row begins the blank one."""
        index = self.currentIndex()
        place = index.row() + by
        if not 0 <= place < self.grid.rowCount():
            self.finish()
            self._goes_on = by > 0 and self.grid.id_at(index.row()) == NEW
            return
        column = index.column()
        if by > 0 and place == len(self.grid.rows()) and self.grid.adds:
            column = self._stops()[0]
        self.setCurrentIndex(self.grid.index(place, column))

    def go_across(self, by: int) -> bool:
        """The next cell one can type into; behind the last one of the table the focus goes on."""
        stops = self._stops()
        index = self.currentIndex()
        if not stops or not index.isValid():
            return self._go_out(by)
        behind = [column for column in stops if (column > index.column() if by > 0 else column < index.column())]
        if behind:
            self.setCurrentIndex(index.siblingAtColumn(behind[0] if by > 0 else behind[-1]))
            return True
        place = index.row() + by
        if not 0 <= place < self.grid.rowCount():
            return self._go_out(by)
        self.setCurrentIndex(self.grid.index(place, stops[0] if by > 0 else stops[-1]))
        return True

    def select_from_here(self, event: QKeyEvent) -> None:
        """Shift and an arrow: from typing to selecting cells."""
        down, across = _ARROWS.get(Qt.Key(event.key()), (0, 0))
        here = self.currentIndex()
        there = here.sibling(here.row() + down, here.column() + across)
        if not there.isValid() or there == here:
            return
        self.finish()
        self._close_editor()
        anchor = self._anchor or (here.row(), here.column())
        self._anchor = anchor
        rows, columns = sorted((anchor[0], there.row())), sorted((anchor[1], there.column()))
        corners = (self.grid.index(rows[0], columns[0]), self.grid.index(rows[1], columns[1]))
        self._waits = True
        chosen = self.selectionModel()
        chosen.select(QItemSelection(*corners), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        chosen.setCurrentIndex(there, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._waits = False

    def go_far(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)

    # -------------------------------------------------------- as Qt asks

    def currentChanged(self, current: Index, previous: Index) -> None:
        self.finish()
        self._goes_on = False
        super().currentChanged(current, previous)
        if current.isValid():
            self.arrived.emit(self.grid.id_at(current.row()), self.grid.column_of(current).key)
        if not self._waits:
            self._arrive()
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        index, stops = self.currentIndex(), self._stops()
        by_key = event.reason() is not Qt.FocusReason.MouseFocusReason and not self._waits
        if self.grid.rowCount() and (not index.isValid() or (by_key and stops and index.column() not in stops)):
            self.setCurrentIndex(self.grid.index(max(index.row(), 0), stops[0] if stops else 0))
        elif not self._waits and event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._arrive()
        self.viewport().update()

    def focusNextPrevChild(self, forward: bool) -> bool:
        return self.go_across(1 if forward else -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_table(QGuiApplication.clipboard().text())
        elif plain == Qt.KeyboardModifier.ShiftModifier and key in _ARROWS:
            self.select_from_here(event)
        elif not plain and self._answered(key):
            return
        elif not plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_down(1)
        elif not plain and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.go_across(1 if key is Qt.Key.Key_Right else -1)
        elif not plain and key is Qt.Key.Key_Escape and len(self._selected()) > 1:
            self.setCurrentIndex(self.currentIndex())
            self.selectionModel().select(self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self._arrive()
        elif not plain and key in (Qt.Key.Key_F2, Qt.Key.Key_Space, Qt.Key.Key_Escape):
            self._arrive()
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Letters are typed, not searched for."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._place_editor()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if hasattr(self, "editor"):
            self._place_editor()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
            self._fit_columns()
        elif event.type() is QEvent.Type.StyleChange and hasattr(self, "editor"):
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        font = look().font(Size.META, Weight.MEDIUM)
        painter.setFont(font)
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        last = last if last >= 0 else self.grid.rowCount() - 1
        for place in range(max(first, 0), last + 1):
            for column, words in self.grid.problems(place):
                self._paint_problem(painter, QFontMetrics(font), self.visualRect(self.grid.index(place, column)), words)
        self._paint_invitation(painter)
        painter.end()

    # -------------------------------------------------------- inside

    def _answered(self, key: Qt.Key) -> bool:
        index = self.currentIndex()
        if not index.isValid() or self.grid.column_of(index).kind is not Kind.YES_NO:
            return False
        if key is Qt.Key.Key_Space:
            self.answer(self.grid.cell(index).value is not True)
        elif key in (Qt.Key.Key_1, Qt.Key.Key_0):
            self.answer(key is Qt.Key.Key_1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.answer(None)
        else:
            return False
        return True

    def _commit(self, entry: CellEntry, shown: Words) -> None:
        self.grid.put(entry.row, entry.key, Typed(shown, entry.value, State.SAVING))
        self.committed.emit(entry)

    def _arrive(self) -> None:
        """Open the editor over the current cell, or give the keys to the table."""
        self._anchor = None
        index = self.currentIndex()
        has_focus = self.hasFocus() or self.editor.hasFocus()
        if not index.isValid() or self._read_only or not self.grid.column_of(index).is_typed:
            self._close_editor()
            return
        row, key = self.grid.id_at(index.row()), self.grid.column_of(index).key
        if self._at != (row, key) or not self.editor.isVisible():
            self._open(index, row, key)
        if has_focus:
            self.editor.setFocus()
            self.editor.selectAll()

    def _open(self, index: Index, row: str, key: str) -> None:
        column = self.grid.column_of(index)
        typed = self.grid.typed(row, key)
        text, stored = self.grid.cell(index).in_full(), self.grid.stored(index).in_full()
        retried = typed is not None and typed.state in (State.UNSAVED, State.KEPT)
        self._at = None  # putting a text is no typing
        right = Qt.AlignmentFlag.AlignRight if column.kind is Kind.NUMBER else Qt.AlignmentFlag.AlignLeft
        self.editor.setAlignment(right | Qt.AlignmentFlag.AlignVCenter)
        self.editor.put(text)
        self._at, self._seen = (row, key), self.seen_of(row, key)
        self._base = stored if retried else self.editor.raw()
        self.editor.setAccessibleName(f"{column.full or column.words}")
        self.editor.setProperty("wrong", typed is not None and typed.state in (State.WRONG, State.UNSAVED))
        restyle(self.editor)
        self.editor.show()
        self._place_editor()

    def _show_again(self) -> None:
        """The stored text into the open editor, asked for by its author."""
        if self._at is not None:
            index = self.currentIndex()
            self._open(index, *self._at)
            self.editor.selectAll()

    def _close_editor(self) -> None:
        focus = self.editor.hasFocus()
        self._at = None
        if focus:
            waits, self._waits = self._waits, True
            self.setFocus()
            self._waits = waits
        self.editor.hide()

    def _place_editor(self) -> None:
        if self._at is None:
            return
        place = self.grid.place_of(self._at[0])
        if place is None:
            self._close_editor()
            return
        keys = [column.key for column in self.grid.columns]
        rect = self.visualRect(self.grid.index(place, keys.index(self._at[1])))
        height = look().px(tokens.ROW)
        # Wide enough for its text as far as the table goes, like in Excel.
        text = QFontMetrics(self.editor.font()).horizontalAdvance(self.editor.draft().text) + look().px(_AROUND)
        width = max(rect.width() - 1, min(text, self.viewport().width() - rect.left()))
        left = rect.left()
        if self.moved() and keys.index(self._at[1]) >= self.frozen:
            # What was scrolled away lies under the frozen columns, not over them.
            left = max(left, self.frozen_width())
            width -= left - rect.left()
        self.editor.setGeometry(QRect(left, rect.top(), max(width, 0), height - 1))

    def _take_day(self, day: date) -> None:
        self.editor.setText(short_day(day))
        self.finish()

    def _on_typed(self) -> None:
        if self._at is None:
            return
        if self._at[0] == NEW:
            self.viewport().update()
        if self.is_dirty():
            self.scrollTo(self.currentIndex())
            self._place_editor()
            if not self._draft_timer.isActive():
                self._draft_timer.start()
        elif self._draft_timer.isActive():
            self._draft_timer.stop()
            self.drafted.emit(*self._at, None, self._seen)

    def _on_left(self) -> None:
        self.finish()
        # A window that is left keeps its focus widget; one that goes elsewhere in the window does not.
        if self.window().focusWidget() is not self.editor and not self.hasFocus():
            self._at = None
            self.editor.hide()
        self.viewport().update()

    def _hand_out_draft(self) -> None:
        if self._at is not None:
            self.drafted.emit(*self._at, self.editor.draft().text, self._seen)

    def _go_out(self, by: int) -> bool:
        """Tab leaves the table: from the table, since the editor lies in it."""
        self.finish()
        self._close_editor()
        self._waits = True
        try:
            return QWidget.focusNextPrevChild(self, by > 0)
        finally:
            self._waits = False

    def _selected(self) -> list[QModelIndex]:
        return self.selectionModel().selectedIndexes() or [index for index in (self.currentIndex(),) if index.isValid()]

    def _stops(self) -> list[int]:
        return [place for place, column in enumerate(self.grid.columns) if column.kind is not Kind.SHOWN]

    def _column(self, key: str) -> Column:
        return next(column for column in self.grid.columns if column.key == key)

    def _dress(self) -> None:
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._say()
        self._fit()

    def _say(self) -> None:
        self.setAccessibleName(str(self._name))
        self.horizontalHeader().setAccessibleName(str(self._name))
        if self._at is not None:
            column = self._column(self._at[1])
            self.editor.setAccessibleName(str(column.full or column.words))

    def _fit(self) -> None:
        self.verticalHeader().setMinimumSectionSize(look().px(tokens.ROW))
        self.verticalHeader().setDefaultSectionSize(look().px(tokens.ROW))
        self._fit_rows()
        self._fit_columns()

    def _fit_columns(self) -> None:
        """The widths asked for, never less than the heading; what is left over goes to the columns that grow."""
        head = self.horizontalHeader()
        widths = [
            max(look().px(column.width), head.sectionSizeHint(place)) for place, column in enumerate(self.grid.columns)
        ]
        growing = [place for place, column in enumerate(self.grid.columns) if column.grows]
        left = max(0, self.viewport().width() - sum(widths))
        for place in growing:
            widths[place] += left // len(growing)
        for place, width in enumerate(widths):
            if self.columnWidth(place) != width:
                self.setColumnWidth(place, width)

    def _fit_rows(self) -> None:
        self._fit_some(0, self.grid.rowCount() - 1)

    def _fit_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        self._fit_some(first.row(), last.row())

    def _fit_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        self._fit_some(first, last)

    def _fit_some(self, first: int, last: int) -> None:
        """Rows with something under a cell are taller."""
        plain = look().px(tokens.ROW)
        tall = plain + look().px(Size.META.line + tokens.TIGHT)
        heights = self.verticalHeader()
        for place in range(first, last + 1):
            wanted = tall if self.grid.problems(place) else plain
            if heights.sectionSize(place) != wanted:
                heights.resizeSection(place, wanted)
        self._place_editor()

    def _paint_invitation(self, painter: QPainter) -> None:
        place = self.grid.place_of(NEW)
        stops = self._stops()
        if place is None or not stops or not str(self._invitation) or self.grid.typed_in(NEW):
            return
        left = self.visualRect(self.grid.index(place, stops[0]))
        if self._at is not None and self._at[0] == NEW:
            if self._at[1] != self.grid.columns[stops[0]].key or self.editor.raw():
                return
            left.translate(left.width(), 0)
        room = QRect(left.left() + _PAD, left.top(), self.viewport().width() - left.left() - 2 * _PAD, left.height())
        painter.setFont(look().font(Size.META))
        painter.setPen(look().colour("text2"))
        said = QFontMetrics(painter.font()).elidedText(str(self._invitation), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, said)

    def _paint_problem(self, painter: QPainter, metrics: QFontMetrics, cell: QRect, words: str) -> None:
        height = look().px(Size.META.line)
        side = look().px(_SIGN - 2)
        width = metrics.horizontalAdvance(words) + side + _PAD // 2
        left = max(_PAD, min(cell.left() + _PAD, self.viewport().width() - width - _PAD))
        top = cell.bottom() - height - 1
        paint_pixmap(
            painter, "triangle-alert", look().colour("no"), QRect(left, top + (height - side) // 2, side, side)
        )
        painter.setPen(look().colour("no"))
        painter.drawText(QRect(left + side + _PAD // 2, top, width, height), Qt.AlignmentFlag.AlignVCenter, words)


class _CellDelegate(QStyledItemDelegate):
    def __init__(self, table: GridTable) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(look().px(tokens.ROW), look().px(tokens.ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        current = self._table.currentIndex()
        cell, column = self._table.grid.cell(index), self._table.grid.column_of(index)
        here = current.isValid() and current.row() == index.row()
        painter.save()
        if here or state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look().colour("asoft"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look().colour("line"))
        upper = QRect(rect.left(), rect.top(), rect.width(), look().px(tokens.ROW))
        self._paint_cell(painter, upper, cell, column, here=here)
        if here and current.column() == index.column() and self._table.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look().colour("accent"), tokens.FOCUS))
            inside = QRectF(upper).adjusted(2, 2, -2, -2)
            painter.drawRoundedRect(inside, tokens.RADIUS_CHIP, tokens.RADIUS_CHIP)
        painter.restore()

    @staticmethod
    def _paint_cell(painter: QPainter, rect: QRect, cell: Cell, column: Column, *, here: bool) -> None:
        pad = look().px(_PAD)
        box = rect.adjusted(pad, 0, -pad, 0)
        if cell.sign is not None:
            side = look().px(_SIGN)
            paint_mark(painter, cell.sign, QRectF(box.left(), box.top() + (box.height() - side) / 2, side, side))
            box.setLeft(box.left() + side + _PAD // 2)
        number = column.key == NUMBER
        strong = cell.strong or (number and here)
        font = look().font(Size.BODY, Weight.STRONG if strong else Weight.TEXT)
        painter.setFont(font)
        painter.setPen(look().colour("accent2" if number and here else cell.tone))
        right = column.kind is Kind.NUMBER or number
        flags = Qt.AlignmentFlag.AlignVCenter | (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
        fitted = QFontMetrics(font).elidedText(str(cell.text), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, flags, fitted)


def _nothing_seen(_row: str, _key: str) -> tuple[str, ...]:
    return ()
