"""Qt's own form of a table of translations (a .qm file), made in memory from ours.

A translator written in Python would be simpler and takes a reference from ``None`` at every text it does not know,
until the interpreter stops (``docs/decisions/015-translations-in-the-form-of-qt.md``). So Qt gets its own format.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

_MAGIC = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
_HASHES, _MESSAGES, _NUMBERS = 0x42, 0x69, 0x88
_END, _TRANSLATION, _SOURCE, _CONTEXT = 1, 3, 6, 7
_ONE_OR_MANY = bytes([0x01, 1])  # the first form for n = 1, the second for the rest

Table = Mapping[str, Mapping[str, str | Mapping[str, str]]]
"""Context → source → text, or ``{"one": …, "other": …}`` where the number in it decides."""


def message_file(table: Table) -> bytes:
    """The table as Qt's ``QTranslator.load`` takes it."""
    messages, places = bytearray(), []
    for context, texts in table.items():
        for source, text in texts.items():
            places.append((_hash(source.encode()), len(messages)))
            messages += _message(context, source, text)
    hashes = b"".join(struct.pack(">II", *place) for place in sorted(places))
    sections = ((_HASHES, hashes), (_MESSAGES, bytes(messages)), (_NUMBERS, _ONE_OR_MANY))
    return _MAGIC + b"".join(struct.pack(">BI", tag, len(body)) + body for tag, body in sections)


def read_message_file(data: bytes) -> Iterator[tuple[str, str]]:
    """The contexts and sources of a compiled file, such as those that come with Qt."""
    messages = _section(data, _MESSAGES)
    parts: dict[int, str] = {}
    place = 0
    while place < len(messages):
        tag = messages[place]
        place += 1
        if tag == _END:
            yield parts.get(_CONTEXT, ""), parts.get(_SOURCE, "")
            parts = {}
            continue
        (length,) = struct.unpack_from(">i", messages, place)
        place += 4
        if tag in (_SOURCE, _CONTEXT):
            parts[tag] = messages[place : place + max(length, 0)].decode()
        place += max(length, 0)


def _section(data: bytes, wanted: int) -> bytes:
    place = len(_MAGIC)
    while place < len(data):
        tag, length = struct.unpack_from(">BI", data, place)
        place += 5
        if tag == wanted:
            return data[place : place + length]
        place += length
    return b""


def _message(context: str, source: str, text: str | Mapping[str, str]) -> bytes:
    # A text asked for with a number is looked up by form, so one without forms is given for both.
    forms = (text, text) if isinstance(text, str) else (text["one"], text["other"])
    translations = b"".join(_part(_TRANSLATION, form.encode("utf-16-be")) for form in forms)
    return translations + _part(_SOURCE, source.encode()) + _part(_CONTEXT, context.encode()) + bytes([_END])


def _part(tag: int, body: bytes) -> bytes:
    return struct.pack(">BI", tag, len(body)) + body


def _hash(source: bytes) -> int:
    """The ELF hash Qt looks messages up by."""
    value = 0
    for byte in source:
        value = ((value << 4) + byte) & 0xFFFFFFFF
        high = value & 0xF0000000
        value = (value ^ (high >> 24)) & ~high
    return value or 1
