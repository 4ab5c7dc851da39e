"""How an item looks in the list: sign, number, two lines, points, attachments; the selected one offers its answers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.pages.workspace.contents.board import Line
from inspector.ui.pages.workspace.contents.item_model import LINE_ROLE
from inspector.ui.painting import Mark, paint_mark, paint_pixmap
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.text import broken

Index = QModelIndex | QPersistentModelIndex

_KEYS = {Mark.MET: "1", Mark.PARTLY: "2", Mark.NOT_MET: "3"}
_EDGE = 14
_SIGN = 20
_CODE = 44
_AFTER = 68
_APART = 12
_QUICK = 26
_FIGURE = 56


class ItemDelegate(QStyledItemDelegate):
    """``chosen`` carries an item's key and the sign pressed with the mouse; ``asked`` the key whose figures are wanted.

    ``hint`` says what Enter leads to, ``current`` is the row that is selected.
    """

    chosen = Signal(str, object)
    asked = Signal(str)

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self.hint: Callable[[], Words] = lambda: tr("Enter: nhận xét")
        self.is_locked = False
        self.current = -1
        self._broken: dict[tuple[str, int, bool], list[str]] = {}
        look().changed.connect(self._measure)
        self._measure()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        # Asked for every row of hundreds at each step: everything is at hand.
        return self._high if index.row() == self.current and not self.is_locked else self._plain

    def _measure(self) -> None:
        self._broken.clear()
        plain = look().px(tokens.GAP + 2 * Size.BODY.line)
        self._plain = QSize(look().px(200), plain)
        self._high = QSize(look().px(200), plain + look().px(_QUICK + tokens.GAP + 4))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE_ROLE)
        if not isinstance(line, Line):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, is_current = option.rect, index.row() == self._view.currentIndex().row()
        if is_current:
            _paint_selection(painter, box, is_active=self._view.hasFocus())
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, look().colour("surface2"))
        self._paint_sign(painter, box, line)
        self._paint_text(painter, box, line, is_current=is_current)
        _paint_right(painter, box, line)
        if is_current and not self.is_locked:
            self._paint_quick(painter, box, line)
        painter.setPen(QPen(look().colour("line"), 1))
        painter.drawLine(box.left(), box.bottom(), box.right(), box.bottom())
        painter.restore()

    def editorEvent(
        self, event: QEvent, _model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """A press on one of the answers of the selected row; Qt tells of it before the row is selected."""
        line = index.data(LINE_ROLE)
        is_current = index.row() == self._view.currentIndex().row()
        if not isinstance(event, QMouseEvent) or not isinstance(line, Line) or not is_current or self.is_locked:
            return False
        if line.opinions:
            return False
        if event.type() is not QEvent.Type.MouseButtonPress or event.button() is not Qt.MouseButton.LeftButton:
            return False
        place = event.position().toPoint()
        if line.figures is not None and _quick_row(option.rect).contains(place):
            self.asked.emit(line.key)
            return True
        for mark, box in _answer_boxes(option.rect, line):
            if box.contains(place):
                self.chosen.emit(line.key, mark)
                return True
        return False

    # -------------------------------------------------------- painting

    def _paint_sign(self, painter: QPainter, box: QRect, line: Line) -> None:
        px = look().px
        middle = box.top() + px(tokens.GAP // 2 + Size.BODY.line)
        paint_mark(painter, line.mark, QRectF(box.left() + px(_EDGE), middle - px(_SIGN) / 2, px(_SIGN), px(_SIGN)))
        painter.setFont(look().font(Size.META, Weight.MEDIUM))
        painter.setPen(look().colour("text2"))
        left = box.left() + px(_EDGE + _SIGN + tokens.GAP)
        code = QRect(QPoint(left, middle - px(10)), QSize(px(_CODE), px(20)))
        painter.drawText(code, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, line.code)

    def _paint_text(self, painter: QPainter, box: QRect, line: Line, *, is_current: bool) -> None:
        px = look().px
        left = box.left() + _text_left()
        width = box.right() - px(_EDGE) - _beside(line) - left
        font = look().font(Size.BODY, Weight.MEDIUM if is_current else Weight.TEXT)
        painter.setFont(font)
        painter.setPen(look().colour("text"))
        lines = self._lines(line.text, QFontMetrics(font), width, is_current)
        top = box.top() + px(tokens.GAP // 2) + (px(Size.BODY.line) // 2 if len(lines) == 1 else 0)
        for place, part in enumerate(lines):
            row = QRect(QPoint(left, top + place * px(Size.BODY.line)), QSize(width, px(Size.BODY.line)))
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, part)

    def _lines(self, text: str, metrics: QFontMetrics, width: int, is_current: bool) -> list[str]:
        key = (text, width, is_current)
        if key not in self._broken:
            if len(self._broken) > 2000:
                self._broken.clear()
            self._broken[key] = broken(text, metrics, width, 2)[0]
        return self._broken[key]

    def _paint_quick(self, painter: QPainter, box: QRect, line: Line) -> None:
        if line.opinions:
            words = str(tr("Các ý kiến khác nhau. Trưởng đoàn quyết định."))
            _paint_words(painter, _quick_row(box).adjusted(look().px(tokens.GAP), 0, 0, 0), words, "dis")
            return
        if line.figures is not None:
            left = _paint_figures(painter, _quick_row(box), line)
        else:
            left = box.left()
            for mark, place in _answer_boxes(box, line):
                _paint_answer(painter, mark, place, is_chosen=line.mark is mark)
                left = place.right()
        row = _quick_row(box)
        words, metrics = str(self.hint()), QFontMetrics(look().font(Size.META))
        if metrics.horizontalAdvance(words) + left + look().px(tokens.GAP) < row.right():
            painter.setFont(look().font(Size.META))
            painter.setPen(look().colour("text2"))
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)


def _beside(line: Line) -> int:
    """What the points, the opinions or the attachments of an item leave its text without."""
    metrics = QFontMetrics(look().font(Size.META, Weight.MEDIUM))
    said = str(tr("{count} ý kiến", count=line.opinions)) if line.opinions else line.points
    clip = look().px(18) + metrics.horizontalAdvance(str(line.attachments)) if line.attachments else 0
    widest = max(metrics.horizontalAdvance(said), clip)
    return widest + look().px(_APART) if widest else 0


def _text_left() -> int:
    return look().px(_EDGE + _SIGN + tokens.GAP + _CODE)


def _quick_row(box: QRect) -> QRect:
    px = look().px
    top = box.top() + px(tokens.GAP // 2 + 2 * Size.BODY.line + 4)
    left = box.left() + _text_left() - px(tokens.GAP)
    return QRect(QPoint(left, top), QPoint(box.right() - px(_EDGE), top + px(_QUICK) - 1))


def _answer_boxes(box: QRect, line: Line) -> list[tuple[Mark, QRect]]:
    """Where the answers of the selected row stand."""
    row, width, gap = _quick_row(box), look().px(52), look().px(4)
    marks = [mark for mark in _KEYS if mark in line.choices]
    return [
        (mark, QRect(row.left() + place * (width + gap), row.top(), width, row.height()))
        for place, mark in enumerate(marks)
    ]


def _paint_selection(painter: QPainter, box: QRect, *, is_active: bool) -> None:
    painter.fillRect(box, look().colour("asoft"))
    bar = QRect(box.topLeft(), QSize(look().px(tokens.SELECTION_BAR), box.height()))
    painter.fillRect(bar, look().colour("accent" if is_active else "control"))


def _paint_right(painter: QPainter, box: QRect, line: Line) -> None:
    """Points, or how many opinions there are; under them how much is attached."""
    px = look().px
    right, top = box.right() - px(_EDGE), box.top() + px(tokens.GAP // 2)
    row = QRect(QPoint(right - px(_AFTER), top), QSize(px(_AFTER), px(Size.BODY.line)))
    aligned = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
    painter.setFont(look().font(Size.META, Weight.MEDIUM))
    if line.opinions:
        painter.setPen(look().colour("dis"))
        painter.drawText(row, aligned, str(tr("{count} ý kiến", count=line.opinions)))
    else:
        painter.setPen(look().colour("text2" if line.mark is Mark.UNCHECKED else "text"))
        painter.drawText(row, aligned, line.points)
    if line.attachments:
        under = row.translated(0, px(Size.BODY.line))
        said = str(line.attachments)
        width = QFontMetrics(painter.font()).horizontalAdvance(said)
        painter.setPen(look().colour("text2"))
        painter.drawText(under, aligned, said)
        side = px(14)
        clip = QRect(under.right() - width - px(4) - side, under.top() + (under.height() - side) // 2, side, side)
        paint_pixmap(painter, "paperclip", look().colour("text2"), clip)


def _paint_answer(painter: QPainter, mark: Mark, box: QRect, *, is_chosen: bool) -> None:
    colour, px = look().colour, look().px
    width = 2 if is_chosen else 1
    painter.setPen(QPen(colour(mark.tone if is_chosen else "control"), width))
    painter.setBrush(colour(f"{mark.tone}s" if is_chosen else "surface"))
    inset = width / 2
    painter.drawRoundedRect(QRectF(box).adjusted(inset, inset, -inset, -inset), px(6), px(6))
    side = px(16)
    sign = QRectF(box.left() + px(9), box.top() + (box.height() - side) / 2, side, side)
    paint_mark(painter, mark, sign)
    painter.setFont(look().font(Size.META, Weight.STRONG if is_chosen else Weight.MEDIUM))
    painter.setPen(colour(mark.tone if is_chosen else "text"))
    key = box.adjusted(px(9) + side, 0, -px(6), 0)
    painter.drawText(key, Qt.AlignmentFlag.AlignCenter, _KEYS[mark])


def _paint_figures(painter: QPainter, row: QRect, line: Line) -> int:
    """Numerator / denominator = rate, or a count; returns where they end."""
    top, bottom, rate = line.figures or ("", "", "")
    px, left = look().px, row.left()
    boxes = [top] if line.is_count else [top, bottom]
    for place, text in enumerate(boxes):
        if place:
            left = _paint_words(painter, QRect(left, row.top(), px(20), row.height()), "/", "text2", centre=True)
        box = QRect(left, row.top(), px(_FIGURE), row.height())
        painter.setPen(QPen(look().colour("control"), 1))
        painter.setBrush(look().colour("surface"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6))
        left = _paint_words(painter, box, text or "–", "text", centre=True)
    if rate:
        tone = line.mark.tone if line.mark not in (Mark.DISAGREED, Mark.UNCHECKED) else "text"
        left = _paint_words(painter, QRect(left + px(8), row.top(), px(100), row.height()), f"= {rate}", tone)
    return left


def _paint_words(painter: QPainter, box: QRect, words: str, tone: str, *, centre: bool = False) -> int:
    painter.setFont(look().font(Size.META, Weight.STRONG))
    painter.setPen(look().colour(tone))
    side = Qt.AlignmentFlag.AlignHCenter if centre else Qt.AlignmentFlag.AlignLeft
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side, words)
    return box.right() if centre else box.left() + QFontMetrics(painter.font()).horizontalAdvance(words)
