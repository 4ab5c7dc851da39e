"""The findings of an inspection in three groups, numbered as they are printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from inspector.domain.checklist import Checklist
from inspector.domain.inspection import Finding, Inspection
from inspector.domain.phrases import one_line, short_code
from inspector.domain.wording import short_day
from inspector.ui import tokens
from inspector.ui.language import Phrase, Words, tr
from inspector.ui.pages.row_changes import bring_in_line
from inspector.ui.painting import Mark, paint_mark, paint_pixmap
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.text import broken

Index = QModelIndex | QPersistentModelIndex
_LINES = 2


@dataclass(frozen=True)
class Kind:
    """A kind of finding: how it is called, its sign, and one of ``CHIP_TONES``."""

    key: str
    words: Phrase
    titled: Callable[[int], Phrase]
    icon: str
    tone: str
    ink: str


KINDS: Mapping[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind("strength", tr("Ưu điểm"), lambda n: tr("Ưu điểm số {number}", number=n), "star", "ok", "ok"),
        Kind(
            "good_practice",
            tr("Cách làm hay"),
            lambda n: tr("Cách làm hay số {number}", number=n),
            "zap",
            "accent",
            "accent2",
        ),
        Kind(
            "shortcoming",
            tr("Tồn tại, hạn chế"),
            lambda n: tr("Tồn tại, hạn chế số {number}", number=n),
            "flag",
            "no",
            "no",
        ),
    )
}
"""In the order of the paper."""


@dataclass(frozen=True)
class Row:
    """A group's head (``number`` is its count, ``finding`` is empty) or a finding; merged ones have the number 0."""

    kind: str
    number: int
    finding: str = ""
    content: str = ""
    under: tuple[Words, ...] = ()
    due: Words = ""
    disagrees: bool = False

    @property
    def key(self) -> str:
        return self.finding or self.kind


def rows_of(inspection: Inspection, checklist: Checklist | None) -> list[Row]:
    """Three groups, each with its printed findings and, under the one they are read through, those merged into it."""
    apart = {place.split("/")[1] for place in inspection.conflicts if place.startswith("finding/")}
    codes = {item.key: short_code(item.code) for item in checklist.items} if checklist else {}
    through = inspection.read_through()
    found: list[Row] = []
    for kind in KINDS:
        printed = inspection.findings_of(kind)
        found.append(Row(kind, len(printed)))
        for number, finding in enumerate(printed, 1):
            found.append(_row(inspection, finding, number, codes, finding.id in apart))
            found += [
                _row(inspection, merged, 0, codes, merged.id in apart, tr("Đã gộp vào số {number}", number=number))
                for merged in inspection.findings
                if merged.id != finding.id and through[merged.id] == finding.id
            ]
    return found


def _row(
    inspection: Inspection, finding: Finding, number: int, codes: Mapping[str, str], disagrees: bool, merged: Words = ""
) -> Row:
    # A merged finding stands in the group of the one it is read through, whatever its own kind.
    kind = finding.kind if finding.kind in KINDS else "shortcoming"
    under = tuple(_under(inspection, finding, codes))
    return Row(
        kind,
        number,
        finding.id,
        one_line(finding.content),
        (merged, *under) if merged else under,
        _due(finding) if kind == "shortcoming" and number else "",
        disagrees,
    )


def _under(inspection: Inspection, finding: Finding, codes: Mapping[str, str]) -> Iterator[Words]:
    if code := codes.get(finding.item or ""):
        yield tr("Mục {code}", code=code)
    pieces = inspection.evidence_of("finding", finding.id)
    photos = sum(piece.file is not None and piece.file.is_picture for piece in pieces)
    if photos:
        yield tr("{count} ảnh", count=photos)
    if len(pieces) > photos:
        yield tr("{count} minh chứng khác", count=len(pieces) - photos)
    if finding.repeats:
        yield tr("lặp lại")


def _due(finding: Finding) -> Words:
    """The first deadline, as it was given."""
    days = [task.working_days for task in finding.recommendations if task.deadline is None and task.working_days]
    dates = [task.deadline for task in finding.recommendations if task.deadline is not None]
    if dates:
        return tr("hạn {day}", day=short_day(min(dates)))
    return tr("hạn {count} ngày", count=min(days)) if days else ""


