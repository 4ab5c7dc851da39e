"""An hour, typed as people write it."""

from __future__ import annotations

import re
from datetime import time

from PySide6.QtWidgets import QWidget

from inspector.ui.editing import LineEditor
from inspector.ui.language import Phrase, Words, tr
from inspector.ui.widgets.field import Field, Reading

_HOUR = re.compile(r"(\d{1,2})(?:\s*(?:[:.,hg]|giờ)\s*(?:(\d{1,2})\s*(?:p|phút)?)?)?")
_RUN = re.compile(r"(\d{1,2})(\d{2})")


def read_time(text: str) -> time | Phrase | None:
    """``7:30``, ``7h30``, ``07 giờ 30``, ``730``, ``7``; None for nothing typed."""
    typed = text.strip().lower()
    if not typed:
        return None
    found = _HOUR.fullmatch(typed) or _RUN.fullmatch(typed)
    if found is None:
        return tr("Chưa phải là giờ. Gõ như 7:30")
    hour, minute = int(found[1]), int(found[2] or 0)
    if hour > 23 or minute > 59:
        return tr("Chưa phải là giờ. Gõ như 7:30")
    return time(hour, minute)


def short_time(value: time | None) -> str:
    """As the field shows it: "07:30"."""
    return "" if value is None else f"{value.hour:02d}:{value.minute:02d}"


class TimeField(Field):
    """``Entry.value`` is a ``time`` or None."""

    def __init__(self, words: Words, *, parent: QWidget | None = None) -> None:
        super().__init__(words, LineEditor(icon="clock", selects_all=True), parent=parent)

    def _read(self, text: str) -> Reading | Phrase:
        found = read_time(text)
        return found if isinstance(found, Phrase) else Reading(found, short_time(found))
