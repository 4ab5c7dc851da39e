"""Change sets: one act of one person as an immutable, signed, hash-chained record.

The text as first written is the record. It is stored, relayed and archived byte for byte, and its name is its hash; a
``ChangeSet`` is only what was read out of it. What a reader does not know (kinds, keys, fields) is kept, because an
older program must carry what a newer one wrote.

Body, UTF-8 JSON, at most 256 KiB, no floats (decimals are strings), no whole number of more than 15 digits::

    {"v":1,"sp":space,"st":stream,"n":17,"ph":hash of n-1 in hex or null,"k":kind,"dev":device,"au":author,
     "app":"1.4.0","reg":"2026.11","wt":wall time as text,"lc":Lamport count,"up":[boot, ms since boot],
     "act":the caller's id,"why":reason,"w":[{"e":entity,"id":id,"f":field,"x":value,"p":[operation ids seen]}],
     "ep" or the name of the kind: payload}
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NoReturn, TypeAlias, cast

from inspector.domain.errors import BadInput

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

MAX_BODY = 256 * 1024
MAX_DEPTH = 32
MAX_WRITES = 200
MAX_LAMPORT = 10**15 - 1
SIGNATURE_BYTES = 64

KINDS = frozenset(
    ("epoch", "write", "member", "revoke", "seal", "witness", "void_seal", "issue", "settle", "blob_lost")
)
WRITING_KINDS = frozenset(("write", "seal", "witness", "void_seal", "issue", "settle", "blob_lost"))

SHORT = 20
"""How many bytes of its hash name a change set."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_LETTER_PAIRS = [first + second for first in _LETTERS for second in _LETTERS]
_PAIR_SHIFTS = range(150, -1, -10)
_TO_DIGITS = bytes.maketrans(_LETTERS.encode("ascii"), b"0123456789abcdefghijklmnopqrstuv")

_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

_PREFIX = b"CCHC-CS-1\0"
_HASH = re.compile(r"[0-9a-f]{64}")
_CHANGE_SET = re.compile(r"[a-z2-7]{32}")
_OPERATION = re.compile(r"[a-z2-7]{32}\.(0|[1-9][0-9]{0,3})")
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,200}")
_NAMES = ("sp", "st", "k", "dev", "act")
_TEXTS = ("au", "app", "reg", "wt")


class Malformed(BadInput):
    """These bytes are not a change set; ``where`` names the key, ``reason`` says what is wrong with it."""

    def __init__(self, reason: str, where: str = "") -> None:
        super().__init__("changeset-malformed", reason=reason, where=where)


