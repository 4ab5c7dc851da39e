"""The head of a page of the office, and under it news that stays until the next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.ui.actions import Acts
from inspector.ui.language import Words
from inspector.ui.pages.page_head import PageHead
from inspector.ui.widgets.card import Line
from inspector.ui.widgets.news import NewsPlace, Tone


class TitleBar(QWidget):
    """``tell`` says what was done outside the data, such as a file that was written."""

    def __init__(self, acts: Acts, title: Words, *main: QWidget) -> None:
        super().__init__()
        self.head = PageHead(acts, title, *main)
        self._news = NewsPlace()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.head)
        rows.addWidget(Line())
        rows.addLayout(self._news)

    def tell(
        self, words: Words, act: Words = "", run: Callable[[], object] | None = None, *, bad: bool = False
    ) -> None:
        """Show this in the place of what was told before; nothing takes it away."""
        self._news.tell(Tone.ERROR if bad else Tone.INFORMATION, words, act, run)
