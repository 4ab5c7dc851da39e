"""``record``: one act per line of JSON, one receipt per line, each receipt only after the commit.

A line is ``{"id": …, "act": …, "inspection": …, "with": {…}, "seen": {…}}``. Wherever an inspection or a record is
named, ``"@id"`` stands for what the act of that id was about: an earlier line, also of an earlier run. A line that
cannot be taken gets a receipt naming line, field and reason, and the rest goes on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from inspector.domain.errors import BadInput, InspectorError
from inspector.domain.registry import Type
from inspector.services.acts import ACTS
from inspector.services.wording import sentence

if TYPE_CHECKING:
    from inspector.services.desk import Desk

LINE_LIMIT = 256 * 1024
_DEPTH = 16
_SURROGATE = re.compile("[\ud800-\udfff]")
KEYS = ("id", "act", "inspection", "with", "seen")
Line = Mapping[str, object]


def record(desk: Desk, lines: Iterable[bytes]) -> Iterator[str]:
    """The receipt of each line, as one line of JSON, in order; blank lines have none.

    Raises:
        Unavailable: the machine cannot save (disk full); the lines from here on were not taken.
    """
    refs: dict[str, str] = {}
    for number, raw in enumerate(lines, 1):
        if raw.strip():
            yield json.dumps(_take(desk, number, raw, refs), ensure_ascii=False)


def _take(desk: Desk, number: int, raw: bytes, refs: dict[str, str]) -> dict[str, object]:
    identity: object = None
    try:
        line = _read(raw)
        identity = line.get("id")
        receipt = desk.perform(
            _word(line, "act"),
            _with_refs(desk, line, refs),
            inspection=_ref(desk, line.get("inspection"), refs, "inspection"),
            act=_word(line, "id"),
            seen=_seen(line.get("seen")),
        )
    except InspectorError as error:
        if not isinstance(error, BadInput) and _stops(error):
            raise
        reason = sentence(error)
        return {
            "line": number,
            "id": identity,
            "ok": False,
            "code": error.code,
            "field": _field(error),
            "reason": reason,
        }
    refs[receipt.act] = receipt.ref
    return {
        "line": number,
        "id": receipt.act,
        "ok": True,
        "act": receipt.name,
        "space": receipt.space,
        "ref": receipt.ref,
        "hash": receipt.hash,
    }


def _stops(error: InspectorError) -> bool:
    from inspector.domain.errors import Damaged, Unavailable

    return isinstance(error, Unavailable | Damaged)


def _read(raw: bytes) -> Line:
    if len(raw) > LINE_LIMIT:
        raise BadInput("line-too-long", field="", limit=LINE_LIMIT)
    try:
        line = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_no_doubles, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise BadInput("line-not-utf8", field="", position=error.start) from None
    except RecursionError:
        raise BadInput("line-too-deep", field="", limit=_DEPTH) from None
    except ValueError as error:
        where = f"ký tự thứ {error.pos + 1}" if isinstance(error, json.JSONDecodeError) else "số quá dài"
        raise BadInput("line-not-json", field="", detail=where) from None
    if not isinstance(line, dict):
        raise BadInput("line-not-object", field="")
    _check_inside(line)
    for name in line:
        if name not in KEYS:
            raise BadInput("line-unknown-key", field=str(name), keys=", ".join(KEYS))
    return line


def _check_inside(line: Line) -> None:
    """Nothing nested without end, no half of a surrogate pair: escapes can say what no text can hold."""
    level: list[object] = [line]
    for _ in range(_DEPTH):
        if any(_SURROGATE.search(value) for value in level if isinstance(value, str)):
            raise BadInput("line-half-letter", field="")
        inner = [value for value in level if isinstance(value, dict | list)]
        level = [part for value in inner for part in ((*value, *value.values()) if isinstance(value, dict) else value)]
        if not level:
            return
    raise BadInput("line-too-deep", field="", limit=_DEPTH)


def _no_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise BadInput("line-double-key", field=name)
        found[name] = value
    return found


def _no_constant(word: str) -> object:
    raise BadInput("line-not-json", field="", detail=word)


def _word(line: Line, key: str) -> str:
    value = line.get(key)
    if not isinstance(value, str) or not value.strip() or len(value) > 200 or not value.isprintable():
        raise BadInput("line-needs-text", field=key)
    return value


def _with_refs(desk: Desk, line: Line, refs: dict[str, str]) -> dict[str, object]:
    given = line.get("with", {})
    if not isinstance(given, dict):
        raise BadInput("line-not-object", field="with")
    declared = ACTS.get(str(line.get("act")))
    references = {argument.name for argument in declared.arguments if argument.type is Type.REF} if declared else set()
    return {name: _ref(desk, value, refs, name) if name in references else value for name, value in given.items()}


def _ref(desk: Desk, value: object, refs: dict[str, str], field: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadInput("value-needs-text", field=field)
    if not value.startswith("@"):
        return value
    known = refs.get(value[1:]) or desk.ref_of(value[1:])
    if known is None:
        raise BadInput("line-unknown-reference", field=field, id=value)
    return known


def _seen(value: object) -> dict[str, list[str]] | None:
    if value is None:
        return None
    if not isinstance(value, dict) or not all(
        isinstance(named, list) and all(isinstance(operation, str) for operation in named) for named in value.values()
    ):
        raise BadInput("line-seen-malformed", field="seen")
    return value


def _field(error: InspectorError) -> str | None:
    """Which argument the reason is about; rules of an item name the item."""
    field = error.params.get("field") or ("item" if "item" in error.params else None)
    return str(field) if field else None
