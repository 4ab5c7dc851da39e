"""The inspections of the list: their order is known at once, their lines are asked for when they are looked at."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from inspector.domain.wording import number, short_day
from inspector.services.visits import Line
from inspector.ui.language import tr
from inspector.ui.pages.visit_words import STATES, form_words

Index = QModelIndex | QPersistentModelIndex
_PAGE = 60


class Column(IntEnum):
    UNIT = 0
    FORM = 1
    DAY = 2
    LEAD = 3
    PROGRESS = 4
    POINTS = 5
    STATE = 6
    DATA = 7


HEADS = {
    Column.UNIT: tr("Đơn vị"),
    Column.FORM: tr("Hình thức"),
    Column.DAY: tr("Ngày"),
    Column.LEAD: tr("Trưởng đoàn"),
    Column.PROGRESS: tr("Tiến độ"),
    Column.POINTS: tr("Điểm"),
    Column.STATE: tr("Trạng thái"),
    Column.DATA: tr("Dữ liệu"),
}


class VisitModel(QAbstractTableModel):
    """``missing`` asks for the lines of inspections that are looked at."""

    missing = Signal(tuple)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.order: list[str] = []
        self.points: dict[str, Decimal] = {}
        self._lines: dict[str, Line] = {}
        self._asked: set[str] = set()
        self._wanted: list[int] = []
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._ask)

    def start_over(self, order: Sequence[str]) -> None:
        """Another question of the person: another list. Lines that are known stay known."""
        self.beginResetModel()
        self.order = list(order)
        self._asked.clear()
        self._wanted.clear()
        self.endResetModel()

    def bring_up_to_date(self, order: Sequence[str], changed: frozenset[str]) -> None:
        """The same question has another answer: rows that stay keep their place. ``changed`` ones may have moved."""
        wanted, here = set(order), set(self.order)
        stay = [one for one in self.order if one in wanted]
        moved = changed if stay != [one for one in order if one in here] else frozenset()
        for row in range(len(self.order) - 1, -1, -1):
            if self.order[row] not in wanted or self.order[row] in moved:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self.order[row]
                self.endRemoveRows()
        left = set(self.order)
        if [one for one in order if one in left] != self.order:
            self.start_over(order)
            return
        for row, one in enumerate(order):
            if row >= len(self.order) or self.order[row] != one:
                self.beginInsertRows(QModelIndex(), row, row)
                self.order.insert(row, one)
                self.endInsertRows()

    def take_lines(self, lines: Mapping[str, Line]) -> None:
        self._lines.update(lines)
        self._asked -= lines.keys()
        self._tell(lines.keys())

    def take_points(self, points: Mapping[str, Decimal]) -> None:
        self.points.update(points)
        self._tell(points.keys())

    def line(self, index: Index) -> Line | None:
        """The line of a row; one that is not here yet is asked for."""
        if not index.isValid() or index.row() >= len(self.order):
            return None
        found = self._lines.get(self.order[index.row()])
        if found is None:
            self._want(index.row())
        return found

    def known(self) -> list[str]:
        """The inspections whose lines are here."""
        return [one for one in self.order if one in self._lines]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  -- as Qt declares it
        return 0 if parent.isValid() else len(self.order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  -- as Qt declares it
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and section in HEADS:
            return str(HEADS[Column(section)])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = Qt.AlignmentFlag.AlignRight if section == Column.POINTS else Qt.AlignmentFlag.AlignLeft
            return right | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        line = self.line(index)
        if line is None:
            return ""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.said(line, Column(index.column()))
        cells = [f"{HEADS[column]}: {self.said(line, column)}" for column in Column if self.said(line, column)]
        return "\n".join(cells) if role == Qt.ItemDataRole.ToolTipRole else "; ".join(cells)

    def said(self, line: Line, column: Column) -> str:
        """What a cell says."""
        if column is Column.POINTS:
            points = self.points.get(line.id)
            return number(points.quantize(Decimal("0.1"))) if points is not None else ""
        texts = {
            Column.UNIT: f"{line.unit}, {line.place}" if line.place else line.unit,
            Column.FORM: str(form_words(line.form)),
            Column.DAY: short_day(line.day),
            Column.LEAD: line.lead or "–",
            Column.PROGRESS: f"{line.checked}/{line.items}",
            Column.STATE: str(STATES[line.state][0]),
            Column.DATA: str(tr("Trên máy này")),
        }
        return texts[column]

    def _want(self, row: int) -> None:
        if self.order[row] not in self._asked:
            self._wanted.append(row)
            self._timer.start()

    def _ask(self) -> None:
        """The pages around the rows that were looked at."""
        pages = {row // _PAGE for row in self._wanted}
        self._wanted.clear()
        ids = [
            one
            for page in sorted(pages)
            for one in self.order[page * _PAGE : (page + 1) * _PAGE]
            if one not in self._lines and one not in self._asked
        ]
        self._asked.update(ids)
        if ids:
            self.missing.emit(tuple(ids))

    def _tell(self, ids: Collection[str]) -> None:
        rows = [row for row, one in enumerate(self.order) if one in ids]
        if rows:
            self.dataChanged.emit(self.index(rows[0], 0), self.index(rows[-1], len(Column) - 1))


FIRST_PAGE = _PAGE
"""So many lines come along with the order."""
