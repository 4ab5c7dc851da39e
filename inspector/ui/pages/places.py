"""Where in the window a record of an inspection is worked on."""

from __future__ import annotations

from inspector.domain.readiness import Place
from inspector.ui.where import Screen, Tab, Where

_TABS = {
    Tab.FINDINGS: ("finding", "recommendation"),
    Tab.DOSSIERS: ("dossier", "dossier_sample"),
    Tab.PEOPLE: ("team_member", "unit_person", "headcount"),
    Tab.MINUTES: ("inspection", "signer", "minutes_section", "issued_document", "signature", "supplement"),
}
_TAB_OF = {entity: tab for tab, entities in _TABS.items() for entity in entities}


def place_in(inspection: str, place: Place | None) -> Where:
    """The place in the workspace; without one the inspection as it opens."""
    if place is None:
        return Where(Screen.WORKSPACE, inspection)
    tab = _TAB_OF.get(place.entity, Tab.CONTENTS)
    return Where(Screen.WORKSPACE, inspection, tab, place.entity, place.id, place.field or "")
