"""A group of the settings: a head, a line about it, news that stays until the next, its parts and its fields."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from inspector.services.desk import Change
from inspector.ui import tokens
from inspector.ui.actions import Acts
from inspector.ui.language import Words
from inspector.ui.session import Session
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.field import Field
from inspector.ui.widgets.news import NewsPlace, Tone
from inspector.ui.widgets.pick_field import PickField
from inspector.ui.widgets.text import Text

_TWO_FIELDS = 760


class Panel(QScrollArea):
    """``arrive`` reads what it shows; ``heard`` that an act changed something."""

    def __init__(self, session: Session, acts: Acts, head: Words, line: Words = "") -> None:
        super().__init__()
        self.session, self.acts = session, acts
        self._news = NewsPlace()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        for ground in (inner, self.viewport()):
            ground.setProperty("ground", "surface")
            ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.rows = QVBoxLayout(inner)
        self.rows.setContentsMargins(tokens.EDGE, tokens.EDGE, tokens.EDGE, tokens.EDGE)
        self.rows.setSpacing(tokens.GROUP)
        self.rows.addWidget(Text(head, size=Size.TITLE, weight=Weight.STRONG, wrap=True))
        if line:
            self.rows.addWidget(Text(line, tone="text2", wrap=True))
        self.rows.addLayout(self._news)
        self.setWidget(inner)

    def arrive(self) -> None:
        """Read what is shown."""

    def heard(self, change: Change) -> None:
        """An act was done, here or elsewhere."""

    def tell(
        self, words: Words, act: Words = "", run: Callable[[], object] | None = None, *, bad: bool = False
    ) -> None:
        """What was done outside the data, or why not; in the place of what was told before."""
        self._news.tell(Tone.ERROR if bad else Tone.INFORMATION, words, act, run)

    def fail(self, reason: str) -> None:
        self.tell(reason, bad=True)


def kept_here(field: Field | PickField) -> None:
    """A field of a form that is sent by a button: what was typed stays as it is, and nothing says that it was saved."""
    field.state.hide()

    def keep(_entry: object) -> None:
        field.mark_saved()
        field.state.show_quiet()

    field.committed.connect(keep)


class FieldGrid(QWidget):
    """Fields in the order of reading, two in a row where there is room."""

    def __init__(self, *fields: QWidget) -> None:
        super().__init__()
        self._fields = fields
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(tokens.GROUP)
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        columns = 2 if self.width() >= look().px(_TWO_FIELDS) else 1
        if columns == self._columns:
            return
        self._columns = columns
        for place, field in enumerate(self._fields):
            self._grid.addWidget(field, *divmod(place, columns), Qt.AlignmentFlag.AlignTop)
        for column in range(2):
            self._grid.setColumnStretch(column, int(column < columns))
