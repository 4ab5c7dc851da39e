"""A list of rows with words, a line under them and something at the right; kept up to date in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QObject,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from inspector.ui import tokens
from inspector.ui.keys import is_enter, is_plain
from inspector.ui.language import Words
from inspector.ui.pages.keyed_model import Index, KeyedModel
from inspector.ui.painting import paint_pixmap
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.signs import CHIP_TONES
from inspector.ui.widgets.text import broken


@dataclass(frozen=True)
class Row:
    """``key`` tells rows apart; a ``head`` names those under it and cannot be chosen. ``number`` stands before the
    words, ``chip`` behind them as words and a tone; ``lines`` is how many the words may take.
    """

    key: str
    words: Words
    detail: Words = ""
    aside: Words = ""
    icon: str = ""
    tone: str = "text2"
    number: str = ""
    chip: tuple[Words, str] | None = None
    head: bool = False
    lines: int = 1
    strong: bool = False


def said(row: Row) -> str:
    """All of a row for those who do not see it."""
    chip = str(row.chip[0]) if row.chip is not None else ""
    return " · ".join(filter(None, (row.number, str(row.words), str(row.detail), str(row.aside), chip)))


class LineModel(KeyedModel[Row]):
    """Heads are read and not chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(lambda row: row.key, said, parent)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.rows[index.row()].head:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        if row is not None and role == Qt.ItemDataRole.DisplayRole:
            return str(row.words)
        return super().data(index, role)


class LineList(QListView):
    """``chosen`` follows the arrows, ``opened`` Enter and a click; both with the key. ``space`` is for ticking.

    For lists of any length that scroll and are chosen from; on the home page all rows are seen at once and share one
    height (``row_list``), and in the tab of the minutes rows wrap and carry an act (``minutes.rows``).
    """

    chosen = Signal(str)
    opened = Signal(str)
    space = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._most = 0
        self.rows = LineModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(LineDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.clicked.connect(lambda index: self.opened.emit(self.rows.rows[index.row()].key))
        self.setAccessibleName(str(words))

    def fit_rows(self, most: int) -> None:
        """As high as its rows, up to ``most`` at a text scale of 100 %, for lists among other parts of a page."""
        self._most = most
        self._fit()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these; what is chosen stays chosen, otherwise the first row is."""
        chosen = self.key()
        self.rows.show_rows(rows)
        self._fit()
        self.choose(chosen)
        if not self.currentIndex().isValid() or self.rows.rows[self.currentIndex().row()].head:
            self.choose(next((row.key for row in rows if not row.head), ""))

    def key(self) -> str:
        """The key of the chosen row, or nothing."""
        index = self.currentIndex()
        return self.rows.rows[index.row()].key if index.isValid() else ""

    def choose(self, key: str) -> None:
        place = self.rows.place_of(key)
        if place >= 0:
            self.setCurrentIndex(self.rows.index(place))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.scrollTo(current)
            self.chosen.emit(self.rows.rows[current.row()].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event) and self.key():
            self.opened.emit(self.key())
        elif is_plain(event) and event.key() == Qt.Key.Key_Space and self.key():
            self.space.emit(self.key())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        if self._most:
            tall = sum(self.sizeHintForRow(row) for row in range(self.rows.rowCount()))
            self.setFixedHeight(max(look().px(tokens.ROW), min(tall, look().px(self._most))))

    def keyboardSearch(self, search: str) -> None:
        """Letters choose nothing here."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.setAccessibleName(str(self._words))
            self.viewport().update()
        elif event.type() is QEvent.Type.StyleChange and hasattr(self, "rows"):
            self.scheduleDelayedItemsLayout()
            self._fit()


class LineDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        if not isinstance(model, LineModel):
            return QSize()
        row, px = model.rows[index.row()], look().px
        if row.head:
            return QSize(0, px(30))
        return QSize(0, px(16) + px(Size.BODY.line) * row.lines + (px(Size.META.line) if str(row.detail) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, LineModel):
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        widget = getattr(option, "widget", None)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = model.rows[index.row()]
        if row.head:
            paint_head(painter, rect, row)
        else:
            if state & QStyle.StateFlag.State_Selected:
                paint_ground(painter, rect, focused=isinstance(widget, QWidget) and widget.hasFocus())
            painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look().colour("line"))
            _paint_row(painter, rect, row)
        painter.restore()


def paint_ground(painter: QPainter, rect: QRect, *, focused: bool) -> None:
    painter.fillRect(rect, look().colour("asoft"))
    bar = QRect(rect.left(), rect.top(), tokens.SELECTION_BAR, rect.height())
    painter.fillRect(bar, look().colour("accent" if focused else "control"))


def paint_head(painter: QPainter, rect: QRect, row: Row) -> None:
    painter.fillRect(rect, look().colour("surface2"))
    room = rect.adjusted(look().px(tokens.GROUP), 0, -look().px(tokens.GROUP), 0)
    painter.setPen(look().colour("text2"))
    aside = QFontMetrics(look().font(Size.META)).horizontalAdvance(str(row.aside))
    painter.setFont(look().font(Size.META, Weight.STRONG))
    cut = painter.fontMetrics().elidedText(str(row.words), Qt.TextElideMode.ElideRight, room.width() - aside - 8)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
    painter.setFont(look().font(Size.META))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(row.aside))


