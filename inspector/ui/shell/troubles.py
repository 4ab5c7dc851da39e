"""Sentences about what went wrong and nobody else has taken: they stay until they were read."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.widgets.news import Banner, Tone

_MOST = 3


class Troubles(QWidget):
    """The latest sentences over the page, each once; a fourth makes the oldest go."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._banners: list[tuple[str, Banner]] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(tokens.EDGE, tokens.GAP, tokens.EDGE, 0)
        self._rows.setSpacing(tokens.GAP)
        self.hide()

    def tell(self, words: Words, tone: Tone = Tone.ERROR) -> None:
        said = str(words)
        if any(said == known for known, _ in self._banners):
            return
        banner = Banner(tone, words, act=tr("Đã rõ"), run=partial(self._read, said))
        self._banners.append((said, banner))
        self._rows.addWidget(banner)
        for known, _ in self._banners[:-_MOST]:
            self._read(known)
        self.show()

    def sentences(self) -> list[str]:
        return [said for said, _ in self._banners]

    def _read(self, said: str) -> None:
        for entry in [entry for entry in self._banners if entry[0] == said]:
            self._banners.remove(entry)
            entry[1].hide()
            entry[1].deleteLater()
        self.setVisible(bool(self._banners))
