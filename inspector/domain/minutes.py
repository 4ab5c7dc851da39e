"""The minutes (biên bản kiểm tra) as one plain value: everything that is printed, and nothing else.

Whoever prints needs no database, no clock and no other place to ask. Every part may be missing: ``None`` and an empty
tuple are printed as dotted lines to be filled in by hand, never as a word such as "None" and never as zero. Texts are
printed as they stand; a line feed in a text begins a new paragraph. Dates and hours are values, worded in the document.

The order of the parts is that of form 1.9 of Decree 30/2020/NĐ-CP, filled as inspections of administrative reform do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal

Form = Literal["on_site", "remote", "surprise"]
Side = Literal["team", "unit", "other"]
Outcome = Literal["signed", "refused", "absent"]
Table = Literal["dossiers", "headcount"]


@dataclass(frozen=True, slots=True)
class MinutesHeader:
    """The head block. ``issuer`` is the team as it signs, one entry a line as the office breaks it, or one long entry.

    ``number`` without the symbol ("5" prints as "05"); ``None`` until the office has registered the minutes.
    """

    superior: str | None = None
    issuer: tuple[str, ...] = ()
    number: str | None = None
    symbol: str | None = None
    place: str | None = None
    date: date | None = None


@dataclass(frozen=True, slots=True)
class MomentAt:
    """When and where the session opened (thời gian bắt đầu, địa điểm)."""

    date: date | None = None
    time: time | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class TeamAttendee:
    """One of the team (thành phần Đoàn kiểm tra). ``role`` in words ("Trưởng đoàn"); ``substitute_for`` a name.

    ``absent`` with ``absent_reason`` missing prints a dotted reason.
    """

    name: str | None = None
    title: str | None = None
    agency: str | None = None
    role: str | None = None
    absent: bool = False
    absent_reason: str | None = None
    substitute_for: str | None = None


@dataclass(frozen=True, slots=True)
class UnitAttendee:
    """Somebody of the inspected unit who took part (thành phần đơn vị được kiểm tra)."""

    name: str | None = None
    title: str | None = None
    department: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a content: ``value`` as a number or as typed; ``unit`` such as ``%`` or ``hồ sơ``."""

    label: str
    value: Decimal | int | str | None = None
    unit: str | None = None
    source: str | None = None
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ResultSection:
    """Results of one content (nội dung, I to VIII of the checklist): prose, figures, and where the tables stand."""

    code: str
    title: str
    paragraphs: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class SampleLine:
    """A row of the sample of dossiers (mẫu hồ sơ TTHC), by field or procedure; counts of dossiers."""

    field: str | None = None
    population: int | None = None
    checked: int | None = None
    on_time: int | None = None
    late: int | None = None
    late_without_apology: int | None = None
    no_control_slip: int | None = None
    extra_papers: int | None = None
    system_differs: int | None = None


@dataclass(frozen=True, slots=True)
class HeadcountLine:
    """People counted at one place and moment (kiểm đếm có mặt)."""

    place: str | None = None
    at: datetime | None = None
    due: int | None = None
    present: int | None = None
    absent_with_reason: int | None = None
    absent_without_reason: int | None = None
    without_badge: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """A shortcoming (tồn tại, hạn chế): what, the facts, its evidence in words, and the law it goes against."""

    number: int
    content: str | None = None
    facts: str | None = None
    evidence: tuple[str, ...] = ()
    legal_bases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MinutesRecommendation:
    """A row of "Kiến nghị, yêu cầu": ``findings`` are the numbers of the shortcomings it answers.

    A deadline not fixed to a day is worded by whoever fills it in: ``deadline_words``.
    """

    content: str | None = None
    responsible: str | None = None
    deadline: date | None = None
    deadline_words: str | None = None
    report_to: str | None = None
    findings: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingOpinion:
    """What the unit says about one shortcoming (ý kiến, giải trình)."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Items left unchecked and the one reason the lead gave for them; each item as code and text."""

    items: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """The last sentence: when it ended, pages, copies, and who keeps them ("mỗi bên giữ 01 bản")."""

    date: date | None = None
    time: time | None = None
    pages: int | None = None
    copies: int | None = None
    keepers: str | None = None


