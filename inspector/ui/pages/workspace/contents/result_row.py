"""Choosing the result of an item, and the reason where it does not apply."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.domain.checklist import Item
from inspector.domain.inspection import Answer
from inspector.domain.phrases import short_code
from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.pages.workspace.contents.answering import Answering
from inspector.ui.pages.workspace.contents.board import choice_marks
from inspector.ui.pages.workspace.contents.locking import lock
from inspector.ui.painting import Mark
from inspector.ui.session import Session
from inspector.ui.tokens import Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.field import TextField
from inspector.ui.widgets.note import Note
from inspector.ui.widgets.result import ResultBar, ResultChoice, ResultMark
from inspector.ui.widgets.text import Text
from inspector.ui.writing import Post, Spot, Writing

MUST = tr("Mục này bắt buộc kiểm tra, không chọn được Không áp dụng")


class ResultRow(QWidget):
    """The bar of an item with choices, a button for *Không áp dụng* of one with figures, and the reason under both."""

    def __init__(self, session: Session, answering: Answering, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answering = answering
        self._item: Item | None = None
        self._locked: Words = ""
        self._asks = False
        self._offered: list[ResultChoice] = []
        self._marked: Mark | None = None
        self.bar = ResultBar()
        self.bar.chosen.connect(self.choose)
        self.note = Note()
        self.reason = TextField(tr("Lý do không áp dụng"))
        self._writing = Writing(session, self.reason, self._post)
        self.left_out = Text(tr("Không áp dụng"), weight=Weight.STRONG, tone="na")
        self.stated = Stated()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(tokens.TIGHT)
        for part in (self.bar, self.stated, self.left_out, self.reason, self.note):
            rows.addWidget(part)

    def show_item(self, item: Item, answer: Answer, mark: Mark, locked: Words) -> None:
        turned = self._item is None or item.key != self._item.key
        if turned:
            self._writing.clear()
            self._asks = False
            self.note.clear_problem()
        if turned or locked != self._locked:
            self._offer(item, locked)
        self._item, self._locked = item, locked
        self._marked = mark
        self.bar.show_chosen(None if mark in (Mark.UNCHECKED, Mark.DISAGREED) else mark)
        if mark is Mark.NOT_APPLICABLE:
            self._asks = False
        said = {choice.value: choice.label for choice in item.type.choices}
        self.stated.show_result(mark, said.get(answer.value or "", mark.words))
        self._writing.show(
            self._answering.part(item, "result", "reason"),
            answer.reason or "",
            self._answering.operations(item, "result"),
        )
        lock(self.reason, locked)
        self._fit()

    def clear(self) -> None:
        self._writing.clear()
        self._item = None

    def choose(self, mark: Mark) -> bool:
        """Choose a result, or ask for the reason; False where it cannot be chosen, and the row says why."""
        item = self._item
        if item is None or self._locked:
            return False
        if mark is Mark.NOT_APPLICABLE:
            return self._leave_out(item)
        if mark not in choice_marks(item):
            self.note.show_problem(self._why_not(item))
            return False
        self.note.clear_problem()
        self._asks = False
        self._answering.choose(item, mark)
        self.bar.show_chosen(mark)
        self._fit()
        return True

    def buttons(self) -> list[QWidget]:
        """In their order."""
        item = self._item
        marks = [*choice_marks(item), Mark.NOT_APPLICABLE] if item is not None else []
        return [self.bar.button(mark) for mark in marks]

    def asks_reason(self) -> bool:
        """A reason is awaited: the row has the next word."""
        return self._asks

    def give_up(self) -> None:
        """No reason was given: what was chosen before stands."""
        if self._asks:
            self._asks = False
            self.bar.show_chosen(self._marked if self._marked not in (Mark.UNCHECKED, Mark.DISAGREED) else None)
            self._fit()

    def _leave_out(self, item: Item) -> bool:
        if not item.na_allowed:
            self.note.show_problem(MUST)
            return False
        self.note.clear_problem()
        self._asks = self._marked is not Mark.NOT_APPLICABLE
        self.bar.show_chosen(Mark.NOT_APPLICABLE)
        self._fit()
        self.reason.setFocus()
        return True

    def _offer(self, item: Item, locked: Words) -> None:
        labels = {choice.value: choice.label for choice in item.type.choices}
        choices = [ResultChoice(mark, labels[value], locked) for mark, value in choice_marks(item).items()]
        closed = locked or ("" if item.na_allowed else MUST)
        offered = [*choices, ResultChoice(Mark.NOT_APPLICABLE, tr("Không áp dụng"), closed)]
        if offered != self._offered:
            self._offered = offered
            self.bar.offer(offered)

    def _fit(self) -> None:
        item = self._item
        has_choices = item is not None and bool(item.type.choices)
        out = self._marked is Mark.NOT_APPLICABLE
        self.bar.setVisible(has_choices and not self._locked)
        self.stated.setVisible(has_choices and bool(self._locked) and self._marked is not Mark.DISAGREED)
        self.left_out.setVisible(not has_choices and out)
        self.reason.setVisible(self._asks or out)

    def _why_not(self, item: Item) -> Words:
        if not item.type.choices:
            return tr("Mục này trả lời bằng số liệu")
        offered = " / ".join(choice.label for choice in item.type.choices)
        return tr("Mục này chỉ có: {choices}", choices=offered)

    def _post(self, spot: Spot, value: object) -> Post:
        item = self._answering.item_of(spot)
        words = tr("Đã chọn Không áp dụng cho mục {item}", item=short_code(item.code))
        if not str(value or "").strip():
            # Without a reason it applies again.
            return self._answering.post_bare(item, {}, tr("Đã bỏ kết quả của mục {item}", item=short_code(item.code)))
        return self._answering.post_bare(item, {"not_applicable": True, "reason": str(value)}, words)


class Stated(QWidget):
    """A result that is only read any more: its sign and its words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = ResultMark()
        self._words = Text("", weight=Weight.STRONG)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, tokens.TIGHT, 0, tokens.TIGHT)
        row.setSpacing(tokens.GAP)
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)

    def show_result(self, mark: Mark, words: Words) -> None:
        self._mark.show_mark(mark, words)
        self._words.say(words)
        self._words.set_tone(mark.tone)


def left_out_button(run: Callable[[], object]) -> QWidget:
    """*Không áp dụng* for an item that has no bar of choices."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addStretch(1)
    row.addWidget(Button(tr("Không áp dụng"), run, kind=Kind.QUIET, keys="Alt+0", height=tokens.SMALL_CONTROL))
    return holder
