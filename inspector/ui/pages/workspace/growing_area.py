"""A text area that is as high as its text, between two lines and ten."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics

from inspector.ui.language import Words
from inspector.ui.theme import look
from inspector.ui.widgets.field import TextArea

_PADDING = 18


class GrowingArea(TextArea):
    """Scrolls inside beyond ``most`` lines; never lower than ``least``."""

    def __init__(self, words: Words, *, least: int = 2, most: int = 10) -> None:
        self._least, self._most = least, most
        super().__init__(words)
        self.editor.document().documentLayout().documentSizeChanged.connect(self._fit)  # type: ignore[union-attr]  # an area has a document
        self._fit()

    def _fit(self, *_size: object) -> None:
        editor = getattr(self, "editor", None)
        lines = self._least
        if editor is not None:
            lines = max(self._least, min(self._most, round(editor.document().size().height())))
        spacing = QFontMetrics(look().font()).lineSpacing()
        height = lines * spacing + look().px(_PADDING)
        if height != self._control.height():
            self._control.setFixedHeight(height)
