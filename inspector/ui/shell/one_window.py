"""One window for one workspace: who starts the program again is shown the window that is there."""

from __future__ import annotations

import getpass
import hashlib
import os
import sys
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_ASKED, _HERE = b"show", b"here"
_CONNECT_MS, _ANSWER_MS = 500, 2_000


class OneWindow(QObject):
    """``asked`` follows when somebody started the program on the same folder again.

    What a killed program left behind answers nobody and is cleared away. This only spares people a second window;
    that no two programs write one workspace is the business of its lock.
    """

    asked = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = _name(folder)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def call_first(self) -> bool:
        """Ask the window that is there to come forward; False where there is none that answers."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_CONNECT_MS):
            return False
        _let_come_forward()
        socket.write(_ASKED)
        answered = socket.waitForBytesWritten(_ANSWER_MS) and socket.waitForReadyRead(_ANSWER_MS)
        said = socket.readAll().data() if answered else b""
        socket.abort()
        return said == _HERE

    def listen(self) -> bool:
        """From now on others find this window; False where the system gives no place for that."""
        if self._server.listen(self._name):
            return True
        QLocalServer.removeServer(self._name)
        return self._server.listen(self._name)

    def close(self) -> None:
        self._server.close()

    def _answer(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._read)
            socket.disconnected.connect(socket.deleteLater)

    def _read(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket) and socket.readAll().data() == _ASKED:
            socket.write(_HERE)
            socket.flush()
            self.asked.emit()


def _name(folder: Path) -> str:
    """Of this user's window on this folder. A path in the user's own run-time folder where the system has one."""
    whole = f"{getpass.getuser()}\n{os.path.normcase(os.path.realpath(folder))}"
    name = f"kiem-tra-cchc-{hashlib.sha256(whole.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}"
    place = os.environ.get("XDG_RUNTIME_DIR", "")
    return os.path.join(place, name) if sys.platform != "win32" and os.path.isdir(place) else name


def _let_come_forward() -> None:
    """Windows lets only the program in front bring another one there, and that is this one."""
    if sys.platform == "win32":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.windll.user32.AllowSetForegroundWindow(-1)
