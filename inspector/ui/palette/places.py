"""The places somebody went to in this sitting, the last one first."""

from __future__ import annotations

from PySide6.QtCore import QObject

from inspector.ui.language import Words, tr
from inspector.ui.session import Session
from inspector.ui.where import Screen, Tab, Where

_KEPT = 12

SCREENS: dict[Screen, tuple[Words, str]] = {
    Screen.HOME: (tr("Trang chủ"), "house"),
    Screen.INSPECTIONS: (tr("Cuộc kiểm tra"), "clipboard-check"),
    Screen.UNITS: (tr("Đơn vị"), "building-2"),
    Screen.CHECKLISTS: (tr("Bộ tiêu chí"), "list-checks"),
    Screen.EXCHANGE: (tr("Đồng bộ"), "refresh-cw"),
    Screen.SETTINGS: (tr("Cài đặt"), "settings"),
}
"""The screens of the rail with their icons."""

TABS: dict[Tab, Words] = {
    Tab.CONTENTS: tr("Nội dung"),
    Tab.FINDINGS: tr("Phát hiện"),
    Tab.DOSSIERS: tr("Hồ sơ mẫu"),
    Tab.PEOPLE: tr("Thành phần"),
    Tab.MINUTES: tr("Biên bản"),
    Tab.DECISIONS: tr("Bất đồng"),
}


class Places(QObject):
    """Listens to where the session goes."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.last: list[Where] = []
        session.going.connect(self.note)

    def note(self, where: Where) -> None:
        if where.screen is Screen.NEW_INSPECTION:
            return
        place = Where(where.screen, where.inspection, where.tab)
        self.last = [place, *(each for each in self.last if each != place)][:_KEPT]

    @property
    def inspection(self) -> str:
        """The inspection that is open, or nothing."""
        return self.last[0].inspection if self.last else ""


def places_of(session: Session) -> Places:
    """The places of a sitting; whoever wants all of them asks once when the sitting begins."""
    found = session.findChild(Places)
    return found if isinstance(found, Places) else Places(session)
