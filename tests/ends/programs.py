"""The program as processes: each command is a process of its own that is told its words and may be killed.

They are forked from this process, which has imported the program and opened nothing: a command then takes a tenth of a
second instead of one. Whoever starts commands has no threads.
"""

from __future__ import annotations

import faulthandler
import importlib
import os
import re
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SECONDS = 90.0
"""How long a command may take before it counts as hanging."""

_ROOMS = (
    "cli.main",
    *("hub.point", "hub.office_server", "hub.keeping"),
    *(f"services.{name}" for name in ("deciding", "door", "invitations", "incoming", "issuing", "keeping", "keys")),
    *(f"services.{name}" for name in ("office_hub", "overview", "packages", "record", "wording")),
    *("system.slots", "system.keychain", "storage.workspace", "storage.verify"),
)


class Violation(Exception):
    """What must never happen."""


@dataclass(frozen=True)
class Ran:
    """What a command gave back; ``code`` is negative where a signal ended it."""

    code: int
    out: str
    err: str

    @property
    def errors(self) -> list[str]:
        """The codes of the sentences it said."""
        return re.findall(r"\[([a-z]+(?:-[a-z]+)+)\]$", self.err, re.MULTILINE)


def warm_up() -> None:
    """Import what commands import when they are told to do something."""
    for room in _ROOMS:
        importlib.import_module(f"inspector.{room}")


class Running:
    """A process on its way; what it says is kept."""

    def __init__(self, name: str, pid: int, out: int, err: Path) -> None:
        self.name = name
        self.pid = pid
        self._out = out
        self._err = err
        self._said = b""
        self._code: int | None = None

    def lines(self, count: int, seconds: float = SECONDS) -> list[str]:
        """Waits until it has said so many whole lines, or has ended; those lines."""
        until = time.monotonic() + seconds
        while self._said.count(b"\n") < count and self._hear(until):
            pass
        return self._said.decode("utf-8", "replace").splitlines()[:count]

    def signal(self, number: int) -> None:
        if self._code is None:
            os.kill(self.pid, number)

    def ended(self) -> bool:
        if self._code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._code = os.waitstatus_to_exitcode(status)
        return self._code is not None

    def end(self, seconds: float = SECONDS) -> Ran:
        """Waits for its end. Raises ``Violation`` where it does not come."""
        until = time.monotonic() + seconds
        while self._hear(until):
            pass
        while not self.ended() and time.monotonic() < until:
            time.sleep(0.002)
        if self._code is None:
            stack = self._stack()
            self.signal(signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self._code = -signal.SIGKILL
            os.close(self._out)
            raise Violation(f"{self.name} hangs\n{stack}")
        os.close(self._out)
        return Ran(self._code, self._said.decode("utf-8", "replace"), self._err.read_text("utf-8", "replace"))

    def _hear(self, until: float) -> bool:
        """Waits for the next words; False at their end, or when the time is over."""
        ready, _, _ = select.select([self._out], [], [], max(0.0, until - time.monotonic()))
        said = os.read(self._out, 1 << 16) if ready else b""
        self._said += said
        return bool(said)

    def _stack(self) -> str:
        """Where it stands."""
        self.signal(signal.SIGUSR1)
        time.sleep(0.5)
        return self._err.read_text("utf-8", "replace")[-4000:]


class Programs:
    """Starts commands; ``spoil`` is told the words in every process before it obeys them, for deliberate faults."""

    def __init__(self, folder: Path, spoil: Callable[[list[str]], None] = lambda words: None) -> None:
        self._folder = folder
        self._spoil = spoil
        self._count = 0

    def begin(self, *words: object, said: str = "", **variables: str) -> Running:
        """A command of the program. ``said``: what somebody types; ``variables``: of its environment."""
        argv = [str(word) for word in words]

        def run() -> int:
            from inspector.app import main

            os.environ.update(variables)
            self._spoil(argv)
            return main(argv)

        return self.fork(" ".join(argv), run, said)

    def run(self, *words: object, said: str = "", **variables: str) -> Ran:
        return self.begin(*words, said=said, **variables).end()

    def fork(self, name: str, work: Callable[[], int], said: str = "") -> Running:
        """A process that does this work and ends."""
        self._count += 1
        err = self._folder / f"{self._count}.err"
        err.touch()
        out_read, out_write = os.pipe()
        in_read, in_write = os.pipe()
        os.write(in_write, said.encode())
        os.close(in_write)
        sys.stdout.flush()
        sys.stderr.flush()
        pid = os.fork()
        if pid == 0:
            _become(work, in_read, out_write, err)
        os.close(out_write)
        os.close(in_read)
        return Running(name, pid, out_read, err)


def _become(work: Callable[[], int], source: int, out: int, err: Path) -> None:
    """In the child: never returns."""
    code = 70
    try:
        os.dup2(source, 0)
        os.dup2(out, 1)
        os.dup2(os.open(err, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 2)
        sys.stdin, sys.stdout, sys.stderr = (os.fdopen(number, mode) for number, mode in enumerate("rww"))
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets what it starts beside it ignore this
        faulthandler.register(signal.SIGUSR1, file=2, all_threads=True)
        code = work()
        sys.stdout.flush()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def whole_lines(printed: str) -> list[str]:
    """The whole lines of what was printed."""
    return printed[: printed.rfind("\n") + 1].splitlines()
