"""The frame around the pages: rail, page, troubles, long work, foot; and going from page to page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.actions import Acts
from inspector.ui.editing import finish_editing
from inspector.ui.language import tr
from inspector.ui.network import network_of
from inspector.ui.pages.page import Page
from inspector.ui.pages.registry import Factory
from inspector.ui.session import Session
from inspector.ui.shell.history import History
from inspector.ui.shell.jobs_strip import JobsStrip
from inspector.ui.shell.panes import Panes
from inspector.ui.shell.rail import Rail
from inspector.ui.shell.reach_state import ReachState
from inspector.ui.shell.saved_state import SavedState
from inspector.ui.shell.taking_back import TakingBack
from inspector.ui.shell.troubles import Troubles
from inspector.ui.theme import look
from inspector.ui.where import Screen, Where
from inspector.ui.widgets.news import Toast
from inspector.ui.widgets.status_bar import StatusBar

_GOING = {
    "home": Screen.HOME,
    "go-inspections": Screen.INSPECTIONS,
    "go-units": Screen.UNITS,
    "go-checklists": Screen.CHECKLISTS,
    "go-exchange": Screen.EXCHANGE,
    "go-settings": Screen.SETTINGS,
}


class Frame(QWidget):
    """Over one session, until it ends. Pages are made when first gone to, and kept.

    ``described`` says that the title of the page or its count may have changed.
    """

    described = Signal()

    def __init__(
        self, session: Session, acts: Acts, pages: Mapping[Screen, Factory], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.acts = acts
        self.history = History()
        self._factories = pages
        self._pages: dict[Screen, Page] = {}
        self.rail = Rail()
        self.troubles = Troubles()
        self.stack = QStackedWidget()
        self.jobs = JobsStrip(acts)
        self.bar = StatusBar(acts)
        self.toast = Toast(self.stack)
        self._lay_out()
        self.panes = Panes(self._panes, self)
        self.saved_state = SavedState(session, self.bar)
        self.reach_state = ReachState(session, self.bar)
        self._bind()
        self._listen()

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def go(self, where: Where) -> None:
        """Show a place; the way back to the one that is left is remembered."""
        page = self._page(where.screen)
        left = self._leave()
        self.history.go(where, left)
        self._show(page, where)

    def go_back(self) -> None:
        if not self.history.can_go_back():
            return
        self._leave()
        where = self.history.back()
        if where is not None:
            self._show(self._page(where.screen), where)

    def leave(self) -> None:
        """What was typed is committed; the window is about to close."""
        self._leave()

    def show_place(self, *, sample: bool) -> None:
        """What these data are: a sample, or a person's own. Where else they are is counted by Đồng bộ."""
        self.bar.show_only_here(tr("Dữ liệu mẫu") if sample else tr("Dữ liệu trên máy này"), grave=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.set_narrow(narrow=self.width() < look().px(tokens.THREE_PANES))

    # ------------------------------------------------ building

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.troubles)
        column.addWidget(self.stack, 1)
        column.addWidget(self.jobs)
        column.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self.setProperty("ground", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _bind(self) -> None:
        bind = self.acts.bind
        bind("palette", self._open_palette, self)
        bind("next-pane", self.panes.next, self)
        bind("previous-pane", self.panes.previous, self)
        self._back = bind("back", self.session.back, self)
        for command, screen in _GOING.items():
            bind(command, partial(self.session.go, Where(screen)), self)
        bind("exchange-now", self._exchange_now, self)
        bind("help", self._help, self)
        bind("quit", self._quit, self)
        self.taking_back = TakingBack(self.session, self.acts, self.toast, self)

    def _listen(self) -> None:
        session = self.session
        session.going.connect(self.go)
        session.going_back.connect(self.go_back)
        session.trouble.connect(self.troubles.tell)
        session.began.connect(self.jobs.follow)
        session.settled.connect(self._describe)
        session.done.connect(lambda _done: self.bar.refresh())
        self.rail.chosen.connect(lambda screen: session.go(Where(screen)))

    def _page(self, screen: Screen) -> Page:
        if screen not in self._pages:
            page = self._factories[screen](self.session, self.acts)
            page.described.connect(self._describe)
            self._pages[screen] = page
            self.stack.addWidget(page)
        return self._pages[screen]

    # ------------------------------------------------ going about

    def _leave(self) -> Where | None:
        page = self.page
        if page is None:
            finish_editing()
            return None
        page.leave()
        return page.whereabouts()

    def _show(self, page: Page, where: Where) -> None:
        self.stack.setCurrentWidget(page)
        self.rail.mark(where.screen)
        page.arrive(where)
        self._describe()
        # A page may take the focus only when its rows have come; until then the keys must reach it all the same.
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused) or not focused.isVisible():
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self.bar.refresh)

    def _describe(self) -> None:
        page = self.page
        self.bar.show_page_count(page.page_count() if page is not None else "")
        if self.history.can_go_back():
            self._back.open()
        else:
            self._back.close(tr("Chưa có chỗ nào để quay lại"))
        self.described.emit()

    def _panes(self) -> list[QWidget]:
        page = self.page
        inner = page.panes() or [page] if page is not None else []
        return [self.rail, self.troubles, *inner, self.jobs, self.bar]

    # ------------------------------------------------ acts of the window

    def _open_palette(self) -> None:
        from inspector.ui.palette.palette import open_palette

        open_palette(self.window(), self.session, self.acts)

    def _exchange_now(self) -> None:
        """With the laptops this one knows; where it knows none, to the place one is met."""
        network = network_of(self.session)
        if network.by_itself:
            network.look_now()
        else:
            self.session.go(Where(Screen.EXCHANGE))

    def _help(self) -> None:
        from inspector.ui.key_sheet import open_key_sheet

        page = self.page
        open_key_sheet(self.window(), self.acts, page.title() if page else "", page.help() if page else "")

    def _quit(self) -> None:
        self.window().close()
