"""The JSON Schema of one line of ``record``, made from the declarations of the acts.

It says what ``Act.accept`` takes, written the one way that is recommended: dates ``2026-11-26``, hours ``08:30``. An
argument that may be emptied also takes ``null``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from inspector.domain.registry import Member, Type
from inspector.domain.values import LIST_LIMIT, TEXT_LIMIT
from inspector.services.acts import ACTS, Act, Argument

Schema = dict[str, object]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = "[0-9]{2}:[0-9]{2}"
_ZONE = "(Z|[+-][0-9]{2}:[0-9]{2})?"


def line_schema() -> Schema:
    """The schema of every line: which acts there are, and what each takes."""
    return {
        "$schema": DIALECT,
        "title": "Một dòng của lệnh record",
        "type": "object",
        "properties": {
            "id": {"type": "string", "minLength": 1, "maxLength": 200, "description": "Mã do bên gửi đặt"},
            "act": {"enum": sorted(ACTS), "description": "Việc cần làm"},
            "inspection": {"type": "string", "minLength": 1, "description": "Mã cuộc kiểm tra, hoặc @mã của dòng lập"},
            "with": {"type": "object", "description": "Các mục của việc"},
            "seen": {
                "type": "object",
                "additionalProperties": {"type": "array", "items": {"type": "string"}},
                "description": "Mã các ý kiến đã xem, theo tên mục",
            },
        },
        "required": ["id", "act"],
        "additionalProperties": False,
        "allOf": [_rule(act) for act in ACTS.values()],
    }


def _rule(act: Act) -> Schema:
    needed = [argument.name for argument in act.arguments if argument.required]
    arguments: Schema = {
        "type": "object",
        "properties": {argument.name: _argument(argument) for argument in act.arguments},
        "required": needed,
        "additionalProperties": False,
    }
    keys = (["inspection"] if act.inside else []) + (["with"] if needed else [])
    then: Schema = {"title": act.label, "properties": {"with": arguments}, "required": keys}
    return {"if": {"properties": {"act": {"const": act.name}}, "required": ["act"]}, "then": then}


def _argument(argument: Argument) -> Schema:
    schema = _of_type(argument.type, argument.options, argument.members)
    filled = _filled(schema) if argument.required else _or_null(schema)
    return {"description": argument.label, **filled}


def _of_type(kind: Type, options: Sequence[str], members: Sequence[Member]) -> Schema:
    if kind is Type.GROUP:
        inner = {
            member.name: {"description": member.label, **_or_null(_of_type(member.type, member.options, ()))}
            for member in members
        }
        return {"type": "object", "properties": inner, "additionalProperties": False}
    if kind is Type.CODE:
        return {"type": "string", "enum": list(options)}
    return dict(_PLAIN[kind])


def _filled(schema: Mapping[str, object]) -> Schema:
    """What a required argument may not be: blank, or a group with nothing in it."""
    if schema.get("type") == "object":
        return {**schema, "minProperties": 1}
    return {**schema, "pattern": "\\S"} if schema == _TEXT else dict(schema)


def _or_null(schema: Mapping[str, object]) -> Schema:
    if "anyOf" in schema:
        return {"anyOf": [*_parts(schema["anyOf"]), {"type": "null"}]}
    empty: Schema = {"type": [schema["type"], "null"]}
    if "enum" in schema:
        empty["enum"] = [*_parts(schema["enum"]), None]
    return {**schema, **empty}


def _parts(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []


def _pattern(pattern: str) -> Schema:
    return {"type": "string", "pattern": f"^{pattern}$"}


_TEXT: Schema = {"type": "string", "maxLength": TEXT_LIMIT}
_PLAIN: Mapping[Type, Schema] = {
    Type.TEXT: _TEXT,
    Type.LONG_TEXT: _TEXT,
    Type.REF: _TEXT,
    Type.BOOL: {"type": "boolean"},
    Type.INT: {"type": "integer", "minimum": 0, "maximum": 10**15},
    Type.DECIMAL: {"anyOf": [{"type": "integer"}, _pattern("-?[0-9]+([.,][0-9]+)?")]},
    Type.DATE: _pattern(_DATE),
    Type.TIME: _pattern(_TIME),
    Type.INSTANT: _pattern(f"{_DATE}T{_TIME}(:[0-9]{{2}}([.][0-9]+)?)?{_ZONE}"),
    Type.BLOB: _pattern("[0-9a-f]{64}"),
    Type.LIST: {"type": "array", "items": {"type": "string"}, "maxItems": LIST_LIMIT},
}
