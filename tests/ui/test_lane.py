"""A lane does things in turn off the GUI thread and answers on it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from inspector.ui.lane import Lane


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[Lane]:
    lane = Lane("test")
    yield lane
    lane.close()
    qtbot.waitUntil(lambda: lane.is_idle)


def test_things_are_done_in_turn_and_answered_here(lane: Lane, qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []
    answers: list[tuple[int, threading.Thread]] = []

    def work(number: int) -> int:
        threads.append(threading.current_thread())
        return number

    for number in range(20):
        lane.do(lambda number=number: work(number), lambda n: answers.append((n, threading.current_thread())))  # type: ignore[misc] # bound now
    with qtbot.waitSignal(lane.idle):
        pass
    assert [number for number, _ in answers] == list(range(20))
    assert {thread for _, thread in answers} == {threading.current_thread()}
    assert threading.current_thread() not in threads


def test_a_failure_is_answered_as_one(lane: Lane, qtbot: QtBot) -> None:
    told: list[object] = []

    def fail() -> None:
        raise ValueError("đĩa đầy")

    with qtbot.waitSignal(lane.idle):
        lane.do(fail, told.append, lambda error: told.append(str(error)))
    assert told == ["đĩa đầy"]


def test_a_failure_nobody_expects_is_raised_on_the_gui_thread(lane: Lane, qtbot: QtBot) -> None:
    def fail() -> None:
        raise ValueError("a fault of the program")

    with qtbot.captureExceptions() as raised, qtbot.waitSignal(lane.idle):
        lane.do(fail)
    assert [str(error) for _, error, _ in raised] == ["a fault of the program"]


def test_a_screen_that_is_gone_or_waits_no_more_gets_no_answer(lane: Lane, qtbot: QtBot) -> None:
    told: list[int] = []
    gate = threading.Event()
    screen = QObject()
    with qtbot.waitSignal(lane.idle):
        lane.do(gate.wait)
        lane.do(lambda: 1, told.append, owner=screen)
        lane.do(lambda: 2, told.append).drop()
        lane.do(lambda: 3, told.append)
        with qtbot.waitSignal(screen.destroyed):
            screen.deleteLater()
        gate.set()
    assert told == [3]


def test_what_an_errand_held_dies_on_the_gui_thread(lane: Lane, qtbot: QtBot) -> None:
    died: list[threading.Thread] = []

    class Screen(QObject):
        def work(self) -> int:
            return 1

        def answer(self, _number: int) -> None:
            pass

        def __del__(self) -> None:
            died.append(threading.current_thread())

    def ask(screen: Screen) -> None:
        lane.do(screen.work, screen.answer, owner=screen, first=lambda: screen.objectName())

    for _ in range(50):
        ask(Screen())
    with qtbot.waitSignal(lane.idle):
        pass
    with qtbot.waitSignal(lane.idle):
        lane.do(lambda: None)
    assert died == [threading.current_thread()] * 50


def test_closing_waits_for_what_was_asked(qtbot: QtBot) -> None:
    lane, done = Lane("test"), threading.Event()
    lane.do(done.set)
    lane.close()
    assert done.is_set()
    with pytest.raises(RuntimeError, match="closed"):
        lane.do(done.clear)
    qtbot.waitUntil(lambda: lane.is_idle)
