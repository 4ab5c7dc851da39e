"""How long the program held the GUI thread in one go, and where it spent the time. A report, never an assertion.

A thread looks at the stack of the GUI thread every few milliseconds. While the program stands in it, called from the
same place, the thread is held. The stack is written down by ``faulthandler`` and read back: a reference to a frame,
held by another thread, would let the widgets in it die on the wrong one.
"""

from __future__ import annotations

import faulthandler
import os
import re
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass

from tests.architecture.tree import ROOT

_EVERY = 0.005
_FRAME = re.compile(r'  File "(.+)", line (\d+) in (.+)')
_PROGRAM = str(ROOT / "inspector")


@dataclass(frozen=True, order=True)
class Hold:
    """Seconds, the function that was called, the line it mostly stood on, and the test it happened in."""

    seconds: float
    call: str
    line: str
    test: str

    def __str__(self) -> str:
        return f"{1000 * self.seconds:5.0f} ms  {self.call}, mostly {self.line}  ({self.test})"


@dataclass(frozen=True)
class Sample:
    """The stack at one moment: who called the program, with what, and the innermost line of the program."""

    caller: tuple[str, ...]
    call: str
    line: str


class Watchdog:
    """Watches the thread that made it, between ``start`` and ``stop``."""

    def __init__(self) -> None:
        self.longest: list[Hold] = []
        self.test = ""
        self._watched = threading.get_ident()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="gui-watchdog", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join()

    def _watch(self) -> None:
        held: Sample | None = None
        began, before, lines = 0.0, time.perf_counter(), Counter[str]()
        with tempfile.TemporaryFile() as file:
            while not self._stopped.wait(_EVERY):
                now, sample = time.perf_counter(), read_stack(_dump(file.fileno()), self._watched)
                if not _is_same(held, sample):
                    self._note(held, before - began, lines)
                    # Qt may hold the thread, and with it Python, from before we could look.
                    began, lines = before, Counter()
                if sample is not None:
                    lines[sample.line] += 1
                held, before = sample, now

    def _note(self, held: Sample | None, seconds: float, lines: Counter[str]) -> None:
        if held is not None:
            [(line, _)] = lines.most_common(1)
            hold = Hold(seconds, held.call, line, self.test)
            self.longest = sorted([*self.longest, hold], reverse=True)[:5]


def _dump(file: int) -> str:
    os.ftruncate(file, 0)
    os.lseek(file, 0, os.SEEK_SET)
    faulthandler.dump_traceback(file, all_threads=True)
    size = os.lseek(file, 0, os.SEEK_CUR)
    os.lseek(file, 0, os.SEEK_SET)
    return os.read(file, size).decode("utf-8", "replace")


def _is_same(one: Sample | None, other: Sample | None) -> bool:
    return one is not None and other is not None and (one.caller, one.call) == (other.caller, other.call)


def read_stack(dump: str, thread: int) -> Sample | None:
    """What ``faulthandler`` wrote of one thread; None if the program does not stand in it."""
    blocks = re.split(r"^(?:Current thread|Thread) (0x[0-9a-f]+)[^\n]*\n", dump, flags=re.MULTILINE)
    stacks = {int(ident, 16): body for ident, body in zip(blocks[1::2], blocks[2::2], strict=True)}
    frames = _FRAME.findall(stacks.get(thread, ""))  # innermost first
    ours = [place for place, (file, _, _) in enumerate(frames) if file.startswith(_PROGRAM)]
    if not ours:
        return None
    outer = frames[ours[-1]]
    inner = frames[ours[0]]
    callers = tuple(f"{file}:{line}" for file, line, _ in frames[ours[-1] + 1 : ours[-1] + 4])
    return Sample(callers, f"{_short(outer[0])} {outer[2]}", f"{_short(inner[0])}:{inner[1]}")


def _short(file: str) -> str:
    return file.removeprefix(f"{ROOT}/")
