"""Tying the cells of a table to records of an inspection: saving, drafts, and the blank row that becomes one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject

from inspector.services.desk import DraftPlace, Receipt
from inspector.ui.language import tr
from inspector.ui.session import Session
from inspector.ui.widgets.field import Reading
from inspector.ui.widgets.grid_model import NEW, Column
from inspector.ui.widgets.grid_table import CellEntry, GridTable
from inspector.ui.writing import Post

NEW_RECORD = "new"
"""Stands for the record of the blank row where drafts are kept."""


@dataclass(frozen=True)
class Cells:
    """How the cells of a table are saved. ``turn_to`` says in which inspection.

    ``post`` makes the act for one cell of a record; ``create`` the act that stores the blank row from all its values,
    None as long as something is missing. ``operations`` are what stands in a field as it is shown now.
    """

    entity: str
    post: Callable[[str, str, object], Post]
    create: Callable[[Mapping[str, object]], Post | None]
    operations: Callable[[str, str], tuple[str, ...]]


@dataclass
class _Beginning:
    """The record being made from the blank row, and what was typed into it meanwhile."""

    inspection: str
    keys: frozenset[str]
    later: dict[str, CellEntry] = field(default_factory=dict)


class GridWriting(QObject):
    """One table over one inspection after the other; ``turn_to`` it when another is shown."""

    def __init__(self, session: Session, table: GridTable, cells: Cells) -> None:
        super().__init__(table)
        self._session, self._table, self._cells = session, table, cells
        self._values: dict[str, object] = {}
        self._beginning: _Beginning | None = None
        self._inspection = ""
        table.seen_of = self._seen
        table.committed.connect(self._commit)
        table.drafted.connect(self._keep)

    @property
    def is_beginning(self) -> bool:
        """The blank row is being stored."""
        return self._beginning is not None

    def turn_to(self, inspection: str) -> None:
        """Before the rows of another inspection are shown: what was typed is committed to the one it was typed for."""
        if inspection == self._inspection:
            return
        self._table.finish()
        self._inspection = inspection
        self._values.clear()
        self._beginning = None
        self._table.grid.forget_typed()

    def bring_back(self) -> None:
        """Show what an earlier sitting left in cells of this inspection, when its rows are shown."""
        for row in (*self._table.grid.rows(), None):
            id_ = NEW if row is None else row.id
            for column in self._table.grid.columns:
                kept = self._session.draft_of(self._place(id_, column.key))
                if kept is not None and self._table.grid.typed(id_, column.key) is None:
                    self._table.restore(id_, column.key, kept.text)
                    reading = column.read(kept.text)
                    if id_ == NEW and isinstance(reading, Reading):
                        self._values[column.key] = reading.value

    # -------------------------------------------------------- inside

    def _commit(self, entry: CellEntry) -> None:
        if entry.row == NEW:
            self._commit_new(entry)
        else:
            self._save(entry.row, entry)

    def _save(self, row: str, entry: CellEntry) -> None:
        post = self._cells.post(row, entry.key, entry.value)
        place = self._place(row, entry.key)
        column = self._column(entry.key)
        named = f"{self._cells.entity}/{row}/{column.field or column.key}"

        def saved(_receipt: Receipt) -> None:
            self._session.unsaved.pop(place, None)
            self._table.mark_saved(row, entry.key)
            self._session.saving.emit()

        def failed(reason: str) -> None:
            self._refused(row, entry, reason)

        self._session.perform(
            post.act,
            post.arguments,
            inspection=self._inspection,
            seen={named: entry.seen},
            typed=(place,),
            words=post.words,
            then=saved,
            failed=failed,
            owner=self,
        )

    def _commit_new(self, entry: CellEntry) -> None:
        if self._beginning is not None:
            self._beginning.later[entry.key] = entry
            return
        self._values[entry.key] = entry.value
        post = self._cells.create(self._values)
        if post is None:
            # Kept as a draft until the row can be stored.
            self._session.keep_draft(self._place(NEW, entry.key), entry.text, ())
            self._table.mark_saved(NEW, entry.key)
            return
        beginning = _Beginning(self._inspection, frozenset(self._values))
        self._beginning = beginning

        def made(receipt: Receipt) -> None:
            if beginning is self._beginning:
                self._began(beginning, receipt.ref)

        def failed(reason: str) -> None:
            if beginning is not self._beginning:
                return
            self._beginning = None
            self._refused(NEW, entry, reason)
            for late in beginning.later.values():
                self._commit_new(late)

        self._session.perform(
            post.act,
            post.arguments,
            inspection=self._inspection,
            typed=tuple(self._place(NEW, key) for key in self._values),
            words=post.words,
            then=made,
            failed=failed,
            owner=self,
        )

    def _began(self, beginning: _Beginning, row: str) -> None:
        self._beginning = None
        self._values.clear()
        self._table.adopt(row)
        for key in beginning.keys:
            self._session.unsaved.pop(self._place(NEW, key), None)
            self._table.mark_saved(row, key)
        for late in beginning.later.values():
            self._save(row, late)
        self._session.saving.emit()

    def _refused(self, row: str, entry: CellEntry, reason: str) -> None:
        place = self._place(row, entry.key)
        self._session.unsaved[place] = reason
        self._session.keep_draft(place, entry.text, entry.seen)
        self._table.mark_unsaved(row, entry.key, reason or tr("Chưa lưu"))
        self._session.saving.emit()

    def _keep(self, row: str, key: str, text: str | None, seen: tuple[str, ...]) -> None:
        place = self._place(row, key)
        if text is None:
            self._session.drop_draft(place)
        else:
            self._session.keep_draft(place, text, seen)

    def _seen(self, row: str, key: str) -> tuple[str, ...]:
        column = self._column(key)
        kept = self._session.draft_of(self._place(row, key))
        if kept is not None:
            return kept.seen
        return () if row == NEW else self._cells.operations(row, column.field or column.key)

    def _place(self, row: str, key: str) -> DraftPlace:
        return (self._inspection, self._cells.entity, row or NEW_RECORD, key)

    def _column(self, key: str) -> Column:
        return next(column for column in self._table.grid.columns if column.key == key)
