"""Holidays and the days worked instead, by year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from inspector.domain.text import clean
from inspector.domain.wording import short_day
from inspector.domain.working_days import Calendar
from inspector.services.desk import Change, Desk
from inspector.services.office import calendar_file, calendar_with, calendar_without, write_calendar
from inspector.ui.actions import Acts
from inspector.ui.language import Words, tr
from inspector.ui.pages.flow import Flow
from inspector.ui.pages.line_list import LineList, Row
from inspector.ui.pages.settings.panel import FieldGrid, Panel
from inspector.ui.prompting import FileQuestion
from inspector.ui.session import Session
from inspector.ui.tokens import Weight
from inspector.ui.widgets.button import ActionButton, Button, Kind
from inspector.ui.widgets.field import Entry, TextField
from inspector.ui.widgets.text import Text
from inspector.ui.widgets.value_fields import DateField

_LIST = 220
_FILES = ((tr("Lịch nghỉ"), ("*.json",)),)


class HolidaysPanel(Panel):
    """A day with a name is a holiday; a Saturday or Sunday without one is worked."""

    def __init__(self, session: Session, acts: Acts) -> None:
        line = tr("Thời hạn theo ngày làm việc tính bằng bảng này. Năm chưa có bảng: thứ Hai đến thứ Sáu.")
        super().__init__(session, acts, tr("Ngày nghỉ và ngày làm bù"), line)
        self._calendar: Calendar | None = None
        self._day: date | None = None
        self.list = LineList(tr("Ngày nghỉ và ngày làm bù"))
        self.list.fit_rows(_LIST)
        self.day = DateField(tr("Ngày"), date.today)
        self.name = TextField(tr("Tên ngày nghỉ"))
        self.name.set_help(tr("Để trống nếu là thứ Bảy, Chủ nhật làm bù"))
        for field in (self.day, self.name):
            field.state.hide()
            field.committed.connect(self._keep)
        add = acts.bind("settings-add", lambda: self.day.setFocus(), self)
        remove = acts.bind("settings-remove", self.remove, self.list)
        into = acts.bind("holidays-in", self.take_in, self)
        out = acts.bind("holidays-out", self.write, self)
        self.rows.addWidget(Flow(*(ActionButton(act) for act in (add, remove, into, out))))
        self.rows.addWidget(self.list)
        self.rows.addWidget(Text(tr("Thêm một ngày"), weight=Weight.STRONG))
        self.rows.addWidget(FieldGrid(self.day, self.name))
        self.rows.addWidget(Flow(Button(tr("Thêm ngày này"), self.add, kind=Kind.PRIMARY)))
        self.rows.addStretch(1)
        self.setFocusProxy(self.list)

    def arrive(self) -> None:
        self.session.ask(lambda desk: desk.library.calendar(), self._take, owner=self)

    def heard(self, change: Change) -> None:
        if "adoption" in change.entities:
            self.arrive()

    def add(self) -> None:
        self.day.finish()
        self.name.finish()
        if self._calendar is None or self.day.is_dirty():
            return
        if self._day is None:
            self.day.show_problem(tr("Ghi ngày trước"))
            self.day.setFocus()
            return
        day, name = self._day, clean(self.name.text()).strip()
        if not name and day.weekday() < 5:
            self.name.show_problem(tr("Ngày trong tuần cần tên ngày nghỉ"))
            self.name.setFocus()
            return
        self._change(lambda calendar: calendar_with(calendar, day, name), tr("Đã thêm ngày {day}", day=short_day(day)))
        self._day = None
        for field in (self.day, self.name):
            field.turn_to("")

    def remove(self) -> None:
        if self.list.key():
            day = date.fromisoformat(self.list.key())
            self._change(lambda calendar: calendar_without(calendar, day), tr("Đã xóa ngày {day}", day=short_day(day)))

    def take_in(self) -> None:
        question = FileQuestion(tr("Chọn tệp lịch nghỉ"), _FILES, Path.home())
        words = tr("Đã áp dụng lịch nghỉ từ tệp")
        self.session.prompter.choose_files(question, lambda files: self._adopt(files[0], words) if files else None)

    def write(self) -> None:
        question = FileQuestion(tr("Xuất lịch nghỉ"), _FILES, Path.home() / "lich-nghi.json")

        def chosen(file: Path) -> None:
            self.session.ask(
                lambda desk: write_calendar(desk, file),
                lambda _none: self.tell(tr("Đã ghi {file}", file=str(file))),
                self.fail,
                self,
            )

        self.session.prompter.choose_target(question, chosen)

    def _change(self, change: Callable[[Calendar], Calendar], words: Words) -> None:
        calendar = self._calendar
        if calendar is None:
            return
        changed = change(calendar)

        def write(desk: Desk) -> Path:
            return calendar_file(desk, changed)

        self.session.ask(write, lambda file: self._adopt(file, words), self.fail, self)

    def _adopt(self, file: Path, words: Words) -> None:
        self.session.perform("adopt_holidays", {"path": str(file)}, words=words, failed=self.fail, owner=self)

    def _keep(self, entry: Entry) -> None:
        field = self.sender()
        if field is self.day:
            self._day = entry.value if isinstance(entry.value, date) else None
        if isinstance(field, DateField | TextField):
            field.mark_saved()
            field.state.show_quiet()

    def _take(self, calendar: Calendar) -> None:
        self._calendar = calendar
        rows: list[Row] = []
        for number in sorted(calendar.years, reverse=True):
            year = calendar.years[number]
            aside: Words = tr("tạm tính, chờ thông báo") if year.provisional else ""
            rows.append(Row(f"/{number}", tr("Năm {year}", year=number), aside=aside, head=True))
            for day in sorted({*year.holidays, *year.made_up}):
                worked = day in year.made_up
                words: Words = tr("Làm bù") if worked else year.holidays[day]
                icon, tone = ("clipboard-check", "part") if worked else ("calendar", "text2")
                rows.append(Row(day.isoformat(), words, number=short_day(day), icon=icon, tone=tone))
        self.list.show_rows(rows)
