"""The head of a page of the rail: its title, a line under it, the door to the palette, and the page's main act."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.actions import Acts
from inspector.ui.language import Words, tr
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button
from inspector.ui.widgets.text import CutText


class PageHead(QWidget):
    """Shrinks in a low window; in a narrow one the palette keeps its icon and key."""

    def __init__(self, acts: Acts, title: Words, *main: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = CutText(title, size=Size.TITLE, weight=Weight.STRONG)
        self._line = CutText(size=Size.META, tone="text2")
        self._palette = Button(
            tr("Tìm hoặc ra lệnh"),
            partial(acts.trigger, "palette"),
            icon="search",
            keys="Ctrl+K",
            name=tr("Tìm hoặc ra lệnh"),
        )
        # The key does the same everywhere; the first stop of Tab is the page's own.
        self._palette.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._main = main
        self._lay_out(main)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._fit()

    def say(self, title: Words, line: Words = "") -> None:
        self._title.say(title)
        self._line.say(line)
        self._line.setVisible(bool(str(line)))

    def stops(self) -> list[QWidget]:
        """Where Tab stops in it."""
        return list(self._main)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    def _lay_out(self, main: tuple[QWidget, ...]) -> None:
        lines = QVBoxLayout()
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addStretch(1)
        lines.addWidget(self._title)
        lines.addWidget(self._line)
        lines.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.EDGE, 0, tokens.EDGE, 0)
        row.setSpacing(tokens.GROUP)
        row.addLayout(lines, 1)
        row.addWidget(self._palette)
        for widget in main:
            row.addWidget(widget)
        self._line.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _fit(self) -> None:
        window = self.window()
        low = window.height() < look().px(tokens.LOW_WINDOW)
        self.setFixedHeight(look().px(tokens.PAGE_HEAD_LOW if low else tokens.PAGE_HEAD))
        self._palette.say("" if window.width() < look().px(tokens.TWO_PANES) else tr("Tìm hoặc ra lệnh"))
