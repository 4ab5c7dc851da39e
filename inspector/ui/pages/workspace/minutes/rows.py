"""Lists of the tab of the minutes: heads of groups, and lines of a sentence with a sign and what Enter does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from inspector.ui import tokens
from inspector.ui.language import Words
from inspector.ui.pages.keyed_model import Index, KeyedModel
from inspector.ui.painting import Mark, paint_mark, paint_pixmap
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.signs import CHIP_TONES
from inspector.ui.widgets.text import broken

_SIDE = 20
_HEAD_LINES, _DETAIL_LINES = 4, 4


@dataclass(frozen=True)
class Row:
    """``key`` names it for good. ``sign`` is the mark of a result or the name of an icon; ``act`` what Enter does."""

    key: str
    head: Words
    detail: Words = ""
    act: Words = ""
    sign: Mark | str | None = None
    tone: str = "text2"
    count: str = ""
    chip: Words = ""
    is_head: bool = False


class RowsModel(KeyedModel[Row]):
    """Heads are read and not chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(lambda row: row.key, _said, parent)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.rows[index.row()].is_head:
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        if row is not None and role == Qt.ItemDataRole.DisplayRole:
            return str(row.head)
        if row is not None and role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(str(words) for words in (row.head, row.detail) if words)
        return super().data(index, role)


def _said(row: Row) -> str:
    return ". ".join(str(words) for words in (row.head, row.count, row.chip, row.detail, row.act) if words)


