"""Faults of the program: told, copied, written down, and free of what was recorded."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTimer, qCritical
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from inspector.services.troubles import told
from inspector.ui.shell.crash import FaultDialog, Faults, without_values
from inspector.ui.widgets.button import Button
from tests.conftest import LogWatch


class Watched:
    def __init__(self, window: QWidget, faults: Faults, qtbot: QtBot) -> None:
        self.window, self.faults, self._qtbot = window, faults, qtbot

    def dialog(self) -> FaultDialog:
        self._qtbot.waitUntil(lambda: self.faults.dialog is not None)
        dialog = self.faults.dialog
        assert dialog is not None
        return dialog


@pytest.fixture
def watched(qtbot: QtBot, show: Callable[[QWidget], None]) -> Iterator[Watched]:
    window = QWidget()
    window.resize(1000, 600)
    show(window)
    faults = Faults(window, told)
    faults.watch()
    yield Watched(window, faults, qtbot)
    faults.rest()
    if faults.dialog is not None:
        faults.dialog.accept()


def fail() -> None:
    raise ValueError("Nguyễn Văn Kín, /srv/lan/mật")


def test_a_fault_in_a_slot_is_shown_without_what_it_says(watched: Watched, expected_logs: LogWatch) -> None:
    expected_logs.expect("inspector.services.troubles", "a fault of the program")
    QTimer.singleShot(0, watched.window, fail)
    dialog = watched.dialog()
    lines = dialog.report().splitlines()
    assert lines[0].startswith("Kiểm tra CCHC ")
    assert "builtins.ValueError" in lines
    assert " fail" in lines[-1]
    assert "Kín" not in dialog.report()
    assert "lan" not in dialog.report().replace("Kiểm tra", "")


def test_a_fault_of_another_thread_is_shown_too(watched: Watched, expected_logs: LogWatch) -> None:
    expected_logs.expect("inspector.services.troubles", "a fault of the program")
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert "builtins.ValueError" in watched.dialog().report()


def test_what_qt_calls_critical_is_shown_without_values(watched: Watched, expected_logs: LogWatch) -> None:
    expected_logs.expect("inspector.services.troubles", "a fault of the program")
    qCritical('cannot read "Cái Bè.docx" from /srv/lan/x')
    assert watched.dialog().report().splitlines()[-1] == "default: cannot read ... from ..."


def test_the_report_is_copied_and_enter_goes_on(watched: Watched, expected_logs: LogWatch) -> None:
    expected_logs.expect("inspector.services.troubles", "a fault of the program")
    QTimer.singleShot(0, watched.window, fail)
    dialog = watched.dialog()
    copy, go_on = dialog.findChildren(Button)
    copy.click()
    assert (QGuiApplication.clipboard().text(), copy.text()) == (dialog.report(), "Đã chép")
    go_on.click()
    assert watched.faults.dialog is None


def test_the_hooks_are_given_back(qtbot: QtBot, show: Callable[[QWidget], None]) -> None:
    before = (sys.excepthook, threading.excepthook)
    window = QWidget()
    show(window)
    faults = Faults(window, told)
    faults.watch()
    faults.rest()
    assert (sys.excepthook, threading.excepthook) == before


def test_what_qt_quotes_is_left_out() -> None:
    assert without_values("no 'Lan' in C:\\Users\\Lan\\x") == "no ... in ..."
