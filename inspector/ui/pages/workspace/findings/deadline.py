"""The deadline of a recommendation: working days and the day they end, both shown, whichever was typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.domain.changeset import Json
from inspector.domain.errors import BadInput
from inspector.domain.inspection import Recommendation
from inspector.domain.wording import short_day
from inspector.domain.working_days import Calendar
from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.pages.workspace.tied_fields import lock
from inspector.ui.tokens import Size
from inspector.ui.widgets.field import Entry, Field
from inspector.ui.widgets.text import Text
from inspector.ui.widgets.tick import Tick
from inspector.ui.widgets.value_fields import DateField, NumberField
from inspector.ui.writing import PartSpot, Post, Spot, Writing


class Deadline(QWidget):
    """A number fills the day, a day fills the number; only the one that was typed is stored."""

    def __init__(self, opened: OpenInspection) -> None:
        super().__init__()
        self._opened = opened
        self._task: Recommendation | None = None
        self.days = NumberField(tr("Thời hạn"), unit=tr("ngày làm việc"))
        self.day = DateField(tr("Đến ngày"), date.today)
        self._days_writing = Writing(opened.session, self.days, self._post_days)
        self._day_writing = Writing(opened.session, self.day, self._post_day)
        self.days.committed.connect(self._fill_day)
        self.day.committed.connect(self._fill_days)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP)
        row.addWidget(self.days, 1)
        row.addWidget(self.day, 1)

    def show_task(self, task: Recommendation) -> None:
        self._task = task
        sight, calendar, start = self._opened.sight, self._opened.grounds.terms.calendar, start_of(self._opened)
        days, day = task.working_days, task.deadline
        if day is not None:
            days = calendar.working_days_between(start, day) if start else None
        elif days and start:
            day = last_day(calendar, start, days)
        operations = sight.operations("recommendation", task.id, "deadline")
        spot = (sight.inspection.id, "recommendation", task.id, "deadline")
        self._days_writing.show(PartSpot(*spot, "working_days"), "" if days is None else str(days), operations)
        self._day_writing.show(PartSpot(*spot, "date"), short_day(day) if day else "", operations)

    def clear(self) -> None:
        self._days_writing.clear()
        self._day_writing.clear()
        self._task = None

    def lock(self, reason: Words) -> None:
        lock(self.days, reason)
        lock(self.day, reason)

    def _fill_day(self, entry: Entry) -> None:
        start, calendar = start_of(self._opened), self._opened.grounds.terms.calendar
        end = last_day(calendar, start, int(entry.value)) if start and isinstance(entry.value, Decimal) else None
        _fill(self.day, short_day(end) if end else "")

    def _fill_days(self, entry: Entry) -> None:
        start, calendar = start_of(self._opened), self._opened.grounds.terms.calendar
        days = calendar.working_days_between(start, entry.value) if start and isinstance(entry.value, date) else None
        _fill(self.days, "" if days is None else str(days))

    def _post_days(self, spot: Spot, value: object) -> Post:
        """A number that a person typed needs no further confirmation."""
        days: Json = {"working_days": int(value), "confirmed": True} if isinstance(value, Decimal) and value else None
        return _post(spot, days)

    def _post_day(self, spot: Spot, value: object) -> Post:
        return _post(spot, {"date": value.isoformat()} if isinstance(value, date) else None)


class Confirmation(QWidget):
    """In which days the deadline counts, and the tick for a number that was only suggested."""

    def __init__(self, opened: OpenInspection) -> None:
        super().__init__()
        self._opened = opened
        self._task: Recommendation | None = None
        self._counted = Text(size=Size.META, tone="text2", wrap=True)
        self.tick = Tick(tr("Xác nhận thời hạn gợi ý"))
        self.tick.clicked.connect(self._confirm)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(tokens.TIGHT)
        rows.addWidget(self._counted)
        rows.addWidget(self.tick)

    def show_task(self, task: Recommendation) -> None:
        self._task = task
        self._counted.say(self._told(task))
        suggested = task.deadline is None and bool(task.working_days) and not task.confirmed
        self.tick.setChecked(False)
        self.tick.setVisible(suggested)
        self.tick.setEnabled(not self._opened.is_read_only)

    def _told(self, task: Recommendation) -> Words:
        start, calendar = start_of(self._opened), self._opened.grounds.terms.calendar
        if start is None:
            return tr("Chưa ghi ngày kiểm tra nên chưa tính được ngày đến hạn.")
        end = task.deadline or last_day(calendar, start, task.working_days or 0)
        if end is None:
            return tr("Thời hạn quá dài, chưa tính được ngày đến hạn.")
        missing = calendar.years_without_table(start, end)
        if missing:
            return tr(
                "Tính từ {day}. Chưa có lịch nghỉ năm {years}; đang tính theo thứ Hai – thứ Sáu.",
                day=short_day(start),
                years=", ".join(map(str, missing)),
            )
        return tr("Ngày làm việc tính từ {day}, trừ thứ Bảy, Chủ nhật và ngày nghỉ lễ.", day=short_day(start))

    def _confirm(self) -> None:
        task = self._task
        if task is None:
            return
        deadline = {"working_days": task.working_days, "confirmed": True}
        self._opened.perform(
            "edit_recommendation",
            {"recommendation": task.id, "deadline": deadline},
            at=("recommendation", task.id, ("deadline",)),
            words=tr("Đã xác nhận thời hạn"),
        )


def start_of(opened: OpenInspection) -> date | None:
    """The day from which working days count: that of the paper."""
    return opened.inspection.visit_date


def last_day(calendar: Calendar, start: date, days: int) -> date | None:
    """Where so many working days end; None beyond every calendar."""
    try:
        return calendar.add_working_days(start, days)
    except BadInput:
        return None


def _fill(field: Field, text: str) -> None:
    """At the moment the caret goes from one to the other, before anything can be typed there."""
    if not field.is_dirty():
        field.turn_to(text, field.seen)


def _post(spot: Spot, deadline: Json) -> Post:
    arguments = {"recommendation": spot.record, "deadline": deadline}
    return Post("edit_recommendation", arguments, tr("Đã sửa thời hạn"))
