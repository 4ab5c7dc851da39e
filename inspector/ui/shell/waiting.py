"""What stands in the window before the data are open: its structure at once, words after a moment."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.shell.job_bar import JobBar
from inspector.ui.shell.rail import Rail
from inspector.ui.theme import look
from inspector.ui.widgets.button import Button
from inspector.ui.widgets.text import Text

_WORDS_AFTER_MS = 300


class Waiting(QWidget):
    """The rail with nothing to choose; words, and a bar and a way to stop where that is known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rail = Rail()
        self.rail.setEnabled(False)
        self.words = Text(wrap=True)
        self.bar = JobBar()
        self.stop = Button(tr("Dừng"), self._press, keys="Esc")
        self._run: Callable[[], object] | None = None
        self._timer = QTimer(self, singleShot=True, interval=_WORDS_AFTER_MS)
        self._timer.timeout.connect(self._speak)
        self._lay_out()

    def wait_for(self, words: Words, stop: Callable[[], object] | None = None) -> None:
        """Something is being done; ``stop`` ends it. What is done within a blink is done without a word."""
        self.words.say(words)
        self._run = stop
        self.bar.show_share(0, 0)
        for part in (self.words, self.bar, self.stop):
            part.hide()
        self._timer.start()

    def progress(self, words: Words, done: int, total: int) -> None:
        self.words.say(words)
        self.bar.show_share(done, total)

    def say(self, words: Words) -> None:
        self.words.say(words)

    def rest(self) -> None:
        """Nothing is waited for any more."""
        self._timer.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._run is not None:
            self._press()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.set_narrow(narrow=self.width() < look().px(tokens.THREE_PANES))

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(tokens.GROUP)
        column.addStretch(2)
        for part in (self.words, self.bar, self.stop):
            part.hide()
            column.addWidget(part)
        column.setAlignment(self.stop, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(3)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.rail)
        row.addStretch(1)
        row.addLayout(column, 2)
        row.addStretch(1)

    def _speak(self) -> None:
        self.words.show()
        if self._run is not None:
            self.bar.show()
            self.stop.show()
            self.stop.setFocus()

    def _press(self) -> None:
        if self._run is not None:
            self._run()
