"""The file form of a checklist: JSON that says where it cannot be read.

Numbers with decimals travel as text ("0.67"), because no float may ever enter a signed record.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any, NoReturn, TypeAlias, TypeVar

from inspector.domain.checklist import (
    FORMAT,
    Checklist,
    Item,
    LegalBasis,
    Notices,
    RatingBand,
    Section,
    Threshold,
    as_data,
)
from inspector.domain.checklist_rules import checked
from inspector.domain.errors import BadInput
from inspector.domain.text import clean

MAX_BYTES = 8 * 1024 * 1024

Json: TypeAlias = Any  # what json.loads gives; every value is checked below before it is used
_T = TypeVar("_T")


class _Unreadable(ValueError):
    """The place in the file where something else was expected."""


def parse_checklist(content: bytes) -> Checklist:
    """The checklist in a file, checked against its rules.

    Raises:
        BadInput: ``checklist-unreadable`` (params ``where``) when it is not such a file, ``checklist-format`` when it
            is of a newer program; a flaw code (``InvalidChecklist``) when it breaks a rule of checklists.
    """
    try:
        data = _object(_load(content), "")
        if data.get("format") != FORMAT:
            raise BadInput("checklist-format", format=str(data.get("format"))[:40])
        return checked(_checklist(data))
    except _Unreadable as error:
        raise BadInput("checklist-unreadable", where=str(error)) from error


def readable_bytes(checklist: Checklist) -> bytes:
    """The same content laid out for people; ``parse_checklist`` gives the same checklist and hash."""
    return (json.dumps(as_data(checklist), ensure_ascii=False, indent=1) + "\n").encode()


def _load(content: bytes) -> Json:
    if len(content) > MAX_BYTES:
        raise _Unreadable(f"{MAX_BYTES // 1024 // 1024} MB")
    try:
        return json.loads(content, parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise _Unreadable("JSON") from error


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _checklist(data: Mapping[str, Json]) -> Checklist:
    known = {"format", "level", "title", "version", "status", "rating_bands", "sections", "items", "legal_index"}
    notes = {f"{field.name}_note": field.name for field in fields(Notices)}
    _only(data, known | notes.keys(), "")
    return Checklist(
        level=_text(data, "level", ""),
        title=_text(data, "title", ""),
        version=_text(data, "version", ""),
        sections=_each(data, "sections", _section),
        items=_each(data, "items", _item),
        status=_text(data, "status", "", "active"),
        notices=Notices(**{name: _text(data, note, "", "") for note, name in notes.items()}),
        rating_bands=_each(data, "rating_bands", _band),
        legal_index=_legal_index(data.get("legal_index", {})),
    )


def _section(data: Mapping[str, Json], where: str) -> Section:
    _only(data, {"code", "title"}, where)
    return Section(_text(data, "code", where), _text(data, "title", where))


def _band(data: Mapping[str, Json], where: str) -> RatingBand:
    _only(data, {"min", "label"}, where)
    return RatingBand(_decimal(data.get("min"), f"{where}.min"), _text(data, "label", where))


def _legal_index(data: Json) -> tuple[LegalBasis, ...]:
    """By code, so that the order of a JSON object never changes the identity."""
    found = []
    for code, row in sorted(_object(data, "legal_index").items()):
        where = f"legal_index.{code}"
        basis = _object(row, where)
        _only(basis, {"title", "status", "address"}, where)
        title, status = _text(basis, "title", where), _text(basis, "status", where)
        found.append(LegalBasis(clean(code), title, status, _text(basis, "address", where, "")))
    return tuple(found)


_TEXTS = ("finding_hint", "numerator_label", "denominator_label", "count_label", "method")
_LISTS = ("evidence", "legal_basis", "fields", "row_fields")


def _item(data: Mapping[str, Json], where: str) -> Item:
    _only(data, {field.name for field in fields(Item)}, where)
    texts = {name: _text(data, name, where) for name in ("key", "code", "section", "text", "answer_type")}
    texts |= {name: _text(data, name, where, "") for name in _TEXTS}
    lists = {name: _texts(data.get(name, []), f"{where}.{name}") for name in _LISTS}
    return Item(
        max_points=_decimal(data.get("max_points"), f"{where}.max_points"),
        na_allowed=_bool(data.get("na_allowed", False), f"{where}.na_allowed"),
        remedy_days=_whole(data.get("remedy_days"), f"{where}.remedy_days"),
        thresholds=_each(data, "thresholds", _threshold, where),
        **texts,  # type: ignore[arg-type]  # names and types are those of the two lists above
        **lists,  # type: ignore[arg-type]  # as above
    )


def _threshold(data: Mapping[str, Json], where: str) -> Threshold:
    bounds = [name for name in ("min", "max") if name in data]
    if len(bounds) != 1:
        raise _Unreadable(where)
    _only(data, {"min", "max", "fraction"}, where)
    limit = data[bounds[0]]
    value = None if limit is None else _decimal(limit, where)
    return Threshold(bounds[0], value, _decimal(data.get("fraction"), f"{where}.fraction"))


def _object(data: Json, where: str) -> Mapping[str, Json]:
    if not isinstance(data, dict):
        raise _Unreadable(where or "JSON")
    return data


def _only(data: Mapping[str, Json], known: set[str], where: str) -> None:
    """What this program does not know would be lost with the next version, so it is refused."""
    for name in data:
        if name not in known:
            raise _Unreadable(f"{where}.{name}".lstrip("."))


def _each(
    data: Mapping[str, Json], name: str, read: Callable[[Mapping[str, Json], str], _T], where: str = ""
) -> tuple[_T, ...]:
    place = f"{where}.{name}".lstrip(".")
    rows = data.get(name, [])
    if not isinstance(rows, list):
        raise _Unreadable(place)
    return tuple(read(_object(row, f"{place}[{n}]"), f"{place}[{n}]") for n, row in enumerate(rows, 1))


def _text(data: Mapping[str, Json], name: str, where: str, default: str | None = None) -> str:
    found = data.get(name, default)
    if not isinstance(found, str):
        raise _Unreadable(f"{where}.{name}".lstrip("."))
    return clean(found)


def _texts(data: Json, where: str) -> tuple[str, ...]:
    if not isinstance(data, list) or not all(isinstance(part, str) for part in data):
        raise _Unreadable(where)
    return tuple(clean(part) for part in data)


def _bool(data: Json, where: str) -> bool:
    if not isinstance(data, bool):
        raise _Unreadable(where)
    return data


def _whole(data: Json, where: str) -> int | None:
    if data is None or (isinstance(data, int) and not isinstance(data, bool)):
        return data
    raise _Unreadable(where)


def _decimal(data: Json, where: str) -> Decimal:
    """A JSON number or a decimal as text; at most nine digits on either side of the point."""
    if isinstance(data, bool) or not isinstance(data, (int, str, Decimal)) or len(str(data)) > 20:
        raise _Unreadable(where)
    try:
        number = Decimal(data)
        usable = number.is_finite() and abs(number) < 10**9 and number == round(number, 9)
    except ArithmeticError as error:  # no number, or an exponent beyond what can be reckoned with
        raise _Unreadable(where) from error
    if not usable:
        raise _Unreadable(where)
    return number