class RowsView(QListView):
    """``entered`` tells the key of the line that Enter was pressed on, ``chose`` the one that is chosen.

    Not a ``line_list``: a click only chooses here, since Enter leads away from the tab; sentences wrap and are never
    cut to one line, and the act stands at the right to be clicked by itself.
    """

    entered = Signal(str)
    chose = Signal(str)

    def __init__(self, name: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.rows = RowsModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(RowsDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.doubleClicked.connect(self._enter)
        self.clicked.connect(self._click)
        self.setAccessibleName(str(name))

    def show_rows(self, rows: Sequence[Row]) -> None:
        before = self.key()
        self.rows.show_rows(rows)
        if not before or self.rows.place_of(before) < 0:
            self.choose_first()

    def key(self) -> str:
        index = self.currentIndex()
        return self.rows.rows[index.row()].key if index.isValid() else ""

    def choose(self, key: str) -> bool:
        place = self.rows.place_of(key)
        if place < 0:
            return False
        self.setCurrentIndex(self.rows.index(place))
        self._show_chosen()
        return True

    def choose_first(self) -> None:
        first = next((row.key for row in self.rows.rows if not row.is_head), "")
        self.choose(first)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.chose.emit(self.rows.rows[current.row()].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._show_chosen)

    def _show_chosen(self) -> None:
        """The first line is seen with the head of its group."""
        place = self.currentIndex().row()
        if all(row.is_head for row in self.rows.rows[: max(place, 0)]):
            self.scrollToTop()
        else:
            self.scrollTo(self.currentIndex())

    def keyboardSearch(self, _search: str) -> None:
        """Letters and digits choose nothing here."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.choose_first()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            self.setAccessibleName(str(self._name))
            self.scheduleDelayedItemsLayout()

    def _enter(self) -> None:
        if self.key():
            self.entered.emit(self.key())

    def _click(self, index: QModelIndex) -> None:
        """The words at the right are the act itself."""
        row = self.rows.rows[index.row()]
        where = self.viewport().mapFromGlobal(self.cursor().pos())
        if row.act and act_box(self.visualRect(index), row).contains(where):
            self._enter()


class RowsDelegate(QStyledItemDelegate):
    """Draws the rows; their heights follow their words."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row, width = self._row(index), self._view.viewport().width()
        if row.is_head:
            return QSize(width, look().px(28))
        head, detail = self._lines(row, width)
        lines = len(head) * look().px(Size.BODY.line) + len(detail) * look().px(Size.META.line)
        return QSize(width, max(look().px(tokens.ROW), lines + look().px(14)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, box = self._row(index), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if row.is_head:
            self._paint_head(painter, row, box)
        else:
            self._paint_line(painter, row, box, bool(option.state & QStyle.StateFlag.State_Selected))
        painter.setPen(QPen(look().colour("line"), 1))
        painter.drawLine(box.left(), box.bottom(), box.right(), box.bottom())
        painter.restore()

    def _row(self, index: Index) -> Row:
        model = index.model()
        return model.rows[index.row()] if isinstance(model, RowsModel) else Row("", "")

    def _lines(self, row: Row, width: int) -> tuple[list[str], list[str]]:
        left = _left(row)
        head_width = width - left - look().px(tokens.GROUP) - _aside(row)
        bold, plain = look().font(Size.BODY, Weight.MEDIUM), look().font(Size.META)
        found = []
        for words, font, most in ((row.head, bold, _HEAD_LINES), (row.detail, plain, _DETAIL_LINES)):
            metrics = QFontMetrics(font)
            lines, _ = broken(str(words), metrics, head_width, most)
            # A single word may be wider than the row; the tooltip has it whole.
            found.append([metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, head_width) for line in lines])
        return found[0], found[1]

    def _paint_head(self, painter: QPainter, row: Row, box: QRect) -> None:
        painter.fillRect(box, look().colour("surface2"))
        painter.setFont(look().font(Size.META, Weight.STRONG))
        painter.setPen(look().colour("text2"))
        edge = look().px(tokens.GROUP)
        inner = box.adjusted(edge, 0, -edge, 0)
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), str(row.head))
        painter.setPen(look().colour(row.tone))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), row.count)

    def _paint_line(self, painter: QPainter, row: Row, box: QRect, chosen: bool) -> None:
        if chosen:
            painter.fillRect(box, look().colour("asoft"))
            bar = look().colour("accent" if self._view.hasFocus() else "control")
            painter.fillRect(QRect(box.topLeft(), QSize(tokens.SELECTION_BAR, box.height())), bar)
        self._paint_sign(painter, row, box)
        head, detail = self._lines(row, box.width())
        high, low = look().px(Size.BODY.line), look().px(Size.META.line)
        top = box.top() + (box.height() - len(head) * high - len(detail) * low) // 2
        left, width = box.left() + _left(row), box.width() - _left(row)
        for lines, height, font, tone in (
            (head, high, look().font(Size.BODY, Weight.MEDIUM), "text"),
            (detail, low, look().font(Size.META), "text2"),
        ):
            painter.setFont(font)
            painter.setPen(look().colour(tone))
            for line in lines:
                painter.drawText(QRect(left, top, width, height), int(Qt.AlignmentFlag.AlignVCenter), line)
                top += height
        self._paint_aside(painter, row, box)

    def _paint_sign(self, painter: QPainter, row: Row, box: QRect) -> None:
        side = look().px(_SIDE)
        place = QRect(QPoint(box.left() + look().px(tokens.GROUP), box.center().y() - side // 2), QSize(side, side))
        if isinstance(row.sign, Mark):
            paint_mark(painter, row.sign, QRectF(place))
        elif row.sign:
            paint_pixmap(painter, row.sign, look().colour(row.tone), place)

    def _paint_aside(self, painter: QPainter, row: Row, box: QRect) -> None:
        if row.act:
            painter.setFont(look().font(Size.BODY, Weight.MEDIUM))
            painter.setPen(look().colour("accent2"))
            painter.drawText(act_box(box, row), int(Qt.AlignmentFlag.AlignCenter), str(row.act))
        elif row.chip:
            ink, ground = (look().colour(name) for name in CHIP_TONES.get(row.tone, CHIP_TONES["na"]))
            width = _aside(row) - look().px(tokens.GAP)
            right = box.right() - look().px(tokens.GROUP)
            chip = QRectF(right - width, box.top() + look().px(6), width, look().px(tokens.CHIP))
            painter.setPen(ink if look().is_high_contrast else Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(chip, look().px(tokens.RADIUS_CHIP), look().px(tokens.RADIUS_CHIP))
            painter.setFont(look().font(Size.META, Weight.MEDIUM))
            painter.setPen(ink)
            painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), str(row.chip))


def act_box(box: QRect, row: Row) -> QRect:
    """Where the words of the act stand in the box of its row."""
    width = _aside(row)
    return QRect(box.right() - width - look().px(tokens.GAP), box.top(), width, box.height())


def _left(row: Row) -> int:
    edge = look().px(tokens.GROUP)
    return edge + look().px(_SIDE) + look().px(12) if row.sign else edge


def _aside(row: Row) -> int:
    """Width that the act or the chip takes, with its gap."""
    if row.act:
        return QFontMetrics(look().font(Size.BODY, Weight.MEDIUM)).horizontalAdvance(str(row.act)) + look().px(16)
    if row.chip:
        metrics = QFontMetrics(look().font(Size.META, Weight.MEDIUM))
        return metrics.horizontalAdvance(str(row.chip)) + look().px(16) + look().px(tokens.GAP)
    return 0
