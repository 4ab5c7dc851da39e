"""The rows of a table one types into: what is stored, and over it what was typed and is not stored yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from inspector.domain.text import clean
from inspector.ui.language import Phrase, Words, tr
from inspector.ui.painting import Mark
from inspector.ui.widgets.field import Reading

Index = QModelIndex | QPersistentModelIndex
NEW = ""
"""The id of the blank row at the end."""

NUMBER = "#"
"""The key of the column that counts the rows; its cells are filled here."""


class Kind(Enum):
    """What a cell takes. SHOWN cells are computed and never typed."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes-no"
    SHOWN = "shown"


def as_typed(text: str) -> Reading | Phrase:
    """The reading of a column of texts: what was typed is the value."""
    return Reading(text, text)


@dataclass(frozen=True)
class Column:
    """``key`` names the cells of the column, ``field`` the field of the record they belong to where that differs.

    ``read`` tells what a typed text means, or why it means nothing. ``width`` is in logical pixels; a column that
    ``grows`` shares what is left over. ``full`` is the whole heading where ``words`` are short for it.
    """

    key: str
    words: Words
    kind: Kind = Kind.TEXT
    width: int = 120
    grows: bool = False
    read: Callable[[str], Reading | Phrase] = as_typed
    field: str = ""
    full: Words = ""

    @property
    def is_typed(self) -> bool:
        return self.kind in (Kind.TEXT, Kind.NUMBER, Kind.DATE)


@dataclass(frozen=True)
class Cell:
    """What is shown: ``tone`` is the name of a colour, ``sign`` stands before the text, ``problem`` under the cell.

    ``whole`` is what stands in the editor and is copied, where the cell shows less.
    """

    text: Words = ""
    value: object = None
    tone: str = "text"
    strong: bool = False
    sign: Mark | None = None
    problem: Words = ""
    whole: str = ""

    def in_full(self) -> str:
        return self.whole or str(self.text)


@dataclass(frozen=True)
class Row:
    """A record and its cells, in the order of the columns."""

    id: str
    cells: tuple[Cell, ...]


class State(Enum):
    """What became of a typed text. SAVED texts are shown until the rows are read again."""

    SAVING = "saving"
    SAVED = "saved"
    WRONG = "wrong"
    UNSAVED = "unsaved"
    KEPT = "kept"


@dataclass(frozen=True)
class Typed:
    """A text over a cell. ``reason`` says why it is wrong or was not saved."""

    text: Words
    value: object
    state: State
    reason: Words = ""


