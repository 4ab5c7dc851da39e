"""Deliberate faults of the program, done in its processes: that they are found shows that the oracle can fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from inspector.domain.changeset import ChangeSet
from inspector.domain.judgement import ACCEPTED
from inspector.domain.merge import Outcome
from inspector.storage.engine import Database, Sql
from inspector.storage.hub.log import HubLog

_TOGETHER = 6
_KEPT = 192


def none(words: list[str]) -> None:
    """The program as it is."""


def receipt_before_commit(words: list[str]) -> None:
    """``record`` keeps several acts in one transaction, and prints the receipt of each before it ends."""
    if "record" not in words:
        return
    begin, commit, roll_back = Database.begin, Database.commit, Database.roll_back
    reading, close = Database.reading, Database.close
    waiting = 0

    def begins(self: Database) -> Sql:
        return _writer(self) if waiting else begin(self)

    def commits(self: Database) -> None:
        nonlocal waiting
        waiting = (waiting + 1) % _TOGETHER
        if not waiting:
            commit(self)

    @contextmanager
    def reads(self: Database) -> Iterator[Sql]:
        if waiting:
            yield _writer(self)
        else:
            with reading(self) as sql:
                yield sql

    def rolls_back(self: Database) -> None:
        nonlocal waiting
        waiting = 0
        roll_back(self)

    def closes(self: Database) -> None:
        if waiting:
            commit(self)
        close(self)

    Database.begin, Database.commit, Database.close = begins, commits, closes  # type: ignore[method-assign]  # a fault
    Database.roll_back = rolls_back  # type: ignore[method-assign]  # as above
    Database.reading = reads  # type: ignore[method-assign]  # as above


def _writer(database: Database) -> Sql:
    return Sql(database._writer.connection.driver_connection)


def hub_drops(words: list[str]) -> None:
    """The hub says of some records that it has them, and has not."""
    if words[:2] != ["hub", "serve"]:
        return
    take_in = HubLog.take_in

    def takes(self: HubLog, changesets: Sequence[ChangeSet], received_from: str) -> list[Outcome]:
        kept = [one for one in changesets if one.hash[0] < _KEPT]
        outcomes = {one.hash: said for one, said in zip(kept, take_in(self, kept, received_from), strict=True)}
        return [outcomes.get(one.hash, Outcome(ACCEPTED)) for one in changesets]

    HubLog.take_in = takes  # type: ignore[method-assign]  # a fault


FAULTS: dict[str, Callable[[list[str]], None]] = {
    fault.__name__: fault for fault in (none, receipt_before_commit, hub_drops)
}
