"""The table of inspections, painted from tokens; narrow windows leave out what the tooltip says as well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from inspector.services.visits import Line
from inspector.ui import tokens
from inspector.ui.keys import is_plain
from inspector.ui.language import tr
from inspector.ui.pages.inspections.model import Column, Index, VisitModel
from inspector.ui.pages.row_list import paint_ground, rect_of, state_of
from inspector.ui.pages.visit_words import STATES
from inspector.ui.painting import Mark, paint_mark, paint_parts, paint_pixmap
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.signs import CHIP_TONES

_WIDTHS = {
    Column.FORM: 108,
    Column.DAY: 112,
    Column.LEAD: 168,
    Column.PROGRESS: 152,
    Column.POINTS: 64,
    Column.STATE: 136,
    Column.DATA: 140,
}
_UNIT_LEAST = 220
_GIVEN_UP = (Column.DATA, Column.FORM, Column.LEAD, Column.POINTS, Column.PROGRESS)
"""What goes first where there is no room."""
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class VisitTable(QTableView):
    """One row is chosen; Enter or a double click opens it, ``asked`` wants the menu of the row at a place."""

    opened = Signal(QModelIndex)
    asked = Signal(object)
    left_up = Signal()

    def __init__(self, model: VisitModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._visits = model
        self._has_points = False
        self.setModel(model)
        self.setItemDelegate(VisitDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(Column.UNIT, QHeaderView.ResizeMode.Stretch)
        head.setHighlightSections(False)
        head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.doubleClicked.connect(self.opened)
        self._say()
        self._fit()

    def show_points(self, *, shown: bool) -> None:
        """The column stands only where an office adopted points."""
        if shown != self._has_points:
            self._has_points = shown
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = is_plain(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        elif plain and event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_up.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters choose nothing here; Ctrl+F filters."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            box = self.visualRect(self.currentIndex())
            self.asked.emit(self.viewport().mapToGlobal(box.bottomLeft()))
        else:
            self.asked.emit(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
            last = self._visits.columnCount() - 1
            self._visits.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
            self.viewport().update()
        elif event.type() is QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        px = look().px
        self.verticalHeader().setDefaultSectionSize(px(tokens.ROW))
        self.horizontalHeader().setFixedHeight(px(tokens.ROW) + 2)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, look().room(width))
        hidden = set() if self._has_points else {Column.POINTS}
        room = self.viewport().width() - px(_UNIT_LEAST)
        for column in _GIVEN_UP:
            if sum(look().room(width) for one, width in _WIDTHS.items() if one not in hidden) <= room:
                break
            hidden.add(column)
        for column in _WIDTHS:
            self.setColumnHidden(column, column in hidden)

    def _say(self) -> None:
        self.setAccessibleName(str(tr("Danh sách cuộc kiểm tra")))


class VisitDelegate(QStyledItemDelegate):
    """Cells in the order of ``Column``; a row that is not here yet is a grey bar."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(look().px(64), look().px(tokens.ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, VisitModel):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = rect_of(option)
        if index.column() == Column.UNIT:
            paint_ground(painter, option, box)
        else:
            self._paint_ground(painter, option, box)
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), look().colour("line"))
        inside = box.adjusted(look().px(tokens.GAP), 0, -look().px(tokens.GAP), 0)
        line = model.line(index)
        if line is None:
            self._paint_waiting(painter, inside)
        else:
            column = Column(index.column())
            chosen = bool(state_of(option) & QStyle.StateFlag.State_Selected)
            _PAINTERS[column](painter, _Cell(inside, line, model.said(line, column), chosen))
        painter.restore()

    @staticmethod
    def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> None:
        """Of the cells behind the first: without the bar."""
        painter.save()
        painter.setClipRect(box)
        paint_ground(painter, option, box.adjusted(-2 * tokens.SELECTION_BAR, 0, 0, 0))
        painter.restore()

    @staticmethod
    def _paint_waiting(painter: QPainter, box: QRect) -> None:
        height = look().px(tokens.GAP)
        bar = QRectF(box.left(), box.center().y() - height / 2, box.width() * 0.7, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour("nas"))
        painter.drawRoundedRect(bar, 3, 3)


@dataclass(frozen=True)
class _Cell:
    """What one cell is painted from; in a ``chosen`` row soft grounds would vanish in that of the row."""

    box: QRect
    line: Line
    said: str
    chosen: bool

    @property
    def soft(self) -> QColor | None:
        return look().colour("surface") if self.chosen else None


