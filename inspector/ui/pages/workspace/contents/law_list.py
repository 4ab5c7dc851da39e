"""The legal texts an item stands on; each opens its full title, how far it is confirmed, and where to read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.domain.checklist import Item, LegalBasis
from inspector.domain.grounds import Grounds
from inspector.domain.legal_prose import legal_basis, may_be_printed
from inspector.domain.phrases import label
from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.pages.workspace.contents.link import Link
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.text import Text


@dataclass(frozen=True)
class Law:
    """A legal text as it is shown: what it is called for short, and whether the minutes may cite it."""

    basis: LegalBasis
    is_printed: bool

    @property
    def name(self) -> str:
        return label(self.basis.title.partition(" - ")[0].partition(" ngày ")[0])


def laws_of(grounds: Grounds, item: Item) -> tuple[Law, ...]:
    """The legal texts of an item that have a title."""
    found = ((legal_basis(grounds, code), may_be_printed(grounds, code)) for code in item.legal_basis)
    return tuple(Law(basis, is_printed) for basis, is_printed in found if basis is not None)


class LawList(QWidget):
    """``open`` is told which one is to be read."""

    def __init__(self, open_law: Callable[[Law], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open = open_law
        self._laws: tuple[Law, ...] = ()
        self.links: list[Link] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)
        self.head = Text(tr("Căn cứ"), size=Size.META, weight=Weight.MEDIUM, tone="text2")
        self._rows.addWidget(self.head)
        self._rows.addStretch(1)

    def show_laws(self, laws: Sequence[Law]) -> None:
        if tuple(laws) != self._laws:
            self._laws = tuple(laws)
            self._make()
        self.setVisible(bool(laws))

    def _make(self) -> None:
        for link in self.links:
            self._rows.removeWidget(link)
            link.hide()
            link.deleteLater()
        self.links = []
        for place, law in enumerate(self._laws, 1):
            link = Link(law.name, "scale", partial(self._open, law))
            self._rows.insertWidget(place, link)
            self.links.append(link)


class LawText(QWidget):
    """One legal text, whole. Esc or the button closes it."""

    def __init__(self, law: Law, close: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._close = close
        rows = QVBoxLayout(self)
        rows.setContentsMargins(tokens.GROUP, tokens.GROUP, tokens.GROUP, tokens.GROUP)
        rows.setSpacing(tokens.GAP)
        rows.addWidget(Text(law.basis.title, size=Size.HEAD, weight=Weight.STRONG, wrap=True))
        rows.addWidget(Text(_standing(law), tone="text2", wrap=True))
        self.buttons = []
        if law.basis.address:
            rows.addWidget(Text(law.basis.address, size=Size.META, tone="text2", wrap=True))
            self.buttons.append(Button(tr("Mở trang có văn bản"), lambda: _browse(law.basis.address), icon="book-open"))
        self.buttons.append(Button(tr("Đóng"), close, kind=Kind.QUIET, keys="Esc"))
        for button in self.buttons:
            rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addStretch(1)
        self.setFocusProxy(self.buttons[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)


def _standing(law: Law) -> Words:
    if law.is_printed:
        return tr("Văn bản này được dẫn trong biên bản.")
    return tr("Văn phòng chưa xác nhận văn bản này, nên biên bản không dẫn.")


def _browse(address: str) -> None:
    QDesktopServices.openUrl(QUrl(address))
