"""Who is at the other end of a line: what is signed, and the code two people compare.

A server proves with its device's key that the TLS key it was reached under is its own; whoever asks proves its device
the same way. Both signatures are over fresh numbers, the pin and the server's id, so they are good for nothing else.
Strangers compare six digits that are made of both keys and of a number of each; the asker is bound to its number before
it hears the other, so somebody in the middle has one guess in a million.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from inspector.domain.changeset import Json
from inspector.domain.errors import BadInput, Damaged, Refused
from inspector.sync import wire
from inspector.sync.messages import PROTOCOL
from inspector.system.identity import Certificate, SignedCertificate, read_certificate
from inspector.system.keys import SIGNATURE_BYTES, SigningKey, verify

NONCE_BYTES = 32
MOST_CERTIFICATES = 8
"""Certificates of one device in a greeting."""

_DIGITS = 6


@dataclass(frozen=True)
class Credentials:
    """With what a device proves who it is; ``others`` are more certificates of the same device and key."""

    certificate: SignedCertificate
    key: SigningKey
    others: tuple[SignedCertificate, ...] = ()


@dataclass(frozen=True)
class Point:
    """Who answered at an address and has proved it. ``time`` is its wall time, for people to read.

    ``certificate`` is the first of ``signed``, all of one device and key.
    ``incarnation`` changes when what it held was restored from a backup.
    """

    certificate: Certificate
    signed: tuple[SignedCertificate, ...]
    pin: str
    incarnation: str
    time: str

    @property
    def id(self) -> str:
        return self.certificate.device


def point_bytes(me: Credentials, nonce: bytes, pin: str, incarnation: str, time: str) -> bytes:
    """What a server says of itself to whoever asks with a number."""
    device = read_certificate(me.certificate).device
    return wire.small_bytes(
        {
            "oldest": PROTOCOL,
            "newest": PROTOCOL,
            "id": device,
            "incarnation": incarnation,
            "time": time,
            "proof": me.key.sign(_signed(b"SERVER", nonce, pin, device)).hex(),
            **certificate_fields(me),
        }
    )


def read_point(data: bytes, nonce: bytes, pin: str) -> Point:
    """Who answered.

    Raises ``BadInput`` (``peer-not-ours``: this is another kind of server), ``Refused`` (``peer-newer``: it speaks only
    later versions; ``peer-not-proven``: it does not own the key it was reached under).
    """
    try:
        message = wire.Small(data)
        oldest, signed = message.number("oldest"), certificates_in(message)
        certificate = read_certificate(signed[0])
        point = Point(certificate, signed, pin, message.text("incarnation"), message.text("time"))
        named, proof = message.text("id"), message.bytes("proof", SIGNATURE_BYTES)
    except (BadInput, Damaged):
        raise BadInput("peer-not-ours") from None
    if oldest > PROTOCOL:
        raise Refused("peer-newer")
    if named != point.id or not verify(certificate.key, proof, _signed(b"SERVER", nonce, pin, named)):
        raise Refused("peer-not-proven")
    return point


def session_signature(me: Credentials, nonce: bytes, pin: str, server: str) -> bytes:
    """The asker's side: 64 bytes over the server's number."""
    return me.key.sign(_signed(b"SESSION", nonce, pin, server))


def session_is_proven(who: Certificate, signature: bytes, nonce: bytes, pin: str, server: str) -> bool:
    return verify(who.key, signature, _signed(b"SESSION", nonce, pin, server))


def seconds_ahead(theirs: str, mine: str) -> int | None:
    """By how much one wall time is ahead of another; None where one of them is none."""
    try:
        return round((datetime.fromisoformat(theirs) - datetime.fromisoformat(mine)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None


def certificate_fields(me: Credentials) -> dict[str, Json]:
    """The certificates of a device inside a message of the greeting."""
    every = (me.certificate, *me.others)
    return {"certificates": [[signed.body.decode(), signed.signature.hex()] for signed in every[:MOST_CERTIFICATES]]}


def certificates_in(message: wire.Small) -> tuple[SignedCertificate, ...]:
    """What ``certificate_fields`` wrote: at least one, each signed by its root, all of one device and key.

    Raises ``BadInput`` and ``Damaged`` where they are not.
    """
    signed = tuple(SignedCertificate(body.encode(), signature) for body, signature in message.signed("certificates"))
    if not 0 < len(signed) <= MOST_CERTIFICATES:
        raise BadInput("message-damaged", where="certificates")
    if len({(found.device, found.key) for found in map(read_certificate, signed)}) > 1:
        raise BadInput("message-damaged", where="certificates")
    return signed


def commitment(number: bytes, key: bytes) -> bytes:
    """What binds the asker, whose device has this public key, to its number."""
    return hashlib.sha256(b"CCHC-COMMIT-1\0" + key + number).digest()


def comparison_code(pin: str, server: str, key: bytes, asker: bytes, answerer: bytes) -> str:
    """The six digits (mã so sánh) on both screens, such as ``483 015``: of the server's pin and id, the asker's public
    key, and the number of each.
    """
    digest = hashlib.sha256(_signed(b"COMPARE", key + asker + answerer, pin, server)).digest()
    digits = f"{int.from_bytes(digest[:8], 'big') % 10**_DIGITS:0{_DIGITS}}"
    return f"{digits[:3]} {digits[3:]}"


def _signed(purpose: bytes, fresh: bytes, pin: str, server: str) -> bytes:
    parts = (fresh, pin.encode(), server.encode())
    return b"CCHC-" + purpose + b"-1\0" + b"".join(len(part).to_bytes(4, "big") + part for part in parts)
