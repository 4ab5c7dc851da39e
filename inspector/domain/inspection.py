"""An inspection (cuộc kiểm tra) as people speak of it: plain values read from the log, without database or window.

Every value may be missing: an inspection is filled in over a day and completeness is asked for at the end only.
``id`` is the record id in the log; lists come in the order people gave them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Cited:
    """A document named by number, date, issuer and abstract (văn bản được dẫn)."""

    number: str | None = None
    date: date | None = None
    issuer: str | None = None
    abstract: str | None = None


@dataclass(frozen=True, slots=True)
class UnitSnapshot:
    """The inspected unit as it was on the day: old minutes keep old names for ever."""

    code: str | None = None
    kind: str | None = None
    name: str | None = None
    level: str | None = None
    parent_name: str | None = None
    body_name: str | None = None
    head_title: str | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and an hour typed by a person, never taken from the clock of a laptop."""

    date: date | None = None
    time: time | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """What stands at the head and the foot of the minutes and is the same for many visits."""

    superior_body: str | None = None
    team_name: str | None = None
    number: str | None = None
    symbol: str | None = None
    place: str | None = None
    venue: str | None = None
    summary: str | None = None
    legal_bases: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    copies: int | None = None
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Attendance:
    """``present`` is ``None`` until somebody said so."""

    present: bool | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A member of the team (thành viên đoàn): ``role`` lead, deputy, secretary, member or invited."""

    id: str
    name: str | None = None
    title: str | None = None
    agency: str | None = None
    role: str | None = None
    rights: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
    substitute_for: str | None = None
    attendance: Attendance = Attendance()


@dataclass(frozen=True, slots=True)
class UnitPerson:
    """Somebody of the inspected unit who took part."""

    id: str
    name: str | None = None
    title: str | None = None
    department: str | None = None
    attendance: Attendance = Attendance()


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for one checklist item (mục); scores are points, percentages are never stored."""

    id: str
    item: str
    value: str | None = None
    numerator: int | None = None
    denominator: int | None = None
    count: int | None = None
    not_applicable: bool = False
    reason: str | None = None
    self_score: Decimal | None = None
    appraised_score: Decimal | None = None
    appraised_reason: str | None = None
    final_score: Decimal | None = None
    remark: str | None = None
    source: str | None = None
    extracted_at: datetime | None = None
    evidence_seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file kept by its SHA-256 (hex); ``size`` in bytes."""

    hash: str
    name: str
    mime: str
    size: int

    @property
    def is_picture(self) -> bool:
        return self.mime.startswith("image/")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a piece of evidence is attached to: an entity of the registry and the id of its record."""

    entity: str
    id: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence (minh chứng): cited document, figure, file or photo, or statement, by ``kind``."""

    id: str
    kind: str
    document: Cited | None = None
    figure_name: str | None = None
    figure_value: str | None = None
    figure_unit: str | None = None
    figure_source: str | None = None
    figure_extracted_at: datetime | None = None
    file: StoredFile | None = None
    statement: str | None = None
    said_by: str | None = None
    said_at: datetime | None = None
    caption: str | None = None
    place: str | None = None
    taken_at: datetime | None = None
    rotation: int = 0
    subjects: tuple[Subject, ...] = ()


@dataclass(frozen=True, slots=True)
class DossierRow:
    """One sampled dossier (hồ sơ TTHC) by its code; whoever it belongs to is never written down."""

    id: str
    item: str | None = None
    code: str | None = None
    procedure: str | None = None
    area: str | None = None
    received: date | None = None
    due: Moment = Moment()
    returned: Moment = Moment()
    apology: bool | None = None
    control_slip: bool | None = None
    extra_papers: bool | None = None
    system_differs: bool | None = None
    origin: str | None = None
    receiving_agency: str | None = None
    solving_agency: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class SampleTotals:
    """Counts of a sample that was not written down dossier by dossier."""

    checked: int | None = None
    on_time: int | None = None
    late: int | None = None
    late_with_apology: int | None = None
    extra_papers: int | None = None
    no_control_slip: int | None = None
    system_differs: int | None = None


@dataclass(frozen=True, slots=True)
class DossierSample:
    """How the sample was drawn, and its totals where there are no rows."""

    id: str
    item: str
    population: int | None = None
    method: str | None = None
    chosen_by: str | None = None
    totals: SampleTotals | None = None


@dataclass(frozen=True, slots=True)
class Headcount:
    """People counted at one place and moment (kiểm đếm có mặt)."""

    id: str
    item: str | None = None
    place: str | None = None
    at: datetime | None = None
    due: int | None = None
    present: int | None = None
    absent_with_reason: int | None = None
    absent_without_reason: int | None = None
    without_badge: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What the unit has to do (kiến nghị, yêu cầu). ``working_days`` is a suggestion until ``confirmed``."""

    id: str
    content: str | None = None
    responsible: str | None = None
    deadline: date | None = None
    working_days: int | None = None
    confirmed: bool = False
    report_to: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding (phát hiện): ``kind`` strength, good_practice or shortcoming."""

    id: str
    kind: str
    content: str | None = None
    facts: str | None = None
    section: str | None = None
    item: str | None = None
    severity: str | None = None
    cause_internal: str | None = None
    cause_external: str | None = None
    legal_bases: tuple[str, ...] = ()
    unit_opinion: str | None = None
    repeats: str | None = None
    merged_into: str | None = None
    recommendations: tuple[Recommendation, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section of the minutes edited by the secretary, and the proposal it was edited from."""

    section: str
    text: str
    proposal: str


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who signs: ``position`` (quyền hạn, chức vụ), ``capacity`` such as ``KT. TRƯỞNG ĐOÀN``."""

    id: str
    side: str | None = None
    position: str | None = None
    capacity: str | None = None
    name: str | None = None
    outcome: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """A file that was made: its hash, its template's hash, and where in the log it stands."""

    id: str
    kind: str
    hash: str
    name: str
    size: int
    template: str
    changes: int
    root: str
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """The signed paper: from here on the inspection is not edited, only supplemented.

    ``date`` is ``None`` while several people recorded different signatures and nobody decided.
    """

    date: date | None = None
    scan: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Supplement:
    """Supplementary minutes (biên bản bổ sung) for what came after the signatures."""

    id: str
    number: str | None = None
    date: date | None = None
    reason: str | None = None
    content: str | None = None


