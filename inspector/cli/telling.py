"""An inspection told to a person at the terminal: the facts, what was found, what is asked for, how it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import cast

from inspector.domain.wording import short_day, short_moment
from inspector.services.recorded_words import CODES

Shown = Mapping[str, object]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{3,6})?)?([+-]\d\d:\d\d)?")

_WORDS = {
    **CODES,
    "draft": "dự thảo",
    "minutes": "biên bản",
    "supplement": "biên bản bổ sung",
    "this-laptop": "máy này",
    "not-told": "chưa báo",
    "has-part": "chưa đủ",
    "has-all": "đủ",
    "receipted": "đủ, có biên nhận",
}


def word(value: object) -> str:
    """A value as people read it; what has no word of its own stays as it is."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    text = str(value)
    return _WORDS.get(text) or _moment(text) or text


def _moment(text: str) -> str:
    """ISO days and moments as Vietnamese writes them: "26/11/2026", "14:17 26/11/2026"; empty for anything else."""
    if _DAY.fullmatch(text):
        return short_day(date.fromisoformat(text))
    return short_moment(datetime.fromisoformat(text)) if _MOMENT.fullmatch(text) else ""


def told(shown: Shown) -> Iterator[str]:
    """The lines about one inspection, as ``overview.whole`` gives it."""
    unit, header = _group(shown, "unit"), _group(shown, "header")
    status = "signed" if shown.get("signed") else shown.get("status")
    facts = (
        ("Đơn vị", unit.get("body_name") or unit.get("name")),
        ("Mã", shown.get("id")),
        ("Ngày kiểm tra", shown.get("visit_date")),
        ("Hình thức", shown.get("form")),
        ("Trạng thái", status),
        ("Số biên bản", header.get("number")),
        ("Bộ tiêu chí", _group(shown, "checklist").get("title")),
        ("Mục đã ghi", len(_group(shown, "answers"))),
        ("Hồ sơ mẫu", len(_rows(shown, "dossiers"))),
        ("Minh chứng", len(_rows(shown, "evidence"))),
        ("Chưa thống nhất", len(_rows(shown, "disagreements"))),
    )
    yield from (f"{label}: {word(value)}" for label, value in facts if value)
    yield from _part("Đoàn kiểm tra", (_person(row) for row in _rows(shown, "team")))
    yield from _part("Phát hiện", (line for row in _rows(shown, "findings") for line in _finding(row)))
    yield from _part("Người ký", (_signer(row) for row in _rows(shown, "signers")))
    yield from _part("Văn bản đã lập", (_document(row) for row in _rows(shown, "documents")))


def _part(title: str, lines: Iterator[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield ""
        yield f"{title}:"
        yield from (f"  {line}" for line in found)


def _person(row: Shown) -> str:
    present = _group(row, "attendance").get("present")
    missing = " (vắng)" if present is False else ""
    return ", ".join(word(row.get(name)) for name in ("name", "title", "agency") if row.get(name)) + missing


def _finding(row: Shown) -> Iterator[str]:
    yield f"[{word(row.get('kind'))}] {word(row.get('content'))}"
    for asked in _rows(row, "recommendations"):
        yield f"    → {word(asked.get('content'))} ({word(asked.get('responsible'))})"


def _signer(row: Shown) -> str:
    outcome = word(row.get("outcome"))
    parts = (word(row.get(name)) for name in ("capacity", "position", "name") if row.get(name))
    return ", ".join(parts) + (f": {outcome}" if outcome else "")


def _document(row: Shown) -> str:
    return f"{word(row.get('kind'))}, {word(row.get('made_at'))}, {word(row.get('name'))}"


def _group(row: Shown, name: str) -> Shown:
    value = row.get(name)
    return cast(Shown, value) if isinstance(value, dict) else {}


def _rows(row: Shown, name: str) -> list[Shown]:
    value = row.get(name)
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