@dataclass(frozen=True, slots=True)
class MinutesSigner:
    """One signature. Printed from top to bottom: ``party``, ``capacity`` lines, ``position``, room, ``name``.

    ``party`` is for whom ("Đại diện đơn vị được kiểm tra"), ``capacity`` the authority ("KT. CHỦ TỊCH"),
    ``position`` the office of the person ("PHÓ CHỦ TỊCH"). ``role`` is the key by which a template orders signers.
    """

    side: Side = "team"
    role: str | None = None
    party: str | None = None
    capacity: tuple[str, ...] = ()
    position: str | None = None
    name: str | None = None
    outcome: Outcome | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Points:
    """The four numbers of an item; printed only where the office adopted scoring."""

    maximum: Decimal | None = None
    self_score: Decimal | None = None
    appraised: Decimal | None = None
    final: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """One item of the completed checklist; ``result`` in words ("Đạt một phần", "48/50 hồ sơ (96 %)").

    No ``points`` at all prints a dash: the item does not count.
    """

    code: str
    text: str
    result: str | None = None
    remark: str | None = None
    points: Points | None = None


@dataclass(frozen=True, slots=True)
class ChecklistPart:
    """The items of one content."""

    code: str
    title: str
    lines: tuple[ChecklistLine, ...] = ()


@dataclass(frozen=True, slots=True)
class CompletedChecklist:
    """The checklist as filled in (phiếu kiểm tra), with its version."""

    title: str | None = None
    version: str | None = None
    parts: tuple[ChecklistPart, ...] = ()
    scored: bool = False


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """A document that was examined, as it is cited."""

    number: str | None = None
    date: date | None = None
    issuer: str | None = None
    abstract: str | None = None


@dataclass(frozen=True, slots=True)
class DossierLine:
    """One sampled dossier by its code, without the name of a citizen.

    ``late_days`` in working days; 0 is on time, ``None`` not known. ``handed_over``: from a former unit.
    """

    code: str | None = None
    procedure: str | None = None
    field: str | None = None
    received: date | None = None
    due: datetime | date | None = None
    returned: datetime | date | None = None
    late_days: int | None = None
    apology: bool | None = None
    control_slip: bool | None = None
    extra_papers: bool | None = None
    system_differs: bool | None = None
    handed_over: bool | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class MinutesPhoto:
    """A photo as it is printed: ``read`` gives the JPEG already turned and reduced, ``width`` × ``height`` pixels."""

    caption: str | None
    width: int
    height: int
    read: Callable[[], bytes] = field(compare=False, repr=False)
    taken_at: datetime | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Appendices:
    """What is bound behind the minutes; an empty part gets no appendix.

    ``missing_photos`` are named, each with why it is not printed, so that nobody believes the set to be complete.
    """

    checklist: CompletedChecklist | None = None
    documents: tuple[CheckedDocument, ...] = ()
    dossiers: tuple[DossierLine, ...] = ()
    headcounts: tuple[HeadcountLine, ...] = ()
    photos: tuple[MinutesPhoto, ...] = ()
    missing_photos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Which record and which state of it this paper shows; goes into the properties, ``check_code`` onto the paper."""

    record: str
    made_at: datetime
    author: str | None = None
    position: str | None = None
    check_code: str | None = None
    square: str | None = None
    """What the square code beside the check code says."""


@dataclass(frozen=True, slots=True)
class Minutes:
    """Biên bản kiểm tra công tác cải cách hành chính, part by part in the order of the paper.

    ``supplement``: supplementary minutes, of which only head, people, ``results``, closing and signatures are printed.
    ``shortcomings_text`` is what the secretary wrote instead of the numbered list and replaces it where given.
    ``causes_internal`` are nguyên nhân chủ quan, ``causes_external`` nguyên nhân khách quan.
    """

    origin: Origin
    form: Form | None = None
    header: MinutesHeader = MinutesHeader()
    title: str = "BIÊN BẢN"
    summary: str | None = None
    banner: str | None = None
    supplement: bool = False
    legal_bases: tuple[str, ...] = ()
    unit: str | None = None
    team: str | None = None
    opening: MomentAt = MomentAt()
    team_attendees: tuple[TeamAttendee, ...] = ()
    unit_attendees: tuple[UnitAttendee, ...] = ()
    scope: tuple[str, ...] = ()
    period_start: date | None = None
    period_end: date | None = None
    method: tuple[str, ...] = ()
    results: tuple[ResultSection, ...] = ()
    samples: tuple[SampleLine, ...] = ()
    headcounts: tuple[HeadcountLine, ...] = ()
    strengths: tuple[str, ...] = ()
    good_practices: tuple[str, ...] = ()
    shortcomings: tuple[Shortcoming, ...] = ()
    shortcomings_text: tuple[str, ...] = ()
    causes_internal: tuple[str, ...] = ()
    causes_external: tuple[str, ...] = ()
    recommendations: tuple[MinutesRecommendation, ...] = ()
    opinion: tuple[str, ...] = ()
    finding_opinions: tuple[FindingOpinion, ...] = ()
    unchecked: Unchecked = Unchecked()
    closing: Closing = Closing()
    signers: tuple[MinutesSigner, ...] = ()
    recipients: tuple[str, ...] = ()
    appendices: Appendices = Appendices()
