"""Editors of text under the rules of ``docs/decisions/014-what-a-field-promises.md``: typing is never touched.

An editor knows the word that is still being composed, lets keys of the window pass, and leaves Ctrl+Z to the window
as soon as nothing in it is uncommitted. It never writes into itself while it has the caret.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QMimeData, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from inspector.ui import tokens
from inspector.ui.commands import COMMANDS, Focus, sequences
from inspector.ui.input_method import settle_composition
from inspector.ui.keys import is_enter
from inspector.ui.language import Words
from inspector.ui.painting import cap_height, cap_width, paint_cap, paint_pixmap
from inspector.ui.theme import look
from inspector.ui.tokens import Size


@dataclass(frozen=True)
class Draft:
    """What stands in a field that was not committed: the text with the word being composed in its place."""

    text: str
    cursor: int


@runtime_checkable
class Finishable(Protocol):
    """Something that commits what was typed into it when it is left: a field, or the editor of a cell."""

    def finish(self) -> None: ...


def finish_editing() -> None:
    """Commit the field that has the caret, as leaving it would. Before every act, exchange, freeze and close."""
    widget = QApplication.focusWidget()
    while widget is not None:
        if isinstance(widget, Finishable):
            widget.finish()
            return
        widget = widget.parentWidget()


def never() -> bool:
    return False


if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object


class _Typing(_Widget):
    """The manners both editors share; comes before Qt's class in the order of bases."""

    preedit = ""
    is_dirty: Callable[[], bool] = staticmethod(never)
    keeps_caret = False
    """The caret was put somewhere on purpose; coming in leaves it there, once."""
    is_fresh = True
    """Nobody was in since the text was shown: a window that opens with the caret here counts as coming in."""
    typed: ClassVar[Signal]
    left: ClassVar[Signal]

    @abstractmethod
    def raw(self) -> str:
        """The text as it stands there, without the word being composed."""

    @abstractmethod
    def caret(self) -> int:
        """How many characters stand before the caret."""

    @abstractmethod
    def come_in(self) -> None:
        """Place the caret for somebody who comes in by key."""

    def draft(self) -> Draft:
        """The text with the composed word in its place; asks nothing of the input method and changes nothing."""
        text, place = self.raw(), self.caret()
        return Draft(text[:place] + self.preedit + text[place:], place + len(self.preedit))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.preedit = event.preeditString()
        super().inputMethodEvent(event)
        self.typed.emit()

    def event(self, event: QEvent) -> bool:
        override = event.type() is QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and self._is_for_window(event):
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_for_window(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        opened = self.is_fresh and event.reason() == Qt.FocusReason.ActiveWindowFocusReason
        if (event.reason() in _COMING_IN or opened) and not self.keeps_caret:
            self.come_in()
        self.is_fresh = self.keeps_caret = False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # Menus and popups of the field itself only borrow the focus.
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason):
            self.left.emit()

    def _is_for_window(self, event: QKeyEvent) -> bool:
        """Whether the key means an act of the window although an editor has the focus."""
        if event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo):
            return not self.is_dirty() and not self.preedit
        if event.matches(QKeySequence.StandardKey.Paste):
            return _is_attachment(QGuiApplication.clipboard().mimeData())
        return QKeySequence(event.keyCombination()).toString() in _window_keys()


