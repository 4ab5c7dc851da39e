"""What a person narrowed the list of inspections to, as it is kept over a restart and named by other pages."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta

from inspector.services.visits import Narrowed, VisitState


class Period:
    """Periods that are no year."""

    COMING = "coming"
    MONTH = "month"


@dataclass(frozen=True)
class Wanted:
    """``period`` is a year as text, one of ``Period``, or empty for all; the rest as in ``Narrowed``."""

    text: str = ""
    period: str = ""
    form: str = ""
    level: str = ""
    lead: str = ""
    planned: bool | None = None
    state: str = ""
    """A ``VisitState``, ``mine``, or empty for all."""

    @property
    def is_narrowed(self) -> bool:
        return self != Wanted()

    def written(self) -> str:
        """As text, for ``Where.record`` and for the preferences."""
        return json.dumps({name: value for name, value in asdict(self).items() if value not in ("", None)})

    def asked(self, today: date) -> Narrowed:
        """The question to the services."""
        since, until = _days(self.period, today)
        return Narrowed(
            text=self.text,
            since=since,
            until=until,
            form=self.form,
            level=self.level,
            lead=self.lead,
            planned=self.planned,
            state=VisitState(self.state) if self.state in set(VisitState) else None,
            mine=self.state == "mine",
            oldest_first=self.period in (Period.COMING, Period.MONTH),
        )


def read_wanted(text: str) -> Wanted:
    """What ``written`` gave; anything else narrows nothing."""
    with suppress(ValueError):
        found = json.loads(text)
        if isinstance(found, dict):
            known = {field.name for field in fields(Wanted)}
            kept = {name: value for name, value in found.items() if name in known and _is_fitting(name, value)}
            return Wanted(**kept)
    return Wanted()


def _is_fitting(name: str, value: object) -> bool:
    return isinstance(value, bool) if name == "planned" else isinstance(value, str)


def _days(period: str, today: date) -> tuple[date | None, date | None]:
    if period == Period.COMING:
        return today, None
    if period == Period.MONTH:
        first = today.replace(day=1)
        return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    if period.isdecimal() and 1 <= int(period) <= 9999:
        return date(int(period), 1, 1), date(int(period), 12, 31)
    return None, None
