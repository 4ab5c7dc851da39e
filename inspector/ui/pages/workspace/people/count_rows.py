"""The counts of one moment as rows of a table, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from inspector.domain.headcount import attentions, is_complete, presence
from inspector.domain.inspection import Headcount, Inspection
from inspector.domain.phrases import percent
from inspector.ui.language import Phrase, Words, tr
from inspector.ui.typed_values import read_number
from inspector.ui.widgets.field import Reading
from inspector.ui.widgets.grid_model import Cell, Column, Kind, Row

COUNTS = ("due", "present", "absent_with_reason", "absent_without_reason", "without_badge")


def read_count(text: str) -> Reading | Phrase:
    """A whole number or nothing."""
    found = read_number(text)
    if isinstance(found, Phrase):
        return found
    return Reading(None, "") if found is None else Reading(int(found), str(int(found)))


COLUMNS = (
    Column("place", tr("Bộ phận"), Kind.TEXT, 80, grows=True),
    Column("due", tr("Được\ngiao"), Kind.NUMBER, 46, read=read_count, full=tr("Số người được giao")),
    Column("present", tr("Có\nmặt"), Kind.NUMBER, 44, read=read_count, full=tr("Số người có mặt")),
    Column("absent_with_reason", tr("Có\nlý do"), Kind.NUMBER, 46, read=read_count, full=tr("Vắng có lý do")),
    Column("absent_without_reason", tr("Không\nlý do"), Kind.NUMBER, 46, read=read_count, full=tr("Vắng không lý do")),
    Column("without_badge", tr("Không\nthẻ"), Kind.NUMBER, 46, read=read_count, full=tr("Không đeo thẻ")),
)


def moments(inspection: Inspection) -> list[datetime]:
    """When people were counted, in order."""
    return sorted({count.at.replace(tzinfo=None) for count in inspection.headcounts if count.at is not None})


def counts_at(inspection: Inspection, moment: datetime | None) -> tuple[Headcount, ...]:
    """The counts of one moment; of all where there is none."""
    return tuple(
        count
        for count in inspection.headcounts
        if moment is None or (count.at is not None and count.at.replace(tzinfo=None) == moment)
    )


def departments(inspection: Inspection) -> list[str]:
    """Where people can be counted: the parts of the unit that were named, each once."""
    named = [count.place for count in inspection.headcounts] + [person.department for person in inspection.unit_people]
    return list(dict.fromkeys(name for name in named if name))


def row_of(count: Headcount, *, with_hour: bool = False) -> Row:
    """``with_hour`` where counts of several moments stand together."""
    odd = {attention.code for attention in attentions(count)}
    hour = f" {count.at.hour:02d}:{count.at.minute:02d}" if with_hour and count.at is not None else ""
    cells = [Cell(f"{count.place or '…'}{hour}")]
    for name in COUNTS:
        value = getattr(count, name)
        problem = name == "due" and "headcount-sum" in odd
        grave = name == "absent_without_reason" and bool(value)
        tone = "part" if problem else "no" if grave else "text"
        text = "" if value is None else str(value)
        cells.append(Cell(text, value, tone, strong=grave or problem))
    return Row(count.id, tuple(cells))


def empty_row(record: str, place: str) -> Row:
    """A part of the unit nobody counted yet."""
    return Row(record, (Cell(place, tone="text2"), *(Cell() for _ in COUNTS)))


def rate_words(counts: Sequence[Headcount]) -> str:
    """Who was there or had a reason, of all who were due; nothing where no row is complete."""
    found = presence(counts)
    return percent(found.ratio.numerator, found.ratio.denominator) if found.ratio else ""


def sum_words(counts: Sequence[Headcount]) -> tuple[Words, bool]:
    """What the complete rows come to, and whether they add up."""
    found = presence(counts)
    seen = found.present + found.absent_with_reason + found.absent_without_reason
    odd = [count.place or "…" for count in counts if is_complete(count) and _is_odd(count)]
    if odd:
        named = ", ".join(odd)
        return tr(
            "{due} được giao nhưng cộng lại được {sum}. Xem dòng {places}.", due=found.due, sum=seen, places=named
        ), False
    words = tr(
        "{due} được giao = {present} có mặt + {excused} có lý do + {missing} không lý do",
        due=found.due,
        present=found.present,
        excused=found.absent_with_reason,
        missing=found.absent_without_reason,
    )
    return words, True


def entering(counts: Iterable[Headcount]) -> int:
    """Rows that are not counted yet, since a number is missing."""
    return presence(counts).entering


def as_count(value: object) -> int | None:
    return int(value) if isinstance(value, int | Decimal) else None


def _is_odd(count: Headcount) -> bool:
    return any(attention.code == "headcount-sum" for attention in attentions(count))
