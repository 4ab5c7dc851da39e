"""From records of the log to an inspection as people speak of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar, cast

from inspector.domain import inspection as said
from inspector.domain.changeset import Json
from inspector.domain.errors import Refused
from inspector.domain.registers import ConflictClass
from inspector.domain.registry import DELETED, ENTITIES, SpaceKind
from inspector.domain.seal import KINDS, standing_seals
from inspector.domain.values import readable

if TYPE_CHECKING:
    from inspector.storage.reading import Reading, Record

Values = Mapping[str, Json]
RECORDED = tuple(
    name for name, entity in ENTITIES.items() if entity.space is SpaceKind.INSPECTION and name != "comment"
)
_BY_KEY = {"dossier": ("code",), "headcount": ("at", "place")}
"""Their ids are made of their keys and say nothing about who came first."""

T = TypeVar("T")


def read_inspection(reading: Reading, space: str) -> said.Inspection:
    """Everything recorded in the space of one inspection.

    Raises:
        Refused: ``inspection-not-found``.
    """
    return inspection_of(space, read_records(reading, space, RECORDED), read_seals(reading, space))


def read_seals(reading: Reading, space: str) -> tuple[said.SealFact, ...]:
    """The seals of an inspection, void ones too, in the order of their codes."""
    facts = (
        said.SealFact(
            one.seal.changeset.hash.hex(),
            one.seal.code,
            one.seal.root,
            one.seal.changeset.author,
            one.seal.changeset.wall,
            len({witness.device for witness in one.witnesses}),
            tuple(issue.docx for issue in one.issues),
            tuple(void.author for void in one.voids),
        )
        for one in standing_seals(reading.of_kinds(space, KINDS))
    )
    return tuple(sorted(facts, key=lambda fact: fact.code))


def read_records(reading: Reading, space: str, entities: Iterable[str]) -> dict[str, list[Record]]:
    """The records of these entities, each with the values that are of the types this program knows."""
    return {name: [readable_record(record) for record in reading.records(space, name)] for name in entities}


def inspection_of(
    space: str, found: Mapping[str, list[Record]], seals: tuple[said.SealFact, ...] = ()
) -> said.Inspection:
    """What the records of all entities in ``RECORDED`` say.

    Raises:
        Refused: ``inspection-not-found``.
    """
    heads = found.get("inspection", [])
    if not heads:
        raise Refused("inspection-not-found", id=space)
    head = heads[0].values
    evidence = _evidence(found)
    return said.Inspection(
        id=space,
        unit=_group(said.UnitSnapshot, head.get("unit")),
        form=_str(head.get("form")),
        planned=_bool(head.get("planned")),
        plan_reference=_group(said.Cited, head.get("plan_reference")),
        team_decision=_group(said.Cited, head.get("team_decision")),
        visit_notice=_group(said.Cited, head.get("visit_notice")),
        period_start=_member(head, "period", "start", date.fromisoformat),
        period_end=_member(head, "period", "end", date.fromisoformat),
        visit_date=_read(head.get("visit_date"), date.fromisoformat),
        checklist=_whole(said.PinnedChecklist, head.get("checklist")),
        scored=bool(head.get("scored")),
        status=_str(head.get("status")) or "planned",
        header=_header(head),
        opened=_group(said.Moment, head.get("opened")),
        closed=_group(said.Moment, head.get("closed")),
        unit_opinion=_str(head.get("unit_opinion")),
        unchecked_reason=_str(head.get("unchecked_reason")),
        previous=_str(head.get("previous")),
        team=_each(found, "team_member", _team_member),
        unit_people=_each(found, "unit_person", _unit_person),
        answers={answer.item: answer for answer in _each(found, "answer", _answer)},
        evidence=evidence,
        dossiers=_each(found, "dossier", _dossier),
        samples={sample.item: sample for sample in _each(found, "dossier_sample", _sample)},
        headcounts=_each(found, "headcount", _headcount),
        findings=_findings(found),
        sections={section.section: section for section in _each(found, "minutes_section", _section) if section.text},
        signers=_each(found, "signer", _signer),
        documents=_each(found, "issued_document", _document),
        signed=next(iter(_each(found, "signature", _signed)), None),
        supplements=_each(found, "supplement", _supplement),
        seals=seals,
        conflicts=tuple(
            f"{record.entity}/{record.id}/{field}"
            for records in found.values()
            for record in records
            for field in record.conflicts
        ),
        undecided=tuple(place for records in found.values() for record in records for place in _undecided(record)),
    )


def _undecided(record: Record) -> list[str]:
    kinds = dict(zip(record.conflicts, record.kinds, strict=True))
    fields = [field for field, kind in kinds.items() if kind == ConflictClass.C2]
    if ConflictClass.C3 in kinds.values():
        fields.append(DELETED)
    return [f"{record.entity}/{record.id}/{field}" for field in fields]


def _each(found: Mapping[str, list[Record]], entity: str, read: Callable[[Record], T]) -> tuple[T, ...]:
    return tuple(read(record) for record in in_order(found.get(entity, [])))


def in_order(records: Iterable[Record]) -> list[Record]:
    """Records as people arranged them, then by their natural key, then as they were made (ids grow with time)."""
    return sorted(records, key=_place)


def _place(record: Record) -> tuple[Decimal, list[str], str]:
    order = _decimal(record.values.get("order"))
    natural = [str(record.values.get(part) or "") for part in _BY_KEY.get(record.entity, ())]
    return Decimal(10**15) if order is None else order, natural, record.id


def readable_record(record: Record) -> Record:
    """The record with the values that are of the types this program knows."""
    known = ENTITIES[record.entity]
    values: dict[str, Json] = {
        field.name: value
        for field in known.fields
        if (value := readable(field, record.values.get(field.name), field.members)) is not None
    }
    return dataclasses.replace(record, values=values)


def _header(head: Values) -> said.Header:
    return said.Header(
        superior_body=_str(head.get("superior_body")),
        team_name=_str(head.get("team_name")),
        number=_str(head.get("number")),
        symbol=_str(head.get("symbol")),
        place=_str(head.get("place")),
        venue=_str(head.get("venue")),
        summary=_str(head.get("summary")),
        legal_bases=_strings(head.get("legal_bases")),
        recipients=_strings(head.get("recipients")),
        copies=_int(head.get("copies")),
        pages=_int(head.get("pages")),
    )


def _team_member(record: Record) -> said.TeamMember:
    values = record.values
    return said.TeamMember(
        id=record.id,
        name=_str(values.get("name")),
        title=_str(values.get("title")),
        agency=_str(values.get("agency")),
        role=_str(values.get("role")),
        rights=_strings(values.get("rights")),
        contents=_strings(values.get("contents")),
        substitute_for=_str(values.get("substitute_for")),
        attendance=_group(said.Attendance, values.get("attendance")),
    )


def _unit_person(record: Record) -> said.UnitPerson:
    values = record.values
    return said.UnitPerson(
        id=record.id,
        name=_str(values.get("name")),
        title=_str(values.get("title")),
        department=_str(values.get("department")),
        attendance=_group(said.Attendance, values.get("attendance")),
    )


def _answer(record: Record) -> said.Answer:
    values = record.values
    result = _members(values.get("result"))
    return said.Answer(
        id=record.id,
        item=_str(values.get("item")) or "",
        value=_str(result.get("value")),
        numerator=_int(result.get("numerator")),
        denominator=_int(result.get("denominator")),
        count=_int(result.get("count")),
        not_applicable=bool(result.get("not_applicable")),
        reason=_str(result.get("reason")),
        appraised_score=_decimal(result.get("appraised_score")),
        appraised_reason=_str(result.get("appraised_reason")),
        self_score=_decimal(values.get("self_score")),
        final_score=_decimal(values.get("final_score")),
        remark=_str(values.get("remark")),
        source=_str(_members(values.get("figures_from")).get("source")),
        extracted_at=_member(values, "figures_from", "extracted_at", datetime.fromisoformat),
        evidence_seen=_strings(values.get("evidence_seen")),
    )


def _evidence(found: Mapping[str, list[Record]]) -> tuple[said.Evidence, ...]:
    subjects: dict[str, list[said.Subject]] = {}
    for link in found.get("evidence_link", []):
        if link.values.get("linked"):
            subject = said.Subject(_str(link.values.get("entity")) or "", _str(link.values.get("subject")) or "")
            subjects.setdefault(_str(link.values.get("evidence")) or "", []).append(subject)
    return _each(found, "evidence", lambda record: _piece(record, tuple(subjects.get(record.id, ()))))


def _piece(record: Record, subjects: tuple[said.Subject, ...]) -> said.Evidence:
    values = record.values
    figure, statement = _members(values.get("figure")), _members(values.get("statement"))
    return said.Evidence(
        id=record.id,
        kind=_str(values.get("kind")) or "",
        document=_group(said.Cited, values["document"]) if values.get("document") else None,
        figure_name=_str(figure.get("name")),
        figure_value=_str(figure.get("value")),
        figure_unit=_str(figure.get("unit")),
        figure_source=_str(figure.get("source")),
        figure_extracted_at=_read(figure.get("extracted_at"), datetime.fromisoformat),
        file=_whole(said.StoredFile, values.get("file")),
        statement=_str(statement.get("text")),
        said_by=_str(statement.get("said_by")),
        said_at=_read(statement.get("at"), datetime.fromisoformat),
        caption=_str(values.get("caption")),
        place=_str(values.get("place")),
        taken_at=_read(values.get("taken_at"), datetime.fromisoformat),
        rotation=_int(values.get("rotation")) or 0,
        subjects=subjects,
    )


def _dossier(record: Record) -> said.DossierRow:
    values = record.values
    return said.DossierRow(
        id=record.id,
        item=_str(values.get("item")),
        code=_str(values.get("code")),
        procedure=_str(values.get("procedure")),
        area=_str(values.get("area")),
        received=_read(values.get("received"), date.fromisoformat),
        due=_group(said.Moment, values.get("due")),
        returned=_group(said.Moment, values.get("returned")),
        apology=_bool(values.get("apology")),
        control_slip=_bool(values.get("control_slip")),
        extra_papers=_bool(values.get("extra_papers")),
        system_differs=_bool(values.get("system_differs")),
        origin=_str(values.get("origin")),
        receiving_agency=_str(values.get("receiving_agency")),
        solving_agency=_str(values.get("solving_agency")),
        note=_str(values.get("note")),
    )


def _sample(record: Record) -> said.DossierSample:
    values = record.values
    return said.DossierSample(
        id=record.id,
        item=_str(values.get("item")) or "",
        population=_int(values.get("population")),
        method=_str(values.get("method")),
        chosen_by=_str(values.get("chosen_by")),
        totals=_group(said.SampleTotals, values["totals"]) if values.get("totals") else None,
    )


def _headcount(record: Record) -> said.Headcount:
    values = record.values
    counts = {name: _int(count) for name, count in _members(values.get("counts")).items()}
    return said.Headcount(
        id=record.id,
        item=_str(values.get("item")),
        place=_str(values.get("place")),
        at=_read(values.get("at"), datetime.fromisoformat),
        note=_str(values.get("note")),
        **counts,
    )


def _findings(found: Mapping[str, list[Record]]) -> tuple[said.Finding, ...]:
    to_do: dict[str, list[said.Recommendation]] = {}
    for record in in_order(found.get("recommendation", [])):
        to_do.setdefault(_str(record.values.get("finding")) or "", []).append(_recommendation(record))
    return _each(found, "finding", lambda record: _finding(record, tuple(to_do.get(record.id, ()))))


def _finding(record: Record, recommendations: tuple[said.Recommendation, ...]) -> said.Finding:
    values = record.values
    return said.Finding(
        id=record.id,
        kind=_str(values.get("kind")) or "shortcoming",
        content=_str(values.get("content")),
        facts=_str(values.get("facts")),
        section=_str(values.get("section")),
        item=_str(values.get("item")),
        severity=_str(values.get("severity")),
        cause_internal=_str(values.get("cause_internal")),
        cause_external=_str(values.get("cause_external")),
        legal_bases=_strings(values.get("legal_bases")),
        unit_opinion=_str(values.get("unit_opinion")),
        repeats=_str(values.get("repeats")),
        merged_into=_str(values.get("merged_into")),
        recommendations=recommendations,
    )


def _recommendation(record: Record) -> said.Recommendation:
    values = record.values
    deadline = _members(values.get("deadline"))
    return said.Recommendation(
        id=record.id,
        content=_str(values.get("content")),
        responsible=_str(values.get("responsible")),
        deadline=_read(deadline.get("date"), date.fromisoformat),
        working_days=_int(deadline.get("working_days")),
        confirmed=bool(deadline.get("confirmed")),
        report_to=_str(values.get("report_to")),
    )


def _section(record: Record) -> said.SectionText:
    body = _members(record.values.get("body"))
    return said.SectionText(
        _str(record.values.get("section")) or "", _str(body.get("text")) or "", _str(body.get("proposal")) or ""
    )


def _signer(record: Record) -> said.Signer:
    values = record.values
    outcome = _members(values.get("outcome"))
    return said.Signer(
        id=record.id,
        side=_str(values.get("side")),
        position=_str(values.get("position")),
        capacity=_str(values.get("capacity")),
        name=_str(values.get("name")),
        outcome=_str(outcome.get("state")),
        reason=_str(outcome.get("reason")),
    )


def _document(record: Record) -> said.IssuedDocument:
    values = record.values
    kept, position = _members(values.get("file")), _members(values.get("position"))
    return said.IssuedDocument(
        id=record.id,
        kind=_str(values.get("kind")) or "draft",
        hash=_str(kept.get("hash")) or "",
        name=_str(kept.get("name")) or "",
        size=_int(kept.get("size")) or 0,
        template=_str(values.get("template")) or "",
        changes=_int(position.get("changes")) or 0,
        root=_str(position.get("root")) or "",
        made_at=_read(values.get("made_at"), datetime.fromisoformat),
    )


def _signed(record: Record) -> said.Signed:
    signed = _members(record.values.get("signed"))
    return said.Signed(
        _read(signed.get("date"), date.fromisoformat), _str(signed.get("scan")), _str(signed.get("document"))
    )


def _supplement(record: Record) -> said.Supplement:
    values = record.values
    return said.Supplement(
        id=record.id,
        number=_str(values.get("number")),
        date=_read(values.get("date"), date.fromisoformat),
        reason=_str(values.get("reason")),
        content=_str(values.get("content")),
    )


_FROM_TEXT: dict[str, Callable[[str], object]] = {
    "date": date.fromisoformat,
    "as_of": date.fromisoformat,
    "time": time.fromisoformat,
}


def _group(kind: Callable[..., T], value: Json) -> T:
    """A group of the registry as the value of the same member names; members of newer versions are passed over."""
    filled: dict[str, Any] = {}
    known = {field.name for field in dataclasses.fields(cast(Any, kind))}
    for name, member in _members(value).items():
        if name not in known:
            continue
        read = _FROM_TEXT.get(name)
        filled[name] = _read(member, read) if read else member
    return kind(**filled)


def _whole(kind: Callable[..., T], value: Json) -> T | None:
    """A group of which every member is needed."""
    given = _members(value)
    needed = {field.name for field in dataclasses.fields(cast(Any, kind))}
    return _group(kind, value) if needed <= given.keys() else None


def _members(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _member(values: Values, group: str, member: str, read: Callable[[str], T]) -> T | None:
    return _read(_members(values.get(group)).get(member), read)


def _read(value: Json, read: Callable[[str], T]) -> T | None:
    return read(value) if isinstance(value, str) else None


def _str(value: Json) -> str | None:
    return value if isinstance(value, str) else None


def _int(value: Json) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _bool(value: Json) -> bool | None:
    return value if isinstance(value, bool) else None


def _decimal(value: Json) -> Decimal | None:
    return _read(value, Decimal)


def _strings(value: Json) -> tuple[str, ...]:
    return tuple(entry for entry in value if isinstance(entry, str)) if isinstance(value, list) else ()
