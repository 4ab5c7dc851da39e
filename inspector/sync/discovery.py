"""Finding an exchange point in the room: one small datagram to everybody, and an answer from whoever is open.

It says the protocol and a tag of eight letters, no names of people or units. Many networks let no such datagram
through; then an address is typed.
"""

from __future__ import annotations

import base64
import hashlib
import re
import select
import socket
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from inspector.sync.line import PORT
from inspector.system.network import own_addresses

BROADCAST = "255.255.255.255"

_QUESTION = b"CCHC-FIND-1 "
_ANSWER = re.compile(rb"CCHC-HERE-1 ([A-Z2-7]{8}) ([0-9]{1,5}) ([A-Z2-7]{8})")
_ASKED = re.compile(rb"CCHC-FIND-1 ([A-Z2-7]{8})")
_LARGEST = 100


@dataclass(frozen=True, slots=True)
class Found:
    """A point that answered; ``tag`` stands for the id of its device."""

    address: str
    tag: str


def tag_of(device: str) -> str:
    """Eight letters that stand for a device and tell nothing of it."""
    return base64.b32encode(hashlib.sha256(b"CCHC-TAG-1\0" + device.encode()).digest()).decode()[:8]


class Beacon:
    """Answers whoever looks for exchange points, until ``close``; does nothing where the port is taken."""

    def __init__(self, device: str, serving: int, *, address: str = "", port: int = PORT) -> None:
        """``serving`` is the port the exchange point is at, ``port`` where is listened, 0 for any."""
        self._answer = b"CCHC-HERE-1 %s %d " % (tag_of(device).encode(), serving)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        if sys.platform != "win32":
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._wake, self._woken = socket.socketpair()
        self._thread: threading.Thread | None = None
        self.port = 0
        try:
            self._socket.bind((address, port))
        except OSError:
            self.close()
            return
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._run, name="beacon", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """May be called again."""
        with suppress(OSError):
            self._wake.send(b".")
        if self._thread is not None:
            self._thread.join()
        for one in (self._socket, self._wake, self._woken):
            one.close()

    def _run(self) -> None:
        while True:
            ready, _, _ = select.select([self._socket, self._woken], [], [])
            if self._woken in ready:
                return
            with suppress(OSError):  # somebody who is gone again
                asked, whence = self._socket.recvfrom(_LARGEST)
                if match := _ASKED.fullmatch(asked):
                    self._socket.sendto(self._answer + match[1], whence)


def look_around(seconds: float = 1.0, targets: Sequence[tuple[str, int]] = ((BROADCAST, PORT),)) -> list[Found]:
    """Whoever answers within ``seconds`` to one datagram from every network this laptop is in."""
    tag = tag_of(str(time.monotonic_ns())).encode()
    asking = [made for own in [*own_addresses(), ""] if (made := _asking(own)) is not None]
    try:
        for one in asking:
            for target in targets:
                with suppress(OSError):  # no way out of this network
                    one.sendto(_QUESTION + tag, target)
        return sorted(_answers(asking, tag, time.monotonic() + seconds), key=lambda found: found.address)
    finally:
        for one in asking:
            one.close()


def _asking(own: str) -> socket.socket | None:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        made.bind((own, 0))
    except OSError:
        made.close()
        return None
    return made


def _answers(asking: Sequence[socket.socket], tag: bytes, until: float) -> set[Found]:
    found: set[Found] = set()
    while asking and (left := until - time.monotonic()) > 0:
        for one in select.select(asking, [], [], left)[0]:
            with suppress(OSError):
                said, (host, _) = one.recvfrom(_LARGEST)
                match = _ANSWER.fullmatch(said)
                if match and match[3] == tag and 0 < int(match[2]) < 65536:
                    found.add(Found(f"{host}:{int(match[2])}", match[1].decode()))
    return found
