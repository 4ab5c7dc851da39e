"""The people of an inspection as rows: how their parts, their presence and their signing are said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inspector.domain.inspection import Attendance, Inspection, Signer, TeamMember, UnitPerson
from inspector.domain.text import fold
from inspector.ui.language import Phrase, Words, tr
from inspector.ui.painting import Mark

ROLES: Mapping[str, Phrase] = {
    "lead": tr("Trưởng đoàn"),
    "deputy": tr("Phó Trưởng đoàn"),
    "secretary": tr("Thư ký"),
    "member": tr("Thành viên"),
    "invited": tr("Khách mời"),
}
RIGHTS: Mapping[str, Phrase] = {
    "write": tr("Ghi kết quả"),
    "draft": tr("Soạn biên bản"),
    "decide": tr("Quyết định"),
}
SIDES: Mapping[str, Phrase] = {
    "team": tr("Đoàn kiểm tra"),
    "unit": tr("Đơn vị được kiểm tra"),
    "other": tr("Bên khác"),
}
OUTCOMES: Mapping[str, Phrase] = {
    "signed": tr("Đã ký"),
    "refused": tr("Từ chối ký"),
    "absent": tr("Vắng khi ký"),
}


@dataclass(frozen=True)
class Row:
    """One person: ``cells`` before the last column, whose ``said`` stands behind the sign of ``mark``."""

    id: str
    cells: tuple[Words, ...]
    mark: Mark
    said: Words
    tone: str = "text"
    strong: bool = False
    disagrees: bool = False


def team_rows(inspection: Inspection) -> list[Row]:
    apart = _apart(inspection, "team_member")
    return [
        Row(
            member.id,
            (
                member.name or "",
                ", ".join(part for part in (member.title, member.agency) if part),
                ROLES.get(member.role or "", ""),
                ", ".join(member.contents),
            ),
            *_presence(member),
            strong=member.role in ("lead", "deputy"),
            disagrees=member.id in apart,
        )
        for member in inspection.team
    ]


def unit_rows(inspection: Inspection) -> list[Row]:
    apart = _apart(inspection, "unit_person")
    signing = {fold(signer.name or "") for signer in inspection.signers if signer.side == "unit"}
    return [
        Row(
            person.id,
            (
                person.name or "",
                ", ".join(part for part in (person.title, person.department) if part),
                tr("Người ký") if person.name and fold(person.name) in signing else "",
            ),
            *_presence(person),
            strong=bool(person.name) and fold(person.name or "") in signing,
            disagrees=person.id in apart,
        )
        for person in inspection.unit_people
    ]


def signer_rows(inspection: Inspection) -> list[Row]:
    apart = _apart(inspection, "signer")
    return [
        Row(
            signer.id,
            (
                signer.name or "",
                ", ".join(part for part in (signer.capacity, signer.position) if part),
                SIDES.get(signer.side or "", ""),
            ),
            *_signing(signer),
            disagrees=signer.id in apart,
        )
        for signer in inspection.signers
    ]


def present_words(people: tuple[TeamMember, ...] | tuple[UnitPerson, ...]) -> Words:
    """How many are there, of how many."""
    here = sum(bool(person.attendance.present) for person in people)
    return tr("{here}/{all} có mặt", here=here, all=len(people)) if people else ""


def turned(attendance: Attendance) -> dict[str, object]:
    """Present becomes absent, anything else present; the reason of an absence is kept."""
    present = not attendance.present
    return {"present": present, **({"reason": attendance.reason} if attendance.reason else {})}


def _presence(person: TeamMember | UnitPerson) -> tuple[Mark, Words, str]:
    present, reason = person.attendance.present, person.attendance.reason
    if present is None:
        return Mark.UNCHECKED, tr("Chưa ghi"), "text2"
    if not present and reason:
        return Mark.NOT_APPLICABLE, tr("Vắng: {reason}", reason=reason), "text2"
    if not present:
        return Mark.NOT_APPLICABLE, tr("Vắng, chưa ghi lý do"), "part"
    if isinstance(person, TeamMember) and person.substitute_for:
        return Mark.MET, tr("Thay {name}", name=person.substitute_for), "part"
    return Mark.MET, tr("Có mặt"), "text"


def _signing(signer: Signer) -> tuple[Mark, Words, str]:
    words = OUTCOMES.get(signer.outcome or "", tr("Chưa ký"))
    if signer.outcome == "signed":
        return Mark.MET, words, "text"
    if signer.outcome in ("refused", "absent"):
        return Mark.NOT_APPLICABLE, f"{words}: {signer.reason}" if signer.reason else words, "part"
    return Mark.UNCHECKED, words, "text2"


def _apart(inspection: Inspection, entity: str) -> set[str]:
    return {place.split("/")[1] for place in inspection.conflicts if place.startswith(f"{entity}/")}