class GridModel(QAbstractTableModel):
    """Rows are told apart by id. ``show_rows`` changes what differs and nothing else, so that selection, scroll and an
    open editor stay. ``adds`` puts a blank row at the end.
    """

    def __init__(self, columns: Sequence[Column], *, adds: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.adds = adds
        self._places = {column.key: place for place, column in enumerate(self.columns)}
        self._rows: list[Row] = []
        self._at: dict[str, int] = {}
        self._typed: dict[tuple[str, str], Typed] = {}

    # -------------------------------------------------------- rows

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show what is stored now; a row keeps its place in the view as long as the order of the others allows."""
        self._forget_saved()
        ids = [row.id for row in rows]
        if ids != [row.id for row in self._rows]:
            self._reshape(ids, rows)
            self._tell_numbers()
        for first, last in _runs(place for place, row in enumerate(rows) if not self._is_same(place, row)):
            self._rows[first : last + 1] = rows[first : last + 1]
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def rows(self) -> tuple[Row, ...]:
        """The stored rows, without the blank one."""
        return tuple(self._rows)

    def id_at(self, place: int) -> str:
        return self._rows[place].id if place < len(self._rows) else NEW

    def place_of(self, row: str) -> int | None:
        """Where the row stands now."""
        if row == NEW:
            return len(self._rows) if self.adds else None
        return self._at.get(row)

    def adopt(self, row: str) -> None:
        """The blank row was stored and is this record now; another blank one follows."""
        if row in self._at:
            self._forget(NEW)
            return
        cells = tuple(self._as_cell(column) for column in self.columns)
        place = len(self._rows)
        self.beginInsertRows(QModelIndex(), place + 1, place + 1)
        self._rows.append(Row(row, cells))
        self._at[row] = place
        moved = {key: typed for (id_, key), typed in self._typed.items() if id_ == NEW}
        self._forget(NEW)
        self._typed |= {(row, key): typed for key, typed in moved.items()}
        self.endInsertRows()
        self._tell_row(place)

    def set_adds(self, *, adds: bool) -> None:
        if adds == self.adds:
            return
        place = len(self._rows)
        if adds:
            self.beginInsertRows(QModelIndex(), place, place)
            self.adds = True
            self.endInsertRows()
        else:
            self.beginRemoveRows(QModelIndex(), place, place)
            self.adds = False
            self.endRemoveRows()

    # -------------------------------------------------------- what was typed

    def put(self, row: str, key: str, typed: Typed | None) -> None:
        """Show a typed text over a cell, or the stored one again."""
        if typed is None:
            if self._typed.pop((row, key), None) is None:
                return
        else:
            self._typed[row, key] = typed
        place, column = self.place_of(row), self._places.get(key)
        if place is not None and column is not None:
            self.dataChanged.emit(self.index(place, column), self.index(place, column))

    def typed(self, row: str, key: str) -> Typed | None:
        return self._typed.get((row, key))

    def typed_in(self, row: str) -> dict[str, Typed]:
        """Everything typed over one row, by column."""
        return {key: typed for (id_, key), typed in self._typed.items() if id_ == row}

    def clear_row(self, row: str) -> None:
        """Forget what was typed over a row."""
        self._forget(row)
        place = self.place_of(row)
        if place is not None:
            self._tell_row(place)

    def forget_typed(self) -> None:
        """Other records are shown next: nothing that was typed belongs to them."""
        typed, self._typed = self._typed, {}
        for row, _ in typed:
            place = self.place_of(row)
            if place is not None:
                self._tell_row(place)

    # -------------------------------------------------------- cells

    def column_of(self, index: Index) -> Column:
        return self.columns[index.column()]

    def cell(self, index: Index) -> Cell:
        """The cell as it is shown: what was typed goes before what is stored."""
        column = self.columns[index.column()]
        if column.key == NUMBER:
            return Cell("" if index.row() >= len(self._rows) else str(index.row() + 1), tone="text2")
        typed = self._typed.get((self.id_at(index.row()), column.key))
        stored = self.stored(index)
        if typed is None:
            return stored
        wrong = typed.state in (State.WRONG, State.UNSAVED)
        problem = typed.reason if wrong else ""
        return Cell(typed.text, typed.value, "no" if wrong else "text", problem=problem)

    def stored(self, index: Index) -> Cell:
        """The cell as it is stored."""
        if index.row() >= len(self._rows):
            return Cell()
        return self._rows[index.row()].cells[index.column()]

    def problems(self, place: int) -> list[tuple[int, str]]:
        """What stands under the cells of a row, by column."""
        if place < len(self._rows) and not self._has_problem(place):
            return []
        cells = ((column, self.cell(self.index(place, column))) for column in range(len(self.columns)))
        return [(column, str(cell.problem)) for column, cell in cells if str(cell.problem)]

    # -------------------------------------------------------- as Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  -- as Qt declares it
        return 0 if parent.isValid() else len(self._rows) + self.adds

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  -- as Qt declares it
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(self.cell(index).text)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._said(index) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.columns[index.column()].full or self.columns[index.column()].words}: {self._said(index)}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return str(column.words)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return str(column.full or column.words)
        if role == Qt.ItemDataRole.TextAlignmentRole and (column.key == NUMBER or column.kind is Kind.NUMBER):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    # -------------------------------------------------------- inside

    def _said(self, index: Index) -> str:
        cell = self.cell(index)
        disagreed = str(cell.sign.words) if cell.sign is Mark.DISAGREED else ""
        return ". ".join(part for part in (cell.in_full(), disagreed, str(cell.problem)) if part)

    def _as_cell(self, column: Column) -> Cell:
        typed = self._typed.get((NEW, column.key))
        return Cell() if typed is None else Cell(typed.text, typed.value)

    def _has_problem(self, place: int) -> bool:
        row = self._rows[place]
        if any(cell.problem for cell in row.cells):
            return True
        return bool(self._typed) and any(id_ == row.id for id_, _ in self._typed)

    def _is_same(self, place: int, row: Row) -> bool:
        return self._rows[place] is row or self._rows[place] == row

    def _forget(self, row: str) -> None:
        self._typed = {place: typed for place, typed in self._typed.items() if place[0] != row}

    def _forget_saved(self) -> None:
        saved = [place for place, typed in self._typed.items() if typed.state is State.SAVED]
        for row, key in saved:
            if row != NEW:
                self.put(row, key, None)

    def _tell_row(self, place: int) -> None:
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.columns) - 1))

    def _tell_numbers(self) -> None:
        """The numbers of the rows belong to their places."""
        column = self._places.get(NUMBER)
        if column is not None and self._rows:
            self.dataChanged.emit(self.index(0, column), self.index(len(self._rows) - 1, column))

    def _reshape(self, ids: list[str], rows: Sequence[Row]) -> None:
        """The rows of ``rows`` in their order; those that stay are moved only where the order asks for it."""
        wanted = set(ids)
        gone = [place for place, row in enumerate(self._rows) if row.id not in wanted]
        for first, last in reversed(list(_runs(gone))):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._rows[first : last + 1]
            self.endRemoveRows()
        self._count()
        kept = [id_ for id_ in ids if id_ in self._at]
        if kept != [row.id for row in self._rows]:
            self._sort(kept)
        known = set(kept)
        for first, last in _runs(place for place, id_ in enumerate(ids) if id_ not in known):
            self.beginInsertRows(QModelIndex(), first, last)
            self._rows[first:first] = rows[first : last + 1]
            self.endInsertRows()
        self._count()

    def _sort(self, ids: list[str]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        named = [self.id_at(index.row()) for index in before]
        by_id = {row.id: row for row in self._rows}
        self._rows = [by_id[id_] for id_ in ids]
        self._count()
        after = [self.index(self.place_of(id_) or 0, index.column()) for id_, index in zip(named, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _count(self) -> None:
        self._at = {row.id: place for place, row in enumerate(self._rows)}


def yes_no(value: bool | None) -> Words:
    """*Có*, *Không*, or nothing while nobody said."""
    if value is None:
        return ""
    return tr("Có") if value else tr("Không")


def one_line(raw: str) -> str:
    """A text as a cell keeps it."""
    return " ".join(clean(raw).split("\n")).strip()


def with_problem(cell: Cell, problem: Words) -> Cell:
    return replace(cell, problem=problem)


def _runs(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring numbers as first and last: 1 2 3 7 → (1, 3) (7, 7)."""
    found = sorted(places)
    if not found:
        return
    start = found[0]
    for before, after in pairwise(found):
        if after != before + 1:
            yield start, before
            start = after
    yield start, found[-1]
