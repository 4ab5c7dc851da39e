"""The exchange over HTTP: the routes of an exchange point and of the office's server, over whatever keeps the data.

A laptop's workspace and the log of an office stand behind it alike (``Behind``). Bodies are counted while they are
read; the disk has threads of its own, so the loop that talks to everybody never waits for it; what goes wrong is a
problem document. An authentic change set is taken whoever brings it: what it is good for is said in the results.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Protocol, TypeVar

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from inspector.domain.errors import BadInput, InspectorError, Refused, Unavailable
from inspector.domain.exchange import Holds
from inspector.hub.problems import problem
from inspector.hub.sessions import Sessions, Visitor, nonce_bytes, token_bytes
from inspector.sync import wire
from inspector.sync.frames import FILLED, MOST_PACKED
from inspector.sync.greeting import Credentials, point_bytes
from inspector.sync.host import Host
from inspector.sync.messages import Answer, Hello, Result
from inspector.sync.store import SharedBlobs, Store

MOST_CHUNK = 8 * 1024 * 1024
"""Bytes of a blob in one request."""

MOST_GREETING = 8 * 1024
MOST_WAITING = 256
"""Requests that may wait for the disk; whoever comes then is asked to come again."""

MOST_SECONDS = 15.0
"""How long one may wait for it; then its asker comes again, before it gives up and the work is done for nobody."""

MOST_IN_BODIES = 64 * 1024 * 1024
"""Bytes of bodies in memory at once; whoever comes then is asked to come again."""

BODY_SECONDS = 120.0
"""How long the body of a request may take."""

LINGER_BYTES = 1024 * 1024
LINGER_SECONDS = 2.0
"""How much of a body that is too large is let run out: its sender hears why, which a line cut at once would not say."""

_RANGE = re.compile(r"bytes=([0-9]{1,15})-([0-9]{1,15})")
_NUMBER = re.compile(r"[0-9]{1,15}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_OCTETS = "application/octet-stream"
_log = logging.getLogger("inspector.hub")

Of = TypeVar("Of")
Endpoint = Callable[[Request], Awaitable[Response]]


class Behind(Protocol):
    """What the routes are in front of. ``threads``: how many of its methods may run at once, each in its own thread."""

    threads: int
    credentials: Credentials

    @property
    def store(self) -> Store: ...

    @property
    def blobs(self) -> SharedBlobs | None: ...

    def hello(self) -> Hello:
        """How it presents itself."""
        ...

    def incarnation(self) -> str:
        """Changes when what is here was restored from a backup."""
        ...

    def time(self) -> str:
        """The wall time, for people to read."""
        ...


class Watch:
    """Hears what was answered, in a thread of the disk; this one does nothing."""

    def compared(self, who: Visitor, space: str, theirs: Holds, answer: Answer) -> None:
        """Both said what they hold of a space."""

    def took(self, who: Visitor, space: str, results: Sequence[Result]) -> None:
        """Change sets were taken, durably."""


class Routes:
    """The endpoints of one server."""

    def __init__(self, behind: Behind, sessions: Sessions, pin: str, watch: Watch | None = None) -> None:
        self._behind = behind
        self._sessions = sessions
        self._pin = pin
        self._watch = watch or Watch()
        self._pool = ThreadPoolExecutor(behind.threads, thread_name_prefix="exchange")
        self._waiting = 0
        self._in_bodies = 0

    def close(self) -> None:
        """Ends the threads of the disk, after what they are doing."""
        self._pool.shutdown()

    def routes(self) -> list[BaseRoute]:
        space = space_path("{space}")
        return [
            route("/v1/hello", GET=self.hello),
            route("/v1/session", POST=self.nonce, PUT=self.session),
            route("/v1/spaces", GET=self.spaces),
            route(f"{space}/have", POST=self.have),
            route(f"{space}/push", POST=self.push),
            route(f"{space}/fetch", POST=self.fetch),
            route(f"{space}/hashes/{{stream}}", GET=self.hashes),
            route(f"{space}/blobs/need", POST=self.blobs_need),
            route(f"{space}/blobs/have", POST=self.blobs_have),
            route(f"{space}/blobs/{{sha256}}", HEAD=self.blob_state, PATCH=self.blob_write, GET=self.blob_read),
        ]

    async def hello(self, request: Request) -> Response:
        nonce = request.query_params.get("nonce", "")
        if not _SHA256.fullmatch(nonce):
            raise BadInput("message-damaged", where="nonce")
        behind = self._behind

        def greeting() -> bytes:
            return point_bytes(behind.credentials, bytes.fromhex(nonce), self._pin, behind.incarnation(), behind.time())

        return _json(await self.on_disk(greeting))

    async def nonce(self, request: Request) -> Response:
        device = wire.Small(await body_of(request, MOST_GREETING)).text("device")
        return _json(nonce_bytes(self._sessions.nonce(device)))

    async def session(self, request: Request) -> Response:
        proof = wire.Small(await body_of(request, wire.MOST_SMALL))
        return _json(token_bytes(await self.on_disk(lambda: self._sessions.begin(proof))))

    async def spaces(self, request: Request) -> Response:
        visitor = await self._visitor(request)
        return _json(await self.on_disk(lambda: wire.spaces_bytes(visitor.spaces)))

    async def have(self, request: Request) -> Response:
        def told(visitor: Visitor, host: Host, space: str, body: bytes) -> bytes:
            theirs = wire.read_holds(body)
            answer = host.have(space, theirs)
            self._watch.compared(visitor, space, theirs, answer)
            return wire.answer_bytes(answer)

        return await self._told(request, wire.MOST_HOLDS, told)

    async def push(self, request: Request) -> Response:
        def told(visitor: Visitor, host: Host, space: str, body: bytes) -> bytes:
            results = host.push(space, body)
            self._watch.took(visitor, space, results)
            return wire.results_bytes(results)

        return await self._told(request, MOST_PACKED, told)

    async def fetch(self, request: Request) -> Response:
        visitor = await self._visitor(request)
        space = wire.name_from(request.path_params["space"])
        async with self._body(request, wire.MOST_HOLDS) as body:
            asked, place, room = wire.read_request(body)
            host = self._host(visitor, max(1, min(room, FILLED)))
            page = await self.on_disk(lambda: wire.page_bytes(host.fetch(space, asked, place)))
        return Response(page, media_type=_OCTETS)

    async def hashes(self, request: Request) -> Response:
        stream = wire.name_from(request.path_params["stream"])
        return await self._told(
            request, 0, lambda visitor, host, space, body: wire.hashes_bytes(host.hashes(space, stream))
        )

    async def blobs_need(self, request: Request) -> Response:
        return await self._told(
            request, wire.MOST_HOLDS,
            lambda visitor, host, space, body: wire.sizes_bytes(host.blobs_need(space, wire.read_sizes(body))),
        )  # fmt: skip

    async def blobs_have(self, request: Request) -> Response:
        return await self._told(
            request, wire.MOST_HOLDS,
            lambda visitor, host, space, body: wire.sizes_bytes(host.blobs_have(space, wire.read_names(body))),
        )  # fmt: skip

    async def blob_state(self, request: Request) -> Response:
        """How far a blob has come, and how large it is where it is whole."""
        visitor = await self._visitor(request)
        space, sha256 = wire.name_from(request.path_params["space"]), _sha256(request)
        host = self._host(visitor)

        def state() -> tuple[int, int | None]:
            whole = host.blobs_have(space, [sha256]).get(sha256)
            return (whole, whole) if whole is not None else (host.blobs_need(space, {sha256: 0}).get(sha256, 0), None)

        come, size = await self.on_disk(state)
        told = {"Upload-Offset": str(come)} | ({} if size is None else {"Upload-Length": str(size)})
        return Response(status_code=200, headers=told)

    async def blob_write(self, request: Request) -> Response:
        """Bytes of a blob. Where others are wanted it says which (409), which does no harm."""
        visitor = await self._visitor(request)
        space, sha256 = wire.name_from(request.path_params["space"]), _sha256(request)
        offset, size = _header(request, "upload-offset"), _header(request, "upload-length")
        host = self._host(visitor)

        async def keep(begun: bytes) -> None:
            await self.on_disk(lambda: host.blob_write(space, sha256, offset, begun, size))

        async with self._body(request, MOST_CHUNK, keep) as data:
            if request.headers.get("upload-checksum") != f"sha256 {hashlib.sha256(data).hexdigest()}":
                raise BadInput("message-damaged", where="upload-checksum")
            come = await self.on_disk(lambda: host.blob_write(space, sha256, offset, data, size))
        return Response(
            status_code=204 if come in (offset + len(data), size) else 409, headers={"Upload-Offset": str(come)}
        )

    async def blob_read(self, request: Request) -> Response:
        """The bytes of a blob that are asked for, at most a mebibyte of them."""
        visitor = await self._visitor(request)
        space, sha256 = wire.name_from(request.path_params["space"]), _sha256(request)
        wanted = _RANGE.fullmatch(request.headers.get("range", ""))
        if wanted is None or int(wanted[1]) > int(wanted[2]):
            raise BadInput("message-damaged", where="range")
        first, length = int(wanted[1]), int(wanted[2]) - int(wanted[1]) + 1
        host = self._host(visitor)
        piece = await self.on_disk(lambda: host.blob_read(space, sha256, first, length))
        if not piece.data:
            return Response(status_code=416, headers={"Content-Range": f"bytes */{piece.size}"})
        span = f"bytes {first}-{first + len(piece.data) - 1}/{piece.size}"
        return Response(piece.data, 206, {"Content-Range": span}, _OCTETS)

    async def _told(
        self, request: Request, most: int, answer: Callable[[Visitor, Host, str, bytes], bytes]
    ) -> Response:
        visitor = await self._visitor(request)
        space = wire.name_from(request.path_params["space"])
        async with self._body(request, most) as body:
            host = self._host(visitor)
            return _json(await self.on_disk(lambda: answer(visitor, host, space, body)))

    @asynccontextmanager
    async def _body(
        self, request: Request, most: int, keep: Callable[[bytes], Awaitable[None]] | None = None
    ) -> AsyncIterator[bytes]:
        """``body_of``, counted for as long as it is needed. Raises ``Unavailable`` (``server-busy``) too."""
        told = request.headers.get("content-length", "")
        size = min(int(told), most) if _NUMBER.fullmatch(told) else most
        if self._in_bodies + size > MOST_IN_BODIES:
            raise Unavailable("server-busy")
        self._in_bodies += size
        try:
            yield await body_of(request, most, keep)
        finally:
            self._in_bodies -= size

    async def _visitor(self, request: Request) -> Visitor:
        """Who asks; before anything of the body is read."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme != "Bearer":
            raise Refused("session-ended")
        found = self._sessions.remembered(token)
        return found if found is not None else await self.on_disk(lambda: self._sessions.visitor(token))

    def _host(self, visitor: Visitor, room: int = FILLED) -> Host:
        behind = self._behind
        host = Host(behind.store, behind.hello(), visitor.spaces, behind.blobs, room, takes_all=True)
        host.hello(visitor.hello)
        return host

    async def on_disk(self, work: Callable[[], Of]) -> Of:
        """Does something that may wait for the disk. Raises ``Unavailable`` (``server-busy``) where too many wait."""
        if self._waiting >= MOST_WAITING:
            raise Unavailable("server-busy")
        came = time.monotonic()

        def begin() -> Of:
            if time.monotonic() - came > MOST_SECONDS:
                raise Unavailable("server-busy")
            return work()

        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, begin)
        finally:
            self._waiting -= 1


