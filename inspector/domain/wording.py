"""How official documents word dates, hours and numbers (Decree 30/2020/NĐ-CP, appendix I).

A missing value is worded as dots, so that a hand can fill it in.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

DOTS = "……"


def day(value: date | None) -> str:
    """Like "ngày 05 tháng 02 năm 2026": days below 10 and the months 1 and 2 carry a zero, other months none."""
    if value is None:
        return f"ngày {DOTS} tháng {DOTS} năm {DOTS}"
    month = f"{value.month:02d}" if value.month < 3 else str(value.month)
    return f"ngày {value.day:02d} tháng {month} năm {value.year}"


def short_day(value: date | None) -> str:
    """Like "05/02/2026", for tables."""
    return DOTS if value is None else f"{value.day:02d}/{value.month:02d}/{value.year}"


def short_moment(value: datetime | date | None) -> str:
    """Like "16:30 05/02/2026", or the day alone where no hour is known."""
    if isinstance(value, datetime):
        return f"{value.hour:02d}:{value.minute:02d} {short_day(value)}"
    return short_day(value)


def moment_of(text: str) -> datetime | None:
    """The moment a clock wrote down (ISO 8601); None where it is none, as a clock elsewhere may write anything."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def moment_words(text: str) -> str:
    """The same as people read it, the text itself where it is no moment: "16:30 05/02/2026"."""
    moment = moment_of(text)
    return short_moment(moment) if moment else text


def hour(value: time | None) -> str:
    """Like "08 giờ 05 phút"."""
    if value is None:
        return f"{DOTS} giờ {DOTS} phút"
    return f"{value.hour:02d} giờ {value.minute:02d} phút"


def count(value: int | None) -> str:
    """A count in a sentence: "05", "12", "2.871"; 1 to 9 carry a zero so that no digit can be put before."""
    if value is None:
        return DOTS
    return f"{value:02d}" if 0 < value < 10 else number(value)


def number(value: Decimal | int | str | None) -> str:
    """A number as Vietnamese writes it: "2.871", "97,06"; text stays as it was typed."""
    if value is None:
        return DOTS
    if isinstance(value, str):
        return value or DOTS
    if isinstance(value, Decimal) and not value.is_finite():
        return DOTS
    return f"{value:,f}".translate(_SEPARATORS) if isinstance(value, Decimal) else f"{value:,}".translate(_SEPARATORS)


def amount(value: Decimal | int | str | None, unit: str | None) -> str:
    """A number with its unit: "97,06 %", "05 hồ sơ"; counted things carry the leading zero, measures do not."""
    if unit is None:
        return number(value)
    counted = isinstance(value, int) and not unit.startswith("%")
    return f"{count(value) if counted and isinstance(value, int) else number(value)} {unit}"


def file_number(value: str | None) -> str:
    """The number of a document: "5" is written "05"; blank room where it is not registered yet."""
    if not value or not value.strip():
        return DOTS
    value = value.strip()
    return value.zfill(2) if value.isdecimal() else value


_SEPARATORS = str.maketrans({",": ".", ".": ","})
