"""Fields about which people disagree: all values with their authors, to be read; the lead decides elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.domain.changeset import Json, canonical
from inspector.services.opinions import Opinion, Place, opinions
from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.pages.workspace.tab_page import TabPage
from inspector.ui.painting import Mark
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.where import Screen, Tab, Where
from inspector.ui.widgets.button import Button
from inspector.ui.widgets.result import ResultMark
from inspector.ui.widgets.text import Text

Said = Callable[[Json], str]
"""How a stored value is shown."""


class Disagreements(QObject):
    """What stands in the fields that disagree; ``changed`` when that was read."""

    changed = Signal()

    def __init__(self, opened: OpenInspection, parent: QObject) -> None:
        super().__init__(parent)
        self._opened = opened
        self._found: dict[Place, tuple[Opinion, ...]] = {}
        self._inspection = ""
        opened.refreshed.connect(self._read)
        if opened.is_here:
            self._read()

    def of(self, entity: str, record: str, field: str) -> tuple[Opinion, ...]:
        """The values that differ; empty while people agree, or while they are still being read."""
        return self._found.get((entity, record, field), ())

    def _read(self) -> None:
        inspection = self._opened.inspection
        places = [(entity, record, field) for entity, record, field in map(_place, inspection.conflicts)]
        if inspection.id != self._inspection:
            self._inspection, self._found = inspection.id, {}
        if places:
            self._opened.session.ask(
                lambda desk: opinions(desk, inspection.id, places),
                lambda found: self._take(inspection.id, found),
                owner=self,
            )
        elif self._found:
            self._take(inspection.id, {})

    def _take(self, inspection: str, found: dict[Place, tuple[Opinion, ...]]) -> None:
        if inspection == self._inspection:
            self._found = {place: heads for place, heads in found.items() if len(_different(heads)) > 1}
            self.changed.emit()


class Disputed(QWidget):
    """A field, or in its place what several people wrote into it."""

    def __init__(self, words: Words, field: QWidget, said: Said = str) -> None:
        super().__init__()
        self._field, self._said = field, said
        self._card = OpinionCard(words)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(field)
        rows.addWidget(self._card)
        self._card.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_opinions(self, heads: Sequence[Opinion]) -> None:
        """Two or more close the field; fewer open it again."""
        if heads:
            told = [(head.author, self._said(head.value)) for head in _different(heads)]
            self._card.show_opinions(told, heads[0].operation)
        self._card.setVisible(bool(heads))
        self._field.setVisible(not heads)

    @property
    def is_closed(self) -> bool:
        return not self._card.isHidden()


class OpinionCard(QWidget):
    """Label, the sign of disagreement, and each opinion with its author on the ground of disagreements."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._lines: list[Text] = []
        self._operation = ""
        head = QHBoxLayout()
        head.setSpacing(tokens.GAP)
        head.addWidget(ResultMark(Mark.DISAGREED, 16))
        head.addWidget(Text(words, size=Size.META, weight=Weight.MEDIUM, tone="text2", wrap=True), 1)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(tokens.GAP, tokens.GAP, tokens.GAP, tokens.GAP)
        self._rows.setSpacing(tokens.TIGHT)
        self._rows.addLayout(head)
        self._rows.addWidget(Text(tr("Các ý kiến khác nhau. Trưởng đoàn quyết định."), tone="dis", wrap=True))
        self.go = Button(tr("Đến chỗ quyết định"), self._go)
        self._rows.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)

    def show_opinions(self, said: Sequence[tuple[str, str]], operation: str) -> None:
        """Authors and what they wrote; ``operation`` is that of one of them, by which the place is found again."""
        self._operation = operation
        while len(self._lines) < len(said):
            line = Text(wrap=True)
            self._lines.append(line)
            self._rows.insertWidget(1 + len(self._lines), line)
        for line, (author, words) in zip(self._lines, said, strict=False):
            line.say(f"{author or '…'}: {words or '–'}")
        for number, line in enumerate(self._lines):
            line.setVisible(number < len(said))

    def _go(self) -> None:
        """To the place where the lead decides."""
        page = self.parentWidget()
        while page is not None and not isinstance(page, TabPage):
            page = page.parentWidget()
        if page is not None:
            where = Where(Screen.WORKSPACE, page.opened.id, Tab.DECISIONS, "operation", self._operation)
            page.session.go(where)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look().colour("dis"))
        painter.setBrush(look().colour("diss"))
        radius = look().px(tokens.RADIUS_CONTROL)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), radius, radius)
        painter.end()


def _place(conflict: str) -> Place:
    entity, record, field = conflict.split("/", 2)
    return entity, record, field


def _different(heads: Sequence[Opinion]) -> list[Opinion]:
    """One of each value: two people who wrote the same do not disagree."""
    seen: dict[str, Opinion] = {}
    for head in heads:
        seen.setdefault(canonical(head.value), head)
    return list(seen.values())
