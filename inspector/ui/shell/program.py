"""The program with its window, from the first painting to the last byte on disk."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer

from inspector.services.preferences import Preferences, load
from inspector.ui.application import Application, make_application
from inspector.ui.language import LanguageCode
from inspector.ui.shell.window import MainWindow
from inspector.ui.theme import Theme

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.services.door import Home
    from inspector.ui.session import Session
    from inspector.ui.shell.opening import Opening


def run(resources: Path, home: Home, key_file: Path | None) -> int:
    """Show the window over the workspace of this folder and return when it is closed and everything is on disk."""
    application = make_application(sys.argv[:1], resources)
    from inspector.ui.shell.one_window import OneWindow

    one = OneWindow(home.folder)
    if one.call_first():
        return 0
    one.listen()
    dress(application, load(home))
    window = MainWindow()
    program = Program(window, home, key_file)
    one.asked.connect(window.come_forward)
    window.take_place()
    window.show()
    after_painting(window, program.begin)
    try:
        return application.exec()
    finally:
        one.close()
        program.end()


def dress(application: Application, preferences: Preferences) -> None:
    """What a person chose about language, look and size of text; the settings allow nothing else."""
    application.choose(
        language=cast(LanguageCode, preferences.language),
        theme=cast(Theme, preferences.theme),
        scale=preferences.text_scale,
    )


def after_painting(window: MainWindow, then: Callable[[], None]) -> None:
    """Nothing heavy is imported or read before a person sees the window."""
    window.repaint()
    QTimer.singleShot(0, window, then)


class Program(QObject):
    """What lives as long as the window: the opened desk, the session over it, the diary."""

    def __init__(self, window: MainWindow, home: Home, key_file: Path | None) -> None:
        super().__init__(window)
        self._window = window
        self._home = home
        self._key_file = key_file
        self._opening: Opening | None = None
        self._session: Session | None = None
        self._left = ExitStack()

    def begin(self) -> None:
        from inspector.services.troubles import told
        from inspector.ui.shell.crash import Faults
        from inspector.ui.shell.opening import Opening
        from inspector.ui.shell.signals import Signals

        self._left.callback(Signals(self._window.close, self).rest)
        faults = Faults(self._window, told)
        faults.watch()
        self._left.callback(faults.rest)
        self._opening = Opening(self._window, self._key_file)
        self._opening.opened.connect(self._sit_down)
        self._opening.forward.connect(self._call_other)
        self._opening.open(self._home)

    def end(self) -> None:
        """Everything is on disk and the workspace let go of when this returns."""
        if self._session is not None:
            self._session.close()
        if self._opening is not None:
            self._opening.close()
        self._left.close()

    def _sit_down(self, desk: Desk) -> None:
        from inspector.domain.errors import InspectorError
        from inspector.services.troubles import diary
        from inspector.ui.session import Session

        with suppress(InspectorError):
            self._left.enter_context(diary(desk.workspace.places))
        session = Session(desk, self._window.prompter, self._window)
        session.load_drafts(lambda _drafts: None)
        self._session = session
        self._window.sit_down(session)

    def _call_other(self) -> None:
        from inspector.ui.shell.one_window import OneWindow

        opening = self._opening
        if opening is not None and opening.home is not None and OneWindow(opening.home.folder).call_first():
            self._window.close()
