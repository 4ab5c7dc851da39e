"""Photos over lines that are cut anywhere go on from the last byte that came."""

from __future__ import annotations

import contextlib
import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from inspector.domain.errors import Unavailable
from inspector.storage.workspace import Workspace
from inspector.sync.blobs import Blobs, exchange_blobs
from inspector.sync.store import WorkspaceStore
from tests.hub import points
from tests.hub.test_app import attach, join, meet

PHOTOS, PHOTO = 5, 4_000_000
CUTS = 8
AGAIN = 0.02
"""The share of all bytes that may go twice."""


class Cutter:
    """A way to an address on which the connection is cut after some bytes, as often as there are numbers in ``after``.

    What is lost is what lies in the way's own hands; ``passed`` counts the bytes that it took from either side.
    """

    def __init__(self, target: str, after: list[int]) -> None:
        self._target = (points.LOOPBACK, int(target.rpartition(":")[2]))
        self._server = socket.create_server((points.LOOPBACK, 0))
        self._lock = threading.Lock()
        self.after = after
        self.passed = 0
        self.address = f"{points.LOOPBACK}:{self._server.getsockname()[1]}"
        self._sockets = [self._server]
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def close(self) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for one in self._sockets:
            one.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._server.accept()
                far = socket.create_connection(self._target)
                self._sockets += near, far
                for pair in ((near, far), (far, near)):
                    self._threads.append(threading.Thread(target=self._pump, args=pair))
                    self._threads[-1].start()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(16_384):
                target.sendall(data)
                if self._is_cut(len(data)):
                    break
        for one in (source, target):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _is_cut(self, size: int) -> bool:
        with self._lock:
            self.passed += size
            if not self.after:
                return False
            self.after[0] -= size
            if self.after[0] > 0:
                return False
            del self.after[0]
            return True


@contextmanager
def cutting(target: str, after: list[int]) -> Iterator[Cutter]:
    made = Cutter(target, after)
    try:
        yield made
    finally:
        made.close()


@pytest.mark.parametrize("gives", [True, False], ids=["given", "fetched"])
def test_20_mb_cut_at_random_bytes_go_once(workspace: Workspace, space: str, other: Workspace, gives: bool) -> None:
    join(workspace, space, other)
    with points.point(workspace) as address, points.peer(address, other) as peer:
        meet(other, peer, space)
    chance = random.Random(20)
    owner, taker = (other, workspace) if gives else (workspace, other)
    photos = {attach(owner, space, content): content for content in (chance.randbytes(PHOTO) for _ in range(PHOTOS))}
    after = [chance.randrange(20_000, 2 * PHOTOS * PHOTO // CUTS) for _ in range(CUTS)]
    with points.point(workspace) as address:
        with points.peer(address, other) as peer:
            meet(other, peer, space)
        with cutting(address, after) as way:
            for _ in range(2 * CUTS):
                with contextlib.suppress(Unavailable), points.peer(way.address, other) as peer:
                    exchange_blobs(Blobs(other), peer, peer.hello(WorkspaceStore(other).hello()), space)
                    break
    assert {sha256: taker.blobs.read(sha256) for sha256 in photos} == photos
    assert len(after) < CUTS // 2
    assert way.passed < PHOTOS * PHOTO * (1 + AGAIN)
