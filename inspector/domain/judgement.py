"""Judgement: which known change sets have effect, as a function of the set of them and of nothing else.

Neither the order of arrival, nor a clock, nor a setting of this machine enters; two replicas that know the same change
sets judge alike. The pieces:

* The first change set of a stream is an ``epoch``; its certificate says which key signs the stream, for whom, and with
  which rights. A space is named by the root key that opened it, so a certificate of that root is *anchored*.
* Everybody else is admitted by a ``member`` record, for one certificate or for a whole root.
* A ``revoke`` record ends a device (or all that one root certified) at a frontier: the last records trusted. What a
  later ``member`` record admits again, knowing of the revocation, counts again.
* A ``settle`` record takes or hides single records that would otherwise wait in quarantine.

Nothing here refuses to store. A record without effect is *quarantined*, with its reason, until something is learnt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from inspector.domain.changeset import SHORT, WRITING_KINDS, ChangeSet, Malformed, name_of
from inspector.domain.credentials import (
    CONTROL_KINDS,
    Certificate,
    Member,
    Origin,
    Reason,
    Revoke,
    Settle,
    Verifier,
    read_control,
    seen_by,
)

RightOf = Callable[[str, str], str]
"""(entity, field) → the right a write of it needs."""

Lineage = Callable[[bytes, int], "bytes | None"]
"""(hash, n) → the hash of record ``n`` of that stream among the predecessors of ``hash`` or itself; None if none."""

_ENROL = "enrol"
_RIGHT_OF_KIND = {
    "write": "write",
    "member": _ENROL,
    "revoke": _ENROL,
    "seal": "decide",
    "void_seal": "decide",
    "settle": "decide",
    "issue": "draft",
    "witness": "write",
    "blob_lost": "write",
}


class Status(StrEnum):
    """What a stored change set is good for now."""

    ACCEPTED = "accepted"
    HELD = "held"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The status of a change set, with the reason where it is quarantined."""

    status: Status
    reason: Reason | None = None


ACCEPTED = Verdict(Status.ACCEPTED)
HELD = Verdict(Status.HELD)
_QUARANTINED = {reason: Verdict(Status.QUARANTINED, reason) for reason in Reason}


def quarantined(reason: Reason) -> Verdict:
    """The verdict with this reason."""
    return _QUARANTINED[reason]


@dataclass(frozen=True, slots=True)
class Grant:
    """Rights given to one device; ``past``: the control records (as bits) their giver had seen."""

    rights: frozenset[str]
    past: int
    frontier: tuple[bytes, ...] | None
    source: bytes


def rights_needed(changeset: ChangeSet, right_of: RightOf) -> set[str]:
    """All rights without which a change set has no effect; empty for kinds this program does not know."""
    kind = changeset.kind
    needed = {right_of(write.entity, write.field) for write in changeset.writes} if kind in WRITING_KINDS else set()
    if kind in _RIGHT_OF_KIND and (kind != "write" or not needed):
        needed.add(_RIGHT_OF_KIND[kind])
    return needed


class Control:
    """A member, revoke or settle record at its place; ``past``: which others its author had seen, one bit each."""

    def __init__(self, changeset: ChangeSet, origin: Origin, number: int, past: int, verify: Verifier) -> None:
        self.changeset = changeset
        self.origin = origin
        self.bit = 1 << number
        self.past = past
        try:
            self.content: Member | Revoke | Settle | None = read_control(changeset, verify)
        except Malformed:
            self.content = None


@dataclass(frozen=True)
class _Standing:
    """What one origin was given and what was taken from it, before looking at a single record."""

    grants: tuple[Grant, ...]
    revokes: tuple[Control, ...]

    @cached_property
    def everywhere(self) -> frozenset[str] | None:
        """The rights of every record alike, None where they depend on the record."""
        if self.revokes or any(grant.frontier is not None for grant in self.grants):
            return None
        return frozenset().union(*(grant.rights for grant in self.grants))


