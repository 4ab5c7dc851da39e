"""Acts on the people: the team and those of the unit."""

from __future__ import annotations

from inspector.domain.ids import new_id
from inspector.domain.registry import Right, Type
from inspector.services.acts.declare import Given, act, argument, fields
from inspector.services.acts.machines import let_in, team_rights
from inspector.services.case import Case

_WHO = argument("member", Type.REF, "Thành viên đoàn", required=True)
_PERSON = argument("unit_person", Type.REF, "Người của đơn vị", required=True)


@act(
    "add_member",
    "Thêm thành viên đoàn",
    *fields("team_member", required=("name", "role")),
    right=Right.DECIDE,
)
def add_member(case: Case, given: Given) -> str:
    """A member from one of the agencies; the same ``person`` added twice is one member.

    Where laptops or invitations of this person are known, and this laptop may let others in, they are in with it.
    """
    person = str(given.get("person") or new_id())
    record = case.keyed("team_member", "person", person)
    known = case.find("team_member", record)
    order = {} if known is not None and not known.deleted else {"order": case.last_place("team_member")}
    case.revive("team_member", record)
    case.put("team_member", record, {**order, **given, "person": person})
    if case.may(Right.ENROL):
        standing = {} if known is None else known.values
        let_in(case, person, team_rights({**standing, **given}))
    return record


@act("edit_member", "Sửa thành viên đoàn", _WHO, *fields("team_member"), right=Right.DECIDE)
def edit_member(case: Case, given: Given) -> str:
    record = case.need("team_member", given["member"]).id
    case.put("team_member", record, {name: value for name, value in given.items() if name != "member"})
    return record


@act("remove_member", "Bỏ thành viên đoàn", _WHO, right=Right.DECIDE)
def remove_member(case: Case, given: Given) -> str:
    return case.remove("team_member", given["member"])


@act(
    "mark_member",
    "Ghi thành viên có mặt, vắng mặt",
    _WHO,
    *fields("team_member", "attendance", required=("attendance",)),
    right=Right.DRAFT,
)
def mark_member(case: Case, given: Given) -> str:
    record = case.need("team_member", given["member"]).id
    case.put("team_member", record, {"attendance": given["attendance"]})
    return record


@act(
    "add_unit_person",
    "Thêm người của đơn vị",
    *fields("unit_person", required=("name",)),
    right=Right.DRAFT,
)
def add_unit_person(case: Case, given: Given) -> str:
    return case.create("unit_person", given)


@act("edit_unit_person", "Sửa người của đơn vị", _PERSON, *fields("unit_person"), right=Right.DRAFT)
def edit_unit_person(case: Case, given: Given) -> str:
    record = case.need("unit_person", given["unit_person"]).id
    case.put("unit_person", record, {name: value for name, value in given.items() if name != "unit_person"})
    return record


@act("remove_unit_person", "Bỏ người của đơn vị", _PERSON, right=Right.DRAFT)
def remove_unit_person(case: Case, given: Given) -> str:
    return case.remove("unit_person", given["unit_person"])
