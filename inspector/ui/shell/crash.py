"""Faults of the program itself: a dialog with a report that may be copied and sent, free of everything recorded."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.language import tr
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.text import Text

_PATH_OR_QUOTE = re.compile(r"\"[^\"]*\"|'[^']*'|“[^”]*”|\S*[/\\]\S*")
_GRAVE = (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)


class Faults(QObject):
    """Catches what nobody caught, on any thread, and what Qt calls critical, between ``watch`` and ``rest``.

    ``report`` writes a fault down and returns the text a person may copy.
    """

    _caught = Signal(object)

    def __init__(self, window: QWidget, report: Callable[[BaseException], str]) -> None:
        super().__init__(window)
        self._window = window
        self._report = report
        self.dialog: FaultDialog | None = None
        self._caught.connect(self._show)
        self._before = (sys.excepthook, threading.excepthook)

    def watch(self) -> None:
        sys.excepthook = self._hook
        threading.excepthook = self._hook_of_threads
        qInstallMessageHandler(self._hear_qt)

    def rest(self) -> None:
        sys.excepthook, threading.excepthook = self._before
        qInstallMessageHandler(None)

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
        else:
            self._caught.emit(error.with_traceback(trace))

    def _hook_of_threads(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._caught.emit(arguments.exc_value)

    def _hear_qt(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind in _GRAVE:
            self._caught.emit(QtFault(f"{context.category}: {without_values(message)}"))
        elif kind is not QtMsgType.QtDebugMsg:
            sys.stderr.write(f"{message}\n")

    def _show(self, error: BaseException) -> None:
        report = self._report(error)
        if isinstance(error, QtFault):
            report = f"{report}\n{error}"
        if self.dialog is not None:
            self.dialog.add(report)
            return
        self.dialog = FaultDialog(report, self._window)
        self.dialog.finished.connect(self._forget)
        self.dialog.open()

    def _forget(self) -> None:
        self.dialog = None


class QtFault(Exception):
    """What Qt says of itself when something in it went wrong."""


class FaultDialog(QDialog):
    """What happened and that nothing saved is touched; Enter goes on."""

    def __init__(self, report: str, window: QWidget | None = None) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(str(tr("Chương trình gặp lỗi")))
        self.setProperty("ground", "surface")
        self._view = QPlainTextEdit()
        self._view.setReadOnly(True)
        self._view.setTabChangesFocus(True)
        self._view.setAccessibleName(str(tr("Báo cáo lỗi")))
        self._view.setProperty("content", True)
        self._view.setPlainText(report)
        self._copy = Button(tr("Chép báo cáo lỗi"), self._to_clipboard, icon="copy", height=tokens.MAIN_CONTROL)
        self._on = Button(tr("Tiếp tục"), self.accept, kind=Kind.PRIMARY, height=tokens.MAIN_CONTROL)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(tokens.EDGE, tokens.EDGE, tokens.EDGE, tokens.EDGE)
        rows.setSpacing(tokens.GROUP)
        line = tr(
            "Chương trình gặp lỗi và đã dừng việc này. Dữ liệu đã lưu không bị ảnh hưởng. Báo cáo dưới đây không có nội"
            " dung kiểm tra; hãy chép và gửi cho nơi phát hành."
        )
        rows.addWidget(Text(tr("Chương trình gặp lỗi"), size=Size.HEAD, weight=Weight.STRONG, wrap=True))
        rows.addWidget(Text(line, wrap=True))
        rows.addWidget(self._view, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens.GROUP)
        buttons.addStretch(1)
        buttons.addWidget(self._copy)
        buttons.addWidget(self._on)
        rows.addLayout(buttons)
        width = tokens.DIALOG if window is None else min(look().px(tokens.DIALOG), window.width() - 2 * tokens.EDGE)
        self.resize(max(320, width), look().px(380))
        self._on.setFocus()

    def report(self) -> str:
        return self._view.toPlainText()

    def add(self, report: str) -> None:
        """Another fault while the dialog is open; the same one again adds nothing."""
        if report not in self.report():
            self._view.appendPlainText(f"\n{report}")

    def _to_clipboard(self) -> None:
        QGuiApplication.clipboard().setText(self.report())
        self._copy.say(tr("Đã chép"))


def without_values(message: str) -> str:
    """A message of Qt without what it quotes and without names of files."""
    return _PATH_OR_QUOTE.sub("...", message).encode("ascii", "replace").decode("ascii")
