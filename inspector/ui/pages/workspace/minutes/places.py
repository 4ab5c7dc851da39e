"""Where the conditions of the minutes lead: which tab has the record, and what going there is called."""

from __future__ import annotations

from inspector.domain.inspection import Inspection
from inspector.domain.readiness import Condition, Place
from inspector.ui.language import Phrase, tr
from inspector.ui.where import Screen, Tab, Where

_TABS = {
    "item": Tab.CONTENTS,
    "answer": Tab.CONTENTS,
    "finding": Tab.FINDINGS,
    "recommendation": Tab.FINDINGS,
    "dossier": Tab.DOSSIERS,
    "dossier_sample": Tab.DOSSIERS,
    "team_member": Tab.PEOPLE,
    "unit_person": Tab.PEOPLE,
    "headcount": Tab.PEOPLE,
    "signer": Tab.PEOPLE,
    "inspection": Tab.PEOPLE,
    "laptop": Tab.MINUTES,
}
GO = {
    Tab.CONTENTS: tr("Đến mục"),
    Tab.FINDINGS: tr("Đến phát hiện"),
    Tab.DOSSIERS: tr("Đến hồ sơ"),
    Tab.PEOPLE: tr("Đến thành phần"),
    Tab.MINUTES: tr("Xem"),
    Tab.DECISIONS: tr("Xem"),
}


def where(inspection: Inspection, place: Place) -> Where:
    """The place of the window for a place of the record."""
    if place.entity == "exchange":
        return Where(Screen.EXCHANGE)
    if place.entity == "evidence":
        return _where_evidence(inspection, place)
    if place.entity == "answer":
        item = next((key for key, answer in inspection.answers.items() if answer.id == place.id), place.id)
        return _in(inspection, Tab.CONTENTS, "item", item, place.field)
    return _in(inspection, _TABS.get(place.entity, Tab.MINUTES), place.entity, place.id, place.field)


def _where_evidence(inspection: Inspection, place: Place) -> Where:
    """Evidence is looked at where it is attached."""
    piece = next((piece for piece in inspection.evidence if piece.id == place.id), None)
    subject = piece.subjects[0] if piece is not None and piece.subjects else None
    if subject is None:
        return _in(inspection, Tab.CONTENTS, "evidence", place.id, place.field)
    return where(inspection, Place(subject.entity, subject.id, f"evidence/{place.id}"))


def _in(inspection: Inspection, tab: Tab, entity: str, record: str, field: str | None) -> Where:
    return Where(Screen.WORKSPACE, inspection.id, tab, entity, record, field or "")


def act_words(inspection: Inspection, condition: Condition) -> Phrase | str:
    """What Enter on a condition does; nothing where there is no place to go to."""
    if not condition.places:
        return ""
    if condition.code == "minutes-disagreements":
        return tr("Xem")
    if condition.code == "minutes-section-behind":
        return tr("So sánh")
    if condition.places[0].entity == "exchange":
        return tr("Đồng bộ")
    if condition.places[0].entity == "inspection":
        return tr("Điền")
    return GO[where(inspection, condition.places[0]).tab]
