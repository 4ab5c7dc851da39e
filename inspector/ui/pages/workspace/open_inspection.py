"""The inspection that the tabs of the workspace share: read off the GUI thread, and again where something changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from inspector.domain.checklist import Checklist
from inspector.domain.grounds import Grounds
from inspector.domain.inspection import Inspection
from inspector.domain.registry import ENTITIES
from inspector.domain.scoring import ItemScore
from inspector.domain.tally import scores
from inspector.services.desk import Change, Desk, DraftPlace, Receipt
from inspector.services.sight import Sight, look, look_again
from inspector.ui.language import Words, tr
from inspector.ui.session import Session

_JUDGED_BY = frozenset({"inspection", "dossier", "dossier_sample", "adoption"})
"""What the judgement of sampled dossiers hangs on: the dossiers, the day of the visit, the calendar."""

WHOLE: frozenset[str] = frozenset()
"""What ``refreshed`` tells when another inspection is shown: everything."""


@dataclass(frozen=True)
class Shown:
    """One reading: the inspection with what its values stand for, what sentences about it are drawn from, and what its
    items are worth.
    """

    sight: Sight
    grounds: Grounds
    scores: tuple[ItemScore, ...]


class OpenInspection(QObject):
    """``refreshed`` follows every reading with the entities that may look different, ``WHOLE`` for another inspection.
    ``came`` comes after ``refreshed`` told everybody of another inspection. ``failed`` says why one could not be read.
    """

    refreshed = Signal(frozenset)
    came = Signal()
    failed = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.id = ""
        self._shown: Shown | None = None
        self._stale: set[str] = set()
        self._reading = False
        session.changed.connect(self._hear)
        session.received.connect(self._receive)

    def open(self, inspection: str) -> None:
        """Show this inspection; ``refreshed`` follows, also when it is shown already."""
        if inspection == self.id and self._shown is not None:
            self.refreshed.emit(WHOLE)
            self.came.emit()
            return
        self.id, self._shown = inspection, None
        self.read_whole()

    def read_whole(self) -> None:
        """Read everything again, as when it could not be read before."""
        inspection = self.id
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
    def is_up_to_date(self) -> bool:
        """Nothing is being read, and nothing changed since."""
        return not self._reading and not self._stale

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
    def scores(self) -> tuple[ItemScore, ...]:
        """The score of every item of the checklist, in order, records counted."""
        return self.shown.scores

    @property
    def is_read_only(self) -> bool:
        """After the seal or the signature nothing is changed any more; what comes later goes into supplementary
        minutes. A cancelled inspection is opened again first.
        """
        inspection = self._shown.sight.inspection if self._shown is not None else None
        return inspection is not None and (inspection.is_closed or inspection.status == "cancelled")

    @property
    def why_read_only(self) -> Words:
        if not self.is_read_only:
            return ""
        if self.inspection.signed is not None:
            return tr("Biên bản đã ký. Việc phát sinh ghi vào biên bản bổ sung.")
        if self.inspection.sealed is not None:
            return tr("Biên bản đã niêm phong. Việc phát sinh ghi vào biên bản bổ sung.")
        return tr("Cuộc kiểm tra đã hủy. Mở lại rồi ghi tiếp.")

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

    def changed_elsewhere(self, entities: frozenset[str]) -> None:
        """Something came from another laptop: read it."""
        self._read_again(entities)

    def _hear(self, change: Change) -> None:
        if not self.id:
            return
        if change.receipt.space == self.id:
            self._read_again(change.entities or frozenset({"inspection"}))
        elif change.entities & {"adoption", "legal_basis", "scoring"}:
            self._read_again(frozenset({"inspection"}))

    def _receive(self, inspections: frozenset[str]) -> None:
        if self.id in inspections:
            self.changed_elsewhere(frozenset(ENTITIES))

    def _read_again(self, entities: frozenset[str]) -> None:
        """Several changes in a row are one reading."""
        self._stale |= entities
        if self._reading or not self._stale or self._shown is None:
            return
        before, wanted = self._shown.sight, frozenset(self._stale)
        kept = None if wanted & _JUDGED_BY else self._shown.grounds
        inspection = self.id
        self._stale.clear()
        self._reading = True

        def read(desk: Desk) -> Shown:
            return _shown(desk, look_again(desk, before, wanted), kept)

        self.session.ask(read, lambda shown: self._take(inspection, shown, wanted), self._fail(inspection), self)

    def _take(self, inspection: str, shown: Shown, entities: frozenset[str]) -> None:
        if inspection != self.id:  # somebody has gone on to another one
            return
        self._shown, self._reading = shown, False
        self.refreshed.emit(entities)
        if entities == WHOLE:
            self.came.emit()
        self._read_again(frozenset())

    def _fail(self, inspection: str) -> Callable[[str], object]:
        def told(reason: str) -> None:
            if inspection == self.id:
                self._reading = False
                self.failed.emit(reason)

        return told


def _shown(desk: Desk, sight: Sight, before: Grounds | None = None) -> Shown:
    """``before`` had the same dossiers: a large sample is not judged again for every answer."""
    drawn = desk.library.grounds(sight.inspection)
    if before is not None:
        drawn = replace(drawn, judged=before.judged)
    return Shown(sight, drawn, scores(drawn))
