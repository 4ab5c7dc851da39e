"""Sentences of an official paper: how recorded texts, documents, hours and rates are put into running Vietnamese.

Numbers, dates and hours by themselves are worded in ``wording``. What was typed is never changed beyond what a
sentence asks for: its first letter and its last point.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal

from inspector.domain.inspection import Cited
from inspector.domain.wording import DOTS, count, day, hour, number, short_day

LOCAL = timezone(timedelta(hours=7))
"""The hour of Vietnam all year; papers name hours as the clock on the wall showed them."""

_BLANKS = re.compile(r"\s+")
_LINES = re.compile(r"\s*\n\s*")
_ENDS = (".", "!", "?", "…", ":", ";", ",")
_QUOTES = ("”", '"', "»")
_KINDS = {
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "CT": "Chỉ thị",
    "QC": "Quy chế",
    "TB": "Thông báo",
    "HD": "Hướng dẫn",
    "CTR": "Chương trình",
    "KH": "Kế hoạch",
    "PA": "Phương án",
    "ĐA": "Đề án",
    "DA": "Dự án",
    "BC": "Báo cáo",
    "BB": "Biên bản",
    "TTR": "Tờ trình",
    "NĐ": "Nghị định",
    "TT": "Thông tư",
}
"""Kinds of documents by the abbreviation in their symbol (Decree 30/2020/NĐ-CP, appendix III)."""

_SYMBOL = re.compile(r"/([^\W\d_]+)-")
_ACTS = ("thành lập", "cử ", "tổ chức", "triển khai", "thực hiện", "giao ", "điều chỉnh", "kiện toàn", "phân công")
_CENT = Decimal("0.01")


def one_line(text: str | None) -> str:
    """The text on one line; its paragraphs become sentences that follow each other."""
    lines = [_BLANKS.sub(" ", line).strip() for line in _LINES.split((text or "").strip())]
    kept = [line for line in lines if line]
    return " ".join([*(_closed(line) for line in kept[:-1]), *kept[-1:]])


def sentence(text: str | None) -> str:
    """The text as one or more whole sentences on one line: "vào sổ chậm" → "Vào sổ chậm.", empty stays empty."""
    line = one_line(text)
    return _closed(line[:1].upper() + line[1:]) if line else ""


def clause(text: str | None) -> str:
    """The text inside a sentence, without the mark at its end: "Ngẫu nhiên." → "ngẫu nhiên"."""
    line = one_line(text).rstrip(" .;,:")
    return line[:1].lower() + line[1:] if _begins_plainly(line) else line


def label(text: str | None) -> str:
    """A text as the name of something, without the mark at its end."""
    return one_line(text).rstrip(" .;,:")


def short_code(code: str) -> str:
    """The number of a checklist item as people call it: "III.8" of "X-III.8"."""
    return code.rpartition("-")[2]


def lines(texts: Iterable[str]) -> str:
    """Paragraphs of one section; what is empty is left out."""
    return "\n".join(text for text in texts if text)


def local(moment: datetime | None) -> datetime | None:
    """The moment as a clock in Vietnam showed it; a moment typed without its zone was meant so already."""
    return moment.astimezone(LOCAL) if moment is not None and moment.tzinfo is not None else moment


def at_moment(moment: datetime) -> str:
    """Like "08 giờ 30 phút ngày 26/11/2026"."""
    shown = local(moment) or moment
    return f"{hour(shown.time())} ngày {short_day(shown.date())}"


def rate(numerator: int, denominator: int) -> Decimal:
    """Percent of ``denominator`` (> 0) to two places, halves up; neither 0 nor 100 unless exactly so."""
    exact = Decimal(numerator) * 100 / Decimal(denominator)
    rounded = exact.quantize(_CENT, ROUND_HALF_UP)
    if rounded == 100 and numerator < denominator:
        return Decimal(100) - _CENT
    if rounded == 0 and numerator:
        return _CENT
    return rounded


def percent(numerator: int, denominator: int) -> str:
    """Like "97,06 %", "12,5 %" or "60 %"."""
    return f"{number(rate(numerator, denominator).normalize())} %"


def counted(value: int | None, noun: str) -> str:
    """Like "05 hồ sơ"."""
    return f"{count(value)} {noun}"


def cited(document: Cited, kind: str = "", about: str = "") -> str:
    """A document as a paper cites it; what is missing of number and date is dotted, nothing at all gives "".

    ``kind`` ("Quyết định") and ``about`` ("thành lập Đoàn kiểm tra") are used where the record does not say so itself.
    """
    number_, issuer, abstract = label(document.number), label(document.issuer), label(document.abstract)
    if not (number_ or issuer or abstract or document.date):
        return ""
    parts = [_numbered(kind, number_), day(document.date)]
    if issuer:
        parts.append(f"của {issuer}")
    if abstract or about:
        parts.append(_about(abstract or about))
    return " ".join(parts)


def short_cited(document: Cited) -> str:
    """A document inside a sentence, only with what was recorded: "Công văn số 12/UBND-NC ngày 05/02/2026 của …"."""
    parts = [_numbered("văn bản", label(document.number))] if label(document.number) else []
    if document.date:
        parts.append(f"ngày {short_day(document.date)}")
    if label(document.issuer):
        parts.append(f"của {label(document.issuer)}")
    if label(document.abstract):
        parts.append(_about(label(document.abstract)) if parts else label(document.abstract))
    return " ".join(parts)


def sourced(source: str | None, moment: datetime | None) -> str:
    """Where a figure was taken and when: "nguồn: …, trích xuất lúc …"; empty where neither was recorded."""
    parts = [f"nguồn: {label(source)}"] if label(source) else []
    if moment is not None:
        parts.append(f"trích xuất lúc {at_moment(moment)}")
    return ", ".join(parts)


def _numbered(kind: str, number_: str) -> str:
    if number_[:1].isalpha() and not number_.casefold().startswith("số "):
        return number_
    symbol = _SYMBOL.search(number_)
    named = _KINDS.get(symbol[1].upper(), kind) if symbol else kind
    plain = number_ if number_.casefold().startswith("số ") else f"số {number_ or DOTS}"
    return f"{named} {plain}".strip()


def _about(abstract: str) -> str:
    if abstract.casefold().startswith(("về ", "v/v", "ban hành", "phê duyệt")):
        return abstract[:1].lower() + abstract[1:]
    return f"{'về việc' if abstract.casefold().startswith(_ACTS) else 'về'} {clause(abstract)}"


def _closed(line: str) -> str:
    if line[-1] in _QUOTES and line[-2:-1] in (".", "!", "?", "…"):
        return line
    if line.endswith(_ENDS):
        return line[:-1].rstrip() + "." if line[-1] in ":;," else line
    return line + "."


def _begins_plainly(line: str) -> bool:
    """Does the text begin with an ordinary word, not with "UBND" or a number?"""
    return len(line) > 1 and line[0].isalpha() and not line[1].isupper() and not line[1].isdigit()
