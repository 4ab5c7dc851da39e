"""The sitting of one person at one window: what screens ask of the program, and what they are told.

Acts and drafts go through one lane, questions through another, long work through a third; none of them holds the
window. Screens get a session and know nothing else of the program.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from inspector.domain.errors import InspectorError, Refused
from inspector.domain.ids import new_id
from inspector.services.desk import Change, Desk, DraftPlace, Receipt
from inspector.services.drafts import KeptDraft, drop_draft, keep_draft, kept_drafts
from inspector.services.wording import sentence
from inspector.ui.knowing import Known, Places
from inspector.ui.lane import Errand, Lane
from inspector.ui.language import Words

if TYPE_CHECKING:
    from inspector.ui.prompting import Prompter
    from inspector.ui.where import Where

T = TypeVar("T")
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Done:
    """An act of this sitting that can be undone: ``words`` say what was done."""

    words: Words
    receipt: Receipt


class Job(QObject):
    """Long work that shows how far it is and can be cancelled. ``ended`` comes last, however it ends."""

    progressed = Signal(int, int)
    ended = Signal()

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        self._cancelled.set()

    def is_cancelled(self) -> bool:
        """May be asked on any thread."""
        return self._cancelled.is_set()


class Session(QObject):
    """``changed`` tells every screen what an act wrote; ``done`` what was done, for toast and undo; ``trouble`` a
    sentence for a person when nobody else took it; ``going`` that a place was asked for; ``saving`` that the state of
    saving of the whole window may have changed; ``settled`` that a lane has nothing more to do for now.
    """

    changed = Signal(object)
    received = Signal(object)
    """The inspections (a frozenset of ids) into which others' records came."""
    done = Signal(object)
    trouble = Signal(str)
    going = Signal(object)
    going_back = Signal()
    saving = Signal()
    found_drafts = Signal()
    settled = Signal()
    began = Signal(object)
    ending = Signal()
    """Nothing is asked any more: whoever does something of their own lets go of the desk."""

    def __init__(self, desk: Desk, prompter: Prompter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.prompter = prompter
        self.unsaved: dict[DraftPlace, str] = {}
        """Texts whose last save failed, with the sentence that says why."""
        self.on_the_way: dict[DraftPlace, str] = {}
        """Texts whose save was not answered yet: what stands there as far as their author is concerned."""
        self._writes = Lane("acts", self)
        self._reads = Lane("questions", self)
        self._jobs = Lane("long work", self)
        self._known = Known()
        self._undone: list[Done] = []
        self._undoable: list[Done] = []
        self.rescued: set[DraftPlace] = set()
        self._drafts: dict[DraftPlace, KeptDraft] = {}
        self._is_acting = False
        self._heard: list[Change] = []
        self._writes.idle.connect(self._acted)
        for lane in (self._writes, self._jobs):
            lane.idle.connect(self.saving)
        for lane in (self._writes, self._reads, self._jobs):
            lane.idle.connect(self.settled)
        desk.listeners.append(self._hear)

    # -------------------------------------------------------- acts

    def perform(
        self,
        act: str,
        arguments: Mapping[str, object],
        *,
        inspection: str | None = None,
        seen: Places | None = None,
        typed: Sequence[DraftPlace] = (),
        words: Words = "",
        then: Callable[[Receipt], object] = lambda _receipt: None,
        failed: Callable[[str], object] | None = None,
        owner: QObject | None = None,
    ) -> Errand:
        """Do an act in its turn; ``then`` after the commit, ``failed`` with a sentence when nothing was saved.

        ``words`` say what was done; with them the act stands in the toast and can be undone. ``seen`` is what its
        author saw. Without ``failed`` the sentence goes to ``trouble``.
        """
        identity = new_id()
        heard: list[Change] = []

        def work() -> Receipt:
            known = None if seen is None else self._known.brought_up_to_date(inspection or "", seen)
            self._heard = heard
            return self.desk.perform(act, arguments, inspection=inspection, act=identity, seen=known, typed=typed)

        for place in typed:
            self._drafts.pop(place, None)

        def succeeded(receipt: Receipt) -> None:
            if words and receipt.hash is not None:
                self._remember(Done(words, receipt))
            then(receipt)

        def told() -> None:
            for change in heard:
                self.changed.emit(change)

        self._is_acting = True
        self.saving.emit()
        return self._writes.do(work, succeeded, self._said(failed), owner, first=told)

    def _acted(self) -> None:
        self._is_acting = False

    def _hear(self, change: Change) -> None:
        """In the thread of the act. What an act of this sitting changed is told with its answer: a screen that read
        the change before it got the answer would not know what it waits for.
        """
        self._known.wrote(change.receipt.space, change.writes)
        if self._writes.is_here:
            self._heard.append(change)
        else:
            self.changed.emit(change)

    # -------------------------------------------------------- undo

    @property
    def undoable(self) -> Done | None:
        """What Ctrl+Z would take back."""
        return self._undoable[-1] if self._undoable else None

    @property
    def redoable(self) -> Done | None:
        return self._undone[-1] if self._undone else None

    def undo(self) -> None:
        """Take the last act of this sitting back, where nobody wrote since; otherwise say who did."""
        if self._undoable:
            self._turn_over(self._undoable, self._undone)

    def redo(self) -> None:
        if self._undone:
            self._turn_over(self._undone, self._undoable)

    def forget_acts(self) -> None:
        """After an exchange, a freeze or a signature there is nothing to take back (amendment 16)."""
        self._undoable.clear()
        self._undone.clear()
        self.done.emit(None)

    def tell_received(self, inspections: frozenset[str]) -> None:
        """Records of others came in: screens that show these inspections read again, and nothing is taken back."""
        self.forget_acts()
        self.received.emit(inspections)

    def _turn_over(self, from_: list[Done], to: list[Done]) -> None:
        last = from_.pop()

        def undone(receipt: Receipt) -> None:
            to.append(Done(last.words, receipt))
            self.done.emit(None)

        def refused(reason: str) -> None:
            self.done.emit(None)
            self.trouble.emit(reason)

        space = last.receipt.space
        self.perform("undo", {"undone": last.receipt.act}, inspection=space, then=undone, failed=refused)

    def _remember(self, done: Done) -> None:
        self._undoable.append(done)
        self._undone.clear()
        self.done.emit(done)

    # -------------------------------------------------------- questions and long work

    def ask(
        self,
        question: Callable[[Desk], T],
        then: Callable[[T], object],
        failed: Callable[[str], object] | None = None,
        owner: QObject | None = None,
    ) -> Errand:
        """Ask the desk off the GUI thread, also while acts are waiting."""
        return self._reads.do(lambda: question(self.desk), then, self._said(failed), owner)

    def work(
        self,
        words: Words,
        work: Callable[[Desk, Progress, Callable[[], bool]], T],
        then: Callable[[T], object],
        failed: Callable[[str], object] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Long work with its progress and the question whether it was cancelled; ``began`` tells the window of it."""
        job = Job(words, self)
        job.ended.connect(job.deleteLater)
        self.began.emit(job)
        # The window has to hear that the job ended although the screen that began it may be gone by then.
        self._jobs.do(
            lambda: work(self.desk, job.progressed.emit, job.is_cancelled),
            then,
            self._said(failed),
            owner,
            first=job.ended.emit,
        )
        return job

    # -------------------------------------------------------- drafts

    def keep_draft(self, place: DraftPlace, text: str, seen: tuple[str, ...]) -> None:
        """Keep a text being typed until an act commits it (``typed``) or its author throws it away."""
        self._drafts[place] = KeptDraft(place, text, seen, datetime.now().astimezone())
        self.saving.emit()
        self._writes.do(lambda: keep_draft(self.desk, place, text, seen), failed=self._said(None))

    def drop_draft(self, place: DraftPlace) -> None:
        """Throw a text away that was not committed."""
        known = self._drafts.pop(place, None)
        self.unsaved.pop(place, None)
        if known is not None:
            self._writes.do(lambda: drop_draft(self.desk, place), failed=self._said(None))
        self.saving.emit()

    def load_drafts(self, then: Callable[[list[KeptDraft]], object], owner: QObject | None = None) -> None:
        """Read what earlier sittings left, latest first."""

        def loaded(found: list[KeptDraft]) -> None:
            self.rescued = {draft.place for draft in found}
            self._drafts = {draft.place: draft for draft in found} | self._drafts
            if found:
                self.found_drafts.emit()
            then(found)

        self.ask(kept_drafts, loaded, owner=owner)

    def draft_of(self, place: DraftPlace) -> KeptDraft | None:
        """The text kept for a field, whoever typed it when; ``None`` where nothing waits to be committed."""
        return self._drafts.get(place)

    def rescued_drafts(self) -> list[KeptDraft]:
        """What earlier sittings left and nobody has committed or thrown away yet."""
        return [draft for place, draft in self._drafts.items() if place in self.rescued]

    # -------------------------------------------------------- going about

    def go(self, where: Where) -> None:
        """Ask the window to show a place."""
        self.going.emit(where)

    def back(self) -> None:
        self.going_back.emit()

    # -------------------------------------------------------- the end

    @property
    def is_busy(self) -> bool:
        """Something is not on disk yet, or long work goes on."""
        return not (self._writes.is_idle and self._jobs.is_idle)

    @property
    def is_acting(self) -> bool:
        """An act was asked for and is not on disk yet; drafts and long work do not count."""
        return self._is_acting

    @property
    def is_typing(self) -> bool:
        """A text of this sitting is kept as a draft and was not handed over yet."""
        waiting = self.unsaved.keys() | self.on_the_way.keys() | self.rescued
        return not self._drafts.keys() <= waiting

    @property
    def is_settled(self) -> bool:
        """Nothing is being done, and every answer was delivered."""
        return not self.is_busy and self._reads.is_idle

    def close(self) -> None:
        """Returns when everything is on disk; nothing may be asked any more."""
        self.ending.emit()
        if self._hear in self.desk.listeners:
            self.desk.listeners.remove(self._hear)
        for lane in (self._jobs, self._writes, self._reads):
            lane.close()

    def _said(self, failed: Callable[[str], object] | None) -> Callable[[Exception], object]:
        """Errors a person can do something about become sentences, the others are faults of the program."""

        def answer(error: Exception) -> None:
            if not isinstance(error, InspectorError):
                raise error
            (failed or self.trouble.emit)(sentence(error))

        return answer


def is_cancelled(error: InspectorError) -> bool:
    """Whether an error says no more than that its job was cancelled."""
    return isinstance(error, Refused) and error.code == "export-cancelled"
