"""A list of painted rows: Enter opens on every system, the selected row has a ground and a bar that tell the focus."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from inspector.ui import tokens
from inspector.ui.language import Words
from inspector.ui.theme import look

Index = QModelIndex | QPersistentModelIndex


class RowList(QListView):
    """As high as its rows; the page scrolls. ``activated`` follows Enter and a click.

    Rows are of one height and each list paints its own; a ``line_list`` paints the same kind of row everywhere.
    """

    def __init__(self, words: Words, delegate: RowDelegate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._rows = delegate
        self.setItemDelegate(delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.clicked.connect(self.activated)
        self.setAccessibleName(str(words))

    def count(self) -> int:
        model = self.model()
        return model.rowCount() if model is not None else 0

    def sizeHint(self) -> QSize:
        return QSize(look().px(240), max(1, self.count()) * self._rows.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(160), self.sizeHint().height())

    def settle(self) -> None:
        """After rows came or went."""
        self.setFixedHeight(self.sizeHint().height())
        if not self.currentIndex().isValid() and self.count():
            self.setCurrentIndex(self.model().index(0, 0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.count():
            self.setCurrentIndex(self.model().index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters choose nothing here."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.setAccessibleName(str(self._words))
            self.viewport().update()
        elif event.type() is QEvent.Type.StyleChange:
            self.setFixedHeight(self.sizeHint().height())


class RowDelegate(QStyledItemDelegate):
    """Paints the ground; a row paints the rest in ``paint_row``."""

    ROW = tokens.ROW_TWO_LINES

    def height(self) -> int:
        return look().px(self.ROW)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(look().px(160), self.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = rect_of(option)
        paint_ground(painter, option, box)
        if index.row() + 1 < index.model().rowCount():
            painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), look().colour("line"))
        self.paint_row(painter, box, index)
        painter.restore()

    @abstractmethod
    def paint_row(self, painter: QPainter, box: QRect, index: Index) -> None:
        """What stands on the ground."""


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> None:
    """Of a selected row: the soft ground with a bar at its left, grey while its list has no focus."""
    state = state_of(option)
    if not state & QStyle.StateFlag.State_Selected:
        return
    widget = getattr(option, "widget", None)
    has_focus = isinstance(widget, QWidget) and widget.hasFocus()
    painter.fillRect(box, look().colour("asoft" if has_focus else "surface2"))
    bar = QRect(box.left(), box.top(), tokens.SELECTION_BAR, box.height())
    painter.fillRect(bar, look().colour("accent" if has_focus else "control"))


def rect_of(option: QStyleOptionViewItem) -> QRect:
    rect: QRect = option.rect
    return rect


def state_of(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    state: QStyle.StateFlag = option.state
    return state
