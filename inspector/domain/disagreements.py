"""Disagreements (chỗ chưa thống nhất) as people see them: one line a field, with every text, its authors and what they
had before them.

Four kinds, by how much they weigh (``registers.ConflictClass``): different values of one field (C2), the same of a
field that may be left open at the seal (minor), a record deleted by one and edited by another (C3), and other fields
of one record written apart (C1), which is for information. Nothing here chooses, and nothing is ordered by a clock as
a hint at who is right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from inspector.domain.changeset import ChangeSet, Json, canonical, operation_id
from inspector.domain.registers import DELETED, ConflictClass

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")

OPEN = (ConflictClass.C2, ConflictClass.C3)
"""What keeps the minutes closed until somebody decided it."""


@dataclass(frozen=True, slots=True)
class Base:
    """What somebody had before them when they began to write; ``None`` where the field was empty."""

    value: Json


@dataclass(frozen=True, slots=True)
class Voice:
    """Who wrote a value: ``wall`` is what the clock of their machine showed. ``saw`` is None where it was several."""

    operation: str
    author: str
    device: str
    wall: str
    why: str | None
    saw: Base | None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values, with everybody who wrote it; ``field`` differs from the line's only where a record was
    deleted.
    """

    field: str
    value: Json
    voices: tuple[Voice, ...]

    @property
    def operations(self) -> tuple[str, ...]:
        return tuple(voice.operation for voice in self.voices)


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided: the value now standing, between ``sides`` of then."""

    voice: Voice
    value: Json
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One line: open while ``decision`` is None. ``base`` is what all had before them, None where that differs."""

    entity: str
    id: str
    field: str
    kind: ConflictClass
    sides: tuple[Side, ...]
    base: Base | None = None
    decision: Decision | None = None
    standing: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Field and operations of everything that stands in a record which somebody deleted."""

    @property
    def is_open(self) -> bool:
        return self.decision is None and self.kind in OPEN

    @property
    def operations(self) -> tuple[str, ...]:
        """Everything that stands here: a decision names all of it."""
        return tuple(operation for side in self.sides for operation in side.operations)


@dataclass(frozen=True, slots=True)
class Stands:
    """A value that stands in a field, as ``registers`` or the tables give it."""

    value: Json
    voice: Voice


Heads = Mapping[str, Sequence[Stands]]
"""The values that stand in a record, by field, in the order they are shown."""

ValueOf = Callable[[str], Json]
"""The value an operation wrote; None also where it is not here."""


def of_field(entity: str, record: str, field: str, kind: ConflictClass, heads: Sequence[Stands]) -> Disagreement:
    """Different values of one field."""
    return Disagreement(entity, record, field, kind, sides_of(field, heads), base_of(heads))


def of_deletion(entity: str, record: str, heads: Heads, apart: Iterable[str]) -> Disagreement:
    """A record that one deleted while others wrote the fields ``apart``: the deletion first, then what was written."""
    sides = list(sides_of(DELETED, heads.get(DELETED, ())))
    for field in sorted(set(apart) - {DELETED}):
        sides += sides_of(field, heads.get(field, ()))
    standing = ((field, tuple(head.voice.operation for head in stand)) for field, stand in sorted(heads.items()))
    return Disagreement(entity, record, DELETED, ConflictClass.C3, tuple(sides), standing=tuple(standing))


def of_record(entity: str, record: str, heads: Heads, apart: Iterable[str]) -> Disagreement:
    """Other fields of one record, written without knowing of each other: for information."""
    sides = [side for field in sorted(apart) for side in sides_of(field, heads.get(field, ()))]
    return Disagreement(entity, record, "", ConflictClass.C1, tuple(sides))


def sides_of(field: str, heads: Sequence[Stands]) -> tuple[Side, ...]:
    """Equal values are one side, whoever wrote them."""
    found: dict[str, list[Stands]] = {}
    for head in heads:
        found.setdefault(canonical(head.value), []).append(head)
    return tuple(Side(field, same[0].value, tuple(head.voice for head in same)) for same in found.values())


def base_of(heads: Sequence[Stands]) -> Base | None:
    """The one value that every author had before them; None where they saw different ones."""
    saw = [head.voice.saw for head in heads]
    known = [base for base in saw if base is not None]
    same = len({canonical(base.value) for base in known}) == 1
    return known[0] if same and len(known) == len(saw) else None


def saw_of(parents: Sequence[str], value_of: ValueOf) -> Base | None:
    """What somebody who named these operations of a field had before them."""
    values = {canonical(value): value for value in map(value_of, parents)}
    return Base(next(iter(values.values()), None)) if len(values) < 2 else None


def between_of(changeset: ChangeSet) -> tuple[str, ...]:
    """The operations a change set says it decided between; none where it decided nothing."""
    named = changeset.payload.get("between") if changeset.kind == "write" else None
    return tuple(one for one in named if isinstance(one, str)) if isinstance(named, list) else ()


def decided(
    entity: str, record: str, field: str, head: Stands, between: Sequence[tuple[str, Stands]], kind: ConflictClass
) -> Disagreement:
    """A line whose value somebody chose: ``between`` are field and value of what they chose between."""
    fields = dict.fromkeys(name for name, _ in between)
    sides = tuple(side for name in fields for side in sides_of(name, [stands for of, stands in between if of == name]))
    return Disagreement(entity, record, field, kind, sides, None, Decision(head.voice, head.value, sides))


def voice_of(changeset: ChangeSet, index: int, value_of: ValueOf) -> Voice:
    """Who wrote the write number ``index`` of a change set."""
    return Voice(
        operation_id(changeset.hash, index),
        changeset.author,
        changeset.device,
        changeset.wall,
        changeset.why,
        saw_of(changeset.writes[index].parents, value_of),
    )


def marked(text: str, others: Iterable[str]) -> tuple[tuple[str, bool], ...]:
    """A text in pieces, each with whether it stands in none of the others: word by word, nothing left out."""
    words, texts = _WORDS.findall(text), list(others)
    same = [not texts] * len(words)
    for other in texts:
        for block in SequenceMatcher(None, words, _WORDS.findall(other), autojunk=False).get_matching_blocks():
            same[block.a : block.a + block.size] = [True] * block.size
    pieces: list[tuple[str, bool]] = []
    for word, known in zip(words, same, strict=True):
        if pieces and pieces[-1][1] is not known:
            pieces[-1] = (pieces[-1][0] + word, not known)
        else:
            pieces.append((word, not known))
    return tuple(pieces)
