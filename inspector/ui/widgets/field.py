"""The field: a label, an editor, and the truth about what was typed into it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from inspector.domain.text import clean
from inspector.ui import tokens
from inspector.ui.editing import AreaEditor, Draft, Editor, LineEditor, settle
from inspector.ui.language import Phrase, Words, tr
from inspector.ui.theme import restyle
from inspector.ui.widgets.labelled import Labelled


@dataclass(frozen=True)
class Entry:
    """What leaving a field commits: the text in NFC, its meaning, and what the author saw when editing began."""

    text: str
    value: object
    seen: object


@dataclass(frozen=True)
class Reading:
    """What a text means to its field: the value, and the text it is shown as once the field was left."""

    value: object
    shown: str


class Field(Labelled):
    """Shows a value, takes a text, and commits it when it is left: never by a timer, never while a word is composed.

    The screen calls ``show_value``; the field answers ``committed`` with an ``Entry``, and the screen says how that
    ended: ``mark_saved``, then ``show_value`` with what is stored now, or ``mark_unsaved``. Meanwhile ``drafted`` hands
    out a ``Draft`` at most a second old, and None when there is nothing to keep any more. ``began`` says that editing
    began.
    """

    committed = Signal(object)
    drafted = Signal(object)
    began = Signal()

    def __init__(self, words: Words, editor: Editor, *, limit: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(words, editor, grows=isinstance(editor, AreaEditor), parent=parent)
        self.editor = editor
        self.seen: object = None
        self._limit = limit
        self._stored = ""  # what the last change set, or the screen, said
        self._base = ""  # what counts as committed: differs from the stored text while a save is under way
        self._shown = ""  # how the committed text is written once the caret is gone
        self._saving = False
        self._began = False
        self._replacing = False
        self._waiting: tuple[str, object] | None = None
        self._draft_timer = QTimer(self, singleShot=True, interval=tokens.DRAFT_MS)
        self._draft_timer.timeout.connect(self._hand_out_draft)
        editor.is_dirty = self.is_dirty
        editor.typed.connect(self._on_typed)
        editor.left.connect(self._on_left)
        self.state.clicked.connect(self.finish)

    def text(self) -> str:
        """The text that stands in the field, without a word still being composed."""
        return self.editor.raw()

    def is_dirty(self) -> bool:
        """Something stands here that was not committed."""
        return self.editor.raw() != self._base or bool(self.editor.preedit)

    def show_value(self, text: str, seen: object = None) -> bool:
        """Show what is stored, and remember what its author will have seen.

        A field that has the caret, or something unsaved, is left alone and False is returned: an untouched one shows
        the new value when the caret leaves, a touched one goes on with what it saw when editing began.
        """
        if self.is_dirty() or self._saving or (self.editor.hasFocus() and text != self._base):
            self._waiting = (text, seen)
            return False
        self.seen, self._waiting = seen, None
        self._stored = text
        if text != self._base:
            self._replace(text)
            self.state.show_quiet()
        self.clear_problem()
        return True

    def turn_to(self, text: str, seen: object = None) -> None:
        """Show another value than before, of another record. What was typed has been committed by ``finish``, or is
        kept as a draft by the screen: it is not shown any more.
        """
        self._draft_timer.stop()
        self._stored, self.seen, self._waiting, self._saving = text, seen, None, False
        self._replace(text)
        self.clear_problem()
        self.state.show_quiet()

    def finish(self) -> None:
        """Commit what was typed, as leaving does: settle the composed word, read the text, hand it over."""
        settle(self.editor)
        if not self.is_dirty() or self.is_read_only():
            return
        text = self._tidy(self.editor.raw())
        reading = self._read(text)
        if isinstance(reading, Phrase):
            self.show_problem(reading)
            self.state.show_unsaved(reading, can_retry=False)
            self._hand_out_draft()
            return
        self._draft_timer.stop()
        self.clear_problem()
        self._base, self._shown = self.editor.raw(), reading.shown
        self._saving, self._began, self._waiting = True, False, None
        self.editor.forget_history()
        self.state.show_saving()
        self.committed.emit(Entry(text, reading.value, self.seen))

    def mark_saved(self, at: datetime | None = None) -> None:
        """The change set is committed. What was typed since is not, and the state goes on saying so."""
        self._saving, self._stored, self._waiting = False, self._shown, None
        if self.is_dirty():
            return
        self.state.show_saved(at)
        self.drafted.emit(None)

    def mark_unsaved(self, reason: Words, *, can_retry: bool = True) -> None:
        """The last commit failed: the text stays on the screen and as a draft, and counts as uncommitted again."""
        self._saving, self._base = False, self._stored
        self.state.show_unsaved(reason, can_retry=can_retry)
        self._hand_out_draft()

    def restore(self, draft: Draft) -> None:
        """Bring back what was being typed when the program ended; it is committed by leaving, like anything typed."""
        self.editor.put(draft.text, draft.cursor)

    def drop(self) -> None:
        """Give up what was typed and show what is stored."""
        self._draft_timer.stop()
        text, self.seen = self._waiting or (self._stored, self.seen)
        self._stored, self._waiting, self._saving = text, None, False
        self._replace(text)
        self.clear_problem()
        self.state.show_quiet()
        self.drafted.emit(None)

    def set_read_only(self, reason: Words = "") -> None:
        """Text may be read, marked and copied; ``reason`` stands under the field."""
        self.editor.setReadOnly(True)
        self.set_help(reason)
        restyle(self.editor)

    def is_read_only(self) -> bool:
        return self.editor.isReadOnly()

    # -------------------------------------------------------- for the kinds of fields

    def _tidy(self, raw: str) -> str:
        """The text as it is committed; nothing of this happens while somebody types."""
        text = clean(raw)
        return " ".join(text.split("\n")) if isinstance(self.editor, LineEditor) else text

    def _read(self, text: str) -> Reading | Phrase:
        """What the text means, or a sentence that says why it means nothing."""
        return Reading(text, text)

    # -------------------------------------------------------- inside

    def _replace(self, text: str) -> None:
        self._replacing, self._began = True, False
        self.editor.put(text)
        # What Qt makes of the text counts, or a value it shows differently would look edited.
        self._base = self._shown = self.editor.raw()
        self._replacing = False
        self._show_count()

    def _on_typed(self) -> None:
        if self._replacing:
            return
        self._show_count()
        if self.is_dirty():
            if not self._began:
                self._began = True
                self.began.emit()
            self.state.show_typing()
            if not self._draft_timer.isActive():
                self._draft_timer.start()
        elif self._began:
            self._began = False
            self._draft_timer.stop()
            self.state.show_quiet()
            self.drafted.emit(None)

    def _on_left(self) -> None:
        self.finish()
        if self.is_dirty():
            return
        if self._shown != self._base:
            self._replace(self._shown)
        if self._waiting is not None and not self._saving:
            text, seen = self._waiting
            self.show_value(text, seen)

    def _hand_out_draft(self) -> None:
        self.drafted.emit(self.editor.draft())

    def _show_count(self) -> None:
        length = len(self.editor.raw())
        if self._limit and length > self._limit:
            self.note.show_count(tr("{length}/{limit} ký tự, nên rút gọn", length=length, limit=self._limit))
        else:
            self.note.show_count("")


class TextField(Field):
    """One line of text. A count appears only above ``limit`` characters; nothing is ever cut off.

    ``icon`` and ``keys`` stand in the field, as in one that filters a list.
    """

    def __init__(
        self, words: Words, *, limit: int = 0, icon: str = "", keys: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(words, LineEditor(icon=icon, keys=keys), limit=limit, parent=parent)


class TextArea(Field):
    """Several lines of text; takes the height that is left over. ``limit`` as in ``TextField``."""

    def __init__(self, words: Words, *, limit: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(words, AreaEditor(), limit=limit, parent=parent)
