"""The pages with their bar: which page, forth and back, how large, and what is said about them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from inspector.domain.pages import Page
from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.pages.workspace.minutes.pages_view import PagesView, Zoom
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.text import Text

_ZOOMS = {Zoom.WIDTH: tr("Vừa bề ngang"), Zoom.PAGE: tr("Vừa trang")}


class PreviewPane(QWidget):
    """Pages that are shown stay while others are being made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.view = PagesView()
        self.view.turned.connect(self._tell)
        self.place = Text("", size=Size.META, weight=Weight.MEDIUM, tone="text2")
        self.state = Text("", size=Size.META, tone="text2")
        self.back = Button("", lambda: self.view.turn_to(self.view.page - 1), kind=Kind.QUIET, icon="chevron-left",
                           name=tr("Trang trước"))  # fmt: skip
        self.forth = Button("", lambda: self.view.turn_to(self.view.page + 1), kind=Kind.QUIET, icon="chevron-right",
                            name=tr("Trang sau"))  # fmt: skip
        self.zoom = Button(_ZOOMS[Zoom.WIDTH], self._zoom, kind=Kind.QUIET)
        self.missing = Text("", tone="text2", wrap=True)
        self._lay_out()

    def show_pages(self, pages: Sequence[Page]) -> None:
        self.view.show_pages(pages)
        self._stack.setCurrentWidget(self.view)
        self.state.say("")
        self._tell(self.view.page, len(pages))

    def show_making(self) -> None:
        self.state.say(tr("Đang dựng trang…"))
        if not self.view.pages:
            self._show_words(tr("Đang dựng trang…"))

    def show_failure(self, reason: Words) -> None:
        """Pages that are there already stay, and are said to be old."""
        self.state.say(tr("Trang chưa mới") if self.view.pages else "")
        if not self.view.pages:
            self._show_words(reason)

    def show_nothing(self) -> None:
        self.view.show_pages(())
        self._show_words("")

    def _show_words(self, words: Words) -> None:
        self.missing.say(words)
        self._stack.setCurrentWidget(self._words)

    def _tell(self, page: int, count: int) -> None:
        self.place.say(tr("Trang {page}/{total}", page=page + 1, total=count) if count else "")
        self.back.setEnabled(page > 0)
        self.forth.setEnabled(page + 1 < count)

    def _zoom(self) -> None:
        wanted = Zoom.PAGE if self.view.zoom is Zoom.WIDTH else Zoom.WIDTH
        self.view.choose_zoom(wanted)
        self.zoom.say(_ZOOMS[wanted])

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(tokens.GROUP, tokens.TIGHT, tokens.GAP, tokens.TIGHT)
        bar.setSpacing(tokens.GAP)
        bar.addWidget(self.place)
        bar.addWidget(self.state)
        bar.addStretch(1)
        for button in (self.back, self.forth, self.zoom):
            bar.addWidget(button)
        self._words = QWidget()
        inner = QVBoxLayout(self._words)
        inner.setContentsMargins(tokens.EDGE, tokens.EDGE, tokens.EDGE, tokens.EDGE)
        inner.addWidget(self.missing)
        inner.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._words)
        self._stack.addWidget(self.view)
        foot = QHBoxLayout()
        foot.setContentsMargins(tokens.GROUP, tokens.TIGHT, tokens.GROUP, tokens.GAP)
        words = tr("Dựng không cần Word; chỗ ngắt trang có thể lệch chút ít so với Word.")
        foot.addWidget(Text(words, size=Size.META, tone="text2", wrap=True))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(bar)
        rows.addWidget(self._stack, 1)
        rows.addLayout(foot)
