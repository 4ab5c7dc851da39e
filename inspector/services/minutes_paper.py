"""Puts together what the minutes print: the secretary's words over the proposals, and the parts that are tables.

Everything here is computed from the inspection as it was read; nothing asks a clock or a disk, and no part is filled
with what nobody recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import cast, get_args

from inspector.domain import finding_prose as findings
from inspector.domain.checklist import Checklist, Section
from inspector.domain.errors import BadInput
from inspector.domain.grounds import Grounds, Law, grounds
from inspector.domain.inspection import Attendance, Cited, Inspection, Recommendation, Signer, Supplement, TeamMember
from inspector.domain.legal_prose import short_titles
from inspector.domain.minutes import (
    Closing,
    FindingOpinion,
    Form,
    Minutes,
    MinutesHeader,
    MinutesRecommendation,
    MinutesSigner,
    MomentAt,
    Origin,
    Outcome,
    ResultSection,
    SampleLine,
    Shortcoming,
    Side,
    TeamAttendee,
    Unchecked,
    UnitAttendee,
)
from inspector.domain.phrases import cited, label, sentence, short_code
from inspector.domain.proposals import propose_from
from inspector.domain.scoring import State
from inspector.domain.sections import SectionState, content_key, merge_view
from inspector.domain.tally import scores
from inspector.domain.text import fold
from inspector.domain.wording import DOTS, file_number
from inspector.domain.working_days import Calendar
from inspector.services.minutes_appendices import appendices_of, sample_lines
from inspector.services.photos import Printable

DRAFT = "DỰ THẢO"
DEMONSTRATION = "TÀI LIỆU TRÌNH DIỄN"
"""Words under the title: of a draft, and of every paper of a demonstration workspace."""

_ROLES: Mapping[str | None, str] = MappingProxyType(
    {
        "lead": "Trưởng đoàn",
        "deputy": "Phó Trưởng đoàn",
        "secretary": "Thư ký",
        "member": "Thành viên",
        "invited": "Khách mời",
    }
)


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper in the making: what it is drawn from, and its sections as they will be printed."""

    drawn: Grounds
    sections: Mapping[str, str]
    edited: frozenset[str]

    def lines(self, key: str) -> tuple[str, ...]:
        """The paragraphs of a section."""
        return tuple(line for line in self.sections.get(key, "").split("\n") if line.strip())


def section_states(drawn: Grounds) -> dict[str, SectionState]:
    """Every section as it will be printed, with what was recorded since the secretary edited it."""
    proposals = propose_from(drawn)
    kept = drawn.inspection.sections
    return {key: merge_view(kept.get(key), proposals.get(key, "")) for key in dict.fromkeys((*proposals, *kept))}


def compose_minutes(
    inspection: Inspection,
    checklist: Checklist | None,
    calendar: Calendar,
    law: Law,
    *,
    origin: Origin,
    photos: Printable | None = None,
    banner: str | None = None,
    taken_over: date | None = None,
) -> Minutes:
    """Everything the minutes print.

    ``origin`` names the state of the log; ``photos`` are those this laptop can print; ``taken_over`` is the first day
    of a unit that took over others. A remote inspection has no attendees and no signature of the unit.
    """
    shown = photos or Printable({}, {})
    drawn = grounds(inspection, checklist, calendar, law, taken_over=taken_over, printable=shown.photos)
    states = section_states(drawn)
    edited = frozenset(key for key, state in states.items() if state.edited)
    paper = Paper(drawn, {key: state.text for key, state in states.items()}, edited)
    return Minutes(
        origin=origin,
        form=_form(inspection),
        header=_header(inspection, inspection.header.number, _date_of(inspection)),
        summary=label(inspection.header.summary) or None,
        banner=banner,
        legal_bases=paper.lines("legal_bases"),
        unit=unit_name(inspection),
        team=label(inspection.header.team_name) or None,
        opening=MomentAt(
            inspection.opened.date or inspection.visit_date,
            inspection.opened.time,
            label(inspection.header.venue) or None,
        ),
        team_attendees=tuple(_member(member) for member in inspection.team),
        unit_attendees=_unit_attendees(inspection),
        scope=paper.lines("scope"),
        period_start=inspection.period_start,
        period_end=inspection.period_end,
        method=paper.lines("method"),
        results=_results(paper),
        samples=_samples(drawn),
        strengths=paper.lines("strengths"),
        good_practices=paper.lines("good_practices"),
        shortcomings=_shortcomings(drawn),
        shortcomings_text=paper.lines("shortcomings") if "shortcomings" in paper.edited else (),
        causes_internal=paper.lines("causes_internal"),
        causes_external=paper.lines("causes_external"),
        recommendations=_recommendations(drawn),
        opinion=paper.lines("opinion"),
        finding_opinions=_finding_opinions(inspection),
        unchecked=_unchecked(drawn),
        closing=Closing(
            inspection.closed.date, inspection.closed.time, inspection.header.pages, inspection.header.copies
        ),
        signers=_signers(inspection),
        recipients=inspection.header.recipients,
        appendices=appendices_of(drawn, shown),
    )


