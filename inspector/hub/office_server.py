"""The office's hub behind the routes of an exchange, with the pages only an office has, and the process around it."""

from __future__ import annotations

import ssl
import time
from asyncio import sslproto
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from inspector.domain.changeset import Json
from inspector.domain.credentials import parse_certificate
from inspector.domain.errors import BadInput, Refused, Unavailable
from inspector.hub.app import Routes, application, body_of, route, space_path
from inspector.hub.office import HubBlobs, HubStore
from inspector.hub.place import HubPlace
from inspector.hub.sessions import Sessions
from inspector.hub.tries import Tries
from inspector.storage.hub.admitting import Gate, Readable
from inspector.storage.hub.blobs import HubBlobFiles
from inspector.storage.hub.log import HUB, INCARNATION, HubLog
from inspector.sync import wire
from inspector.sync.messages import Hello
from inspector.system.clock import wall_time
from inspector.system.identity import SignedCertificate, read_certificate
from inspector.system.tls import pin_of, server_context

MOST_JOINING = 5
"""Invitations that are no good, from one address in an hour."""

_MOST_TOLD = 1_000
_MOST_CONNECTIONS = 2_000
_IDLE_SECONDS = 75
_GRACE_SECONDS = 10
_TLS_BYTES = 32 * 1024
"""Of memory for the reading of each connection, where asyncio takes 256 KiB: five hundred laptops would be 125 MiB."""


class Office:
    """An open hub as what stands behind the routes (``app.Behind``), and the gate to it (``sessions.Gate``)."""

    threads = 24

    def __init__(self, place: HubPlace) -> None:
        """Raises ``Unavailable`` (``hub-missing``, ``hub-database-away`` …)."""
        self.keys = place.keys()
        self.name = place.settings().name
        self.log = HubLog(place.address())
        files = HubBlobFiles(place.blobs)
        files.sweep()
        self.store = HubStore(self.log)
        self.blobs = HubBlobs(self.log, files)
        self.credentials = self.keys.credentials
        self._gate = Gate(self.log.database)
        self._incarnation = self.log.named(INCARNATION)

    def close(self) -> None:
        self.log.close()

    def hello(self) -> Hello:
        return Hello(self.keys.id, self.name)

    def incarnation(self) -> str:
        return self._incarnation

    def time(self) -> str:
        return wall_time()

    def spaces_for(self, who: SignedCertificate) -> Collection[str] | None:
        shown = parse_certificate(who.body.decode())
        known = self._gate.certificates(shown.device, shown.key)
        spaces = Readable(self._gate, known | {shown})
        may_enter = (
            known
            or shown.root in self.log.admitted()
            or self.log.has_joined(shown.root, shown.device, shown.key)
            or any(True for _ in spaces)
        )
        return spaces if may_enter else None

    def join(self, signed: Sequence[SignedCertificate]) -> bytes:
        """Lets the holder of these certificates in, one of which came of an invitation of this hub; says so.

        Raises ``Refused``: ``hub-invitation-unknown``, ``hub-invitation-revoked``, ``hub-invitation-used``.
        """
        refused = Refused("hub-invitation-unknown")
        for one in signed:
            shown = parse_certificate(one.body.decode())
            try:
                joined = self.log.join(shown.root, shown.device, shown.key)
            except Refused as error:
                refused = error if error.code != "hub-invitation-unknown" else refused
                continue
            spaces: list[Json] = list(islice(self.spaces_for(one) or (), _MOST_TOLD))
            return wire.small_bytes(
                {
                    "invitation": joined.id,
                    "name": joined.name,
                    "at": joined.joined,
                    "office": self.log.office() or read_certificate(self.keys.certificate).root.hex(),
                    "recovery": self.keys.recovery.public,
                    "spaces": spaces,
                }
            )
        raise refused

    def receipt(self, space: str) -> bytes:
        """The signed receipt of a space as a message."""
        given = self.log.give_receipt(space, self.keys.issuing.sign, self.keys.id, self._incarnation)
        return wire.small_bytes({"receipt": given.body.decode(), "signature": given.signature.hex()})

    def health(self) -> bytes:
        """Raises ``Unavailable`` where the database does not answer."""
        self.log.named(HUB)
        return b'{"status":"ok"}'

    def metrics(self) -> bytes:
        """How much there is and waits, in the text format of Prometheus; nothing about anybody."""
        found = {**asdict(self.log.counts()), "waiting_batches": self.log.waiting_batches()}
        return "".join(f"inspector_hub_{name} {value}\n" for name, value in found.items()).encode()


