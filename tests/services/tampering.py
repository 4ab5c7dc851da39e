"""Tampering with a sealed inspection at will: a value, a file under the seal, the roster, the order, the paper.

Some of it as somebody with an editor would do it, some as the lead's own laptop could: everything written again,
chained and signed with the right keys, the seal's own record with it. What is printed on the paper is all that holds
then.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from inspector.domain.changeset import ChangeSet, Malformed, hash_of, name_of, parse
from inspector.domain.seal import content_of, payload_of, read_seal, seal_code, within
from inspector.services.seal_check import check_blobs, check_records
from inspector.services.sealing import known_of
from inspector.system.keys import SigningKey

Keys = Mapping[str, SigningKey]


@dataclass(frozen=True)
class Sealed:
    """What lies on a disk, and the code that stands on the paper."""

    space: str
    code: str
    records: tuple[ChangeSet, ...]
    blobs: Mapping[str, bytes] = field(default_factory=dict)
    paper: bytes = b""
    issued: str = ""


def problems(found: Sealed) -> list[str]:
    """What a check says that begins with the code on the paper; nothing where all is as it was."""
    import hashlib

    seals = [seal for seal in map(read_seal, found.records) if seal is not None and seal.code == found.code]
    if not seals:
        return ["seal-unknown"]
    told = [one.code for one in check_records(seals[0], found.space, found.records)]
    if not told:
        inside, _ = within(found.records, seals[0].terms)
        content = content_of(known_of(inside), found.space, seals[0].terms)
        told += [one.code for one in check_blobs(content, seals[0].terms.absent, found.blobs.get)]
    if hashlib.sha256(found.paper).hexdigest() != found.issued:
        told.append("seal-file-differs")
    return told


def tampered(found: Sealed, chance: random.Random, keys: Keys) -> tuple[str, Sealed]:
    """One change of any kind, and what it was."""
    name = chance.choice(sorted(KINDS))
    return name, KINDS[name](found, chance, keys)


def _under_seal(found: Sealed) -> list[ChangeSet]:
    seal = next(seal for seal in map(read_seal, found.records) if seal is not None and seal.code == found.code)
    return within(found.records, seal.terms)[0]


def _byte(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _record_edited(found: Sealed, chance: random.Random, _keys: Keys) -> Sealed:
    """Bytes changed on the disk; where they are no record any more, the record is gone."""
    target = chance.choice(_under_seal(found))
    body = _byte(target.body, chance)
    try:
        changed = [parse(body, target.signature)]
    except Malformed:
        changed = []
    return replace(found, records=tuple(new for one in found.records for new in (changed if one is target else [one])))


def _record_gone(found: Sealed, chance: random.Random, _keys: Keys) -> Sealed:
    target = chance.choice(_under_seal(found))
    return replace(found, records=tuple(one for one in found.records if one is not target))


def _file_edited(found: Sealed, chance: random.Random, _keys: Keys) -> Sealed:
    named = chance.choice(sorted(found.blobs))
    return replace(found, blobs={**found.blobs, named: _byte(found.blobs[named], chance)})


def _paper_edited(found: Sealed, chance: random.Random, _keys: Keys) -> Sealed:
    return replace(found, paper=_byte(found.paper, chance))


def _value_rewritten(found: Sealed, chance: random.Random, keys: Keys) -> Sealed:
    return _rewritten(found, chance, keys, lambda write: write["e"] not in ("team_member", "evidence"))


def _roster_rewritten(found: Sealed, chance: random.Random, keys: Keys) -> Sealed:
    return _rewritten(found, chance, keys, lambda write: write["e"] == "team_member")


def _rewritten(found: Sealed, chance: random.Random, keys: Keys, fits: Callable[[dict[str, object]], bool]) -> Sealed:
    """Another text in one write; everything after it chained and signed again, the seal's record too."""
    bodies = [json.loads(one.body) for one in found.records]
    inside = {one.hash for one in _under_seal(found)}
    places = [
        (number, at)
        for number, body in enumerate(bodies)
        if found.records[number].hash in inside
        for at, write in enumerate(body.get("w", []))
        if isinstance(write["x"], str) and fits(write)
    ]
    number, at = chance.choice(places)
    bodies[number]["w"][at]["x"] += chance.choice(["!", " ", "x", "đ"])
    return _again(found, bodies, keys)


def _order_rewritten(found: Sealed, chance: random.Random, keys: Keys) -> Sealed:
    """Two records of one laptop change places."""
    inside = {one.hash for one in _under_seal(found)}
    pairs = [
        number
        for number in range(1, len(found.records) - 1)
        if {one.hash for one in found.records[number : number + 2]} <= inside
        and found.records[number].kind == found.records[number + 1].kind == "write"
        and found.records[number + 1].previous == found.records[number].hash
        and not any(
            parent.startswith(name_of(found.records[number].hash))
            for write in found.records[number + 1].writes
            for parent in write.parents
        )
    ]
    at = chance.choice(pairs)
    bodies = [json.loads(one.body) for one in found.records]
    bodies[at], bodies[at + 1] = bodies[at + 1], bodies[at]
    bodies[at]["n"], bodies[at + 1]["n"] = bodies[at + 1]["n"], bodies[at]["n"]
    return _again(found, bodies, keys, swapped=at)


def _again(found: Sealed, bodies: Sequence[dict[str, object]], keys: Keys, swapped: int = -1) -> Sealed:
    """The records written anew from these bodies: hashes, names of parents and the root follow."""
    old = [one.hash for one in found.records]
    if swapped >= 0:
        old[swapped], old[swapped + 1] = old[swapped + 1], old[swapped]
    names: dict[str, str] = {}
    tips: dict[str, str] = {}
    made: list[ChangeSet] = []
    for digest, body in zip(old, bodies, strict=True):
        stream = str(body["st"])
        body["ph"] = tips.get(stream)
        text = json.dumps(_sealed_anew(found, body, made), ensure_ascii=False, separators=(",", ":"))
        for before, after in names.items():
            text = text.replace(before, after)
        data = text.encode()
        new = hash_of(data)
        tips[stream] = new.hex()
        names[name_of(digest)], names[digest.hex()] = name_of(new), new.hex()
        made.append(parse(data, keys[str(body["dev"])].sign(new)))
    return replace(found, records=tuple(made))


def _sealed_anew(found: Sealed, body: dict[str, object], made: Sequence[ChangeSet]) -> dict[str, object]:
    """The seal's own record says the root and frontier of what it is now about."""
    if body["k"] != "seal":
        return body
    tips: dict[str, ChangeSet] = {one.stream: one for one in made}
    seal = read_seal(next(one for one in found.records if one.kind == "seal"))
    assert seal is not None
    frontier = tuple(sorted((one.stream, one.n, one.hash) for one in tips.values()))
    terms = replace(seal.terms, frontier=frontier)
    root = content_of(known_of(within(made, terms)[0]), found.space, terms).root
    assert seal_code(root) != found.code, "the same root after a change"
    return {**body, "seal": payload_of(terms, root)}


KINDS: dict[str, Callable[[Sealed, random.Random, Keys], Sealed]] = {
    "a record edited on the disk": _record_edited,
    "a record taken away": _record_gone,
    "a file under the seal edited": _file_edited,
    "the paper edited": _paper_edited,
    "a value written again with the right keys": _value_rewritten,
    "the roster written again with the right keys": _roster_rewritten,
    "the order written again with the right keys": _order_rewritten,
}
