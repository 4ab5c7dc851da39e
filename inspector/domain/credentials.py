"""Credentials: what records say about who wrote them and who may write, before anybody judges it.

Certificates, the first record of a stream that carries one, signatures, and the payloads of the control records
(member, revoke, settle). Everything here is read from single records; ``judgement`` puts them together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from inspector.domain.changeset import SHORT, ChangeSet, Json, Malformed, is_name, load_object, short_of
from inspector.domain.ids import space_id

Verifier = Callable[[bytes, bytes, bytes], bool]
"""(public key, signature, message) → whether the signature is good. Never raises."""

CONTROL_KINDS = frozenset(("member", "revoke", "settle"))

_CERTIFICATE_PREFIX = b"CCHC-CERT-1\0"


class Reason(StrEnum):
    """Why a change set is quarantined. The first three are about bytes nobody vouches for; they are not relayed."""

    BAD_SIGNATURE = "bad-signature"
    BAD_CERTIFICATE = "bad-certificate"
    NO_CERTIFICATE = "no-certificate"
    BROKEN_CHAIN = "broken-chain"
    BAD_PAYLOAD = "bad-payload"
    NOT_ADMITTED = "not-admitted"
    REVOKED = "revoked"
    RIGHT_MISSING = "right-missing"
    HIDDEN = "hidden"
    DISPUTED = "disputed"


UNVOUCHED = frozenset((Reason.BAD_SIGNATURE, Reason.BAD_CERTIFICATE, Reason.NO_CERTIFICATE))
"""Why bytes are not known at all: nobody signed them, so they are kept apart and not relayed."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """Who a device is and what it may write, said by the holder of ``root`` (both keys raw Ed25519, 32 bytes)."""

    root: bytes
    device: str
    key: bytes
    person: str
    rights: frozenset[str]


def certificate_message(body: str) -> bytes:
    """The bytes a root signs to give a device this certificate."""
    return _CERTIFICATE_PREFIX + body.encode("utf-8")


def parse_certificate(body: str) -> Certificate:
    """Read a certificate; unknown keys are ignored. Raises ``Malformed``; says nothing about its signature."""
    fields = load_object(body.encode("utf-8", "surrogatepass"))
    person = fields.get("person")
    if not isinstance(person, dict):
        raise Malformed("type", "person")
    device, identity = fields.get("dev"), person.get("id")
    if not isinstance(device, str) or not isinstance(identity, str):
        raise Malformed("type", "dev")
    return Certificate(
        root=_bytes(fields.get("root"), 32),
        device=device,
        key=_bytes(fields.get("key"), 32),
        person=identity,
        rights=_rights(fields.get("rights")),
    )


@dataclass(frozen=True, slots=True)
class Origin:
    """What the first record of a stream says about all of it. ``fault``: why nothing in it can be vouched for."""

    hash: bytes
    certificate: Certificate | None
    anchored: bool = False
    fault: Reason | None = None


def origin_of(epoch: ChangeSet, verify: Verifier) -> Origin:
    """Judge the certificate in the first change set of a stream."""
    if epoch.kind != "epoch":
        return Origin(epoch.hash, None, fault=Reason.NO_CERTIFICATE)
    try:
        certificate = _signed_certificate(epoch.payload, verify)
    except Malformed:
        return Origin(epoch.hash, None, fault=Reason.BAD_CERTIFICATE)
    if certificate.device != epoch.device:
        return Origin(epoch.hash, None, fault=Reason.BAD_CERTIFICATE)
    nonce = epoch.payload.get("nonce")
    anchored = isinstance(nonce, str) and space_id(certificate.root, nonce) == epoch.space
    return Origin(epoch.hash, certificate, anchored)


def carried_certificate(changeset: ChangeSet, verify: Verifier) -> Certificate:
    """The certificate in an epoch or member record, signed by the root it names. Raises ``Malformed``."""
    return _signed_certificate(changeset.payload, verify)


def authentic(changeset: ChangeSet, origin: Origin, verify: Verifier) -> bool:
    """Whether the device of this stream signed exactly these bytes."""
    certificate = origin.certificate
    return certificate is not None and verify(certificate.key, changeset.signature, changeset.hash)


def chained(changeset: ChangeSet, previous: ChangeSet) -> bool:
    """Whether a record goes on where the record it names as previous stopped."""
    return (changeset.stream, changeset.device, changeset.n) == (previous.stream, previous.device, previous.n + 1)


def check_run(changesets: Sequence[ChangeSet], key: bytes, verify: Verifier) -> list[bool]:
    """Which records of a run were signed with ``key``: one signature covers every record it is chained to.

    A run without forks costs one check, of its last record. A record whose own signature is damaged counts as signed
    when a later one of the run names its hash and is signed.
    """
    signed = [False] * len(changesets)
    after: ChangeSet | None = None
    for at in range(len(changesets) - 1, -1, -1):
        changeset = changesets[at]
        if after is not None and signed[at + 1] and after.previous == changeset.hash:
            signed[at] = True
        else:
            signed[at] = verify(key, changeset.signature, changeset.hash)
        after = changeset
    return signed


@dataclass(frozen=True, slots=True)
class Member:
    """Admits one device (``device``, ``key``) with ``rights``, or, with ``root``, all devices certified by that root.

    For a root the rights are at most those of each certificate, and with a ``frontier`` only for records up to it.
    """

    rights: frozenset[str]
    device: str = ""
    key: bytes = b""
    root: bytes | None = None
    frontier: tuple[bytes, ...] | None = None

    def rights_for(self, certificate: Certificate) -> frozenset[str]:
        """The rights of the holder of a certificate that this record admits."""
        return self.rights if self.root is None else self.rights & certificate.rights


@dataclass(frozen=True, slots=True)
class Revoke:
    """Ends a device: of its records only the predecessors of ``frontier`` (hashes) and these themselves stay good.

    With ``root`` it ends every device certified by that root: an invitation that got into other hands.
    """

    device: str
    frontier: tuple[bytes, ...]
    root: bytes | None = None

    def ends(self, certificate: Certificate) -> bool:
        """Whether this is about the holder of a certificate."""
        return certificate.device == self.device if self.root is None else certificate.root == self.root


@dataclass(frozen=True, slots=True)
class Settle:
    """A person's decision on quarantined records: they count, or they stay hidden."""

    of: tuple[bytes, ...]
    take: bool


