"""Another replica over HTTPS: the messages of an exchange as requests to the exchange point or the office's server."""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from typing import TypeVar

from inspector.domain.errors import BadInput, Refused, Unavailable
from inspector.domain.exchange import Holds, Numbered
from inspector.storage.holdings import Place
from inspector.sync import wire
from inspector.sync.chunks import Chunks
from inspector.sync.frames import pack, unpack
from inspector.sync.greeting import (
    NONCE_BYTES,
    Credentials,
    Point,
    certificate_fields,
    commitment,
    comparison_code,
    read_point,
    seconds_ahead,
    session_signature,
)
from inspector.sync.line import Line, Reply, TooLarge
from inspector.sync.messages import MOST_ASKED, Answer, Hello, Page, Piece, Request, Result
from inspector.system.clock import wall_time
from inspector.system.identity import read_certificate
from inspector.system.keys import SIGNATURE_BYTES

SPACES = "/v1/spaces"
_SIZE = re.compile(r"bytes [0-9*-]+/([0-9]{1,15})")

Of = TypeVar("Of")


def greet(line: Line, expected: str = "") -> Point:
    """Who answers at the other end of a line, proved by its signature; nothing was told to it yet.

    ``expected`` is the id of the server meant, where that is known. Raises what ``Line.ask`` and ``read_point`` raise,
    and ``Refused`` (``peer-other-hub``).
    """
    nonce = secrets.token_bytes(NONCE_BYTES)
    try:
        reply = line.ask("GET", f"/v1/hello?nonce={nonce.hex()}")
    except BadInput as error:
        raise BadInput("peer-not-ours") from error
    point = read_point(reply.body, nonce, line.pin)
    if expected and point.id != expected:
        raise Refused("peer-other-hub", address=line.address)
    return point


class Comparing:
    """This laptop asking to be let in where nobody knows it: first the code on both screens, then the other's yes."""

    def __init__(self, line: Line, point: Point, me: Credentials) -> None:
        """Asks for the code. Raises ``Refused`` (``comparison-busy``) and what ``Line.ask`` raises."""
        key, number = read_certificate(me.certificate).key, secrets.token_bytes(NONCE_BYTES)
        bound = {"commitment": commitment(number, key).hex(), **certificate_fields(me)}
        answer = wire.Small(line.ask("POST", "/v1/compare", wire.small_bytes(bound)).body)
        theirs, self._ticket = answer.bytes("number", NONCE_BYTES), answer.text("ticket")
        told = wire.small_bytes({"ticket": self._ticket, "number": number.hex()})
        line.ask("PUT", "/v1/compare", told)
        self.code = comparison_code(point.pin, point.id, key, number, theirs)
        self._line = line

    def is_answered(self) -> bool:
        """Whether the person over there said yes. Raises ``Refused`` (``comparison-refused``) when it was a no."""
        reply = self._line.ask("POST", "/v1/compare/answer", wire.small_bytes({"ticket": self._ticket}))
        return wire.Small(reply.body).text("state") == "agreed"


