"""Long work that is going on: what it is, how far it is, and the way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.actions import Acts
from inspector.ui.language import tr
from inspector.ui.session import Job
from inspector.ui.shell.job_bar import JobBar
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import ActionButton, Kind
from inspector.ui.widgets.text import CutText, Text

_SHOWN_AFTER_MS = 300


class JobsStrip(QWidget):
    """A row for each job over the foot of the window. What is done within a blink is not shown."""

    def __init__(self, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._acts = acts
        self.jobs: list[Job] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.hide()

    def follow(self, job: Job) -> None:
        row = JobRow(job, self._acts, self)
        row.hide()
        self._rows.addWidget(row)
        self.jobs.append(job)
        waiting = QTimer(row, singleShot=True, interval=_SHOWN_AFTER_MS)
        waiting.timeout.connect(row.show)
        waiting.timeout.connect(self.show)
        waiting.start()
        job.ended.connect(lambda: self._end(job, row))

    def _end(self, job: Job, row: JobRow) -> None:
        if job in self.jobs:
            self.jobs.remove(job)
        if row.isAncestorOf(self.focusWidget() or self):
            self.focusNextChild()
        row.hide()
        row.setParent(None)
        row.deleteLater()
        self.setVisible(any(not shown.isHidden() for shown in self.findChildren(JobRow)))


class JobRow(QWidget):
    """One job: words, bar, figures, stop. Esc stops it while the focus is here."""

    def __init__(self, job: Job, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job = job
        self._words = CutText(job.words, weight=Weight.MEDIUM)
        self._bar = JobBar()
        self._figures = Text(size=Size.META, tone="text2")
        self._stop = acts.bind("stop-job", self._cancel, owner=self, words=tr("Dừng"))
        self._button = ActionButton(self._stop, kind=Kind.NORMAL, height=tokens.SMALL_CONTROL)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.GROUP, tokens.GAP, tokens.GROUP, tokens.GAP)
        row.setSpacing(tokens.GROUP)
        row.addWidget(self._words, 2)
        row.addWidget(self._bar, 1)
        row.addWidget(self._figures)
        row.addWidget(self._button)
        job.progressed.connect(self._show)

    def _show(self, done: int, total: int) -> None:
        self._bar.show_share(done, total)
        if not self._job.is_cancelled():
            self._figures.say(tr("{done}/{total}", done=done, total=total) if total else "")

    def _cancel(self) -> None:
        self._job.cancel()
        self._figures.say(tr("Đang dừng…"))
        self._stop.close(tr("Đang dừng, đợi bước đang làm xong"))
