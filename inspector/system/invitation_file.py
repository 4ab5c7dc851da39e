"""The file of an invitation: signed by whoever invites, locked by a code that is told apart from it.

The code has four groups of the recovery code's form: 60 random bits behind scrypt, so that whoever finds a lost stick
cannot try them all, and still short enough to be read out on the telephone.
"""

from __future__ import annotations

import base64
import json
import secrets
from typing import Any

from inspector.domain.credentials import certificate_message, parse_certificate
from inspector.domain.errors import BadInput, InspectorError, Refused
from inspector.domain.invitation import Invitation, invitation_bytes, parse_invitation
from inspector.system.keys import KEY_BYTES, SigningKey, derive, verify
from inspector.system.recovery_code import code_bytes, new_code
from inspector.system.wrapping import SCRYPT_COST

GROUPS = 4
MOST_BYTES = 4 * 1024 * 1024
FORMAT = "cchc-giay-moi"
VERSION = 1
_PREFIX = b"CCHC-INVITE-1\0"
_MOST_COST = 2**18


def new_invitation_code() -> str:
    """Four groups of four characters, such as ``7K2M-QX4T-9A3B-C5D0``; kept nowhere."""
    return new_code(GROUPS)


def seal(invitation: Invitation, key: SigningKey, code: str) -> bytes:
    """The file; ``key`` is that of the device whose certificate the invitation carries."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    content = invitation_bytes(invitation)
    signed = key.sign(_PREFIX + content) + content
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    header = {"format": FORMAT, "v": VERSION, "id": invitation.id, "cost": SCRYPT_COST, "salt": salt.hex()}
    sealed = ChaCha20Poly1305(_key(code, salt, SCRYPT_COST)).encrypt(nonce, signed, _bound(header))
    file = {**header, "nonce": nonce.hex(), "sealed": base64.b64encode(sealed).decode()}
    return json.dumps(file, ensure_ascii=False, indent=1).encode()


def unseal(data: bytes, code: str) -> Invitation:
    """The invitation in a file, after its code, its signature and the certificate in it were checked.

    Whether that certificate may invite is for those to judge who hold the spaces.

    Raises:
        BadInput: ``invitation-damaged``, ``invitation-newer``.
        Refused: ``invitation-code-mistyped``, ``invitation-code-wrong``.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    file = _read(data)
    try:
        header = {name: file[name] for name in ("format", "v", "id", "cost", "salt")}
        cost, salt, nonce = int(header["cost"]), bytes.fromhex(header["salt"]), bytes.fromhex(file["nonce"])
        sealed = base64.b64decode(file["sealed"], validate=True)
        if not SCRYPT_COST <= cost <= _MOST_COST or cost & (cost - 1):
            raise ValueError(cost)
        signed = ChaCha20Poly1305(_key(code, salt, cost)).decrypt(nonce, sealed, _bound(header))
    except InvalidTag:
        raise Refused("invitation-code-wrong") from None
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput("invitation-damaged") from error
    return _checked(signed)


def _checked(signed: bytes) -> Invitation:
    signature, content = signed[:64], signed[64:]
    invitation = parse_invitation(content)
    try:
        certificate = parse_certificate(invitation.cert)
        by_root = bytes.fromhex(invitation.cert_signature)
    except (InspectorError, ValueError) as error:
        raise BadInput("invitation-damaged") from error
    vouched = verify(certificate.root, by_root, certificate_message(invitation.cert))
    if not vouched or not verify(certificate.key, signature, _PREFIX + content):
        raise BadInput("invitation-damaged")
    return invitation


def _read(data: bytes) -> dict[str, Any]:
    try:
        if len(data) > MOST_BYTES:
            raise ValueError(len(data))
        file = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadInput("invitation-damaged") from error
    if not isinstance(file, dict) or file.get("format") != FORMAT:
        raise BadInput("invitation-damaged")
    if isinstance(file.get("v"), int) and file["v"] > VERSION:
        raise BadInput("invitation-newer")
    return file


def _key(code: str, salt: bytes, cost: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    try:
        secret = code_bytes(code, GROUPS)
    except Refused as error:
        raise Refused("invitation-code-mistyped", groups=error.params.get("groups", "?")) from None
    return derive(Scrypt(salt, KEY_BYTES, cost, 8, 1).derive(secret), b"invitation 1", salt)


def _bound(header: dict[str, Any]) -> bytes:
    return "\x1f".join(str(header[name]) for name in sorted(header)).encode()
