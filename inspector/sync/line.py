"""A line to one server: HTTPS requests with bounded answers, and every fault of the way under its own code."""

from __future__ import annotations

import random
import re
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING

from inspector.domain.changeset import Malformed, load_object
from inspector.domain.errors import BadInput, Damaged, InspectorError, Refused, Unavailable
from inspector.sync.wire import MOST_SMALL
from inspector.system.tls import OtherKey, PinnedContext

if TYPE_CHECKING:
    import httpx

PORT = 47811
"""Where an exchange point is, unless something else is there."""

PROBLEM = "application/problem+json"
CONNECT_SECONDS = 10.0
"""How long somebody who does not answer is waited for."""

PATIENCE = 120.0
"""Seconds that a request waits in all for a server that says it is busy."""

_ADDRESS = re.compile(r"(?:https://)?([A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}))(?::([0-9]{1,5}))?/?")
_LONGEST_PAUSE = 30.0
_SILENCE = 45.0  # seconds; a frame of 4 MiB takes 20 s where twelve laptops share the radio

# What a server says about itself; everything else it refuses is raised under its own code.
_BUSY = (429, 503)
_FULL = 507
_NOT_WHOLE = 460


def whole_address(typed: str) -> str:
    """``host:port`` of what a person typed. Raises ``BadInput`` (``address-malformed``)."""
    found = _ADDRESS.fullmatch(typed.strip())
    if found is None or not 0 < int(found[2] or PORT) < 65536:
        raise BadInput("address-malformed", address=typed[:100])
    return f"{found[1].lower()}:{int(found[2] or PORT)}"


class TooLarge(Exception):
    """Something on the way, not the server, takes no body of this size."""