def application(routes: list[BaseRoute], close: Callable[[], object]) -> Starlette:
    """The ASGI application with these routes; ``close`` is called when the server ends."""

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        yield
        await asyncio.to_thread(close)

    return Starlette(
        routes=routes,
        lifespan=life,
        exception_handlers={404: _page_unknown, 405: _method_unknown},
    )


def space_path(space: str) -> str:
    """The path of a space."""
    return f"/v1/spaces/{space}"


async def body_of(request: Request, most: int, keep: Callable[[bytes], Awaitable[None]] | None = None) -> bytes:
    """The body of a request, of at most ``most`` bytes; of a larger one nothing is kept.

    ``keep`` is given what has come where the line is cut in the middle. Raises ``BadInput`` (``message-too-large``,
    ``upload-too-slow``).
    """
    told = request.headers.get("content-length", "0")
    too_large = not _NUMBER.fullmatch(told) or int(told) > most
    found, size = bytearray(), 0
    try:
        async with asyncio.timeout(LINGER_SECONDS if too_large else BODY_SECONDS):
            async for piece in request.stream():
                size += len(piece)
                if size > most + LINGER_BYTES:
                    break
                if not too_large and size <= most:
                    found += piece
    except ClientDisconnect:
        if keep is not None and found:
            await keep(bytes(found))
        raise
    except TimeoutError:
        if not too_large:
            raise BadInput("upload-too-slow") from None
    if too_large or size > most:
        raise BadInput("message-too-large", limit=str(most))
    request.state.is_read = True
    return bytes(found)


