"""The seal (niêm phong): one root over everything the minutes stand on, printed on the paper before it is signed.

What is sealed is a frontier of the log and what follows from exactly the records up to it: every value that stands,
every blob that is named, which laptops were left out and why, what was left open, checklist and template. Whoever holds
the same records comes to the same root. A chain of hashes on one's own disk proves nothing against oneself; the paper
does, and so does every other laptop that said it held the same (``witness``).

The tree is that of RFC 6962: leaves are hashed behind a zero byte, nodes behind a one, so that neither passes for the
other; what goes into a leaf begins with ``CCHC-SEAL-1``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from inspector.domain.changeset import ChangeSet, Json, canonical
from inspector.domain.exchange import CODE_LETTERS
from inspector.domain.merge import Known
from inspector.domain.registers import ConflictClass
from inspector.domain.registry import ENTITIES, Field, Type

KINDS = ("seal", "witness", "issue", "void_seal")

_LEAF, _NODE = b"\x00", b"\x01"
_PREFIX = b"CCHC-SEAL-1\0"
_CODE_LENGTH, _CODE_BREAK = 20, 4
_MISREAD = str.maketrans("OIL", "011")
_QR = "CCHC-SEAL-1:"
_NO_ARRIVAL = frozenset({"issued_document", "signature", "supplement", "comment"})
_SIGNING = ("signer", "outcome")
"""What belongs to the paper itself, or is never printed, and what became of its signing: they come after every seal."""


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree hash of RFC 6962, section 2.1, with SHA-256."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = [hashlib.sha256(_LEAF + leaf).digest() for leaf in leaves]
    while len(level) > 1:
        pairs = [hashlib.sha256(_NODE + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=False)]
        level = pairs + level[len(level) // 2 * 2 :]  # an odd last one goes up as it is
    return level[0]


def seal_code(root: bytes) -> str:
    """The first 100 bits of a root in letters that are not misread: ``K7QF-2MTX-R3TA-5HWD-6PEC``."""
    number = int.from_bytes(root[:13], "big") >> 4
    letters = "".join(CODE_LETTERS[number >> 5 * place & 31] for place in reversed(range(_CODE_LENGTH)))
    return "-".join(letters[at : at + _CODE_BREAK] for at in range(0, _CODE_LENGTH, _CODE_BREAK))


def typed_code(text: str) -> str | None:
    """The code somebody typed or scanned, as it is printed; None where it is none. The whole root counts too."""
    plain = text.strip().upper()
    whole = plain.removeprefix(_QR)
    if len(whole) == 64 and set(whole) <= set("0123456789ABCDEF"):
        return seal_code(bytes.fromhex(whole))
    letters = "".join(letter for letter in plain if letter.isalnum()).translate(_MISREAD)
    if len(letters) != _CODE_LENGTH or not set(letters) <= set(CODE_LETTERS):
        return None
    return "-".join(letters[at : at + _CODE_BREAK] for at in range(0, _CODE_LENGTH, _CODE_BREAK))


def square_text(root: bytes) -> str:
    """What the square code on the paper says: the whole root."""
    return f"{_QR}{root.hex().upper()}"


@dataclass(frozen=True, slots=True)
class Excluded:
    """A laptop that was left out: what only it has comes after the seal."""

    device: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What a seal says beside what follows from its frontier. ``absent``: blobs the sealing laptop did not hold."""

    frontier: tuple[tuple[str, int, bytes], ...]
    excluded: tuple[Excluded, ...] = ()
    template: str = ""
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal that was set: its change set, what it says, and the root it says it comes to."""

    changeset: ChangeSet
    terms: Terms
    root: bytes

    @property
    def code(self) -> str:
        return seal_code(self.root)


@dataclass(frozen=True, slots=True)
class Issue:
    """A file of sealed minutes: SHA-256 (hex) of the Word file, and of its PDF where one was made."""

    docx: str
    pdf: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One seal with what came to it. It is void when two people said so."""

    seal: Seal
    witnesses: tuple[ChangeSet, ...] = ()
    issues: tuple[Issue, ...] = ()
    voids: tuple[ChangeSet, ...] = ()

    @property
    def is_void(self) -> bool:
        return len({changeset.author for changeset in self.voids}) > 1


