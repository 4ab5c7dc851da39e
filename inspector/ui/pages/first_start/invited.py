"""An invitation at the first start: its code is typed, then it says who one is and what one is invited to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.domain.invitation import Guest, Invitation
from inspector.ui import tokens
from inspector.ui.keys import is_enter
from inspector.ui.language import Words, tr
from inspector.ui.pages.flow import Flow
from inspector.ui.widgets.button import Button
from inspector.ui.widgets.field import TextField
from inspector.ui.widgets.pick_field import Choice, PickField
from inspector.ui.widgets.text import Text


class InvitedPart(QWidget):
    """Hidden until a file was chosen. ``open_`` gets the file and the code; ``chosen`` the guest somebody is."""

    def __init__(
        self, open_: Callable[[Path, str], object], leave: Callable[[], object], chosen: Callable[[Guest], object]
    ) -> None:
        super().__init__()
        self.invitation: Invitation | None = None
        self._file = Path()
        self._open = open_
        self._chosen = chosen
        self._file_words = Text(tone="text2", wrap=True)
        self.code = TextField(tr("Mã mở giấy mời"))
        self.code.state.hide()
        self.code.set_help(tr("Bốn nhóm, mỗi nhóm bốn ký tự"))
        self.code.editor.typed.connect(self.code.clear_problem)
        self.code.editor.installEventFilter(self)
        self.said = Text(wrap=True)
        self.who = PickField(tr("Máy này là của"), [])
        self.who.state.hide()
        self.who.committed.connect(lambda _entry: self._take_guest())
        self.opens = Button(tr("Mở giấy mời này"), self._try)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(tokens.GAP)
        self.leaves = Button(tr("Bỏ giấy mời"), leave)
        for part in (self._file_words, self.code, self.said, self.who, Flow(self.opens, self.leaves)):
            rows.addWidget(part)
        self.hide()

    @property
    def is_waiting(self) -> bool:
        """A file was chosen and not opened yet."""
        return not self.isHidden() and self.invitation is None

    def ask(self, file: Path) -> None:
        """The code of this file is wanted."""
        self._file, self.invitation = file, None
        self._file_words.say(tr("Giấy mời: {file}", file=file.name))
        self.code.clear_problem()
        self._show(opened=False)
        self.show()
        self.code.setFocus()

    def refuse(self, reason: Words) -> None:
        self.code.show_problem(reason)
        self.code.setFocus()

    def show_invitation(self, invitation: Invitation) -> None:
        self.invitation = invitation
        titles = "; ".join(door.title for door in invitation.doors if door.kind == "inspection")
        name: Words = tr("một máy dự phòng") if invitation.spare else invitation.guest.name
        self.said.say(tr("{by} mời {name} vào: {titles}", by=invitation.by.name, name=name, titles=titles))
        self.who.offer([Choice(guest.id, guest.name) for guest in invitation.team])
        self._show(opened=True)

    def forget(self) -> None:
        self.invitation = None
        self.code.turn_to("")
        self.hide()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Enter in the code opens the invitation."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and is_enter(event):
            self._try()
            return True
        return False

    def _try(self) -> None:
        self.code.finish()
        if self.code.text().strip():
            self._open(self._file, self.code.text())
        else:
            self.refuse(tr("Gõ mã mở trước"))

    def _take_guest(self) -> None:
        team = self.invitation.team if self.invitation is not None else ()
        for guest in team:
            if guest.id == self.who.key():
                self._chosen(guest)

    def _show(self, *, opened: bool) -> None:
        for part in (self.code, self.opens):
            part.setVisible(not opened)
        self.said.setVisible(opened)
        spare = self.invitation is not None and self.invitation.spare and bool(self.invitation.team)
        self.who.setVisible(opened and spare)
