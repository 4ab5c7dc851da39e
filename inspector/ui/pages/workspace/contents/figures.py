"""Items answered by numbers: two figures and their rate, or a count, with the step they reach and their source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.domain.changeset import Json
from inspector.domain.checklist import Item
from inspector.domain.inspection import Answer
from inspector.domain.phrases import local, percent, short_code
from inspector.domain.scoring import proposed_fraction, reached_step
from inspector.domain.wording import number, short_moment
from inspector.ui import tokens
from inspector.ui.editing import LineEditor
from inspector.ui.keys import is_enter
from inspector.ui.language import Words, mark_content, tr
from inspector.ui.pages.workspace.contents.answering import Answering
from inspector.ui.pages.workspace.contents.board import mark_of_fraction
from inspector.ui.pages.workspace.contents.locking import finish_all, lock
from inspector.ui.pages.workspace.contents.rate_box import RateBox
from inspector.ui.pages.workspace.contents.steps import Steps, steps_of
from inspector.ui.pages.workspace.evidence.moment_field import MomentField, read_moment
from inspector.ui.painting import Mark
from inspector.ui.session import Session
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.field import TextField
from inspector.ui.widgets.note import Note
from inspector.ui.widgets.text import Text
from inspector.ui.widgets.value_fields import NumberField
from inspector.ui.writing import Post, Spot, Writing


class Figures(QWidget):
    """The row of figures. ``ended`` comes where Enter leaves the last of them."""

    ended = Signal()

    def __init__(self, session: Session, answering: Answering, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answering = answering
        self._item: Item | None = None
        self.top = NumberField(tr("Tử số"))
        self.bottom = NumberField(tr("Mẫu số"))
        self.count = NumberField(tr("Số lượng"))
        self.rate = RateBox()
        self.note = Note()
        self.steps = Steps()
        self._slash, self._equals = Text("/", size=Size.TITLE, tone="text2"), Text("=", size=Size.TITLE, tone="text2")
        self._rate_label = Text(tr("Tỷ lệ"), size=Size.META, weight=Weight.MEDIUM, tone="text2")
        self._writings = {
            "numerator": Writing(session, self.top, self._post("numerator")),
            "denominator": Writing(session, self.bottom, self._post("denominator")),
            "count": Writing(session, self.count, self._post("count")),
        }
        self._lay_out()
        for field in (self.top, self.bottom, self.count):
            field.editor.typed.connect(self._tell)
        for field in (self.bottom, self.count):
            field.editor.installEventFilter(self)

    # -------------------------------------------------------- showing

    def show_item(self, item: Item, answer: Answer, *, scored: bool) -> None:
        """Turn to an item that asks for figures; the same one again leaves what is being typed alone."""
        if self._item is None or item.key != self._item.key:
            self.clear()
            self.steps.show_steps(steps_of(item), scored=scored)
            self._name(item)
        self._item = item
        values = {"numerator": answer.numerator, "denominator": answer.denominator, "count": answer.count}
        operations = self._answering.operations(item, "result")
        for part, writing in self._writings.items():
            if (part == "count") is item.type.asks_count:
                value = values[part]
                spot = self._answering.part(item, "result", part)
                writing.show(spot, "" if value is None else number(value), operations)
            else:
                writing.clear()
        self._tell()

    def clear(self) -> None:
        """Show no item; what was typed is committed, all of it before any field shows something else."""
        finish_all(self.top, self.bottom, self.count)
        self._item = None
        for writing in self._writings.values():
            writing.clear()

    def set_locked(self, reason: Words) -> None:
        for field in (self.top, self.bottom, self.count):
            lock(field, reason)

    def first(self) -> NumberField:
        """Where the first figure is typed."""
        return self.count if self._item is not None and self._item.type.asks_count else self.top

    def start(self, digit: str) -> None:
        """Begin the first figure with a digit that was typed in the list."""
        editor = self.first().editor
        editor.setFocus()
        if isinstance(editor, LineEditor) and not self.first().is_read_only():
            editor.selectAll()
            editor.insert(digit)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if not is_enter(event):
            return False
        finish_all(self.top, self.bottom, self.count)
        self.ended.emit()
        return True

    # -------------------------------------------------------- inside

    def _name(self, item: Item) -> None:
        _label(self.top, item.numerator_label or tr("Tử số"))
        _label(self.bottom, item.denominator_label or tr("Mẫu số"))
        _label(self.count, item.count_label or tr("Số lượng"))
        of_rate = not item.type.asks_count
        for widget in (self.top, self._slash, self.bottom, self._equals, self._rate_side):
            widget.setVisible(of_rate)
        self._count_side.setVisible(not of_rate)
        self._level_labels()

    def _tell(self) -> None:
        """The rate and the step of what stands in the fields now, saved or not."""
        item = self._item
        if item is None:
            return
        answer = self.standing(item)
        fraction = proposed_fraction(item, answer)
        top, bottom = answer.numerator, answer.denominator
        rate = percent(top, bottom) if top is not None and bottom else ""
        self.rate.show_rate(rate, mark_of_fraction(fraction) if fraction is not None else Mark.UNCHECKED)
        self.steps.show_reached(reached_step(item, answer))
        self.note.show_count(_oddity(item, top, bottom))

    def standing(self, item: Item) -> Answer:
        """The answer with the figures as they are typed."""
        bare = Answer("", item.key)
        if item.type.asks_count:
            return replace(bare, count=_whole(self.count.value()))
        return replace(bare, numerator=_whole(self.top.value()), denominator=_whole(self.bottom.value()))

    def _post(self, part: str) -> Callable[[Spot, object], Post]:
        def post(spot: Spot, value: object) -> Post:
            item = self._answering.item_of(spot)
            whole = _whole(value if isinstance(value, Decimal) else None)
            parts: dict[str, Json] = {part: whole, "not_applicable": None, "reason": None}
            code = short_code(item.code)
            words = tr("Đã ghi số liệu mục {item}", item=code)
            return self._answering.post_result(item, {**self._other(part), **parts}, words)

        return post

    def _other(self, part: str) -> dict[str, Json]:
        """The other of two figures, where it stands in its field unsaved and can be saved."""
        if part == "numerator" and (bottom := _whole(self.bottom.value())):
            return {"denominator": bottom}
        if part == "denominator" and (top := _whole(self.top.value())) is not None:
            return {"numerator": top}
        return {}

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP)
        self._rate_side = QWidget()
        column = QVBoxLayout(self._rate_side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addWidget(self._rate_label)
        column.addWidget(self.rate)
        self._count_side = QWidget()
        counting = QHBoxLayout(self._count_side)
        counting.setContentsMargins(0, 0, 0, 0)
        counting.addWidget(self.count, 1)
        counting.addStretch(2)
        for widget, stretch in ((self.top, 5), (self._slash, 0), (self.bottom, 5), (self._equals, 0)):
            row.addWidget(widget, stretch, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self._rate_side, 4, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self._count_side, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(tokens.TIGHT)
        rows.addLayout(row)
        rows.addWidget(self.note)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._level_labels()

    def _level_labels(self) -> None:
        """The signs between the fields stand as high as the editors."""
        for sign in (self._slash, self._equals):
            sign.setMinimumHeight(look().px(tokens.CONTROL))
            sign.setAlignment(Qt.AlignmentFlag.AlignCenter)


class Sources(QWidget):
    """Where figures were taken from, and when."""

    def __init__(
        self, session: Session, answering: Answering, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._answering = answering
        self._today = today
        self._item: Item | None = None
        self.source = TextField(tr("Số liệu lấy từ"))
        self.at = MomentField(tr("Trích xuất lúc"), today)
        self._writings = {
            "source": Writing(session, self.source, self._post_source),
            "extracted_at": Writing(session, self.at, self._post_at),
        }
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(tokens.TIGHT)
        rows.addWidget(self.source)
        rows.addWidget(self.at)

    def show_item(self, item: Item, answer: Answer) -> None:
        if self._item is None or item.key != self._item.key:
            self.clear()
        self._item = item
        operations = self._answering.operations(item, "figures_from")
        texts = {"source": answer.source or "", "extracted_at": _moment(answer.extracted_at)}
        for part, writing in self._writings.items():
            writing.show(self._answering.part(item, "figures_from", part), texts[part], operations)

    def clear(self) -> None:
        finish_all(self.source, self.at)
        self._item = None
        for writing in self._writings.values():
            writing.clear()

    def set_locked(self, reason: Words) -> None:
        for field in (self.source, self.at):
            lock(field, reason)

    def _post_source(self, spot: Spot, value: object) -> Post:
        at = read_moment(self.at.text(), self._today())
        return self._post(spot, str(value or ""), at if isinstance(at, datetime) else None)

    def _post_at(self, spot: Spot, value: object) -> Post:
        return self._post(spot, self.source.text(), value if isinstance(value, datetime) else None)

    def _post(self, spot: Spot, source: str, at: datetime | None) -> Post:
        return self._answering.post_source(self._answering.item_of(spot), source, at)


def _moment(at: datetime | None) -> str:
    shown = local(at)
    return "" if shown is None else short_moment(shown)


def _label(field: NumberField, words: Words) -> None:
    """The checklist's own words for a figure stay Vietnamese."""
    field.set_label(words)
    mark_content(field.editor, words)


def _whole(value: Decimal | None) -> int | None:
    return None if value is None else int(value)


def _oddity(item: Item, top: int | None, bottom: int | None) -> Words:
    """What is odd about two figures; they stay as they were typed."""
    if bottom == 0 and item.na_allowed:
        return tr("Không có hồ sơ nào để tính; chọn Không áp dụng hoặc nhập lại mẫu số.")
    if bottom == 0:
        return tr("Không có gì để tính; nhập lại mẫu số.")
    if top is not None and bottom is not None and top > bottom:
        return tr("Tử số lớn hơn mẫu số. Xem lại hai số.")
    return ""
