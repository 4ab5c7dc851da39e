"""Who signs on this laptop, before any office: a root of its own that certifies its device (self-issued identity).

Later an office adopts the laptop by a signed record that names this root; nothing is signed again (amendment 9 of the
sync rules).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from inspector.domain.errors import BadInput, Damaged
from inspector.domain.ids import new_id
from inspector.domain.text import clean
from inspector.system.age import AgeKey
from inspector.system.keys import KEY_BYTES, SigningKey, verify

_PREFIX = b"CCHC-CERT-1\0"
_VERSION = 1
_MOST_BYTES = 64 * 1024


@dataclass(frozen=True)
class Person:
    """A person as their laptop names them: full name, and the agency they come from."""

    id: str
    name: str
    agency: str


@dataclass(frozen=True)
class Certificate:
    """What a root says about a device: its key (32 bytes), its person, the province or office, their rights.

    ``wall`` records when it was issued; no date is ever enforced. ``age`` is the public key that packages for the
    device are locked to, empty in certificates from before there were packages.
    """

    root: bytes
    device: str
    key: bytes
    person: Person
    organisation: str
    rights: tuple[str, ...]
    wall: str
    age: str = ""


@dataclass(frozen=True)
class SignedCertificate:
    """A certificate as it is stored and sent: the text as first written, never written again, and its signature."""

    body: bytes
    signature: bytes


@dataclass(frozen=True)
class Identity:
    """The keys of this laptop (secret: they belong in the database) and the certificates of its device key.

    ``certificate`` is that of its own root; ``others`` came with invitations, or name a further person who shares the
    laptop. ``person`` is who signed in last, empty for the one of ``certificate``; ``office`` the root (hex) of the
    office that adopted the laptop.

    ``age`` opens packages for this laptop; one that was set up before there were packages gets it when first needed.
    """

    root: SigningKey
    device: SigningKey
    certificate: SignedCertificate
    age: AgeKey | None = None
    others: tuple[SignedCertificate, ...] = ()
    person: str = ""
    office: str = ""


def new_identity(
    name: str, agency: str, organisation: str, rights: tuple[str, ...], wall: str, person_id: str = ""
) -> Identity:
    """A new root, person and device: one laptop that works alone, with all the rights it is given here.

    ``person_id`` is the person's where somebody invited them and so named them before.
    """
    root, device, age = SigningKey.generate(), SigningKey.generate(), AgeKey.generate()
    person = Person(person_id or new_id(), clean(name), clean(agency))
    certificate = Certificate(
        root.public, new_id(), device.public, person, clean(organisation), rights, wall, age.public
    )
    return Identity(root, device, issue_certificate(root, certificate), age)


def with_age_key(identity: Identity) -> Identity:
    """The identity with an age key; where its root is on this laptop, the certificate names it from now on."""
    if identity.age is not None:
        return identity
    age = AgeKey.generate()
    certificate = read_certificate(identity.certificate)
    if certificate.root != identity.root.public:
        return replace(identity, age=age)
    issued = issue_certificate(identity.root, replace(certificate, age=age.public))
    return replace(identity, certificate=issued, age=age)


def issue_certificate(root: SigningKey, certificate: Certificate) -> SignedCertificate:
    """Write and sign a certificate; ``certificate.root`` must be the root's public key."""
    if certificate.root != root.public:
        raise ValueError(certificate.root.hex())
    person = certificate.person
    content = {
        "v": _VERSION,
        "root": certificate.root.hex(),
        "dev": certificate.device,
        "key": certificate.key.hex(),
        "person": {"id": person.id, "name": person.name, "agency": person.agency},
        "org": certificate.organisation,
        "rights": list(certificate.rights),
        "wt": certificate.wall,
    }
    if certificate.age:
        content["age"] = certificate.age
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return SignedCertificate(body, root.sign(_PREFIX + body))


def read_certificate(signed: SignedCertificate) -> Certificate:
    """The certificate, after its signature by the root it names was checked.

    Whether that root may say so is for the caller to judge. Raises ``Damaged`` (``certificate-damaged``),
    ``BadInput`` (``certificate-newer``: made by a newer program).
    """
    return _checked(signed)


@lru_cache(maxsize=256)  # the same few come with every greeting, package and receipt
def _checked(signed: SignedCertificate) -> Certificate:
    content = _content(signed.body)
    if isinstance(content.get("v"), int) and content["v"] > _VERSION:
        raise BadInput("certificate-newer")
    try:
        certificate = _parse(content)
    except (KeyError, TypeError, ValueError) as error:
        raise Damaged("certificate-damaged") from error
    if not verify(certificate.root, signed.signature, _PREFIX + signed.body):
        raise Damaged("certificate-damaged")
    return certificate


def _content(body: bytes) -> dict[str, Any]:
    try:
        if len(body) > _MOST_BYTES:
            raise ValueError(len(body))
        content = json.loads(body, object_pairs_hook=_once_each)
    except (ValueError, RecursionError) as error:
        raise Damaged("certificate-damaged") from error
    if not isinstance(content, dict):
        raise Damaged("certificate-damaged")
    return content


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _parse(content: dict[str, Any]) -> Certificate:
    if content["v"] != _VERSION:
        raise ValueError(content["v"])
    person, rights = content["person"], content["rights"]
    if not isinstance(rights, list):
        raise TypeError(rights)
    return Certificate(
        root=_key(content["root"]),
        device=_text(content["dev"]),
        key=_key(content["key"]),
        person=Person(_text(person["id"]), _text(person["name"]), _text(person["agency"])),
        organisation=_text(content["org"]),
        rights=tuple(_text(right) for right in rights),
        wall=_text(content["wt"]),
        age=_text(content.get("age", "")),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _key(value: object) -> bytes:
    key = bytes.fromhex(_text(value))
    if len(key) != KEY_BYTES:
        raise ValueError(len(key))
    return key
