"""A page: one screen of the window, which knows its session and nothing else of the program."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from inspector.ui.actions import Acts
from inspector.ui.editing import finish_editing
from inspector.ui.language import Words
from inspector.ui.session import Session
from inspector.ui.where import Where


class Page(QWidget):
    """Made when first gone to, then kept; ``arrive`` is called each time.

    A page binds its acts with ``self.acts.bind(command, run, owner=self or a pane)`` and asks the rest of ``session``.
    ``described`` says that ``title`` or ``page_count`` changed; after an answer of the session they are asked anyway.
    """

    described = Signal()

    def __init__(self, session: Session, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.acts = acts

    def title(self) -> Words:
        """What the title bar says behind the name of the program."""
        return ""

    def arrive(self, where: Where) -> None:
        """Show this place and put the focus where work begins."""

    def whereabouts(self) -> Where | None:
        """Where somebody comes back to; ``None`` where it is what ``arrive`` was given."""
        return None

    def leave(self) -> None:
        """Another page comes, or the window closes: what was typed is committed."""
        finish_editing()

    def panes(self) -> list[QWidget]:
        """What F6 goes round, in reading order; hidden ones are passed over."""
        return []

    def help(self) -> Words:
        """A few sentences about this screen, for F1."""
        return ""

    def page_count(self) -> Words:
        """A count for the foot of the window."""
        return ""
