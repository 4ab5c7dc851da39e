"""What the system asks of the process (end, hang up, Ctrl+C in its terminal) closes the window as a person would."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier

_NAMES = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")


class Signals(QObject):
    """Between construction and ``rest``. Python hears a signal only when it runs; the socket wakes it up."""

    def __init__(self, then: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._then = then
        self._ears = socket.socketpair()
        for end in self._ears:
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._ears[0].fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)
        self._before_fd = signal.set_wakeup_fd(self._ears[1].fileno())
        numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
        self._before = {number: signal.signal(number, _heard) for number in numbers}

    def rest(self) -> None:
        """As it was before."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._before_fd)
        self._notifier.setEnabled(False)
        for end in self._ears:
            end.close()

    def _hear(self) -> None:
        self._ears[0].recv(64)
        self._then()


def _heard(_number: int, _frame: object) -> None:
    """The socket has been written to; nothing else may happen inside a signal."""