def _text(painter: QPainter, box: QRect, text: str, font: QFont, tone: str, align: Qt.AlignmentFlag = _LEFT) -> int:
    """The text, cut to its cell; how wide it is."""
    metrics = QFontMetrics(font)
    fitted = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.setFont(font)
    painter.setPen(look().colour(tone))
    painter.drawText(box, align, fitted)
    return metrics.horizontalAdvance(fitted)


def _unit(painter: QPainter, cell: _Cell) -> None:
    taken = _text(painter, cell.box, cell.said, look().font(Size.BODY, Weight.MEDIUM), "text")
    if cell.line.conflicts:
        rest = cell.box.adjusted(taken + look().px(tokens.GAP), 0, 0, 0)
        _chip(
            painter,
            rest,
            str(tr("{count} chưa thống nhất", count=cell.line.conflicts)),
            "dis",
            cell.soft,
            mark=Mark.DISAGREED,
        )


def _plain(painter: QPainter, cell: _Cell) -> None:
    _text(painter, cell.box, cell.said, look().font(), "text2")


def _day(painter: QPainter, cell: _Cell) -> None:
    _text(painter, cell.box, cell.said, look().font(), "text")


def _progress(painter: QPainter, cell: _Cell) -> None:
    figures = max(look().px(48), QFontMetrics(look().font(Size.META)).horizontalAdvance(cell.said))
    height = look().px(6)
    bar = QRectF(
        cell.box.left(),
        cell.box.center().y() - height / 2 + 0.5,
        cell.box.width() - figures - look().px(tokens.GAP),
        height,
    )
    colour = look().colour("ok" if cell.line.checked == cell.line.items else "accent")
    parts = [(cell.line.checked / cell.line.items, colour)] if cell.line.items and cell.line.checked else []
    paint_parts(painter, bar, parts, cell.soft or look().colour("nas"))
    _text(
        painter,
        cell.box.adjusted(cell.box.width() - figures, 0, 0, 0),
        cell.said,
        look().font(Size.META),
        "text2",
        _RIGHT,
    )


def _points(painter: QPainter, cell: _Cell) -> None:
    _text(painter, cell.box, cell.said or "–", look().font(Size.BODY, Weight.STRONG), "text", _RIGHT)


def _state(painter: QPainter, cell: _Cell) -> None:
    _chip(painter, cell.box, cell.said, STATES[cell.line.state][1], cell.soft)


def _data(painter: QPainter, cell: _Cell) -> None:
    side, tone = look().px(16), "text2"
    icon = QRect(cell.box.left(), cell.box.center().y() - side // 2, side, side)
    paint_pixmap(painter, "laptop", look().colour(tone), icon)
    rest = cell.box.adjusted(side + look().px(6), 0, 0, 0)
    _text(painter, rest, cell.said, look().font(Size.META, Weight.MEDIUM), tone)


def _chip(
    painter: QPainter, box: QRect, words: str, tone: str, soft: QColor | None, *, mark: Mark | None = None
) -> None:
    ink, ground = (look().colour(name) for name in CHIP_TONES[tone])
    font = look().font(Size.META, Weight.MEDIUM)
    side = look().px(16 + tokens.TIGHT) if mark else 0
    width = min(box.width(), QFontMetrics(font).horizontalAdvance(words) + side + look().px(tokens.GROUP) + 1)
    height = look().px(tokens.CHIP) - 2
    chip = QRectF(box.left(), box.center().y() - height / 2 + 0.5, width, height)
    painter.setPen(ink if look().is_high_contrast else Qt.PenStyle.NoPen)
    painter.setBrush(soft or ground)
    painter.drawRoundedRect(chip, look().px(tokens.RADIUS_CHIP), look().px(tokens.RADIUS_CHIP))
    inside = chip.toRect().adjusted(look().px(tokens.GAP), 0, -look().px(tokens.GAP) + 2, 0)
    if mark is not None:
        size = look().px(14)
        paint_mark(painter, mark, QRectF(inside.left(), chip.center().y() - size / 2, size, size))
        inside.adjust(side, 0, 0, 0)
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(inside, _LEFT, QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, inside.width()))


_PAINTERS: dict[Column, Callable[[QPainter, _Cell], None]] = {
    Column.UNIT: _unit,
    Column.FORM: _plain,
    Column.DAY: _day,
    Column.LEAD: _plain,
    Column.PROGRESS: _progress,
    Column.POINTS: _points,
    Column.STATE: _state,
    Column.DATA: _data,
}
