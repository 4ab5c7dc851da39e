"""A new inspection in three acts: Ctrl+N, the unit, Enter. The day, form and plan of one that exists as well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from inspector.domain.inspection import Cited
from inspector.domain.wording import short_day
from inspector.services.desk import Receipt
from inspector.services.new_visit import (
    AboutUnit,
    Known,
    Ready,
    Source,
    UnitChoice,
    about_unit,
    find_units,
    known_visit,
    ready,
)
from inspector.ui import tokens
from inspector.ui.actions import Acts
from inspector.ui.language import Words, tr
from inspector.ui.pages.checklists.words import edition
from inspector.ui.pages.new_inspection.unit_field import UnitField
from inspector.ui.pages.page import Page
from inspector.ui.pages.page_head import PageHead
from inspector.ui.pages.visit_words import FORMS
from inspector.ui.session import Session
from inspector.ui.theme import look
from inspector.ui.where import Screen, Where
from inspector.ui.widgets.button import ActionButton, Kind
from inspector.ui.widgets.card import Card, SectionHead
from inspector.ui.widgets.field import Field, TextField
from inspector.ui.widgets.news import Banner, Tone
from inspector.ui.widgets.pick_field import Choice, PickField
from inspector.ui.widgets.text import Text
from inspector.ui.widgets.value_fields import DateField

_IN_PLAN, _OUTSIDE = "in-plan", "outside"
_TWO_COLUMNS = 900
_WIDEST = 1120


@dataclass
class Entered:
    """What stands in the form: nothing of it is stored before the one act."""

    unit: UnitChoice | None = None
    day: date | None = None
    form: str = "on_site"
    planned: bool = True
    checklist: str = ""
    """Chosen by a person; empty for the one in force."""
    start: date | None = None
    end: date | None = None
    plan: Cited = field(default_factory=Cited)
    source: str = ""


class NewInspectionPage(Page):
    """``record`` names an inspection to copy from or the code of a unit, ``field`` may be a form; with ``entity``
    ``inspection`` the day, form and plan of ``record`` are edited. What was typed stays as long as the page lives.
    """

    def __init__(
        self, session: Session, acts: Acts, parent: QWidget | None = None, *, today: Callable[[], date] | None = None
    ) -> None:
        super().__init__(session, acts, parent)
        self._today = today or (lambda: date.today())
        self._where = Where(Screen.NEW_INSPECTION)
        self._entered = Entered()
        self._edited: Known | None = None
        self._ready: Ready | None = None
        self._about: AboutUnit | None = None
        self._units: dict[str, UnitChoice] = {}
        self._is_fresh = True
        self._is_saving = False
        self.commit = acts.bind("commit-visit", self._commit, self)
        self.head = PageHead(acts, tr("Cuộc kiểm tra mới"))
        self.button = ActionButton(self.commit, kind=Kind.PRIMARY, height=tokens.MAIN_CONTROL)
        self._make_fields()
        self._lay_out()
        self._connect()

    # -------------------------------------------------------- as a page

    def title(self) -> Words:
        return tr("Sửa cuộc kiểm tra") if self._edited is not None else tr("Cuộc kiểm tra mới")

    def arrive(self, where: Where) -> None:
        plain = where == Where(Screen.NEW_INSPECTION)
        if self._is_fresh or (where != self._where and not plain) or (plain and self._edited is not None):
            self._start_over(where)
        self._put_focus()

    def whereabouts(self) -> Where | None:
        return self._where

    def panes(self) -> list[QWidget]:
        return [self.unit.editor if self._edited is None else self.day.editor, self.button]

    def help(self) -> Words:
        return tr(
            "Gõ tên đơn vị, có dấu hoặc không dấu, Enter để chọn, rồi Enter lần nữa để lập. Đoàn, phần đầu biên bản và"
            " thời kỳ lấy theo cuộc kiểm tra gần nhất; mọi thứ sửa được sau."
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.session.back()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= look().px(_TWO_COLUMNS)
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._columns.setStretch(0, 1 if wide else 0)
        self._inside.setMaximumWidth(look().px(_WIDEST))
        self.unit.choices().hide()

    # -------------------------------------------------------- starting

    def _start_over(self, where: Where) -> None:
        self._where, self._is_fresh, self._edited, self._about = where, False, None, None
        form = where.field if where.field in FORMS else "on_site"
        self._entered = Entered(day=self._today(), form=form, planned=form != "surprise")
        self._banner.hide()
        for one in self._fields():
            one.turn_to("")
        self._show_mode()
        self._show_entered()
        self._show_about()
        if where.entity == "inspection" and where.record:
            self._ask_known(where.record, self._edit)
            return
        # The first search reads the table of units; it is read while the person still thinks.
        self._look_for("a")
        self.session.ask(ready, self._offer, self._fail, self)
        if len(where.record) > 12 and "/" not in where.record:
            self._ask_known(where.record, self._copy)
        elif where.record:
            self._choose_unit(UnitChoice(where.record, "", ""))

    def _ask_known(self, inspection: str, then: Callable[[Known], object]) -> None:
        self.session.ask(lambda desk: known_visit(desk, inspection), then, self._fail, self)

    def _offer(self, found: Ready) -> None:
        """Sources and checklists; the latest visit of the season is proposed, nothing typed is touched."""
        self._ready = found
        sources = [Choice("", tr("Không lấy")), *(Choice(source.id, _called(source)) for source in found.sources)]
        self.source.offer(sources)
        by_level = Choice("", tr("Bộ đang áp dụng cho cấp của đơn vị"))
        self.checklist.offer(
            [by_level, *(Choice(one.hash, _edition(one.title, one.version)) for one in found.checklists)]
        )
        self._mark_content()
        if not self._entered.source and found.sources:
            self._take_source(found.sources[0])
        self._show_entered()
        self._show_about()

    def _take_source(self, source: Source) -> None:
        entered = self._entered
        entered.source = source.id
        if entered.start is None and entered.end is None:
            entered.start, entered.end = source.period
        if entered.plan == Cited():
            entered.plan = source.plan

    def _copy(self, known: Known) -> None:
        visit, entered = known.inspection, self._entered
        entered.form, entered.source = visit.form or "on_site", visit.id
        entered.planned = visit.planned is not False
        entered.start, entered.end, entered.plan = visit.period_start, visit.period_end, visit.plan_reference
        self._show_entered()
        if known.unit.code and not self.unit.is_dirty():
            self._choose_unit(known.unit)
            self._put_focus()

    def _edit(self, known: Known) -> None:
        visit = known.inspection
        self._edited = known
        self._entered = Entered(
            known.unit,
            visit.visit_date,
            visit.form or "on_site",
            visit.planned is not False,
            visit.checklist.hash if visit.checklist else "",
            visit.period_start,
            visit.period_end,
            visit.plan_reference,
        )
        if visit.checklist is not None:
            self.checklist.offer(
                [Choice(visit.checklist.hash, _edition(visit.checklist.title, visit.checklist.version))]
            )
        self._mark_content()
        self._show_mode()
        self._show_entered()
        self._put_focus()
        self.described.emit()

    # -------------------------------------------------------- units

    def _look_for(self, text: str) -> None:
        day = self._entered.day or self._today()

        def found(units: list[UnitChoice]) -> None:
            self._units.update({unit.code: unit for unit in units})
            self.unit.take_found(text, [Choice(unit.code, unit.name, unit.place) for unit in units])

        self.session.ask(lambda desk: find_units(desk, text, day), found, self._fail, self)

    def _choose_unit(self, unit: UnitChoice) -> None:
        self._entered.unit = unit
        self._ask_about()
        self._show_entered()

    def _ask_about(self) -> None:
        unit, day = self._entered.unit, self._entered.day
        if unit is None or day is None or self._edited is not None:
            return
        code = unit.code

        def told(about: AboutUnit) -> None:
            if self._entered.unit is None or self._entered.unit.code != code:
                return
            self._about = about
            if not self._entered.unit.name:
                self._entered.unit = UnitChoice(code, about.body, "")
            self.unit.clear_problem()
            self._show_entered()
            self._show_about()

        self.session.ask(lambda desk: about_unit(desk, code, day), told, self.unit.show_problem, self)

    # -------------------------------------------------------- what is typed

    def _connect(self) -> None:
        self.unit.committed.connect(lambda entry: self._take_unit(entry.value))
        self.day.committed.connect(lambda entry: self._take_day(entry.value))
        self.form.committed.connect(lambda entry: self._take_form(str(entry.value)))
        self.planned.committed.connect(lambda entry: self._take(planned=entry.value == _IN_PLAN))
        self.checklist.committed.connect(lambda entry: self._take(checklist=str(entry.value)))
        self.start.committed.connect(lambda entry: self._take(start=entry.value))
        self.end.committed.connect(lambda entry: self._take(end=entry.value))
        self.plan_number.committed.connect(lambda entry: self._take_plan(number=entry.value or None))
        self.plan_day.committed.connect(lambda entry: self._take_plan(day=entry.value))
        self.source.committed.connect(lambda entry: self._take(source=str(entry.value)))

    def _take(self, **values: object) -> None:
        for name, value in values.items():
            setattr(self._entered, name, value)
        self._settle_fields()
        self._show_entered()

    def _take_unit(self, code: object) -> None:
        self._settle_fields()
        self._about = None
        self._show_about()
        if isinstance(code, str) and code in self._units:
            self._choose_unit(self._units[code])
            self.button.setFocus(Qt.FocusReason.TabFocusReason)
        elif code is None:
            self._entered.unit = None

    def _take_day(self, day: object) -> None:
        self._entered.day = day if isinstance(day, date) else None
        self.unit.forget_found()
        self._settle_fields()
        self._ask_about()

    def _take_form(self, form: str) -> None:
        """A surprise visit is outside the plan unless somebody says otherwise."""
        if "surprise" in (form, self._entered.form):
            self._entered.planned = form != "surprise"
        self._take(form=form)

    def _take_plan(self, number: str | None = None, day: object = None) -> None:
        before = self._entered.plan
        sender_is_day = isinstance(day, date) or (number is None and self.plan_day.text() == "")
        kept_day = day if isinstance(day, date) else None if sender_is_day else before.date
        kept_number = number if number is not None else (self.plan_number.text().strip() or None)
        self._take(plan=Cited(kept_number, kept_day, before.issuer, before.abstract))

    def _settle_fields(self) -> None:
        """What a field gave is kept here and stored by no act yet: it says neither saved nor unsaved."""
        both: tuple[Field | PickField, ...] = (*self._fields(), *self._picks())
        for one in both:
            if not one.is_dirty():
                one.mark_saved()
                one.state.show_quiet()

    # -------------------------------------------------------- the one act

    def _commit(self) -> None:
        if self._is_saving or not self._is_whole():
            return
        if self._edited is None:
            self._create()
        else:
            self._save(self._edited)

    def _is_whole(self) -> bool:
        """Sentences stand beside the fields; the caret goes to the first of them."""
        wrong: list[Field] = []
        for one in self._fields():
            if one.is_dirty():  # what could not be read stays as it was typed
                wrong.append(one)
        if self._entered.unit is None and self.unit not in wrong:
            self.unit.show_problem(tr("Chọn đơn vị được kiểm tra"))
            wrong.append(self.unit)
        if self._entered.day is None and self.day not in wrong:
            self.day.show_problem(tr("Ghi ngày kiểm tra"))
            wrong.append(self.day)
        start, end = self._entered.start, self._entered.end
        if start is not None and end is not None and end < start:
            self.end.show_problem(tr("Ngày cuối trước ngày đầu"))
            wrong.append(self.end)
        if wrong:
            wrong[0].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def _arguments(self) -> dict[str, object]:
        entered = self._entered
        period = {
            name: day.isoformat() for name, day in (("start", entered.start), ("end", entered.end)) if day is not None
        }
        plan = {
            "number": entered.plan.number,
            "date": entered.plan.date.isoformat() if entered.plan.date else None,
            "issuer": entered.plan.issuer,
            "abstract": entered.plan.abstract,
        }
        told = {name: value for name, value in plan.items() if value}
        return {
            "form": entered.form,
            "planned": entered.planned,
            "visit_date": entered.day.isoformat() if entered.day else None,
            "period": period or None,
            "plan_reference": (told or None) if entered.planned else None,
        }

    def _create(self) -> None:
        entered = self._entered
        given = self._arguments() | {"unit": entered.unit.code if entered.unit else ""}
        if entered.checklist:
            given["checklist"] = entered.checklist
        if entered.source:
            given |= {"header_from": entered.source, "team_from": entered.source}
        if self._about is not None and self._about.last:
            given["previous"] = self._about.last
        name = self._about.body if self._about is not None else (entered.unit.name if entered.unit else "")
        self._perform("open_inspection", given, None, tr("Đã lập cuộc kiểm tra {unit}", unit=name), self._created)

    def _created(self, receipt: Receipt) -> None:
        self._is_fresh = True
        self.session.go(Where(Screen.WORKSPACE, receipt.ref))

    def _save(self, known: Known) -> None:
        visit = known.inspection
        words = tr("Đã sửa thông tin cuộc kiểm tra {unit}", unit=known.unit.name)
        self._perform("edit_inspection", self._arguments(), visit.id, words, self._saved)

    def _saved(self, _receipt: Receipt) -> None:
        self._is_fresh = True
        self.session.back()

    def _perform(
        self,
        act: str,
        arguments: dict[str, object],
        inspection: str | None,
        words: Words,
        then: Callable[[Receipt], object],
    ) -> None:
        self._is_saving = True
        seen = None
        if self._edited is not None and inspection is not None:
            seen = self._edited.sight.seen("inspection", inspection, *arguments)

        def done(receipt: Receipt) -> None:
            self._is_saving = False
            then(receipt)

        self.session.perform(
            act, arguments, inspection=inspection, seen=seen, words=words, then=done, failed=self._fail, owner=self
        )

    def _fail(self, reason: str) -> None:
        self._is_saving = False
        self._banner.say(reason)
        self._banner.show()

    # -------------------------------------------------------- showing

    def _show_mode(self) -> None:
        editing = self._edited is not None
        words = tr("Ghi thay đổi") if editing else tr("Lập cuộc kiểm tra")
        self.commit.say(words)
        self.commit.changed.emit()
        self.head.say(
            tr("Sửa cuộc kiểm tra") if editing else tr("Cuộc kiểm tra mới"),
            tr("Chưa lưu gì cho tới khi nhấn nút bên dưới") if not editing else "",
        )
        self._more_head.say(tr("Thông tin khác") if editing else tr("Điền sẵn; sửa được sau"))
        self.source.setVisible(not editing)
        self.unit.editor.setReadOnly(editing)
        fixed, how = tr("Đơn vị và bộ tiêu chí gắn với cuộc này từ lúc lập"), tr("Gõ vài chữ của tên, không cần dấu")
        self.unit.set_help(fixed if editing else how)
        self.checklist.picker.setEnabled(not editing)

    def _show_entered(self) -> None:
        """Fields show what is kept; one that is being typed in is left alone."""
        entered = self._entered
        unit = entered.unit
        choice = Choice(unit.code, unit.name, unit.place) if unit is not None and unit.name else None
        if unit is None or choice is not None:
            self.unit.show_choice(choice)
        self.day.show_date(entered.day)
        self.form.show_value(entered.form)
        self.planned.show_value(_IN_PLAN if entered.planned else _OUTSIDE)
        in_force = self._about.checklist if self._about is not None else ""
        self.checklist.show_value(entered.checklist or in_force)
        self.start.show_date(entered.start)
        self.end.show_date(entered.end)
        self.plan_number.show_value(entered.plan.number or "")
        self.plan_day.show_date(entered.plan.date)
        self.plan_number.setVisible(entered.planned)
        self.plan_day.setVisible(entered.planned)
        self.source.show_value(entered.source)

    def _show_about(self) -> None:
        about = self._about
        self._earlier.setVisible(about is not None and bool(about.last))
        if about is None or not about.last:
            return
        count = len(about.shortcomings)
        self._earlier_head.say(
            tr("Kiểm tra lần trước: {day}", day=short_day(about.last_day)),
            tr("{count} tồn tại cần kiểm tra lại", count=count) if count else "",
        )
        listed = [f"{number}. {text}" for number, text in enumerate(about.shortcomings, 1)]
        self._earlier_text.say("\n".join(listed) if listed else "")
        self._earlier_none.setVisible(not listed)

    def _put_focus(self) -> None:
        if self._edited is not None:
            self.day.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._entered.unit is not None:
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.unit.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    # -------------------------------------------------------- laying out

    def _fields(self) -> tuple[Field, ...]:
        return self.unit, self.day, self.start, self.end, self.plan_number, self.plan_day

    def _picks(self) -> tuple[PickField, ...]:
        return self.form, self.planned, self.checklist, self.source

    def _make_fields(self) -> None:
        plan = [Choice(_IN_PLAN, tr("Theo kế hoạch")), Choice(_OUTSIDE, tr("Ngoài kế hoạch"))]
        self.unit = UnitField(tr("Đơn vị được kiểm tra"), self._look_for)
        self.day = DateField(tr("Ngày kiểm tra"), self._today)
        self.form = PickField(tr("Hình thức"), [Choice(form, words) for form, words in FORMS.items()])
        self.planned = PickField(tr("Kế hoạch"), plan)
        self.checklist = PickField(tr("Bộ tiêu chí"))
        self.start, self.end = DateField(tr("Thời kỳ từ"), self._today), DateField(tr("Đến"), self._today)
        self.plan_number = TextField(tr("Kế hoạch số"))
        self.plan_day = DateField(tr("Ngày kế hoạch"), self._today)
        self.source = PickField(tr("Lấy phần đầu biên bản và đoàn từ"))
        for pick in self._picks():
            pick.picker.currentTextChanged.connect(pick.picker.setToolTip)
        self._mark_content()

    def _mark_content(self) -> None:
        """These choices are what people recorded, but for the first."""
        for pick in (self.checklist, self.source):
            pick.picker.setProperty("content", True)

    def _lay_out(self) -> None:
        self._banner = Banner(Tone.ERROR, "")
        self._banner.hide()
        # From the outside in: whoever moves under another parent is dressed again with all its children.
        self._inside = QWidget()
        self._inside.setProperty("scrolled", True)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._inside)
        self._columns.setContentsMargins(tokens.EDGE, tokens.GROUP, tokens.EDGE, tokens.GROUP)
        self._columns.setSpacing(tokens.EDGE)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._inside)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.head)
        rows.addWidget(self._banner)
        rows.addWidget(scroll, 1)
        left, right = QVBoxLayout(), QVBoxLayout()
        self._columns.addLayout(left, 1)
        self._columns.addLayout(right, 1)
        main, more = Card(), Card()
        self._earlier = Card(quiet=True)
        for column, widgets in ((left, (main, self._earlier)), (right, (more,))):
            column.setSpacing(tokens.GROUP)
            for widget in widgets:
                column.addWidget(widget)
            column.addStretch(1)
        main.rows.setSpacing(12)
        more.rows.setSpacing(12)
        main.rows.addWidget(self.unit)
        main.rows.addLayout(_row(self.day, self.form, self.planned))
        main.rows.addLayout(_row(self.button, stretch=True))
        self._more_head = SectionHead("", line=False)
        more.rows.addWidget(self._more_head)
        more.rows.addWidget(self.source)
        more.rows.addWidget(self.checklist)
        more.rows.addLayout(_row(self.start, self.end))
        more.rows.addLayout(_row(self.plan_number, self.plan_day))
        self._earlier_head = SectionHead("", line=False)
        self._earlier_text = Text(wrap=True)
        self._earlier_none = Text(tr("Lần trước không ghi tồn tại, hạn chế"), tone="text2", wrap=True)
        said: tuple[QWidget, ...] = (self._earlier_head, self._earlier_text, self._earlier_none)
        for line in said:
            self._earlier.rows.addWidget(line)


def _row(*widgets: QWidget, stretch: bool = False) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(tokens.GROUP)
    for widget in widgets:
        row.addWidget(widget, 0 if stretch else 1, Qt.AlignmentFlag.AlignTop)
    if stretch:
        row.addStretch(1)
    return row


def _edition(title: str, version: str) -> Words:
    return tr("{title} – {version}", title=title, version=edition(version))


def _called(source: Source) -> str:
    return f"{source.unit} – {short_day(source.day)}" if source.day is not None else source.unit
