"""The pure merge as a hub runs it: the same judgement, without values and without what a judged record no longer needs.

A hub holds many spaces in memory at once, since every record that comes is judged with all others of its space. What a
field says matters to nobody here, and of a known record only what a later judgement asks stays: its place, its kind,
and which fields it writes.
"""

from __future__ import annotations

import sys
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import cast

from inspector.domain.admission import WORK, Shared
from inspector.domain.changeset import ChangeSet, Json, Write
from inspector.domain.credentials import CONTROL_KINDS, Verifier
from inspector.domain.judgement import RightOf
from inspector.domain.merge import Entry, Known, Space
from inspector.domain.registers import DELETED, Act, Registers, RuleOf

MOST_REMEMBERED = 150_000
"""Records of all spaces in memory; about 110 MiB."""


_ASKED = frozenset(("team_member", "inspection"))


class _Asked(Registers):
    """The few records by which a space is shared (``domain.admission``); nobody asks this replica for others."""

    work = 0
    """How many accepted acts recorded something on site."""

    def put(self, act: Act) -> None:
        if any(write.entity in _ASKED for write in act.changeset.writes):
            super().put(act)

    def count(self, act: Act) -> None:
        self.work += _is_work(act.changeset)
        super().count(act)

    def discount(self, act: Act) -> None:
        self.work -= _is_work(act.changeset)
        super().discount(act)

    def standing(self, entity: str, name: str) -> list[Json]:
        """The values of a field that stand, of all records of an entity that are not deleted."""
        records = {record for found, record, _ in self.fields() if found == entity}
        left = sorted(record for record in records if not self.value(entity, record, DELETED))
        return [head.value for record in left for head in self.heads(entity, record, name)]


def _is_work(changeset: ChangeSet) -> bool:
    return any(write.entity in WORK for write in changeset.writes)


class _JudgedSpace(Space):
    def __init__(self, verify: Verifier, right_of: RightOf, rule_of: RuleOf) -> None:
        super().__init__(verify, right_of, rule_of)
        self.asked = _Asked(self._entries.get, self._before, rule_of)
        self.registers = self.asked


class Judged(Known):
    """One space as a hub knows it."""

    space_class = _JudgedSpace

    def shared(self, space: str, kind: str | None) -> Shared:
        """For whom a space is."""
        asked = cast(_JudgedSpace, self._space(space)).asked
        people = frozenset(value for value in asked.standing("team_member", "person") if isinstance(value, str))
        begun = bool(asked.work or any(asked.standing("inspection", "opened")))
        begun = begun or "finished" in asked.standing("inspection", "status")
        return Shared(kind, people, "surprise" in asked.standing("inspection", "form") and not begun)

    def let_go(self, space: str, digests: Iterable[bytes]) -> None:
        """Forgets the contents of known records that have been written down."""
        for digest in digests:
            entry = self._space(space).find(digest)
            if entry is not None and entry.known and not _is_asked(entry):
                entry.changeset = _outline(entry.changeset)


def _is_asked(entry: Entry) -> bool:
    return bool(entry.operations) or entry.changeset.kind in CONTROL_KINDS


_NOTHING: Mapping[str, Json] = MappingProxyType({})


def _outline(changeset: ChangeSet) -> ChangeSet:
    """What stays in memory, with the names that thousands of records share kept once."""
    writes = _fields(frozenset((write.entity, write.field) for write in changeset.writes))
    names = map(sys.intern, (changeset.space, changeset.stream, changeset.device, changeset.kind))
    space, stream, device, kind = names
    return ChangeSet(
        b"", b"", changeset.hash, space, stream, changeset.n, changeset.previous, kind, device,
        "", "", "", "", 0, (0, 0), "", None, writes, _NOTHING,
    )  # fmt: skip


@lru_cache(4096)
def _fields(written: frozenset[tuple[str, str]]) -> tuple[Write, ...]:
    return tuple(Write(entity, "", name, None, ()) for entity, name in sorted(written))


@dataclass
class Remembered:
    """What this process knows of a space: everything up to ``revision``, ``lseq`` and ``seq`` of the database."""

    known: Judged
    revision: int = 0
    lseq: int = 0
    seq: int = 0
    streams: dict[str, int] = field(default_factory=dict)
    size: int = 0


class Memory:
    """The spaces worked on last, as many as fit; a space that is being worked on is not in it."""

    def __init__(self, most: int = MOST_REMEMBERED) -> None:
        self._most = most
        self._spaces: OrderedDict[str, Remembered] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, space: str) -> Remembered | None:
        """What is remembered; it is the caller's until ``put`` back, and forgotten if it never is."""
        with self._lock:
            return self._spaces.pop(space, None)

    def put(self, space: str, remembered: Remembered) -> None:
        with self._lock:
            self._spaces[space] = remembered
            total = sum(one.size for one in self._spaces.values())
            while total > self._most and len(self._spaces) > 1:
                total -= self._spaces.popitem(last=False)[1].size
