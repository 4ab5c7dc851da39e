"""A row that goes on in the next one where there is no more room: buttons, filters and pills in a narrow window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from inspector.ui import tokens


class FlowLayout(QLayout):
    """From left to right by size hints. ``first_grows``: the first item takes what is left over in its row, and
    gives what is wanting.
    """

    def __init__(self, parent: QWidget | None = None, *, first_grows: bool = False) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._first_grows = first_grows
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(tokens.GAP)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def height_for(self, width: int) -> int:
        """How high the rows are in this width; not told to Qt, which would keep room for the narrowest of windows."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._shown()]
        width = max((size.width() for size in sizes), default=0)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Put the items into ``rect``, or only reckon; the height they take."""
        top, gap = rect.top(), self.spacing()
        rows = self._rows(rect.width())
        for number, row in enumerate(rows):
            height = max(item.sizeHint().height() for item in row)
            left = rect.left()
            spare = rect.width() - sum(item.sizeHint().width() + gap for item in row) + gap
            for place, item in enumerate(row):
                size = item.sizeHint()
                gives = self._first_grows and number == 0 and place == 0
                width = min(rect.width(), size.width() + (spare if gives else 0))
                if move:
                    item.setGeometry(QRect(QPoint(left, top), QSize(width, height)))
                left += width + gap
            top += height + gap
        return top - gap - rect.top() if rows else 0

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        left = 0
        for place, item in enumerate(self._shown()):
            gives = self._first_grows and place == 0
            wide = (item.minimumSize() if gives else item.sizeHint()).width()
            if rows and left + wide <= width:
                rows[-1].append(item)
            else:
                rows.append([item])
                left = 0
            left += wide + self.spacing()
        return rows


class Flow(QWidget):
    """As high as its rows in the width it gets; further widgets go into ``flow``. Hidden ones take no room."""

    def __init__(self, *widgets: QWidget, parent: QWidget | None = None, first_grows: bool = False) -> None:
        super().__init__(parent)
        self.flow = FlowLayout(self, first_grows=first_grows)
        for widget in widgets:
            self.flow.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # What changes its size while nobody sees it asks for no new layout.
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def _fit(self) -> None:
        height = self.flow.height_for(self.width())
        if height != self.height():
            self.setFixedHeight(height)
