"""The program as somebody starts it: a folder, a keychain, a window, and two hands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QDesktopServices

from inspector.services.door import Home, home_of
from inspector.ui.shell.program import Program
from inspector.ui.shell.window import MainWindow
from tests.ui.journeys.hands import Hands


class KeptInMemory(KeyringBackend):
    """The keychain of the system, without a system."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring has no types here
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def keychain_in_memory() -> Iterator[None]:
    chosen = keyring.get_keyring()
    keyring.set_keyring(KeptInMemory())
    yield
    keyring.set_keyring(chosen)


@pytest.fixture
def opened_outside(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the program would have handed to other programs of the system."""
    handed: list[str] = []

    def take(url: object) -> bool:
        handed.append(str(getattr(url, "toLocalFile", str)()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    return handed


@pytest.fixture
def folder(fast_tmp: Path) -> Path:
    """Where the workspace is, or will be."""
    return fast_tmp / "home"


@pytest.fixture
def hands(folder: Path, keychain_in_memory: None, opened_outside: list[str]) -> Iterator[Hands]:
    """The window of the program over ``folder``."""
    with at_window(home_of(folder)) as hands:
        yield hands


@contextmanager
def at_window(home: Home) -> Iterator[Hands]:
    """The window of the program over a folder, as ``python -m inspector`` opens it."""
    window = MainWindow()
    window.show()
    window.activateWindow()
    QCoreApplication.processEvents()
    program = Program(window, home, home, None)
    program.begin()
    hands = Hands(window, program)
    hands.settle()
    try:
        yield hands
    finally:
        window.hide()
        program.end()
        window.deleteLater()
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
