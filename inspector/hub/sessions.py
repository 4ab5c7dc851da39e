"""Sessions: a device proves itself by a signature and gets a token, which this server can read again.

A token says whose it is and until when, under a secret of the server; nothing is kept for it, so several processes with
one secret serve the same laptop. What the device may read is asked of the gate at every request.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from inspector.domain.errors import BadInput, Damaged, Refused
from inspector.sync.greeting import NONCE_BYTES, certificates_in, seconds_ahead, session_is_proven
from inspector.sync.messages import Hello
from inspector.sync.wire import Small, small_bytes
from inspector.system.clock import wall_time
from inspector.system.identity import Certificate, SignedCertificate, read_certificate
from inspector.system.keys import SIGNATURE_BYTES

NONCE_SECONDS = 5 * 60  # five hundred laptops at the same instant wait for each other between this and their proof
SESSION_SECONDS = 60 * 60

_MAC_BYTES = 32
_MOST_NONCES = 10_000
_MOST_VISITORS = 1_000


class Gate(Protocol):
    """Who may enter, and what they may read. Everybody who may enter may also give: change sets of any space."""

    def spaces_for(self, who: SignedCertificate) -> Collection[str] | None:
        """The spaces the holder of this certificate may read, up to date at every question; None: nobody knows them."""
        ...


@dataclass(frozen=True)
class Visitor:
    """Who has a session: ``spaces`` is what they may read. ``ahead`` is what ``Hello`` tells of their clock."""

    certificate: Certificate
    spaces: Collection[str]
    ahead: int | None = None

    @property
    def hello(self) -> Hello:
        return Hello(self.certificate.device, self.certificate.person.name, ahead=self.ahead)


class Together(Collection[str]):
    """What is in any of several collections, as they are at every question."""

    def __init__(self, parts: Sequence[Collection[str]]) -> None:
        self._parts = parts

    def __contains__(self, space: object) -> bool:
        return any(space in part for part in self._parts)

    def __iter__(self) -> Iterator[str]:
        return iter({space for part in self._parts for space in part})

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Sessions:
    """The sessions with one server, whose id and pin are signed: the key that laptops meet, be it that of a proxy."""

    def __init__(
        self, server: str, pin: str, gate: Gate, secret: bytes, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """``clock``: seconds; processes that share a secret share it too."""
        self._server = server
        self._pin = pin
        self._gate = gate
        self._secret = secret
        self._clock = clock
        self._used: OrderedDict[bytes, float] = OrderedDict()
        self._visitors: OrderedDict[str, tuple[int, Visitor]] = OrderedDict()
        self._lock = threading.Lock()

    def nonce(self, device: str) -> bytes:
        """A number for this device to sign within five minutes; it says of itself when it was made, and by whom."""
        begun = int(self._clock()).to_bytes(8, "big")
        fresh = secrets.token_bytes(8)
        return begun + fresh + self._mac(b"nonce", begun + fresh + device.encode())[:16]

    def begin(self, proof: Small) -> bytes:
        """The token of whoever signed a number. Raises ``Refused`` (``session-not-proven``, ``device-unknown``)."""
        signed = self.proven(proof)
        spaces = self._spaces_for(signed)
        if spaces is None:
            raise Refused("device-unknown")
        until = int(self._clock()) + SESSION_SECONDS
        ahead = seconds_ahead(proof.text("time"), wall_time()) if "time" in proof else None
        told = [until, [[one.body.decode(), one.signature.hex()] for one in signed], ahead]
        token = self._sealed(json.dumps(told, ensure_ascii=False).encode())
        self._remember(token.decode(), until, Visitor(read_certificate(signed[0]), spaces, ahead))
        return token

    def proven(self, proof: Small) -> tuple[SignedCertificate, ...]:
        """The certificates of whoever signed a number. Raises ``Refused`` (``session-not-proven``)."""
        signed, nonce = certificates_of(proof), proof.bytes("nonce", NONCE_BYTES)
        certificate = read_certificate(signed[0])
        signature = proof.bytes("signature", SIGNATURE_BYTES)
        if not self._is_fresh(nonce, certificate.device) or not session_is_proven(
            certificate, signature, nonce, self._pin, self._server
        ):
            raise Refused("session-not-proven")
        self._used[nonce] = self._clock()
        while len(self._used) > _MOST_NONCES:
            self._used.popitem(last=False)
        return signed

    def visitor(self, token: str) -> Visitor:
        """Whose token this is. Raises ``Refused`` (``session-ended``), also where nobody knows them any more."""
        content = self._opened(token)
        until, told, *more = json.loads(content)
        if until < self._clock():
            raise Refused("session-ended")
        signed = tuple(SignedCertificate(body.encode(), bytes.fromhex(signature)) for body, signature in told)
        spaces = self._spaces_for(signed)
        if spaces is None:
            raise Refused("session-ended")
        visitor = Visitor(read_certificate(signed[0]), spaces, more[0] if more else None)
        self._remember(token, until, visitor)
        return visitor

    def remembered(self, token: str) -> Visitor | None:
        """The same where this token was read before, without asking anybody: the disk need not be waited for."""
        with self._lock:
            until, visitor = self._visitors.get(token, (0, None))
        return None if until < self._clock() else visitor

    def _remember(self, token: str, until: int, visitor: Visitor) -> None:
        with self._lock:
            self._visitors[token] = until, visitor
            while len(self._visitors) > _MOST_VISITORS:
                self._visitors.popitem(last=False)

    def _spaces_for(self, signed: Sequence[SignedCertificate]) -> Collection[str] | None:
        """What is read under any of the certificates; None where nobody knows one of them."""
        found = [spaces for one in signed if (spaces := self._gate.spaces_for(one)) is not None]
        return Together(found) if found else None

    def _is_fresh(self, nonce: bytes, device: str) -> bool:
        content, mac = nonce[:16], nonce[16:]
        made = int.from_bytes(content[:8], "big")
        good = hmac.compare_digest(mac, self._mac(b"nonce", content + device.encode())[:16])
        return good and 0 <= self._clock() - made <= NONCE_SECONDS and nonce not in self._used

    def _sealed(self, content: bytes) -> bytes:
        return base64.urlsafe_b64encode(self._mac(b"token", content) + content)

    def _opened(self, token: str) -> bytes:
        try:
            found = base64.urlsafe_b64decode(token.encode("ascii"))
        except ValueError:
            raise Refused("session-ended") from None
        mac, content = found[:_MAC_BYTES], found[_MAC_BYTES:]
        if not hmac.compare_digest(mac, self._mac(b"token", content)):
            raise Refused("session-ended")
        return content

    def _mac(self, purpose: bytes, content: bytes) -> bytes:
        return hmac.digest(self._secret, purpose + b"\0" + content, "sha256")


def nonce_bytes(nonce: bytes) -> bytes:
    return small_bytes({"nonce": nonce.hex()})


def token_bytes(token: bytes) -> bytes:
    return small_bytes({"token": token.decode()})


def certificates_of(message: Small) -> tuple[SignedCertificate, ...]:
    """The certificates somebody presents. Raises ``Refused`` (``session-not-proven``) where they are none."""
    try:
        return certificates_in(message)
    except (Damaged, BadInput):
        raise Refused("session-not-proven") from None
