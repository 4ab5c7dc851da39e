"""The page of the settings: groups at the left, one panel at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from inspector.domain.credentials import Reason
from inspector.services.desk import Change, Desk
from inspector.services.invitations import letters
from inspector.services.quarantine import quarantined
from inspector.ui.actions import Acts
from inspector.ui.language import Words, tr
from inspector.ui.pages.folding import Folding
from inspector.ui.pages.line_list import LineList, Row
from inspector.ui.pages.page import Page
from inspector.ui.pages.settings.about import AboutPanel
from inspector.ui.pages.settings.appearance import AppearancePanel
from inspector.ui.pages.settings.backup import BackupPanel
from inspector.ui.pages.settings.holidays import HolidaysPanel
from inspector.ui.pages.settings.invitations import InvitationsPanel
from inspector.ui.pages.settings.keys import KeysPanel
from inspector.ui.pages.settings.machines import MachinesPanel
from inspector.ui.pages.settings.panel import Panel
from inspector.ui.pages.settings.records import LETTERHEADS, PEOPLE, RecordsPanel
from inspector.ui.pages.settings.template import TemplatePanel
from inspector.ui.pages.settings.waiting import WaitingPanel
from inspector.ui.pages.title_bar import TitleBar
from inspector.ui.session import Session
from inspector.ui.where import Screen, Where

Make = Callable[[Session, Acts], Panel]

GROUPS: dict[str, tuple[Words, str, Make]] = {
    "people": (tr("Người của văn phòng"), "users", lambda session, acts: RecordsPanel(session, acts, PEOPLE)),
    "machines": (tr("Người và máy"), "laptop", MachinesPanel),
    "invitations": (tr("Giấy mời"), "file-text", InvitationsPanel),
    "waiting": (tr("Chờ duyệt"), "clock", WaitingPanel),
    "letterheads": (
        tr("Phần đầu biên bản"),
        "file-text",
        lambda session, acts: RecordsPanel(session, acts, LETTERHEADS),
    ),
    "holidays": (tr("Ngày nghỉ và ngày làm bù"), "calendar", HolidaysPanel),
    "template": (tr("Mẫu biên bản"), "file-check", TemplatePanel),
    "appearance": (tr("Giao diện"), "sun", AppearancePanel),
    "keys": (tr("Khóa và mã khôi phục"), "key-round", KeysPanel),
    "backup": (tr("Sao lưu và phục hồi"), "download", BackupPanel),
    "about": (tr("Giới thiệu"), "info", AboutPanel),
}
_GROUPS = 264


class SettingsPage(Page):
    """``Where.record`` names a group of ``GROUPS``. A panel is made when somebody first comes to it."""

    def __init__(self, session: Session, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(session, acts, parent)
        self._panels: dict[str, Panel] = {}
        self.groups = LineList(tr("Nhóm cài đặt"))
        self.stack = QStackedWidget()
        self._bar = TitleBar(acts, tr("Cài đặt"))
        self.folding = Folding([(self.groups, _GROUPS), (self.stack, 0)])
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._bar)
        rows.addWidget(self.folding, 1)
        self.groups.chosen.connect(self._show)
        self.groups.opened.connect(self._enter)
        self._show_groups({})
        session.changed.connect(self._hear)

    def title(self) -> Words:
        return tr("Cài đặt")

    def help(self) -> Words:
        return tr(
            "Mỗi ô lưu ngay khi rời ô, không có nút Lưu. Danh bạ, phần đầu biên bản, lịch nghỉ và mẫu biên bản dùng "
            "chung cho văn phòng; giao diện chỉ của máy này. Hãy sao lưu ra USB sau mỗi đợt kiểm tra."
        )

    def arrive(self, where: Where) -> None:
        self.session.ask(lambda desk: desk.is_demonstration, self._say_demonstration, owner=self)
        self._look_for_tasks()
        if where.record in GROUPS:
            self.groups.choose(where.record)
            self._enter(where.record)
        else:
            self.folding.show_pane(0)
            self.panel.arrive()

    def whereabouts(self) -> Where | None:
        return Where(Screen.SETTINGS, record=self.groups.key())

    def panes(self) -> list[QWidget]:
        return [self.groups, self.panel]

    @property
    def panel(self) -> Panel:
        """The panel that is shown."""
        return self._panel(self.groups.key() or next(iter(GROUPS)))

    def _panel(self, key: str) -> Panel:
        if key not in self._panels:
            panel = GROUPS[key][2](self.session, self.acts)
            self._panels[key] = panel
            self.stack.addWidget(panel)
        return self._panels[key]

    def _show(self, key: str) -> None:
        panel = self._panel(key)
        self.stack.setCurrentWidget(panel)
        panel.arrive()

    def _enter(self, key: str) -> None:
        panel = self._panel(key)
        self.stack.setFocusProxy(panel)
        self.folding.show_pane(1)

    def _hear(self, change: Change) -> None:
        for panel in self._panels.values():
            panel.heard(change)
        if change.judged:
            self._look_for_tasks()

    def _look_for_tasks(self) -> None:
        """What somebody has to see beside its group: an invitation used twice, records that wait for a decision."""

        def read(desk: Desk) -> dict[str, tuple[Words, str]]:
            chips: dict[str, tuple[Words, str]] = {}
            if any(letter.used_twice and not letter.revoked for letter in letters(desk)):
                chips["invitations"] = tr("Dùng hai lần"), "no"
            waiting = sum(each.reason != Reason.HIDDEN for each in quarantined(desk))
            if waiting:
                chips["waiting"] = str(waiting), "part"
            return chips

        self.session.ask(read, self._show_groups, owner=self)

    def _show_groups(self, chips: Mapping[str, tuple[Words, str]]) -> None:
        self.groups.show_rows(
            [Row(key, words, icon=icon, chip=chips.get(key)) for key, (words, icon, _) in GROUPS.items()]
        )

    def _say_demonstration(self, demonstration: bool) -> None:
        self._bar.tell(
            tr("Đây là dữ liệu mẫu do chương trình tạo ra, không phải dữ liệu thật.") if demonstration else ""
        )
