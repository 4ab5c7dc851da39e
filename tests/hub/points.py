"""Servers on loopback over TLS, and lines to them."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.types import ASGIApp

from inspector.hub.app import Behind, Routes, application
from inspector.hub.laptop import Laptop
from inspector.hub.serving import Serving
from inspector.hub.sessions import Gate, Sessions
from inspector.services.exchanging import credentials_of
from inspector.storage.workspace import Workspace
from inspector.sync.chunks import Chunks
from inspector.sync.https import HttpsPeer, greet
from inspector.sync.line import Line
from inspector.system.identity import read_certificate
from inspector.system.tls import TlsKey, new_tls_key

KEY = new_tls_key()
LOOPBACK = "127.0.0.1"


def no_wait(seconds: float) -> None:
    """A busy server is asked again at once."""


@contextmanager
def serving(
    behind: Behind,
    gate: Gate,
    temporary: Path,
    *,
    key: TlsKey = KEY,
    pin: str = "",
    around: Callable[[ASGIApp], ASGIApp] = lambda app: app,
) -> Iterator[Serving]:
    """A server; ``around`` may put something between it and the wire."""
    server = read_certificate(behind.credentials.certificate).device
    routes = Routes(behind, Sessions(server, pin or key.pin, gate, secrets.token_bytes(32)), pin or key.pin)
    app = application(routes.routes(), routes.close)
    with Serving(around(app), key, temporary, address=LOOPBACK, port=0) as served:
        yield served


@contextmanager
def point(workspace: Workspace, **more: object) -> Iterator[str]:
    """An exchange point of a workspace: its address."""
    laptop = Laptop(workspace)
    with serving(laptop, laptop, workspace.places.temporary, **more) as served:  # type: ignore[arg-type]  # passed on
        yield f"{LOOPBACK}:{served.port}"


@contextmanager
def peer(address: str, asking: Workspace, chunks: Chunks | None = None) -> Iterator[HttpsPeer]:
    """A workspace asking at an address."""
    with Line(address, wait=no_wait) as line:
        yield HttpsPeer(line, greet(line), credentials_of(asking), chunks)
