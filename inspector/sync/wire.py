"""The messages of an exchange as bytes and back: what HTTPS carries.

Small messages are JSON with hashes in hex; a frame travels as it is, behind one line of JSON where something must be
said of it. Whatever came from outside is bounded before it is read and checked before it is used: what is no message is
one ``BadInput`` (``message-damaged``, ``message-too-large``).
"""

from __future__ import annotations

import builtins
import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from inspector.domain.changeset import SIGNATURE_BYTES, Json, Malformed, load_object
from inspector.domain.errors import BadInput
from inspector.domain.exchange import Holds, Numbered, Range, Vector
from inspector.domain.streams import Tip
from inspector.storage.holdings import Place
from inspector.sync.frames import MOST_PACKED
from inspector.sync.messages import MOST_ASKED, Answer, Kept, Page, Request, Result

KIB = 1024
MOST_HOLDS = 1024 * KIB
"""Bytes of what a replica says it holds, and of a request."""

MOST_ANSWER = 16 * 1024 * KIB
"""Bytes of an answer that is no frame."""

MOST_SMALL = 64 * KIB
"""Bytes of a message of the greeting."""

MOST_PAGE = MOST_PACKED + KIB
"""Bytes of a frame with the line before it."""

_HELD_BYTES = 67  # a hash in hex, its quotes and a comma
_HASH = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,200}")
_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,200}")


def segment(name: str) -> str:
    """The id of a space or stream as part of a path; ids of other programs may hold any letter."""
    return name if _PLAIN.fullmatch(name) else "~" + name.encode().hex()


def name_from(part: str) -> str:
    """What ``segment`` was given."""
    if not part.startswith("~"):
        return _name(part)
    try:
        return _name(bytes.fromhex(part[1:]).decode())
    except ValueError:
        raise _damaged("name") from None


def holds_bytes(holds: Holds) -> bytes:
    """What a replica holds. Of what waits, what came first is told, as far as there is room: about 15,000 hashes."""
    ends: Json = {stream: _numbered(found) for stream, found in holds.vector.ends.items()}
    room = max(0, MOST_HOLDS - len(_written({"ends": ends, "held": []}))) // _HELD_BYTES
    return _written({"ends": ends, "held": _hex(holds.held[:room])}, MOST_HOLDS)


def read_holds(data: bytes) -> Holds:
    return _holds(_fields(data, MOST_HOLDS))


def answer_bytes(answer: Answer) -> bytes:
    fields: dict[str, Json] = load_object(holds_bytes(answer.holds))
    fields |= {"forks": list(answer.forks), "lacks": _hex(answer.lacks), "closed": answer.closed}
    return _written(fields, MOST_ANSWER)


def read_answer(data: bytes) -> Answer:
    fields = _fields(data, MOST_ANSWER)
    forks = tuple(_name(item) for item in _list(fields.get("forks")))
    return Answer(_holds(fields), forks, _hashes(fields.get("lacks")), _flag(fields.get("closed")))


def request_bytes(request: Request, place: Place, room: int) -> bytes:
    """What is asked for, behind which place, and how many unpacked bytes the answer may hold."""
    ranges: Json = [[item.stream, item.after] for item in request.ranges]
    fields: dict[str, Json] = {"ranges": ranges, "hashes": _hex(request.hashes), "place": list(place), "room": room}
    return _written(fields, MOST_HOLDS)


def read_request(data: bytes) -> tuple[Request, Place, int]:
    fields = _fields(data, MOST_HOLDS)
    ranges = []
    for item in _list(fields.get("ranges")):
        stream, after = _pair(item)
        ranges.append(Range(_name(stream), _number(after)))
    hashes = _hashes(fields.get("hashes"))
    _at_most(len(hashes), MOST_ASKED)
    lseq, held = _pair(fields.get("place"))
    return Request(tuple(ranges), hashes), Place(_number(lseq), _number(held)), _number(fields.get("room"))


def page_bytes(page: Page) -> bytes:
    """A line of JSON, then the frame."""
    place: Json = None if page.place is None else list(page.place)
    return _written({"place": place}) + b"\n" + page.frame


def read_page(data: bytes) -> Page:
    _at_most(len(data), MOST_PAGE)
    line, found, frame = data.partition(b"\n")
    if not found:
        raise _damaged("page")
    place = _fields(line, KIB).get("place", False)
    if place is None:
        return Page(frame, None)
    lseq, held = _pair(place)
    return Page(frame, Place(_number(lseq), _number(held)))


def results_bytes(results: Sequence[Result]) -> bytes:
    rows: Json = [[result.hash.hex(), str(result.kept), result.reason] for result in results]
    return _written({"results": rows}, MOST_ANSWER)


def read_results(data: bytes) -> list[Result]:
    found = []
    for row in _list(_fields(data, MOST_ANSWER).get("results")):
        match row:
            case [str() as digest, str() as kept, (str() | None) as reason] if kept in set(Kept):
                found.append(Result(_hash(digest), Kept(kept), reason))
            case _:
                raise _damaged("results")
    return found


