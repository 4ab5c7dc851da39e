"""Broken programs, each broken in one place as real programs were; the histories must tell every one from the real."""

from __future__ import annotations

from inspector.domain.changeset import SHORT, ChangeSet
from inspector.domain.credentials import Verifier
from inspector.domain.judgement import ACCEPTED, RightOf, Verdict
from inspector.domain.merge import Entry, Known, Outcome, Space
from inspector.domain.registers import ConflictClass, Head, RuleOf
from inspector.domain.streams import Continue, NewEpoch, Tip, next_position
from tests.merge.replica import SPACE, Draft, Place, Program


def _single_base(known: Known, draft: Draft, place: Place) -> tuple[str, ...]:
    """An edit names one base version, as most products do."""
    return draft.seen[place][-1:]


def _parents_at_commit(known: Known, draft: Draft, place: Place) -> tuple[str, ...]:
    """What is replaced is read from the database when saving, seen or not."""
    return tuple(head.operation for head in known.heads(SPACE, *place))


def _resolution_names_one_parent(known: Known, draft: Draft, place: Place) -> tuple[str, ...]:
    return draft.seen[place][:1] if draft.why else draft.seen[place]


class _LastWriterWins(Known):
    """The write with the highest count wins silently."""

    def heads(self, space: str, entity: str, identity: str, field: str) -> tuple[Head, ...]:
        return super().heads(space, entity, identity, field)[-1:]


class _ClockDecides(Known):
    """The write with the latest wall time wins silently."""

    def heads(self, space: str, entity: str, identity: str, field: str) -> tuple[Head, ...]:
        heads = super().heads(space, entity, identity, field)
        return tuple(sorted(heads, key=lambda head: head.wall))[-1:]


class _DeleteWins(Known):
    """A record deleted by one is gone for all, also for those who were editing it."""

    def conflict(self, space: str, entity: str, identity: str, field: str) -> ConflictClass | None:
        found = super().conflict(space, entity, identity, field)
        return None if found is ConflictClass.C3 else found


class _DroppingSpace(Space):
    """What cannot be applied yet is not kept; the sender is expected to send it again."""

    def add(self, changeset: ChangeSet, proven: bool) -> Outcome:
        outcome = super().add(changeset, proven)
        entry = self.find(changeset.hash)
        if entry is not None and entry.missing:
            del self._entries[changeset.hash[:SHORT]]
            self._aside.pop(changeset.hash[:SHORT], None)
        return outcome


class _DroppedGaps(Known):
    space_class = _DroppingSpace


class _ApplyingSpace(Space):
    """What arrives is applied at once; what it replaces may come later."""

    def _watch(self, entry: Entry) -> None:
        super()._watch(entry)
        previous = entry.changeset.previous
        for short in set(entry.missing or ()) - ({previous[:SHORT]} if previous else set()):
            self._waiting[short].remove(entry)
            (entry.missing or set()).discard(short)


class _ApplyHeld(Known):
    space_class = _ApplyingSpace


class _ImpatientSpace(Space):
    """What has waited for a few more arrivals is applied without its causes."""

    patience = 5

    def add(self, changeset: ChangeSet, proven: bool) -> Outcome:
        outcome = super().add(changeset, proven)
        if len(self._entries) % self.patience == 0:
            for entry in [entry for entry in self._aside.values() if entry.proven]:
                entry.missing = None
                self._ready.append(entry)
            self._settle_down()
        return outcome


class _TimeOutHeld(Known):
    space_class = _ImpatientSpace


class _QuarantineKills(Known):
    """What a quarantined record replaced stays replaced."""

    class space_class(Space):  # noqa: N801 - takes the place of the attribute of that name
        def _judge_again(self, entry: Entry) -> None:
            counted = entry.counted
            super()._judge_again(entry)
            if counted and not entry.counted:
                self.registers.count(entry)
                for operation in entry.operations:
                    operation.register.heads.pop(operation, None)
                entry.counted = False


class _JudgedOnce(Known):
    """A record is judged when it arrives and never again."""

    class space_class(Space):  # noqa: N801 - takes the place of the attribute of that name
        def _judge_again(self, entry: Entry) -> None:
            return


class _RevokedByArrival(Known):
    """Whatever a revoked device wrote is good if it came before the revocation did, frontier or not."""

    class space_class(Space):  # noqa: N801 - takes the place of the attribute of that name
        def _judge_again(self, entry: Entry) -> None:
            verdict: Verdict = entry.verdict
            super()._judge_again(entry)
            if verdict is ACCEPTED and entry.verdict.reason == "revoked":
                self.registers.count(entry)
                entry.verdict = verdict


def _unsigned_accepted(verify: Verifier, right_of: RightOf, rule_of: RuleOf) -> Known:
    return Known(lambda key, signature, message: True, right_of=right_of, rule_of=rule_of)


def _number_reused(tip: Tip | None, *reports: object, **more: object) -> Continue | NewEpoch:
    """The numbering goes on from what the database says, whatever the mark beside it and the peers know."""
    return next_position(tip, None)


def _of(known: type[Known]) -> Program:
    return Program(known=lambda verify, right_of, rule_of: known(verify, right_of=right_of, rule_of=rule_of))


MUTANTS: dict[str, Program] = {
    "single base": Program(parents=_single_base),
    "last writer wins": _of(_LastWriterWins),
    "parents at commit": Program(parents=_parents_at_commit),
    "dropped gaps": _of(_DroppedGaps),
    "apply held": _of(_ApplyHeld),
    "time out held": _of(_TimeOutHeld),
    "delete wins": _of(_DeleteWins),
    "unsigned accepted": Program(known=_unsigned_accepted),
    "resolution names one parent": Program(parents=_resolution_names_one_parent),
    "sequence reused after restore": Program(position=_number_reused),
    "clock decides": _of(_ClockDecides),
    "quarantined still replaces": _of(_QuarantineKills),
    "judged once": _of(_JudgedOnce),
    "revoked by arrival": _of(_RevokedByArrival),
}
