"""TLS between laptops: one key a laptop, recognised by itself and by nothing else.

Version 1.3 only. The certificate around the key says nothing that anybody believes: no name, and dates that never end,
since the clocks of laptops on site are wrong. The *pin* is the SHA-256 of the public key (SubjectPublicKeyInfo) in hex;
whether a pin belongs to somebody is settled by signatures of devices, above this.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspector.system.files import disk_errors
from inspector.system.folders import make_private


@dataclass(frozen=True)
class TlsKey:
    """The private key (PKCS 8) and its certificate, both DER; secret: it belongs in the database."""

    private: bytes
    certificate: bytes

    @property
    def pin(self) -> str:
        return pin_of(self.certificate)


def new_tls_key() -> TlsKey:
    """A P-256 key with a certificate that signs itself, good from 1950 to 9999."""
    import datetime

    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from cryptography.x509.oid import NameOID

    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "inspector")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime.datetime(1950, 1, 1))
        .not_valid_after(datetime.datetime(9999, 12, 31, 23, 59, 59))
        .sign(key, SHA256())
    )
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return TlsKey(private, certificate.public_bytes(Encoding.DER))


def tls_key_bytes(key: TlsKey) -> bytes:
    """The key as it lies inside the encrypted database."""
    return json.dumps({"private": key.private.hex(), "certificate": key.certificate.hex()}).encode()


def tls_key_from(data: bytes) -> TlsKey:
    """What ``tls_key_bytes`` was given."""
    content = json.loads(data)
    return TlsKey(bytes.fromhex(content["private"]), bytes.fromhex(content["certificate"]))


def pin_of(certificate: bytes) -> str:
    """The pin of the key in a certificate (DER); empty where it cannot be read."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    try:
        public = x509.load_der_x509_certificate(certificate).public_key()
        return hashlib.sha256(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()
    except Exception:  # whatever a stranger's certificate makes the library say
        return ""


def server_context(key: TlsKey, temporary: Path) -> ssl.SSLContext:
    """The server's side of TLS 1.3 with this key.

    The library takes a key from a file only: it lies in ``temporary`` for a moment, under a password nobody keeps.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    password = secrets.token_bytes(32).hex()
    file = temporary / f"tls-{secrets.token_hex(8)}.pem"
    with disk_errors(file):
        make_private(temporary)
        try:
            file.write_bytes(_pem(key, password.encode()))
            context.load_cert_chain(file, password=password)
        finally:
            file.unlink(missing_ok=True)
    return context


def _pem(key: TlsKey, password: bytes) -> bytes:
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        PrivateFormat,
        load_der_private_key,
    )

    private = load_der_private_key(key.private, None)
    certificate = ssl.DER_cert_to_PEM_cert(key.certificate).encode()
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(password)) + certificate


class OtherKey(ssl.SSLCertVerificationError):
    """The server has another key than the one that was expected."""


class PinnedContext(ssl.SSLContext):
    """The client's side of TLS 1.3: the pin is checked inside the handshake, before a byte of anything else.

    Without a ``pin`` the first key is taken and stands in ``pin`` from then on: whose it is must be found out before
    anything is told to it.
    """

    pin: str

    def __new__(cls, pin: str = "") -> PinnedContext:
        made = super().__new__(cls, ssl.PROTOCOL_TLS_CLIENT)
        made.check_hostname = False
        made.verify_mode = ssl.CERT_NONE
        made.minimum_version = ssl.TLSVersion.TLSv1_3
        made.pin = pin

        class Socket(ssl.SSLSocket):
            def do_handshake(self, block: bool = False) -> None:
                super().do_handshake(block)
                made._check(self.getpeercert(True))

        class Object(ssl.SSLObject):
            def do_handshake(self) -> None:
                super().do_handshake()
                made._check(self.getpeercert(True))

        made.sslsocket_class, made.sslobject_class = Socket, Object
        return made

    def __init__(self, pin: str = "") -> None:
        """Everything is done before."""

    def _check(self, certificate: Any) -> None:
        found = pin_of(certificate or b"")
        if not found or not hmac.compare_digest(found, self.pin or found):
            raise OtherKey("the server has another key")
        self.pin = found
