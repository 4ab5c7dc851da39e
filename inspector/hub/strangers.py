"""Letting somebody in whom nobody here knows: two people compare six digits, and the one here says yes or no."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from inspector.domain.changeset import Json
from inspector.domain.errors import Refused
from inspector.hub.app import body_of, route
from inspector.hub.sessions import certificates_of
from inspector.sync import wire
from inspector.sync.greeting import NONCE_BYTES, commitment, comparison_code
from inspector.system.identity import Certificate, read_certificate

SECONDS = 5 * 60
"""How long one comparison may take before others may try."""

MOST = 30
"""Comparisons while a point is open; each gives somebody in the middle one guess in a million."""


@dataclass(frozen=True)
class Asked:
    """Somebody waits to be let in; ``code`` must be the one on their screen."""

    ticket: str
    code: str
    certificate: Certificate


@dataclass
class _Pending:
    certificate: Certificate
    commitment: bytes
    number: bytes
    ticket: str
    begun: float
    state: str = "bound"


class Strangers:
    """The comparisons at one server, one at a time. ``tell`` hears of each, in a thread of the server."""

    def __init__(
        self,
        server: str,
        pin: str,
        agree: Callable[[Certificate], object],
        tell: Callable[[Asked], object],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._server = server
        self._pin = pin
        self._agree = agree
        self._tell = tell
        self._clock = clock
        self._left = MOST
        self._pending: _Pending | None = None
        self._lock = threading.Lock()

    def routes(self) -> list[BaseRoute]:
        return [
            route("/v1/compare", POST=self._bind, PUT=self._reveal),
            route("/v1/compare/answer", POST=self._answered),
        ]

    def answer(self, ticket: str, agreed: bool) -> None:
        """What the person here said; nothing happens where nobody waits any more."""
        with self._lock:
            pending = self._pending
            if pending is None or pending.ticket != ticket or pending.state != "asked":
                return
            if agreed:
                self._agree(pending.certificate)
            pending.state = "agreed" if agreed else "refused"

    async def _bind(self, request: Request) -> Response:
        message = wire.Small(await body_of(request, wire.MOST_SMALL))
        certificate = read_certificate(certificates_of(message)[0])
        bound = message.bytes("commitment", 32)
        with self._lock:
            if self._left == 0 or self._is_occupied():
                raise Refused("comparison-busy")
            self._left -= 1
            number, ticket = secrets.token_bytes(NONCE_BYTES), secrets.token_hex(16)
            self._pending = _Pending(certificate, bound, number, ticket, self._clock())
        return _said({"number": number.hex(), "ticket": ticket})

    def _is_occupied(self) -> bool:
        pending = self._pending
        if pending is None or pending.state in ("agreed", "refused"):
            return False
        return self._clock() - pending.begun < SECONDS

    async def _reveal(self, request: Request) -> Response:
        message = wire.Small(await body_of(request, wire.MOST_SMALL))
        with self._lock:
            pending = self._of(message.text("ticket"))
            number, key = message.bytes("number", NONCE_BYTES), pending.certificate.key
            if pending.state != "bound" or not hmac.compare_digest(commitment(number, key), pending.commitment):
                self._pending = None
                raise Refused("comparison-refused")
            pending.state = "asked"
            code = comparison_code(self._pin, self._server, key, number, pending.number)
            asked = Asked(pending.ticket, code, pending.certificate)
        self._tell(asked)
        return _said({"state": "asked"})

    async def _answered(self, request: Request) -> Response:
        message = wire.Small(await body_of(request, wire.MOST_SMALL))
        with self._lock:
            pending = self._of(message.text("ticket"))
            if pending.state == "refused":
                raise Refused("comparison-refused")
            return _said({"state": pending.state})

    def _of(self, ticket: str) -> _Pending:
        pending = self._pending
        if pending is None or not hmac.compare_digest(pending.ticket.encode(), ticket.encode("utf-8", "replace")):
            raise Refused("comparison-refused")
        return pending


def _said(fields: dict[str, Json]) -> Response:
    return Response(wire.small_bytes(fields), media_type="application/json")
