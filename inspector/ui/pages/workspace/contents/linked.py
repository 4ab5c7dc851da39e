"""The findings that began at an item, and the way to a new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.domain.inspection import Inspection
from inspector.domain.phrases import one_line
from inspector.ui import tokens
from inspector.ui.language import Phrase, tr
from inspector.ui.pages.workspace.contents.link import Link
from inspector.ui.pages.workspace.contents.tab_order import precede
from inspector.ui.widgets.button import Button, Kind


@dataclass(frozen=True)
class Linked:
    """A finding with the number it is printed with."""

    finding: str
    words: Phrase
    content: str


def linked(inspection: Inspection, item: str) -> tuple[Linked, ...]:
    """The findings of an item, in the order of the minutes."""
    found = []
    for kind in ("strength", "good_practice", "shortcoming"):
        for number, finding in enumerate(inspection.findings_of(kind), 1):
            if finding.item == item:
                found.append(Linked(finding.id, _numbered(kind, number), one_line(finding.content)))
    return tuple(found)


def _numbered(kind: str, number: int) -> Phrase:
    if kind == "strength":
        return tr("Ưu điểm số {number}", number=number)
    if kind == "good_practice":
        return tr("Cách làm hay số {number}", number=number)
    return tr("Tồn tại, hạn chế số {number}", number=number)


class LinkedFindings(QWidget):
    """``open_finding`` gets the id of the finding; ``begin`` starts another one."""

    def __init__(
        self, open_finding: Callable[[str], object], begin: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._open = open_finding
        self._shown: tuple[Linked, ...] = ()
        self.links: list[Link] = []
        self.new = Button(tr("Ghi phát hiện"), begin, kind=Kind.QUIET, icon="plus", keys="F9", height=tokens.CONTROL)
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, tokens.TIGHT, tokens.TIGHT, tokens.TIGHT)
        row.setSpacing(tokens.GAP)
        row.addLayout(self._column, 1)
        row.addWidget(self.new)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_linked(self, found: tuple[Linked, ...], *, locked: bool) -> None:
        if found != self._shown:
            self._shown = found
            self._make()
        self.new.say(tr("Phát hiện khác") if found else tr("Ghi phát hiện"))
        self.new.setVisible(not locked)
        self.setVisible(bool(found) or not locked)

    def _make(self) -> None:
        for link in self.links:
            self._column.removeWidget(link)
            link.hide()
            link.deleteLater()
        self.links = []
        for each in self._shown:
            link = Link(each.content or "…", "flag", partial(self._open, each.finding), strong=each.words)
            self._column.addWidget(link)
            self.links.append(link)
        precede(self.links, self.new)
