"""The head of a page of the office, and under it news that stays until the next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.ui.actions import Acts
from inspector.ui.language import Words
from inspector.ui.pages.page_head import PageHead
from inspector.ui.widgets.card import Line
from inspector.ui.widgets.news import Banner, Tone


class TitleBar(QWidget):
    """``tell`` says what was done outside the data, such as a file that was written."""

    def __init__(self, acts: Acts, title: Words, *main: QWidget) -> None:
        super().__init__()
        self._news: Banner | None = None
        self.head = PageHead(acts, title, *main)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addWidget(self.head)
        self._rows.addWidget(Line())

    def tell(
        self, words: Words, act: Words = "", run: Callable[[], object] | None = None, *, bad: bool = False
    ) -> None:
        """Show this in the place of what was told before; nothing takes it away."""
        if self._news is not None:
            self._news.hide()
            self._news.deleteLater()
            self._news = None
        if words:
            self._news = Banner(Tone.ERROR if bad else Tone.INFORMATION, words, act=act, run=run)
            self._rows.addWidget(self._news)
