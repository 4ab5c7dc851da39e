"""The hub of a plan: a real process that serves over TLS, killed, started again, set back to its backups."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import time
from contextlib import suppress
from pathlib import Path

from tests.ends import proxies
from tests.ends.disks import Disk
from tests.ends.programs import Programs, Ran, Running, Violation


class Hub:
    """``door`` is where laptops come, ``port`` where it serves; a proxy stands between."""

    def __init__(self, programs: Programs, disk: Disk, backups: Path) -> None:
        self.disk = disk
        self.folder = disk.folder / "hub"
        self.door = proxies.listening()
        self.pin = ""
        self._programs = programs
        self._backups = backups
        self._running: Running | None = None
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]

    def make(self) -> None:
        made = self._programs.run("hub", "init", self.folder, "--name", "Sở Nội vụ", "--backups", self._backups)
        pin = re.search(r"Mã khóa TLS: ([0-9a-f]{64})", made.out)
        if pin is None:
            raise Violation(f"no hub can be made\n{made.err}")
        self.pin = pin[1]

    def admit(self, root: str) -> None:
        self._programs.run("hub", "admit", self.folder, root)

    def pid(self) -> int:
        """The process that serves, which is started where there is none."""
        if self._running is None:
            self._start()
        assert self._running is not None
        return self._running.pid

    def _start(self) -> None:
        where = ("--address", "127.0.0.1", "--port", self.port)
        running = self._programs.begin("hub", "serve", self.folder, *where)
        until = time.monotonic() + 60
        while time.monotonic() < until and not running.ended():
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=5):
                self._running = running
                return
            time.sleep(0.01)
        ran = running.end(1)
        if not self.disk.full or "disk-full" not in ran.errors:
            raise Violation(f"the hub does not start ({ran.code})\n{ran.err}")
        self.disk.free()
        self._start()

    def stop(self) -> None:
        """With SIGKILL, as a power cut does. Raises ``Violation`` where it had ended by itself."""
        running, self._running = self._running, None
        if running is None:
            return
        fell = running.ended()
        running.signal(signal.SIGKILL)
        _checked(running.end(), fell=fell)

    def notice(self, *, killed: bool) -> None:
        """Looks whether it still runs; ``killed``: somebody may have killed it."""
        if self._running is not None and self._running.ended():
            running, self._running = self._running, None
            _checked(running.end(), fell=not killed)

    def back_up(self) -> Ran:
        return self._programs.run("hub", "backup", self.folder)

    def backup(self, which: int) -> Path | None:
        """One of the backups there are."""
        found = sorted(path for path in self._backups.glob("*") if path.name.endswith("Z"))
        return found[which % len(found)] if found else None

    def set_back(self, backup: Path, name: str) -> Ran:
        """A new folder made from a backup takes the place of this one."""
        self.stop()
        new = self.folder.with_name(name)
        ran = self._programs.run("hub", "restore", new, "--from", backup)
        if ran.code == 0:
            shutil.rmtree(self.folder)
            self.folder = new
        elif "disk-full" not in ran.errors:
            raise Violation(f"a backup of the hub cannot be restored\n{ran.err}")
        return ran

    def close(self) -> None:
        with suppress(Violation):
            self.stop()
        self.door.close()


def _checked(ran: Ran, *, fell: bool) -> None:
    if fell or "Traceback" in ran.err:
        raise Violation(f"the hub had a fault ({ran.code})\n{ran.err}")
