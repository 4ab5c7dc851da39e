"""Deciding where people disagree (quyết định chỗ chưa thống nhất): one of the values, or one written from both."""

from __future__ import annotations

import json

from inspector.domain.changeset import Json
from inspector.domain.errors import BadInput, Refused
from inspector.domain.registry import DELETED, ENTITIES, Field, Right, Type, right_of
from inspector.domain.values import stored
from inspector.services.acts.declare import Given, act, argument
from inspector.services.case import Case, signature_id

_TEXTS = (Type.TEXT, Type.LONG_TEXT, Type.CODE, Type.REF, Type.DATE, Type.TIME, Type.INSTANT, Type.DECIMAL, Type.BLOB)
_LABEL = "Quyết định chỗ chưa thống nhất"


@act(
    "decide",
    _LABEL,
    argument("entity", Type.TEXT, "Loại bản ghi, như `answer`, `finding`", required=True),
    argument("record", Type.REF, "Bản ghi", required=True),
    argument("field", Type.TEXT, "Mục; `_del` khi một bên xóa, một bên sửa", required=True),
    argument("keep", Type.TEXT, "Giữ ý kiến này: mã của ý kiến như lệnh `conflicts --json` nêu"),
    argument(
        "value", Type.LONG_TEXT, "Hoặc ghi ý kiến chung: chữ, ngày; mục là nhóm, số, danh sách thì viết dạng JSON"
    ),
    argument("why", Type.LONG_TEXT, "Lý do; bắt buộc khi cuộc kiểm tra đã xong hoặc biên bản đã ký"),
    right=Right.DECIDE,
    after_signing=True,
)
def decide(case: Case, given: Given) -> str:
    """What stands takes the place of everything its author saw, and says what it was chosen between.

    Deciding again changes a decision. An opinion that came meanwhile, and is not among ``seen``, leaves the place open.
    """
    entity, record, field = (str(given[name]) for name in ("entity", "record", "field"))
    shape = _shape(entity, field)
    if case.find(entity, record) is None:
        raise Refused("record-not-found", entity=ENTITIES[entity].label, id=record)
    needed = right_of(entity, field)
    if needed not in case.rights:
        raise Refused("right-missing", act=_LABEL, right=needed.value)
    between = _between(case, entity, record, field)
    value = _kept(case, given, between, entity, record, field) if given.get("keep") else _written(given, shape, field)
    why = given.get("why")
    if not why and _is_closed(case):
        raise Refused("reason-needed", act=_LABEL)
    case.settle(entity, record, field, value)
    case.why = str(why) if why else None
    case.payload = {"between": [*between]}
    return record


def _shape(entity: str, field: str) -> Field | None:
    """The field as the registry has it; None for the deletion of a record."""
    known = ENTITIES.get(entity)
    found = known.field(field) if known else None
    if known is None or (found is None and field != DELETED):
        raise BadInput("decide-unknown-field", field="field", entity=entity, name=field)
    return found


def _between(case: Case, entity: str, record: str, field: str) -> tuple[str, ...]:
    """Everything the decision is between: what is seen to stand, and what an earlier decision chose between."""
    seen = case.seen_of(entity, record, field)
    earlier = [operation for named in seen for operation in case.between(named)]
    if not earlier and not case.disagree(entity, record, field):
        raise Refused("nothing-to-decide")
    edits = case.edited_apart(entity, record) if field == DELETED else []
    return tuple(dict.fromkeys((*earlier, *seen, *edits)))


def _kept(case: Case, given: Given, between: tuple[str, ...], entity: str, record: str, field: str) -> Json:
    """The value of the opinion that is kept; where a record was deleted, keeping an edit keeps the record."""
    keep = str(given["keep"])
    if given.get("value") is not None:
        raise BadInput("decide-one-way", field="keep")
    if keep not in between:
        raise BadInput("seen-unknown", field="keep", operation=keep)
    if field == DELETED and not case.wrote(keep, entity, record, DELETED):
        return False
    return case.value_of(keep)


def _written(given: Given, shape: Field | None, field: str) -> Json:
    """The value somebody wrote, in stored form."""
    text = given.get("value")
    if text is None:
        raise BadInput("decide-one-way", field="value")
    if shape is not None and shape.type in _TEXTS:
        return stored(shape, text, shape.members)
    try:
        value = json.loads(str(text))
    except ValueError:
        raise BadInput("decide-not-json", field="value", name=field) from None
    if shape is None:
        if not isinstance(value, bool):
            raise BadInput("value-needs-yes-no", field="value")
        return value
    return stored(shape, value, shape.members)


def _is_closed(case: Case) -> bool:
    """Whether a finished or signed record changes."""
    signed = case.find("signature", signature_id(case.space))
    head = case.find("inspection", case.space)
    return (signed is not None and not signed.deleted) or (head is not None and head.values.get("status") == "finished")