def guarded(endpoint: Endpoint) -> Endpoint:
    """The endpoint, with every fault as a problem document; of a bug only its kind and place are written down."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except ClientDisconnect:
            return Response(status_code=400)
        except InspectorError as error:
            return problem(error, is_read=_is_read(request))
        except Exception as error:
            trace = error.__traceback__
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
            _log.error("%s at %s", type(error).__name__, place)
            return problem(Unavailable("server-failed"), is_read=_is_read(request))

    return answer


def _is_read(request: Request) -> bool:
    """Whether nothing of a body is left to come, so that the connection can go on."""
    has_body = request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers
    return not has_body or getattr(request.state, "is_read", False)


def route(path: str, **endpoints: Endpoint) -> Route:
    """One path with an endpoint for each method."""
    answers = {method: guarded(endpoint) for method, endpoint in endpoints.items()}

    async def answer(request: Request) -> Response:
        return await answers.get(request.method, _method_unknown)(request)

    return Route(path, answer, methods=list(endpoints))


async def _page_unknown(request: Request, error: Exception) -> Response:
    return problem(BadInput("page-unknown"))


async def _method_unknown(request: Request, error: Exception | None = None) -> Response:
    return problem(BadInput("method-unknown"))


def _json(body: bytes) -> Response:
    return Response(body, media_type="application/json")


def _sha256(request: Request) -> str:
    found: str = request.path_params["sha256"]
    if not _SHA256.fullmatch(found):
        raise BadInput("message-damaged", where="sha256")
    return found


def _header(request: Request, name: str) -> int:
    value = request.headers.get(name, "")
    if not _NUMBER.fullmatch(value):
        raise BadInput("message-damaged", where=name)
    return int(value)