@dataclass(frozen=True)
class Reply:
    """An answer that was good, or one of the statuses the asker said it understands."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Line:
    """Requests to ``address`` (``host:port``), over as few connections as possible; close it, or use it with ``with``.

    ``pin`` is the key to be met there, empty to take the one that is met and keep to it. ``wait`` sleeps; what it
    raises ends the request. Proxies of the system are passed by: on site they are in nobody's way but ours.
    """

    def __init__(
        self,
        address: str,
        pin: str = "",
        wait: Callable[[float], object] = time.sleep,
        connect_seconds: float = CONNECT_SECONDS,
    ) -> None:
        import httpx

        self.address = whole_address(address)
        self._wait = wait
        self._context = PinnedContext(pin)
        limits = httpx.Limits(max_connections=1, keepalive_expiry=60.0)
        timeout = httpx.Timeout(_SILENCE, connect=connect_seconds)
        self._client = httpx.Client(
            base_url=f"https://{self.address}", verify=self._context, trust_env=False, timeout=timeout, limits=limits
        )

    @property
    def pin(self) -> str:
        """The key of the server, once it answered."""
        return self._context.pin

    def close(self) -> None:
        self._client.close()

    def __enter__(self) -> Line:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        *,
        most: int = MOST_SMALL,
        also: tuple[int, ...] = (),
        partly: bool = False,
    ) -> Reply:
        """One request and its answer of at most ``most`` bytes; ``also`` are statuses that are answers too.

        ``partly``: where the line is cut in the middle of a body, what came of it is the answer.

        Raises ``Unavailable``: ``peer-no-answer``, ``peer-not-secure`` (no TLS 1.3), ``way-cut``, ``peer-busy``,
        ``peer-disk-full``, ``peer-failed``; ``Refused`` (``peer-key-differs``); ``BadInput`` (``peer-not-ours``,
        ``message-too-large``); ``TooLarge``; or what the server refused, under the server's code.
        """
        waited = 0.0
        while True:
            reply = self._once(method, path, body, headers or {}, most, partly)
            if reply.status < 300 or reply.status in also:
                return reply
            if reply.status not in _BUSY or _asked(reply) > PATIENCE:
                raise _refusal(reply, self.address)
            pause = _pause(reply)
            if waited + pause > PATIENCE:
                raise Unavailable("peer-busy", address=self.address)
            self._wait(pause)
            waited += pause

    def _once(self, method: str, path: str, body: bytes, headers: Mapping[str, str], most: int, partly: bool) -> Reply:
        import httpx

        found = bytearray()
        try:
            with self._client.stream(method, path, content=body, headers=dict(headers)) as response:
                for piece in response.iter_raw():
                    found += piece
                    if len(found) > most:
                        raise BadInput("message-too-large", limit=str(most))
        except httpx.HTTPError as error:
            if not (partly and found):
                raise _fault(error, self.address) from error
        return Reply(response.status_code, response.headers, bytes(found))


def _pause(reply: Reply) -> float:
    """How long to wait before asking again: what the server said, and up to half as long again by chance."""
    return min(max(_asked(reply), 0.1), _LONGEST_PAUSE) * (1 + random.random() / 2)  # noqa: S311 - so that not all come at once


def _asked(reply: Reply) -> float:
    with suppress(ValueError):
        return float(reply.headers.get("retry-after", "1"))
    return 1.0


def _fault(error: httpx.HTTPError, address: str) -> InspectorError:
    """What went wrong below HTTP."""
    import httpx

    causes = list(_causes(error))
    if any(isinstance(cause, OtherKey) for cause in causes):
        return Refused("peer-key-differs", address=address)
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        tls = [cause for cause in causes if isinstance(cause, ssl.SSLError)]
        if not tls and "EOF" not in str(error) and "SSL" not in str(error):
            return Unavailable("peer-no-answer", address=address)
        if any(getattr(cause, "reason", None) in ("WRONG_VERSION_NUMBER", "HTTP_REQUEST") for cause in tls):
            return BadInput("peer-not-ours")
        return Unavailable("peer-not-secure", address=address)
    return Unavailable("way-cut", address=address)


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and len(found) < 10:
        found.append(at)
        at = at.__cause__ or at.__context__
    return found


def _refusal(reply: Reply, address: str) -> Exception:
    """What an answer that is none means."""
    if reply.headers.get("content-type", "").partition(";")[0] != PROBLEM:
        if reply.status == 413:
            return TooLarge()
        return Unavailable("peer-failed", status=reply.status) if reply.status >= 500 else BadInput("peer-not-ours")
    if reply.status == _FULL:
        return Unavailable("peer-disk-full", address=address)
    if reply.status >= 500:
        return Unavailable("peer-failed", status=reply.status)
    code, params = _said(reply.body)
    if reply.status == _NOT_WHOLE:
        return Damaged("blob-not-whole", sha256=params.get("sha256", ""))
    if reply.status in (401, 403, 409, 429):
        return Refused(code, **params)
    return BadInput(code, **params)


def _said(body: bytes) -> tuple[str, dict[str, object]]:
    """Code and parameters of a problem; of a code this program does not know, the sentence that came with it."""
    try:
        fields = load_object(body)
    except Malformed:
        return "peer-refused", {"title": ""}
    code, params = fields.get("code"), fields.get("params")
    if not isinstance(code, str) or code not in KNOWN:
        return "peer-refused", {"title": str(fields.get("title", ""))[:500]}
    said = params if isinstance(params, dict) else {}
    return code, {name: str(said.get(name, ""))[:200] for name in KNOWN[code]}


KNOWN: dict[str, tuple[str, ...]] = {
    "exchange-no-hello": (),
    "exchange-not-shared": ("space",),
    "frame-damaged": (),
    "frame-too-large": ("limit",),
    "message-damaged": ("where",),
    "message-too-large": ("limit",),
    "session-ended": (),
    "session-not-proven": (),
    "device-unknown": (),
    "comparison-refused": (),
    "comparison-busy": (),
    "hub-invitation-unknown": (),
    "hub-invitation-revoked": (),
    "hub-invitation-used": ("name", "at"),
    "too-many-tries": ("seconds",),
}
"""What a server may refuse, by code, with the parameters of the sentence."""