def read_control(changeset: ChangeSet, verify: Verifier) -> Member | Revoke | Settle:
    """What a member, revoke or settle record says. Raises ``Malformed``."""
    payload = changeset.payload
    seen_by(payload)
    if changeset.kind == "settle":
        take = payload.get("take")
        if not isinstance(take, bool):
            raise Malformed("type", "take")
        return Settle(_hashes(payload.get("of")), take)
    if changeset.kind == "revoke":
        if "root" in payload:
            return Revoke("", _frontier(payload.get("frontier")), _bytes(payload["root"], 32))
        device = payload.get("dev")
        if not isinstance(device, str):
            raise Malformed("type", "dev")
        return Revoke(device, _frontier(payload.get("frontier")))
    rights = _rights(payload.get("rights"))
    if "root" in payload:
        frontier = payload.get("frontier")
        reach = None if frontier is None else _frontier(frontier)
        return Member(rights, root=_bytes(payload["root"], 32), frontier=reach)
    certificate = _signed_certificate(payload, verify)
    return Member(rights, certificate.device, certificate.key)


def needs(changeset: ChangeSet) -> list[bytes]:
    """The short hashes (first 20 bytes) of all change sets without which this one must wait; some may come twice.

    These are the previous record of its stream, the acts whose values it replaces, and for control records what they
    judge: the control records their author had seen, the settled records, the ends of a frontier.
    """
    needed = [] if changeset.previous is None else [changeset.previous[:SHORT]]
    for write in changeset.writes:
        for parent in write.parents:
            needed.append(short_of(parent))
    if changeset.kind in CONTROL_KINDS:
        needed.extend(_cited(changeset))
    return needed


def _cited(changeset: ChangeSet) -> list[bytes]:
    payload = changeset.payload
    try:
        cited = seen_by(payload)
        if changeset.kind == "settle":
            cited.extend(digest[:SHORT] for digest in _hashes(payload.get("of")))
        elif payload.get("frontier") is not None:
            cited.extend(digest[:SHORT] for digest in _frontier(payload["frontier"]))
    except Malformed:
        return []
    return cited


def _signed_certificate(payload: Mapping[str, Json], verify: Verifier) -> Certificate:
    body = payload.get("cert")
    if not isinstance(body, str):
        raise Malformed("type", "cert")
    certificate = parse_certificate(body)
    if not verify(certificate.root, _bytes(payload.get("sig"), 64), certificate_message(body)):
        raise Malformed("signature", "cert")
    return certificate


def _bytes(value: Json, length: int) -> bytes:
    if not isinstance(value, str) or len(value) != 2 * length:
        raise Malformed("type", "hex")
    try:
        found = bytes.fromhex(value)
    except ValueError:
        raise Malformed("type", "hex") from None
    if len(found) != length:
        raise Malformed("type", "hex")
    return found


def _hashes(value: Json) -> tuple[bytes, ...]:
    if not isinstance(value, list):
        raise Malformed("type", "of")
    return tuple(_bytes(item, 32) for item in value)


def _frontier(value: Json) -> tuple[bytes, ...]:
    """The hashes of a list of [stream, n, hash in hex]."""
    if not isinstance(value, list):
        raise Malformed("type", "frontier")
    tips = []
    for item in value:
        if not isinstance(item, list) or len(item) != 3:
            raise Malformed("type", "frontier")
        tips.append(_bytes(item[2], 32))
    return tuple(tips)


def _rights(value: Json) -> frozenset[str]:
    if not isinstance(value, list):
        raise Malformed("type", "rights")
    rights = [item for item in value if isinstance(item, str)]
    if len(rights) < len(value):
        raise Malformed("type", "rights")
    return frozenset(rights)


def seen_by(payload: Mapping[str, Json]) -> list[bytes]:
    """The short hashes of the control records that the author of one had seen. Raises ``Malformed``."""
    value = payload.get("seen", [])
    if not isinstance(value, list):
        raise Malformed("type", "seen")
    seen = []
    for item in value:
        if not isinstance(item, str) or not is_name(item):
            raise Malformed("type", "seen")
        seen.append(short_of(item))
    return seen
