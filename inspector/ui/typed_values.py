"""How people type numbers and dates, and what is said when it is neither. Read after the field was left, not before."""

from __future__ import annotations

import calendar
import re
from datetime import date
from decimal import Decimal

from inspector.ui.language import Phrase, tr

_BLANK = "[ \u00a0\u202f]"
_GROUPED = re.compile(rf"[1-9]\d{{0,2}}(?:(?:\.\d{{3}})+|(?:{_BLANK}\d{{3}})+)(?:,\d+)?")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?")
_RUN = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")


def read_number(text: str, decimals: int = 0) -> Decimal | Phrase | None:
    """``2871``, ``2.871``, ``2 871``, and ``97,06`` or ``97.06`` where decimals are asked for; None for nothing typed.

    A point before three digits groups them, as Vietnamese writes it; elsewhere it stands for the comma.
    """
    typed = text.strip()
    if not typed:
        return None
    if _GROUPED.fullmatch(typed):
        plain = re.sub(rf"\.|{_BLANK}", "", typed).replace(",", ".")
    elif _PLAIN.fullmatch(typed):
        plain = typed.replace(",", ".")
    else:
        return _no_number(decimals)
    if len(plain.partition(".")[2]) > decimals:
        if decimals == 0:
            return tr("Ô này ghi số nguyên, ví dụ 2871 hoặc 2.871")
        return tr("Ghi nhiều nhất {count} chữ số sau dấu phẩy", count=decimals)
    return Decimal(plain)


def read_date(text: str, today: date) -> date | Phrase | None:
    """``26/11``, ``261126``, ``26/11/2026``; points, hyphens and blanks separate as well. Without a year, this year."""
    typed = text.strip()
    if not typed:
        return None
    found = _DAY.fullmatch(typed) or _RUN.fullmatch(typed)
    if found is None:
        return tr("Chưa phải là ngày. Gõ như 26/11/2026")
    day, month = int(found[1]), int(found[2])
    written = found[3] or str(today.year)
    year = int(written) + (2000 if len(written) == 2 else 0)
    if not 1 <= month <= 12:
        return tr("Không có tháng {month}", month=month)
    if not 1900 <= year <= 2199:
        return tr("Xem lại năm {year}", year=year)
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return tr("Tháng {month}/{year} không có ngày {day}", month=month, year=year, day=day)
    return date(year, month, day)


def _no_number(decimals: int) -> Phrase:
    return tr("Chưa phải là số. Gõ như 1,5") if decimals else tr("Chưa phải là số. Gõ như 2871 hoặc 2.871")