class OfficeRoutes(Routes):
    """The routes of an exchange and those of an office."""

    def __init__(self, office: Office, pin: str) -> None:
        sessions = Sessions(office.keys.id, pin, office, office.keys.secret, clock=time.time)
        super().__init__(office, sessions, pin)
        self._office = office
        self._joining = Tries(MOST_JOINING, 3600)

    def routes(self) -> list[BaseRoute]:
        return [
            *super().routes(),
            route(f"{space_path('{space}')}/receipt", POST=self.receipt),
            route("/v1/join", POST=self.join),
            route("/v1/health", GET=self.health),
            route("/v1/metrics", GET=self.metrics),
        ]

    async def receipt(self, request: Request) -> Response:
        """What the hub holds of a space that the visitor may read, signed."""
        visitor = await self._visitor(request)
        space = wire.name_from(request.path_params["space"])

        def receipt() -> bytes:
            if space not in visitor.spaces:
                raise Refused("exchange-not-shared", space=space)
            return self._office.receipt(space)

        return Response(await self.on_disk(receipt), media_type="application/json")

    async def join(self, request: Request) -> Response:
        """Lets a laptop in that came with an invitation of this hub and proves itself as at a session."""
        address = request.client.host if request.client else ""
        self._joining.check(address)
        proof = wire.Small(await body_of(request, wire.MOST_SMALL))
        try:
            joined = await self.on_disk(lambda: self._office.join(self._sessions.proven(proof)))
        except Refused:
            self._joining.count(address)
            raise
        return Response(joined, media_type="application/json")

    async def health(self, request: Request) -> Response:
        return Response(await self.on_disk(self._office.health), media_type="application/json")

    async def metrics(self, request: Request) -> Response:
        return Response(await self.on_disk(self._office.metrics), media_type="text/plain; version=0.0.4")


def office_application(office: Office, pin: str) -> Starlette:
    """The ASGI application of a hub that is met under the TLS key with this pin."""
    routes = OfficeRoutes(office, pin)

    def close() -> None:
        routes.close()
        office.close()

    return application(routes.routes(), close)


def serve(
    place: HubPlace, *, address: str, port: int, proxy_certificate: Path | None, ready: Callable[[str], object]
) -> None:
    """Serves a hub until the process is asked to end; ``ready`` is told the pin when it is about to listen.

    With the certificate of a proxy it speaks plain HTTP, to be reached from that proxy alone, and its pin is the
    proxy's. Raises ``Unavailable`` (``port-refused``).
    """
    sslproto.SSLProtocol.max_size = _TLS_BYTES
    keys = place.keys()
    pin = keys.tls.pin if proxy_certificate is None else pin_in(proxy_certificate)
    context = server_context(keys.tls, place.temporary) if proxy_certificate is None else None
    office = Office(place)
    config = uvicorn.Config(
        office_application(office, pin),
        host=address,
        port=port,
        http="h11",
        ws="none",
        lifespan="on",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=context is None,
        backlog=1024,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_keep_alive=_IDLE_SECONDS,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        ssl_context_factory=None if context is None else lambda config, default: context,
    )
    server = uvicorn.Server(config)
    ready(pin)
    try:
        server.run()
    except SystemExit:
        raise Unavailable("port-refused", address=f"{address}:{port}", number=0) from None
    finally:
        office.close()


def pin_in(certificate: Path) -> str:
    """The pin of the first certificate in a PEM file. Raises ``BadInput`` (``proxy-certificate-unreadable``)."""
    try:
        text = certificate.read_text(encoding="ascii")
        first = text[text.index("-----BEGIN CERTIFICATE-----") :]
        end = "-----END CERTIFICATE-----"
        pin = pin_of(ssl.PEM_cert_to_DER_cert(first[: first.index(end) + len(end)]))
    except (OSError, ValueError):
        pin = ""
    if not pin:
        raise BadInput("proxy-certificate-unreadable", place=str(certificate))
    return pin
