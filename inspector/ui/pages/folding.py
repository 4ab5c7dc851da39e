"""Panes side by side, as many as there is room for: the one somebody is in, and those before it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from inspector.ui import tokens
from inspector.ui.theme import look
from inspector.ui.widgets.card import Line


class Folding(QWidget):
    """``panes`` with the width of each, 0 for what takes the rest. Esc goes one pane back.

    ``most`` panes stand side by side in a wide window, two in a narrower one, then one. ``turned`` tells the pane that
    is in front.
    """

    turned = Signal(int)

    def __init__(self, panes: Sequence[tuple[QWidget, int]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panes = [pane for pane, _ in panes]
        self._widths = [width for _, width in panes]
        self._lines = [Line(upright=True) for _ in panes[1:]]
        self.front = 0
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, pane in enumerate(self._panes):
            if place:
                row.addWidget(self._lines[place - 1])
            row.addWidget(pane, 1 if not self._widths[place] else 0)
        self._fit()

    def show_pane(self, place: int, *, focus: bool = True) -> None:
        """Bring a pane to the front, and the focus into it."""
        self.front = max(0, min(len(self._panes) - 1, place))
        self._fit()
        if focus:
            self._panes[self.front].setFocus()
        self.turned.emit(self.front)

    def is_seen(self, place: int) -> bool:
        return place in self._seen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.front:
            self.show_pane(self.front - 1)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # The window may have become wider while another page was shown.
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "front"):
            self._fit()

    def _count(self) -> int:
        """How many panes there is room for at this text scale."""
        width = self.window().width() * 100 // look().scale
        if width >= tokens.THREE_PANES:
            return len(self._panes)
        return min(2, len(self._panes)) if width >= tokens.TWO_PANES else 1

    def _seen(self) -> range:
        count = self._count()
        first = max(0, min(self.front, len(self._panes) - 1) - count + 1)
        return range(first, first + count)

    def _fit(self) -> None:
        seen = self._seen()
        for place, pane in enumerate(self._panes):
            pane.setVisible(place in seen)
            alone = len(seen) == 1
            width = look().px(self._widths[place])
            fixed = bool(width) and not alone and not self._is_last_wide(place, seen)
            pane.setMinimumWidth(width if fixed else 0)
            pane.setMaximumWidth(width if fixed else 16_777_215)
            policy = QSizePolicy.Policy.Fixed if fixed else QSizePolicy.Policy.Expanding
            pane.setSizePolicy(policy, QSizePolicy.Policy.Expanding)
            if place:
                self._lines[place - 1].setVisible(place in seen and place - 1 in seen)

    def _is_last_wide(self, place: int, seen: range) -> bool:
        """Where the pane that takes the rest is not seen, the last one does."""
        return place == seen[-1] and all(self._widths[other] for other in seen)