def compose_supplement(
    inspection: Inspection, supplement: Supplement, *, origin: Origin, banner: str | None = None
) -> Minutes:
    """Supplementary minutes (biên bản bổ sung): why, and what came after the signatures; the signed minutes stand."""
    signed = Cited(_numbered(inspection), _date_of(inspection), label(inspection.header.team_name) or None)
    reasons = tuple(line for line in (sentence(supplement.reason),) if line)
    content = tuple(line.strip() for line in (supplement.content or "").split("\n") if line.strip())
    unit = unit_name(inspection)
    return Minutes(
        origin=origin,
        form=_form(inspection),
        header=_header(inspection, supplement.number, supplement.date),
        summary=f"Bổ sung Biên bản kiểm tra công tác cải cách hành chính tại {unit or DOTS}",
        banner=banner,
        supplement=True,
        legal_bases=(f"Căn cứ {cited(signed, 'Biên bản')}.",) if cited(signed) else (),
        unit=unit,
        team=label(inspection.header.team_name) or None,
        opening=MomentAt(supplement.date, None, None),
        team_attendees=tuple(_member(member) for member in inspection.team if member.attendance.present is not False),
        unit_attendees=_unit_attendees(inspection),
        results=(
            ResultSection("", "Lý do lập biên bản bổ sung", reasons),
            ResultSection("", "Nội dung bổ sung", content),
        ),
        closing=Closing(supplement.date, None, None, inspection.header.copies),
        signers=_signers(inspection, outcomes=False),
        recipients=inspection.header.recipients,
    )


def unit_name(inspection: Inspection) -> str | None:
    """The body that is inspected, as it was called on the day: "Ủy ban nhân dân xã Gò Sen"."""
    unit = inspection.unit
    plain = " ".join(part for part in (label(unit.kind), label(unit.name)) if part)
    return label(unit.body_name) or plain or None


def _numbered(inspection: Inspection) -> str | None:
    head = inspection.header
    return f"{file_number(head.number)}/{label(head.symbol) or DOTS}" if label(head.number) else None


def _date_of(inspection: Inspection) -> date | None:
    """The day of the paper: when the session closed or opened, as somebody wrote it, else the day of the visit."""
    return inspection.closed.date or inspection.opened.date or inspection.visit_date


def _form(inspection: Inspection) -> Form | None:
    return cast("Form", inspection.form) if inspection.form in get_args(Form) else None


def _header(inspection: Inspection, number: str | None, day: date | None) -> MinutesHeader:
    head = inspection.header
    return MinutesHeader(
        superior=label(head.superior_body) or None,
        issuer=(label(head.team_name),) if label(head.team_name) else (),
        number=label(number) or None,
        symbol=label(head.symbol) or None,
        place=label(head.place) or None,
        date=day,
    )


def _opening(inspection: Inspection) -> MomentAt:
    opened = inspection.opened
    return MomentAt(opened.date or inspection.visit_date, opened.time, label(inspection.header.venue) or None)


def _closing(inspection: Inspection) -> Closing:
    closed, head = inspection.closed, inspection.header
    return Closing(closed.date, closed.time, head.pages, head.copies)


def _member(member: TeamMember) -> TeamAttendee:
    return TeamAttendee(
        name=label(member.name) or None,
        title=label(member.title) or None,
        agency=label(member.agency) or None,
        role=_ROLES.get(member.role),
        absent=member.attendance.present is False,
        absent_reason=label(member.attendance.reason) or None,
        substitute_for=label(member.substitute_for) or None,
    )


def _unit_attendees(inspection: Inspection) -> tuple[UnitAttendee, ...]:
    if inspection.form == "remote":
        return ()
    return tuple(
        UnitAttendee(
            label(person.name) or None,
            label(person.title) or None,
            _department(label(person.department) or unit_name(inspection), person.attendance),
        )
        for person in inspection.unit_people
    )


def _department(where: str | None, attendance: Attendance) -> str | None:
    if attendance.present is not False:
        return where
    return f"{where or DOTS} (vắng mặt, lý do: {label(attendance.reason) or DOTS})"


def _results(paper: Paper) -> tuple[ResultSection, ...]:
    """The contents of the checklist, and last what the team says of all of them together.

    A content left out as a whole stands under what was not checked, once the lead gave the reason.
    """
    checklist = paper.drawn.checklist
    left_out = _left_out(paper.drawn)
    contents = [
        content
        for content in (checklist.sections if checklist else ())
        if content not in left_out or paper.lines(content_key(content.code))
    ]
    sampled = {item.section for item in checklist.items if sample_lines(paper.drawn, item)} if checklist else set()
    told = tuple(
        ResultSection(
            content.code,
            content.title,
            paper.lines(content_key(content.code)),
            tables=("dossiers",) if content.code in sampled else (),
        )
        for content in contents
    )
    conclusion = paper.lines("conclusion")
    return (*told, ResultSection("", "Đánh giá chung", conclusion)) if conclusion else told


