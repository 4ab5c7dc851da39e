"""Under the strip: how far the attaching is, and every file that was not taken with its sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.icon import Icon
from inspector.ui.widgets.text import Text


class Refusals(QWidget):
    """Hidden while there is nothing to say. Sentences stay until somebody has read them, or attaches again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stop: Callable[[], object] = _nothing
        self._lines: list[Words] = []
        self._icon = Icon("triangle-alert", "no", 16)
        self.text = Text("", size=Size.META, weight=Weight.MEDIUM, wrap=True)
        self.cancel = Button(tr("Dừng"), self._stop, kind=Kind.QUIET, height=tokens.SMALL_CONTROL)
        self.dismiss = Button(tr("Đã xem"), self.clear, kind=Kind.QUIET, height=tokens.SMALL_CONTROL)
        words = QVBoxLayout()
        words.addWidget(self.text)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.dismiss)
        self.clear()

    def show_progress(self, done: int, whole: int) -> None:
        """One file is attached before anybody could read of it; more are counted."""
        running = done < whole and whole > 1
        self._arrange(running=running, told=False)
        if running:
            self.text.say(tr("Đang đính kèm {done}/{whole} tệp", done=done + 1, whole=whole))

    def show_words(self, lines: Sequence[Words]) -> None:
        self._lines = list(lines)
        self._arrange(running=False, told=bool(lines))
        self.text.say("\n".join(map(str, lines)))

    def lines(self) -> list[str]:
        """The sentences that stand here."""
        return [str(line) for line in self._lines]

    def clear(self) -> None:
        self.show_words(())

    def _arrange(self, *, running: bool, told: bool) -> None:
        self._icon.setVisible(told)
        self.cancel.setVisible(running)
        self.dismiss.setVisible(told)
        self.setVisible(running or told)

    def _stop(self) -> None:
        self.stop()


def _nothing() -> None:
    """No work to stop."""
