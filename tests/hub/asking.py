"""An office's hub asked in memory, without a network: the application and a laptop that has proved itself."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import httpx

from inspector.hub.app import application
from inspector.hub.office_server import Office, OfficeRoutes
from inspector.services.exchanging import credentials_of
from inspector.storage.workspace import Workspace
from inspector.sync import wire
from inspector.sync.greeting import certificate_fields, session_signature

PIN = "ab" * 32


class Asking:
    """Requests to the application of a hub."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.routes = OfficeRoutes(office, PIN)
        self._app = application(self.routes.routes(), lambda: None)

    def __call__(
        self, method: str, path: str, content: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        return asyncio.run(self._ask(method, path, content, dict(headers or {})))

    async def _ask(self, method: str, path: str, content: bytes, headers: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(self._app)
        async with httpx.AsyncClient(transport=transport, base_url="https://hub") as client:
            return await client.request(method, path, content=content, headers=headers)

    def enter(self, workspace: Workspace) -> dict[str, str]:
        """The header with which this laptop asks from now on."""
        answer = self("PUT", "/v1/session", self.proof(workspace))
        return {"Authorization": f"Bearer {wire.Small(answer.content).text('token')}"}

    def proof(self, workspace: Workspace) -> bytes:
        """With what this laptop proves itself."""
        me = credentials_of(workspace)
        told = self("POST", "/v1/session", wire.small_bytes({"device": workspace.author.device}))
        nonce = wire.Small(told.content).bytes("nonce", 32)
        signature = session_signature(me, nonce, PIN, self.office.keys.id)
        return wire.small_bytes({"nonce": nonce.hex(), "signature": signature.hex(), **certificate_fields(me)})


@contextmanager
def asking(office: Office) -> Iterator[Asking]:
    """A hub that is asked; it is closed at the end."""
    made = Asking(office)
    try:
        yield made
    finally:
        made.routes.close()
        office.close()
