"""The registers of one space: for every field of every record, the written values and which of them still stand.

Only what the writes themselves say enters here. Which acts are known and which are accepted is decided elsewhere
(``merge``, ``judgement``); both can change, so everything here can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from inspector.domain.changeset import SHORT, ChangeSet, Json, Write, canonical, operation_id, short_of

DELETED = "_del"

RuleOf = Callable[[str, str], str]
"""(entity, field) → how concurrent values meet: ``decide``, ``minor``, ``set`` or ``order``."""


class ConflictClass(StrEnum):
    """How much a disagreement weighs. C2 and C3 block a seal."""

    C1 = "C1"  # other fields of the same record were written apart: for information
    MINOR = "minor"  # different values of a field that may be left open at the seal
    C2 = "C2"  # different values of one field
    C3 = "C3"  # deleted by one, edited by another who did not know


@dataclass(frozen=True, slots=True)
class Head:
    """A value no accepted write has replaced, with what a person needs to judge it."""

    operation: str
    value: Json
    hash: bytes
    author: str
    device: str
    lamport: int
    wall: str
    act: str
    why: str | None


class Act:
    """A change set that takes part: its operations in the order of its writes, and whether they count now."""

    __slots__ = ("changeset", "counted", "operations")

    def __init__(self, changeset: ChangeSet) -> None:
        self.changeset = changeset
        self.operations: list[Operation] = []
        self.counted = False


class Operation:
    """One write in its register; ``replaced`` counts the accepted writes that name it."""

    __slots__ = ("act", "register", "replaced", "write")

    def __init__(self, act: Act, write: Write, register: Register) -> None:
        self.act = act
        self.write = write
        self.register = register
        self.replaced = 0


class Register:
    """A field of a record: the operations in it that stand, in no particular order."""

    __slots__ = ("heads",)

    def __init__(self) -> None:
        self.heads: dict[Operation, None] = {}


class Registers:
    """All fields of one space.

    ``find`` gives an act by its short hash; ``before(a, b)`` says whether the stream of b came from a to b.
    """

    def __init__(
        self, find: Callable[[bytes], Act | None], before: Callable[[Act, Act], bool], rule_of: RuleOf
    ) -> None:
        self._find = find
        self._before = before
        self._rule_of = rule_of
        self._records: dict[tuple[str, str], dict[str, Register]] = {}

    def put(self, act: Act) -> None:
        """Make the operations of an act known; they neither stand nor replace anything yet."""
        records = self._records
        for write in act.changeset.writes:
            record = records.get((write.entity, write.id))
            if record is None:
                record = records[write.entity, write.id] = {}
            register = record.get(write.field)
            if register is None:
                register = record[write.field] = Register()
            act.operations.append(Operation(act, write, register))

    def count(self, act: Act) -> None:
        """Let the writes of an act stand, and replace the values they name."""
        act.counted = True
        for operation in act.operations:
            heads = operation.register.heads
            for replaced in self._replaced_by(operation):
                replaced.replaced += 1
                heads.pop(replaced, None)
            if not operation.replaced:
                heads[operation] = None

    def discount(self, act: Act) -> None:
        """Undo ``count``: the values its writes replaced stand again, where nothing else replaces them."""
        act.counted = False
        for operation in act.operations:
            heads = operation.register.heads
            heads.pop(operation, None)
            for replaced in self._replaced_by(operation):
                replaced.replaced -= 1
                if not replaced.replaced and replaced.act.counted:
                    heads[replaced] = None

    def fields(self) -> Iterator[tuple[str, str, str]]:
        """Entity, id and field of everything ever written here, accepted or not."""
        for (entity, identity), record in self._records.items():
            for field in record:
                yield entity, identity, field

    def heads(self, entity: str, identity: str, field: str) -> tuple[Head, ...]:
        """The values that stand, in the order they are shown: by Lamport count, then by name."""
        register = self._records.get((entity, identity), {}).get(field)
        if register is None:
            return ()
        return tuple(sorted(map(_shown, register.heads), key=lambda head: (head.lamport, head.operation)))

    def value(self, entity: str, identity: str, field: str) -> Json:
        """The value of a field; None where it has none, or several of which a person must choose."""
        heads = self.heads(entity, identity, field)
        if not heads:
            return None
        rule = self._rule_of(entity, field)
        if rule == "set":
            return next((head.value for head in reversed(heads) if head.value), heads[-1].value)
        if rule == "order" or _agree([head.value for head in heads]):
            return heads[-1].value
        return None

    def conflict(self, entity: str, identity: str, field: str) -> ConflictClass | None:
        """How the values of a field disagree, among themselves or with a deletion of the record."""
        record = self._records.get((entity, identity), {})
        register = record.get(field)
        if register is None or not register.heads:
            return None
        rule = self._rule_of(entity, field)
        if rule not in ("order", "set") and not _agree([head.write.value for head in register.heads]):
            if field == DELETED:
                return ConflictClass.C3
            return ConflictClass.MINOR if rule == "minor" else ConflictClass.C2
        if self._deleted_apart(record, register):
            return ConflictClass.C3
        others = (other for name, other in record.items() if other is not register and name != DELETED)
        if field != DELETED and any(self._apart(register, other) for other in others):
            return ConflictClass.C1
        return None

    def _replaced_by(self, operation: Operation) -> Iterator[Operation]:
        """The operations of the same register that a write names; naming one elsewhere only says it was seen."""
        for parent in operation.write.parents:
            act = self._find(short_of(parent))
            index = int(parent[33:])
            if act is not None and index < len(act.operations):
                named = act.operations[index]
                if named.register is operation.register:
                    yield named

    def _deleted_apart(self, record: dict[str, Register], register: Register) -> bool:
        """Whether a deletion stands that did not know an edit that stands, and that this edit did not know."""
        deletion = record.get(DELETED)
        if deletion is None:
            return False
        if register is not deletion:
            return self._apart(deletion, register, deletions=True)
        return any(self._apart(deletion, other, deletions=True) for other in record.values() if other is not deletion)

    def _apart(self, one: Register, other: Register, *, deletions: bool = False) -> bool:
        return any(
            not self._knew(mine.act, theirs.act) and not self._knew(theirs.act, mine.act)
            for mine in one.heads
            if not deletions or mine.write.value
            for theirs in other.heads
        )

    def _knew(self, act: Act, other: Act) -> bool:
        """Whether the author of ``act`` had ``other`` before them: they named something of it, or wrote it before."""
        if act is other or self._before(other, act):
            return True
        short = other.changeset.hash[:SHORT]
        return any(short_of(parent) == short for write in act.changeset.writes for parent in write.parents)


def _shown(operation: Operation) -> Head:
    changeset = operation.act.changeset
    index = operation.act.operations.index(operation)
    return Head(
        operation=operation_id(changeset.hash, index),
        value=operation.write.value,
        hash=changeset.hash,
        author=changeset.author,
        device=changeset.device,
        lamport=changeset.lamport,
        wall=changeset.wall,
        act=changeset.act,
        why=changeset.why,
    )


def _agree(values: Sequence[Json]) -> bool:
    return len(values) < 2 or len(set(map(canonical, values))) < 2
