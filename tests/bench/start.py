"""From the start of the process to the painted window and to the content, beside a bare table window of PySide6.

Each program is a process of its own; the times are taken here, when its line arrives. Without a screen Qt draws into
memory (``QT_QPA_PLATFORM=offscreen``); set ``DISPLAY`` for a real one.
"""

from __future__ import annotations

import importlib.util
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from inspector.services.demonstration.making import make
from inspector.services.door import home_of
from tests.bench.measuring import scratch

RUNS = 9
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_HEAVY = ("sqlalchemy", "sqlcipher3", "keyring", "docx", "docxtpl", "openpyxl", "lxml", "PIL", "cryptography")


def run() -> Iterator[str]:
    # As after an installation: everything is compiled, by the first start of each, which is not counted.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    if not any(environment.get(name) for name in _SCREENS):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    where = environment.get("QT_QPA_PLATFORM") or "a screen"
    with scratch() as folder:
        environment["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
        make(home_of(folder / "demo"))
        ours = [sys.executable, "-m", "tests.bench.start_window", str(folder / "demo")]
        bare = [sys.executable, "-c", BARE]
        yield f"on {where}, {RUNS} starts of each in turn, medians"
        told: dict[str, list[dict[str, float]]] = {"bare": [], "ours": []}
        for number in range(RUNS + 1):
            for name, command in (("bare", bare), ("ours", ours)):
                found = _start(command, environment)
                if number:
                    told[name].append(found)
        heavy = _heavy(folder / "demo", environment)
    yield from _compared(told["bare"], told["ours"])
    yield f"imported before the window was painted: {heavy or 'none of ' + ', '.join(_HEAVY)}"
    anki = importlib.util.find_spec("aqt") is not None
    yield "Anki: installed, to be started by hand" if anki else "Anki: not installed here, not compared"


def _compared(bare: list[dict[str, float]], ours: list[dict[str, float]]) -> Iterator[str]:
    base = _median(bare, "painted")
    yield f"bare table window   painted {base:6.0f} ms  peak {_median(bare, 'memory') / 1024:5.0f} MiB"
    painted, content = _median(ours, "painted"), _median(ours, "content")
    yield f"window painted      {painted:6.0f} ms  ratio {painted / base:4.2f} (aim at most 1.3)"
    yield f"content ready       {content:6.0f} ms  ratio {content / base:4.2f} (aim at most 1.6)"
    yield f"peak memory         {_median(ours, 'memory') / 1024:6.0f} MiB (aim at most 150)"


def _median(found: list[dict[str, float]], name: str) -> float:
    return statistics.median(one[name] for one in found)


def _start(command: list[str], environment: dict[str, str]) -> dict[str, float]:
    """Milliseconds until each line of the process; ``memory`` is its peak in KiB as it says itself."""
    began = time.perf_counter()
    found: dict[str, float] = {}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            name, _, value = line.strip().partition(" ")
            found[name] = float(value) if value else (time.perf_counter() - began) * 1000
    if process.returncode:
        raise RuntimeError(f"{command[1:3]} ended with {process.returncode}")
    return found


def _heavy(home: Path, environment: dict[str, str]) -> str:
    """Which of the heavy libraries are there when the window has just been painted."""
    probe = "import sys; from tests.bench.start_window import until_painted; until_painted(sys.argv[1]); "
    probe += f"print(*[name for name in {_HEAVY!r} if name in sys.modules])"
    run = subprocess.run(
        [sys.executable, "-c", probe, str(home)], env=environment, capture_output=True, text=True, check=True
    )
    return run.stdout.strip()


BARE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget, QTableWidgetItem

application = QApplication([])
window = QMainWindow()
table = QTableWidget(40, 8)
for row in range(40):
    for column in range(8):
        table.setItem(row, column, QTableWidgetItem(f"UBND xã {row}.{column}"))
window.setCentralWidget(table)
window.resize(1366, 698)
window.show()
window.repaint()
table.viewport().repaint()
print("painted", flush=True)
import pathlib

status = pathlib.Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else ["VmHWM: 0"]
print("memory", next(line for line in lines if line.startswith("VmHWM")).split()[1], flush=True)
QTimer.singleShot(0, application.quit)
application.exec()
"""
