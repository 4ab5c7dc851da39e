"""The first tab of the workspace: contents, the items of one of them, and the item at hand."""

from __future__ import annotations

from inspector.ui.pages.workspace.tab_page import TabPage


class ContentsTab(TabPage):
    """Where the checklist is answered."""
