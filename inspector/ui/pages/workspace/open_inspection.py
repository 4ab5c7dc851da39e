"""The inspection that the tabs of the workspace share: read off the GUI thread, and again where something changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from inspector.domain.checklist import Checklist
from inspector.domain.grounds import Grounds
from inspector.domain.inspection import Inspection
from inspector.services.desk import Change, Desk, DraftPlace, Receipt
from inspector.services.sight import Sight, look, look_again
from inspector.ui.language import Words, tr
from inspector.ui.session import Session

WHOLE: frozenset[str] = frozenset()
"""What ``refreshed`` tells when another inspection is shown: everything."""


@dataclass(frozen=True)
class Shown:
    """One reading: the inspection with what its values stand for, and what sentences about it are drawn from."""

    sight: Sight
    grounds: Grounds


class OpenInspection(QObject):
    """``refreshed`` follows every reading with the entities that may look different, ``WHOLE`` for another inspection.
    ``failed`` says why an inspection could not be read.
    """

    refreshed = Signal(frozenset)
    failed = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.id = ""
        self._shown: Shown | None = None
        self._stale: set[str] = set()
        self._reading = False
        session.changed.connect(self._hear)

    def open(self, inspection: str) -> None:
        """Show this inspection; ``refreshed`` follows, also when it is shown already."""
        if inspection == self.id and self._shown is not None:
            self.refreshed.emit(WHOLE)
            return
        self.id, self._shown = inspection, None
        self._stale.clear()
        self._reading = True

        def read(desk: Desk) -> Shown:
            return _shown(desk, look(desk, inspection))

        self.session.ask(read, lambda shown: self._take(inspection, shown, WHOLE), self._fail(inspection), self)

    @property
    def is_here(self) -> bool:
        """Whether the inspection was read; before that there is nothing to ask."""
        return self._shown is not None

    @property
    def shown(self) -> Shown:
        if self._shown is None:
            raise RuntimeError("no inspection was read yet")
        return self._shown

    @property
    def sight(self) -> Sight:
        return self.shown.sight

    @property
    def inspection(self) -> Inspection:
        return self.shown.sight.inspection

    @property
    def grounds(self) -> Grounds:
        return self.shown.grounds

    @property
    def checklist(self) -> Checklist | None:
        return self.shown.grounds.checklist

    @property
    def is_read_only(self) -> bool:
        """After the signature nothing is changed any more; what comes later goes into supplementary minutes."""
        return self._shown is not None and self._shown.sight.inspection.signed is not None

    @property
    def why_read_only(self) -> Words:
        return tr("Biên bản đã ký. Việc phát sinh ghi vào biên bản bổ sung.") if self.is_read_only else ""

    def perform(
        self,
        act: str,
        arguments: Mapping[str, object],
        *,
        at: tuple[str, str, Sequence[str]] | None = None,
        typed: Sequence[DraftPlace] = (),
        words: Words = "",
        then: Callable[[Receipt], object] = lambda _receipt: None,
        failed: Callable[[str], object] | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Do an act in this inspection. ``at`` names entity, record and the fields it replaces, as they are shown now;
        leave it out for acts that only add.
        """
        seen = None if at is None else self.sight.seen(at[0], at[1], *at[2])
        self.session.perform(
            act,
            arguments,
            inspection=self.id,
            seen=seen,
            typed=typed,
            words=words,
            then=then,
            failed=failed,
            owner=owner,
        )

    def _hear(self, change: Change) -> None:
        if not self.id:
            return
        if change.receipt.space == self.id:
            self._read_again(change.entities)
        elif change.entities & {"adoption", "legal_basis", "scoring"}:
            self._read_again(frozenset({"inspection"}))

    def _read_again(self, entities: frozenset[str]) -> None:
        """Several changes in a row are one reading."""
        self._stale |= entities
        if self._reading or not self._stale or self._shown is None:
            return
        before, wanted = self._shown.sight, frozenset(self._stale)
        inspection = self.id
        self._stale.clear()
        self._reading = True

        def read(desk: Desk) -> Shown:
            return _shown(desk, look_again(desk, before, wanted))

        self.session.ask(read, lambda shown: self._take(inspection, shown, wanted), self._fail(inspection), self)

    def _take(self, inspection: str, shown: Shown, entities: frozenset[str]) -> None:
        if inspection != self.id:  # somebody has gone on to another one
            return
        self._shown, self._reading = shown, False
        self.refreshed.emit(entities)
        self._read_again(frozenset())

    def _fail(self, inspection: str) -> Callable[[str], object]:
        def told(reason: str) -> None:
            if inspection == self.id:
                self._reading = False
                self.failed.emit(reason)

        return told


def _shown(desk: Desk, sight: Sight) -> Shown:
    return Shown(sight, desk.library.grounds(sight.inspection))
