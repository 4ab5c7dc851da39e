"""A text area that is as high as its text, between two lines and ten."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFontMetrics

from inspector.ui.editing import AreaEditor
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
        self.editor.installEventFilter(self)
        self._fit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self, *_size: object) -> None:
        lines = max(self._least, min(self._most, self._lines()))
        spacing = QFontMetrics(look().font()).lineSpacing()
        height = lines * spacing + look().px(_PADDING)
        if height != self._control.height():
            self._control.setFixedHeight(height)

    def _lines(self) -> int:
        """Lines of the text as it is broken now, counted no further than they are shown."""
        editor = getattr(self, "editor", None)
        if not isinstance(editor, AreaEditor):
            return 0
        lines, block = 0, editor.document().begin()
        while block.isValid() and lines < self._most:
            editor.blockBoundingRect(block)  # lays the block out
            lines += max(1, block.layout().lineCount())
            block = block.next()
        return lines
