"""Workbooks that are broken, hostile or of another program: exact values or one refusal."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
from xlsxwriter import Workbook

from inspector.domain.errors import BadInput
from inspector.export import xlsx_reader
from inspector.export.csv_reader import read_csv
from inspector.export.xlsx_reader import CellError, read_xlsx

SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


def workbook() -> bytes:
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Trang một")
        sheet.write("A1", "Xã Cái Bè & <b>")
        sheet.write("B1", 0.67)
        sheet.write("C1", 2)
        sheet.write("D1", True)
        sheet.write_datetime("E1", datetime(2026, 4, 30), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_formula("F1", "=1+1", None, 2)
        sheet.write_formula("G1", "=NA()", None, "#N/A")
        sheet.write("H1", 0.5, book.add_format({"num_format": "0%"}))
        sheet.write_rich_string("A2", "một", book.add_format({"bold": True}), " hai")
        sheet.write("A20", "cuối")
        sheet.merge_range("B3:C4", "gộp")
        book.add_worksheet("Trang hai")
    return out.getvalue()


GOOD = workbook()


def with_parts(change: Callable[[dict[str, bytes]], object]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def replaced(part: str, old: bytes, new: bytes) -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        assert old in parts[part]
        parts[part] = parts[part].replace(old, new, 1)

    return with_parts(change)


def test_values_are_exact() -> None:
    first, second = read_xlsx(GOOD)
    assert first.rows[1] == {
        1: "Xã Cái Bè & <b>",
        2: Decimal("0.67"),
        3: Decimal(2),
        4: True,
        5: date(2026, 4, 30),
        6: Decimal(2),
        7: CellError("#N/A"),
        8: Decimal("0.5"),
    }
    assert (first.rows[2][1], first.rows[20][1], first.merged) == ("một hai", "cuối", ("B3:C4",))
    assert (second.name, second.rows) == ("Trang hai", {})


def test_other_programs_write_inline_texts_prefixes_and_no_places() -> None:
    sheet = (
        b'<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row>'
        b'<x:c t="inlineStr"><x:is><x:t>A</x:t></x:is></x:c><x:c><x:v>1.10</x:v></x:c></x:row>'
        b"<x:row><x:c><x:v>0.30000000000000004</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    found = read_xlsx(with_parts(lambda parts: parts.update({SHEET: sheet})))[0].rows
    assert found == {1: {1: "A", 2: Decimal("1.1")}, 2: {1: Decimal("0.3")}}


def test_escaped_characters_are_read_back() -> None:
    assert read_xlsx(replaced(TEXTS, "cuối".encode(), b"a_x005F_x0041_b"))[0].rows[20][1] == "a_x0041_b"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "sheet-unreadable"),
        (b"PK", "sheet-unreadable"),
        (GOOD[: len(GOOD) // 2], "sheet-unreadable"),
        (GOOD[:-1], "sheet-unreadable"),
        (with_parts(lambda parts: parts.pop("xl/workbook.xml")), "sheet-unreadable"),
        (with_parts(lambda parts: parts.pop(SHEET)), "sheet-unreadable"),
        (with_parts(lambda parts: parts.pop("xl/_rels/workbook.xml.rels")), "sheet-unreadable"),
        (replaced(SHEET, b'r="A20"', b'r="XFD1048576"'), "sheet-too-large"),
        (replaced(SHEET, b'r="A20"', b'r="A1048576"'), "sheet-too-large"),
        (replaced(SHEET, b'<row r="20"', b'<row r="99999999999"'), "sheet-too-large"),
        (replaced(SHEET, b'r="A20"', b'r="A0"'), "sheet-too-large"),
        (replaced(SHEET, b'r="A20"', b'r="20A"'), "sheet-unreadable"),
        (replaced(SHEET, b"<v>0</v>", b"<v>99</v>"), "sheet-unreadable"),
        (replaced(SHEET, b"<v>2</v>", b"<v>hai</v>"), "sheet-unreadable"),
        (replaced(SHEET, b"<sheetData>", b"<sheetData>" + b"<a>" * 100), "sheet-unreadable"),
        (replaced(SHEET, b"<worksheet", b'<!DOCTYPE w [<!ENTITY a "b">]><worksheet'), "sheet-unreadable"),
        (with_parts(lambda p: p.update({SHEET: p[SHEET].decode().encode("utf-16")})), "sheet-unreadable"),
    ],
)
def test_a_file_that_is_not_whole_gets_one_sentence(content: bytes, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_xlsx(content)
    assert caught.value.code == code


def test_counts_a_file_claims_are_not_believed() -> None:
    lie = replaced(TEXTS, b'uniqueCount="', b'uniqueCount="9999999999')
    assert read_xlsx(lie)[0].rows[20][1] == "cuối"


def test_a_small_file_that_unpacks_into_a_huge_one_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = with_parts(lambda parts: parts.update({"xl/x.xml": bytes(3 << 20)}))
    assert len(bomb) < 20_000
    monkeypatch.setattr(xlsx_reader, "MAX_PART", 1 << 20)
    with pytest.raises(BadInput, match="sheet-too-large"):
        read_xlsx(bomb)


def test_too_many_cells_are_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_reader, "MAX_CELLS", 5)
    with pytest.raises(BadInput, match="sheet-too-large"):
        read_xlsx(GOOD)


def damaged(chance: random.Random) -> bytes:
    """A file with a few bytes, numbers or tags changed, on the outside or inside one of its parts."""
    if chance.random() < 0.4:
        return spoiled(GOOD, chance)

    def change(parts: dict[str, bytes]) -> None:
        name = chance.choice(sorted(parts))
        parts[name] = spoiled(parts[name], chance)

    return with_parts(change)


def spoiled(data: bytes, chance: random.Random) -> bytes:
    kind = chance.randrange(4)
    if kind == 0:
        return data[: chance.randrange(len(data) + 1)]
    if kind == 1:
        place = chance.randrange(len(data) + 1)
        return data[:place] + chance.choice([b"<c/>", b"&b;", b"<", b"</row>", b"<v>1e999</v>", b"\0"]) + data[place:]
    numbers = list(re.finditer(rb"\d+", data))
    if kind == 2 and numbers:
        match = chance.choice(numbers)
        other = chance.choice([b"0", b"-1", b"1048577", b"18446744073709551616", b"9" * 5000])
        return data[: match.start()] + other + data[match.end() :]
    raw = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    return bytes(raw)


def answer(read: Callable[[bytes], object], content: bytes) -> str:
    """The word read, or the code of the refusal; anything else is an error of the test."""
    try:
        read(content)
    except BadInput as error:
        return error.code
    return "read"


@pytest.mark.parametrize("seed", range(20))
def test_damaged_files_are_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    files = [damaged(chance) for _ in range(25)]
    found = {answer(read_xlsx, content) for content in files}
    found |= {answer(lambda c: read_csv(c, "a"), content) for content in files}
    assert found <= {"read", "sheet-unreadable", "sheet-too-large", "sheet-encoding"}
