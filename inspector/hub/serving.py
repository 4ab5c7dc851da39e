"""A server in a thread of this process: TLS 1.3, one key, until it is told to end."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
import threading
from pathlib import Path
from types import TracebackType

import uvicorn
from starlette.types import ASGIApp

from inspector.domain.errors import Unavailable
from inspector.sync.line import PORT
from inspector.system.tls import TlsKey, server_context

EVERYBODY = "0.0.0.0"  # noqa: S104 - an exchange point is for all who are in the room

_MOST_CONNECTIONS = 200
_IDLE_SECONDS = 75
_GRACE_SECONDS = 1


class _Server(uvicorn.Server):
    """Says when it is there, and lets go of everybody when it ends."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_there = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._end = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._loop = asyncio.get_running_loop()
        self.is_there.set()

    async def main_loop(self) -> None:
        """Sleeps until it is told to end, where uvicorn looks ten times a second."""
        await self._end.wait()

    def end(self) -> None:
        """From any thread; more than once does no harm."""
        if self._loop is not None and not self._loop.is_closed():
            with contextlib.suppress(RuntimeError):  # it closed in this moment
                self._loop.call_soon_threadsafe(self._end.set)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._drop(idle=True)
        await super().shutdown(sockets)
        self._drop(idle=False)
        await asyncio.sleep(0.01)  # the sockets close in the next turn of the loop

    def _drop(self, *, idle: bool) -> None:
        """Cuts the connections on which nothing is being answered, or all: a polite end waits for the other side."""
        for connection in list(self.server_state.connections):
            cycle = getattr(connection, "cycle", None)
            if not idle or cycle is None or cycle.response_complete:
                connection.transport.abort()


class Serving:
    """An application that is served from its making until ``close``; ``port`` is where."""

    def __init__(
        self,
        app: ASGIApp,
        key: TlsKey,
        temporary: Path,
        *,
        address: str = EVERYBODY,
        port: int = PORT,
    ) -> None:
        """``temporary`` is a private folder. A ``port`` that is taken makes room for any other, 0 asks for any.

        Raises ``Unavailable`` (``port-refused``).
        """
        self._socket = _listening(address, port)
        self.port: int = self._socket.getsockname()[1]
        context = server_context(key, temporary)
        config = uvicorn.Config(
            app,
            http="h11",
            ws="none",
            lifespan="on",
            log_config=None,
            log_level="critical",
            access_log=False,
            date_header=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=_MOST_CONNECTIONS,
            timeout_keep_alive=_IDLE_SECONDS,
            timeout_graceful_shutdown=_GRACE_SECONDS,
            ssl_context_factory=lambda config, default: context,
        )
        self.server = _Server(config)
        self._thread = threading.Thread(target=self._run, name="exchange point", daemon=True)
        self._thread.start()
        self.server.is_there.wait()

    def _run(self) -> None:
        with contextlib.suppress(SystemExit):
            asyncio.run(self.server.serve(sockets=[self._socket]))
        self.server.is_there.set()

    def close(self) -> None:
        """Ends it after what it is answering now; may be called again."""
        self.server.end()
        self._thread.join()
        self._socket.close()

    def __enter__(self) -> Serving:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _listening(address: str, port: int) -> socket.socket:
    for wanted in (port, 0):
        # The protocol is named: only then asyncio sends small answers at once, where waiting costs 40 ms a message.
        made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        if sys.platform != "win32":  # there it would take the port of somebody else
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((address, wanted))
            made.listen(128)
        except OSError as error:
            made.close()
            failed = error
        else:
            return made
    raise Unavailable("port-refused", address=address, number=failed.errno or 0)
