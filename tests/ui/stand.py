"""The real window over a workspace, shown and driven by nobody but keys and places; for pictures and for walkers.

Knows nothing of pytest: the command that draws pictures uses it too.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPoint, QSize
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from inspector.services.desk import Desk
from inspector.services.door import Ways, home_of, open_desk
from inspector.ui.application import Application, make_application
from inspector.ui.lane import Lane
from inspector.ui.palette.palette import Palette
from inspector.ui.session import Session
from inspector.ui.shell.opening import Opening
from inspector.ui.shell.window import MainWindow
from inspector.ui.tidying import tidy
from inspector.ui.where import Where
from tests.architecture.tree import ROOT
from tests.ui.typing import press, type_text

_PATIENCE = 30.0
_NOWHERE = QPoint(0, 790)
"""On the screen of Qt's ``offscreen``, below every window of ``SCALES``."""
_QUIET = 3
"""So many times in a row nothing was on its way: timers that ask again have had their turn."""


@dataclass(frozen=True)
class Scale:
    """What the system's scale leaves of a screen: logical size of the window, device pixels for each logical one."""

    percent: int
    size: QSize
    ratio: float


SCALES = (
    Scale(100, QSize(1366, 698), 1.0),
    Scale(125, QSize(1093, 558), 1.25),
    Scale(150, QSize(911, 465), 1.5),
)
"""A screen of 1366 × 768 without title and task bar."""
LARGE = Scale(200, QSize(1280, 650), 2.0)
"""A screen of 2560 × 1440 at 200 %."""


def the_application() -> Application:
    """The one of this process."""
    there = QApplication.instance()
    return there if isinstance(there, Application) else make_application(["inspector"], ROOT / "resources")


@dataclass
class Stand:
    """One window. ``session`` is None before somebody sits down: first start, and where a workspace does not open."""

    window: MainWindow
    session: Session | None = None

    def go(self, where: Where) -> None:
        self.sitting().go(where)
        self.settle()

    def sitting(self) -> Session:
        if self.session is None:
            raise RuntimeError("nobody sits at this window")
        return self.session

    def desk(self) -> Desk:
        return self.sitting().desk

    def press(self, *keys: str) -> None:
        """Keys as they reach the widget with the focus."""
        for key in keys:
            press(self.focus(), key)
            self.settle()

    def type(self, text: str) -> None:
        type_text(self.focus(), text)
        self.settle()

    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.front()

    def front(self) -> QWidget:
        """The window, or the dialog or palette over it."""
        over = [*self.dialogs(), *(palette for palette in self.window.findChildren(Palette) if palette.isVisible())]
        return over[0] if over else self.window

    def dialogs(self) -> list[QDialog]:
        return [dialog for dialog in self.window.findChildren(QDialog) if dialog.isVisible()]

    def uncover(self) -> None:
        """Close what lies over the page, as Esc does."""
        for dialog in self.dialogs():
            dialog.reject()
        while isinstance(self.front(), Palette):
            self.press("Esc")
        # Without a window manager nobody gives the focus back to the window under a dialog.
        self.window.activateWindow()
        self.settle()

    def resize(self, scale: Scale) -> None:
        self.window.resize(scale.size)
        self.settle()

    def settle(self) -> None:
        """Until every lane is idle, every answer delivered and every size settled."""
        end, quiet = time.monotonic() + _PATIENCE, 0
        while quiet < _QUIET:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
            busy = self._is_busy()
            if time.monotonic() > end:
                raise TimeoutError("the window does not come to rest")
            if busy:
                time.sleep(0.002)
            quiet = 0 if busy else quiet + 1
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        tidy()

    def _is_busy(self) -> bool:
        if self.session is not None:
            return not self.session.is_settled
        stage = self.window._stages.currentWidget()
        lane = getattr(stage, "lane", None)
        return stage is self.window.waiting or (isinstance(lane, Lane) and not lane.is_idle)


@contextmanager
def seated(folder: Path) -> Iterator[Stand]:
    """The window over a workspace that carries its own key."""
    with open_desk(home_of(folder), Ways()) as desk, _shown() as window:
        session = Session(desk, window.prompter, window)
        session.load_drafts(lambda _drafts: None)
        window.sit_down(session)
        stand = Stand(window, session)
        try:
            stand.settle()
            yield stand
            stand.settle()
        finally:
            session.close()
            QCoreApplication.processEvents()


@contextmanager
def opening(folder: Path) -> Iterator[Stand]:
    """The window before anybody sits down: the first start, or why a workspace does not open."""
    with _shown() as window:
        door = Opening(window)
        stand = Stand(window)
        try:
            door.open(home_of(folder))
            stand.settle()
            yield stand
        finally:
            door.close()
            QCoreApplication.processEvents()


@contextmanager
def _shown() -> Iterator[MainWindow]:
    collects = gc.isenabled()
    gc.disable()
    # Nobody points at anything: the pointer would light up what it happens to lie on.
    QCursor.setPos(_NOWHERE)
    window = MainWindow()
    window.show()
    window.activateWindow()
    QCoreApplication.processEvents()
    try:
        yield window
    finally:
        window.hide()
        window.deleteLater()
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        if collects:
            gc.enable()
