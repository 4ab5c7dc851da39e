"""Head and foot of the minutes: numbers, decisions, places, times, copies, recipients."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from inspector.domain.inspection import Cited, Inspection, Moment
from inspector.domain.wording import short_day
from inspector.ui import tokens
from inspector.ui.language import Phrase, Words, tr
from inspector.ui.pages.workspace.minutes.editable import set_editable
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.session import Session
from inspector.ui.theme import look
from inspector.ui.widgets.card import SectionHead
from inspector.ui.widgets.field import Field, Reading, TextArea, TextField
from inspector.ui.widgets.value_fields import DateField, NumberField
from inspector.ui.writing import Post, Spot, Writing

_HOUR = re.compile(r"(\d{1,2})\s*(?:[:.hg]|giờ)?\s*(\d{2})?\s*(?:phút|p)?", re.IGNORECASE)


class HourField(TextField):
    """An hour as people type it: ``8``, ``8h30``, ``0830``; ``Entry.value`` is "08:30" or None."""

    def _read(self, text: str) -> Reading | Phrase:
        typed = text.strip()
        if not typed:
            return Reading(None, "")
        run = re.fullmatch(r"(\d{2})(\d{2})", typed)
        found = run or _HOUR.fullmatch(typed)
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
        if hour > 23 or minute > 59:
            return tr("Chưa phải là giờ. Gõ như 8:30")
        return Reading(f"{hour:02d}:{minute:02d}", f"{hour:02d}:{minute:02d}")


@dataclass(frozen=True)
class GroupSpot(Spot):
    """One member of a group of the record: ``field`` is "group.member", and the group is what was seen."""

    def seen(self, operations: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        return {f"{self.entity}/{self.record}/{self.field.partition('.')[0]}": operations}


@dataclass(frozen=True)
class _Line:
    """``name`` is a field of the inspection, or "group.member"; ``kind`` text, number, day, hour or lines."""

    name: str
    words: Words
    kind: str = "text"
    half: bool = False


_PARTS: tuple[tuple[Words, tuple[_Line, ...]], ...] = (
    (
        tr("Đầu biên bản"),
        (
            _Line("number", tr("Số biên bản"), half=True),
            _Line("symbol", tr("Ký hiệu"), half=True),
            _Line("superior_body", tr("Cơ quan chủ quản")),
            _Line("team_name", tr("Tên đoàn kiểm tra")),
            _Line("place", tr("Địa danh"), half=True),
            _Line("venue", tr("Địa điểm làm việc"), half=True),
        ),
    ),
    (
        tr("Căn cứ của cuộc kiểm tra"),
        (
            _Line("team_decision.number", tr("Quyết định thành lập Đoàn, số"), half=True),
            _Line("team_decision.date", tr("Ngày quyết định"), "day", half=True),
            _Line("team_decision.issuer", tr("Cơ quan ban hành quyết định")),
            _Line("plan_reference.number", tr("Kế hoạch kiểm tra, số"), half=True),
            _Line("plan_reference.date", tr("Ngày kế hoạch"), "day", half=True),
            _Line("visit_notice.number", tr("Thông báo lịch kiểm tra, số"), half=True),
            _Line("visit_notice.date", tr("Ngày thông báo"), "day", half=True),
        ),
    ),
    (
        tr("Thời gian"),
        (
            _Line("period.start", tr("Thời kỳ kiểm tra, từ ngày"), "day", half=True),
            _Line("period.end", tr("Đến ngày"), "day", half=True),
            _Line("opened.date", tr("Bắt đầu, ngày"), "day", half=True),
            _Line("opened.time", tr("Bắt đầu, giờ"), "hour", half=True),
            _Line("closed.date", tr("Kết thúc, ngày"), "day", half=True),
            _Line("closed.time", tr("Kết thúc, giờ"), "hour", half=True),
        ),
    ),
    (
        tr("Cuối biên bản"),
        (
            _Line("copies", tr("Số bản"), "number", half=True),
            _Line("pages", tr("Số trang"), "number", half=True),
            _Line("recipients", tr("Nơi nhận, mỗi dòng một nơi"), "lines"),
        ),
    ),
)
_FIRST = {
    "team_decision": "team_decision.number",
    "plan_reference": "plan_reference.number",
    "visit_notice": "visit_notice.number",
    "period": "period.start",
    "opened": "opened.date",
    "closed": "closed.date",
}


class HeadPane(QScrollArea):
    """Every blank of the paper that belongs to the visit itself; each field is saved when it is left."""

    def __init__(self, session: Session, opened: OpenInspection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._opened = session, opened
        self.fields: dict[str, Field] = {}
        self._writings: dict[str, Writing] = {}
        self._groups: dict[str, dict[str, object]] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lay_out()

    def refresh(self) -> None:
        """Show what is stored, around what is being typed."""
        inspection = self._opened.inspection
        for group, values in _groups_of(inspection).items():
            if not any(place[3].startswith(f"{group}.") for place in self._session.on_the_way):
                self._groups[group] = values
        for name, field in self.fields.items():
            group, _, member = name.partition(".")
            text = _shown(_value_of(inspection, name))
            operations = self._opened.sight.operations("inspection", inspection.id, group)
            kind = GroupSpot if member else Spot
            self._writings[name].show(kind(inspection.id, "inspection", inspection.id, name), text, operations)
            set_editable(field, self._opened.why_read_only)

    def set_order(self, after: QWidget) -> None:
        """Tab comes here after that widget, and goes down the pane."""
        for before, one in pairwise([after, *(field.editor for field in self.fields.values())]):
            QWidget.setTabOrder(before, one)

    def leave(self) -> None:
        for writing in self._writings.values():
            writing.clear()

    def go_to(self, name: str) -> bool:
        """Put the caret into a field, by its name or that of its group."""
        field = self.fields.get(_FIRST.get(name, name))
        if field is None:
            return False
        self.ensureWidgetVisible(field)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def set_focus(self) -> None:
        blank = next((field for field in self.fields.values() if not field.text().strip()), None)
        field = blank or next(iter(self.fields.values()))
        self.ensureWidgetVisible(field)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _post(self, name: str) -> Callable[[Spot, object], Post]:
        group, _, member = name.partition(".")

        def post(_spot: Spot, value: object) -> Post:
            told = _told(value)
            if name == "recipients":
                told = [line.strip() for line in str(value or "").split("\n") if line.strip()] or None
            if not member:
                return Post("edit_inspection", {name: told}, tr("Đã sửa phần đầu biên bản"))
            members = {**self._groups.get(group, {}), member: told}
            self._groups[group] = {key: kept for key, kept in members.items() if kept is not None}
            return Post("edit_inspection", {group: self._groups[group] or None}, tr("Đã sửa phần đầu biên bản"))

        return post

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setProperty("scrolled", True)
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(tokens.GROUP, tokens.GROUP, tokens.GROUP, tokens.GROUP)
        rows.setSpacing(tokens.GAP)
        for words, lines in _PARTS:
            rows.addWidget(SectionHead(words))
            pair: QHBoxLayout | None = None
            for line in lines:
                field = self._field(line)
                if not line.half:
                    rows.addWidget(field)
                    pair = None
                elif pair is None:
                    pair = QHBoxLayout()
                    pair.setSpacing(tokens.GAP)
                    pair.addWidget(field, 1, Qt.AlignmentFlag.AlignBottom)
                    rows.addLayout(pair)
                else:
                    pair.addWidget(field, 1, Qt.AlignmentFlag.AlignBottom)
                    pair = None
            rows.addSpacing(tokens.GAP)
        rows.addStretch(1)
        self.setWidget(inner)

    def _field(self, line: _Line) -> Field:
        field = _made(line)
        self.fields[line.name] = field
        self._writings[line.name] = Writing(self._session, field, self._post(line.name))
        return field


def _made(line: _Line) -> Field:
    if line.kind == "number":
        return NumberField(line.words)
    if line.kind == "day":
        return DateField(line.words, date.today)
    if line.kind == "hour":
        return HourField(line.words)
    if line.kind == "lines":
        area = TextArea(line.words)
        area.setMinimumHeight(look().px(132))
        return area
    return TextField(line.words)


def _told(value: object) -> object:
    """A value as acts take it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value.strip() or None
    return None if value is None else int(str(value))


