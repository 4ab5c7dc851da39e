"""Where the people of an inspection do not agree (chỗ chưa thống nhất), what each wrote, and what was decided."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from inspector.domain import disagreements as seen_as
from inspector.domain.changeset import ChangeSet, Json, name_of
from inspector.domain.checklist import Checklist
from inspector.domain.disagreements import Disagreement, Heads, Side, Stands, Voice
from inspector.domain.errors import BadInput
from inspector.domain.inspection import Inspection
from inspector.domain.registers import DELETED, ConflictClass
from inspector.domain.registry import ENTITIES, Right, Rule, right_of, rule_of
from inspector.domain.wording import moment_of
from inspector.services.reading import RECORDED, read_inspection
from inspector.services.recorded_words import field_words, record_words, value_words

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.storage.disagreeing import Apart
    from inspector.storage.reading import Head, Reading

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Who:
    """The author of an opinion: ``at`` is what the clock of their machine showed, for information only."""

    name: str
    agency: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Opinion:
    """One side of a line in words. ``keep`` is what a decision for it names; ``letter`` A, B, … as people call it."""

    letter: str
    field: str
    words: str
    value: Json
    keep: str
    operations: tuple[str, ...]
    who: tuple[Who, ...]
    saw: str | None
    """What they had before them when they began, None where that was several values."""


@dataclass(frozen=True, slots=True)
class Line:
    """One disagreement in words; ``base`` is what all had before them, None where that differs or is not known.

    ``decided`` and ``by`` tell what somebody decided. ``right`` is what deciding here needs.
    """

    at: Disagreement
    record: str
    field: str
    opinions: tuple[Opinion, ...]
    base: str | None
    decided: str | None
    by: Who | None
    why: str | None
    right: Right

    @property
    def key(self) -> str:
        return f"{self.at.entity}/{self.at.id}/{self.at.field}"

    @property
    def code(self) -> str:
        """Eight letters for the place with everything that stands there: another opinion makes it another code."""
        stands = self.at.decision.voice.operation if self.at.decision else " ".join(sorted(self.at.operations))
        return name_of(hashlib.sha256(f"{self.key} {stands}".encode()).digest())[:8]

    @property
    def seen(self) -> dict[str, tuple[str, ...]]:
        """What an act that decides here has seen, as ``Desk.perform`` takes it."""
        if self.at.decision is not None:
            return {self.key: (self.at.decision.voice.operation,)}
        standing = self.at.standing or ((self.at.field, self.at.operations),)
        return {f"{self.at.entity}/{self.at.id}/{field}": operations for field, operations in standing}


def disagreements(reading: Reading, inspection: str) -> tuple[Disagreement, ...]:
    """Everything about which the people of an inspection disagree or disagreed: open ones first, then those that may
    stay open, those that were decided, and what was written apart, for information.
    """
    found = [*_open(reading, inspection)]
    places = {(one.entity, one.id, one.field) for one in found}
    found += [one for one in _decided(reading, inspection) if (one.entity, one.id, one.field) not in places]
    return tuple(sorted([*found, *_apart(reading, inspection)], key=_weight))


def open_disagreements(reading: Reading, inspection: str) -> tuple[Disagreement, ...]:
    """Those that somebody has to decide, or may."""
    return tuple(sorted(_open(reading, inspection), key=_weight))


def lines(desk: Desk, inspection: str) -> tuple[Line, ...]:
    """All of them in words.

    Raises:
        Refused: ``inspection-not-found``.
    """
    with desk.workspace.snapshot() as reading:
        found = read_inspection(reading, inspection)
        told = disagreements(reading, inspection)
        people = reading.people(inspection)
    teller = _Teller(found, checklist_of(desk, found), people)
    return tuple(teller.line(one) for one in told)


def checklist_of(desk: Desk, found: Inspection) -> Checklist | None:
    """None where its document has not come yet: what was written can be read all the same."""
    try:
        return desk.library.checklist(found.checklist.hash) if found.checklist else None
    except BadInput:
        return None


def _weight(found: Disagreement) -> tuple[int, str, str, str]:
    order = (ConflictClass.C3, ConflictClass.C2, ConflictClass.MINOR)
    if found.decision is not None:
        return len(order), found.entity, found.id, found.field
    weight = order.index(found.kind) if found.kind in order else len(order) + 1
    return weight, found.entity, found.id, found.field


def _open(reading: Reading, inspection: str) -> Iterator[Disagreement]:
    by_record: dict[tuple[str, str], list[Apart]] = {}
    for place in reading.disagreements(inspection):
        by_record.setdefault((place.entity, place.id), []).append(place)
    for (entity, record), places in by_record.items():
        if _is_gone(reading, inspection, entity, record):
            continue
        heads = _heads(reading, inspection, entity, record)
        against = [place.field for place in places if place.kind == ConflictClass.C3]
        if against:
            yield seen_as.of_deletion(entity, record, heads, against)
        for place in places:
            if place.kind != ConflictClass.C3:
                kind, stand = ConflictClass(place.kind), heads[place.field]
                yield seen_as.of_field(entity, record, place.field, kind, stand)


def _apart(reading: Reading, inspection: str) -> Iterator[Disagreement]:
    by_record: dict[tuple[str, str], list[str]] = {}
    for place in reading.written_apart(inspection):
        if place.entity in RECORDED and not _is_gone(reading, inspection, place.entity, place.id):
            by_record.setdefault((place.entity, place.id), []).append(place.field)
    for (entity, record), fields in by_record.items():
        yield seen_as.of_record(entity, record, _heads(reading, inspection, entity, record), fields)


def _decided(reading: Reading, inspection: str) -> Iterator[Disagreement]:
    """Decisions that still stand, where nothing is open again."""
    for changeset in reading.decisions(inspection):
        write = changeset.writes[0]
        heads = reading.heads(inspection, write.entity, write.id, write.field)
        voice = seen_as.voice_of(changeset, 0, reading.value_of)
        if [head.operation for head in heads] == [voice.operation]:
            kind = _kind(write.entity, write.field)
            between = [*_between(reading, changeset)]
            stands = Stands(write.value, voice)
            yield seen_as.decided(write.entity, write.id, write.field, stands, between, kind)


def _kind(entity: str, field: str) -> ConflictClass:
    if field == DELETED:
        return ConflictClass.C3
    return ConflictClass.MINOR if rule_of(entity, field) is Rule.MINOR else ConflictClass.C2


def _between(reading: Reading, changeset: ChangeSet) -> Iterator[tuple[str, Stands]]:
    for operation in seen_as.between_of(changeset):
        found = reading.written(operation)
        if found is not None and not seen_as.between_of(found[0]):
            write = found[0].writes[found[1]]
            yield write.field, Stands(write.value, seen_as.voice_of(*found, reading.value_of))


def _is_gone(reading: Reading, inspection: str, entity: str, record: str) -> bool:
    found = reading.record(inspection, entity, record)
    return found is not None and found.deleted


def _heads(reading: Reading, inspection: str, entity: str, record: str) -> Heads:
    found = reading.record_heads(inspection, entity, record)
    return {field: [_stands(reading, head) for head in heads] for field, heads in found.items()}


def _stands(reading: Reading, head: Head) -> Stands:
    saw = seen_as.saw_of(head.parents, reading.value_of)
    return Stands(head.value, Voice(head.operation, head.author, head.device, head.wall, head.why, saw))


@dataclass(frozen=True)
class _Teller:
    """Puts disagreements of one inspection into words."""

    inspection: Inspection
    checklist: Checklist | None
    people: Mapping[str, tuple[str, str]]

    def line(self, found: Disagreement) -> Line:
        by = self._who(found.decision.voice) if found.decision else None
        return Line(
            found,
            record_words(self.inspection, self.checklist, found.entity, found.id),
            field_words(found.entity, found.field) if found.field else "",
            tuple(self._opinions(found)),
            None if found.base is None else self._said(found, found.field, found.base.value),
            None if found.decision is None else self._said(found, found.field, found.decision.value),
            by,
            found.decision.voice.why if found.decision else None,
            right_of(found.entity, found.field) if found.field and found.entity in ENTITIES else Right.DECIDE,
        )

    def _opinions(self, found: Disagreement) -> Iterator[Opinion]:
        for number, side in enumerate(self._sides(found)):
            names = "" if side.field == found.field else f"{field_words(found.entity, side.field)}: "
            yield Opinion(
                LETTERS[number % len(LETTERS)],
                side.field,
                names + self._said(found, side.field, side.value),
                side.value,
                side.operations[0] if side.operations else "",
                side.operations,
                tuple(self._who(voice) for voice in side.voices),
                self._saw(found, side),
            )

    def _saw(self, found: Disagreement, side: Side) -> str | None:
        saw = side.voices[0].saw if side.voices else None
        return None if saw is None or side.field == DELETED else self._said(found, side.field, saw.value)

    def _sides(self, found: Disagreement) -> Sequence[Side]:
        """By author, not by time: whoever was last is not right for that."""
        return sorted(found.sides, key=lambda side: (found.field != side.field, *self._names(side), side.operations))

    def _names(self, side: Side) -> tuple[str, ...]:
        return tuple(self.people.get(voice.author, ("", ""))[0] for voice in side.voices[:1])

    def _who(self, voice: Voice) -> Who:
        name, agency = self.people.get(voice.author, ("", ""))
        return Who(name, agency, moment_of(voice.wall))

    def _said(self, found: Disagreement, field: str, value: Json) -> str:
        return value_words(self.inspection, self.checklist, found.entity, found.id, field, value)


def find(told: Iterable[Line], entity: str, record: str, field: str) -> Line | None:
    """The line of a place; a field of a record that somebody deleted is decided with the deletion."""
    known = {(line.at.entity, line.at.id, line.at.field): line for line in told}
    return known.get((entity, record, field)) or known.get((entity, record, DELETED))


def without_information(told: Iterable[Line]) -> tuple[Line, ...]:
    """The lines that are or were to be decided."""
    return tuple(line for line in told if line.at.kind is not ConflictClass.C1)
