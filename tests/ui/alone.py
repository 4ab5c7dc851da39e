"""A page or a tab in a window of its own, with a person at the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from inspector.ui.actions import Acts
from inspector.ui.language import LanguageCode
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.pages.workspace.page import WorkspacePage
from inspector.ui.pages.workspace.tab_page import TabPage
from inspector.ui.theme import Theme
from inspector.ui.where import Screen, Tab, Where
from tests.ui.fields import Show
from tests.ui.sittings import Sitting
from tests.ui.typing import press, type_text

W = TypeVar("W", bound=QWidget)
T = TypeVar("T", bound=TabPage)
PAGE, TAB = (1286, 666), (1286, 540)
"""Room of a page beside the rail, and of a tab under its head, in a window of 1366×698."""
PAGE_LOOKS: list[tuple[tuple[int, int], Theme, int, LanguageCode]] = [
    ((1286, 666), "light", 100, "vi"),
    ((859, 410), "dark", 100, "en"),
    ((1013, 526), "light", 150, "vi"),
    ((1200, 640), "dark", 200, "vi"),
    ((1200, 640), "dark", 200, "en"),
]
"""Room, theme, text scale and language in which nothing of a page may be cut."""
TAB_LOOKS: list[tuple[Theme, LanguageCode, int, tuple[int, int]]] = [
    ("light", "vi", 100, (1286, 540)),
    ("dark", "en", 100, (1041, 400)),
    ("light", "en", 150, (1286, 540)),
    ("dark", "vi", 100, (859, 320)),
    ("light", "vi", 200, (1286, 540)),
]
"""Theme, language, text scale and room in which nothing of a tab may be cut."""


class Alone(Generic[W]):
    """``make`` gets the acts of the window."""

    def __init__(self, at: Sitting, show: Show, make: Callable[[Acts], W], size: tuple[int, int] = PAGE) -> None:
        self.at = at
        self.window = QWidget()
        self.window.resize(*size)
        self.window.setProperty("ground", "bg")
        self.acts = Acts(self.window)
        self.page = make(self.acts)
        rows = QVBoxLayout(self.window)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.page)
        show(self.window)

    def settle(self) -> None:
        for _ in range(3):
            self.at.settle()
            QApplication.processEvents()

    def press(self, *keys: str) -> None:
        """One key after the other, where the focus is then."""
        for key in keys:
            press(self.focus, key)
            self.settle()

    def type(self, text: str) -> None:
        type_text(self.focus, text)

    @property
    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    @property
    def hints(self) -> list[str]:
        return [str(act.hint) for act in self.acts.hints(QApplication.focusWidget())]


class TabAlone(Alone[T]):
    """A tab of the workspace over one inspection."""

    def __init__(
        self, at: Sitting, show: Show, inspection: str, tab: type[T], which: Tab, size: tuple[int, int] = TAB
    ) -> None:
        self.inspection, self._which = inspection, which
        self.opened = OpenInspection(at.session)
        self.opened.open(inspection)
        at.settle()
        super().__init__(at, show, lambda acts: tab(at.session, acts, self.opened), size)
        self.opened.setParent(self.window)
        self.tab = self.page
        at.settle()
        self.go()

    def go(self, entity: str = "", record: str = "", field: str = "") -> None:
        self.tab.arrive(Where(Screen.WORKSPACE, self.inspection, self._which, entity, record, field))
        self.settle()


def workspace(
    at: Sitting, show: Show, where: Where, width: int = 1366, height: int = 698
) -> tuple[QMainWindow, WorkspacePage]:
    """The whole workspace at a place of an inspection; it goes where the session asks it to go."""
    window = QMainWindow()
    page = WorkspacePage(at.session, Acts(window))
    at.session.going.connect(page.arrive)
    window.setCentralWidget(page)
    window.resize(width, height)
    show(window)
    page.arrive(where)
    at.settle()
    return window, page
