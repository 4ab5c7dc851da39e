"""Small pages for tests of the frame: a list, a field, and what they were asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from inspector.ui.actions import Acts
from inspector.ui.language import Words, tr
from inspector.ui.pages.page import Page
from inspector.ui.session import Session
from inspector.ui.where import Screen, Where
from inspector.ui.widgets.field import TextField


class Small(Page):
    """Remembers where it was asked to go, and how often it was left."""

    def __init__(self, session: Session, acts: Acts, screen: Screen) -> None:
        super().__init__(session, acts)
        self.shows = screen
        self.arrived: list[Where] = []
        self.left = 0
        self.coming_back: Where | None = None
        self.list = QListWidget()
        self.list.addItems(["một", "hai"])
        self.list.setAccessibleName(f"danh sách {screen.value}")
        self.field = TextField("Nhận xét")
        rows = QVBoxLayout(self)
        rows.addWidget(self.list)
        rows.addWidget(self.field)

    def title(self) -> Words:
        return f"màn {self.shows.value}"

    def arrive(self, where: Where) -> None:
        self.arrived.append(where)
        self.list.setFocus()

    def whereabouts(self) -> Where | None:
        return self.coming_back

    def leave(self) -> None:
        super().leave()
        self.left += 1

    def panes(self) -> list[QWidget]:
        return [self.list, self.field]

    def help(self) -> Words:
        return tr("Đồng bộ")

    def page_count(self) -> Words:
        return f"{len(self.arrived)} lần"


def small_pages() -> Mapping[Screen, Callable[[Session, Acts], Page]]:
    def factory(screen: Screen) -> Callable[[Session, Acts], Page]:
        return lambda session, acts: Small(session, acts, screen)

    return {screen: factory(screen) for screen in Screen}