@dataclass(frozen=True, slots=True)
class Write:
    """One field written: ``parents`` are the operation ids of all values its author saw when editing began."""

    entity: str
    id: str
    field: str
    value: Json
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What was read out of ``body``; two change sets are the same when their hashes are."""

    body: bytes
    signature: bytes
    hash: bytes
    space: str
    stream: str
    n: int
    previous: bytes | None
    kind: str
    device: str
    author: str
    app: str
    registry: str
    wall: str
    lamport: int
    up: tuple[int, int]
    act: str
    why: str | None
    writes: tuple[Write, ...]
    payload: Mapping[str, Json]


def hash_of(body: bytes) -> bytes:
    """The 32 bytes that name a change set; its device signs them with Ed25519."""
    return hashlib.sha256(_PREFIX + body).digest()


@lru_cache(4096)
def name_of(digest: bytes) -> str:
    """The 32 letters by which other change sets name this one: the first 20 bytes of its hash in base32."""
    number = int.from_bytes(digest[:SHORT], "big")
    return "".join([_LETTER_PAIRS[number >> shift & 1023] for shift in _PAIR_SHIFTS])


def short_of(name: str) -> bytes:
    """The first 20 bytes of the hash of the change set with this name; also taken from an operation id."""
    return int(name[:32].encode("ascii").translate(_TO_DIGITS), 32).to_bytes(SHORT, "big")


def is_name(text: str) -> bool:
    """Whether a text could name a change set."""
    return _CHANGE_SET.fullmatch(text) is not None


def operation_id(digest: bytes, index: int) -> str:
    """The name of the write number ``index`` (from 0) in the change set with this hash."""
    return f"{name_of(digest)}.{index}"


def canonical(value: Json) -> str:
    """The one text of a value: two values are equal exactly when these texts are."""
    return _CANONICAL.encode(value)


def next_lamport(seen: int) -> int:
    """The count after everything seen; it stops at its limit, since it only orders what is shown."""
    return min(seen, MAX_LAMPORT - 1) + 1


def payload_key(kind: str) -> str:
    """Under which key of the body a kind keeps its own data."""
    return "ep" if kind == "epoch" else kind


def compose(
    *,
    space: str,
    stream: str,
    n: int,
    previous: bytes | None,
    kind: str,
    device: str,
    author: str,
    app: str,
    registry: str,
    wall: str,
    lamport: int,
    up: tuple[int, int],
    act: str,
    writes: Sequence[Write] = (),
    why: str | None = None,
    payload: Mapping[str, Json] | None = None,
) -> bytes:
    """Write the body of a change set. Raises ``Malformed`` when it could not be read back."""
    _check_own_rules(kind, writes)
    body: dict[str, Json] = {"v": 1, "sp": space, "st": stream, "n": n, "ph": previous.hex() if previous else None}
    body |= {"k": kind, "dev": device, "au": author, "app": app, "reg": registry, "wt": wall, "lc": lamport}
    body |= {"up": list(up), "act": act}
    if why is not None:
        body["why"] = why
    body = {key: _plain(value) for key, value in body.items()}
    if writes:
        body["w"] = [
            {"e": w.entity, "id": w.id, "f": w.field, "x": _plain(w.value), "p": list(w.parents)} for w in writes
        ]
    if payload is not None:
        body[payload_key(kind)] = _plain(dict(payload))
    try:
        encoded = _COMPACT.encode(body).encode("utf-8")
    except UnicodeEncodeError:
        raise Malformed("text-encoding") from None
    parse(encoded, bytes(SIGNATURE_BYTES))
    return encoded


def parse(body: bytes, signature: bytes) -> ChangeSet:
    """Read a change set from bytes of any origin. Raises ``Malformed``; says nothing about who signed it."""
    if len(body) > MAX_BODY:
        raise Malformed("too-long")
    if len(signature) != SIGNATURE_BYTES:
        raise Malformed("signature-length")
    fields = load_object(body)
    kind = _check_envelope(fields)
    n = cast(int, fields["n"])
    previous = fields["ph"]
    if (n == 1) != (previous is None):
        raise Malformed("first-without-previous", "ph")
    return ChangeSet(
        body=body,
        signature=signature,
        hash=hash_of(body),
        space=cast(str, fields["sp"]),
        stream=cast(str, fields["st"]),
        n=n,
        previous=None if previous is None else bytes.fromhex(cast(str, previous)),
        kind=kind,
        device=cast(str, fields["dev"]),
        author=cast(str, fields["au"]),
        app=cast(str, fields["app"]),
        registry=cast(str, fields["reg"]),
        wall=cast(str, fields["wt"]),
        lamport=cast(int, fields["lc"]),
        up=cast("tuple[int, int]", tuple(cast("list[int]", fields["up"]))),
        act=cast(str, fields["act"]),
        why=cast("str | None", fields.get("why")),
        writes=_writes(fields.get("w")),
        payload=_payload(fields, kind),
    )


def _plain(value: Json) -> Json:
    """The value in NFC with the keys of every mapping in order, so that equal values are written alike."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise Malformed("type", "x")
    plain = {unicodedata.normalize("NFC", key): _plain(value[key]) for key in sorted(value)}
    if len(plain) < len(value):
        raise Malformed("key-twice", "x")
    return dict(sorted(plain.items()))


def _check_own_rules(kind: str, writes: Sequence[Write]) -> None:
    """What this program never writes, though it would read it from another."""
    if writes and kind not in WRITING_KINDS:
        raise Malformed("kind-without-writes", "w")
    if len(writes) > MAX_WRITES:
        raise Malformed("too-many-writes", "w")
    if len({(w.entity, w.id, w.field) for w in writes}) < len(writes):
        raise Malformed("field-twice", "w")


