"""The nets under window tests: leftovers are found, and the watchdog reads stacks."""

from __future__ import annotations

import threading

from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tests.architecture.tree import ROOT
from tests.ui.conftest import leftovers
from tests.ui.watchdog import Sample, Watchdog, read_stack

DUMP = f"""Current thread 0x0000000000000002 (most recent call first):
  File "x.py", line 1 in look

Thread 0x0000000000000001 (most recent call first):
  File "/lib/json.py", line 7 in loads
  File "{ROOT}/inspector/ui/language.py", line 87 in _read
  File "{ROOT}/inspector/ui/language.py", line 76 in choose
  File "{ROOT}/tests/ui/test_x.py", line 12 in test_it
  File "/lib/pytest.py", line 3 in run
"""


def before() -> set[int]:
    return set(map(id, QApplication.topLevelWidgets()))


def test_a_window_left_open_is_found(qapp: QApplication) -> None:
    known = before()
    window = QWidget()
    window.setWindowTitle("Chính")
    assert leftovers(known) == ["QWidget Chính"]
    window.deleteLater()
    assert leftovers(known) == []


def test_a_running_timer_is_found(qapp: QApplication) -> None:
    timer = QTimer()
    timer.setObjectName("draft")
    timer.start(60_000)
    assert leftovers(before()) == ["QTimer draft"]
    timer.stop()
    assert leftovers(before()) == []


def test_a_running_thread_is_found(qapp: QApplication) -> None:
    thread = QThread()
    thread.start()
    assert leftovers(before()) == ["QThread"]
    thread.quit()
    thread.wait()
    assert leftovers(before()) == []


def test_the_watchdog_reads_who_was_called_and_where_it_stands() -> None:
    assert read_stack(DUMP, 1) == Sample(
        (f"{ROOT}/tests/ui/test_x.py:12", "/lib/pytest.py:3"),
        "inspector/ui/language.py choose",
        "inspector/ui/language.py:87",
    )


def test_a_thread_outside_the_program_holds_nothing() -> None:
    assert (read_stack(DUMP, 2), read_stack(DUMP, 3)) == (None, None)


def test_the_longest_holds_are_kept_in_order() -> None:
    dog = Watchdog()
    held = Sample((), "a", "a:1")
    for seconds in (0.02, 0.5, 0.01, 0.3, 0.2, 0.1):
        dog._note(held, seconds, __import__("collections").Counter({"a:1": 1}))
    assert [hold.seconds for hold in dog.longest] == [0.5, 0.3, 0.2, 0.1, 0.02]


def test_the_watchdog_watches_the_thread_that_made_it(watchdog: Watchdog) -> None:
    assert watchdog._watched == threading.main_thread().ident
