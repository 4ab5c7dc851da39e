"""What was recorded, in words: what a record is called, and a stored value of any field as people read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from inspector.domain.changeset import Json
from inspector.domain.checklist import ANSWER_TYPES, Checklist
from inspector.domain.ids import natural_id
from inspector.domain.inspection import Answer, Inspection
from inspector.domain.item_prose import result_words
from inspector.domain.phrases import label, one_line, short_code
from inspector.domain.registry import DELETED, ENTITIES, Field, Member, Type
from inspector.domain.sections import SECTIONS
from inspector.domain.values import readable
from inspector.domain.wording import number, short_day, short_moment

CODES: Mapping[str, str] = {
    "on_site": "trực tiếp",
    "remote": "trực tuyến",
    "surprise": "đột xuất",
    "planned": "theo kế hoạch",
    "open": "đang kiểm tra",
    "finished": "đã xong",
    "cancelled": "đã hủy",
    "signed": "đã ký",
    "refused": "từ chối ký",
    "absent": "vắng mặt",
    "strength": "ưu điểm",
    "good_practice": "cách làm hay",
    "shortcoming": "tồn tại, hạn chế",
    "minor": "nhẹ",
    "significant": "đáng kể",
    "serious": "nghiêm trọng",
    "lead": "Trưởng đoàn",
    "deputy": "Phó Trưởng đoàn",
    "secretary": "Thư ký",
    "member": "Thành viên",
    "invited": "Khách mời",
    "team": "Đoàn kiểm tra",
    "unit": "đơn vị được kiểm tra",
    "other": "bên khác",
    "own": "của đơn vị",
    "handed_over": "được giao lại",
}
"""What the stored codes mean, in the words of a sentence."""

_LONGEST = 90


def field_words(entity: str, field: str) -> str:
    """What a field is called: "Nhận xét"."""
    if field == DELETED:
        return "Xóa bản ghi"
    known = ENTITIES.get(entity)
    found = known.field(field) if known else None
    return found.label if found else field


def record_words(inspection: Inspection, checklist: Checklist | None, entity: str, record: str) -> str:
    """What a record is called: "III.5 Trả kết quả đúng hạn", "Tồn tại, hạn chế: Ban hành chậm"."""
    if entity == "answer":
        key = next((key for key, answer in inspection.answers.items() if answer.id == record), "")
        item = next((item for item in (checklist.items if checklist else ()) if item.key == key), None)
        return _short(f"{short_code(item.code)} {label(item.text)}") if item else "Kết quả của một mục"
    if entity == "inspection":
        return "Thông tin chung của cuộc kiểm tra"
    named = _named(inspection, entity, record)
    kind = ENTITIES[entity].label.split(":")[0].split("(")[0].strip() if entity in ENTITIES else entity
    return _short(f"{kind}: {one_line(named)}") if named else kind


def _named(inspection: Inspection, entity: str, record: str) -> str:
    """The text by which people know a record of this inspection."""
    found: dict[str, str | None] = {}
    if entity in ("finding", "recommendation"):
        found = {finding.id: finding.content for finding in inspection.findings}
        found |= {task.id: task.content for finding in inspection.findings for task in finding.recommendations}
    elif entity in ("team_member", "unit_person", "signer"):
        found = {member.id: member.name for member in inspection.team}
        found |= {person.id: person.name for person in inspection.unit_people}
        found |= {signer.id: signer.name for signer in inspection.signers}
    elif entity == "minutes_section":
        found = {natural_id(inspection.id, entity, key): section.title for key, section in SECTIONS.items()}
    elif entity == "dossier":
        found = {row.id: row.code for row in inspection.dossiers}
    elif entity == "headcount":
        found = {row.id: row.place for row in inspection.headcounts}
    elif entity == "evidence":
        found = {piece.id: piece.caption or (piece.file.name if piece.file else None) for piece in inspection.evidence}
    return found.get(record) or ""


def value_words(
    inspection: Inspection, checklist: Checklist | None, entity: str, record: str, field: str, value: Json
) -> str:
    """A stored value as people read it; "" for an empty one."""
    if field == DELETED:
        return "Xóa" if value else "Giữ lại"
    if (entity, field) == ("answer", "result"):
        return _result(inspection, checklist, record, value)
    if (entity, field) == ("finding", "merged_into") and isinstance(value, str):
        return record_words(inspection, checklist, "finding", value)
    if (entity, field) == ("minutes_section", "body"):
        return str(value.get("text") or "") if isinstance(value, dict) else ""
    known = ENTITIES.get(entity)
    found = known.field(field) if known else None
    if found is None:
        return "" if value is None else str(value)
    return _said(found, value)


def _result(inspection: Inspection, checklist: Checklist | None, record: str, value: Json) -> str:
    """The result in the checklist's own words, with the points that were given by hand."""
    if not isinstance(value, dict):
        return ""
    key = next((key for key, answer in inspection.answers.items() if answer.id == record), "")
    item = next((item for item in (checklist.items if checklist else ()) if item.key == key), None)
    field = ENTITIES["answer"].field("result")
    if item is None or field is None:
        return "; ".join(str(part) for part in value.values())
    given = readable(field, value, field.members)
    said = given if isinstance(given, dict) else {}
    words = {name: said.get(name) for name in ("value", "numerator", "denominator", "count", "reason")}
    answer = Answer(record, key, not_applicable=bool(said.get("not_applicable")), **words)  # type: ignore[arg-type]  # ``readable`` gives the types of the registry
    parts = [result_words(item, answer)]
    if score := said.get("appraised_score"):
        parts.append(f"điểm thẩm định {number(str(score))}/{number(item.max_points)}")
    if reason := said.get("appraised_reason"):
        parts.append(f"lý do: {reason}")
    return "; ".join(part for part in parts if part)


def member_words(member: Member, value: Json) -> str:
    """One part of a group as people read it."""
    if member.name == "value" and isinstance(value, str):
        known = (choice for kind in ANSWER_TYPES.values() for choice in kind.choices if choice.value == value)
        return next((choice.label for choice in known), value)
    return _said(member, value)


def _said(shape: Field | Member, value: Json) -> str:
    if value is None:
        return ""
    if isinstance(shape, Field) and shape.type is Type.GROUP:
        parts = value if isinstance(value, dict) else {}
        told = ((member.label, _said(member, parts.get(member.name))) for member in shape.members)
        return "; ".join(f"{name}: {words}" for name, words in told if words)
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        return "; ".join(str(part) for part in value)
    if shape.type is Type.CODE:
        return CODES.get(str(value), str(value))
    return _moment(shape.type, str(value))


def _moment(kind: Type, text: str) -> str:
    try:
        if kind is Type.DATE:
            return short_day(date.fromisoformat(text))
        if kind is Type.INSTANT:
            return short_moment(datetime.fromisoformat(text))
    except ValueError:
        return text
    return number(text) if kind is Type.DECIMAL else text


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
