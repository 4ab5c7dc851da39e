"""Rules of window tests: no screen, one application, nothing left over, and no silent word from Qt.

What Qt warns of fails the test (pyproject.toml). How long the program held the GUI thread is told at the end.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

# Before anybody imports Qt. Set the variable yourself to see the windows.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QThread, QThreadPool, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from inspector.services.door import Newcomer, Ways, begin, home_of
from inspector.ui.application import Application, make_application
from inspector.ui.theme import Look
from tests.architecture.tree import ROOT
from tests.demonstrations import copy
from tests.ui.sittings import Sitting, sitting
from tests.ui.watchdog import Hold, Watchdog

_WATCHDOG = pytest.StashKey[Watchdog]()


@pytest.fixture(scope="session")
def qapp() -> Application:
    """The application of the program in the place of the bare one pytest-qt would make."""
    return make_application(["inspector"], ROOT / "resources")


@pytest.fixture(scope="session", autouse=True)
def watchdog(request: pytest.FixtureRequest) -> Iterator[Watchdog]:
    dog = Watchdog()
    request.config.stash[_WATCHDOG] = dog
    dog.start()
    yield dog
    dog.stop()


@pytest.fixture(autouse=True)
def clean_window(qapp: Application, watchdog: Watchdog, request: pytest.FixtureRequest) -> Iterator[None]:
    """Every test starts light, Vietnamese and at 100 %, and leaves no window, timer or thread behind."""
    watchdog.test = request.node.name
    qapp.choose(theme="light")
    QGuiApplication.clipboard().clear()
    before = set(map(id, QApplication.topLevelWidgets()))
    # As in the program: a lane that collects would take widgets apart on its own thread.
    gc.disable()
    yield
    gc.enable()
    watchdog.test = ""
    left = leftovers(before)
    qapp.choose(theme="light")
    # What is there now stays to the end of the run: looking for leftovers need not look at it after every test.
    gc.freeze()
    if left:
        pytest.fail("left over: " + ", ".join(left), pytrace=False)


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Callable[[QWidget], None]]:
    """Show a window and make it the active one. It is kept until Qt has closed it: one that dies by itself while Qt
    still has news for it takes the process along.
    """
    kept: list[QWidget] = []

    def show(window: QWidget) -> None:
        kept.append(window)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)

    yield show
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(scope="session")
def empty_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which nothing was done yet."""
    folder = tmp_path_factory.mktemp("empty") / "home"
    begin(home_of(folder), Newcomer("Bùi Thanh Hà", "Sở Nội vụ", "tỉnh Vĩnh Lam"), Ways(demonstration=True))
    return folder


@pytest.fixture
def sit(qtbot: QtBot, empty_template: Path, fast_tmp: Path) -> Iterator[Sitting]:
    """A sitting over an empty workspace."""
    with sitting(copy(empty_template, fast_tmp / "home"), qtbot) as at:
        yield at


@pytest.fixture
def demo(qtbot: QtBot, demonstration_template: Path, fast_tmp: Path) -> Iterator[Sitting]:
    """A sitting over the demonstration: two seasons, sixteen inspections."""
    with sitting(copy(demonstration_template, fast_tmp / "demo"), qtbot) as at:
        yield at


@pytest.fixture
def look(qapp: Application) -> Look:
    return qapp.look


def leftovers(before: set[int]) -> list[str]:
    """Windows that are not in ``before``, running timers and threads, once Python and Qt have tidied up."""
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
    windows = [widget for widget in QApplication.topLevelWidgets() if id(widget) not in before]
    things = [thing for thing in gc.get_objects() if isinstance(thing, QTimer | QThread) and shiboken6.isValid(thing)]
    running = [thing for thing in things if (thing.isActive() if isinstance(thing, QTimer) else thing.isRunning())]
    found = [_said(thing) for thing in [*windows, *running]]
    if QThreadPool.globalInstance().activeThreadCount():
        found.append("work in the thread pool")
    return found


def _said(thing: object) -> str:
    name = getattr(thing, "objectName", str)()
    title = thing.windowTitle() if isinstance(thing, QWidget) else ""
    return " ".join(part for part in (type(thing).__name__, name, title) if part)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    dog = config.stash.get(_WATCHDOG, None)
    holds: list[Hold] = dog.longest if dog is not None else []
    if holds:
        terminalreporter.section("longest holds of the GUI thread")
        for hold in holds:
            terminalreporter.line(str(hold))
