"""The sheet inside every file of a package: ``magic ‖ length (4 bytes) ‖ text ‖ its SHA-256 ‖ data``.

The text is JSON. Where it speaks for a laptop (a manifest, a receipt), it is a *statement*: the words, the signature
of the laptop's device key over exactly these words, and the certificate of that key.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.domain.changeset import Json, Malformed, load_object
from inspector.domain.errors import BadInput, Damaged
from inspector.system.identity import Certificate, SignedCertificate, read_certificate
from inspector.system.keys import verify

if TYPE_CHECKING:
    from inspector.storage.author import Author

MAGIC = b"CCHCPKG\n"
VERSION = 1
MOST_TEXT = 16 * 1024 * 1024
"""Bytes of a manifest or a receipt, so that it can be read in one piece."""

_LENGTH_BYTES = 4
_HASH_BYTES = 32
_PREFIX = b"CCHC-PKG-1\0"

Fields = dict[str, Json]


@dataclass(frozen=True, slots=True)
class Statement:
    """What a laptop says: the words as JSON, and the certificate of the laptop that signed them."""

    content: Fields
    certificate: Certificate


def head(text: bytes) -> bytes:
    """The sheet around a text, up to where its data begins."""
    return MAGIC + len(text).to_bytes(_LENGTH_BYTES, "big") + text + hashlib.sha256(text).digest()


def split(start: bytes) -> tuple[Fields, int] | None:
    """The text of a sheet and where its data begins, from its first bytes; ``None`` where more of them are needed.

    Raises ``Damaged`` (``package-damaged``), ``BadInput`` (``package-newer``).
    """
    if len(start) < len(MAGIC) + _LENGTH_BYTES:
        if not MAGIC.startswith(start[: len(MAGIC)]):
            raise Damaged("package-damaged")
        return None
    at = len(MAGIC) + _LENGTH_BYTES
    length = int.from_bytes(start[len(MAGIC) : at], "big")
    if not start.startswith(MAGIC) or length > MOST_TEXT:
        raise Damaged("package-damaged")
    end = at + length + _HASH_BYTES
    if len(start) < end:
        return None
    text = start[at : at + length]
    if hashlib.sha256(text).digest() != start[at + length : end]:
        raise Damaged("package-damaged")
    return known_version(fields_of(text)), end


def fields_of(text: bytes) -> Fields:
    """A JSON object from bytes of any origin. Raises ``Damaged`` (``package-damaged``)."""
    try:
        return load_object(text)
    except Malformed as error:
        raise Damaged("package-damaged") from error


def known_version(fields: Fields) -> Fields:
    """The same, where this program knows the format. Raises ``BadInput`` (``package-newer``)."""
    version = fields.get("v")
    if type(version) is not int or version < 1:
        raise Damaged("package-damaged")
    if version > VERSION:
        raise BadInput("package-newer")
    return fields


def text_of(fields: Fields) -> bytes:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def state(author: Author, content: Fields) -> bytes:
    """The text of a statement by the laptop of ``author``."""
    words = text_of({"v": VERSION, **content})
    return text_of(
        {
            "v": VERSION,
            "words": words.decode(),
            "sig": author.key.sign(_PREFIX + words).hex(),
            "cert": author.certificate.body.decode(),
            "certsig": author.certificate.signature.hex(),
        }
    )


def stated(fields: Fields, kind: str) -> Statement:
    """What a statement of this kind says, after its signature and its certificate were checked.

    Raises ``Damaged`` (``package-damaged``, ``package-signature``), ``BadInput`` (``package-newer``,
    ``package-not-one``: it says something else).
    """
    try:
        words, body = str(fields["words"]).encode(), str(fields["cert"]).encode()
        signature, vouched = bytes.fromhex(str(fields["sig"])), bytes.fromhex(str(fields["certsig"]))
        certificate = read_certificate(SignedCertificate(body, vouched))
    except (KeyError, ValueError) as error:
        raise Damaged("package-damaged") from error
    except Damaged as error:
        raise Damaged("package-signature") from error
    if not verify(certificate.key, signature, _PREFIX + words):
        raise Damaged("package-signature")
    content = known_version(fields_of(words))
    if content.get("kind") != kind:
        raise BadInput("package-not-one")
    return Statement(content, certificate)