def hashes_bytes(numbered: Sequence[Numbered]) -> bytes:
    return _written({"hashes": _numbered(numbered)}, MOST_ANSWER)


def read_hashes(data: bytes) -> list[Numbered]:
    return [_read_numbered(item) for item in _list(_fields(data, MOST_ANSWER).get("hashes"))]


def sizes_bytes(sizes: Mapping[str, int]) -> bytes:
    """Blobs, by SHA-256 in hex, each with a number of bytes."""
    return _written({"sizes": dict(sizes)}, MOST_HOLDS)


def read_sizes(data: bytes) -> dict[str, int]:
    sizes = _mapping(_fields(data, MOST_HOLDS).get("sizes"))
    _at_most(len(sizes), MOST_ASKED)
    return {_sha256(sha256): _number(size) for sha256, size in sizes.items()}


def names_bytes(names: Collection[str]) -> bytes:
    """Blobs by SHA-256 in hex."""
    return _written({"names": list(names)}, MOST_HOLDS)


def read_names(data: bytes) -> list[str]:
    names = _list(_fields(data, MOST_HOLDS).get("names"))
    _at_most(len(names), MOST_ASKED)
    return [_sha256(name) for name in names]


def spaces_bytes(spaces: Iterable[str]) -> bytes:
    return _written({"spaces": [*sorted(spaces)]}, MOST_ANSWER)


def read_spaces(data: bytes) -> list[str]:
    return [_name(item) for item in _list(_fields(data, MOST_ANSWER).get("spaces"))]


def small_bytes(fields: Mapping[str, Json]) -> bytes:
    """A message of the greeting, in which hashes, keys and signatures stand in hex."""
    return _written(dict(fields), MOST_SMALL)


class Small:
    """A message of the greeting, read key by key; what is missing or of another sort is ``message-damaged``."""

    def __init__(self, data: bytes) -> None:
        self._fields = _fields(data, MOST_SMALL)

    def __contains__(self, key: str) -> bool:
        return key in self._fields

    def text(self, key: str) -> str:
        value = self._fields.get(key)
        if not isinstance(value, str):
            raise _damaged(key)
        return value

    def number(self, key: str) -> int:
        return _number(self._fields.get(key))

    def bytes(self, key: str, length: int) -> bytes:
        """``length`` bytes that stand there in hex."""
        return _octets(self.text(key), length)

    def signed(self, key: str) -> list[tuple[str, builtins.bytes]]:
        """Texts, each with a signature."""
        found = []
        for item in _list(self._fields.get(key)):
            body, signature = _pair(item)
            found.append((_checked(body, lambda text: True), _octets(signature, SIGNATURE_BYTES)))
        return found


def _octets(value: Json, length: int) -> bytes:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9a-f]*", value) or len(value) != 2 * length:
        raise _damaged("hex")
    return bytes.fromhex(value)


def _written(fields: dict[str, Json], most: int = MOST_SMALL) -> bytes:
    data = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
    _at_most(len(data), most)
    return data


def _fields(data: bytes, most: int) -> dict[str, Json]:
    _at_most(len(data), most)
    try:
        return load_object(data)
    except Malformed as error:
        raise _damaged(str(error.params["reason"])) from None


def _holds(fields: Mapping[str, Json]) -> Holds:
    tips = []
    for stream, ends in _mapping(fields.get("ends")).items():
        tips += [Tip(_name(stream), *_read_numbered(end)) for end in _list(ends)]
    return Holds(Vector.of(tips), _hashes(fields.get("held")))


def _numbered(found: Iterable[Numbered]) -> list[Json]:
    return [[n, digest.hex()] for n, digest in found]


def _read_numbered(item: Json) -> Numbered:
    n, digest = _pair(item)
    return _number(n), _hash(digest)


def _hex(hashes: Iterable[bytes]) -> list[Json]:
    return [digest.hex() for digest in hashes]


def _hashes(value: Json) -> tuple[bytes, ...]:
    return tuple(_hash(item) for item in _list(value))


def _hash(value: Json) -> bytes:
    return bytes.fromhex(_sha256(value))


def _sha256(value: Json) -> str:
    return _checked(value, lambda text: _HASH.fullmatch(text) is not None)


def _name(value: Json) -> str:
    return _checked(value, lambda text: _NAME.fullmatch(text) is not None)


def _checked(value: Json, holds: Callable[[str], bool]) -> str:
    if not isinstance(value, str) or not holds(value):
        raise _damaged("text")
    return value


def _number(value: Json) -> int:
    if type(value) is not int or value < 0:
        raise _damaged("number")
    return value


def _flag(value: Json) -> bool:
    if not isinstance(value, bool):
        raise _damaged("flag")
    return value


def _pair(value: Json) -> list[Json]:
    found = _list(value)
    if len(found) != 2:
        raise _damaged("pair")
    return found


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise _damaged("list")
    return value


def _mapping(value: Json) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise _damaged("mapping")
    return value


def _at_most(size: int, most: int) -> None:
    if size > most:
        raise BadInput("message-too-large", limit=str(most))


def _damaged(where: str) -> BadInput:
    return BadInput("message-damaged", where=where)