class LineEditor(_Typing, QLineEdit):
    """One line. ``typed`` follows every change, that of the composed word included; ``left`` when the caret goes.

    It may carry an icon before the text, and after it a key cap or a unit, such as *ngày làm việc*. ``icon_pressed``
    is for the mouse; a key has to do the same. ``selects_all``: coming in by key marks the text, for short values.
    """

    typed = Signal()
    left = Signal()
    icon_pressed = Signal()

    def __init__(
        self,
        *,
        icon: str = "",
        keys: str = "",
        unit: Words = "",
        selects_all: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._keys, self._unit = icon, keys, unit
        self.selects_all = selects_all
        self.setMaxLength(2**30)
        self.textChanged.connect(self.typed)
        self._make_room()

    def raw(self) -> str:
        return self.text()

    def caret(self) -> int:
        return self.cursorPosition()

    def put(self, text: str, cursor: int | None = None) -> None:
        """Show a text; what could be undone before is forgotten. Only while nobody is typing here."""
        self.setText(text)
        self.is_fresh, self.keeps_caret = cursor is None, cursor is not None
        if cursor is not None:
            self.setCursorPosition(min(cursor, len(text)))
        elif not self.hasFocus():
            self.setCursorPosition(0)

    def come_in(self) -> None:
        # Marking everything, as Qt does, lets the first letter replace a whole text.
        if self.selects_all:
            self.selectAll()
        else:
            self.deselect()
            self.end(False)

    def forget_history(self) -> None:
        place, start, length = self.cursorPosition(), self.selectionStart(), self.selectionLength()
        self.setText(self.text())
        self.setCursorPosition(place)
        if length:
            self.setSelection(start, length)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self._icon and event.position().x() < self.textMargins().left():
            self.icon_pressed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LanguageChange):
            self._make_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        edge, side = look().px(9), look().px(16)
        if self._icon:
            box = QRect(edge, (self.height() - side) // 2, side, side)
            paint_pixmap(painter, self._icon, look().colour("text2"), box)
        if self._keys:
            width = cap_width(self._keys)
            cap = QRectF(self.width() - edge - width, (self.height() - cap_height()) / 2, width, cap_height())
            colour = look().colour
            paint_cap(painter, self._keys, cap, ink=colour("text2"), edge=colour("line"), ground=colour("surface2"))
        elif self._unit:
            painter.setFont(look().font(Size.META))
            painter.setPen(look().colour("text2"))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self.rect().adjusted(0, 0, -edge, 0), right, str(self._unit))
        painter.end()

    def _make_room(self) -> None:
        """Keep the text clear of what stands in the field besides."""
        before = look().px(16 + tokens.GAP) if self._icon else 0
        after = 0
        if self._keys:
            after = cap_width(self._keys) + look().px(tokens.GAP)
        elif self._unit:
            words = QFontMetrics(look().font(Size.META)).horizontalAdvance(str(self._unit))
            after = words + look().px(tokens.GAP)
        self.setTextMargins(before, 0, after, 0)


class AreaEditor(_Typing, QPlainTextEdit):
    """Several lines; Tab goes on to the next field. Signals as ``LineEditor``."""

    typed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        # Lines are wrapped; laid out for a narrower width before, Qt may keep a bar for what fits by now.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self.typed)

    def raw(self) -> str:
        # Not toPlainText: that turns every no-break space into a plain one.
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def caret(self) -> int:
        return self.textCursor().position()

    def put(self, text: str, cursor: int | None = None) -> None:
        """Show a text; what could be undone before is forgotten. Only while nobody is typing here."""
        self.setPlainText(text)
        self.is_fresh, self.keeps_caret = cursor is None, cursor is not None
        if cursor is not None:
            place = self.textCursor()
            place.setPosition(min(cursor, len(self.raw())))
            self.setTextCursor(place)
        elif self.hasFocus():
            self.moveCursor(QTextCursor.MoveOperation.End)

    def come_in(self) -> None:
        self.moveCursor(QTextCursor.MoveOperation.End)

    def forget_history(self) -> None:
        self.document().clearUndoRedoStacks()


Editor = LineEditor | AreaEditor
_COMING_IN = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)


def settle(editor: Editor) -> None:
    """Put the composed word into the text, by the input method or, if that keeps silent, by ourselves."""
    if editor.hasFocus():
        settle_composition()
    if editor.preedit:
        taken = QInputMethodEvent("", [])
        taken.setCommitString(editor.preedit)
        QApplication.sendEvent(editor, taken)
        if editor.hasFocus():
            QGuiApplication.inputMethod().reset()


def _is_attachment(mime: QMimeData | None) -> bool:
    """A picture or files on the clipboard become attachments; the names of the files are no text to be typed."""
    if mime is None:
        return False
    return any(url.isLocalFile() for url in mime.urls()) or (mime.hasImage() and not mime.hasText())


@cache
def _window_keys() -> frozenset[str]:
    """The keys that mean the same wherever the focus is; several of them delete text where Qt has its way."""
    own = ("undo", "redo", "paste-picture")
    keys = [
        key
        for command in COMMANDS.values()
        for key in command.keys
        if command.focus is Focus.ANY and not command.native and command.id not in own
    ]
    return frozenset(found.toString() for found in sequences(keys))
