"""Taking in a frame: unpacked, committed, and only then reported."""

from __future__ import annotations

from inspector.domain.changeset import ChangeSet
from inspector.domain.errors import BadInput
from inspector.domain.judgement import Status
from inspector.domain.merge import Outcome
from inspector.sync.frames import unpack
from inspector.sync.messages import Hello, Kept, Result
from inspector.sync.store import Store


def take_in(store: Store, space: str, frame: bytes, peer: Hello) -> list[Result]:
    """Commits the change sets of a frame and says what became of each, in their order.

    What cannot be read is kept for people to look into and stands in nobody's way: single items beside the others, a
    frame that is none as a whole. For such a frame raises ``BadInput`` (``frame-damaged``, ``frame-too-large``).
    """
    try:
        found = unpack(frame)
    except BadInput as error:
        store.keep_unreadable(error.code, [frame], peer)
        raise
    if found.unreadable:
        store.keep_unreadable("changeset-malformed", found.unreadable, peer)
    belonging = [changeset for changeset in found.changesets if changeset.space == space]
    outcomes = iter(store.take_in(belonging, peer) if belonging else ())
    return [
        _result(changeset, next(outcomes)) if changeset.space == space else Result(changeset.hash, Kept.FOREIGN)
        for changeset in found.changesets
    ]


def _result(changeset: ChangeSet, outcome: Outcome) -> Result:
    if not outcome.new:
        return Result(changeset.hash, Kept.DUPLICATE)
    if outcome.status is Status.HELD:
        return Result(changeset.hash, Kept.HELD)
    if outcome.status is Status.QUARANTINED:
        return Result(changeset.hash, Kept.QUARANTINED, outcome.verdict.reason)
    return Result(changeset.hash, Kept.STORED)
