"""Hoàn tác and Làm lại with the names of what they take back, and the toast that offers them."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from inspector.ui.actions import Act, Acts
from inspector.ui.language import Words, tr
from inspector.ui.session import Done, Session
from inspector.ui.widgets.news import Toast


class TakingBack(QObject):
    """Follows the session: its last act stands in the toast, its names in the words of the two acts."""

    def __init__(self, session: Session, acts: Acts, toast: Toast, owner: QWidget) -> None:
        super().__init__(owner)
        self._session = session
        self._toast = toast
        self._undo = acts.bind("undo", session.undo, owner)
        self._redo = acts.bind("redo", session.redo, owner)
        self._redoable: Done | None = None
        self._undoable: Done | None = None
        session.done.connect(self._follow)
        self._name()

    def _follow(self, done: Done | None) -> None:
        session = self._session
        if done is not None:
            self._offer(done.words, self._undo, tr("Hoàn tác"))
        elif session.redoable is not None and session.redoable is not self._redoable:
            self._offer(tr("Đã hoàn tác: {what}", what=session.redoable.words), self._redo, tr("Làm lại"))
        elif session.undoable is not None and session.undoable is not self._undoable:
            self._offer(tr("Đã làm lại: {what}", what=session.undoable.words), self._undo, tr("Hoàn tác"))
        else:
            self._toast.hide()
        self._redoable, self._undoable = session.redoable, session.undoable
        self._name()

    def _offer(self, words: Words, act: Act, way: Words) -> None:
        self._toast.tell(words, act=way, keys=act.caps[0], run=act.trigger)

    def _name(self) -> None:
        undoable, redoable = self._session.undoable, self._session.redoable
        if undoable is not None:
            self._undo.open()
            self._undo.say(tr("Hoàn tác: {what}", what=undoable.words))
        else:
            self._undo.say(self._undo.command.words)
            self._undo.close(tr("Chưa có việc nào để hoàn tác"))
        if redoable is not None:
            self._redo.open()
            self._redo.say(tr("Làm lại: {what}", what=redoable.words))
        else:
            self._redo.say(self._redo.command.words)
            self._redo.close(tr("Chưa có việc nào để làm lại"))