class FindingModel(QAbstractListModel):
    """Heads cannot be selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show_rows(self, rows: list[Row]) -> None:
        bring_in_line(self, self.rows, rows, lambda row: row.key, self._changed)

    def row(self, index: Index) -> Row:
        return self.rows[index.row()]

    def index_of(self, finding: str) -> QModelIndex:
        """Where a finding stands; an invalid index where it does not."""
        place = next((place for place, row in enumerate(self.rows) if finding and row.finding == finding), None)
        return QModelIndex() if place is None else self.index(place)

    def findings(self) -> list[str]:
        """In the order in which they are shown."""
        return [row.finding for row in self.rows if row.finding]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  -- as Qt declares it
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or not self.row(index).finding:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.row(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.content or str(KINDS[row.kind].words)
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.content or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(row)
        return None

    def _changed(self, place: int) -> None:
        self.dataChanged.emit(self.index(place), self.index(place))


def _spoken(row: Row) -> str:
    kind = KINDS[row.kind]
    if not row.finding:
        return f"{kind.words}: {row.number}"
    head = kind.titled(row.number) if row.number else kind.words
    apart = Mark.DISAGREED.words if row.disagrees else ""
    return ". ".join(str(part) for part in (head, apart, row.content, *row.under, row.due) if part)


class FindingDelegate(QStyledItemDelegate):
    """Number, up to two lines, what it stands on, and the deadline."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = _row_of(index)
        px = look().px
        if not row.finding:
            return QSize(0, px(tokens.ROW))
        lines = len(self._lines(row, option.rect.width() or option.widget.width())) or 1
        under = _small_line() if row.under or row.due else 0
        return QSize(0, px(tokens.GAP) * 2 + lines * px(Size.BODY.line) + under)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = _row_of(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.finding:
            self._paint_finding(painter, option, row)
        else:
            self._paint_head(painter, option.rect, row)
        painter.setPen(QPen(look().colour("line"), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _paint_head(self, painter: QPainter, box: QRect, row: Row) -> None:
        px, kind = look().px, KINDS[row.kind]
        painter.fillRect(box, look().colour("surface2"))
        side = px(18)
        icon = QRect(box.left() + px(tokens.GROUP), box.center().y() - side // 2, side, side)
        paint_pixmap(painter, kind.icon, look().colour(kind.ink), icon)
        words = box.adjusted(px(tokens.GROUP) + side + px(tokens.GAP), 0, -px(tokens.GROUP), 0)
        painter.setFont(look().font(Size.BODY, Weight.STRONG))
        painter.setPen(look().colour(kind.ink))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(kind.words))
        painter.setFont(look().font(Size.META, Weight.MEDIUM))
        painter.setPen(look().colour("text2"))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(row.number))

    def _paint_finding(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        px, colour, box = look().px, look().colour, option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, colour("asoft" if chosen else "surface"))
        if chosen:
            held = bool(option.state & QStyle.StateFlag.State_HasFocus) or option.widget.hasFocus()
            bar = QRect(box.left(), box.top(), tokens.SELECTION_BAR, box.height())
            painter.fillRect(bar, colour("accent" if held else "control"))
        top = box.top() + px(tokens.GAP)
        self._paint_number(painter, QRect(box.left() + px(tokens.GROUP), top, px(22), px(Size.BODY.line)), row)
        weight = Weight.STRONG if chosen else Weight.TEXT
        painter.setFont(look().font(Size.BODY, weight))
        painter.setPen(colour("text" if row.content else "text2"))
        left, width = box.left() + _indent(), self._room(box.width())
        for line in self._lines(row, box.width()):
            painter.drawText(QRect(left, top, width, px(Size.BODY.line)), Qt.AlignmentFlag.AlignVCenter, line)
            top += px(Size.BODY.line)
        self._paint_under(painter, QRect(left, top, width, _small_line()), row)

    def _paint_number(self, painter: QPainter, box: QRect, row: Row) -> None:
        if row.disagrees:
            side = look().px(16)
            paint_mark(
                painter, Mark.DISAGREED, QRectF(box.left() - 3, box.top() + (box.height() - side) / 2, side, side)
            )
            return
        painter.setFont(look().font(Size.META, Weight.MEDIUM))
        painter.setPen(look().colour("text2"))
        said = str(row.number) if row.number else "↳"
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, said)

    def _paint_under(self, painter: QPainter, box: QRect, row: Row) -> None:
        painter.setFont(look().font(Size.META))
        painter.setPen(look().colour("text2"))
        metrics = QFontMetrics(look().font(Size.META, Weight.MEDIUM))
        due = str(row.due)
        room = box.width() - (metrics.horizontalAdvance(due) + look().px(tokens.GAP) if due else 0)
        said = metrics.elidedText(" · ".join(map(str, row.under)), Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, said)
        painter.setFont(look().font(Size.META, Weight.MEDIUM))
        painter.setPen(look().colour("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, due)

    def _lines(self, row: Row, width: int) -> list[str]:
        """Broken for the stronger letters of a selected row, so that choosing one moves nothing."""
        metrics = QFontMetrics(look().font(Size.BODY, Weight.STRONG))
        content = row.content or str(tr("Chưa ghi nội dung"))
        return broken(content, metrics, self._room(width), _LINES)[0]

    def _room(self, width: int) -> int:
        return max(look().px(80), width - _indent() - look().px(tokens.GROUP))


def _small_line() -> int:
    """Small letters shrink no further at a small text scale."""
    return max(look().px(Size.META.line), QFontMetrics(look().font(Size.META, Weight.MEDIUM)).height())


def _indent() -> int:
    return look().px(tokens.GROUP + 28)


def _row_of(index: Index) -> Row:
    model = index.model()
    if not isinstance(model, FindingModel):
        raise TypeError(type(model).__name__)
    return model.row(index)


def below(box: QRect) -> QPoint:
    """Where a menu of a row opens."""
    return QPoint(box.left() + look().px(tokens.GROUP), box.bottom())
