"""The workspace of one inspection: its head, five tabs made when first gone to, and what they share."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from inspector.services.desk import Desk
from inspector.ui import tokens
from inspector.ui.actions import Acts
from inspector.ui.language import Words, tr
from inspector.ui.pages.page import Page
from inspector.ui.pages.workspace.head import Head
from inspector.ui.pages.workspace.open_inspection import WHOLE, OpenInspection
from inspector.ui.pages.workspace.skeleton import Skeleton
from inspector.ui.pages.workspace.tab_page import TabPage
from inspector.ui.pages.workspace.tab_strip import Badge, TabStrip
from inspector.ui.pages.workspace.unchecked import count_unchecked
from inspector.ui.pages.workspace.visit_words import facts_words, state_words, unit_name
from inspector.ui.session import Session
from inspector.ui.theme import look
from inspector.ui.where import Screen, Tab, Where
from inspector.ui.widgets.button import Button
from inspector.ui.widgets.empty_state import EmptyState, Way
from inspector.ui.widgets.news import NewsPlace, Tone


def _contents() -> type[TabPage]:
    from inspector.ui.pages.workspace.contents.tab import ContentsTab

    return ContentsTab


def _findings() -> type[TabPage]:
    from inspector.ui.pages.workspace.findings.tab import FindingsTab

    return FindingsTab


def _dossiers() -> type[TabPage]:
    from inspector.ui.pages.workspace.dossiers.tab import DossiersTab

    return DossiersTab


def _people() -> type[TabPage]:
    from inspector.ui.pages.workspace.people.tab import PeopleTab

    return PeopleTab


def _minutes() -> type[TabPage]:
    from inspector.ui.pages.workspace.minutes.tab import MinutesTab

    return MinutesTab


def _decisions() -> type[TabPage]:
    from inspector.ui.pages.workspace.decisions.tab import DecisionsTab

    return DecisionsTab


_TABS = {
    Tab.CONTENTS: (tr("Nội dung"), _contents),
    Tab.FINDINGS: (tr("Phát hiện"), _findings),
    Tab.DOSSIERS: (tr("Hồ sơ mẫu"), _dossiers),
    Tab.PEOPLE: (tr("Thành phần"), _people),
    Tab.MINUTES: (tr("Biên bản"), _minutes),
    Tab.DECISIONS: (tr("Bất đồng"), _decisions),
}
"""Each with its name and the room it is made from, read when somebody first goes there."""


class WorkspacePage(Page):
    """``arrive`` opens an inspection, one of its tabs, and there a record and a field."""

    def __init__(self, session: Session, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(session, acts, parent)
        self.opened = OpenInspection(session, self)
        self.head = Head(session.back, partial(acts.trigger, "palette"))
        self.strip = TabStrip([words for words, _ in _TABS.values()])
        self.strip.buttons[-1].hide()
        self._place = Where(Screen.WORKSPACE)
        self._tabs: dict[Tab, TabPage] = {}
        self._old_version = ""
        self._notice: tuple[object, ...] = ()
        self._failure: EmptyState | None = None
        self._lay_out()
        self._bind()
        # Reading the rooms of the first tab takes longer than making it: done while nobody waits for the window.
        session.ask(lambda _desk: _contents(), lambda _tab: None, lambda _reason: None, self)
        self.strip.chosen.connect(self._choose)
        self.opened.refreshed.connect(self._refresh)
        self.opened.came.connect(self._come)
        self.opened.failed.connect(self._fail)

    # -------------------------------------------------------- as a page

    def title(self) -> Words:
        return unit_name(self.opened.inspection) if self.opened.is_here else ""

    def arrive(self, where: Where) -> None:
        """A place of the inspection that is shown is gone to at once, of another one when that was read."""
        self._place = where
        if self.opened.is_here and self.opened.id == where.inspection:
            self._show_tab()
            return
        self.head.show_nothing()
        self._show_notice(Tone.INFORMATION, "")
        self._stack.setCurrentWidget(self._skeleton)
        self.strip.show_current(list(_TABS).index(where.tab))
        self.opened.open(where.inspection)

    def whereabouts(self) -> Where | None:
        tab = self._tabs.get(self._place.tab)
        inside = tab.whereabouts() if tab is not None and self.opened.is_here else None
        return inside or Where(Screen.WORKSPACE, self._place.inspection, self._place.tab)

    def leave(self) -> None:
        super().leave()
        tab = self._tabs.get(self._place.tab)
        if tab is not None:
            tab.leave()

    def panes(self) -> list[QWidget]:
        tab = self.current_tab()
        return tab.panes() if tab is not None else []

    def help(self) -> Words:
        tab = self.current_tab()
        return tab.help() if tab is not None else ""

    def page_count(self) -> Words:
        tab = self.current_tab()
        return tab.page_count() if tab is not None else ""

    def current_tab(self) -> TabPage | None:
        """The tab that is shown; None while an inspection is being read, or could not be."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, TabPage) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "strip"):
            self._fold()

    def _fold(self) -> None:
        """Larger letters leave as little room as a smaller window."""
        window = self.window()
        narrow = window.width() < look().px(tokens.THREE_PANES)
        self.head.show_narrow(narrow=narrow, low=window.height() < look().px(tokens.LOW_WINDOW))
        self.strip.show_narrow(narrow=narrow)

    # -------------------------------------------------------- inside

    def _lay_out(self) -> None:
        # Never seen: marks the place of the banner in the order of Tab.
        self._above = QWidget(self)
        self._above.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._above.hide()
        self._stack = QStackedWidget()
        self._skeleton = Skeleton()
        self._stack.addWidget(self._skeleton)
        self._news = NewsPlace()
        self._news.setContentsMargins(tokens.GROUP, 0, tokens.GROUP, 0)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.head)
        rows.addWidget(self.strip)
        rows.addLayout(self._news)
        rows.addWidget(self._stack, 1)

    def _bind(self) -> None:
        for number in range(1, len(_TABS) + 1):
            self.acts.bind(f"tab-{number}", self._chooser(number - 1), owner=self)
        self.acts.bind("draft-minutes", self._make_draft, owner=self)

    def _chooser(self, place: int) -> Callable[[], object]:
        return lambda: self._choose(place)

    def _choose(self, place: int) -> None:
        if self.opened.is_here:
            self.session.go(Where(Screen.WORKSPACE, self.opened.id, list(_TABS)[place]))

    def _make_draft(self) -> None:
        """From any tab: to the minutes, and a draft of them in Word."""
        from inspector.ui.pages.workspace.minutes.tab import MinutesTab

        if self.opened.is_here:
            self.session.go(Where(Screen.WORKSPACE, self.opened.id, Tab.MINUTES))
            tab = self._tab(Tab.MINUTES)
            if isinstance(tab, MinutesTab):
                tab.make_draft()

    def _show_tab(self) -> None:
        tab = self._tab(self._place.tab)
        before = self.current_tab()
        if before is not None and before is not tab:
            before.leave()
        self.strip.show_current(list(_TABS).index(self._place.tab))
        self.strip.show_badge(list(_TABS).index(Tab.DECISIONS), self._disagreements())
        self._stack.setCurrentWidget(tab)
        tab.arrive(self._place)

    def _tab(self, which: Tab) -> TabPage:
        if which not in self._tabs:
            make = _TABS[which][1]()
            tab = make(self.session, self.acts, self.opened, self._stack)
            self._tabs[which] = tab
            self._stack.addWidget(tab)
        return self._tabs[which]

    def _refresh(self, entities: frozenset[str]) -> None:
        if entities == WHOLE:
            self._old_version = ""
            self._ask_for_version()
        self._show_head()
        self._show_badges()
        cancelled = self.opened.inspection.status == "cancelled" and not self.opened.inspection.is_closed
        words = tr("Cuộc kiểm tra này đã hủy. Những gì đã ghi vẫn còn.") if cancelled else ""
        self._show_notice(Tone.ATTENTION, words, tr("Mở lại cuộc kiểm tra"), self._reopen)

    def _come(self) -> None:
        """Another inspection was read, and the tabs know."""
        self._show_tab()

    def _show_head(self) -> None:
        inspection = self.opened.inspection
        state = state_words(inspection)
        facts = facts_words(inspection, self._old_version)
        self.head.show_inspection(unit_name(inspection), facts, state.words, state.tone, self.opened.why_read_only)

    def _show_badges(self) -> None:
        inspection, scores = self.opened.inspection, self.opened.scores
        checked = len(scores) - count_unchecked(self.opened)
        done = tr("Đã kiểm tra {done}/{total}", done=checked, total=len(scores))
        badges = (
            Badge(f"{checked}/{len(scores)}", meaning=done),
            Badge(str(len(inspection.printed_findings))),
            Badge(str(len(inspection.dossiers))),
            Badge(str(len(inspection.team) + len(inspection.unit_people))),
            Badge(icon="file-check", tone="ok", meaning=tr("Đã ký"))
            if inspection.signed is not None
            else Badge(icon="lock", tone="ok", meaning=tr("Đã niêm phong"))
            if inspection.sealed is not None
            else Badge(icon="lock", meaning=tr("Chưa có biên bản chính thức")),
            self._disagreements(),
        )
        for place, badge in enumerate(badges):
            self.strip.show_badge(place, badge)

    def _disagreements(self) -> Badge:
        """Nobody who agrees needs the tab: it comes with the first disagreement, and stays while it is shown."""
        inspection = self.opened.inspection
        count = len(inspection.undecided)
        there = bool(inspection.conflicts) or self._place.tab is Tab.DECISIONS
        self.strip.buttons[list(_TABS).index(Tab.DECISIONS)].setVisible(there)
        return Badge(str(count) if count else "", tone="dis", meaning=tr("{count} chỗ chưa thống nhất", count=count))

    def _ask_for_version(self) -> None:
        """A checklist that the office replaced since is named in the head: the pinned one goes on counting."""
        inspection = self.opened.inspection
        pinned, day = inspection.checklist, inspection.visit_date
        if pinned is None:
            return

        def newest(desk: Desk) -> str:
            return str(desk.library.pin_checklist(None, pinned.level, day)["hash"])

        def told(hash_: str) -> None:
            if self.opened.id == inspection.id and hash_ != pinned.hash:
                self._old_version = pinned.version
                self._show_head()

        self.session.ask(newest, told, lambda _reason: None, self)

    def _reopen(self) -> None:
        self.opened.perform(
            "change_status",
            {"status": "open"},
            at=("inspection", self.opened.id, ("status",)),
            words=tr("Đã mở lại cuộc kiểm tra"),
        )

    def _fail(self, reason: str) -> None:
        """What was read stays on the screen; without anything, the reason and the ways on."""
        if self.opened.is_here:
            self._show_notice(Tone.ERROR, reason, tr("Thử lại"), self._try_again)
            return
        ways = (
            Way(tr("Thử lại"), tr("Đọc lại cuộc kiểm tra này."), "refresh-cw", self._try_again),
            Way(tr("Về danh sách"), tr("Chọn một cuộc kiểm tra khác."), "list", self._to_list),
        )
        failure = EmptyState(tr("Chưa mở được cuộc kiểm tra này"), reason, ways)
        self._stack.addWidget(failure)
        self._stack.setCurrentWidget(failure)
        if self._failure is not None:
            self._stack.removeWidget(self._failure)
            self._failure.deleteLater()
        self._failure = failure
        failure.set_focus()

    def _try_again(self) -> None:
        self.opened.read_whole()

    def _to_list(self) -> None:
        self.session.go(Where(Screen.INSPECTIONS))

    def _show_notice(self, tone: Tone, words: Words, act: Words = "", run: Callable[[], object] | None = None) -> None:
        """The banner under the tabs; the same one stays where it is."""
        notice = (tone, words) if words else ()
        if notice == self._notice:
            return
        self._notice = notice
        self._news.setContentsMargins(tokens.GROUP, tokens.GAP if words else 0, tokens.GROUP, 0)
        self._news.tell(tone, words, act, run, icon="triangle-alert")
        if self._news.banner is not None:
            for button in self._news.banner.findChildren(Button):
                QWidget.setTabOrder(self._above, button)
