"""The one window of the program: what stands in it first, the frame over a session, and closing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from inspector.ui.actions import Acts
from inspector.ui.application import NAME
from inspector.ui.language import Words
from inspector.ui.shell.waiting import Waiting
from inspector.ui.theme import look
from inspector.ui.where import Screen, Where

if TYPE_CHECKING:
    from inspector.ui.pages.registry import Factory
    from inspector.ui.prompting import Prompter
    from inspector.ui.session import Session
    from inspector.ui.shell.closing import Closing
    from inspector.ui.shell.frame import Frame

_SIZE = QSize(1366, 698)
_LEAST = QSize(480, 360)
_MARGIN = 200


class MainWindow(QWidget):
    """Shows one stage at a time: waiting, a trouble of opening, the first start, or the frame over a session.

    ``gone`` follows when it was closed for good. Heavy rooms are imported by ``sit_down``, after the first painting.
    """

    gone = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.acts = Acts(self)
        self._prompter: Prompter | None = None
        self.frame: Frame | None = None
        self.closing: Closing | None = None
        self._title: Words = ""
        self._stages = QStackedLayout(self)
        self._stages.setContentsMargins(0, 0, 0, 0)
        self.waiting = Waiting()
        self.show_stage(self.waiting)
        self.setMinimumSize(_LEAST)
        self.resize(_SIZE)
        self._scale = look().scale
        look().changed.connect(self._fold_again)

    @property
    def prompter(self) -> Prompter:
        """Asks over this window; made when first wanted."""
        from inspector.ui.prompting import WindowPrompter

        if self._prompter is None:
            self._prompter = WindowPrompter(self)
        return self._prompter

    @prompter.setter
    def prompter(self, prompter: Prompter) -> None:
        self._prompter = prompter

    def show_stage(self, stage: QWidget, title: Words = "") -> None:
        """Show this instead of what stands in the window; whatever stood there, but the page of waiting, ends."""
        before = self._stages.currentWidget()
        if before is not stage:
            self._stages.addWidget(stage)
            self._stages.setCurrentWidget(stage)
            if before is not None and before is not self.waiting:
                self._stages.removeWidget(before)
                before.deleteLater()
        self.say_title(title)

    def say_title(self, title: Words) -> None:
        """The place first: in the task bar little more is seen. Qt adds the name of the program by itself elsewhere."""
        self._title = title
        self.setWindowTitle(f"{title} – {NAME}" if str(title) else NAME)

    def sit_down(
        self, session: Session, pages: Mapping[Screen, Factory] | None = None, where: Where | None = None
    ) -> Frame:
        """Show the frame over a session, first at Trang chủ."""
        from inspector.ui.pages.registry import PAGES
        from inspector.ui.shell.closing import Closing
        from inspector.ui.shell.frame import Frame

        frame = Frame(session, self.acts, PAGES if pages is None else pages)
        frame.described.connect(self._describe)
        self.frame = frame
        self.closing = Closing(self, frame)
        self.show_stage(frame)
        frame.go(where or Where(Screen.HOME))
        return frame

    def stand_up(self) -> None:
        """The session has ended; the window waits for another."""
        self.frame = self.closing = None
        self.show_stage(self.waiting)

    def come_forward(self) -> None:
        """Somebody started the program again, or pressed its button in a message."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def take_place(self) -> None:
        """As large as drawn; a screen that is hardly larger is filled."""
        screen = QGuiApplication.primaryScreen()
        if screen is None:
            return
        room = screen.availableGeometry().size()
        self.resize(_SIZE.boundedTo(room))
        if room.width() < _SIZE.width() + _MARGIN:
            self.setWindowState(self.windowState() | Qt.WindowState.WindowMaximized)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.closing is not None and not self.closing.may_close():
            event.ignore()
            return
        super().closeEvent(event)
        self.gone.emit()

    def _fold_again(self) -> None:
        """Larger text leaves less room as a smaller window does: whatever looks at its width then looks again."""
        if self._scale != look().scale:
            self._scale = look().scale
            for widget in (self, *self.findChildren(QWidget)):
                QCoreApplication.sendEvent(widget, QResizeEvent(widget.size(), widget.size()))

    def _describe(self) -> None:
        if self.frame is not None and self.frame.page is not None:
            self.say_title(self.frame.page.title())