def _shown(value: object) -> str:
    if isinstance(value, date):
        return short_day(value)
    if isinstance(value, tuple):
        return "\n".join(str(each) for each in value)
    return "" if value is None else str(value)


def _value_of(inspection: Inspection, name: str) -> object:
    group, _, member = name.partition(".")
    if group == "period":
        return inspection.period_start if member == "start" else inspection.period_end
    if not member:
        return getattr(inspection.header, name)
    value = getattr(getattr(inspection, group), member)
    return f"{value.hour:02d}:{value.minute:02d}" if member == "time" and value is not None else value


def _groups_of(inspection: Inspection) -> Mapping[str, dict[str, object]]:
    """The groups as they are stored: a member that is missing is not named."""
    cited = {name: _cited(getattr(inspection, name)) for name in ("team_decision", "plan_reference", "visit_notice")}
    moments = {name: _moment(getattr(inspection, name)) for name in ("opened", "closed")}
    period = {"start": inspection.period_start, "end": inspection.period_end}
    days = {key: day.isoformat() for key, day in period.items() if day is not None}
    return {**cited, **moments, "period": dict(days)}


def _cited(document: Cited) -> dict[str, object]:
    values = {"number": document.number, "issuer": document.issuer, "abstract": document.abstract}
    day = {"date": document.date.isoformat()} if document.date else {}
    return {**{key: value for key, value in values.items() if value}, **day}


def _moment(moment: Moment) -> dict[str, object]:
    day = {"date": moment.date.isoformat()} if moment.date else {}
    hour = {"time": f"{moment.time.hour:02d}:{moment.time.minute:02d}"} if moment.time else {}
    return {**day, **hour}
