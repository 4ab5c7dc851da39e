"""What stands between an inspection and its minutes (điều kiện lập biên bản), asked here and never at an act.

Three groups: what must be done first, what is worth a look because it will be printed as dots or reads oddly, and what
is complete. Every condition has a stable code with its sentence in ``resources/messages/paper.json``, and the places
a window leads to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from types import MappingProxyType

from inspector.domain.checklist import Item
from inspector.domain.dossiers import Assessed
from inspector.domain.finding_prose import tasks_of
from inspector.domain.grounds import Grounds, pictures
from inspector.domain.headcount import attentions, is_complete
from inspector.domain.inspection import Cited, Finding, Recommendation, Signer, TeamMember, UnitPerson
from inspector.domain.legal_prose import legal_basis, may_be_printed
from inspector.domain.phrases import label, short_code
from inspector.domain.proposals import propose_from
from inspector.domain.scoring import State
from inspector.domain.sections import SECTIONS, merge_view
from inspector.domain.tally import sample_of, scores


class Group(StrEnum):
    """How much a condition weighs: phải xong trước khi chốt, nên xem lại, đã đủ."""

    MUST = "must"
    LOOK = "look"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is to be done: an entity of the registry (or ``item`` with its key), a record, and its field."""

    entity: str
    id: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of the list; ``params`` fill its sentence, ``places`` are visited one after the other."""

    code: str
    group: Group
    places: tuple[Place, ...] = ()
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Readiness:
    """All conditions in the order in which they are shown."""

    conditions: tuple[Condition, ...]

    @property
    def open(self) -> bool:
        """May the minutes be made?"""
        return not self.of(Group.MUST)

    def of(self, group: Group) -> tuple[Condition, ...]:
        return tuple(condition for condition in self.conditions if condition.group is group)


@dataclass(frozen=True, slots=True)
class Gathering:
    """What an inspection still waits for from other laptops: records that ``held`` wait for others, values only a newer
    program knows (``unknown``), people whose ``laptops`` have not handed everything in, ``files`` that are nowhere
    here, and how many ``seals`` stand.
    """

    held: int = 0
    unknown: int = 0
    laptops: tuple[str, ...] = ()
    files: int = 0
    seals: int = 0


def readiness(
    drawn: Grounds,
    *,
    photo_problems: Mapping[str, str] = MappingProxyType({}),
    gathering: Gathering | None = None,
) -> Readiness:
    """Everything that is open, odd or complete; ``gathering`` where it is known.

    ``photo_problems`` gives for the evidence id of a photo that cannot be printed the code of the reason:
    ``blob-missing`` where its file is not here, anything else where it cannot be read.
    """
    found = chain(
        _of_the_visit(drawn),
        _of_the_gathering(gathering or Gathering()),
        _of_the_items(drawn),
        _of_the_head(drawn),
        _of_the_people(drawn),
        _of_the_signers(drawn),
        _of_the_findings(drawn),
        _of_the_records(drawn),
        _of_the_photos(drawn, photo_problems),
        _of_the_sections(drawn),
    )
    order = list(Group)
    return Readiness(tuple(sorted(found, key=lambda condition: order.index(condition.group))))


MUST, LOOK, DONE = Group.MUST, Group.LOOK, Group.DONE
_NOT_HERE = "blob-missing"


def _of_the_visit(drawn: Grounds) -> Iterator[Condition]:
    visit = drawn.inspection
    if visit.undecided:
        places = tuple(Place(*place.split("/", 2)) for place in visit.undecided)
        yield Condition("minutes-disagreements", MUST, places, {"count": len(places)})
    if not label(visit.unit.name):
        yield Condition("minutes-unit-missing", MUST, _here(drawn, "unit"))
    if visit.form is None:
        yield Condition("minutes-form-missing", MUST, _here(drawn, "form"))
    if visit.visit_date is None:
        yield Condition("minutes-date-missing", MUST, _here(drawn, "visit_date"))
    if drawn.checklist is None:
        yield Condition("minutes-checklist-missing", MUST, _here(drawn, "checklist"))


def _of_the_gathering(found: Gathering) -> Iterator[Condition]:
    here = (Place("laptop", ""),)
    if found.seals > 1:
        yield Condition("minutes-two-seals", MUST, here, {"count": found.seals})
    if found.laptops:
        yield Condition(
            "minutes-laptops-open", MUST, here, {"count": len(found.laptops), "names": _some(found.laptops)}
        )
    if found.held:
        yield Condition("minutes-held", MUST, (Place("exchange", ""),), {"count": found.held})
    if found.unknown:
        yield Condition("minutes-unknown-writes", MUST, (), {"count": found.unknown})
    if found.files:
        yield Condition("minutes-files-missing", LOOK, (Place("exchange", ""),), {"count": found.files})


def _of_the_items(drawn: Grounds) -> Iterator[Condition]:
    if drawn.checklist is None:
        return
    items = {item.key: item for item in drawn.checklist.items}
    unchecked = [items[score.key] for score in scores(drawn) if score.state is State.UNCHECKED]
    checked = [items[score.key] for score in scores(drawn) if score.state is State.CHECKED]
    reason = label(drawn.inspection.unchecked_reason)
    params: dict[str, object] = {"count": len(unchecked), "items": _some(short_code(item.code) for item in unchecked)}
    if unchecked and not reason:
        yield Condition("minutes-items-unchecked", MUST, _at_items(unchecked), params)
    elif unchecked:
        yield Condition("minutes-unchecked-explained", DONE, _at_items(unchecked), {**params, "reason": reason})
    else:
        yield Condition("minutes-items-complete", DONE, (), {"count": len(items)})
    bare = lacking_evidence(drawn)
    yield from _about_items("minutes-evidence-missing", [item for item in checked if item.key in bare])
    yield from _about_items("minutes-source-missing", [item for item in checked if _lacks_source(drawn, item)])
    yield from _about_items("minutes-figures-odd", [item for item in checked if _is_odd(drawn, item)])


def _about_items(code: str, items: list[Item]) -> Iterator[Condition]:
    if items:
        params = {"count": len(items), "items": _some(short_code(item.code) for item in items)}
        yield Condition(code, LOOK, _at_items(items), params)


def lacking_evidence(drawn: Grounds) -> frozenset[str]:
    """The keys of answered items that ask for evidence, of which none was seen and none is attached."""
    attached = {(subject.entity, subject.id) for piece in drawn.inspection.evidence for subject in piece.subjects}
    answers = drawn.inspection.answers
    items = drawn.checklist.items if drawn.checklist else ()
    return frozenset(
        item.key
        for item in items
        if item.evidence
        and (answer := answers.get(item.key)) is not None
        and not answer.evidence_seen
        and ("answer", answer.id) not in attached
    )


def _lacks_source(drawn: Grounds, item: Item) -> bool:
    answer = drawn.inspection.answers.get(item.key)
    return item.answer_type == "percent" and answer is not None and not label(answer.source)


def _is_odd(drawn: Grounds, item: Item) -> bool:
    answer = drawn.inspection.answers.get(item.key)
    return answer is not None and (answer.numerator or 0) > (answer.denominator or 0) > 0


def _of_the_head(drawn: Grounds) -> Iterator[Condition]:
    visit, head = drawn.inspection, drawn.inspection.header
    if not label(head.number) or not label(head.symbol):
        yield Condition("minutes-number-missing", LOOK, _here(drawn, "number"))
    blank = [name for name in ("superior_body", "team_name", "place", "venue") if not label(getattr(head, name))]
    if blank:
        yield Condition("minutes-head-incomplete", LOOK, _here(drawn, *blank), {"count": len(blank)})
    yield from _cited_documents(drawn)
    yield from _period(drawn)
    if visit.opened.date is None or visit.opened.time is None:
        yield Condition("minutes-opening-missing", LOOK, _here(drawn, "opened"))
    if visit.closed.date is None or visit.closed.time is None:
        yield Condition("minutes-closing-missing", LOOK, _here(drawn, "closed"))
    if head.copies is None or head.pages is None:
        yield Condition("minutes-copies-missing", LOOK, _here(drawn, "copies", "pages"))
    if not head.recipients:
        yield Condition("minutes-recipients-missing", LOOK, _here(drawn, "recipients"))
    yield from _laws(drawn)


def _cited_documents(drawn: Grounds) -> Iterator[Condition]:
    visit = drawn.inspection
    if not _is_whole(visit.team_decision):
        yield Condition("minutes-decision-incomplete", LOOK, _here(drawn, "team_decision"))
    if visit.planned is not False and not _is_whole(visit.plan_reference):
        yield Condition("minutes-plan-incomplete", LOOK, _here(drawn, "plan_reference"))
    if visit.form == "on_site" and not _is_whole(visit.visit_notice):
        yield Condition("minutes-notice-incomplete", LOOK, _here(drawn, "visit_notice"))
    if visit.form == "surprise" and visit.visit_notice != Cited():
        yield Condition("minutes-notice-of-surprise", LOOK, _here(drawn, "visit_notice", "form"))


def _is_whole(document: Cited) -> bool:
    return bool(label(document.number)) and document.date is not None


def _period(drawn: Grounds) -> Iterator[Condition]:
    start, end = drawn.inspection.period_start, drawn.inspection.period_end
    if start is None or end is None:
        yield Condition("minutes-period-missing", LOOK, _here(drawn, "period"))
    elif end < start:
        yield Condition("minutes-period-reversed", LOOK, _here(drawn, "period"))


def _laws(drawn: Grounds) -> Iterator[Condition]:
    cited = [(law, _here(drawn, "legal_bases")) for law in drawn.inspection.header.legal_bases]
    for finding in drawn.inspection.findings:
        cited += [(law, (Place("finding", finding.id, "legal_bases"),)) for law in finding.legal_bases]
    held = [(law, places) for law, places in cited if not may_be_printed(drawn, law)]
    if held:
        bases = (legal_basis(drawn, law) for law in dict.fromkeys(law for law, _ in held))
        titles = [label(basis.title.partition(" - ")[0]) for basis in bases if basis]
        places = tuple(place for _, given in held for place in given)
        yield Condition("minutes-law-unconfirmed", LOOK, places, {"count": len(titles), "laws": _some(titles)})


def _of_the_people(drawn: Grounds) -> Iterator[Condition]:
    visit = drawn.inspection
    remote = visit.form == "remote"
    roles = {member.role for member in visit.team}
    if "lead" not in roles:
        yield Condition("minutes-lead-missing", MUST, _here(drawn, "team_member"))
    if "secretary" not in roles:
        yield Condition("minutes-secretary-missing", LOOK, _here(drawn, "team_member"))
    if not remote and not visit.unit_people:
        yield Condition("minutes-unit-people-missing", LOOK, _here(drawn, "unit_person"))
    people: list[tuple[str, TeamMember | UnitPerson]] = [("team_member", member) for member in visit.team]
    people += [] if remote else [("unit_person", person) for person in visit.unit_people]
    unknown = [] if remote else [who for who in people if who[1].attendance.present is None]
    silent = [who for who in people if who[1].attendance.present is False and not label(who[1].attendance.reason)]
    yield from _about_people("minutes-attendance-open", unknown)
    yield from _about_people("minutes-absence-unexplained", silent)
    if people and not unknown and not silent:
        yield Condition("minutes-people-complete", DONE, (), {"team": len(visit.team), "unit": len(visit.unit_people)})


def _about_people(code: str, people: list[tuple[str, TeamMember | UnitPerson]]) -> Iterator[Condition]:
    if people:
        places = tuple(Place(entity, person.id, "attendance") for entity, person in people)
        names = _some(label(person.name) or "người chưa ghi tên" for _, person in people)
        yield Condition(code, LOOK, places, {"count": len(people), "names": names})


def _of_the_signers(drawn: Grounds) -> Iterator[Condition]:
    signers = drawn.inspection.signers
    sides = {signer.side for signer in signers}
    if "team" not in sides:
        yield Condition("minutes-team-signer-missing", MUST, _here(drawn, "signer"))
    if "unit" not in sides and drawn.inspection.form != "remote":
        yield Condition("minutes-unit-signer-missing", MUST, _here(drawn, "signer"))
    if "unit" in sides and drawn.inspection.form == "remote":
        yield Condition("minutes-unit-signer-remote", LOOK, _at_signers([s for s in signers if s.side == "unit"]))
    blank = [signer for signer in signers if not label(signer.name) or not label(signer.position)]
    if blank:
        yield Condition("minutes-signer-incomplete", LOOK, _at_signers(blank), {"count": len(blank)})
    silent = [s for s in signers if s.outcome in ("refused", "absent") and not label(s.reason)]
    if silent:
        yield Condition("minutes-refusal-unexplained", LOOK, _at_signers(silent), {"count": len(silent)})
    if signers and not blank and not silent:
        yield Condition("minutes-signers-complete", DONE, (), {"count": len(signers)})


def _at_signers(signers: list[Signer]) -> tuple[Place, ...]:
    return tuple(Place("signer", signer.id) for signer in signers)


def _of_the_findings(drawn: Grounds) -> Iterator[Condition]:
    findings = drawn.inspection.printed_findings
    wrong = [finding for finding in findings if finding.kind == "shortcoming"]
    tasks = [task for finding in wrong for task in tasks_of(drawn.inspection, finding)]
    open_points = [
        *_about_findings("minutes-finding-empty", [f for f in findings if not label(f.content)], "content"),
        *_about_findings("minutes-finding-without-task", [f for f in wrong if not tasks_of(drawn.inspection, f)], None),
        *_about_tasks("minutes-task-empty", [t for t in tasks if not label(t.content)], "content"),
        *_about_tasks("minutes-task-without-doer", [t for t in tasks if not label(t.responsible)], "responsible"),
        *_about_tasks("minutes-deadline-missing", [t for t in tasks if _has_no_deadline(t)], "deadline"),
        *_about_tasks("minutes-deadline-unconfirmed", [t for t in tasks if _is_suggested(t)], "deadline"),
    ]
    yield from open_points
    if findings and not open_points:
        yield Condition("minutes-findings-complete", DONE, (), {"count": len(findings), "tasks": len(tasks)})
    if drawn.inspection.form != "remote" and not label(drawn.inspection.unit_opinion):
        yield Condition("minutes-opinion-missing", LOOK, _here(drawn, "unit_opinion"))


def _about_findings(code: str, findings: list[Finding], name: str | None) -> Iterator[Condition]:
    if findings:
        places = tuple(Place("finding", finding.id, name) for finding in findings)
        yield Condition(code, LOOK, places, {"count": len(findings)})


def _about_tasks(code: str, tasks: list[Recommendation], name: str) -> Iterator[Condition]:
    if tasks:
        places = tuple(Place("recommendation", task.id, name) for task in tasks)
        yield Condition(code, LOOK, places, {"count": len(tasks)})


def _has_no_deadline(task: Recommendation) -> bool:
    return task.deadline is None and not task.working_days


def _is_suggested(task: Recommendation) -> bool:
    return task.deadline is None and bool(task.working_days) and not task.confirmed


def _of_the_records(drawn: Grounds) -> Iterator[Condition]:
    yield from _dossiers(drawn)
    heads = drawn.inspection.headcounts
    half = [row for row in heads if not is_complete(row)]
    odd = [row for row in heads if attentions(row)]
    for code, rows in (("minutes-headcount-incomplete", half), ("minutes-headcount-odd", odd)):
        if rows:
            places = tuple(Place("headcount", row.id, "counts") for row in rows)
            names = _some(label(row.place) or "nơi chưa ghi tên" for row in rows)
            yield Condition(code, LOOK, places, {"count": len(rows), "names": names})
    if heads and not half and not odd:
        yield Condition("minutes-headcounts-complete", DONE, (), {"count": len(heads)})


def _dossiers(drawn: Grounds) -> Iterator[Condition]:
    rows = _assessed(drawn)
    half = [row for row in rows if not row.complete]
    odd = [row for row in rows if row.attentions]
    for code, found in (("minutes-dossiers-incomplete", half), ("minutes-dossiers-odd", odd)):
        if found:
            places = tuple(Place("dossier", each.row.id) for each in found)
            codes = _some(label(each.row.code) or "hồ sơ chưa ghi mã" for each in found)
            yield Condition(code, LOOK, places, {"count": len(found), "codes": codes})
    if rows and not half and not odd:
        yield Condition("minutes-dossiers-complete", DONE, (), {"count": len(rows)})
    years = _years_without_holidays(drawn, rows)
    if years:
        yield Condition("minutes-calendar-missing", LOOK, (), {"years": ", ".join(str(year) for year in years)})


def _assessed(drawn: Grounds) -> list[Assessed]:
    items = drawn.checklist.items if drawn.checklist else ()
    samples = (sample_of(drawn, item) for item in items if item.answer_type == "sample_dossiers")
    return [row for found in samples if found for row in found.rows]


def _years_without_holidays(drawn: Grounds, rows: Iterable[Assessed]) -> list[int]:
    years: set[int] = set()
    for late in (row for row in rows if row.late):
        start, end = late.row.due.date, late.row.returned.date or drawn.terms.as_of
        years |= set(drawn.terms.calendar.years_without_table(start, end)) if start else set()
    return sorted(years)


def _of_the_photos(drawn: Grounds, problems: Mapping[str, str]) -> Iterator[Condition]:
    photos = pictures(drawn.inspection)
    missing = [piece for piece in photos if problems.get(piece.id) == _NOT_HERE]
    damaged = [piece for piece in photos if problems.get(piece.id, _NOT_HERE) != _NOT_HERE]
    for code, found in (("minutes-photos-missing", missing), ("minutes-photos-damaged", damaged)):
        if found:
            places = tuple(Place("evidence", piece.id, "file") for piece in found)
            names = _some(label(piece.caption) or (piece.file.name if piece.file else "") for piece in found)
            params = {"count": len(found), "total": len(photos), "names": names}
            yield Condition(code, LOOK, places, params)
    if photos and not missing and not damaged:
        yield Condition("minutes-photos-complete", DONE, (), {"count": len(photos)})


def _of_the_sections(drawn: Grounds) -> Iterator[Condition]:
    """Sections the secretary edited before more was recorded."""
    proposals = propose_from(drawn) if drawn.inspection.sections else {}
    edited = drawn.inspection.sections.items()
    behind = [key for key, text in edited if merge_view(text, proposals.get(key, "")).changed_since]
    if behind:
        names = _some(SECTIONS[key].title if key in SECTIONS else key for key in behind)
        places = tuple(Place("minutes_section", key) for key in behind)
        yield Condition("minutes-section-behind", LOOK, places, {"count": len(behind), "names": names})


def _here(drawn: Grounds, *names: str) -> tuple[Place, ...]:
    return tuple(Place("inspection", drawn.inspection.id, name) for name in names)


def _at_items(items: Iterable[Item]) -> tuple[Place, ...]:
    return tuple(Place("item", item.key) for item in items)


def _some(names: Iterable[str]) -> str:
    """At most five names; dots stand for the rest."""
    told = list(names)
    return ", ".join([*told[:5], *(["…"] if len(told) > 5 else [])])
