"""What lies in circles is collected on the GUI thread, never by itself on another one."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from inspector.ui.tidying import Tidying


class Circle:
    """Holds itself; ``ends`` keeps the thread on which it was collected."""

    def __init__(self, ends: list[int]) -> None:
        self.me = self
        weakref.finalize(self, lambda: ends.append(threading.get_ident()))


@pytest.fixture
def tidying() -> Iterator[Tidying]:
    tidying = Tidying()
    tidying.begin()
    yield tidying
    tidying.rest()
    gc.unfreeze()
    gc.freeze()


def allocate() -> None:
    """So much that Python would collect by itself."""
    [[] for _ in range(100_000)]


def test_another_thread_collects_nothing(tidying: Tidying) -> None:
    ends: list[int] = []
    Circle(ends)
    thread = threading.Thread(target=allocate)
    thread.start()
    thread.join()
    assert ends == []


def test_the_gui_thread_collects_what_is_due(tidying: Tidying, qtbot: QtBot) -> None:
    ends: list[int] = []
    Circle(ends)
    kept = [[] for _ in range(10_000)]  # type: ignore[var-annotated]  # their number is all that matters
    qtbot.waitUntil(lambda: ends == [threading.get_ident()])
    assert len(kept) == 10_000


def test_in_the_end_python_collects_again_by_itself(tidying: Tidying) -> None:
    assert not gc.isenabled()
    tidying.rest()
    assert gc.isenabled()
