"""Acts on who may write: letting laptops in, taking them out, settling what waits for somebody's decision.

Nothing here is undone: the next such record, knowing of this one, says otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from inspector.domain.changeset import Json
from inspector.domain.credentials import CONTROL_KINDS, Reason
from inspector.domain.errors import BadInput, Refused
from inspector.domain.ids import new_id
from inspector.domain.judgement import rights_needed
from inspector.domain.registry import ALL_RIGHTS, Right, Type, right_of
from inspector.services.acts.declare import Given, act, argument
from inspector.services.case import Case

if TYPE_CHECKING:
    from inspector.storage.machines import Machine

RIGHTS_OF_ROLE = {
    "lead": ("write", "draft", "decide", "enrol"),
    "deputy": ("write", "draft", "decide", "enrol"),
    "secretary": ("write", "draft"),
    "member": ("write",),
    "invited": ("write",),
}
"""What the laptop of a member of the team may write, where nothing else is said."""

SETTLED = frozenset((Reason.NOT_ADMITTED, Reason.REVOKED, Reason.RIGHT_MISSING, Reason.HIDDEN, Reason.DISPUTED))
"""Why a record waits that a person can take or hide; the others are damaged, or no work of a person."""

_KEY_HEX = 64
_RIGHTS = argument("rights", Type.LIST, "Quyền: write, draft, decide, plan, enrol")
_DEVICE = argument("device", Type.TEXT, "Mã máy", required=True)
_ROOT = argument("root", Type.TEXT, "Khóa công khai, 64 chữ số thập lục phân", required=True)
_RECORDS = argument("records", Type.LIST, "Mã băm của các bản ghi chờ duyệt", required=True)
_REASON = argument("reason", Type.TEXT, "Lý do", required=True)


@act(
    "admit_member",
    "Cho máy của thành viên vào cuộc kiểm tra",
    argument("member", Type.REF, "Thành viên đoàn", required=True),
    _RIGHTS,
    right=Right.ENROL,
    after_signing=True,
)
def admit_member(case: Case, given: Given) -> str:
    """Every laptop of this person that is known here, and whatever comes with an invitation of theirs."""
    member = case.need("team_member", given["member"])
    rights = _rights(given.get("rights")) or team_rights(member.values)
    if not let_in(case, str(member.values.get("person")), rights):
        raise Refused("machine-of-nobody", person=str(member.values.get("name")))
    return member.id


@act(
    "invite_machine",
    "Cho máy có giấy mời vào",
    _ROOT,
    argument("person", Type.TEXT, "Mã người được mời"),
    argument("name", Type.TEXT, "Họ và tên"),
    argument("agency", Type.TEXT, "Cơ quan"),
    argument("invitation", Type.TEXT, "Mã giấy mời"),
    argument("spare", Type.BOOL, "Giấy mời dự phòng"),
    argument("rights", Type.LIST, "Quyền: write, draft, decide, plan, enrol", required=True),
    right=Right.ENROL,
    after_signing=True,
    in_office=True,
)
def invite_machine(case: Case, given: Given) -> str:
    """Whoever certifies a device with the secret half of this key is let in."""
    said: dict[str, Json] = {
        "id": given.get("invitation") or new_id(),
        "person": {"id": given.get("person"), "name": given.get("name"), "agency": given.get("agency")},
        "spare": given.get("spare") is True,
    }
    root = _key(given["root"])
    case.control("member", {"root": root, "rights": list(_rights(given["rights"])), "invites": said})
    return root


@act(
    "adopt_machine",
    "Nhận những gì một máy đã ghi khi làm việc riêng",
    _ROOT,
    argument("rights", Type.LIST, "Quyền: write, draft, decide, plan, enrol", required=True),
    right=Right.ENROL,
    after_signing=True,
    in_office=True,
)
def adopt_machine(case: Case, given: Given) -> str:
    """What the laptops of a root wrote here up to now counts; nothing is signed again, and what comes later waits."""
    root = _key(given["root"])
    frontier = _frontier(machine for machine in case.machines() if machine.certificate.root.hex() == root)
    case.control("member", {"root": root, "rights": list(_rights(given["rights"])), "frontier": frontier})
    return root


@act("revoke_machine", "Thu hồi máy", _DEVICE, _REASON, right=Right.ENROL, after_signing=True, in_office=True)
def revoke_machine(case: Case, given: Given) -> str:
    """What is here of its records stays; what comes later waits for a decision, nothing of it is thrown away."""
    device = str(given["device"])
    if device == case.own_device:
        raise Refused("machine-own")
    case.why = str(given["reason"])
    frontier = _frontier(machine for machine in case.machines() if machine.device == device)
    case.control("revoke", {"dev": device, "frontier": frontier})
    return device


@act(
    "revoke_invitation",
    "Thu hồi giấy mời",
    _ROOT,
    _REASON,
    right=Right.ENROL,
    after_signing=True,
    in_office=True,
)
def revoke_invitation(case: Case, given: Given) -> str:
    """Every laptop that came with it is out from here on; what they wrote until now stays."""
    root = _key(given["root"])
    if root == case.own_root:
        raise Refused("machine-own")
    case.why = str(given["reason"])
    frontier = _frontier(machine for machine in case.machines() if machine.certificate.root.hex() == root)
    case.control("revoke", {"root": root, "frontier": frontier})
    return root


@act(
    "take_records",
    "Nhận bản ghi chờ duyệt",
    _RECORDS,
    _REASON,
    right=Right.DECIDE,
    after_signing=True,
    in_office=True,
)
def take_records(case: Case, given: Given) -> str:
    """Only by somebody who might have written them."""
    return _settle(case, given, take=True)


@act(
    "hide_records",
    "Không nhận bản ghi chờ duyệt",
    _RECORDS,
    _REASON,
    right=Right.DECIDE,
    after_signing=True,
    in_office=True,
)
def hide_records(case: Case, given: Given) -> str:
    """They stay stored and go on to others, and count for nothing."""
    return _settle(case, given, take=False)


def team_rights(member: Given) -> tuple[str, ...]:
    """What the laptop of a member of the team may write: as was said, else as the role has it."""
    return _rights(member.get("rights")) or RIGHTS_OF_ROLE.get(str(member.get("role")), ("write",))


def let_in(case: Case, person: str, rights: tuple[str, ...]) -> bool:
    """Write what lets in the laptops of a person, those known and those still to come with an invitation.

    Says whether there is any, also where all were in already.
    """
    known, invited = case.machines_of(person), case.invited_as(person)
    here = {(machine.device, machine.certificate.key): machine.rights for machine in case.machines()}
    for machine in known:
        if not set(rights) <= (here.get((machine.device, machine.certificate.key)) or frozenset()):
            case.control("member", {"cert": machine.cert, "sig": machine.sig, "rights": list(rights)})
    in_already = case.invited()
    for each in invited:
        if not any(other.root == each.root and set(rights) <= other.rights for other in in_already):
            said: Json = {"id": each.invitation, "person": _person(each.somebody), "spare": each.spare}
            case.control("member", {"root": each.root.hex(), "rights": list(rights), "invites": said})
    return bool(known or invited)


def _frontier(machines: Iterable[Machine]) -> Json:
    """The last record of each of their streams that is here."""
    return [[tip.stream, tip.n, tip.hash.hex()] for machine in machines for tip in machine.ends]


def _settle(case: Case, given: Given, *, take: bool) -> str:
    asked = given["records"]
    digests = list(dict.fromkeys(map(str, asked if isinstance(asked, list) else ())))
    for digest in digests:
        waiting = case.quarantined(digest)
        if waiting is None or waiting.reason not in SETTLED or waiting.changeset.kind in CONTROL_KINDS | {"epoch"}:
            raise Refused("quarantine-unknown", id=digest)
        if take:
            _check_could_write(rights_needed(waiting.changeset, right_of), case.rights)
    case.why = str(given["reason"])
    case.control("settle", {"of": list(digests), "take": take})
    return digests[0] if digests else ""


def _check_could_write(needed: Collection[str], rights: Collection[str]) -> None:
    missing = sorted(set(needed) - set(rights))
    if missing:
        raise Refused("right-missing", act="Nhận bản ghi chờ duyệt", right=missing[0])


def _rights(value: Json) -> tuple[str, ...]:
    named = [str(each) for each in value] if isinstance(value, list) else []
    for each in named:
        if each not in {str(right) for right in ALL_RIGHTS}:
            raise BadInput("value-needs-choice", field="rights", options=", ".join(ALL_RIGHTS))
    return tuple(named)


def _key(value: Json) -> str:
    text = str(value).lower()
    if len(text) != _KEY_HEX or set(text) - set("0123456789abcdef"):
        raise BadInput("value-needs-key", field="root")
    return text


def _person(somebody: object) -> Json:
    return {name: str(getattr(somebody, name)) for name in ("id", "name", "agency")}