def _paint_row(painter: QPainter, rect: QRect, row: Row) -> None:
    px, colour = look().px, look().colour
    words_font = look().font(Size.BODY, Weight.MEDIUM if row.strong or str(row.detail) else Weight.TEXT)
    left, right = rect.left() + px(tokens.GROUP), rect.right() - px(tokens.GROUP)
    icon = px(28) if row.icon else 0
    number = max(px(56), QFontMetrics(words_font).horizontalAdvance(row.number) + px(10)) if row.number else 0
    end = right - _width_of_right(row)
    lines, _ = broken(str(row.words), QFontMetrics(words_font), end - left - icon - number, row.lines)
    tall = len(lines) * px(Size.BODY.line) + (px(Size.META.line) if str(row.detail) else 0)
    top = rect.top() + max(px(6), (rect.height() - tall) // 2)
    if row.icon:
        paint_pixmap(painter, row.icon, colour(row.tone), QRect(left, top + px(1), px(18), px(18)))
    _paint_right(painter, QRect(left, top, right - left, px(20)), row)
    painter.setFont(look().font(Size.BODY, Weight.MEDIUM))
    painter.setPen(colour("text2"))
    painter.drawText(QRect(left + icon, top, number, px(20)), Qt.AlignmentFlag.AlignVCenter, row.number)
    left += icon + number
    painter.setFont(words_font)
    painter.setPen(colour("text"))
    for line in lines:
        painter.drawText(QRect(left, top, end - left, px(20)), Qt.AlignmentFlag.AlignVCenter, line)
        top += px(Size.BODY.line)
    if str(row.detail):
        painter.setFont(look().font(Size.META))
        painter.setPen(colour("text2"))
        cut = painter.fontMetrics().elidedText(str(row.detail), Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(QRect(left, top, right - left, px(16)), Qt.AlignmentFlag.AlignVCenter, cut)


def _width_of_right(row: Row) -> int:
    width, px = 0, look().px
    if str(row.aside):
        width += QFontMetrics(look().font(Size.META)).horizontalAdvance(str(row.aside)) + px(13)
    if row.chip is not None:
        width += QFontMetrics(look().font(Size.META, Weight.MEDIUM)).horizontalAdvance(str(row.chip[0])) + px(28)
    return width


def _paint_right(painter: QPainter, room: QRect, row: Row) -> None:
    right, px = room.right(), look().px
    if str(row.aside):
        painter.setFont(look().font(Size.META))
        painter.setPen(look().colour("text2"))
        width = painter.fontMetrics().horizontalAdvance(str(row.aside)) + 1
        painter.drawText(
            QRect(right - width, room.top(), width, room.height()), Qt.AlignmentFlag.AlignVCenter, str(row.aside)
        )
        right -= width + px(12)
    if row.chip is not None:
        ink, ground = (look().colour(name) for name in CHIP_TONES[row.chip[1]])
        painter.setFont(look().font(Size.META, Weight.MEDIUM))
        width = painter.fontMetrics().horizontalAdvance(str(row.chip[0])) + px(16)
        box = QRectF(right - width, room.top(), width, px(20))
        painter.setPen(ink if look().is_high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, px(4), px(4))
        painter.setPen(ink)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(row.chip[0]))
