"""The answering side of a meeting, behind real HTTPS on loopback: takes the place of ``Host`` in the histories.

One line serves a whole history, and two laptops that met before go on in their session: TLS and proofs cost more than
everything else in these small meetings.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, cached_property
from pathlib import Path
from typing import ClassVar

from starlette.types import ASGIApp, Receive, Scope, Send

from inspector.domain.exchange import Holds, Numbered
from inspector.hub.app import Routes, application
from inspector.hub.serving import Serving
from inspector.hub.sessions import Sessions
from inspector.storage.holdings import Place
from inspector.sync.chunks import Chunks
from inspector.sync.greeting import Credentials
from inspector.sync.host import Host
from inspector.sync.https import HttpsPeer, greet
from inspector.sync.line import Line
from inspector.sync.messages import Answer, Hello, Page, Request, Result
from inspector.sync.store import SharedBlobs, Store
from inspector.system.identity import Certificate, Person, SignedCertificate, issue_certificate
from inspector.system.keys import SigningKey
from tests.hub import points

_ROOT, _KEY = SigningKey.generate(), SigningKey.generate()


@cache
def credentials(device: str) -> Credentials:
    """A laptop of the histories, as it presents itself on a line."""
    person = Person(device, device, "")
    certificate = Certificate(_ROOT.public, device, _KEY.public, person, "", (), "")
    return Credentials(issue_certificate(_ROOT, certificate), _KEY)


class _Laptop:
    """One laptop of the histories behind the routes; everybody may read what it shares."""

    threads = 1
    blobs: SharedBlobs | None = None

    def __init__(self, store: Store, me: Hello, spaces: Collection[str]) -> None:
        self.store = store
        self.credentials = credentials(me.device)
        self._me = me
        self._spaces = spaces

    def hello(self) -> Hello:
        return self._me

    def incarnation(self) -> str:
        return ""

    def time(self) -> str:
        return ""

    def spaces_for(self, who: SignedCertificate) -> Collection[str]:
        return self._spaces


class Switch:
    """One server for all laptops; whose turn it is to answer is ``app``."""

    def __init__(self) -> None:
        self.app: ASGIApp | None = None
        self.address = ""
        self._laptops: dict[str, tuple[_Laptop, ASGIApp]] = {}
        self._peers: dict[tuple[str, str], HttpsPeer] = {}
        self._close: list[Callable[[], object]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _life(receive, send)
        elif self.app is not None:
            await self.app(scope, receive, send)

    def turn(self, store: Store, me: Hello, spaces: Collection[str]) -> None:
        """Lets this laptop answer, whatever its disk is by now: histories restore and copy them."""
        if me.device not in self._laptops:
            laptop = _Laptop(store, me, spaces)
            sessions = Sessions(me.device, points.KEY.pin, laptop, secrets.token_bytes(32))
            routes = Routes(laptop, sessions, points.KEY.pin)
            self._laptops[me.device] = laptop, application(routes.routes(), routes.close)
            self._close.append(routes.close)
        laptop, self.app = self._laptops[me.device]
        laptop.store = store

    def peer(self, me: Hello, host: Hello, room: int) -> HttpsPeer:
        """The laptop whose turn it is, as another asks it."""
        pair = me.device, host.device
        if pair not in self._peers:
            self._peers[pair] = HttpsPeer(
                self._line, greet(self._line, host.device), credentials(me.device), _Fixed(room)
            )
        return self._peers[pair]

    @cached_property
    def _line(self) -> Line:
        made = Line(self.address, points.KEY.pin, wait=points.no_wait)
        self._close.append(made.close)
        return made

    def end(self) -> None:
        while self._close:
            self._close.pop()()


async def _life(receive: Receive, send: Send) -> None:
    for _ in range(2):
        message = await receive()
        await send({"type": f"{message['type']}.complete"})


class _Fixed(Chunks):
    """Frames as small as the histories want them, so that a cut finds something to cut."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size

    def took(self, seconds: float) -> None:
        """Stays."""


class OverHttps(Host):
    """What is asked of it goes out as HTTPS and is answered by the laptop it was made with."""

    switch: ClassVar[Switch]

    def __init__(
        self,
        store: Store,
        me: Hello,
        spaces: Collection[str],
        blobs: SharedBlobs | None = None,
        room: int = 0,
        takes_all: bool = False,
    ) -> None:
        self._host = me
        self._small = room
        self.switch.turn(store, me, spaces)

    def hello(self, me: Hello) -> Hello:
        self._https = self.switch.peer(me, self._host, self._small)
        return self._https.hello(me)

    def have(self, space: str, holds: Holds) -> Answer:
        return self._https.have(space, holds)

    def push(self, space: str, frame: bytes) -> list[Result]:
        return self._https.push(space, frame)

    def fetch(self, space: str, request: Request, place: Place) -> Page:
        return self._https.fetch(space, request, place)

    def hashes(self, space: str, stream: str) -> list[Numbered]:
        return self._https.hashes(space, stream)

    def blobs_need(self, space: str, offered: Mapping[str, int]) -> Mapping[str, int]:
        return self._https.blobs_need(space, offered)


@contextmanager
def https_meetings(temporary: Path) -> Iterator[type[Host]]:
    """The class to put in the place of ``Host``."""
    switch = Switch()
    with Serving(switch, points.KEY, temporary, address=points.LOOPBACK, port=0) as served:
        switch.address = f"{points.LOOPBACK}:{served.port}"

        class Answering(OverHttps):
            pass

        Answering.switch = switch
        yield Answering
        switch.end()
