"""One recommendation (kiến nghị, yêu cầu) in the editor of a finding."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from inspector.domain.inspection import Recommendation
from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.pages.workspace.disagreeing import Disagreements, Disputed
from inspector.ui.pages.workspace.findings.deadline import Confirmation, Deadline
from inspector.ui.pages.workspace.growing_area import GrowingArea
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.pages.workspace.suggest_field import SuggestField
from inspector.ui.pages.workspace.tied_fields import lock, text_or_none
from inspector.ui.theme import look
from inspector.ui.tokens import Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.card import Line
from inspector.ui.widgets.field import Field
from inspector.ui.widgets.text import Text
from inspector.ui.writing import Post, Spot, Writing

_ROW = 640
"""Logical width from which doer, deadline and report stand in one row."""


class TaskCard(QWidget):
    """``removed`` and ``moved`` (down +1, up −1) carry the id of the recommendation."""

    removed = Signal(str)
    moved = Signal(str, int)

    def __init__(self, opened: OpenInspection, disagreements: Disagreements) -> None:
        super().__init__()
        self._opened, self._disagreements = opened, disagreements
        self.task: Recommendation | None = None
        self.head = Text(weight=Weight.MEDIUM)
        self.content = GrowingArea(tr("Nội dung kiến nghị"))
        self.responsible = SuggestField(tr("Đơn vị, người thực hiện"))
        self.report_to = SuggestField(tr("Báo cáo về"))
        self.deadline = Deadline(opened)
        self.confirmation = Confirmation(opened)
        texts: dict[str, Field] = {
            "content": self.content,
            "responsible": self.responsible,
            "report_to": self.report_to,
        }
        self._writings = {name: Writing(opened.session, field, _post) for name, field in texts.items()}
        self._disputed = {
            "content": Disputed(tr("Nội dung kiến nghị"), self.content),
            "responsible": Disputed(tr("Đơn vị, người thực hiện"), self.responsible),
            "deadline": Disputed(tr("Thời hạn"), self.deadline, _deadline_words),
            "report_to": Disputed(tr("Báo cáo về"), self.report_to),
        }
        self._buttons = self._make_buttons()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        disagreements.changed.connect(self._show_opinions)

    def show_task(self, task: Recommendation, number: int, count: int) -> None:
        self.task = task
        self.head.say(tr("Kiến nghị {number}", number=number))
        sight = self._opened.sight
        for name, writing in self._writings.items():
            spot = Spot(sight.inspection.id, "recommendation", task.id, name)
            operations = sight.operations("recommendation", task.id, name)
            writing.show(spot, getattr(task, name) or "", operations)
        self.deadline.show_task(task)
        self.confirmation.show_task(task)
        self._close(self._opened.why_read_only, number, count)
        self._show_opinions()

    def suggest(self, doers: Sequence[str], receivers: Sequence[str]) -> None:
        self.responsible.suggest(doers)
        self.report_to.suggest(receivers)

    def clear(self) -> None:
        """What was typed is committed."""
        for writing in self._writings.values():
            writing.clear()
        self.deadline.clear()
        self.task = None

    def field(self, name: str) -> Field:
        """The field that gets the caret for a name of the registry."""
        fields: dict[str, Field] = {
            "responsible": self.responsible,
            "report_to": self.report_to,
            "deadline": self.deadline.days,
        }
        return fields.get(name.partition(".")[0], self.content)

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in reading order: cards are made after what stands below them."""
        fields = (self.content, self.responsible, self.deadline.days, self.deadline.day, self.report_to)
        return [*self._buttons.values(), *(field.editor for field in fields), self.confirmation.tick]

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]  # as Qt hands it over
        wide = self.width() >= look().px(_ROW)
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def _make_buttons(self) -> dict[str, Button]:
        def button(words: Words, icon: str, run: str) -> Button:
            return Button(
                "", lambda: self._do(run), kind=Kind.QUIET, icon=icon, height=tokens.SMALL_CONTROL, name=words
            )

        return {
            "up": button(tr("Chuyển kiến nghị lên"), "arrow-up", "up"),
            "down": button(tr("Chuyển kiến nghị xuống"), "arrow-down", "down"),
            "remove": button(tr("Xóa kiến nghị"), "trash-2", "remove"),
        }

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(tokens.GAP)
        head.addWidget(self.head, 1)
        for button in self._buttons.values():
            head.addWidget(button)
        self._row.setSpacing(tokens.GAP)
        for name, stretch in (("responsible", 3), ("deadline", 3), ("report_to", 2)):
            self._row.addWidget(self._disputed[name], stretch)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(tokens.TIGHT + 2)
        rows.addWidget(Line())
        rows.addLayout(head)
        rows.addWidget(self._disputed["content"])
        rows.addLayout(self._row)
        rows.addWidget(self.confirmation)

    def _close(self, reason: Words, number: int, count: int) -> None:
        for field in (self.content, self.responsible, self.report_to):
            lock(field, reason)
        self.deadline.lock(reason)
        for button in self._buttons.values():
            button.setVisible(not str(reason))
        self._buttons["up"].setEnabled(number > 1)
        self._buttons["down"].setEnabled(number < count)

    def _show_opinions(self) -> None:
        if self.task is not None:
            for name, disputed in self._disputed.items():
                disputed.show_opinions(self._disagreements.of("recommendation", self.task.id, name))

    def _do(self, run: str) -> None:
        if self.task is None:
            return
        if run == "remove":
            self.removed.emit(self.task.id)
        else:
            self.moved.emit(self.task.id, 1 if run == "down" else -1)


def _post(spot: Spot, value: object) -> Post:
    arguments = {"recommendation": spot.record, spot.field: text_or_none(value)}
    return Post("edit_recommendation", arguments, tr("Đã sửa kiến nghị"))


def _deadline_words(value: object) -> str:
    given = value if isinstance(value, dict) else {}
    if given.get("date"):
        return str(given["date"])
    return str(tr("{count} ngày làm việc", count=given["working_days"])) if given.get("working_days") else ""
