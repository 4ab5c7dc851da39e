"""The list of the palette: its model, and how rows are painted with what matches."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from inspector.ui import tokens
from inspector.ui.language import Phrase
from inspector.ui.painting import cap_height, cap_width, paint_cap, paint_mark, paint_pixmap
from inspector.ui.palette.entries import Entry
from inspector.ui.palette.matching import around, spans
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight

Index = QModelIndex | QPersistentModelIndex
ROW, HEAD = 38, 28
_EDGE = 21
_LEAST_DETAIL = 64


class EntryModel(QAbstractListModel):
    """The rows of one question; ``words`` is what was asked, for marking it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()
        self.words = ""

    def show_entries(self, entries: Sequence[Entry], words: str) -> None:
        self.beginResetModel()
        self.entries, self.words = tuple(entries), words
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  -- as Qt declares it
        return 0 if parent.isValid() else len(self.entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.entries[index.row()].head:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return str(entry.words)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return said(entry)
        return None


def said(entry: Entry) -> str:
    """All of a row in one line: the result, the words, what tells them apart."""
    mark = str(entry.mark.words) if entry.mark is not None else ""
    return " · ".join(filter(None, (mark, str(entry.words), str(entry.detail))))


class EntryDelegate(QStyledItemDelegate):
    """Words with what matches underlined and coloured, what tells them apart, and the key at the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        entry = _entry(index)
        return QSize(0, look().px(HEAD if entry is not None and entry.head else ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = _entry(index)
        if entry is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRect(option.rect)
        if entry.head:
            _paint_head(painter, rect, entry)
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            _paint_entry(painter, rect, entry, _words(index), chosen=chosen)
        painter.restore()


def _entry(index: Index) -> Entry | None:
    model = index.model()
    return model.entries[index.row()] if isinstance(model, EntryModel) else None


def _words(index: Index) -> str:
    model = index.model()
    return model.words if isinstance(model, EntryModel) else ""


def _paint_head(painter: QPainter, rect: QRect, entry: Entry) -> None:
    painter.fillRect(rect, look().colour("surface2"))
    room = rect.adjusted(look().px(_EDGE), 0, -look().px(_EDGE), 0)
    painter.setPen(look().colour("text2"))
    painter.setFont(look().font(Size.META, Weight.STRONG))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(entry.words))
    painter.setFont(look().font(Size.META))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(entry.detail))


def _paint_entry(painter: QPainter, rect: QRect, entry: Entry, words: str, *, chosen: bool) -> None:
    px, colour = look().px, look().colour
    if chosen:
        painter.fillRect(rect, colour("asoft"))
        painter.fillRect(QRect(rect.left(), rect.top(), tokens.SELECTION_BAR, rect.height()), colour("accent"))
    left, side = rect.left() + px(_EDGE), px(18)
    box = QRect(left, rect.top() + (rect.height() - side) // 2, side, side)
    if entry.mark is not None:
        paint_mark(painter, entry.mark, QRectF(box))
    elif entry.icon:
        paint_pixmap(painter, entry.icon, colour("disabled" if entry.closed else entry.tone), box)
    right = _paint_caps(painter, rect, ("Enter",) if chosen and not entry.caps and not entry.closed else entry.caps)
    text = QRect(box.right() + px(14), rect.top(), right - box.right() - px(14) - px(tokens.GAP), rect.height())
    _paint_words(painter, text, entry, words)


def _paint_caps(painter: QPainter, rect: QRect, caps: tuple[str, ...]) -> int:
    """Paint the first key at the right; returns where it begins."""
    right = rect.right() - look().px(16)
    if caps:
        width, colour = cap_width(caps[0]), look().colour
        cap = QRectF(right - width, rect.top() + (rect.height() - cap_height()) / 2, width, cap_height())
        paint_cap(painter, caps[0], cap, ink=colour("text2"), edge=colour("line"), ground=colour("surface"))
        right -= width
    return right


def _paint_words(painter: QPainter, room: QRect, entry: Entry, words: str) -> None:
    shown = str(entry.words) if isinstance(entry.words, Phrase) else around(words, entry.words)
    detail = str(entry.detail)
    meta = QFontMetrics(look().font(Size.META))
    wanted = meta.horizontalAdvance(detail) + look().px(tokens.GROUP) if detail else 0
    most = room.width() - min(wanted, max(look().px(_LEAST_DETAIL), room.width() * 2 // 5) if detail else 0)
    end = _paint_pieces(painter, QRect(room.left(), room.top(), most, room.height()), shown, words, bool(entry.closed))
    if detail:
        left = end + look().px(12)
        painter.setFont(look().font(Size.META))
        painter.setPen(look().colour("text2"))
        rest = QRect(left, room.top() + look().px(1), room.right() - left, room.height())
        cut = meta.elidedText(detail, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)


def _paint_pieces(painter: QPainter, room: QRect, text: str, words: str, closed: bool) -> int:
    """Paint the text with its matches marked; returns where it ends."""
    left = room.left()
    for piece, matches in _pieces(text, spans(words, text)):
        font = _font(matches)
        width = room.right() - left
        metrics = QFontMetrics(font)
        cut = metrics.elidedText(piece, Qt.TextElideMode.ElideRight, width)
        painter.setFont(font)
        painter.setPen(look().colour("text2" if closed else "accent2" if matches else "text"))
        box = QRect(left, room.top(), width, room.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
        left += metrics.horizontalAdvance(cut)
        if cut != piece:
            break
    return left


def _pieces(text: str, marked: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    pieces, place = [], 0
    for start, end in marked:
        pieces += [(text[place:start], False), (text[start:end], True)]
        place = end
    return [(piece, matches) for piece, matches in [*pieces, (text[place:], False)] if piece]


def _font(matches: bool) -> QFont:
    font = look().font(Size.BODY, Weight.STRONG if matches else Weight.TEXT)
    font.setUnderline(matches)
    return font


class Foot(QWidget):
    """What the keys do, as many as there is room for; at the right how much was found."""

    def __init__(self, hints: Sequence[tuple[tuple[str, ...], Phrase]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hints = tuple(hints)
        self._count: Phrase | str = ""
        self.setProperty("content", True)

    def show_count(self, words: Phrase | str) -> None:
        self._count = words
        self.setAccessibleName(str(words))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(320), look().px(tokens.MAIN_CONTROL))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, look().px(tokens.MAIN_CONTROL))

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = look().font(Size.META)
        metrics, px = QFontMetrics(font), look().px
        room = self.rect().adjusted(px(_EDGE), 0, -px(_EDGE), 0)
        painter.setFont(font)
        painter.setPen(look().colour("text2"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(self._count))
        left, right = room.left(), room.right() - metrics.horizontalAdvance(str(self._count)) - px(tokens.GROUP)
        for caps, words in self._hints:
            width = sum(cap_width(cap) + px(tokens.TIGHT) for cap in caps) + metrics.horizontalAdvance(str(words))
            if left + width > right:
                break
            left = _paint_hint(painter, left, room, caps, str(words)) + px(tokens.GROUP)
        painter.end()


def _paint_hint(painter: QPainter, left: int, room: QRect, caps: tuple[str, ...], words: str) -> int:
    colour = look().colour
    for cap in caps:
        box = QRectF(left, (room.height() - cap_height()) / 2, cap_width(cap), cap_height())
        paint_cap(painter, cap, box, ink=colour("text2"), edge=colour("line"), ground=colour("surface2"))
        left += cap_width(cap) + look().px(tokens.TIGHT)
    painter.setFont(look().font(Size.META))
    painter.setPen(colour("text2"))
    width = QFontMetrics(painter.font()).horizontalAdvance(words)
    painter.drawText(QRect(left, room.top(), width + 2, room.height()), Qt.AlignmentFlag.AlignVCenter, words)
    return left + width
