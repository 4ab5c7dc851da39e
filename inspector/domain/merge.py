"""Merge: what the fields of all records are, given a set of change sets.

A field is a register of several values. Every write names all the values its author saw, and replaces exactly those;
what no accepted write replaced is a *head*. One value among the heads is the value of the field; different values are
a conflict that stays until a person writes a value naming them all. No clock decides, nothing depends on the order in
which change sets arrive, and nothing is dropped:

* A change set whose causes are not all known is *held* until they come, however long that takes.
* One that judgement gives no effect is *quarantined*: known, so that later ones may name it, but replacing nothing.
* Bytes that no key vouches for are set aside. They are not known, so nothing builds on them and they are not relayed;
  a good signature for them, their own or that of a later record of the same stream, brings them in.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from inspector.domain.changeset import KINDS, SHORT, WRITING_KINDS, ChangeSet, Json, name_of
from inspector.domain.credentials import (
    CONTROL_KINDS,
    Origin,
    Reason,
    Verifier,
    authentic,
    chained,
    check_run,
    needs,
    origin_of,
)
from inspector.domain.judgement import ACCEPTED, HELD, Authority, RightOf, Status, Verdict, quarantined
from inspector.domain.registers import Act, ConflictClass, Head, Registers, RuleOf


@dataclass(frozen=True, slots=True)
class Outcome:
    """What adding a change set did. ``new`` is false for one that was there before.

    ``released``: others that waited and are known now; ``rejudged``: others whose verdict changed.
    """

    verdict: Verdict
    new: bool = True
    released: tuple[bytes, ...] = ()
    rejudged: tuple[bytes, ...] = ()

    @property
    def status(self) -> Status:
        return self.verdict.status


@dataclass(frozen=True, slots=True)
class Held:
    """A change set that waits, with the names of the change sets it waits for."""

    hash: bytes
    missing: tuple[str, ...]


class Stream:
    """The known records that go back to one epoch record. While ``straight``, record n stands at index n - 1."""

    __slots__ = ("entries", "origin", "straight")

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.entries: list[Entry] = []
        self.straight = True


class Entry(Act):
    """A change set that has arrived. ``stream`` is None until its stream is there down to the epoch record.

    ``copies`` are other signatures it came with, of which one may turn out to be the good one.
    """

    __slots__ = ("copies", "followed", "known", "linked", "missing", "previous", "proven", "stream", "verdict")

    def __init__(self, changeset: ChangeSet) -> None:
        super().__init__(changeset)
        self.previous: Entry | None = None
        self.stream: Stream | None = None
        self.linked = True
        self.proven = False
        self.known = False
        self.followed = False
        self.copies: tuple[ChangeSet, ...] = ()
        self.missing: set[bytes] | None = None
        self.verdict = HELD


@cache
def _alone(verdict: Verdict) -> Outcome:
    """What adding a change set does that touches no other."""
    return Outcome(verdict)


class Space:
    """All change sets of one space that have arrived, and their derived state."""

    def __init__(self, verify: Verifier, right_of: RightOf, rule_of: RuleOf) -> None:
        self._verify = verify
        self._entries: dict[bytes, Entry] = {}
        self._aside: dict[bytes, Entry] = {}
        self._waiting: dict[bytes, list[Entry]] = {}
        self._followers: dict[bytes, list[Entry]] = {}
        self._streams: dict[bytes, Stream] = {}
        self._signers: dict[tuple[str, bytes], bytes] = {}
        self._ready: deque[Entry] = deque()
        self.arrivals: list[Entry] = []
        self.forked: set[str] = set()
        self.authority = Authority(verify, right_of, self._lineage)
        self.registers = Registers(self._entries.get, self._before, rule_of)

    def add(self, changeset: ChangeSet, proven: bool) -> Outcome:
        """Take in one change set; ``proven``: its signature is covered by one that was checked."""
        short = changeset.hash[:SHORT]
        entry = self._entries.get(short)
        new = entry is None
        if entry is None:
            entry = self._entries[short] = Entry(changeset)
            self._watch(entry)
        elif entry.proven or not self._another_copy(entry, changeset, proven):
            return Outcome(self.verdict(entry), new=False)
        self._place(entry, proven)
        before = len(self.arrivals)
        rejudged = self._settle_down()
        if not entry.known:
            self._aside[short] = entry
        verdict = self.verdict(entry)
        if new and not rejudged and len(self.arrivals) - before < 2:
            return _alone(verdict)
        released = [other.changeset.hash for other in self.arrivals[before:] if other is not entry]
        changed = [other.changeset.hash for other, old in rejudged.items() if other.verdict != old]
        others = set(released) | {changeset.hash}
        return Outcome(verdict, new, tuple(released), tuple(digest for digest in changed if digest not in others))

    def find(self, digest: bytes) -> Entry | None:
        """The change set with this hash, in whatever state."""
        return self._entries.get(digest[:SHORT])

    def verdict(self, entry: Entry) -> Verdict:
        """What an arrived change set is good for now."""
        if entry.known:
            return entry.verdict
        if entry.stream is None or entry.proven:
            return HELD
        return quarantined(entry.stream.origin.fault or Reason.BAD_SIGNATURE)

    def held(self) -> Iterator[Held]:
        """What waits, and for what."""
        for entry in self._aside.values():
            if self.verdict(entry) is HELD:
                yield Held(entry.changeset.hash, tuple(sorted(map(name_of, entry.missing or ()))))

    def key_for(self, changeset: ChangeSet) -> bytes | None:
        """The key that must have signed a record, None where its stream is not known."""
        if changeset.previous is None:
            certificate = origin_of(changeset, self._verify).certificate
        else:
            previous = self.find(changeset.previous)
            if previous is None or previous.stream is None:
                return None
            certificate = previous.stream.origin.certificate
        return None if certificate is None else certificate.key

    def _watch(self, entry: Entry) -> None:
        missing = set()
        for short in needs(entry.changeset):
            needed = self._entries.get(short)
            if needed is None or not needed.known:
                missing.add(short)
        if missing:
            entry.missing = missing
            for short in missing:
                self._waiting.setdefault(short, []).append(entry)

    def _another_copy(self, entry: Entry, changeset: ChangeSet, proven: bool) -> bool:
        """Keep the signature of another copy of a record nobody vouched for so far; False where it is not new."""
        copies = (entry.changeset, *entry.copies)
        if not proven and any(copy.signature == changeset.signature for copy in copies):
            return False
        entry.copies = (*entry.copies, changeset)
        return True

    def _place(self, first: Entry, proven: bool) -> None:
        """Find the stream an entry belongs to, check its signature, and do the same for all that follow it."""
        waiting = [first]
        while waiting:
            entry = waiting.pop()
            if entry.stream is None:
                entry.stream = self._stream_of(entry)
            if entry.stream is None:
                continue
            covered = proven and entry is first
            # of several copies one that shows its own signature is kept, also where a later record vouches for all
            if (covered and not entry.copies) or self._signed(entry, entry.stream.origin) or covered:
                self._prove(entry)
            waiting.extend(self._followers.pop(entry.changeset.hash[:SHORT], ()))

    def _signed(self, entry: Entry, origin: Origin) -> bool:
        """Whether one of the copies is signed; that copy is the one that is kept."""
        for copy in (entry.changeset, *entry.copies):
            if authentic(copy, origin, self._verify):
                entry.changeset = copy
                return True
        return False

    def _stream_of(self, entry: Entry) -> Stream | None:
        changeset = entry.changeset
        if changeset.previous is None:
            stream = self._streams.get(changeset.hash)
            if stream is None:
                stream = self._streams[changeset.hash] = Stream(origin_of(changeset, self._verify))
            return stream
        previous = self._entries.get(changeset.previous[:SHORT])
        if previous is None or previous.stream is None:
            followers = self._followers.setdefault(changeset.previous[:SHORT], [])
            if entry not in followers:
                followers.append(entry)
            return None
        entry.previous = previous
        entry.linked = previous.linked and chained(changeset, previous.changeset)
        return previous.stream

    def _prove(self, last: Entry) -> None:
        """A signature covers its record and, through the hashes, every earlier one of the stream."""
        entry: Entry | None = last
        while entry is not None and not entry.proven:
            entry.proven = True
            entry.copies = ()
            if not entry.missing:
                self._ready.append(entry)
            entry = entry.previous

    def _settle_down(self) -> dict[Entry, Verdict]:
        """Make known all that waits for nothing any more; return the entries judged again, with their old verdicts."""
        rejudged: dict[Entry, Verdict] = {}
        while self._ready:
            entry = self._ready.popleft()
            for other in self._know(entry):
                if other is not entry:
                    rejudged.setdefault(other, other.verdict)
                    self._judge_again(other)
            short = entry.changeset.hash[:SHORT]
            for waiting in self._waiting.pop(short, ()):
                if waiting.missing is not None:
                    waiting.missing.discard(short)
                if waiting.proven and not waiting.missing:
                    self._ready.append(waiting)
        return rejudged

    def _know(self, entry: Entry) -> Iterable[Entry]:
        """Take an entry into the known; return the others that must be judged again."""
        changeset, stream = entry.changeset, entry.stream
        if stream is None:
            raise AssertionError("only placed change sets are proven")
        entry.known = True
        self._aside.pop(changeset.hash[:SHORT], None)
        self.arrivals.append(entry)
        stream.entries.append(entry)
        self._look_for_fork(entry, stream)
        again: Iterable[Entry] = ()
        if changeset.kind in CONTROL_KINDS and entry.linked:
            again = self._learn(changeset, stream.origin)
        entry.verdict = self.authority.judge(changeset, stream.origin, linked=entry.linked)
        if changeset.kind in WRITING_KINDS:
            self.registers.put(entry)
            if entry.verdict is ACCEPTED:
                self.registers.count(entry)
        return again

    def _learn(self, changeset: ChangeSet, origin: Origin) -> list[Entry]:
        origins, singles = self.authority.learn(changeset, origin)
        found = [entry for digest in origins for entry in self._streams[digest].entries]
        entries = (self.find(digest) for digest in singles)
        found.extend(entry for entry in entries if entry is not None and entry.known)
        return found

    def _judge_again(self, entry: Entry) -> None:
        if entry.stream is None:
            raise AssertionError("only known change sets are judged")
        verdict = self.authority.judge(entry.changeset, entry.stream.origin, linked=entry.linked)
        entry.verdict = verdict
        if entry.counted and verdict is not ACCEPTED:
            self.registers.discount(entry)
        elif verdict is ACCEPTED and not entry.counted:
            self.registers.count(entry)

    def _look_for_fork(self, entry: Entry, stream: Stream) -> None:
        """One key has signed two records with the same stream and number: a copy of a machine is at work."""
        previous, name = entry.previous, entry.changeset.stream
        if not entry.linked:
            stream.straight = False
        elif previous is not None:
            if previous.followed:
                stream.straight = False
                self.forked.add(name)
            previous.followed = True
        elif stream.origin.certificate is not None:
            signer = (name, stream.origin.certificate.key)
            if self._signers.setdefault(signer, stream.origin.hash) != stream.origin.hash:
                self.forked.add(name)

    def _lineage(self, digest: bytes, n: int) -> bytes | None:
        entry = self._ancestor(self.find(digest), n)
        return None if entry is None else entry.changeset.hash

    def _ancestor(self, entry: Entry | None, n: int) -> Entry | None:
        """The record number ``n`` among an entry and its predecessors."""
        if entry is None or entry.stream is None:
            return None
        if entry.stream.straight:
            return entry.stream.entries[n - 1] if n <= entry.changeset.n else None
        while entry is not None and entry.changeset.n != n:
            entry = entry.previous
        return entry

    def _before(self, one: Act, other: Act) -> bool:
        if not isinstance(one, Entry) or not isinstance(other, Entry) or one.stream is not other.stream:
            return False
        return one is not other and self._ancestor(other, one.changeset.n) is one


class Known:
    """A set of change sets of any spaces, and everything that follows from it.

    ``right_of`` and ``rule_of`` are the registry's: the right a field needs, and how its concurrent values meet.
    """

    space_class = Space

    def __init__(
        self,
        verify: Verifier,
        *,
        right_of: RightOf = lambda entity, field: "write",
        rule_of: RuleOf = lambda entity, field: "decide",
    ) -> None:
        self._verify = verify
        self._right_of = right_of
        self._rule_of = rule_of
        self._spaces: dict[str, Space] = {}

    def add(self, changeset: ChangeSet) -> Outcome:
        """Take in one change set, in any order, as often as one likes."""
        return self._space(changeset.space).add(changeset, proven=False)

    def accept(self, run: Sequence[ChangeSet]) -> list[Outcome]:
        """Take in a run of one stream; where it hangs together, one signature is checked for all of it."""
        return [
            self._space(changeset.space).add(changeset, proven)
            for changeset, proven in zip(run, self._proven(run), strict=True)
        ]

    def spaces(self) -> tuple[str, ...]:
        """The spaces of which anything has arrived."""
        return tuple(sorted(self._spaces))

    def get(self, digest: bytes) -> ChangeSet | None:
        """The change set with this hash, in whatever state it is."""
        entry = self._find(digest)
        return None if entry is None else entry[1].changeset

    def status(self, digest: bytes) -> Verdict | None:
        """What a change set is good for now, None where it never arrived."""
        entry = self._find(digest)
        return None if entry is None else entry[0].verdict(entry[1])

    def arrivals(self, space: str) -> tuple[bytes, ...]:
        """The hashes of what is known, accepted or quarantined, each after everything it needs."""
        return tuple(entry.changeset.hash for entry in self._reading(space).arrivals)

    def number_known(self, space: str) -> int:
        """How many records of a space are known."""
        return len(self._reading(space).arrivals)

    def arrived_after(self, space: str, number: int) -> list[bytes]:
        """The hashes of what is known beyond the first so many, in the order of ``arrivals``."""
        return [entry.changeset.hash for entry in self._reading(space).arrivals[number:]]

    def is_known(self, digest: bytes) -> bool:
        """Whether a change set is known; once known, it stays so."""
        entry = self._find(digest)
        return entry is not None and entry[1].known

    def held(self) -> tuple[Held, ...]:
        """Everything that waits, and for what."""
        return tuple(held for space in self._spaces.values() for held in space.held())

    def forked_streams(self) -> frozenset[tuple[str, str]]:
        """Space and stream wherever one device signed two records with the same number."""
        return frozenset((name, stream) for name, space in self._spaces.items() for stream in space.forked)

    def without_effect(self, space: str) -> int:
        """How many accepted change sets are of kinds this program does not know."""
        return sum(
            entry.verdict is ACCEPTED and entry.changeset.kind not in KINDS for entry in self._reading(space).arrivals
        )

    def seen(self, space: str) -> tuple[str, ...]:
        """What a new member, revoke or settle record must carry as ``seen``."""
        return self._reading(space).authority.seen()

    def fields(self, space: str) -> Iterator[tuple[str, str, str]]:
        """Entity, id and field of everything ever written in a space."""
        return self._reading(space).registers.fields()

    def heads(self, space: str, entity: str, identity: str, field: str) -> tuple[Head, ...]:
        """The values that stand, in the order they are shown: by Lamport count, then by name."""
        return self._reading(space).registers.heads(entity, identity, field)

    def value(self, space: str, entity: str, identity: str, field: str) -> Json:
        """The value of a field; None where it has none, or several of which a person must choose."""
        return self._reading(space).registers.value(entity, identity, field)

    def conflict(self, space: str, entity: str, identity: str, field: str) -> ConflictClass | None:
        """How the values of a field disagree, among themselves or with a deletion of the record."""
        return self._reading(space).registers.conflict(entity, identity, field)

    def _space(self, name: str) -> Space:
        found = self._spaces.get(name)
        if found is None:
            found = self._spaces[name] = self.space_class(self._verify, self._right_of, self._rule_of)
        return found

    def _reading(self, name: str) -> Space:
        return self._spaces.get(name) or self.space_class(self._verify, self._right_of, self._rule_of)

    def _find(self, digest: bytes) -> tuple[Space, Entry] | None:
        for space in self._spaces.values():
            entry = space.find(digest)
            if entry is not None:
                return space, entry
        return None

    def _proven(self, run: Sequence[ChangeSet]) -> list[bool]:
        """Which records of a run need no check of their own, since one later in it covers them."""
        key = self._space(run[0].space).key_for(run[0]) if run else None
        if key is None:
            return [False] * len(run)
        end = 1
        while end < len(run) and run[end].previous == run[end - 1].hash:
            end += 1
        return check_run(run[:end], key, self._verify) + [False] * (len(run) - end)
