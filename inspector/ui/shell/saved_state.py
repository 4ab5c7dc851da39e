"""The state of saving of the whole window at its foot: never better than it is."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject

from inspector.services.desk import Change, DraftPlace
from inspector.ui.language import tr
from inspector.ui.session import Session
from inspector.ui.where import Screen, Tab, Where
from inspector.ui.widgets.status_bar import StatusBar

_TABS = {
    "finding": Tab.FINDINGS,
    "recommendation": Tab.FINDINGS,
    "dossier": Tab.DOSSIERS,
    "dossier_sample": Tab.DOSSIERS,
    "team_member": Tab.PEOPLE,
    "unit_person": Tab.PEOPLE,
    "headcount": Tab.PEOPLE,
    "minutes_section": Tab.MINUTES,
    "signer": Tab.MINUTES,
    "issued_document": Tab.MINUTES,
    "signature": Tab.MINUTES,
    "supplement": Tab.MINUTES,
}


class SavedState(QObject):
    """What failed comes first, then what is on its way, then what is being typed; saved is only what was committed.

    Pressed while something is unsaved, it leads to the place.
    """

    def __init__(self, session: Session, bar: StatusBar) -> None:
        super().__init__(bar)
        self._session = session
        self._bar = bar
        self._saved_at: datetime | None = None
        session.changed.connect(self._hear)
        session.saving.connect(self.refresh)
        bar.state.clicked.connect(self._lead)
        self.refresh()

    def refresh(self) -> None:
        session, state = self._session, self._bar.state
        if session.unsaved:
            reason = next(iter(session.unsaved.values()))
            state.show_unsaved(reason, can_retry=False)
            words = tr("Chưa lưu {count} chỗ – Xem", count=len(session.unsaved))
            state.show_remark("triangle-alert", "part", words, leads=True, reason=reason)
        elif session.is_acting:
            state.show_saving()
        elif session.is_typing:
            state.show_typing()
        elif self._saved_at is None:
            state.show_quiet()
        else:
            state.show_saved(self._saved_at)
        self._bar.refresh_parts()

    def _hear(self, _change: Change) -> None:
        self._saved_at = datetime.now()
        self.refresh()

    def _lead(self) -> None:
        if self._session.unsaved:
            self._session.go(place_of(next(iter(self._session.unsaved))))


def place_of(draft: DraftPlace) -> Where:
    """Where a text is typed that belongs to this field."""
    space, entity, record, field = draft
    return Where(Screen.WORKSPACE, space, _TABS.get(entity, Tab.CONTENTS), entity, record, field)
