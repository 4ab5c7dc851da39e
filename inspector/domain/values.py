"""What a value of the log may be, by its type in the registry.

A value comes from a window or a line of JSON and leaves in the one form that is stored: texts NFC without control
characters, dates ``YYYY-MM-DD``, times ``HH:MM``, instants ISO 8601 to the minute or finer, decimals as text with a
point. Blank becomes ``None``: a field that was emptied.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Protocol, TypeVar

from inspector.domain.changeset import Json
from inspector.domain.errors import BadInput
from inspector.domain.registry import Member, Type
from inspector.domain.text import clean

TEXT_LIMIT = 20_000
"""Characters of one text; a change set carries at most 256 KiB."""

LIST_LIMIT = 200
_HASH = re.compile(r"[0-9a-f]{64}\Z")
_LARGEST = 10**15 - 1
"""A whole number of a change set has at most 15 digits."""

_FINEST = 12
"""Decimals after the point; nothing an inspection measures is finer."""

_LONGEST_NUMBER = 40
_YEARS = (1900, 2200)
_Day = TypeVar("_Day", bound=date)
_WORDS = (Type.TEXT, Type.LONG_TEXT, Type.REF, Type.CODE)


class Shape(Protocol):
    """What the registry says of a value: its type, its options, its members."""

    @property
    def name(self) -> str: ...
    @property
    def type(self) -> Type: ...
    @property
    def options(self) -> tuple[str, ...]: ...


def stored(shape: Shape, raw: object, members: Sequence[Member] = ()) -> Json:
    """The stored form of ``raw``.

    Raises:
        BadInput: ``value-needs-…`` naming the field, where the value is not of its type.
    """
    if raw is None:
        return None
    if shape.type is Type.GROUP:
        return _group(shape.name, raw, members)
    if shape.type is Type.LIST:
        return _list(shape.name, raw)
    if shape.type is Type.CODE:
        return _code(shape, raw)
    return _SIMPLE[shape.type](shape.name, raw)


def readable(shape: Shape, value: Json, members: Sequence[Member] = ()) -> Json:
    """The value as far as it is of its type, else ``None``: what another program wrote never hides the rest.

    Texts are given back as they are, however long; an option only a newer program knows is kept too.
    """
    if shape.type is Type.GROUP:
        if not isinstance(value, dict):
            return None
        found = {member.name: readable(member, value.get(member.name)) for member in members}
        return {name: part for name, part in found.items() if part is not None} or None
    if shape.type is Type.LIST:
        return [part for part in value if isinstance(part, str)] if isinstance(value, list) else None
    if shape.type in _WORDS:
        return value if isinstance(value, str) else None
    try:
        return stored(shape, value)
    except BadInput:
        return None


def _text(field: str, raw: object) -> str | None:
    if not isinstance(raw, str):
        raise BadInput("value-needs-text", field=field)
    text = clean(raw)
    if len(text) > TEXT_LIMIT:
        raise BadInput("value-too-long", field=field, limit=TEXT_LIMIT, length=len(text))
    return text if text.strip() else None


def _line(field: str, raw: object) -> str | None:
    text = _text(field, raw)
    return text.replace("\n", " ").replace("\t", " ").strip() if text else None


def _bool(field: str, raw: object) -> bool:
    if not isinstance(raw, bool):
        raise BadInput("value-needs-yes-no", field=field)
    return raw


def _int(field: str, raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw <= _LARGEST:
        raise BadInput("value-needs-whole-number", field=field)
    return raw


def _decimal(field: str, raw: object) -> str:
    if isinstance(raw, bool) or not isinstance(raw, int | str):
        raise BadInput("value-needs-decimal", field=field)
    text = str(raw).strip() if isinstance(raw, str) or abs(raw) <= _LARGEST else ""
    try:
        number = Decimal(text.replace(",", ".")) if len(text) <= _LONGEST_NUMBER else Decimal("NaN")
    except InvalidOperation:
        raise BadInput("value-needs-decimal", field=field) from None
    if not number.is_finite() or number.adjusted() > 14 or int(number.as_tuple().exponent) < -_FINEST:
        raise BadInput("value-needs-decimal", field=field)
    plain = format(number, "f")
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain) if number else "0"


def _date(field: str, raw: object) -> str:
    try:
        return _in_living_memory(date.fromisoformat(_as_text(raw))).isoformat()
    except ValueError:
        raise BadInput("value-needs-date", field=field) from None


def _time(field: str, raw: object) -> str:
    try:
        found = time.fromisoformat(_as_text(raw))
    except ValueError:
        raise BadInput("value-needs-time", field=field) from None
    if found.tzinfo is not None:
        raise BadInput("value-needs-time", field=field)
    return found.isoformat("minutes")


def _instant(field: str, raw: object) -> str:
    try:
        return _in_living_memory(datetime.fromisoformat(_as_text(raw))).isoformat(timespec="auto")
    except ValueError:
        raise BadInput("value-needs-instant", field=field) from None


def _in_living_memory(day: _Day) -> _Day:
    """A year far away is a slip of the finger, and days are counted from it."""
    if not _YEARS[0] <= day.year <= _YEARS[1]:
        raise ValueError("not a year of an inspection")
    return day


def _as_text(raw: object) -> str:
    if not isinstance(raw, str):
        raise ValueError("not a text")
    return raw.strip()


def _blob(field: str, raw: object) -> str:
    if not isinstance(raw, str) or not _HASH.match(raw):
        raise BadInput("value-needs-file", field=field)
    return raw


def _code(shape: Shape, raw: object) -> str:
    if not isinstance(raw, str) or raw not in shape.options:
        raise BadInput("value-needs-choice", field=shape.name, options=", ".join(shape.options))
    return raw


def _list(field: str, raw: object) -> Json:
    if not isinstance(raw, list | tuple) or len(raw) > LIST_LIMIT:
        raise BadInput("value-needs-list", field=field, limit=LIST_LIMIT)
    return [line for line in (_line(field, entry) for entry in raw) if line]


def _group(field: str, raw: object, members: Sequence[Member]) -> Json:
    if not isinstance(raw, dict):
        raise BadInput("value-needs-group", field=field, members=", ".join(member.name for member in members))
    known = {member.name: member for member in members}
    for name in raw:
        if name not in known:
            raise BadInput("value-unknown-member", field=f"{field}.{name}", members=", ".join(known))
    filled: dict[str, Json] = {
        name: value
        for name, member in known.items()
        if (value := _member(field, member, raw.get(name))) is not None and value != []
    }
    return filled or None


def _member(field: str, member: Member, raw: object) -> Json:
    return stored(Member(f"{field}.{member.name}", member.type, member.label, member.options), raw)


_SIMPLE: dict[Type, Callable[[str, object], Json]] = {
    Type.TEXT: _line,
    Type.REF: _line,
    Type.LONG_TEXT: _text,
    Type.BOOL: _bool,
    Type.INT: _int,
    Type.DECIMAL: _decimal,
    Type.DATE: _date,
    Type.TIME: _time,
    Type.INSTANT: _instant,
    Type.BLOB: _blob,
}
