"""3,000 inspections, and 500 items with 5,000 dossiers, in the real window: how long each step takes and holds it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer

from inspector.services.demonstration.making import SECRETARY
from inspector.services.door import Ways, begin, home_of, open_desk
from inspector.ui.where import Screen, Tab, Where
from tests.bench.crowd import large_inspection, many_inspections
from tests.bench.measuring import scratch
from tests.ui.stand import Stand, seated, the_application
from tests.ui.watchdog import Watchdog

_REMARK = "Qua kiểm tra cơ bản đạt yêu cầu, còn chậm so với kế hoạch đề ra."


def run() -> Iterator[str]:
    the_application().choose(theme="light")
    with scratch() as folder:
        home = home_of(folder / "home")
        begin(home, SECRETARY, Ways(demonstration=True))
        with open_desk(home, Ways()) as desk:
            many_inspections(desk)
            large = large_inspection(desk, folder)
        dog = Watchdog()
        dog.start()
        with seated(home.folder) as stand:
            for name, step in _steps(stand, large):
                yield _told(dog, name, step)
        dog.stop()


def _steps(stand: Stand, large: str) -> Iterator[tuple[str, Callable[[], object]]]:
    def keys(*pressed: str, text: str = "", pauses: bool = False) -> Callable[[], None]:
        def act() -> None:
            stand.press(*pressed)
            if text:
                stand.type(text)
            # What is typed into a filter is looked for when the typist pauses; news stay for seconds.
            while pauses and any(
                timer.isActive() and timer.isSingleShot() and timer.interval() < 1000
                for timer in stand.window.findChildren(QTimer)
            ):
                stand.settle()

        return act

    def tab(which: Tab) -> Callable[[], None]:
        return lambda: stand.go(Where(Screen.WORKSPACE, large, which))

    yield "home again", lambda: stand.go(Where(Screen.HOME))
    yield "list of 3,000", lambda: stand.go(Where(Screen.INSPECTIONS))
    yield "to its end", keys("Ctrl+End")
    yield "20 rows up", keys(*["Up"] * 20)
    yield "10 pages up", keys(*["PgUp"] * 10)
    yield "filter, 6 keys", keys("Ctrl+F", text="cai be", pauses=True)
    yield "filter off", keys("Ctrl+A", "Backspace", pauses=True)
    yield "open 500 items", tab(Tab.CONTENTS)
    yield "100 items down", keys(*["Ctrl+Down"] * 100)
    yield "20 answers", keys(*["F8", "1"] * 20)
    yield "remark, 64 keys", keys("Return", text=_REMARK)
    yield "5,000 dossiers", tab(Tab.DOSSIERS)
    yield "to their end", keys("Ctrl+End")
    yield "20 cells", keys(*["Tab"] * 20)
    yield "filter dossiers", keys("Ctrl+F", text="0042", pauses=True)
    yield "people", tab(Tab.PEOPLE)
    yield "minutes", tab(Tab.MINUTES)
    yield "back to items", tab(Tab.CONTENTS)


def _told(dog: Watchdog, name: str, step: Callable[[], object]) -> str:
    dog.longest.clear()
    began = time.perf_counter()
    step()
    taken = time.perf_counter() - began
    worst = dog.longest[0] if dog.longest else None
    held = f"held {worst.seconds * 1000:5.0f} ms by {worst.call}, mostly {worst.line}" if worst else "held nowhere"
    return f"{name:16} {taken * 1000:7.0f} ms  {held}"
