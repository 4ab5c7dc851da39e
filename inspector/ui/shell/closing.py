"""Closing the window: nothing that was typed or asked for is lost, and nothing is stopped without a word."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.prompting import Question
from inspector.ui.shell.frame import Frame
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.text import Text

_COVER_AFTER_MS = 300


class Closing(QObject):
    """``may_close`` is asked by each try to close. Where it answers no, it closes the window by itself later, or has
    asked the person.
    """

    def __init__(self, window: QWidget, frame: Frame) -> None:
        super().__init__(frame)
        self._window = window
        self._frame = frame
        self._session = frame.session
        self._is_waiting = False
        self._may_lose = False
        self.cover = Cover(frame)
        self._timer = QTimer(self, singleShot=True, interval=_COVER_AFTER_MS)
        self._timer.timeout.connect(self.cover.show_over)
        self._session.saving.connect(self._look)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.commitDataRequest.connect(self.save_now)

    def may_close(self) -> bool:
        """Everything is on disk and nothing goes on; the field with the caret is committed first."""
        if self._is_waiting:
            return False
        self._frame.leave()
        if self._frame.jobs.jobs:
            self._ask_to_stop()
            return False
        if self._session.is_busy:
            self._wait(tr("Đang ghi nốt những gì vừa gõ…"))
            return False
        if self._session.unsaved and not self._may_lose:
            self._ask_to_lose()
            return False
        return True

    def save_now(self) -> None:
        """The person logs off: the system waits for this, and for nothing that comes after it."""
        self._frame.leave()
        while self._session.is_acting:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def _ask_to_stop(self) -> None:
        job = self._frame.jobs.jobs[0]
        head = tr("Đang làm dở: {work}", work=job.words)
        line = tr("Đóng bây giờ thì việc này dừng lại. Những gì đã báo lưu vẫn còn.")
        self._session.prompter.confirm(Question(head, line, tr("Dừng và đóng")), self._stop_jobs)

    def _stop_jobs(self) -> None:
        for job in self._frame.jobs.jobs:
            job.cancel()
        if self._session.is_busy:
            self._wait(tr("Đang dừng, đợi bước đang làm xong…"))
        else:
            self._close()

    def _ask_to_lose(self) -> None:
        count, reason = len(self._session.unsaved), next(iter(self._session.unsaved.values()))
        head = tr("Còn {count} chỗ chưa lưu được", count=count)
        line = tr("{reason} Đóng bây giờ có thể mất chữ ở những chỗ đó.", reason=reason)
        self._session.prompter.confirm(Question(head, line, tr("Vẫn đóng"), grave=True), self._lose)

    def _lose(self) -> None:
        self._may_lose = True
        self._close()

    def _close(self) -> None:
        """Not at once: this may still be inside the last try."""
        QTimer.singleShot(0, self._window, self._window.close)

    def _wait(self, words: Words) -> None:
        self._is_waiting = True
        self.cover.say(words)
        self._timer.start()
        self._frame.setEnabled(False)

    def _look(self) -> None:
        """A lane has come to rest: the window closes, unless something failed and has to be asked about."""
        if not self._is_waiting or self._session.is_busy:
            return
        self._is_waiting = False
        self._timer.stop()
        self.cover.hide()
        self._frame.setEnabled(True)
        self._close()


class Cover(QWidget):
    """Lies over the frame while the last things are written."""

    def __init__(self, frame: QWidget) -> None:
        super().__init__(frame)
        self._frame = frame
        self.setProperty("floats", True)
        self.setProperty("ground", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = Text(size=Size.TITLE, weight=Weight.STRONG, wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        line = Text(tr("Cửa sổ tự đóng khi mọi thứ đã ở trên đĩa."), tone="text2", wrap=True)
        line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(tokens.EDGE, tokens.EDGE, tokens.EDGE, tokens.EDGE)
        rows.setSpacing(tokens.GAP)
        rows.addStretch(2)
        rows.addWidget(self._text)
        rows.addWidget(line)
        rows.addStretch(3)
        self.hide()

    def say(self, words: Words) -> None:
        self._text.say(words)

    def show_over(self) -> None:
        self.setGeometry(self._frame.rect())
        self.show()
        self.raise_()
