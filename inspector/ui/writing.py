"""Tying a field of a screen to a field of a record: showing, drafts, saving, and what an interrupted sitting left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import shiboken6
from PySide6.QtCore import QObject

from inspector.services.desk import DraftPlace, Receipt
from inspector.ui.editing import Draft, settle
from inspector.ui.language import Words, tr
from inspector.ui.session import Session
from inspector.ui.widgets.field import Entry, Field


@dataclass(frozen=True)
class Spot:
    """One field of one record of an inspection."""

    inspection: str
    entity: str
    record: str
    field: str

    @property
    def draft_place(self) -> DraftPlace:
        return (self.inspection, self.entity, self.record, self.field)

    def seen(self, operations: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        return {f"{self.entity}/{self.record}/{self.field}": operations}


@dataclass(frozen=True)
class PartSpot(Spot):
    """A part of a group: acts and what was seen name the group, drafts the part."""

    part: str = ""

    @property
    def draft_place(self) -> DraftPlace:
        return (self.inspection, self.entity, self.record, f"{self.field}.{self.part}")


@dataclass(frozen=True)
class Post:
    """The act that commits a value of the field: its name, arguments, and words for undo."""

    act: str
    arguments: Mapping[str, object]
    words: Words = ""


class Writing(QObject):
    """One field of a screen, turned to one spot after the other. ``post`` makes the act from the spot and the value.

    Turning away commits what was typed to the spot it was typed for; the answer is shown only where it still stands.
    """

    def __init__(self, session: Session, field: Field, post: Callable[[Spot, object], Post]) -> None:
        super().__init__(field)
        self._session = session
        self._field = field
        self._post = post
        self._spot: Spot | None = None
        self._under_way = 0
        field.committed.connect(self._commit)
        field.drafted.connect(self._keep)

    @property
    def spot(self) -> Spot | None:
        return self._spot

    def show(self, spot: Spot, text: str, operations: tuple[str, ...]) -> None:
        """Show what is stored there. The same spot again never touches what is being typed; another one commits it
        first, and brings back what an earlier sitting left there.
        """
        if spot == self._spot:
            self._field.show_value(text, operations)
            return
        self.clear()
        self._spot = spot
        self._field.turn_to(self._session.on_the_way.get(spot.draft_place, text), operations)
        self._bring_back(spot)

    def clear(self) -> None:
        """Show nothing: what was typed is committed."""
        if self._spot is not None:
            self._field.finish()
        self._spot, self._under_way = None, 0
        self._field.turn_to("", ())

    def _bring_back(self, spot: Spot) -> None:
        if (kept := self._session.draft_of(spot.draft_place)) is None:
            return
        changed = kept.seen != self._field.seen
        stored = self._field.text()
        self._field.seen = kept.seen
        self._field.restore(Draft(kept.text, len(kept.text)))
        if changed and stored:
            self._field.show_problem(tr("Trong lúc đó đã có giá trị khác: {value}", value=stored))

    def _commit(self, entry: Entry) -> None:
        spot = self._spot
        if spot is None:
            return
        self._under_way += 1
        number = self._under_way
        post = self._post(spot, entry.value)
        operations = entry.seen if isinstance(entry.seen, tuple) else ()

        self._session.on_the_way[spot.draft_place] = entry.text

        def is_shown() -> bool:
            # The window may be gone by the time the answer comes.
            return shiboken6.isValid(self) and self._spot == spot and self._under_way == number

        def answered() -> None:
            if self._session.on_the_way.get(spot.draft_place) == entry.text:
                del self._session.on_the_way[spot.draft_place]

        def saved(_receipt: Receipt) -> None:
            answered()
            self._session.unsaved.pop(spot.draft_place, None)
            if is_shown():
                self._field.mark_saved(datetime.now())
            self._session.saving.emit()

        def failed(reason: str) -> None:
            answered()
            self._session.unsaved[spot.draft_place] = reason
            self._session.keep_draft(spot.draft_place, entry.text, operations)
            if is_shown():
                self._field.mark_unsaved(reason)
            self._session.saving.emit()

        self._session.perform(
            post.act,
            post.arguments,
            inspection=spot.inspection,
            seen=spot.seen(operations),
            typed=(spot.draft_place,),
            words=post.words,
            then=saved,
            failed=failed,
        )

    def _keep(self, draft: Draft | None) -> None:
        spot = self._spot
        if spot is None:
            return
        if draft is None:
            self._session.drop_draft(spot.draft_place)
            return
        operations = self._field.seen if isinstance(self._field.seen, tuple) else ()
        self._session.keep_draft(spot.draft_place, draft.text, operations)


class Appending(Writing):
    """A field whose every commit adds something new to the record of the spot, and leaves it empty for the next.

    What could not be saved comes back into it, before what was begun meanwhile. The name of the spot's field is that
    of the draft alone: nothing there is replaced, so nothing was seen.
    """

    def _commit(self, entry: Entry) -> None:
        spot = self._spot
        self._field.turn_to("", ())
        if spot is None or not entry.text.strip():
            return
        self._field.state.show_saving()
        post, place = self._post(spot, entry.value), spot.draft_place

        def is_shown() -> bool:
            return shiboken6.isValid(self) and self._spot == spot

        def saved(_receipt: Receipt) -> None:
            self._session.unsaved.pop(place, None)
            if is_shown():
                self._field.mark_saved(datetime.now())
            self._session.saving.emit()

        def failed(reason: str) -> None:
            self._session.unsaved[place] = reason
            if is_shown():
                self._take_back(entry.text, reason)
            else:
                self._session.keep_draft(place, entry.text, ())
            self._session.saving.emit()

        self._session.perform(
            post.act,
            post.arguments,
            inspection=spot.inspection,
            typed=(place,),
            words=post.words,
            then=saved,
            failed=failed,
        )

    def _take_back(self, text: str, reason: str) -> None:
        settle(self._field.editor)
        whole = " ".join(part for part in (text, self._field.text()) if part)
        self._field.restore(Draft(whole, len(whole)))
        self._field.mark_unsaved(reason)
