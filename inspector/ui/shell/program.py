"""The program with its window, from the first painting to the last byte on disk."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer

from inspector.services.preferences import Preferences, follow, lead_to, load
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

    own = follow(home)
    one = OneWindow(own.folder)
    if one.call_first():
        return 0
    one.listen()
    dress(application, load(own))
    window = MainWindow()
    window.take_place()
    one.asked.connect(window.come_forward)
    program = Program(window, home, own, key_file)
    code = _sitting(application, window, program)
    while program.following is not None:
        program = Program(window, home, follow(home), key_file, sample=program.following)
        code = _sitting(application, window, program)
    one.close()
    return code


def _sitting(application: Application, window: MainWindow, program: Program) -> int:
    window.show()
    after_painting(window, program.begin)
    try:
        return application.exec()
    finally:
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
    """What lives as long as one sitting: the opened desk, the session over it, the diary.

    ``usual`` is the place a workspace is looked for, ``home`` where it lies; with ``sample`` the sample data beside it
    are opened instead. ``following`` says whether those come after this sitting, or one's own; None ends the program.
    """

    def __init__(
        self, window: MainWindow, usual: Home, home: Home, key_file: Path | None, *, sample: bool = False
    ) -> None:
        super().__init__(window)
        self._sample = sample
        self._window = window
        self._usual = usual
        self._home = home
        self._key_file = key_file
        self._opening: Opening | None = None
        self._session: Session | None = None
        self._left = ExitStack()
        self._wanted: bool | None = None
        self.following: bool | None = None

    def begin(self) -> None:
        from inspector.services.troubles import told
        from inspector.ui.shell.crash import Faults
        from inspector.ui.shell.opening import Opening
        from inspector.ui.shell.signals import Signals
        from inspector.ui.tidying import Tidying

        tidying = Tidying(self)
        tidying.begin()
        self._left.callback(tidying.rest)
        self._left.callback(Signals(self._window.close, self).rest)
        faults = Faults(self._window, told)
        faults.watch()
        self._left.callback(faults.rest)
        self._opening = Opening(self._window, self._key_file)
        self._opening.opened.connect(self._sit_down)
        self._opening.forward.connect(self._call_other)
        self._opening.home = self._home
        self._window.gone.connect(self._follow)
        if self._sample:
            self._opening.make_demonstration()
        else:
            self._opening.open(self._home)

    def end(self) -> None:
        """Everything is on disk and the workspace let go of when this returns."""
        if self._session is not None:
            self._session.close()
        self._window.stand_up()
        if self._opening is not None:
            self._opening.close()
        self._left.close()

    def turn_to(self, *, sample: bool) -> None:
        """End this sitting as closing the window does, and open the sample data or one's own in the window."""
        self._wanted = sample
        self._window.close()

    def _follow(self) -> None:
        self.following = self._wanted

    def _stay(self) -> None:
        """Whoever goes on working here did not want to close after all."""
        self._wanted = None

    def _sit_down(self, desk: Desk) -> None:
        from inspector.domain.errors import InspectorError
        from inspector.services.troubles import diary
        from inspector.ui.palette.places import places_of
        from inspector.ui.session import Session

        home = desk.workspace.places
        with suppress(InspectorError):
            self._left.enter_context(diary(home))
        session = Session(desk, self._window.prompter, self._window)
        session.load_drafts(lambda _drafts: None)
        session.going.connect(self._stay)
        places_of(session)  # from now on, so that the palette knows where somebody was
        self._session = session
        frame = self._window.sit_down(session)

        def know(sample: bool) -> None:
            frame.show_place(sample=sample)
            self._offer_the_other(sample=sample)

        session.ask(lambda open_desk: self._remember(open_desk, home), know)

    def _remember(self, desk: Desk, home: Home) -> bool:
        """Whether it is a sample; a workspace of one's own is found again from the usual place."""
        sample = desk.is_demonstration
        if not sample and home != self._usual and follow(self._usual) != home:
            lead_to(self._usual, home)
        return sample

    def _offer_the_other(self, *, sample: bool) -> None:
        frame = self._window.frame
        if frame is not None and not sample:
            self._window.acts.bind("sample-data", lambda: self.turn_to(sample=True), frame)
        elif frame is not None and self._opening is not None and self._opening.home != self._home:
            self._window.acts.bind("own-data", lambda: self.turn_to(sample=False), frame)

    def _call_other(self) -> None:
        from inspector.ui.shell.one_window import OneWindow

        opening = self._opening
        if opening is not None and opening.home is not None and OneWindow(opening.home.folder).call_first():
            self._window.close()
