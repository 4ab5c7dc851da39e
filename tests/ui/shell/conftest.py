"""A window over a sitting, with small pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from inspector.ui.shell.frame import Frame
from inspector.ui.shell.window import MainWindow
from inspector.ui.where import Screen, Where
from tests.ui.shell.pages import Small, small_pages
from tests.ui.sittings import Sitting


@dataclass
class Seated:
    """The window somebody sits at."""

    at: Sitting
    window: MainWindow
    frame: Frame

    def page(self, screen: Screen) -> Small:
        self.at.session.go(Where(screen))
        page = self.frame.page
        assert isinstance(page, Small)
        return page

    @property
    def shown(self) -> Small:
        page = self.frame.page
        assert isinstance(page, Small)
        return page


@pytest.fixture
def seated(sit: Sitting, show: Callable[[QWidget], None]) -> Iterator[Seated]:
    window = MainWindow()
    window.resize(1366, 698)
    frame = window.sit_down(sit.session, small_pages())
    show(window)
    yield Seated(sit, window, frame)
    sit.settle()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
