"""Two versions side by side: what came, what went, what reads or counts otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHBoxLayout, QStyle, QStyleOptionViewItem, QVBoxLayout, QWidget

from inspector.domain.checklist import Item
from inspector.domain.wording import number
from inspector.services.checklist_shelf import Difference, Version, compare
from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.pages.checklists.words import LEVELS, edition, fields_said
from inspector.ui.pages.keyed_model import Index
from inspector.ui.pages.line_list import LineDelegate, LineList, LineModel, Row, paint_ground, paint_head
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button
from inspector.ui.widgets.field import Entry
from inspector.ui.widgets.pick_field import Choice, PickField
from inspector.ui.widgets.text import CutText, broken

_LINES = 3


class Comparing(QWidget):
    """Chosen from two lists; equal items are not shown."""

    def __init__(self, leave: Button) -> None:
        super().__init__()
        self._versions: dict[str, Version] = {}
        self.before = PickField(tr("Bản trước"))
        self.after = PickField(tr("Bản sau"))
        self.count = CutText(size=Size.META, tone="text2")
        self.list = PairList(tr("Các mục khác nhau"))
        picks = QHBoxLayout()
        picks.setSpacing(tokens.GROUP)
        for pick in (self.before, self.after):
            pick.state.hide()
            pick.committed.connect(self._chosen)
            picks.addWidget(pick, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        foot.addWidget(leave)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(tokens.EDGE, tokens.GROUP, tokens.EDGE, tokens.GROUP)
        rows.setSpacing(tokens.GAP)
        rows.addLayout(picks)
        rows.addWidget(self.list, 1)
        rows.addLayout(foot)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusProxy(self.list)

    def show_versions(self, versions: Sequence[Version], chosen: str) -> None:
        """Begin with this version and another of its level, if there is one."""
        self._versions = {version.hash: version for version in versions}
        choices = [Choice(each.hash, _level(each), edition(each.checklist.version)) for each in versions]
        level = self._versions[chosen].checklist.level
        others = [each for each in versions if each.hash != chosen]
        other = next((each for each in others if each.checklist.level == level), others[0] if others else None)
        pair = [self._versions[chosen], other or self._versions[chosen]]
        pair.sort(key=lambda each: (each.own, each.since, each.checklist.version))
        for pick, version in zip((self.before, self.after), pair, strict=True):
            pick.offer(choices)
            pick.show_value(version.hash)
        self._compare()

    def _chosen(self, _entry: Entry) -> None:
        for pick in (self.before, self.after):
            pick.mark_saved()
            pick.state.show_quiet()
        self._compare()

    def _compare(self) -> None:
        before, after = (self._versions.get(pick.key() or "") for pick in (self.before, self.after))
        if before is None or after is None:
            return
        found = compare(before.checklist, after.checklist)
        self.list.show_differences(found)
        same = tr("Hai bản giống nhau")
        levels = tr("Hai bản của hai cấp khác nhau: {one}, {other}.", one=_level(before), other=_level(after))
        words: Words = tr("{count} mục khác nhau", count=len(found)) if found else same
        self.count.say(levels if before.checklist.level != after.checklist.level else words)


def _level(version: Version) -> Words:
    return LEVELS.get(version.checklist.level, version.checklist.level)


class PairList(LineList):
    """Each row shows an item as it was at the left and as it is at the right."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.pairs: dict[str, Difference] = {}
        self.setItemDelegate(PairDelegate(self))

    def show_differences(self, found: Sequence[Difference]) -> None:
        self.pairs = {_key(each): each for each in found}
        rows: list[Row] = []
        for kind, head in _HEADS.items():
            some = [each for each in found if each.kind == kind]
            if some:
                rows.append(Row(f"/{kind}", head, aside=str(len(some)), head=True))
                rows += [Row(_key(each), _said(each)) for each in some]
        self.show_rows(rows)


class PairDelegate(LineDelegate):
    def __init__(self, view: PairList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        if isinstance(model, LineModel) and not model.rows[index.row()].head:
            return QSize(0, look().px(20 + Size.BODY.line * _LINES + Size.META.line))
        return super().sizeHint(option, index)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, LineModel):
            return
        row = model.rows[index.row()]
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if row.head:
            paint_head(painter, rect, row)
        else:
            if state & QStyle.StateFlag.State_Selected:
                paint_ground(painter, rect, focused=self._view.hasFocus())
            painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look().colour("line"))
            self._paint_pair(painter, rect, self._view.pairs[row.key])
        painter.restore()

    @staticmethod
    def _paint_pair(painter: QPainter, rect: QRect, pair: Difference) -> None:
        half = rect.width() // 2
        painter.fillRect(QRect(rect.left() + half, rect.top(), 1, rect.height()), look().colour("line"))
        for left, item, other in ((0, pair.before, pair.after), (half, pair.after, pair.before)):
            room = QRect(rect.left() + left, rect.top(), half, rect.height())
            _paint_item(painter, room.adjusted(look().px(16), look().px(8), -look().px(16), 0), item, other, pair)


def _paint_item(painter: QPainter, room: QRect, item: Item | None, other: Item | None, pair: Difference) -> None:
    px, colour = look().px, look().colour
    painter.setFont(look().font())
    if item is None:
        painter.setPen(colour("text2"))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft, str(tr("Không có mục này")))
        return
    painter.setPen(colour("text"))
    lines, _ = broken(f"{item.code}  {item.text}", QFontMetrics(look().font()), room.width(), _LINES)
    for place, line in enumerate(lines):
        top = room.top() + place * px(Size.BODY.line)
        painter.drawText(QRect(room.left(), top, room.width(), px(20)), Qt.AlignmentFlag.AlignVCenter, line)
    differs = bool(other is not None and other.max_points != item.max_points)
    painter.setFont(look().font(Size.META, Weight.STRONG if differs else Weight.TEXT))
    painter.setPen(colour("part" if differs else "text2"))
    said = str(tr("{points} điểm", points=number(item.max_points)))
    if item is pair.after and pair.fields:
        said = f"{said} · {tr('đổi: {fields}', fields=fields_said(pair.fields))}"
    box = QRect(room.left(), room.top() + px(Size.BODY.line) * _LINES, room.width(), px(Size.META.line) + px(4))
    cut = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, cut)


def _key(pair: Difference) -> str:
    item = pair.after or pair.before
    return item.key if item is not None else ""


def _said(pair: Difference) -> str:
    sides = [f"{item.code} {item.text}, {number(item.max_points)}" for item in (pair.before, pair.after) if item]
    return f"{_HEADS[pair.kind]}: {' → '.join(sides)} {fields_said(pair.fields)}".strip()


_HEADS = {
    "changed": tr("Đổi câu chữ, điểm"),
    "added": tr("Thêm mới"),
    "removed": tr("Không còn"),
    "renumbered": tr("Chỉ đổi số"),
}
