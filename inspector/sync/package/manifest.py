"""What the manifest of a package and a receipt say, as values; read from bytes of any origin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from inspector.domain.changeset import Json
from inspector.domain.errors import Damaged
from inspector.domain.exchange import Holds, Vector
from inspector.domain.streams import Tip
from inspector.sync.frames import MOST_PACKED
from inspector.sync.package.sheet import Fields
from inspector.system.age import is_public

MOST_VOLUMES = 999
MOST_IN_BLOB = 200 * 1024 * 1024
_MOST = 10**15 - 1

_HASH = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,200}")


@dataclass(frozen=True, slots=True)
class Part:
    """A frame or a blob in the data of a package: its size in bytes and its SHA-256 in hex.

    ``space`` is where a frame belongs, ``count`` how many change sets are in it; a blob has neither.
    """

    size: int
    sha256: str
    space: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Volume:
    """One file of a package: how much of the data is in it, and size and SHA-256 (hex) of the file as it lies there."""

    size: int
    packed: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """``to`` are the devices it was made for, empty where a passphrase locks it; ``key`` opens the volumes.

    ``frames`` and ``blobs`` lie one after the other in the data that the volumes make up together. ``holds`` is what
    the sender had of each space; ``whole`` are blobs it has besides those in the package. ``age`` is the sender's key.
    """

    id: str
    made: str
    age: str
    to: tuple[str, ...]
    key: str
    holds: dict[str, Holds]
    frames: tuple[Part, ...]
    blobs: tuple[Part, ...]
    whole: tuple[str, ...]
    volumes: tuple[Volume, ...]

    @property
    def size(self) -> int:
        """Bytes of all data."""
        return sum(part.size for part in (*self.frames, *self.blobs))

    @property
    def changes(self) -> int:
        return sum(frame.count for frame in self.frames)

    def content(self) -> Fields:
        """As it is written down."""
        spaces = list(self.holds)
        return {
            "kind": "package",
            "id": self.id,
            "wt": self.made,
            "age": self.age,
            "to": list(self.to),
            "key": self.key,
            "spaces": [_told(space, holds) for space, holds in self.holds.items()],
            "frames": [[spaces.index(part.space), part.size, part.sha256, part.count] for part in self.frames],
            "blobs": [[part.size, part.sha256] for part in self.blobs],
            "whole": list(self.whole),
            "volumes": [[volume.size, volume.packed, volume.sha256] for volume in self.volumes],
        }


@dataclass(frozen=True)
class Receipt:
    """What a laptop durably holds after it took a package in: of each space, and which blobs whole."""

    package: str
    made: str
    age: str
    holds: dict[str, Holds]
    blobs: tuple[str, ...]

    def content(self) -> Fields:
        return {
            "kind": "receipt",
            "package": self.package,
            "wt": self.made,
            "age": self.age,
            "spaces": [_told(space, holds) for space, holds in self.holds.items()],
            "blobs": list(self.blobs),
        }


def manifest_from(content: Fields) -> Manifest:
    """Raises ``Damaged`` (``package-damaged``)."""
    try:
        holds = _holds(content["spaces"])
        spaces = list(holds)
        frames = tuple(
            Part(_size(size, MOST_PACKED), _hash(sha256), spaces[_size(at, len(spaces) - 1)], _size(count))
            for at, size, sha256, count in _rows(content["frames"])
        )
        found = Manifest(
            id=_name(content["id"]),
            made=_text(content["wt"]),
            age=_age(content["age"]),
            to=tuple(_name(one) for one in _list(content["to"])),
            key=_text(content["key"]),
            holds=holds,
            frames=frames,
            blobs=tuple(Part(_size(size, MOST_IN_BLOB), _hash(sha256)) for size, sha256 in _rows(content["blobs"])),
            whole=tuple(_hash(one) for one in _list(content["whole"])),
            volumes=tuple(
                Volume(_size(size), _size(packed), _hash(sha256)) for size, packed, sha256 in _rows(content["volumes"])
            ),
        )
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise Damaged("package-damaged") from error
    if found.size != sum(volume.size for volume in found.volumes) or len(found.volumes) > MOST_VOLUMES:
        raise Damaged("package-damaged")
    return found


def receipt_from(content: Fields) -> Receipt:
    """Raises ``Damaged`` (``package-damaged``)."""
    try:
        return Receipt(
            _name(content["package"]),
            _text(content["wt"]),
            _age(content["age"]),
            _holds(content["spaces"]),
            tuple(_hash(one) for one in _list(content["blobs"])),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise Damaged("package-damaged") from error


def _told(space: str, holds: Holds) -> Fields:
    ends: dict[str, Json] = {
        stream: [[n, digest.hex()] for n, digest in found] for stream, found in holds.vector.ends.items()
    }
    return {"id": space, "ends": ends, "held": [digest.hex() for digest in holds.held]}


def _holds(value: Json) -> dict[str, Holds]:
    found: dict[str, Holds] = {}
    for item in _list(value):
        if not isinstance(item, dict) or not isinstance(item["ends"], dict):
            raise TypeError("space")
        tips = [
            Tip(_name(stream), _size(n), bytes.fromhex(_hash(digest)))
            for stream, ends in item["ends"].items()
            for n, digest in _rows(ends)
        ]
        held = tuple(bytes.fromhex(_hash(one)) for one in _list(item["held"]))
        found[_name(item["id"])] = Holds(Vector.of(tips), held)
    return found


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError("list")
    return value


def _rows(value: Json) -> Sequence[list[Json]]:
    return [_list(row) for row in _list(value)]


def _text(value: Json) -> str:
    if not isinstance(value, str) or len(value) > 200:
        raise TypeError("text")
    return value


def _name(value: Json) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise TypeError("name")
    return value


def _age(value: Json) -> str:
    if not isinstance(value, str) or not is_public(value):
        raise TypeError("age")
    return value


def _hash(value: Json) -> str:
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise TypeError("hash")
    return value


def _size(value: Json, most: int = _MOST) -> int:
    if type(value) is not int or not 0 <= value <= most:
        raise ValueError("size")
    return value
