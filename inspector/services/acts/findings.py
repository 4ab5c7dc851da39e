"""Acts on findings, recommendations and the unit's opinion."""

from __future__ import annotations

from inspector.domain.changeset import Json
from inspector.domain.errors import Refused
from inspector.domain.registry import Right, Type
from inspector.services.acts.declare import Given, act, argument, fields
from inspector.services.case import Case

_FINDING = argument("finding", Type.REF, "Phát hiện", required=True)
_RECOMMENDATION = argument("recommendation", Type.REF, "Kiến nghị", required=True)
_SAID = (
    "kind",
    "section",
    "item",
    "content",
    "facts",
    "severity",
    "cause_internal",
    "cause_external",
    "legal_bases",
    "repeats",
    "order",
)


@act("add_finding", "Thêm phát hiện", *fields("finding", *_SAID, required=("kind",)))
def add_finding(case: Case, given: Given) -> str:
    """A strength, good practice or shortcoming. From an item it takes that item's section."""
    return case.create("finding", _of_item(case, given))


@act("edit_finding", "Sửa phát hiện", _FINDING, *fields("finding", *_SAID))
def edit_finding(case: Case, given: Given) -> str:
    """Changing the kind keeps every text."""
    record = case.need("finding", given["finding"]).id
    case.put("finding", record, {name: value for name, value in _of_item(case, given).items() if name != "finding"})
    return record


@act("remove_finding", "Xóa phát hiện", _FINDING)
def remove_finding(case: Case, given: Given) -> str:
    return case.remove("finding", given["finding"])


@act(
    "merge_findings",
    "Gộp phát hiện trùng",
    _FINDING,
    argument("into", Type.REF, "Gộp vào phát hiện", required=True),
    right=Right.DECIDE,
)
def merge_findings(case: Case, given: Given) -> str:
    """The finding is read through the other from now on; both stay readable."""
    record, into = case.need("finding", given["finding"]).id, case.need("finding", given["into"])
    if record == into.id or into.values.get("merged_into"):
        raise Refused("merge-into-itself")
    case.put("finding", record, {"merged_into": into.id})
    return record


@act(
    "add_recommendation",
    "Thêm kiến nghị",
    _FINDING,
    *fields("recommendation", "content", "responsible", "deadline", "report_to", "order"),
)
def add_recommendation(case: Case, given: Given) -> str:
    """Any number for one finding. Where no deadline is given, the item's usual days are suggested, not confirmed."""
    finding = case.need("finding", given["finding"])
    values = dict(given)
    item = finding.values.get("item")
    if given.get("deadline") is None and isinstance(item, str) and (days := case.library.item(case, item).remedy_days):
        values["deadline"] = {"working_days": days, "confirmed": False}
    return case.create("recommendation", {**values, "finding": finding.id})


@act(
    "edit_recommendation",
    "Sửa kiến nghị",
    _RECOMMENDATION,
    *fields("recommendation", "content", "responsible", "deadline", "report_to", "order"),
)
def edit_recommendation(case: Case, given: Given) -> str:
    record = case.need("recommendation", given["recommendation"]).id
    case.put("recommendation", record, {name: value for name, value in given.items() if name != "recommendation"})
    return record


@act("remove_recommendation", "Xóa kiến nghị", _RECOMMENDATION)
def remove_recommendation(case: Case, given: Given) -> str:
    return case.remove("recommendation", given["recommendation"])


@act("state_opinion", "Ghi ý kiến chung của đơn vị", *fields("inspection", "unit_opinion"))
def state_opinion(case: Case, given: Given) -> str:
    case.put("inspection", case.space, {"unit_opinion": given.get("unit_opinion")})
    return case.space


@act("state_opinion_on", "Ghi ý kiến của đơn vị về phát hiện", _FINDING, *fields("finding", "unit_opinion"))
def state_opinion_on(case: Case, given: Given) -> str:
    record = case.need("finding", given["finding"]).id
    case.put("finding", record, {"unit_opinion": given.get("unit_opinion")})
    return record


@act("add_comment", "Ghi trao đổi nội bộ", *fields("comment", required=("text",)), after_signing=True)
def add_comment(case: Case, given: Given) -> str:
    """Never printed; may name the record it is about."""
    return case.create("comment", given)


def _of_item(case: Case, given: Given) -> dict[str, Json]:
    """The item by its permanent key, and its section where none was named."""
    if not isinstance(given.get("item"), str):
        return dict(given)
    item = case.library.item(case, str(given["item"]))
    return {"section": item.section, **given, "item": item.key}
