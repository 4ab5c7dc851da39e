"""Sealing the minutes (chốt dữ liệu, niêm phong), and taking a seal back."""

from __future__ import annotations

import hashlib

from inspector.domain.errors import BadInput, Refused
from inspector.domain.readiness import Group
from inspector.domain.registry import Right, Type
from inspector.domain.seal import Excluded, Standing, payload_of
from inspector.services.acts.declare import Given, act, argument
from inspector.services.case import Case, signature_id
from inspector.services.freezing import ready_to_seal
from inspector.services.wording import said


def standing_seal(case: Case) -> Standing | None:
    """The seal that stands, None where nobody sealed, or it was taken back."""
    return next((seal for seal in case.seals() if not seal.is_void), None)


@act(
    "seal_minutes",
    "Chốt dữ liệu và niêm phong biên bản",
    argument("excluded", Type.LIST, "Máy không chờ, mỗi dòng `mã máy: lý do`"),
    right=Right.DECIDE,
)
def seal_minutes(case: Case, given: Given) -> str:
    """Everything that is here now is sealed. Refused while something must be done first."""
    excluded = tuple(_excluded(case, str(line)) for line in _lines(given))
    found = case.inspection()
    ready = ready_to_seal(case.standing_now(), case.library, found, case.device, {one.device for one in excluded})
    must = ready.of(Group.MUST)
    if must:
        raise Refused("seal-not-ready", count=len(must), first=said(must[0].code, must[0].params))
    template = hashlib.sha256(case.library.template(found.visit_date)).hexdigest()
    terms, root = case.freeze(excluded, template)
    case.put("inspection", case.space, {"status": "finished"})
    case.kind, case.payload = "seal", payload_of(terms, root)
    return case.space


@act(
    "void_seal",
    "Hủy niêm phong",
    argument("seal", Type.TEXT, "Mã niêm phong, hoặc mã của bản ghi niêm phong; bỏ trống thì niêm phong đang có"),
    argument("why", Type.LONG_TEXT, "Lý do", required=True),
    right=Right.DECIDE,
    after_signing=True,
)
def void_seal(case: Case, given: Given) -> str:
    """Counts when a second person, on a laptop of their own, says it too. Then the inspection is open again, unless it
    was signed.
    """
    every = case.seals()
    standing = next((one.seal.code for one in every if not one.is_void), "")
    named = str(given.get("seal") or standing).strip()
    known = [one for one in every if named.upper() == one.seal.code or named == one.seal.changeset.hash.hex()]
    if not known:
        raise Refused("seal-not-here", seal=named)
    wanted = next((one for one in known if case.person not in {void.author for void in one.voids}), None)
    if wanted is None:
        raise Refused("seal-needs-second", seal=known[0].seal.code)
    case.kind, case.why = "void_seal", str(given["why"])
    case.payload = {"seal": wanted.seal.changeset.hash.hex()}
    others = [one for one in every if not one.is_void and one is not wanted]
    if wanted.voids and not others and case.find("signature", signature_id(case.space)) is None:
        case.put("inspection", case.space, {"status": "open"})
    return case.space


def _lines(given: Given) -> list[object]:
    lines = given.get("excluded")
    return list(lines) if isinstance(lines, list) else []


def _excluded(case: Case, line: str) -> Excluded:
    device, _, reason = line.partition(":")
    known = {laptop.device: laptop for laptop in case.standing_now().laptops(case.space)}
    laptop = known.get(device.strip())
    if laptop is None or laptop.device == case.device:
        raise BadInput("seal-no-such-laptop", field="excluded", device=device.strip()[:80])
    if not reason.strip():
        raise Refused("reason-needed", act=f"Loại máy của {laptop.name}")
    return Excluded(laptop.device, laptop.name, reason.strip())
