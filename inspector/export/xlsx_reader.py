"""Read an .xlsx file from anywhere: exact numbers, no guesses, and a refusal instead of a crash.

Written on the standard library because a file may be hostile or broken: the fast readers size their memory by what the
file claims and end the whole process (``docs/decisions/004-reading-workbooks.md``). Everything here is counted while
it is read, and numbers become decimals straight from their text.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias
from xml.etree import ElementTree as Xml

from inspector.domain.errors import BadInput

MAX_FILE = 20 * 1024 * 1024
MAX_PART = 64 * 1024 * 1024
MAX_WHOLE = 128 * 1024 * 1024
MAX_PARTS = 1_000
MAX_CELLS = 500_000
MAX_ROW = 100_000
MAX_COLUMN = 256
MAX_DEPTH = 64

Value: TypeAlias = "str | Decimal | bool | date | CellError"

_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class CellError:
    """What a broken formula shows: #REF!, #N/A and the like."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: values by row and column, both counted from 1; only cells with something in them.

    ``merged`` are ranges as written ("B2:C3"); only their first cell has a value.
    """

    name: str
    rows: Mapping[int, Mapping[int, Value]] = field(default_factory=dict)
    merged: tuple[str, ...] = ()


def cell_name(row: int, column: int) -> str:
    """The name people see: row 12, column 3 is "C12"."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def read_xlsx(content: bytes) -> tuple[Grid, ...]:
    """Every sheet of a workbook, in order.

    Raises:
        BadInput: ``sheet-unreadable`` for what is no whole .xlsx file, ``sheet-too-large`` beyond the limits above.
    """
    if len(content) > MAX_FILE:
        raise BadInput("sheet-too-large", limit=f"{MAX_FILE // 1024 // 1024} MB")
    try:
        return tuple(_Workbook(_parts(content)).grids())
    except BadInput:
        raise
    except Exception as error:  # whatever a foreign file makes zip and XML readers raise is this one fact
        raise BadInput("sheet-unreadable") from error


def _parts(content: bytes) -> dict[str, bytes]:
    """The XML parts, unpacked under the limits; sizes are counted, never believed."""
    found: dict[str, bytes] = {}
    left = MAX_WHOLE
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = archive.infolist()
        if len(infos) > MAX_PARTS:
            raise BadInput("sheet-too-large", limit=f"{MAX_PARTS} tệp con")
        for info in infos:
            if not info.filename.endswith((".xml", ".rels")):
                continue
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise BadInput("sheet-unreadable")
            with archive.open(info) as part:
                data = part.read(min(MAX_PART, left) + 1)
            if len(data) > min(MAX_PART, left):
                raise BadInput("sheet-too-large", limit=f"{MAX_WHOLE // 1024 // 1024} MB")
            left -= len(data)
            found[info.filename.lstrip("/")] = data
    return found


