"""How the head of the workspace names an inspection: its state, its form, its day, its period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inspector.domain.inspection import Inspection
from inspector.domain.wording import short_day
from inspector.ui.language import Phrase, Words, tr
from inspector.ui.pages.visit_words import WEEKDAYS

_FORMS = {
    "on_site": tr("Kiểm tra trực tiếp"),
    "remote": tr("Kiểm tra trực tuyến"),
    "surprise": tr("Kiểm tra đột xuất"),
}


@dataclass(frozen=True)
class StateWords:
    """A state in a few words, and the tone of its chip."""

    words: Phrase
    tone: str


_STATES = {
    "planned": StateWords(tr("Chưa bắt đầu"), "na"),
    "open": StateWords(tr("Đang kiểm tra"), "accent"),
    "finished": StateWords(tr("Chờ biên bản"), "part"),
    "cancelled": StateWords(tr("Đã hủy"), "no"),
}


def state_words(inspection: Inspection) -> StateWords:
    """The state of an inspection; the signature is a record of its own and goes before all others."""
    if inspection.signed is not None:
        return StateWords(tr("Đã ký"), "ok")
    if inspection.sealed is not None:
        return StateWords(tr("Đã niêm phong"), "ok")
    return _STATES.get(inspection.status, _STATES["open"])


def unit_name(inspection: Inspection) -> str:
    """What the inspected unit is called: its body, such as the people's committee, where the list of units has one."""
    unit = inspection.unit
    return unit.body_name or unit.name or unit.code or ""


def facts_words(inspection: Inspection, old_version: str = "") -> Words:
    """Form, day and period on one line; ``old_version`` names a checklist that is not the one in force any more."""
    parts: list[Words] = []
    if inspection.form in _FORMS:
        parts.append(_FORMS[inspection.form])
    if inspection.visit_date is not None:
        parts.append(_day(inspection.visit_date))
    start, end = inspection.period_start, inspection.period_end
    if start is not None and end is not None:
        parts.append(tr("Thời kỳ kiểm tra {start} – {end}", start=short_day(start), end=short_day(end)))
    if old_version:
        parts.append(tr("Bộ tiêu chí phiên bản {version}", version=old_version))
    return joined(parts)


def joined(parts: list[Words]) -> Words:
    """Parts with a point between them, each in the language of the window."""
    found: Words = ""
    for part in parts:
        found = tr("{one}  ·  {other}", one=found, other=part) if found else part
    return found


def _day(day: date) -> Phrase:
    return tr("{weekday}, {day}", weekday=WEEKDAYS[day.weekday()], day=short_day(day))
