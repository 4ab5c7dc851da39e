"""Who writes on this laptop: what a change set must say about its device and person, and the key that signs it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from inspector.domain.credentials import Certificate, parse_certificate
from inspector.system.age import AgeKey
from inspector.system.identity import Identity, Person, SignedCertificate, read_certificate
from inspector.system.keys import SigningKey


@dataclass(frozen=True)
class Author:
    """``person`` is signed in to the program on ``device``; ``app`` is the program's version.

    ``root`` opens spaces, with ``certificate`` and its ``rights``. ``signed`` are all certificates of the device, that
    one first, and ``certificates`` the same as judgement reads them; ``people`` are those they name. ``office`` is the
    root (hex) of the office that adopted the laptop, empty where it is its own.
    """

    person: str
    device: str
    key: SigningKey
    root: bytes
    certificate: SignedCertificate
    rights: frozenset[str]
    app: str
    signed: tuple[SignedCertificate, ...]
    certificates: tuple[Certificate, ...]
    people: tuple[Person, ...]
    office: str

    @classmethod
    def of(cls, identity: Identity, app: str) -> Author:
        """The author that an identity's certificates name. Raises ``Damaged`` (``certificate-damaged``)."""
        signed = (identity.certificate, *identity.others)
        read = [read_certificate(each) for each in signed]
        people = {certificate.person.id: certificate.person for certificate in read}
        own = read[0]
        return cls(
            identity.person or own.person.id,
            own.device,
            identity.device,
            own.root,
            identity.certificate,
            frozenset(own.rights),
            app,
            signed,
            tuple(parse_certificate(each.body.decode()) for each in signed),
            tuple(people.values()),
            identity.office,
        )


def identity_bytes(identity: Identity) -> bytes:
    """The secrets of this laptop as they lie inside the encrypted database."""
    content = {
        "root": identity.root.to_bytes().hex(),
        "device": identity.device.to_bytes().hex(),
        "certificate": identity.certificate.body.decode(),
        "signature": identity.certificate.signature.hex(),
        "others": [[each.body.decode(), each.signature.hex()] for each in identity.others],
        "person": identity.person,
        "office": identity.office,
    }
    if identity.age is not None:
        content["age"] = identity.age.secret
    return json.dumps(content, ensure_ascii=False).encode()


def identity_from(data: bytes) -> Identity:
    """What ``identity_bytes`` was given."""
    content = json.loads(data)
    age = content.get("age")
    return Identity(
        SigningKey.from_bytes(bytes.fromhex(content["root"])),
        SigningKey.from_bytes(bytes.fromhex(content["device"])),
        SignedCertificate(content["certificate"].encode(), bytes.fromhex(content["signature"])),
        None if age is None else AgeKey(age),
        tuple(SignedCertificate(body.encode(), bytes.fromhex(sig)) for body, sig in content.get("others", ())),
        content.get("person", ""),
        content.get("office", ""),
    )