class _Workbook:
    """The parts of one file, read as far as they are needed."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = parts
        self._book = next(name for name in self._targets("", "/officeDocument"))
        self._texts = self._shared_texts()
        self._dates = self._date_styles()
        self._epoch = date(1899, 12, 30)
        self._cells_left = MAX_CELLS

    def grids(self) -> Iterator[Grid]:
        relations = dict(self._relations(self._book))
        sheets = []
        for element in _elements(self._parts[self._book]):
            tag = _local(element.tag)
            if tag == "workbookPr" and element.get("date1904") in ("1", "true"):
                self._epoch = date(1904, 1, 1)
            elif tag == "sheet":
                link = next(value for key, value in element.items() if _local(key) == "id")
                sheets.append((element.get("name", ""), relations[link][1]))
        if not sheets:
            raise BadInput("sheet-unreadable")
        for name, target in sheets:
            yield self._grid(name, self._parts[target])

    def _grid(self, name: str, data: bytes) -> Grid:
        rows: dict[int, dict[int, Value]] = {}
        merged = []
        row = column = 0
        for element in _elements(data, starts=("row",)):
            tag = _local(element.tag)
            if tag == "row" and element.get("closed") is None:
                row, column = _row_number(element.get("r"), row + 1), 0
            elif tag == "c":
                row, column = _position(element.get("r"), row, column + 1)
                self._keep(rows, row, column, self._value(element))
            elif tag == "mergeCell":
                merged.append(element.get("ref", ""))
        return Grid(name, rows, tuple(merged))

    def _keep(self, rows: dict[int, dict[int, Value]], row: int, column: int, value: Value | None) -> None:
        if value is None or value == "":
            return
        self._cells_left -= 1
        if self._cells_left < 0:
            raise BadInput("sheet-too-large", limit=f"{MAX_CELLS} ô")
        rows.setdefault(row, {})[column] = value

    def _value(self, cell: Xml.Element) -> Value | None:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _unescaped(_rich_text(cell))
        text = next((child.text or "" for child in cell if _local(child.tag) == "v"), None)
        if text is None:
            return None
        if kind == "s":
            return self._texts[int(text)]
        if kind in ("str", "d"):
            return _unescaped(text)
        if kind == "b":
            return text.strip() in ("1", "true")
        if kind == "e":
            return CellError(text[:40])
        return self._number(text, cell.get("s", "0"))

    def _number(self, text: str, style: str) -> Value:
        try:
            number = Decimal(text.strip())
            if not number.is_finite() or abs(number) >= 10**15:
                return text.strip()[:40]
            if int(style) in self._dates and 0 < number < 2_000_000:
                return self._epoch + timedelta(int(number))
            return round(number, 9)
        except ArithmeticError as error:  # no number, or an exponent beyond what can be reckoned with
            raise BadInput("sheet-unreadable") from error

    def _shared_texts(self) -> list[str]:
        found = []
        for name in self._targets(self._book, "/sharedStrings"):
            found += [
                _unescaped(_rich_text(e)) for e in _elements(self._parts[name], ("si",)) if e.get("closed") is not None
            ]
        return found

    def _date_styles(self) -> frozenset[int]:
        """The style numbers that show a number as a date."""
        formats: dict[str, str] = {}
        styles: list[str] = []
        inside = False
        for name in self._targets(self._book, "/styles"):
            for element in _elements(self._parts[name], ("cellXfs",)):
                tag = _local(element.tag)
                if tag == "numFmt":
                    formats[element.get("numFmtId", "")] = element.get("formatCode", "")
                elif tag == "cellXfs":
                    inside = element.get("closed") is None
                elif tag == "xf" and inside:
                    styles.append(element.get("numFmtId", "0"))
        return frozenset(n for n, code in enumerate(styles) if _is_date(code, formats.get(code, "")))

    def _targets(self, part: str, kind: str) -> list[str]:
        """The parts of one kind that a part points to; a kind is the end of the relation's name."""
        return [target for _, (name, target) in self._relations(part) if name.endswith(kind)]

    def _relations(self, part: str) -> Iterator[tuple[str, tuple[str, str]]]:
        folder, name = posixpath.split(part)
        for element in _elements(self._parts.get(f"{folder}/_rels/{name}.rels".lstrip("/"), b"<none/>")):
            target = element.get("Target")
            if target and element.get("TargetMode") != "External":
                whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
                yield element.get("Id", ""), (element.get("Type", ""), whole.lstrip("/"))


def _elements(data: bytes, starts: tuple[str, ...] = ()) -> Iterator[Xml.Element]:
    """Every element at its end, and those named in ``starts`` also at their start, without ``closed`` being set."""
    if b"\0" in data[:4] or b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise BadInput("sheet-unreadable")
    depth = 0
    for event, element in Xml.iterparse(io.BytesIO(data), events=("start", "end")):  # noqa: S314  # no DTD gets here
        if event == "start":
            depth += 1
            if depth > MAX_DEPTH:
                raise BadInput("sheet-unreadable")
            if _local(element.tag) in starts:
                yield element
            continue
        depth -= 1
        if _local(element.tag) in starts:
            element.set("closed", "1")
        yield element
        if _local(element.tag) in ("row", "si"):
            element.clear()


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _rich_text(element: Xml.Element) -> str:
    """The text of runs, without the reading aids some languages put beside them."""
    found = []
    for child in element:
        tag = _local(child.tag)
        if tag == "t":
            found.append(child.text or "")
        elif tag in ("r", "is"):
            found.append(_rich_text(child))
    return "".join(found)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _is_date(number: str, code: str) -> bool:
    if number.isdigit() and int(number) in _BUILT_IN_DATES:
        return True
    return any(letter in "dmyDMY" for letter in _QUOTED.sub("", code))


def _row_number(text: str | None, following: int) -> int:
    row = int(text) if text else following
    if not 1 <= row <= MAX_ROW:
        raise BadInput("sheet-too-large", limit=f"{MAX_ROW} dòng")
    return row


def _position(reference: str | None, row: int, column: int) -> tuple[int, int]:
    if reference:
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            raise BadInput("sheet-unreadable")
        column = 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - 64
        row = int(match[2])
    if not 1 <= column <= MAX_COLUMN:
        raise BadInput("sheet-too-large", limit=f"{MAX_COLUMN} cột")
    return _row_number(None, row), column
