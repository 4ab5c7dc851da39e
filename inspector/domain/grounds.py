"""What the sentences of a paper are drawn from: one inspection, its checklist, its calendar and the law it may cite."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from inspector.domain.checklist import Checklist, LegalBasis
from inspector.domain.dossiers import Sample, Terms
from inspector.domain.inspection import Evidence, Inspection
from inspector.domain.working_days import Calendar

Law = Mapping[str, LegalBasis]
"""The legal texts an office confirmed, by code; their status is no longer ``background``."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """``photo_numbers`` are the numbers in the appendix, from 1, by evidence id; photos not printed have none.

    ``judged`` remembers by item key what ``tally`` found, so that a large sample is judged once for a paper.
    """

    inspection: Inspection
    checklist: Checklist | None
    terms: Terms
    law: Law
    photo_numbers: Mapping[str, int]
    judged: dict[str, Sample | None] = field(default_factory=dict, compare=False, repr=False)


def grounds(
    inspection: Inspection,
    checklist: Checklist | None,
    calendar: Calendar,
    law: Law,
    *,
    taken_over: date | None = None,
    printable: Collection[str] | None = None,
) -> Grounds:
    """Everything a sentence may be drawn from.

    ``taken_over`` is the first day of a unit that took over others; ``printable`` are the ids of the photos that can be
    printed, all of them when it is not given.
    """
    shown = (piece.id for piece in pictures(inspection) if printable is None or piece.id in printable)
    numbers = {piece: number for number, piece in enumerate(shown, 1)}
    return Grounds(inspection, checklist, terms(inspection, calendar, taken_over), law, numbers)


def terms(inspection: Inspection, calendar: Calendar, taken_over: date | None = None) -> Terms:
    """By what the dossiers of this inspection are judged: on the day of the visit, as people wrote it.

    As long as no day was written, a dossier that was not returned yet is not called late.
    """
    days = (inspection.visit_date, inspection.opened.date, inspection.closed.date)
    return Terms(calendar, next((day for day in days if day), date.min), taken_over)


def pictures(inspection: Inspection) -> tuple[Evidence, ...]:
    """The photos of an inspection in the order in which they are printed."""
    return tuple(piece for piece in inspection.evidence if piece.file is not None and piece.file.is_picture)
