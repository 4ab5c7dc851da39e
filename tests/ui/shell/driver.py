"""The program as a process of its own, with small pages: it says what it does, and does what it is told.

    python -m tests.ui.shell.driver --home FOLDER [act …]

``ready`` follows when the workspace is open. ``save`` asks for a hundred acts and closes the window at once; ``fail``
raises in a slot, and says what the dialog reports; ``sample`` turns to the sample data and back.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

import inspector.ui.pages.registry as registry
from inspector.app import main
from inspector.ui.actions import Acts
from inspector.ui.pages.page import Page
from inspector.ui.session import Session
from inspector.ui.shell.crash import FaultDialog
from inspector.ui.shell.window import MainWindow
from inspector.ui.where import Screen, Where
from tests.ui.shell.pages import Small, small_pages

TOLD: list[str] = []


class Home(Small):
    """Says that it is there, and does what the process was told."""

    def __init__(self, session: Session, acts: Acts) -> None:
        super().__init__(session, acts, Screen.HOME)

    def arrive(self, where: Where) -> None:
        super().arrive(where)
        say("ready")
        for told in TOLD:
            QTimer.singleShot(0, self, lambda told=told: DOINGS[told](self))


def say(words: str) -> None:
    print(words, flush=True)  # noqa: T201 - read by the test that started this process


def save(page: Page) -> None:
    for number in range(100):
        page.session.perform("save_person", {"name": f"Người thứ {number}"})
    page.window().close()
    say(f"closing {page.window().isVisible()}")


def fail(page: Page) -> None:
    QTimer.singleShot(0, page, lambda: 1 // 0)
    QTimer.singleShot(300, page, report)


def report() -> None:
    for window in QApplication.topLevelWidgets():
        if isinstance(window, FaultDialog):
            say(window.report().splitlines()[2])
            window.accept()
        elif isinstance(window, MainWindow):
            window.close()


DOINGS: dict[str, Callable[[Page], None]] = {"save": save, "fail": fail}

if __name__ == "__main__":
    TOLD += [word for word in sys.argv[1:] if word in DOINGS]
    registry.PAGES = {**small_pages(), Screen.HOME: Home}
    sys.exit(main([word for word in sys.argv[1:] if word not in DOINGS]))
