"""Two hands on a keyboard and two eyes on the window: nothing else touches the program.

Keys go to whatever has the focus. ``to`` presses Tab until what has the focus is called so, as a person does who reads
on; every key is counted, and so is every act, that is a run of keys with one purpose.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget

from inspector.services.desk import Desk
from inspector.ui.screenshots import save
from inspector.ui.shell.program import Program
from inspector.ui.shell.window import MainWindow
from inspector.ui.tidying import tidy
from inspector.ui.widgets.signs import Sign
from inspector.ui.widgets.text import CutText
from tests.ui.typing import press, type_text
from tests.ui.walker import visible

_PATIENCE = 60.0
_MOST_TABS = 120


class Hands:
    """``program`` is looked at only to know whether it still works on something."""

    def __init__(self, window: MainWindow, program: Program) -> None:
        self.window, self._program = window, program
        self.keys = 0
        self.acts: list[str] = []

    # -------------------------------------------- hands

    def sit(self) -> None:
        """To this laptop, from another one."""
        self.window.activateWindow()
        self.settle()

    def act(self, what: str) -> None:
        """From here on the keys are about this."""
        self.acts.append(what)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keys += 1
            press(self.focus(), key)
            self.settle()

    def type(self, text: str) -> None:
        self.keys += len(text)
        type_text(self.focus(), text)
        self.settle()

    def to(self, name: str, key: str = "Tab") -> None:
        """Tab until what has the focus is called so; marks and case as on the screen, more words may follow."""
        seen = []
        for _ in range(_MOST_TABS):
            if self.name().startswith(name):
                return
            seen.append(self.name())
            self.press(key)
        raise AssertionError(f"Tab does not come to {name!r}, but to {seen}")

    # -------------------------------------------- eyes

    def focus(self) -> QWidget:
        widget = QApplication.focusWidget()
        if widget is None:
            self.sit()  # without a window manager nobody gives the focus back to the window under a dialog
            widget = QApplication.focusWidget()
        if widget is None:
            raise AssertionError(f"nothing has the focus; on the screen: {self.words()}")
        return widget

    def name(self) -> str:
        """What a reader of the screen calls what has the focus."""
        return called(self.focus())

    def row(self) -> str:
        """The selected row of the list that has the focus."""
        view = self.focus()
        assert isinstance(view, QAbstractItemView), called(view)
        index = view.currentIndex()
        return str(index.data() or "")

    def words(self) -> list[str]:
        """Every label and sign on the screen, of the window and of what lies over it."""
        mine = [root for root in QApplication.topLevelWidgets() if root.isVisible() and self._is_mine(root)]
        shown = [w for root in mine for w in visible(root)]
        found = [
            w.text() if isinstance(w, QLabel) else called(w) for w in shown if isinstance(w, QLabel | Sign | CutText)
        ]
        return [words for words in found if words]

    def sees(self, words: str) -> bool:
        return any(words in text for text in self.words())

    def picture(self, name: str) -> None:
        """What is on the screen, into the folder ``INSPECTOR_PICTURES`` names; without one nothing is drawn."""
        folder = os.environ.get("INSPECTOR_PICTURES")
        if folder:
            save(self.window, Path(folder) / f"{name}.png")

    def desk(self) -> Desk:
        """What is stored, for somebody who does not trust the window."""
        session = self._program._session
        assert session is not None, "nobody sits at this window"
        return session.desk

    # -------------------------------------------- patience

    def settle(self) -> None:
        """Until the program has nothing more to do and says so."""
        end, quiet = time.monotonic() + _PATIENCE, 0
        while quiet < 3:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
            busy = self._is_busy()
            if time.monotonic() > end:
                raise TimeoutError(f"the window does not come to rest: {self.words()}")
            if busy:
                time.sleep(0.002)
            quiet = 0 if busy else quiet + 1
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        if QApplication.activeWindow() is None:
            # Without a window manager nobody gives the focus back to the window under a dialog.
            self.window.activateWindow()
            QCoreApplication.processEvents()
        tidy()

    def until(self, what: Callable[[], bool]) -> None:
        end = time.monotonic() + _PATIENCE
        while not what():
            self.settle()
            if time.monotonic() > end:
                raise AssertionError(f"waited in vain; on the screen: {self.words()}")

    def _is_mine(self, root: QWidget) -> bool:
        """Whether it is this window or something over it; there may be another beside it."""
        while (parent := root.parentWidget()) is not None:
            root = parent
        return root is self.window or not isinstance(root, MainWindow)

    def _is_busy(self) -> bool:
        session = self._program._session
        if session is not None and not session.is_settled:
            return True
        stage = self.window._stages.currentWidget()
        lane = getattr(stage, "lane", None)
        return stage is self.window.waiting or (lane is not None and not lane.is_idle)


def called(widget: QWidget) -> str:
    # On Linux Qt calls a box of choices by the choice that is made.
    if widget.accessibleName():
        return widget.accessibleName()
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""
