"""The title of a page of the office with its main act, and under it news that stays until the next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.language import Words
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.card import Line
from inspector.ui.widgets.news import Banner, Tone
from inspector.ui.widgets.text import CutText


class TitleBar(QWidget):
    """Lower where the window is low. ``tell`` says what was done outside the data, such as a file that was written."""

    def __init__(self, title: Words, *main: QWidget) -> None:
        super().__init__()
        self._news: Banner | None = None
        self._row = QWidget()
        row = QHBoxLayout(self._row)
        row.setContentsMargins(tokens.EDGE, 0, tokens.EDGE, 0)
        row.setSpacing(tokens.GAP)
        row.addWidget(CutText(title, size=Size.TITLE, weight=Weight.STRONG), 1)
        for widget in main:
            row.addWidget(widget)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addWidget(self._row)
        self._rows.addWidget(Line())
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._fit()

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_row"):
            self._fit()

    def _fit(self) -> None:
        low = self.window().height() < look().px(tokens.LOW_WINDOW)
        self._row.setFixedHeight(look().px(tokens.PAGE_HEAD_LOW if low else tokens.PAGE_HEAD))
