"""A text area that is as high as its text, between two lines and ten."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent

from inspector.ui.editing import AreaEditor
from inspector.ui.language import Words
from inspector.ui.theme import look
from inspector.ui.widgets.field import TextArea

_PADDING = 18
_BESIDE = 28
_MOST_LETTERS = 4000
"""More than ever stand in ten lines."""


class GrowingArea(TextArea):
    """Scrolls inside beyond ``most`` lines; never lower than ``least``."""

    def __init__(self, words: Words, *, least: int = 2, most: int = 10) -> None:
        self._least, self._most = least, most
        super().__init__(words)
        self.editor.typed.connect(self._fit)
        if isinstance(self.editor, AreaEditor):
            self.editor.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = self._lines()
        lines = max(self._least, min(self._most, wanted))
        if isinstance(self._control, AreaEditor):
            needed = (
                Qt.ScrollBarPolicy.ScrollBarAsNeeded if wanted > self._most else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            )
            self._control.setVerticalScrollBarPolicy(needed)
        spacing = QFontMetrics(look().font()).lineSpacing()
        height = lines * spacing + look().px(_PADDING)
        if height != self._control.height():
            self._control.setFixedHeight(height)

    def _lines(self) -> int:
        """Lines of the text in this width."""
        editor = getattr(self, "editor", None)
        if editor is None:
            return 0
        metrics = QFontMetrics(look().font())
        text: str = editor.raw()[:_MOST_LETTERS]
        room = QRect(0, 0, max(1, self.width() - look().px(_BESIDE)), 1_000_000)
        height = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft, text).height()
        return int(-(-height // metrics.lineSpacing())) + text.endswith("\n")
