"""What a record shows, from the heads of its fields: the same answers as ``domain.registers``, over database rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from inspector.domain import registry
from inspector.domain.changeset import ChangeSet, Json, canonical, name_of
from inspector.domain.credentials import Verifier
from inspector.domain.judgement import RightOf
from inspector.domain.registers import DELETED, ConflictClass, RuleOf
from inspector.domain.registry import Rule
from inspector.storage import projection
from inspector.system import keys


@dataclass(frozen=True, slots=True)
class Rules:
    """What the merge asks of the rest of the program: signatures, and the registry's rights and conflict rules."""

    verify: Verifier
    right_of: RightOf
    rule_of: RuleOf


REGISTRY = Rules(keys.verify, registry.right_of, registry.rule_of)
"""The rules of this program; tests of the merge bring their own."""


class Standing(NamedTuple):
    """A head: its value, and what says which other acts its author knew.

    ``operation`` is its operation id, ``names`` the change sets named by any write of the same act.
    """

    operation: str
    value: Json
    lamport: int
    hash: bytes
    stream: int
    n: int
    names: frozenset[str]

    @property
    def name(self) -> str:
        return self.operation[:32]


class State(NamedTuple):
    """A record as projected: the value of each field that has one, the searched texts, what is not settled in it."""

    values: dict[str, Json]
    texts: dict[str, str]
    deleted: bool
    conflicts: dict[str, str]
    unknown: int


Before = Callable[[Standing, Standing], bool]
"""(one, other) → whether the stream of ``other`` came from ``one`` to ``other``."""

Fields = Mapping[str, Sequence[Standing]]
"""The heads of a record by field; fields without a head are left out."""


def standing(changeset: ChangeSet, index: int, stream: int, name: str | None = None) -> Standing:
    """The head that write number ``index`` of a change set is; ``name`` saves working it out again."""
    named = frozenset(parent[:32] for write in changeset.writes for parent in write.parents)
    operation = f"{name or name_of(changeset.hash)}.{index}"
    write = changeset.writes[index]
    return Standing(operation, write.value, changeset.lamport, changeset.hash, stream, changeset.n, named)


def resolve(entity: str, fields: Fields, before: Before, rule_of: RuleOf) -> State:
    """The projected state of a record."""
    if is_plain(fields):
        return plain(entity, {field: heads[0].value for field, heads in fields.items()})
    found = (conflict(entity, fields, field, before, rule_of) for field in fields)
    conflicts = {field: str(kind) for field, kind in zip(fields, found, strict=True) if kind is not None}
    values = {field: value(entity, field, heads, rule_of) for field, heads in fields.items()}
    state = plain(entity, values)
    for field, heads in fields.items():
        if len(heads) > 1 and _is_searched(entity, field):
            texts = filter(None, (projection.searched_text(head.value) for head in heads))
            state.texts[field] = "\n".join(dict.fromkeys(texts))
    deleted = bool(values.get(DELETED)) and DELETED not in conflicts
    return state._replace(deleted=deleted, conflicts=conflicts)


def is_plain(fields: Fields) -> bool:
    """Whether every field has one head and none deletes the record: then nothing can disagree."""
    return all(len(heads) == 1 for heads in fields.values()) and not _deletions(fields)


def plain(entity: str, written: Mapping[str, Json]) -> State:
    """The state of a record whose fields have these values and nothing disagrees."""
    table = projection.tables().get(entity)
    if table is None:
        return State({}, {}, False, {}, sum(field != DELETED for field in written))
    known: dict[str, Json] = {
        field: value for field, value in written.items() if value is not None and field in table.columns
    }
    texts = {
        field: text
        for field, value in known.items()
        if table.columns[field].slot is not None and (text := projection.searched_text(value))
    }
    unknown = sum(field not in table.columns and field != DELETED for field in written)
    return State(known, texts, False, {}, unknown)


def _is_searched(entity: str, field: str) -> bool:
    table = projection.tables().get(entity)
    column = table.columns.get(field) if table is not None else None
    return column is not None and column.slot is not None


def value(entity: str, field: str, heads: Sequence[Standing], rule_of: RuleOf) -> Json:
    """The value of a field; ``None`` where it has none, or several of which a person must choose."""
    if not heads:
        return None
    rule = rule_of(entity, field)
    if rule == Rule.SET and len(heads) > 1:
        shown = sorted(heads, key=_display)
        return next((head.value for head in reversed(shown) if head.value), shown[-1].value)
    if rule == Rule.ORDER or _agree(heads):
        return max(heads, key=_display).value
    return None


def conflict(entity: str, fields: Fields, field: str, before: Before, rule_of: RuleOf) -> ConflictClass | None:
    """How the heads of a field disagree, among themselves or with a deletion; C1, information only, is left out."""
    heads = fields.get(field, ())
    rule = rule_of(entity, field)
    if rule not in (Rule.ORDER, Rule.SET) and not _agree(heads):
        if field == DELETED:
            return ConflictClass.C3
        return ConflictClass.MINOR if rule == Rule.MINOR else ConflictClass.C2
    if field == DELETED:
        others: Iterable[Standing] = (head for name, edits in fields.items() if name != DELETED for head in edits)
    else:
        others = heads
    return ConflictClass.C3 if _apart(_deletions(fields), others, before) else None


def written_apart(fields: Fields, field: str, before: Before) -> bool:
    """Whether another field of the record was written by somebody who did not know this one's value (C1)."""
    others = (head for name, heads in fields.items() if name not in (field, DELETED) for head in heads)
    return field != DELETED and _apart(fields.get(field, ()), others, before)


def _deletions(fields: Fields) -> list[Standing]:
    return [head for head in fields.get(DELETED, ()) if head.value]


def _apart(some: Iterable[Standing], others: Iterable[Standing], before: Before) -> bool:
    mine = list(some)
    return bool(mine) and any(
        not _knew(one, other, before) and not _knew(other, one, before) for other in others for one in mine
    )


def _knew(act: Standing, other: Standing, before: Before) -> bool:
    return act.hash == other.hash or other.name in act.names or before(other, act)


def _agree(heads: Sequence[Standing]) -> bool:
    return len(heads) < 2 or len({canonical(head.value) for head in heads}) < 2


def _display(head: Standing) -> tuple[int, str]:
    return head.lamport, head.operation
