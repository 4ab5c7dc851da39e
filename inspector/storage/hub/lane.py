"""The way to the writer: batches that wait together are committed together (group commit).

A group is closed with ``MOST`` batches, or when its first has been worked on for ``MOST_SECONDS``; nobody waits for a
group to fill. On SQLite one thread takes batches of all spaces; on PostgreSQL each thread takes those of one space, so
that a transaction locks one row and threads and processes do not wait in circles.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from inspector.domain.errors import Damaged, Unavailable
from inspector.storage.hub.engine import RETRY_SECONDS

MOST = 64
MOST_SECONDS = 0.02
MOST_WAITING = 1_000
"""Batches that may wait in all; whoever comes then is asked to come again."""

Of = TypeVar("Of")


class Batch(Generic[Of]):
    """Something to be done inside a transaction, and what came of it."""

    def __init__(self, space: str, work: Callable[[Any], Of]) -> None:
        self.space = space
        self.work = work
        self.result: Of | None = None
        self.error: BaseException | None = None
        self._done = threading.Event()

    def finish(self, error: BaseException | None = None) -> None:
        self.error = error
        self._done.set()

    @property
    def is_done(self) -> bool:
        return self._done.is_set()

    def wait(self) -> Of:
        self._done.wait()
        if self.error is not None:
            raise self.error
        return self.result  # type: ignore[return-value]  # set by whoever did the work


class Lane:
    """``commit`` does the work of a group in one transaction: it takes batches from an iterator until that ends."""

    def __init__(self, commit: Callable[[Group], None], *, threads: int, one_space: bool) -> None:
        self._commit = commit
        self._one_space = one_space
        self._waiting: deque[Batch[Any]] = deque()
        self._in_work: set[str] = set()
        self._news = threading.Condition()
        self._closed = False
        self._threads = [threading.Thread(target=self._run, name=f"hub writer {n}") for n in range(threads)]
        for thread in self._threads:
            thread.daemon = True
            thread.start()

    def close(self) -> None:
        """Ends after what waits; may be called again."""
        with self._news:
            self._closed = True
            self._news.notify_all()
        for thread in self._threads:
            thread.join()

    def do(self, space: str, work: Callable[[Any], Of]) -> Of:
        """Returns what ``work`` returned, after the commit. Raises ``Unavailable`` (``hub-busy`` …)."""
        return self.later(space, work).wait()

    def later(self, space: str, work: Callable[[Any], Of]) -> Batch[Of]:
        """The same without waiting for it."""
        batch = Batch(space, work)
        with self._news:
            if self._closed or len(self._waiting) >= MOST_WAITING:
                raise Unavailable("hub-busy", seconds=RETRY_SECONDS)
            self._waiting.append(batch)
            self._news.notify()
        return batch

    def waiting(self) -> int:
        return len(self._waiting)

    def _run(self) -> None:
        while (first := self._next()) is not None:
            group = Group(self, first)
            try:
                self._commit(group)
            except BaseException as error:
                self._one_by_one(group, error)
            else:
                group.finish()
            finally:
                self._leave(first.space)

    def _one_by_one(self, group: Group, error: BaseException) -> None:
        """What one batch broke must not be the loss of the others (I12); a full disk is full for all of them."""
        for batch in group.batches:
            if len(group.batches) == 1 or isinstance(error, Unavailable | Damaged):
                batch.finish(error)
                continue
            alone = Group(self, batch, alone=True)
            try:
                self._commit(alone)
            except BaseException as other:
                batch.finish(other)
            else:
                batch.finish()

    def _next(self) -> Batch[Any] | None:
        with self._news:
            while True:
                batch = self._take(lambda one: one.space not in self._in_work)
                if batch is not None:
                    if self._one_space:
                        self._in_work.add(batch.space)
                    return batch
                if self._closed and not self._waiting:
                    return None
                self._news.wait()

    def _leave(self, space: str) -> None:
        with self._news:
            self._in_work.discard(space)
            self._news.notify_all()

    def another(self, group: Group) -> Batch[Any] | None:
        """The next batch that may go along with a group."""
        with self._news:
            space = group.batches[0].space
            return self._take(lambda one: not self._one_space or one.space == space)

    def _take(self, fits: Callable[[Batch[Any]], bool]) -> Batch[Any] | None:
        for place, batch in enumerate(self._waiting):
            if fits(batch):
                del self._waiting[place]
                return batch
        return None


class Group:
    """Batches of one transaction; iterating over it does not end before it is closed."""

    def __init__(self, lane: Lane, first: Batch[Any], *, alone: bool = False) -> None:
        self.batches = [first]
        self._lane = lane
        self._alone = alone

    def run(self, do: Callable[[Batch[Any]], object]) -> None:
        """Does every batch, and those that come meanwhile, until the group is closed."""
        until = time.monotonic() + MOST_SECONDS
        do(self.batches[0])
        while not self._alone and len(self.batches) < MOST and time.monotonic() < until:
            batch = self._lane.another(self)
            if batch is None:
                return
            self.batches.append(batch)
            do(batch)

    def finish(self) -> None:
        for batch in self.batches:
            batch.finish()
