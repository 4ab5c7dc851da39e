"""Time for display: the wall clock as text, and the machine's own count since it was started. Neither decides."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol

from inspector.domain.errors import InspectorError
from inspector.system.checked import checked_bytes, read_checked
from inspector.system.files import write_atomically


class Clock(Protocol):
    """What a change set says about when it was made."""

    def wall(self) -> str:
        """Wall time as text with milliseconds and offset: ``2026-11-22T09:15:03.123+07:00``."""

    def up(self) -> tuple[int, int]:
        """(number of the start of this machine, milliseconds since then): order that a changed clock cannot upset."""


class SystemClock:
    """The clock of this laptop; the starts of the machine are counted in a small file of the workspace."""

    def __init__(self, boots: Path) -> None:
        self._boot = _count_boot(boots)

    def wall(self) -> str:
        return wall_time()

    def up(self) -> tuple[int, int]:
        return self._boot, milliseconds_up()


def wall_time() -> str:
    """Now, as ``Clock.wall`` writes it."""
    return datetime.now().astimezone().isoformat(timespec="milliseconds")


def milliseconds_up() -> int:
    """Since the machine was started, sleep included."""
    if sys.platform == "win32":
        import ctypes

        count = ctypes.windll.kernel32.GetTickCount64
        count.restype = ctypes.c_ulonglong
        return int(count())
    if sys.platform == "linux":
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000
    return time.clock_gettime_ns(time.CLOCK_MONOTONIC_RAW) // 1_000_000


def boot_number(known: dict[str, object] | None, boot: str, up: int) -> int:
    """The number of the current start, from what was last written about one.

    ``boot`` names the start where the system does (else empty); then, and where it does not, a count of milliseconds
    that went backwards means a new start.
    """
    if known is None:
        return 1
    number, last = known.get("n"), known.get("up")
    if not isinstance(number, int) or not isinstance(last, int):
        return 1
    return number if known.get("boot") == boot and up >= last else number + 1


def _count_boot(path: Path) -> int:
    boot, up = _boot_name(), milliseconds_up()
    number = boot_number(read_checked(path), boot, up)
    with suppress(InspectorError):  # display only: a full disk must not keep the program from starting
        write_atomically(path, checked_bytes({"n": number, "boot": boot, "up": up}))
    return number


def _boot_name() -> str:
    if sys.platform == "linux":
        with suppress(OSError):
            return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    if sys.platform == "win32":
        import winreg

        key = r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters"
        with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key) as opened:
            return str(winreg.QueryValueEx(opened, "BootId")[0])
    return ""
