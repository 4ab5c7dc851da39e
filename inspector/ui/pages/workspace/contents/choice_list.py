"""Short lists one narrows the items by: contents with their progress, and saved filters with their counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from inspector.ui import tokens
from inspector.ui.keys import ENTER, is_plain
from inspector.ui.language import Words
from inspector.ui.painting import Mark, cap_height, cap_width, paint_cap, paint_mark, paint_parts, paint_pixmap
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.signs import ProgressBar
from inspector.ui.widgets.text import broken

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class ChoiceRow:
    """``key`` names it, ``aside`` is its count. A row with ``counts`` of ``total`` has a bar; ``keys`` a cap."""

    key: str
    words: Words
    aside: str
    code: str = ""
    mark: Mark | None = None
    icon: str = ""
    keys: str = ""
    counts: tuple[tuple[Mark, int], ...] = field(default=())
    total: int = 0
    is_done: bool = False

    @property
    def has_bar(self) -> bool:
        return bool(self.total)


class ChoiceModel(QAbstractListModel):
    """Rows come and go only with another checklist; their counts change in place."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[ChoiceRow, ...] = ()

    def show_rows(self, rows: Sequence[ChoiceRow]) -> None:
        if [row.key for row in rows] != [row.key for row in self.rows]:
            self.beginResetModel()
            self.rows = tuple(rows)
            self.endResetModel()
            return
        before, self.rows = self.rows, tuple(rows)
        for place, (old, new) in enumerate(zip(before, self.rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(place), self.index(place))

    def place_of(self, key: str) -> int:
        return next((place for place, row in enumerate(self.rows) if row.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  -- as Qt declares it
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        named = f"{row.code}. {row.words}" if row.code else str(row.words)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return named
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{named}, {row.aside}"
        return None


_UNDER = 6
"""Height of the bar under two lines, and of what parts it from the next row."""


class ChoiceList(QListView):
    """``chosen`` carries the key of the row a person went to; ``taken`` comes with Enter, ``left`` with Esc.

    ``off_top`` and ``off_end`` come where an arrow would leave the list.
    """

    chosen = Signal(str)
    taken = Signal()
    left = Signal()
    off_top = Signal()
    off_end = Signal()

    def __init__(self, name: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choices = ChoiceModel(self)
        self._name = name
        self._quiet = False
        self.setModel(self.choices)
        self.setItemDelegate(_ChoiceDelegate(self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setAccessibleName(str(name))

    def show_rows(self, rows: Sequence[ChoiceRow]) -> None:
        key, self._quiet = self.key(), True
        self.choices.show_rows(rows)
        self.show_chosen(key)
        self._quiet = False
        self.updateGeometry()

    def show_chosen(self, key: str) -> None:
        """What the items are narrowed by now; none where it is in another list."""
        quiet, self._quiet = self._quiet, True
        place = self.choices.place_of(key)
        self.setCurrentIndex(self.choices.index(place) if place >= 0 else QModelIndex())
        self._quiet = quiet

    def key(self) -> str:
        place = self.currentIndex().row()
        return self.choices.rows[place].key if 0 <= place < len(self.choices.rows) else ""

    def go_to_first(self) -> None:
        self.setFocus()
        self.setCurrentIndex(self.choices.index(0))

    def go_to_last(self) -> None:
        self.setFocus()
        self.setCurrentIndex(self.choices.index(len(self.choices.rows) - 1))

    def whole_height(self) -> int:
        """What all rows need."""
        return self.sizeHintForRow(0) * len(self.choices.rows) if self.choices.rows else 0

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self._quiet and current.isValid():
            self.chosen.emit(self.key())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = is_plain(event)
        place, last = self.currentIndex().row(), len(self.choices.rows) - 1
        if plain and event.key() in ENTER:
            self.taken.emit()
        elif plain and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif plain and event.key() == Qt.Key.Key_Up and place <= 0:
            self.off_top.emit()
        elif plain and event.key() == Qt.Key.Key_Down and place == last:
            self.off_end.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _text: str) -> None:
        """Letters mean nothing here."""


class _ChoiceDelegate(QStyledItemDelegate):
    def __init__(self, view: ChoiceList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW_ROLE)
        with_bar = isinstance(row, ChoiceRow) and row.has_bar
        # Small letters shrink no further at a small text scale.
        two_lines = 2 * QFontMetrics(_font(chosen=True, small=True)).lineSpacing() + look().px(_UNDER)
        return QSize(look().px(120), max(look().px(42), two_lines) if with_bar else look().px(tokens.CONTROL))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, ChoiceRow):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, chosen = option.rect, index.row() == self._view.currentIndex().row()
        if chosen:
            painter.fillRect(box, look().colour("asoft"))
            bar = QRect(box.topLeft(), QSize(look().px(tokens.SELECTION_BAR), box.height()))
            painter.fillRect(bar, look().colour("accent" if self._view.hasFocus() else "control"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, look().colour("surface2"))
        _paint_row(painter, box, row, chosen=chosen, small=self._is_long(box.width()))
        painter.restore()

    def _is_long(self, width: int) -> bool:
        """Names with a bar stand in two small lines, all of them, where one has no room in a line of the usual size."""
        metrics, asides = QFontMetrics(_font(chosen=True)), QFontMetrics(look().font(Size.META, Weight.MEDIUM))
        room = width - look().px(2 * tokens.GROUP - 2 + 32 + tokens.GAP)
        return any(
            metrics.horizontalAdvance(str(row.words)) + asides.horizontalAdvance(row.aside) > room
            for row in self._view.choices.rows
            if row.has_bar
        )


def _font(*, chosen: bool, small: bool = False) -> QFont:
    return look().font(Size.META if small else Size.BODY, Weight.MEDIUM if chosen else Weight.TEXT)


def _paint_row(painter: QPainter, box: QRect, row: ChoiceRow, *, chosen: bool, small: bool) -> None:
    px = look().px
    inner = box.adjusted(px(tokens.GROUP), 0, -px(tokens.GROUP - 2), 0)
    words = inner
    if row.has_bar:
        words = QRect(inner.topLeft(), QSize(inner.width(), box.height() - px(_UNDER if small else 12)))
    _paint_front(painter, words, row)
    aligned = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
    painter.setFont(look().font(Size.META, Weight.MEDIUM))
    painter.setPen(look().colour("ok" if row.is_done else "text2"))
    painter.drawText(words, aligned, row.aside)
    right = words.right() - QFontMetrics(painter.font()).horizontalAdvance(row.aside) - px(tokens.GAP)
    if row.keys:
        width = cap_width(row.keys)
        cap = QRectF(right - width, words.top() + (words.height() - cap_height()) / 2, width, cap_height())
        ground = look().colour("surface2")
        paint_cap(painter, row.keys, cap, ink=look().colour("text2"), edge=look().colour("line"), ground=ground)
        right -= width + px(tokens.GAP)
    left = words.left() + px(32 if row.has_bar else 24)
    _paint_name(painter, QRect(QPoint(left, words.top()), QSize(right - left, words.height())), row, chosen, small)
    if row.has_bar:
        _paint_bar(painter, QRectF(left, words.bottom(), inner.right() - left, px(4)), row)


def _paint_name(painter: QPainter, room: QRect, row: ChoiceRow, chosen: bool, small: bool) -> None:
    font = _font(chosen=chosen, small=small and row.has_bar)
    metrics = QFontMetrics(font)
    painter.setFont(font)
    painter.setPen(look().colour("text"))
    lines = broken(str(row.words), metrics, room.width(), 2 if small and row.has_bar else 1)[0]
    top = room.top() + (room.height() - len(lines) * metrics.lineSpacing()) // 2
    for place, line in enumerate(lines):
        box = QRect(room.left(), top + place * metrics.lineSpacing(), room.width(), metrics.lineSpacing())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, line)


def _paint_front(painter: QPainter, box: QRect, row: ChoiceRow) -> None:
    side = look().px(16)
    square = QRect(box.left(), box.top() + (box.height() - side) // 2, side, side)
    if row.mark is not None:
        paint_mark(painter, row.mark, QRectF(square))
    elif row.icon:
        paint_pixmap(painter, row.icon, look().colour("text2"), square)
    else:
        painter.setFont(look().font(Size.META, Weight.MEDIUM))
        painter.setPen(look().colour("text2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, row.code)


def _paint_bar(painter: QPainter, box: QRectF, row: ChoiceRow) -> None:
    counts = dict(row.counts)
    parts: list[tuple[float, QColor]] = [
        (counts[mark] / row.total, look().colour(mark.tone)) for mark in ProgressBar.ORDER if counts.get(mark)
    ]
    paint_parts(painter, box, parts, look().colour("nas"))
