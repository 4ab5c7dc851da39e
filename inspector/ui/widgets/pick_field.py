"""Choosing from a list: a field that opens its choices, and one that finds among many by what is typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QWidget

from inspector.ui.language import Words, mark_content
from inspector.ui.painting import paint_pixmap
from inspector.ui.theme import look
from inspector.ui.widgets.field import Entry
from inspector.ui.widgets.labelled import Labelled


@dataclass(frozen=True)
class Choice:
    """``key`` is what is stored, ``words`` what is shown, ``detail`` tells it from others of the same name."""

    key: str
    words: Words
    detail: Words = ""


class PickField(Labelled):
    """One of a few choices; F4 or Alt+↓ opens them. ``committed``, ``mark_saved`` and ``mark_unsaved`` as in ``Field``.

    A choice from the open list is committed at once; one made with the arrow keys when the field is left, so that
    passing over three choices does not write three.
    """

    committed = Signal(object)

    def __init__(self, words: Words, choices: Sequence[Choice] = (), *, parent: QWidget | None = None) -> None:
        self.picker = Picker()
        super().__init__(words, self.picker, parent=parent)
        self.seen: object = None
        self._choices: tuple[Choice, ...] = ()
        self._stored: str | None = None
        self._base: str | None = None
        self.picker.activated.connect(self._on_activated)
        self.picker.left.connect(self.finish)
        self.state.clicked.connect(self.finish)
        self.offer(choices)

    def offer(self, choices: Sequence[Choice]) -> None:
        """The choices from now on; the chosen one stays chosen if it is still among them."""
        kept, was_dirty = self.key(), self.is_dirty()
        self._choices = tuple(choices)
        mark_content(self.picker, choices[0].words if choices else "")
        self.picker.clear()
        for choice in self._choices:
            self.picker.addItem(said(choice), choice.key)
        self._select(kept)
        if not was_dirty:  # what is offered no more was not taken away by the person
            self._base = self.key()

    @property
    def choices(self) -> tuple[Choice, ...]:
        return self._choices

    def key(self) -> str | None:
        """The key of what is chosen, or None."""
        found = self.picker.currentData()
        return found if isinstance(found, str) else None

    def is_dirty(self) -> bool:
        return self.key() != self._base

    def show_value(self, key: str | None, seen: object = None) -> bool:
        """As ``Field.show_value``; a key that is not among the choices shows nothing chosen."""
        if self.is_dirty():
            return False
        self._stored = self._base = key
        self.seen = seen
        self._select(key)
        self._base = self.key()
        return True

    def finish(self) -> None:
        if not self.is_dirty():
            return
        self._base = self.key()
        self.clear_problem()
        self.state.show_saving()
        self.committed.emit(Entry(self.picker.currentText(), self._base, self.seen))

    def mark_saved(self, at: datetime | None = None) -> None:
        self._stored = self._base
        self.state.show_saved(at)

    def mark_unsaved(self, reason: Words, *, can_retry: bool = True) -> None:
        self._base = self._stored
        self.state.show_unsaved(reason, can_retry=can_retry)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            for place, choice in enumerate(self._choices):
                self.picker.setItemText(place, said(choice))

    def _on_activated(self) -> None:
        if self.picker.was_open:
            self.finish()

    def _select(self, key: str | None) -> None:
        keys = [choice.key for choice in self._choices]
        self.picker.setCurrentIndex(keys.index(key) if key in keys else -1)


class Picker(QComboBox):
    """The box itself. The wheel scrolls the page over it and never changes what was chosen."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.was_open = False
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setMaxVisibleItems(12)
        # The delegate of boxes does not ask the style sheet for the height of rows; this one does.
        self.setItemDelegate(QStyledItemDelegate(self))

    def showPopup(self) -> None:
        self.was_open = True
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.was_open = False
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason):
            self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side, edge = look().px(16), look().px(8)
        painter = QPainter(self)
        box = QRect(self.width() - side - edge, (self.height() - side) // 2, side, side)
        paint_pixmap(painter, "chevron-down", look().colour("text2" if self.isEnabled() else "disabled"), box)
        painter.end()


def said(choice: Choice) -> str:
    return f"{choice.words} – {choice.detail}" if choice.detail else str(choice.words)
