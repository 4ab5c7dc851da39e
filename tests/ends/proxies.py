"""A line between two processes that is cut after so many bytes, or at whose end somebody is killed then."""

from __future__ import annotations

import os
import signal
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass


@dataclass(frozen=True)
class Trouble:
    """After ``at`` bytes either way the line is cut; ``kill`` is the process that dies then, 0 for none."""

    at: int
    kill: int = 0


def listening() -> socket.socket:
    """A door on loopback that stays the same while proxies come and go behind it."""
    return socket.create_server(("127.0.0.1", 0), backlog=64)


def address(door: socket.socket) -> str:
    return f"127.0.0.1:{door.getsockname()[1]}"


def carry(door: socket.socket, port: int, trouble: Trouble | None) -> int:
    """Work of a process: carries every connection at ``door`` to ``port``; the first trouble is the only one."""
    meter = _Meter(trouble)
    while True:
        near, _ = door.accept()
        try:
            far = socket.create_connection(("127.0.0.1", port), timeout=5)
            far.settimeout(None)
        except OSError:
            near.close()
            continue
        for source, sink in ((near, far), (far, near)):
            threading.Thread(target=_pump, args=(source, sink, meter), daemon=True).start()


class _Meter:
    def __init__(self, trouble: Trouble | None) -> None:
        self._trouble = trouble
        self._carried = 0
        self._lock = threading.Lock()

    def allows(self, count: int) -> bool:
        """Counts bytes; False once, when they are too many."""
        with self._lock:
            self._carried += count
            trouble = self._trouble
            if trouble is None or self._carried < trouble.at:
                return True
            self._trouble = None
        if trouble.kill:
            with suppress(ProcessLookupError):
                os.kill(trouble.kill, signal.SIGKILL)
        return False


def _pump(source: socket.socket, sink: socket.socket, meter: _Meter) -> None:
    with suppress(OSError):
        while data := source.recv(1 << 14):
            if not meter.allows(len(data)):
                sink.sendall(data[: len(data) // 2])
                break
            sink.sendall(data)
    for one in (source, sink):
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