@dataclass(frozen=True, slots=True)
class Content:
    """What is under a seal: its leaves in order, the blobs with their sizes as recorded, and what was left open."""

    leaves: tuple[bytes, ...]
    blobs: Mapping[str, int | None]
    open_minor: tuple[tuple[str, str, str], ...]
    blocking: tuple[tuple[str, str, str], ...]

    @property
    def root(self) -> bytes:
        return merkle_root(self.leaves)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that is not under the seal: one field written by somebody whose work came later."""

    changeset: ChangeSet
    entity: str
    id: str
    field: str
    value: Json


def payload_of(terms: Terms, root: bytes) -> dict[str, Json]:
    """What the change set of a seal carries."""
    return {
        "root": root.hex(),
        "frontier": [[stream, n, digest.hex()] for stream, n, digest in terms.frontier],
        "excluded": [{"device": one.device, "name": one.name, "reason": one.reason} for one in terms.excluded],
        "template": terms.template,
        "absent": list(terms.absent),
    }


def read_seal(changeset: ChangeSet) -> Seal | None:
    """What a change set of that kind says; None where it cannot be read."""
    payload = changeset.payload
    if changeset.kind != "seal":
        return None
    try:
        frontier = tuple(_tip(tip) for tip in _rows(payload.get("frontier")))
        excluded = tuple(_left_out(one) for one in _rows(payload.get("excluded", [])))
        root = bytes.fromhex(_text(payload.get("root")))
        template = _text(payload.get("template", ""))
        absent = tuple(map(_text, _rows(payload.get("absent", []))))
    except (ValueError, TypeError):
        return None
    return Seal(changeset, Terms(frontier, excluded, template, absent), root) if len(root) == 32 else None


def standing_seals(changesets: Iterable[ChangeSet]) -> tuple[Standing, ...]:
    """The seals of an inspection with their witnesses, files and voids, in the order of their hashes."""
    found = list(changesets)
    seals = {seal.changeset.hash: seal for seal in map(read_seal, found) if seal is not None}
    return tuple(
        Standing(
            seal,
            tuple(one for one in found if one.kind == "witness" and _is_about(one, seal)),
            tuple(_issue(one) for one in found if one.kind == "issue" and _is_about(one, seal)),
            tuple(one for one in found if one.kind == "void_seal" and _is_about(one, seal)),
        )
        for _, seal in sorted(seals.items())
    )


def within(changesets: Iterable[ChangeSet], terms: Terms) -> tuple[list[ChangeSet], tuple[bytes, ...]]:
    """The records up to the frontier in the order they are given, and the hashes of what is missing of them."""
    known = {changeset.hash: changeset for changeset in changesets}
    wanted: set[bytes] = set()
    missing: list[bytes] = []
    for _, _, tip in terms.frontier:
        at: bytes | None = tip
        while at is not None and at not in wanted:
            wanted.add(at)
            if at not in known:
                missing.append(at)
                break
            at = known[at].previous
    return [changeset for digest, changeset in known.items() if digest in wanted], tuple(missing)


def content_of(known: Known, space: str, terms: Terms) -> Content:
    """What is under a seal, from exactly the records up to its frontier (``known`` must hold no others)."""
    places = sorted(known.fields(space))
    leaves: list[Json] = [["space", space], ["template", terms.template]]
    leaves += [["frontier", stream, n, digest.hex()] for stream, n, digest in terms.frontier]
    leaves += [["excluded", one.device, one.name, one.reason] for one in terms.excluded]
    blobs: dict[str, int | None] = {}
    minor, blocking = [], []
    for entity, record, field in places:
        kind = known.conflict(space, entity, record, field)
        if kind is ConflictClass.MINOR:
            minor.append((entity, record, field))
        elif kind in (ConflictClass.C2, ConflictClass.C3):
            blocking.append((entity, record, field))
        for head in known.heads(space, entity, record, field):
            digest = hashlib.sha256(canonical(head.value).encode()).hexdigest()
            leaves.append(["value", entity, record, field, head.operation, digest])
            blobs.update(_blobs_in(entity, field, head.value))
            if (entity, field) == ("inspection", "checklist") and isinstance(head.value, dict):
                leaves.append(["checklist", head.value.get("hash")])
    leaves += [["blob", sha256, size] for sha256, size in blobs.items()]
    leaves += [["open", *place] for place in minor]
    packed = sorted(_PREFIX + canonical(leaf).encode() for leaf in leaves)
    return Content(tuple(packed), blobs, tuple(minor), tuple(blocking))


def arrivals(changesets: Iterable[ChangeSet], terms: Terms) -> Iterator[Arrival]:
    """What was written apart from the seal, oldest first as given: changes of records, not of the paper."""
    given = list(changesets)
    inside = {changeset.hash for changeset in within(given, terms)[0]}
    for changeset in given:
        if changeset.hash not in inside and changeset.kind == "write":
            for write in changeset.writes:
                if write.entity not in _NO_ARRIVAL and (write.entity, write.field) != _SIGNING:
                    yield Arrival(changeset, write.entity, write.id, write.field, write.value)


def differing(before: Content, after: Content) -> tuple[tuple[Json, ...], tuple[Json, ...]]:
    """The leaves that only one of two contents has: those of the first, those of the second."""
    gone = sorted(set(before.leaves) - set(after.leaves))
    come = sorted(set(after.leaves) - set(before.leaves))
    return tuple(map(_leaf, gone)), tuple(map(_leaf, come))


def _leaf(packed: bytes) -> Json:
    found: Json = json.loads(packed.removeprefix(_PREFIX))
    return found


def _blobs_in(entity: str, field: str, value: Json) -> Iterator[tuple[str, int | None]]:
    """The blobs a value names, with the size recorded beside the hash."""
    known = ENTITIES.get(entity)
    shape: Field | None = known.field(field) if known else None
    if shape is None:
        return
    if shape.type is Type.BLOB and isinstance(value, str):
        yield value, None
    if shape.type is Type.GROUP and isinstance(value, dict):
        size = value.get("size")
        for member in shape.members:
            named = value.get(member.name)
            if member.type is Type.BLOB and isinstance(named, str):
                yield named, size if isinstance(size, int) and not isinstance(size, bool) else None


def _is_about(changeset: ChangeSet, seal: Seal) -> bool:
    return changeset.payload.get("seal") == seal.changeset.hash.hex()


def _issue(changeset: ChangeSet) -> Issue:
    docx, pdf = changeset.payload.get("docx"), changeset.payload.get("pdf")
    return Issue(docx if isinstance(docx, str) else "", pdf if isinstance(pdf, str) else None)


def _rows(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError("a list")
    return value


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError("a text")
    return value


def _tip(value: Json) -> tuple[str, int, bytes]:
    stream, n, digest = _rows(value)
    if not isinstance(n, int) or isinstance(n, bool):
        raise TypeError("a number")
    return _text(stream), n, bytes.fromhex(_text(digest))


def _left_out(value: Json) -> Excluded:
    if not isinstance(value, dict):
        raise TypeError("a mapping")
    return Excluded(_text(value.get("device")), _text(value.get("name")), _text(value.get("reason")))
