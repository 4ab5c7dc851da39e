"""Opening a workspace off the GUI thread, while the window is there already; and what to do where it does not open."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inspector.domain.errors import InspectorError, Refused
from inspector.ui.lane import Lane
from inspector.ui.language import Words, tr
from inspector.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.services.door import Home

_DEMONSTRATION = "du-lieu-mau"
_INSPECTIONS = 16
"""As many steps has the making of the demonstration."""


class Stopped(Exception):
    """The making of the demonstration, or the laying out of a backup, was given up."""


class Opening(QObject):
    """``opened`` hands over the desk. It is closed by ``close``, whatever became of the window by then."""

    opened = Signal(object)
    forward = Signal()
    """The window that has the workspace open already is to come to the front."""
    _told = Signal(str)
    _brought = Signal(object, object)

    def __init__(self, window: MainWindow, key_file: Path | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._key_file = key_file
        self._lane = Lane("opening", self)
        self._desks = ExitStack()
        self._is_stopped = False
        self._made = 0
        self._told.connect(self._show_made)
        self._brought.connect(self._show_brought)
        self._who: tuple[str, ...] = ()
        self.home: Home | None = None
        self.typed_code = ""
        """What was typed last: a mistyped code is mended, not typed again."""
        self.backup: tuple[Path, Path] | None = None
        """A backup and the empty folder it is to be laid out in, once the recovery code is typed."""

    def open(self, home: Home, typed: str | None = None) -> None:
        """Open what lies there, by what a person typed where it is given; no workspace there means the first start."""
        self.home = home
        self._wait(tr("Đang mở dữ liệu…"))
        self._lane.do(lambda: self._enter(home, typed), self._entered, self._refused)

    def again(self) -> None:
        """Once more the workspace that was named; a backup that was chosen is given up."""
        self.backup = None
        if self.home is not None:
            self.open(self.home)

    def open_folder(self, folder: Path) -> None:
        from inspector.services.door import home_of

        self.backup = None
        self.open(home_of(folder))

    def open_by_code(self, code: str) -> None:
        """By the recovery code or passphrase a person typed: the workspace, or the backup that was chosen."""
        self.typed_code = code
        if self.backup is not None:
            self._bring_back(*self.backup, code)
        elif self.home is not None:
            self.open(self.home, code)

    def make_demonstration(self) -> None:
        """Open the demonstration beside the workspace; it is made where it is not there yet."""
        if self.home is None:
            raise RuntimeError("no workspace was named yet")
        folder = self.home.folder.with_name(_DEMONSTRATION)
        self._is_stopped, self._made = False, 0
        waiting = self._window.waiting
        waiting.wait_for(tr("Đang tạo dữ liệu mẫu…"), self._stop)
        self._window.show_stage(waiting)
        self._lane.do(lambda: self._make(folder), self.open, self._not_made)

    def close(self) -> None:
        """The desk, if one was opened, is closed when this returns; may be called again."""
        self._is_stopped = True
        self._lane.close()
        self._desks.close()

    # -------------------------------------------- on the lane

    def _enter(self, home: Home, typed: str | None) -> Desk:
        from inspector.services.door import Ways, open_desk
        from inspector.services.keys import known_by

        self._desks.close()
        ways = Ways(key_file=self._key_file) if typed is None else known_by(home, typed)
        return self._desks.enter_context(open_desk(home, ways))

    def _make(self, folder: Path) -> Home:
        from inspector.services.demonstration.making import make
        from inspector.services.door import home_of

        home = home_of(folder)
        if not home.exists():
            make(home, self._tell)
        return home

    def _tell(self, unit: str) -> None:
        if self._is_stopped:
            raise Stopped
        self._told.emit(unit)

    def _tell_brought(self, done: int, total: int) -> None:
        if self._is_stopped:
            raise Stopped
        self._brought.emit(done, total)

    # -------------------------------------------- on the GUI thread

    def _bring_back(self, file: Path, folder: Path, code: str) -> None:
        self._is_stopped = False
        self._wait(tr("Đang phục hồi từ bản sao lưu…"), self._stop)
        self._lane.do(lambda: _bring_back(file, folder, code, self._tell_brought), self._brought_back, self._not_made)

    def _brought_back(self, home: Home) -> None:
        code, self.backup = self.typed_code, None
        self.open(home, code)

    def _wait(self, words: Words, stop: Callable[[], object] | None = None) -> None:
        self._window.waiting.wait_for(words, stop)
        self._window.show_stage(self._window.waiting)

    def _entered(self, desk: Desk) -> None:
        self._window.waiting.rest()
        self.typed_code = ""
        self.opened.emit(desk)

    def _refused(self, error: Exception) -> None:
        from inspector.ui.shell.not_opened import NotOpened

        self._window.waiting.rest()
        if isinstance(error, Refused) and error.code == "workspace-missing":
            self._start()
            return
        self._window.show_stage(NotOpened(self, self._window, error), tr("Chưa mở được dữ liệu"))
        if not isinstance(error, InspectorError):
            raise error

    def _start(self) -> None:
        from inspector.ui.pages.first_start.page import FirstStart
        from inspector.ui.shell.not_opened import ask_code, choose_backup

        home = self.home
        if home is None:
            raise RuntimeError("no workspace was named yet")
        acts, prompter = self._window.acts, self._window.prompter

        def begun() -> None:
            self.open(page.home, page.passphrase or None)

        def demonstrate() -> None:
            self._who = page.answers()
            self.make_demonstration()

        def bring_back() -> None:
            choose_backup(self._window, chosen)

        def chosen(file: Path) -> None:
            self._who = page.answers()
            ask_code(self, self._window, file, page.home.folder)

        page = FirstStart(home, begun, demonstrate, bring_back, acts=acts, prompter=prompter)
        page.resume(self._who)
        self._window.show_stage(page, tr("Thiết lập lần đầu"))

    def _show_brought(self, done: int, total: int) -> None:
        self._window.waiting.progress(tr("Đang phục hồi từ bản sao lưu…"), done, total)

    def _show_made(self, unit: str) -> None:
        self._made += 1
        words = tr("Đang tạo dữ liệu mẫu: {unit}", unit=unit)
        self._window.waiting.progress(words, self._made, _INSPECTIONS)

    def _stop(self) -> None:
        self._is_stopped = True
        self._window.waiting.say(tr("Đang dừng…"))

    def _not_made(self, error: Exception) -> None:
        if isinstance(error, Stopped):
            self.again()
        else:
            self._refused(error)


def _bring_back(file: Path, folder: Path, recovery_code: str, told: Callable[[int, int], None]) -> Home:
    from inspector.services.door import Ways, home_of
    from inspector.services.keeping import bring_back

    home = home_of(folder)
    bring_back(file, home, Ways(recovery_code=recovery_code), progress=told)
    return home