class HttpsPeer:
    """The other replica, behind a line whose server has proved who it is.

    ``chunks`` says how much goes at once, and learns from what happens.
    """

    def __init__(self, line: Line, point: Point, me: Credentials, chunks: Chunks | None = None) -> None:
        self.point = point
        self.chunks = chunks or Chunks()
        self._line = line
        self._me = me
        self._token = ""
        self._ahead = seconds_ahead(point.time, wall_time())

    def room(self) -> int:
        """Unpacked bytes of the next frame: packed they are fewer."""
        return self.chunks.size

    def enter(self) -> None:
        """Begins a session. Raises ``Refused`` (``device-unknown``) where nobody there knows this laptop."""
        self._token = wire.Small(self._line.ask("PUT", "/v1/session", self._proof()).body).text("token")

    def join(self) -> None:
        """Comes with an invitation of this hub.

        Raises ``Refused``: ``hub-invitation-unknown``, ``hub-invitation-revoked``, ``hub-invitation-used`` by another
        laptop, ``too-many-tries``.
        """
        self._line.ask("POST", "/v1/join", self._proof())

    def _proof(self) -> bytes:
        asked = wire.small_bytes({"device": read_certificate(self._me.certificate).device})
        nonce = wire.Small(self._line.ask("POST", "/v1/session", asked).body).bytes("nonce", NONCE_BYTES)
        signature = session_signature(self._me, nonce, self.point.pin, self.point.id)
        signed = {"nonce": nonce.hex(), "signature": signature.hex(), **certificate_fields(self._me)}
        return wire.small_bytes(signed | {"time": wall_time()})

    def spaces(self) -> list[str]:
        """The spaces there that this laptop may read."""
        return wire.read_spaces(self._ask("GET", SPACES, most=wire.MOST_ANSWER).body)

    def hello(self, me: Hello) -> Hello:
        """Who answers; who asks is known by the session."""
        return Hello(self.point.id, self.point.certificate.person.name, ahead=self._ahead)

    def have(self, space: str, holds: Holds) -> Answer:
        return wire.read_answer(self._post(space, "have", wire.holds_bytes(holds), wire.MOST_ANSWER))

    def push(self, space: str, frame: bytes) -> list[Result]:
        """Where something on the way takes no frame of this size, its halves go one after the other."""
        try:
            return wire.read_results(self._timed(lambda: self._post(space, "push", frame, wire.MOST_ANSWER)))
        except TooLarge:
            self.chunks.refused()
        items = [(one.body, one.signature) for one in unpack(frame).changesets]
        if len(items) < 2:
            raise Unavailable("way-too-narrow", address=self._line.address)
        half = len(items) // 2
        return [*self.push(space, pack(items[:half])), *self.push(space, pack(items[half:]))]

    def fetch(self, space: str, request: Request, place: Place) -> Page:
        asked = wire.request_bytes(request, place, self.room())
        return wire.read_page(self._timed(lambda: self._post(space, "fetch", asked, wire.MOST_PAGE)))

    def hashes(self, space: str, stream: str) -> list[Numbered]:
        path = f"{_in(space)}/hashes/{wire.segment(stream)}"
        return wire.read_hashes(self._ask("GET", path, most=wire.MOST_ANSWER).body)

    def blobs_need(self, space: str, offered: Mapping[str, int]) -> dict[str, int]:
        found: dict[str, int] = {}
        for some in _batches(list(offered)):
            told = wire.sizes_bytes({sha256: offered[sha256] for sha256 in some})
            found |= wire.read_sizes(self._post(space, "blobs/need", told))
        return found

    def blobs_have(self, space: str, wanted: Collection[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for some in _batches(list(wanted)):
            found |= wire.read_sizes(self._post(space, "blobs/have", wire.names_bytes(some)))
        return found

    def blob_read(self, space: str, sha256: str, offset: int, length: int) -> Piece:
        last = offset + min(length, self.chunks.size) - 1
        wanted = {"Range": f"bytes={offset}-{last}"}
        path = f"{_in(space)}/blobs/{sha256}"
        reply = self._timed(lambda: self._ask("GET", path, headers=wanted, most=length, also=(416,), partly=True))
        size = _SIZE.fullmatch(reply.headers.get("content-range", ""))
        if size is None:
            raise BadInput("message-damaged", where="content-range")
        if len(reply.body) < min(last + 1, int(size[1])) - offset:
            self.chunks.failed()
        return Piece(b"" if reply.status == 416 else reply.body, int(size[1]))

    def blob_write(self, space: str, sha256: str, offset: int, data: bytes, size: int) -> int:
        sent = 0
        while True:
            piece = data[sent : sent + self.chunks.size]
            try:
                come = self._timed(partial(self._give, space, sha256, offset + sent, piece, size))
            except TooLarge:
                if not self.chunks.refused():
                    raise Unavailable("way-too-narrow", address=self._line.address) from None
                continue
            sent += len(piece)
            if come != offset + sent or sent >= len(data):
                return come

    def receipt(self, space: str) -> tuple[bytes, bytes]:
        """What an office's server signs that it holds of a space: the text as written, and its signature."""
        reply = wire.Small(self._post(space, "receipt", b""))
        return reply.text("receipt").encode(), reply.bytes("signature", SIGNATURE_BYTES)

    def _give(self, space: str, sha256: str, offset: int, piece: bytes, size: int) -> int:
        told = {
            "Upload-Offset": str(offset),
            "Upload-Length": str(size),
            "Upload-Checksum": f"sha256 {hashlib.sha256(piece).hexdigest()}",
        }
        path = f"{_in(space)}/blobs/{sha256}"
        reply = self._ask("PATCH", path, piece, told, also=(409,))
        come = reply.headers.get("upload-offset", "")
        if not re.fullmatch("[0-9]{1,15}", come):
            raise BadInput("message-damaged", where="upload-offset")
        return int(come)

    def _post(self, space: str, what: str, body: bytes, most: int = wire.MOST_HOLDS) -> bytes:
        return self._ask("POST", f"{_in(space)}/{what}", body, most=most).body

    def _ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        *,
        most: int = wire.MOST_SMALL,
        also: tuple[int, ...] = (),
        partly: bool = False,
    ) -> Reply:
        """A request inside the session, which is begun anew where it has ended."""
        if not self._token:
            self.enter()
        for last in (False, True):
            told = {"Authorization": f"Bearer {self._token}", **(headers or {})}
            try:
                return self._line.ask(method, path, body, told, most=most, also=also, partly=partly)
            except Refused as error:
                if error.code != "session-ended" or last:
                    raise
            self.enter()
        raise AssertionError("the last try returns or raises")

    def _timed(self, message: Callable[[], Of]) -> Of:
        begun = time.monotonic()
        try:
            answer = message()
        except Unavailable as error:
            if error.code == "way-cut":
                self.chunks.failed()
            raise
        self.chunks.took(time.monotonic() - begun)
        return answer


def _in(space: str) -> str:
    return f"{SPACES}/{wire.segment(space)}"


def _batches(names: list[str]) -> Iterator[list[str]]:
    for at in range(0, len(names), MOST_ASKED):
        yield names[at : at + MOST_ASKED]
