"""A lane: one thread that does things in turn, so that the window never waits. Answers come back on the GUI thread."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")


class Errand:
    """Something a lane was asked to do. ``drop`` means that nobody waits for the answer; the work itself is done."""

    def __init__(
        self,
        work: Callable[[], object],
        answer: Callable[[], object],
        owner: QObject | None,
        first: Callable[[], object],
    ) -> None:
        self._work = work
        self._first = first
        self._owner = owner
        self._dropped = False
        self._answer = answer

    def drop(self) -> None:
        self._dropped = True

    def carry_out(self) -> None:
        """On the thread of the lane."""
        self._work()

    def deliver(self) -> None:
        """On the GUI thread; a screen that is gone gets no answer."""
        first, answer, owner = self._first, self._answer, self._owner
        # The thread of the lane keeps this errand until its next one, and widgets must not die on that thread.
        self._work = self._first = self._answer = _nothing
        self._owner = None
        first()
        if not self._dropped and (owner is None or shiboken6.isValid(owner)):
            answer()


class Lane(QObject):
    """First come, first served. ``idle`` follows when everything asked for was answered."""

    idle = Signal()
    _done = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._errands: queue.SimpleQueue[Errand | None] = queue.SimpleQueue()
        self._waiting = 0
        self._closed = False
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    @property
    def is_idle(self) -> bool:
        return self._waiting == 0

    @property
    def is_here(self) -> bool:
        """Whether the caller is being carried out by this lane."""
        return threading.current_thread() is self._thread

    def do(
        self,
        work: Callable[[], T],
        then: Callable[[T], object] = lambda _result: None,
        failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
        first: Callable[[], object] = lambda: None,
    ) -> Errand:
        """Do ``work`` in its turn, then call one of the two on the GUI thread.

        They are not called when ``owner`` is gone by then. Without ``failed`` an error is raised on the GUI thread.
        ``first`` is called there before them in every case.
        """
        if self._closed:
            raise RuntimeError("this lane was closed")
        outcome: list[Callable[[], object]] = []

        def tried() -> None:
            try:
                result = work()
            except Exception as error:
                outcome.append(_answer_of(failed, error))
            else:
                outcome.append(lambda: then(result))

        errand = Errand(tried, lambda: outcome[0](), owner, first)
        self._waiting += 1
        self._errands.put(errand)
        return errand

    def close(self) -> None:
        """Returns when everything asked for was carried out; the answers are still delivered by the event loop."""
        if not self._closed:
            self._closed = True
            self._errands.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (errand := self._errands.get()) is not None:
            errand.carry_out()
            self._done.emit(errand)

    def _deliver(self, errand: Errand) -> None:
        self._waiting -= 1
        try:
            errand.deliver()
        finally:
            if self.is_idle:
                self.idle.emit()


def _nothing() -> None:
    pass


def _answer_of(failed: Callable[[Exception], object] | None, error: Exception) -> Callable[[], object]:
    def answer() -> None:
        if failed is None:
            raise error
        failed(error)

    return answer
