"""Commands that can be done now: one ``Act`` feeds the key, the buttons, the hints of the foot and the palette."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from inspector.ui.commands import COMMANDS, Command, Focus, Place, cap, sequences
from inspector.ui.editing import finish_editing
from inspector.ui.language import Words


class Act(QAction):
    """A command bound to what does it. Its words may say more than the command's, such as what would be undone."""

    def __init__(self, command: Command, owner: QWidget, run: Callable[[], object] | None) -> None:
        super().__init__(owner)
        self.command = command
        self.owner = owner
        self.words: Words = command.words
        self.hint: Words | None = command.hint
        self.reason: Words = ""
        self._run = run
        self.setObjectName(command.id)
        self.say(command.words)
        self.triggered.connect(self._do)
        if not command.native:
            self.setShortcuts(sequences(command.keys))
            self.setShortcutContext(_context(command, owner))
            owner.addAction(self)

    @property
    def caps(self) -> tuple[str, ...]:
        """The caps of its keys, as they are shown."""
        return tuple(cap(key) for key in self.command.keys)

    def say(self, words: Words) -> None:
        self.words = words
        self.setText(str(words).replace("&", "&&"))

    def close(self, reason: Words) -> None:
        """Cannot be done now; whoever shows the act shows the reason beside it."""
        self.reason = reason
        self.setEnabled(False)

    def open(self) -> None:
        self.reason = ""
        self.setEnabled(True)

    def turn(self, why_closed: Words) -> None:
        """Closed with this reason, open where there is none."""
        if str(why_closed):
            self.close(why_closed)
        else:
            self.open()

    def _do(self) -> None:
        if self._run is None:
            return
        if not self.command.keeps_editing:
            finish_editing()
        self._run()


class Acts(QObject):
    """The acts of one window. ``turned`` comes where one of them was opened or closed."""

    turned = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._acts: list[Act] = []
        window.installEventFilter(self)

    def bind(
        self, command_id: str, run: Callable[[], object], owner: QWidget, words: Words = "", hint: Words = ""
    ) -> Act:
        """The command does ``run`` while the focus is in ``owner``, or in its window for commands of everywhere.

        Before, the field with the caret is left and its text committed. Binding a second act to a key that is already
        in force there raises ``ValueError``: Qt would do neither. ``words`` and ``hint`` say it for this place.
        """
        command = COMMANDS[command_id]
        if command.native:
            raise ValueError(f"{command_id} is done by the widget itself")
        act = self._add(Act(command, owner, run), words)
        act.hint = hint or act.hint
        return act

    def name(self, command_id: str, owner: QWidget, words: Words = "") -> Act:
        """Name a command that ``owner`` does by itself, for hints."""
        return self._add(Act(COMMANDS[command_id], owner, None), words)

    def all(self) -> list[Act]:
        """In the order of binding; closed ones are among them with their reason."""
        # Pages come and go, and their acts with them.
        self._acts = [act for act in self._acts if shiboken6.isValid(act)]
        return list(self._acts)

    def find(self, command_id: str) -> Act | None:
        """The act bound first to a command; None where nobody bound it."""
        return next((act for act in self.all() if act.command.id == command_id), None)

    def trigger(self, command_id: str) -> None:
        """What the key of the command would do; nothing where nobody bound it."""
        if (act := self.find(command_id)) is not None:
            act.trigger()

    def in_force(self, focus: QWidget | None) -> list[Act]:
        """The acts whose keys count while this widget has the focus; the nearest owner first."""
        near = {id(widget): distance for distance, widget in enumerate(_ancestors(focus))}
        # What belongs to a page that is not shown has no key, wherever the focus is.
        general = {id(act) for act in self.all() if _is_general(act) and act.owner.isVisible()}
        found = [act for act in self.all() if act.isVisible() and (id(act.owner) in near or id(act) in general)]
        return sorted(found, key=lambda act: near.get(id(act.owner), len(near)))

    def hints(self, focus: QWidget | None) -> list[Act]:
        """What the status bar names: the acts in force that have a hint and can be done, each key once."""
        hinted = [act for act in self.in_force(focus) if act.hint is not None and act.isEnabled()]
        nearest: dict[tuple[str, ...], Act] = {}
        for act in hinted:
            nearest.setdefault(act.command.keys, act)
        return list(nearest.values())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LanguageChange:
            for act in self.all():
                act.say(act.words)
        return False

    def _add(self, act: Act, words: Words) -> Act:
        for other in self.all():
            if other.owner is act.owner and {*other.command.keys} & {*act.command.keys}:
                act.deleteLater()
                raise ValueError(f"{act.command.id} and {other.command.id} have the same key in one place")
        if words:
            act.say(words)
        self._acts.append(act)
        act.enabledChanged.connect(self.turned)
        return act


def _is_general(act: Act) -> bool:
    return act.command.place is Place.EVERYWHERE and act.command.focus is Focus.ANY


def _context(command: Command, owner: QWidget) -> Qt.ShortcutContext:
    if command.focus in (Focus.LIST, Focus.TABLE):
        return Qt.ShortcutContext.WidgetShortcut
    if command.place is Place.EVERYWHERE or owner.isWindow():
        return Qt.ShortcutContext.WindowShortcut
    return Qt.ShortcutContext.WidgetWithChildrenShortcut


def _ancestors(widget: QWidget | None) -> list[QWidget]:
    found = []
    while widget is not None:
        found.append(widget)
        widget = widget.parentWidget()
    return found
