"""A tab of the workspace: a page over the inspection that all tabs share."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from inspector.ui.actions import Acts
from inspector.ui.language import Words
from inspector.ui.pages.page import Page
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.session import Session


class TabPage(Page):
    """Made when first gone to. ``opened.refreshed`` says when to show something else; ``arrive`` comes after the first
    reading, with ``where.entity``, ``record`` and ``field`` of what is wanted.
    """

    def __init__(self, session: Session, acts: Acts, opened: OpenInspection, parent: QWidget | None = None) -> None:
        super().__init__(session, acts, parent)
        self.opened = opened

    def badge(self) -> Words:
        """What stands beside the name of the tab: a count, or nothing."""
        return ""
