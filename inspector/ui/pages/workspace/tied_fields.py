"""Fields tied to records where ``Writing`` alone is not enough: choices, and groups that are typed in parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial

from PySide6.QtCore import QObject

from inspector.domain.changeset import Json
from inspector.services.desk import Receipt
from inspector.ui.language import Words
from inspector.ui.session import Session
from inspector.ui.theme import restyle
from inspector.ui.widgets.field import Entry, Field
from inspector.ui.widgets.pick_field import PickField
from inspector.ui.writing import PartSpot, Post, Spot, Writing


class Picking(QObject):
    """A choice tied to one spot after the other, as ``Writing`` ties a text; ``""`` is committed as nothing."""

    def __init__(self, session: Session, field: PickField, post: Callable[[Spot, object], Post]) -> None:
        super().__init__(field)
        self._session, self._field, self._post = session, field, post
        self._spot: Spot | None = None
        self._under_way = 0
        field.committed.connect(self._commit)

    def show(self, spot: Spot, key: str | None, operations: tuple[str, ...]) -> None:
        if spot != self._spot:
            self._field.finish()
            self._spot, self._under_way = spot, 0
            self._field.state.show_quiet()
            self._field.clear_problem()
        if self._under_way == 0:
            self._field.show_value(key or "", operations)
            self._tell_whole()

    def _tell_whole(self) -> None:
        """What was chosen may be longer than the box."""
        self._field.picker.setProperty("content", True)
        self._field.picker.setToolTip(self._field.picker.currentText())

    def _commit(self, entry: Entry) -> None:
        spot = self._spot
        if spot is None:
            return
        self._under_way += 1
        post = self._post(spot, entry.value or None)

        def ended(mark: Callable[[], None]) -> None:
            if self._spot == spot:
                self._under_way -= 1
                mark()

        self._session.perform(
            post.act,
            post.arguments,
            inspection=spot.inspection,
            seen=spot.seen(entry.seen if isinstance(entry.seen, tuple) else ()),
            words=post.words,
            then=lambda _receipt: ended(lambda: self._field.mark_saved(datetime.now())),
            failed=lambda reason: ended(lambda: self._field.mark_unsaved(reason)),
            owner=self,
        )


@dataclass(frozen=True)
class Part:
    """A member of a group in a field of its own; ``stored`` turns what the field means into what is stored."""

    field: Field
    stored: Callable[[object], Json]


class GroupWriting:
    """The members of one group, a field each. Leaving one commits the group with what stands in the others."""

    def __init__(
        self, session: Session, parts: Mapping[str, Part], post: Callable[[Spot, dict[str, Json] | None], Post]
    ) -> None:
        self._session, self._parts, self._post = session, parts, post
        self._group: dict[str, Json] = {}
        self._spot: Spot | None = None
        self._writings = {
            name: Writing(session, part.field, partial(self._post_part, name)) for name, part in parts.items()
        }

    def show(self, spot: Spot, texts: Mapping[str, str], group: Json, operations: tuple[str, ...]) -> None:
        """``texts`` are the members as they are shown, ``group`` as they are stored."""
        if spot != self._spot:
            self.clear()
            self._spot = spot
        spots = {name: PartSpot(spot.inspection, spot.entity, spot.record, spot.field, name) for name in self._writings}
        if not any(part.draft_place in self._session.on_the_way for part in spots.values()):
            self._group = dict(group) if isinstance(group, dict) else {}
        for name, writing in self._writings.items():
            writing.show(spots[name], texts.get(name, ""), operations)

    def clear(self) -> None:
        for writing in self._writings.values():
            writing.clear()
        self._spot, self._group = None, {}

    def _post_part(self, name: str, spot: Spot, value: object) -> Post:
        stored = self._parts[name].stored(value)
        self._group = {**self._group, name: stored}
        filled: dict[str, Json] = {member: kept for member, kept in self._group.items() if kept is not None}
        return self._post(Spot(spot.inspection, spot.entity, spot.record, spot.field), filled or None)


def text_or_none(value: object) -> Json:
    """A text as it is stored: nothing typed is nothing."""
    return str(value) if value else None


def day_or_none(value: object) -> Json:
    """A date or a time as it is stored."""
    if isinstance(value, time):
        return value.isoformat("minutes")
    return value.isoformat() if value is not None and hasattr(value, "isoformat") else None


def lines_or_none(value: object) -> Json:
    """A list typed one entry a line."""
    kept: list[Json] = [line.strip() for line in str(value or "").split("\n") if line.strip()]
    return kept or None


def lock(field: Field | PickField, reason: Words) -> None:
    """Let a field be read only; without a reason it may be edited again."""
    if isinstance(field, PickField):
        # What was recorded stays as legible as in a field of text.
        field.picker.setProperty("record", bool(str(reason)))
        field.picker.setEnabled(not str(reason))
        restyle(field.picker)
    elif field.is_read_only() != bool(str(reason)):
        field.editor.setReadOnly(bool(str(reason)))
        restyle(field.editor)


def saved(_receipt: Receipt) -> None:
    """For acts whose change comes back with the next reading."""