def _samples(drawn: Grounds) -> tuple[SampleLine, ...]:
    items = drawn.checklist.items if drawn.checklist else ()
    return tuple(line for item in items for line in sample_lines(drawn, item))


def _shortcomings(drawn: Grounds) -> tuple[Shortcoming, ...]:
    return tuple(
        Shortcoming(
            number,
            findings.shortcoming_content(finding) or None,
            sentence(finding.facts) or None,
            findings.finding_evidence(drawn, finding),
            tuple(short_titles(drawn, finding.legal_bases)),
        )
        for number, finding in enumerate(drawn.inspection.findings_of("shortcoming"), 1)
    )


def _recommendations(drawn: Grounds) -> tuple[MinutesRecommendation, ...]:
    visit = drawn.inspection
    return tuple(
        MinutesRecommendation(
            content=(task.content or "").strip() or None,
            responsible=label(task.responsible) or None,
            deadline=task.deadline,
            deadline_words=findings.deadline_words(task, _last_day(drawn, task)),
            report_to=label(task.report_to) or None,
            findings=(number,),
        )
        for number, finding in enumerate(visit.findings_of("shortcoming"), 1)
        for task in findings.tasks_of(visit, finding)
    )


def _last_day(drawn: Grounds, task: Recommendation) -> date | None:
    """The day on which a deadline in working days ends, counted from the day of the paper."""
    start, days = _date_of(drawn.inspection), task.working_days
    if start is None or not days:
        return None
    try:
        return drawn.terms.calendar.add_working_days(start, days)
    except BadInput:  # further than any calendar reaches: the number is printed without its last day
        return None


def _finding_opinions(inspection: Inspection) -> tuple[FindingOpinion, ...]:
    found = enumerate(inspection.findings_of("shortcoming"), 1)
    told = ((number, sentence(finding.unit_opinion)) for number, finding in found)
    return tuple(FindingOpinion(number, text) for number, text in told if text)


def _unchecked(drawn: Grounds) -> Unchecked:
    """Items nobody checked, once the lead gave the one reason for them; a content left out as a whole is one line."""
    reason = label(drawn.inspection.unchecked_reason)
    if not reason or drawn.checklist is None:
        return Unchecked()
    left = _unchecked_keys(drawn)
    told: list[str] = []
    whole = _left_out(drawn)
    for content in drawn.checklist.sections:
        items = drawn.checklist.items_of(content.code)
        if content in whole:
            told.append(f"Toàn bộ nội dung “{label(content.title)}”")
        else:
            told += [f"{short_code(item.code)}. {label(item.text)}" for item in items if item.key in left]
    return Unchecked(tuple(told), sentence(reason)) if told else Unchecked()


def _left_out(drawn: Grounds) -> list[Section]:
    """The contents of which no item was checked, once the lead gave the reason."""
    if drawn.checklist is None or not label(drawn.inspection.unchecked_reason):
        return []
    left = _unchecked_keys(drawn)
    named = {content: drawn.checklist.items_of(content.code) for content in drawn.checklist.sections}
    return [content for content, items in named.items() if items and all(item.key in left for item in items)]


def _unchecked_keys(drawn: Grounds) -> set[str]:
    return {score.key for score in scores(drawn) if score.state is State.UNCHECKED}


def _signers(inspection: Inspection, *, outcomes: bool = True) -> tuple[MinutesSigner, ...]:
    """Signers in the order people gave them; the template decides which side stands where."""
    roles = {fold(member.name): member.role for member in inspection.team if member.name}
    remote = inspection.form == "remote"
    shown = [signer for signer in inspection.signers if not (remote and signer.side == "unit")]
    first_of_unit = next((signer.id for signer in shown if signer.side == "unit"), None)
    return tuple(_signer(signer, roles, signer.id == first_of_unit, outcomes) for signer in shown)


def _signer(signer: Signer, roles: Mapping[str, str | None], heads_unit: bool, outcomes: bool) -> MinutesSigner:
    side = cast("Side", signer.side) if signer.side in get_args(Side) else "other"
    outcome = cast("Outcome", signer.outcome) if outcomes and signer.outcome in get_args(Outcome) else None
    return MinutesSigner(
        side=side,
        role="unit_head" if heads_unit else _role(signer, roles) if side == "team" else None,
        party="Đại diện đơn vị được kiểm tra" if heads_unit else None,
        capacity=tuple(line for line in (label(part) for part in (signer.capacity or "").split("\n")) if line),
        position=label(signer.position) or None,
        name=label(signer.name) or None,
        outcome=outcome,
        reason=label(signer.reason) or None if outcome else None,
    )


def _role(signer: Signer, roles: Mapping[str, str | None]) -> str | None:
    """Who signs for the team: told by position and capacity ("KT. TRƯỞNG ĐOÀN"), else by the person's role."""
    told = fold(f"{signer.capacity or ''} {signer.position or ''}")
    if "thu ky" in told:
        return "secretary"
    if "truong doan" in told:
        return "lead"
    return roles.get(fold(signer.name or ""))