class _Roster:
    """The member records in effect, found by whom they admit."""

    def __init__(self, revokes: Sequence[Control]) -> None:
        self.revokes = tuple(revokes)
        self._admitting: dict[tuple[str, bytes], list[Control]] = {}

    def admit(self, control: Control) -> None:
        member = control.content
        if isinstance(member, Member):
            key = ("", member.root) if member.root is not None else (member.device, member.key)
            self._admitting.setdefault(key, []).append(control)

    def stand(self, origin: Origin) -> _Standing:
        certificate = origin.certificate
        if certificate is None:
            return _Standing((), ())
        grants = [Grant(certificate.rights, 0, None, origin.hash)] if origin.anchored else []
        for key in ((certificate.device, certificate.key), ("", certificate.root)):
            for control in self._admitting.get(key, ()):
                member = control.content
                if isinstance(member, Member):
                    rights = member.rights_for(certificate)
                    grants.append(Grant(rights, control.past, member.frontier, control.changeset.hash))
        against = (
            revoke for revoke in self.revokes if isinstance(revoke.content, Revoke) and revoke.content.ends(certificate)
        )
        return _Standing(tuple(grants), tuple(against))


class Authority:
    """Who may do what in one space: all its control records, and the judgement of every other record by them.

    ``lineage`` answers for the records known in this space. Feed records through ``learn`` in any causal order.
    """

    def __init__(self, verify: Verifier, right_of: RightOf, lineage: Lineage) -> None:
        self._verify = verify
        self._right_of = right_of
        self._lineage = lineage
        self._controls: dict[bytes, Control] = {}
        self._settles: dict[bytes, list[Control]] = {}
        self._roster = _Roster(())
        self._without_effect: list[Control] = []
        self._standings: dict[bytes, tuple[Origin, _Standing]] = {}

    def learn(self, changeset: ChangeSet, origin: Origin) -> tuple[frozenset[bytes], frozenset[bytes]]:
        """Take in an authentic control record whose needs are known.

        Returns what must be judged again: the hashes of origins (all records of their streams), and of single records.
        """
        control = Control(changeset, origin, len(self._controls), self._past(changeset), self._verify)
        self._controls[changeset.hash[:SHORT]] = control
        content = control.content
        if isinstance(content, Settle):
            for digest in content.of:
                self._settles.setdefault(digest, []).append(control)
            return frozenset(), frozenset(content.of)
        if isinstance(content, Revoke) and self._may_enrol(control, self._roster_in_past(control)):
            self._roster = _Roster((*self._roster.revokes, control))
            members = [other for other in self._controls.values() if isinstance(other.content, Member)]
            self._without_effect = self._enrol(self._roster, members)
            return self._changes()
        if isinstance(content, Member):
            self._without_effect = self._enrol(self._roster, [*self._without_effect, control])
            return self._changes()
        return frozenset(), frozenset()

    def judge(self, changeset: ChangeSet, origin: Origin, *, linked: bool = True) -> Verdict:
        """Judge an authentic record whose needs are known; ``linked``: its chain holds (``chained``)."""
        if origin.fault is not None:
            return quarantined(origin.fault)
        if not linked:
            return quarantined(Reason.BROKEN_CHAIN)
        if changeset.kind in CONTROL_KINDS:
            return self._judge_control(changeset, origin)
        reason = self._objection(changeset, self._standing(origin))
        if reason is not None:
            reason = self._settled(changeset, reason)
        return ACCEPTED if reason is None else quarantined(reason)

    def welcome(self, certificate: Certificate, *, anchored: bool) -> frozenset[str] | None:
        """The rights that a record written now under a certificate would have; None where nobody stands behind it.

        A grant up to a frontier says nothing about what comes after it, and one whose giver did not know of a
        revocation does not undo it.
        """
        standing = self._roster.stand(Origin(b"", certificate, anchored))
        known = sum(revoke.bit for revoke in standing.revokes)
        lasting = [g.rights for g in standing.grants if g.frontier is None and g.past & known == known]
        return frozenset().union(*lasting) if lasting else None

    def seen(self) -> tuple[str, ...]:
        """The names a new control record puts under ``seen``: the known ones that no other known one had seen."""
        covered = 0
        for control in self._controls.values():
            covered |= control.past
        return tuple(sorted(name_of(short) for short, control in self._controls.items() if not control.bit & covered))

    def _past(self, changeset: ChangeSet) -> int:
        """The control records before this one: those it names, those of its own stream, and all before these."""
        past = 0
        try:
            named = set(seen_by(changeset.payload))
        except Malformed:
            named = set()
        for short, control in self._controls.items():
            other = control.changeset
            if short in named or (other.stream == changeset.stream and self._precedes(other, changeset)):
                past |= control.past | control.bit
        return past

    def _precedes(self, other: ChangeSet, changeset: ChangeSet) -> bool:
        return changeset.previous is not None and self._lineage(changeset.previous, other.n) == other.hash

    def _judge_control(self, changeset: ChangeSet, origin: Origin) -> Verdict:
        control = self._controls.get(changeset.hash[:SHORT])
        if control is None or control.content is None:
            return quarantined(Reason.BAD_PAYLOAD)
        past = isinstance(control.content, Revoke)
        standing = self._roster_in_past(control).stand(origin) if past else self._standing(origin)
        reason = self._objection(changeset, standing)
        return ACCEPTED if reason is None else quarantined(reason)

    def _objection(self, changeset: ChangeSet, standing: _Standing) -> Reason | None:
        rights = self._rights(changeset, standing)
        if rights is None:
            return Reason.REVOKED if standing.revokes else Reason.NOT_ADMITTED
        return None if rights_needed(changeset, self._right_of) <= rights else Reason.RIGHT_MISSING

    def _rights(self, changeset: ChangeSet, standing: _Standing) -> frozenset[str] | None:
        """The rights behind one record, None where nobody stands behind it (any more)."""
        if not standing.grants:
            return None
        if standing.everywhere is not None:
            return standing.everywhere
        grants = [grant for grant in standing.grants if self._reaches(grant, changeset, standing.revokes)]
        return frozenset().union(*(grant.rights for grant in grants)) if grants else None

    def _reaches(self, grant: Grant, changeset: ChangeSet, revokes: Iterable[Control]) -> bool:
        if grant.frontier is not None and not self._within(changeset, grant.frontier):
            return False
        for revoke in revokes:
            knew = grant.past & revoke.bit
            if not knew and isinstance(revoke.content, Revoke) and not self._within(changeset, revoke.content.frontier):
                return False
        return True

    def _within(self, changeset: ChangeSet, frontier: Iterable[bytes]) -> bool:
        return any(self._lineage(tip, changeset.n) == changeset.hash for tip in frontier)

    def _standing(self, origin: Origin) -> _Standing:
        found = self._standings.get(origin.hash)
        if found is None:
            found = self._standings[origin.hash] = (origin, self._roster.stand(origin))
        return found[1]

    def _roster_in_past(self, control: Control) -> _Roster:
        """Who was a member as far as the author of a control record could know when writing it."""
        roster = _Roster([revoke for revoke in self._roster.revokes if revoke.bit & control.past])
        known = [other for other in self._controls.values() if other.bit & control.past]
        self._enrol(roster, [other for other in known if isinstance(other.content, Member)])
        return roster

    def _may_enrol(self, control: Control, roster: _Roster) -> bool:
        rights = self._rights(control.changeset, roster.stand(control.origin))
        return rights is not None and _ENROL in rights

    def _enrol(self, roster: _Roster, members: list[Control]) -> list[Control]:
        """Give effect to every member record whose author may enrol, until no more are found; return the others."""
        while True:
            without_effect = []
            for control in members:
                if self._may_enrol(control, roster):
                    roster.admit(control)
                else:
                    without_effect.append(control)
            if len(without_effect) == len(members):
                return members
            members = without_effect

    def _changes(self) -> tuple[frozenset[bytes], frozenset[bytes]]:
        """The origins that stand differently now, and the settled records that this may touch."""
        changed = set()
        for digest, (origin, standing) in self._standings.items():
            current = self._roster.stand(origin)
            if current != standing:
                self._standings[digest] = (origin, current)
                changed.add(digest)
        return frozenset(changed), frozenset(self._settles) if changed else frozenset()

    def _settled(self, changeset: ChangeSet, reason: Reason) -> Reason | None:
        """What persons decided about a quarantined record; where they disagree it stays in quarantine."""
        settles = self._settles.get(changeset.hash)
        if not settles:
            return reason
        needed = rights_needed(changeset, self._right_of)
        valid = [control for control in settles if self._may_settle(control, needed)]
        answered = 0
        for control in valid:
            answered |= control.past
        takes = {
            control.content.take
            for control in valid
            if isinstance(control.content, Settle) and not control.bit & answered
        }
        if not takes:
            return reason
        return (None if takes == {True} else Reason.HIDDEN) if len(takes) == 1 else Reason.DISPUTED

    def _may_settle(self, control: Control, needed: set[str]) -> bool:
        """Whoever takes a record must have been able to write it; hiding needs only the right to decide."""
        rights = self._rights(control.changeset, self._standing(control.origin))
        if rights is None or not rights_needed(control.changeset, self._right_of) <= rights:
            return False
        return isinstance(control.content, Settle) and (not control.content.take or needed <= rights)
