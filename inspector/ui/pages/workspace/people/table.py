"""A table of people that is as high as its rows; the page around it scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from inspector.ui import tokens
from inspector.ui.language import Words
from inspector.ui.pages.row_changes import bring_in_line
from inspector.ui.pages.workspace.people.rows import Row
from inspector.ui.painting import Mark, paint_mark
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight

Index = QModelIndex | QPersistentModelIndex
_LEAST = 72
_MOST = 184
_LAST = 4
_TITLE, _TITLE_LEAST, _STATE_LEAST, _STATE_GIVES = 160, 124, 104, 24
"""Logical widths of a title that tells something, of one that is hardly worth its column, of a cut state, and what a
state gives so that there are titles.
"""


class PeopleModel(QAbstractTableModel):
    """``heads`` name the cells of a row and, last, its state."""

    def __init__(self, heads: Sequence[Words], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heads = tuple(heads)
        self.rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        bring_in_line(self, self.rows, rows, lambda row: row.id, self._changed)

    def row_of(self, record: str) -> int:
        """Where a record stands, −1 where it does not."""
        return next((place for place, row in enumerate(self.rows) if row.id == record), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  -- as Qt declares it
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  -- as Qt declares it
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if way is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and section < len(self._heads):
            return str(self._heads[section])
        if way is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        said = str(row.said if index.column() == len(self._heads) - 1 else row.cells[index.column()])
        if role == Qt.ItemDataRole.DisplayRole:
            return said or None
        if role == Qt.ItemDataRole.ToolTipRole:
            told = (str(cell) for cell in row.cells[: 2 if index.column() == 0 else 0])
            return ", ".join(part for part in told if part) or said or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._heads[index.column()]}: {said}"
        return None

    def retranslate(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._heads) - 1)

    def _changed(self, place: int) -> None:
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(self._heads) - 1))


class PeopleDelegate(QStyledItemDelegate):
    """The first cell stands out, the last carries a sign."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(look().px(_LEAST), look().px(tokens.ROW - 2))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, PeopleModel):
            raise TypeError(type(model).__name__)
        row, box, px = model.rows[index.row()], option.rect, look().px
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, look().colour("asoft" if chosen else "surface"))
        painter.setPen(QPen(look().colour("line"), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if chosen and index.column() == 0:
            bar = QRect(box.left(), box.top(), tokens.SELECTION_BAR, box.height())
            painter.fillRect(bar, look().colour("accent" if option.widget.hasFocus() else "control"))
        left = box.left() + px(tokens.GAP)
        last = index.column() == model.columnCount() - 1
        if last or (index.column() == 0 and row.disagrees):
            side = px(16)
            mark = Mark.DISAGREED if row.disagrees else row.mark
            paint_mark(painter, mark, QRectF(left, box.top() + (box.height() - side) / 2, side, side))
            left += side + px(6)
        self._paint_words(
            painter, QRect(left, box.top(), box.right() - left - px(tokens.TIGHT), box.height()), index, row
        )
        painter.restore()

    def _paint_words(self, painter: QPainter, box: QRect, index: Index, row: Row) -> None:
        last = index.column() == index.model().columnCount() - 1
        strong = index.column() in (0, 2) and row.strong
        font = look().font(Size.BODY, Weight.STRONG if strong else Weight.TEXT)
        painter.setFont(font)
        painter.setPen(look().colour(row.tone if last else "text2" if index.column() == 1 else "text"))
        said = str(index.data() or "")
        shown = QFontMetrics(font).elidedText(said, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class PeopleTable(QTableView):
    """``shares`` divide what is left over among the columns. ``ticked`` for Space; ``left`` for ↑ (−1) and ↓ beyond
    the ends.
    """

    ticked = Signal()
    left = Signal(int)

    def __init__(self, name: Words, model: PeopleModel, shares: Sequence[int]) -> None:
        super().__init__()
        self._name, self._shares, self._people = name, shares, model
        self._in_line: tuple[PeopleTable, ...] = ()
        self._is_sharing = False
        self.setModel(model)
        self.setItemDelegate(PeopleDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for changed in (model.rowsInserted, model.rowsRemoved, model.dataChanged):
            changed.connect(self._fit)
        self._dress()

    def chosen(self) -> str:
        """The record of the selected row, or nothing."""
        index = self.currentIndex()
        return self._people.rows[index.row()].id if index.isValid() else ""

    def choose(self, record: str) -> bool:
        place = self._people.row_of(record)
        if place >= 0:
            self.setCurrentIndex(self._people.index(place, 0))
        return place >= 0

    def keyboardSearch(self, _text: str) -> None:
        pass

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row, last = event.key(), self.currentIndex().row(), self._people.rowCount() - 1
        if key == Qt.Key.Key_Space:
            self.ticked.emit()
        elif (key == Qt.Key.Key_Up and row <= 0) or (key == Qt.Key.Key_Down and row >= last):
            self.left.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) or (event.text().strip() and event.text().isprintable()):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange) and hasattr(self, "_people"):
            self._people.retranslate()
            self._dress()

    def _dress(self) -> None:
        self.setAccessibleName(str(self._name))
        self.verticalHeader().setDefaultSectionSize(look().px(tokens.ROW - 2))
        self._fit()

    def keep_in_line(self, tables: Sequence[PeopleTable]) -> None:
        """The first and the last column of all these tables are equally wide."""
        self._in_line = tuple(tables)
        self._fit()

    def _share_width(self) -> None:
        # What somebody owns is told at the side, and their title by the tooltip too: they go where room is short.
        if self._is_sharing:
            return
        self._is_sharing = True
        room, last = self.viewport().width(), len(self._shares) - 1
        for column in (1, last - 1):
            self.setColumnHidden(column, False)  # Qt tells no width of the head of a hidden one
        least = [self._least(column) for column in range(last + 1)]
        if last >= _LAST:
            self.setColumnHidden(last - 1, sum(least) - least[1] + look().px(_TITLE) > room)
        beside = sum(width for column, width in enumerate(least) if column != 1 and not self.isColumnHidden(column))
        self.setColumnHidden(1, beside + look().px(_TITLE_LEAST - _STATE_GIVES) > room)
        least = [0 if self.isColumnHidden(column) else width for column, width in enumerate(least)]
        least[last] = max(least[last] - max(0, sum(least) - room), look().px(_STATE_LEAST))
        spare = max(0, room - sum(least))
        whole = sum(share for column, share in enumerate(self._shares) if not self.isColumnHidden(column))
        for column, share in enumerate(self._shares):
            if not self.isColumnHidden(column):
                self.horizontalHeader().resizeSection(column, least[column] + spare * share // whole)
        self._is_sharing = False

    def _least(self, column: int) -> int:
        """What a column needs: the first and the last as much as in the tables above and below."""
        if column not in (0, len(self._shares) - 1):
            return self._needed(column)
        return max(table.ends()[-1 if column else 0] for table in (self, *self._in_line))

    def ends(self) -> tuple[int, int]:
        """What the first and the last column need for what stands in this table."""
        return self._needed(0), self._needed(len(self._shares) - 1)

    def _needed(self, column: int) -> int:
        """Room for what stands there; the long second cell may be cut."""
        head = self.horizontalHeader().sectionSizeHint(column)
        if column == 1 or not self._people.rows:
            return max(head, look().px(_LEAST))
        last = column == len(self._shares) - 1
        strong, plain = (QFontMetrics(look().font(Size.BODY, weight)) for weight in (Weight.STRONG, Weight.TEXT))
        wanted = 0
        for place, row in enumerate(self._people.rows):
            metrics = strong if row.strong and column in (0, 2) else plain
            sign = look().px(22) if last or (column == 0 and row.disagrees) else 0
            said = str(self._people.index(place, column).data() or "")
            wanted = max(wanted, metrics.horizontalAdvance(said) + sign)
        return max(head, min(look().px(_MOST), wanted + look().px(2 * tokens.GAP)))

    def _fit(self) -> None:
        self._share_width()
        rows = len(self._people.rows) * look().px(tokens.ROW - 2)
        wide = self.horizontalHeader().length() > self.viewport().width() > 0
        bar = self.horizontalScrollBar().sizeHint().height() if wide else 0
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows + bar + 2)
