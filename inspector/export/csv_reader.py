"""Read a .csv of any of the encodings Vietnamese offices still use."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata

from inspector.domain.errors import BadInput
from inspector.domain.text import fold
from inspector.export.xlsx_reader import MAX_CELLS, MAX_COLUMN, MAX_FILE, MAX_ROW, Grid, Value

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_csv(content: bytes, name: str) -> Grid:
    """The one table of a .csv file; every cell is text.

    Raises:
        BadInput: ``sheet-encoding`` when the letters cannot be made out, ``sheet-unreadable``, ``sheet-too-large``.
    """
    if len(content) > MAX_FILE:
        raise BadInput("sheet-too-large", limit=f"{MAX_FILE // 1024 // 1024} MB")
    text = _decoded(content)
    if "\0" in text:
        raise BadInput("sheet-unreadable")
    rows: dict[int, dict[int, Value]] = {}
    cells = 0
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)), 1):
            if number > MAX_ROW or len(row) > MAX_COLUMN:
                raise BadInput("sheet-too-large", limit=f"{MAX_ROW} dòng, {MAX_COLUMN} cột")
            found: dict[int, Value] = {place: cell for place, cell in enumerate(row, 1) if cell.strip()}
            cells += len(found)
            if cells > MAX_CELLS:
                raise BadInput("sheet-too-large", limit=f"{MAX_CELLS} ô")
            if found:
                rows[number] = found
    except csv.Error as error:
        raise BadInput("sheet-unreadable") from error
    return Grid(name, rows)


def _decoded(content: bytes) -> str:
    """UTF-8 and UTF-16 by mark or content, then Windows-1258, the Vietnamese of older Excel."""
    for encoding in _candidates(content):
        try:
            text = unicodedata.normalize("NFC", content.decode(encoding))
        except UnicodeDecodeError:
            continue
        if encoding != "cp1258" or _reads_as_vietnamese(text):
            return text
    raise BadInput("sheet-encoding")


def _candidates(content: bytes) -> tuple[str, ...]:
    if content.startswith(_MARKS):
        return ("utf-8-sig",) if content.startswith(codecs.BOM_UTF8) else ("utf-16",)
    if content[1:200:2].count(0) > len(content[1:200:2]) // 3:
        return ("utf-16-le",)
    if content[:200:2].count(0) > len(content[:200:2]) // 3:
        return ("utf-16-be",)
    return ("utf-8", "cp1258")


def _reads_as_vietnamese(text: str) -> bool:
    """Are nearly all letters beyond ASCII Vietnamese ones? Old fonts (TCVN3, VNI) give foreign letters instead."""
    beyond = [char for char in text if ord(char) > 127 and char.isalpha()]
    strange = sum(not fold(char).isascii() or char in "äåæçëïðñöøûüýþßÄÅÆÇËÏÐÑÖØÛÜÞœŒŸÿ" for char in beyond)
    loose = sum(unicodedata.combining(char) != 0 for char in text)
    return (strange + loose) * 50 <= len(beyond)


def _delimiter(text: str) -> str:
    line = text.split("\n", 1)[0]
    return max(",;\t", key=line.count)
