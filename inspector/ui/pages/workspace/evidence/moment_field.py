"""A day with an hour, typed in one line."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time

from PySide6.QtWidgets import QWidget

from inspector.domain.wording import short_moment
from inspector.ui.editing import LineEditor
from inspector.ui.language import Phrase, Words, tr
from inspector.ui.typed_values import read_date
from inspector.ui.widgets.field import Field, Reading

_HOUR = re.compile(r"(?<![\d/.\-])(\d{1,2})[:hg](\d{2})(?!\d)")


def read_moment(text: str, today: date) -> datetime | Phrase | None:
    """``14:17 26/11``, ``26/11/2026 14:17``, ``14h17 261126``; None for nothing typed."""
    typed = text.strip()
    if not typed:
        return None
    hour = _HOUR.search(typed)
    if hour is None or int(hour[1]) > 23 or int(hour[2]) > 59:
        return tr("Gõ giờ và ngày như 14:17 26/11/2026")
    day = read_date(typed[: hour.start()] + typed[hour.end() :], today)
    if isinstance(day, Phrase):
        return day
    return datetime.combine(day or today, time(int(hour[1]), int(hour[2])))


class MomentField(Field):
    """``Entry.value`` is a ``datetime`` without seconds, or None. An hour alone is one of today."""

    def __init__(self, words: Words, today: Callable[[], date], *, parent: QWidget | None = None) -> None:
        super().__init__(words, LineEditor(selects_all=True), parent=parent)
        self._today = today

    def _read(self, text: str) -> Reading | Phrase:
        found = read_moment(text, self._today())
        if isinstance(found, Phrase):
            return found
        return Reading(found, "" if found is None else short_moment(found))
