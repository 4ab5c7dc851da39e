"""Acts on the inspection itself: beginning it, its header, its state."""

from __future__ import annotations

from datetime import date

from inspector.domain.changeset import Json
from inspector.domain.errors import Refused
from inspector.domain.registry import DELETED, Right, SpaceKind, Type
from inspector.services.acts.declare import Given, act, argument, fields
from inspector.services.case import Case

COPIED = (
    "superior_body",
    "team_name",
    "symbol",
    "place",
    "summary",
    "legal_bases",
    "recipients",
    "copies",
    "plan_reference",
    "team_decision",
)
"""What is the same for the visits of one season and is copied in one act."""

_NOT_FIELDS = ("unit", "checklist", "header_from", "team_from")
_OF_ONE_DAY = ("attendance", "substitute_for", "person")


@act(
    "open_inspection",
    "Lập cuộc kiểm tra",
    argument("unit", Type.TEXT, "Mã đơn vị hành chính hoặc mã sở", required=True),
    *fields("inspection", "form", "planned", "visit_date", "period", required=("form", "visit_date")),
    *fields("inspection", "plan_reference", "team_decision", "visit_notice", "previous"),
    argument("checklist", Type.TEXT, "Khóa hoặc SHA-256 của bộ tiêu chí; bỏ trống thì theo cấp của đơn vị"),
    argument("header_from", Type.REF, "Cuộc kiểm tra lấy phần đầu; bỏ trống thì lấy của cuộc trước"),
    argument("team_from", Type.REF, "Cuộc kiểm tra lấy thành phần đoàn"),
    right=Right.PLAN,
    inside=False,
)
def open_inspection(case: Case, given: Given) -> str:
    """One unit, one form, one pinned checklist version; copies the header of ``header_from``, else of ``previous``.

    Of the team it copies everybody but those who stood in for somebody, and not who was present.
    """
    visit_date = date.fromisoformat(str(given["visit_date"]))
    unit = case.library.unit_snapshot(str(given["unit"]), visit_date)
    checklist = case.library.pin_checklist(_text(given.get("checklist")), str(unit["level"]), visit_date)
    header = _header_of(case, given.get("header_from") or given.get("previous"))
    space = case.open_space(SpaceKind.INSPECTION)
    case.put(
        "inspection",
        space,
        {
            **header,
            **{name: value for name, value in given.items() if name not in _NOT_FIELDS},
            "unit": unit,
            "checklist": checklist,
            "scored": case.library.is_scored(str(checklist["hash"])) or None,
            "status": "open",
            "planned": given.get("planned", given["form"] != "surprise"),
        },
    )
    _copy_team(case, given.get("team_from"))
    return space


@act(
    "edit_inspection",
    "Sửa thông tin cuộc kiểm tra",
    *fields("inspection", "form", "planned", "visit_date", "period", "plan_reference", "team_decision", "visit_notice"),
    *fields("inspection", "superior_body", "team_name", "number", "symbol", "place", "venue", "summary"),
    *fields("inspection", "legal_bases", "recipients", "copies", "pages", "opened", "closed"),
    right=Right.DRAFT,
)
def edit_inspection(case: Case, given: Given) -> str:
    case.put("inspection", case.space, given)
    return case.space


@act(
    "copy_header",
    "Lấy phần đầu biên bản từ cuộc trước",
    argument("from_inspection", Type.REF, "Cuộc kiểm tra lấy phần đầu", required=True),
    right=Right.DRAFT,
)
def copy_header(case: Case, given: Given) -> str:
    """Superior body, team, symbol, place, bases, recipients and decisions of another inspection, in one act."""
    case.put("inspection", case.space, _header_of(case, given["from_inspection"]))
    return case.space


@act(
    "use_letterhead",
    "Dùng phần đầu biên bản đã lưu",
    argument("name", Type.TEXT, "Tên phần đầu đã lưu", required=True),
    right=Right.DRAFT,
)
def use_letterhead(case: Case, given: Given) -> str:
    saved = case.library.letterhead(str(given["name"]))
    case.put("inspection", case.space, {name: saved.get(name) for name in COPIED if saved.get(name) is not None})
    return case.space


@act(
    "change_status",
    "Đổi trạng thái cuộc kiểm tra",
    *fields("inspection", "status", required=("status",)),
    argument("reason", Type.TEXT, "Lý do, bắt buộc khi hủy"),
    right=Right.DECIDE,
    on_cancelled=True,
)
def change_status(case: Case, given: Given) -> str:
    """Planned, open, finished or cancelled; cancelling needs a reason."""
    if given["status"] == "cancelled" and not given.get("reason"):
        raise Refused("reason-needed", act="Hủy cuộc kiểm tra")
    case.why = _text(given.get("reason"))
    case.put("inspection", case.space, {"status": given["status"]})
    return case.space


@act("remove_inspection", "Xóa cuộc kiểm tra", right=Right.PLAN, on_cancelled=True)
def remove_inspection(case: Case, given: Given) -> str:
    """Taken off every list until it is brought back; what was recorded stays in the log."""
    return case.remove("inspection", case.space)


@act("adopt_scoring_here", "Chấm điểm cuộc kiểm tra này", *fields("inspection", "scored"), right=Right.PLAN)
def adopt_scoring_here(case: Case, given: Given) -> str:
    """Points of this inspection on or off; off unless the office adopted the points of its checklist."""
    case.put("inspection", case.space, {"scored": given.get("scored")})
    return case.space


@act(
    "restore_record",
    "Khôi phục bản ghi đã xóa",
    argument("entity", Type.TEXT, "Loại bản ghi", required=True),
    argument("record", Type.REF, "Mã bản ghi", required=True),
    on_deleted=True,
)
def restore_record(case: Case, given: Given) -> str:
    entity, record = str(given["entity"]), str(given["record"])
    found = case.find(entity, record)
    if found is None:
        raise Refused("record-not-found", entity=entity, id=record)
    if any(head.value for head in case.standing(entity, record, DELETED)):
        case.put(entity, record, {DELETED: False})
    return record


def _header_of(case: Case, previous: Json) -> dict[str, Json]:
    if not isinstance(previous, str):
        return {}
    records = case.other(previous, "inspection")
    if not records:
        raise Refused("inspection-not-found", id=previous)
    values = records[0].values
    return {name: values[name] for name in COPIED if values.get(name) is not None}


def _copy_team(case: Case, previous: Json) -> None:
    if not isinstance(previous, str):
        return
    for member in case.other(previous, "team_member"):
        if member.values.get("substitute_for"):
            continue
        person = str(member.values.get("person") or member.id)
        kept = {name: value for name, value in member.values.items() if name not in _OF_ONE_DAY}
        case.put("team_member", case.keyed("team_member", "person", person), {**kept, "person": person})


def _text(value: Json) -> str | None:
    return value if isinstance(value, str) else None
