"""Who writes on this laptop: what a change set must say about its device and person, and the key that signs it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from inspector.system.age import AgeKey
from inspector.system.identity import Identity, SignedCertificate, read_certificate
from inspector.system.keys import SigningKey


@dataclass(frozen=True)
class Author:
    """``person`` is signed in to the program on ``device``; ``app`` is the program's version."""

    person: str
    device: str
    key: SigningKey
    root: bytes
    certificate: SignedCertificate
    rights: frozenset[str]
    app: str

    @classmethod
    def of(cls, identity: Identity, app: str) -> Author:
        """The author that an identity's certificate names. Raises ``Damaged`` (``certificate-damaged``)."""
        certificate = read_certificate(identity.certificate)
        return cls(
            certificate.person.id,
            certificate.device,
            identity.device,
            certificate.root,
            identity.certificate,
            frozenset(certificate.rights),
            app,
        )


def identity_bytes(identity: Identity) -> bytes:
    """The secrets of this laptop as they lie inside the encrypted database."""
    content = {
        "root": identity.root.to_bytes().hex(),
        "device": identity.device.to_bytes().hex(),
        "certificate": identity.certificate.body.decode(),
        "signature": identity.certificate.signature.hex(),
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
    )