@dataclass(frozen=True, slots=True)
class PinnedChecklist:
    """The checklist version an inspection was begun with; it never changes under the team."""

    hash: str
    level: str
    title: str
    version: str


@dataclass(frozen=True, slots=True)
class SealFact:
    """A seal of the minutes as it is shown: ``id`` names it, ``person`` set it, ``issued`` are files made under it."""

    id: str
    code: str
    root: bytes
    person: str
    wall: str
    witnesses: int
    issued: tuple[str, ...]
    voiding: tuple[str, ...]
    """The people who said it is void; two make it so."""

    @property
    def is_void(self) -> bool:
        return len(set(self.voiding)) > 1


@dataclass(frozen=True, slots=True)
class Inspection:
    """One visit to one unit, in one form, with everything recorded about it."""

    id: str
    unit: UnitSnapshot = UnitSnapshot()
    form: str | None = None
    planned: bool | None = None
    plan_reference: Cited = Cited()
    team_decision: Cited = Cited()
    visit_notice: Cited = Cited()
    period_start: date | None = None
    period_end: date | None = None
    visit_date: date | None = None
    checklist: PinnedChecklist | None = None
    scored: bool = False
    status: str = "planned"
    header: Header = Header()
    opened: Moment = Moment()
    closed: Moment = Moment()
    unit_opinion: str | None = None
    unchecked_reason: str | None = None
    previous: str | None = None
    team: tuple[TeamMember, ...] = ()
    unit_people: tuple[UnitPerson, ...] = ()
    answers: dict[str, Answer] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    dossiers: tuple[DossierRow, ...] = ()
    samples: dict[str, DossierSample] = field(default_factory=dict)
    headcounts: tuple[Headcount, ...] = ()
    findings: tuple[Finding, ...] = ()
    sections: dict[str, SectionText] = field(default_factory=dict)
    signers: tuple[Signer, ...] = ()
    documents: tuple[IssuedDocument, ...] = ()
    signed: Signed | None = None
    supplements: tuple[Supplement, ...] = ()
    seals: tuple[SealFact, ...] = ()
    conflicts: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    """Of these, the places somebody has to decide: a record that was deleted and edited at once is one of them."""

    @property
    def sealed(self) -> SealFact | None:
        """The seal that stands; the first by its code where two people sealed apart."""
        return next((seal for seal in self.seals if not seal.is_void), None)

    @property
    def is_closed(self) -> bool:
        """Whether nothing is edited on a laptop any more: the minutes are sealed or signed."""
        return self.signed is not None or self.sealed is not None

    def findings_of(self, kind: str) -> tuple[Finding, ...]:
        """The findings of a kind that are printed: merged ones are read through the one they were merged into."""
        return tuple(finding for finding in self.printed_findings if finding.kind == kind)

    @property
    def printed_findings(self) -> tuple[Finding, ...]:
        """The findings that stand for themselves."""
        through = self.read_through()
        return tuple(finding for finding in self.findings if through[finding.id] == finding.id)

    def read_through(self) -> dict[str, str]:
        """For every finding the one it is printed with, itself where it was not merged.

        No text disappears: where the other one was removed, or two people merged two findings into each other, a
        finding stands for itself.
        """
        into = {finding.id: finding.merged_into for finding in self.findings}
        return {finding: _end_of(into, finding) for finding in into}

    def evidence_of(self, entity: str, record: str) -> tuple[Evidence, ...]:
        """The evidence attached to a record."""
        wanted = Subject(entity, record)
        return tuple(piece for piece in self.evidence if wanted in piece.subjects)

    @property
    def lead(self) -> TeamMember | None:
        """The lead of the team (trưởng đoàn)."""
        return next((member for member in self.team if member.role == "lead"), None)


def _end_of(into: dict[str, str | None], finding: str) -> str:
    passed, here = {finding}, finding
    while (following := into[here]) in into and following is not None:
        if following in passed:
            return finding
        passed.add(following)
        here = following
    return here