def _refuse_number(text: str) -> NoReturn:
    raise Malformed("not-a-whole-number", text[:40])


def _whole_number(text: str) -> int:
    if len(text) > 15 + text.startswith("-"):
        raise Malformed("number-too-long", text[:40])
    return int(text)


def _mapping(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        raise Malformed("key-twice")
    return mapping


_DECODER = json.JSONDecoder(
    object_pairs_hook=_mapping, parse_float=_refuse_number, parse_int=_whole_number, parse_constant=_refuse_number
)


def load_object(body: bytes) -> dict[str, Json]:
    try:
        text = body.decode("utf-8")
        fields: Json = _DECODER.decode(text)
    except Malformed:
        raise
    except RecursionError:
        raise Malformed("too-deep") from None
    except ValueError:
        raise Malformed("not-json") from None
    if not isinstance(fields, dict):
        raise Malformed("not-an-object")
    if "\\u" in text or text.count("[") + text.count("{") > MAX_DEPTH:
        _check_inside(fields)
    return fields


def _check_inside(value: Json) -> None:
    """Refuse nesting beyond ``MAX_DEPTH`` and halves of surrogate pairs, which only escapes can bring in."""
    level: list[Json] = [value]
    for _ in range(MAX_DEPTH + 1):
        inner: list[Json] = []
        for item in level:
            if isinstance(item, str):
                _check_encodable(item)
            elif isinstance(item, dict):
                inner.extend(item)
                inner.extend(item.values())
            elif isinstance(item, list):
                inner.extend(item)
        if not inner:
            return
        level = inner
    raise Malformed("too-deep")


def _check_encodable(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise Malformed("text-encoding") from None


def _check_envelope(fields: Mapping[str, Json]) -> str:
    for key in _NAMES:
        text = fields.get(key)
        if type(text) is not str or not _NAME.fullmatch(text):
            raise Malformed("type", key)
    for key in _TEXTS:
        if type(fields.get(key)) is not str:
            raise Malformed("type", key)
    for key, least in (("v", 1), ("n", 1), ("lc", 0)):
        number = fields.get(key)
        if type(number) is not int or number < least:
            raise Malformed("type", key)
    up = fields.get("up")
    if not (isinstance(up, list) and len(up) == 2 and all(type(part) is int for part in up)):
        raise Malformed("type", "up")
    previous = fields.get("ph", "")
    if previous is not None and not (isinstance(previous, str) and _HASH.fullmatch(previous)):
        raise Malformed("type", "ph")
    if not isinstance(fields.get("why"), str | None):
        raise Malformed("type", "why")
    kind = cast(str, fields["k"])
    return kind if fields["v"] == 1 else f"{kind}/{fields['v']}"  # a later format is a kind this program does not know


def _writes(found: Json) -> tuple[Write, ...]:
    if found is None:
        return ()
    if not isinstance(found, list):
        raise Malformed("type", "w")
    return tuple(_write(item) for item in found)


def _write(item: Json) -> Write:
    if not isinstance(item, dict) or "x" not in item:
        raise Malformed("type", "w")
    entity, identity, field, parents = item.get("e"), item.get("id"), item.get("f"), item.get("p")
    for name in (entity, identity, field):
        if type(name) is not str or not _NAME.fullmatch(name):
            raise Malformed("type", "w")
    if not isinstance(parents, list):
        raise Malformed("type", "p")
    for parent in parents:
        if type(parent) is not str or not _OPERATION.fullmatch(parent):
            raise Malformed("type", "p")
    return Write(cast(str, entity), cast(str, identity), cast(str, field), item["x"], tuple(cast("list[str]", parents)))


def _payload(fields: Mapping[str, Json], kind: str) -> Mapping[str, Json]:
    payload = fields.get(payload_key(kind))
    if isinstance(payload, dict):
        return payload
    if payload is not None and kind in KINDS:
        raise Malformed("type", payload_key(kind))
    return {}
