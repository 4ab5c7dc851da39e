"""What the team says to one another about an item or a finding: quiet, under everything else, never printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from inspector.domain.wording import short_moment
from inspector.services.comments import Comment, Subject, comments
from inspector.ui import tokens
from inspector.ui.editing import LineEditor
from inspector.ui.keys import is_enter
from inspector.ui.language import tr
from inspector.ui.pages.workspace.open_inspection import WHOLE, OpenInspection
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.field import Field
from inspector.ui.widgets.text import Text
from inspector.ui.writing import Appending, Post, Spot

COMMENT = "comment"
"""The entity, and what the field is called in places and drafts: it belongs to the record that is spoken of."""


class Talk(QWidget):
    """Turned to one record after the other with ``show_about``; keeps itself up to date. Also after the signature:
    nothing of it is in the minutes.

    Empty it is one line. The field comes with ``write`` and goes with the caret; Enter commits and keeps the caret.
    """

    def __init__(self, opened: OpenInspection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self._about: Subject | None = None
        self._inspection = ""
        self._found: Mapping[Subject, Sequence[Comment]] = {}
        self._lines: list[_Line] = []
        self.head = Text(tr("Trao đổi"), size=Size.META, weight=Weight.MEDIUM, tone="text2")
        self.button = Button(
            tr("Ghi trao đổi"), self.write, kind=Kind.QUIET, icon="message-square", height=tokens.SMALL_CONTROL
        )
        self.line = _CommentLine()
        self.field = Field(tr("Trao đổi trong Đoàn, không in vào biên bản"), self.line)
        self._writing = Appending(opened.session, self.field, _post)
        self._lay_out()
        self.line.entered.connect(self.field.finish)
        self.line.left.connect(self._fold_soon)
        self.button.released.connect(self._fold_soon)
        # What could not be saved comes back into a field that may be folded away by then.
        self.field.drafted.connect(self._fold_soon)
        opened.refreshed.connect(self._refresh)
        if opened.is_here:
            self._read()

    def show_about(self, entity: str, record: str) -> None:
        """Turn to an ``answer`` or a ``finding``; what was being typed about another is committed."""
        self._about = (entity, record)
        self._writing.show(Spot(self._opened.id, entity, record, COMMENT), "", ())
        self._show()

    def clear(self) -> None:
        """Nothing is shown; what was typed is committed."""
        self._about = None
        self._writing.clear()
        self._show()

    def write(self) -> None:
        """Put the caret into the field."""
        if self._about is None:
            return
        self.field.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._come_into_view()

    # -------------------------------------------------------- inside

    def _refresh(self, entities: frozenset[str]) -> None:
        if entities == WHOLE or COMMENT in entities:
            self._read()

    def _read(self) -> None:
        inspection = self._opened.id
        if inspection != self._inspection:
            self._inspection, self._found = inspection, {}
        self._opened.session.ask(
            lambda desk: comments(desk, inspection), lambda found: self._take(inspection, found), owner=self
        )

    def _take(self, inspection: str, found: Mapping[Subject, Sequence[Comment]]) -> None:
        if inspection == self._inspection:
            self._found = found
            self._show()

    def _show(self) -> None:
        shown = self._found.get(self._about, ()) if self._about is not None else ()
        while len(self._lines) < len(shown):
            line = _Line()
            self._lines.append(line)
            self._column.addWidget(line)
        for line, comment in zip(self._lines, shown, strict=False):
            line.show_comment(comment)
        for number, line in enumerate(self._lines):
            line.setVisible(number < len(shown))
        self.head.say(tr("Trao đổi ({count})", count=len(shown)) if shown else tr("Trao đổi"))
        self._fold()
        if self.line.hasFocus():
            self._come_into_view()

    def _fold_soon(self) -> None:
        """Not while the focus is on its way."""
        QTimer.singleShot(0, self, self._fold)

    def _fold(self) -> None:
        is_pressed = self.button.isDown()
        self.field.setVisible(self.line.hasFocus() or is_pressed or self.field.is_dirty())

    def _come_into_view(self) -> None:
        """Now, and once what was just shown has found its place."""
        scroll = self.parentWidget()
        while scroll is not None and not isinstance(scroll, QScrollArea):
            scroll = scroll.parentWidget()
        if scroll is not None:
            scroll.ensureWidgetVisible(self.field)
            QTimer.singleShot(0, self.field, lambda: scroll.ensureWidgetVisible(self.field))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(tokens.GAP)
        top.addWidget(self.head, 1)
        top.addWidget(self.button)
        self._column = QVBoxLayout()
        self._column.setSpacing(tokens.GAP)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(tokens.GAP)
        rows.addLayout(top)
        rows.addLayout(self._column)
        rows.addWidget(self.field)
        self.field.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class _Line(QWidget):
    """Who and when, and under it what was said."""

    def __init__(self) -> None:
        super().__init__()
        self._who = Text(size=Size.META, tone="text2", wrap=True)
        self._said = Text(wrap=True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._who)
        rows.addWidget(self._said)

    def show_comment(self, comment: Comment) -> None:
        when = short_moment(comment.at.astimezone()) if comment.at is not None else ""
        self._who.say(" – ".join(part for part in (comment.author or "…", when) if part))
        self._said.say(comment.text)


class _CommentLine(LineEditor):
    """``entered`` comes with Enter; the caret stays for the next one."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


def _post(spot: Spot, value: object) -> Post:
    given = {"entity": spot.entity, "subject": spot.record, "text": str(value)}
    return Post("add_comment", given, tr("Đã ghi trao đổi nội bộ"))
