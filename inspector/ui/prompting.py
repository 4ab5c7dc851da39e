"""Asking a person something: one door for every question, so that tests answer from a script and no screen blocks.

Nothing here waits in a loop of its own: the answer comes back through ``then``, which is not called for a refusal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.editing import finish_editing
from inspector.ui.language import Words, tr
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.field import TextArea
from inspector.ui.widgets.text import Text

_REASON = 128
"""Height of the field of a reason: four lines."""


@dataclass(frozen=True)
class Question:
    """``head`` is the question, ``line`` what will happen, ``act`` the words of the button that does it."""

    head: Words
    line: Words
    act: Words
    grave: bool = False
    """Something is taken away: the button warns."""


@dataclass(frozen=True)
class FileQuestion:
    """``kinds`` maps the words for a kind of file to its patterns: ``{tr("Ảnh"): ("*.jpg", "*.png")}``."""

    head: Words
    kinds: tuple[tuple[Words, tuple[str, ...]], ...] = ()
    start: Path = field(default_factory=Path)
    """A folder, or for saving the proposed file."""


class Prompter(Protocol):
    """Who asks. Screens get one; they open no box themselves."""

    def tell(self, head: Words, line: Words) -> None:
        """Say something that has to be acknowledged; rarely right, a banner mostly is."""

    def confirm(self, question: Question, then: Callable[[], object]) -> None: ...

    def ask_reason(self, question: Question, then: Callable[[str], object]) -> None:
        """``then`` gets the reason, which is never blank."""

    def choose_files(self, question: FileQuestion, then: Callable[[list[Path]], object]) -> None: ...

    def choose_folder(self, question: FileQuestion, then: Callable[[Path], object]) -> None: ...

    def choose_target(self, question: FileQuestion, then: Callable[[Path], object]) -> None:
        """Where to write a file; the system has asked about one that exists."""


class WindowPrompter:
    """Asks with dialogs over a window."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def tell(self, head: Words, line: Words) -> None:
        AskDialog(Question(head, line, tr("Đã rõ")), self._window, can_refuse=False).open()

    def confirm(self, question: Question, then: Callable[[], object]) -> None:
        dialog = AskDialog(question, self._window)
        dialog.accepted.connect(lambda: then())
        dialog.open()

    def ask_reason(self, question: Question, then: Callable[[str], object]) -> None:
        dialog = ReasonDialog(question, self._window)
        dialog.accepted.connect(lambda: then(dialog.reason()))
        dialog.open()

    def choose_files(self, question: FileQuestion, then: Callable[[list[Path]], object]) -> None:
        dialog = self._files(question, QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
        dialog.open()

    def choose_folder(self, question: FileQuestion, then: Callable[[Path], object]) -> None:
        dialog = self._files(question, QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.open()

    def choose_target(self, question: FileQuestion, then: Callable[[Path], object]) -> None:
        dialog = self._files(question, QFileDialog.FileMode.AnyFile)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(question.start.name)
        if question.kinds:
            dialog.setDefaultSuffix(question.kinds[0][1][0].removeprefix("*."))
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.open()

    def _files(self, question: FileQuestion, mode: QFileDialog.FileMode) -> QFileDialog:
        finish_editing()
        folder = question.start if question.start.is_dir() else question.start.parent
        dialog = QFileDialog(self._window, str(question.head), str(folder))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(mode)
        dialog.setNameFilters([f"{words} ({' '.join(patterns)})" for words, patterns in question.kinds])
        return dialog


class AskDialog(QDialog):
    """A question over the window: what will happen, *Hủy* with Esc, and one act. Enter never answers by accident: the
    focus starts on *Hủy* where something would be taken away.
    """

    def __init__(self, question: Question, window: QWidget | None = None, *, can_refuse: bool = True) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(str(question.head))
        self.setProperty("ground", "surface")
        kind = Kind.DANGER if question.grave else Kind.PRIMARY
        self.act = Button(question.act, self._try, kind=kind, height=tokens.MAIN_CONTROL)
        self.refuse = Button(tr("Hủy"), self.reject, keys="Esc", height=tokens.MAIN_CONTROL)
        self.refuse.setVisible(can_refuse)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(tokens.EDGE, tokens.EDGE, tokens.EDGE, tokens.EDGE)
        self.rows.setSpacing(tokens.GROUP)
        self.rows.addWidget(Text(question.head, size=Size.HEAD, weight=Weight.STRONG, wrap=True))
        self.rows.addWidget(Text(question.line, wrap=True))
        self._add_middle()
        self.rows.addLayout(self._buttons())
        self.setFixedWidth(self._width(window))
        (self.refuse if question.grave and can_refuse else self.act).setFocus()

    def _add_middle(self) -> None:
        """Where a dialog that asks for more puts it."""

    def _try(self) -> None:
        self.accept()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(tokens.GROUP)
        row.addStretch(1)
        row.addWidget(self.refuse)
        row.addWidget(self.act)
        return row

    @staticmethod
    def _width(window: QWidget | None) -> int:
        wanted = look().px(tokens.DIALOG)
        return wanted if window is None else max(look().px(320), min(wanted, window.width() - 2 * tokens.EDGE))


class ReasonDialog(AskDialog):
    """One sentence what will happen, and the reason that goes into the record."""

    def __init__(self, question: Question, window: QWidget | None = None) -> None:
        self.field = TextArea(tr("Lý do"))
        super().__init__(question, window)
        self.field.setFocus()

    def reason(self) -> str:
        return self._reason

    def _add_middle(self) -> None:
        self._reason = ""
        self.field.setMaximumHeight(look().px(_REASON))
        self.field.committed.connect(self._keep)
        self.rows.addWidget(self.field)

    def _keep(self, entry: object) -> None:
        self._reason = getattr(entry, "text", "").strip()
        self.field.state.show_quiet()

    def _try(self) -> None:
        self.field.finish()
        if self._reason:
            self.accept()
        else:
            self.field.show_problem(tr("Ghi lý do trước; lý do được lưu vào hồ sơ của cuộc kiểm tra"))
            self.field.setFocus()
