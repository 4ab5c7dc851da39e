"""Files of other kinds, which people hand in by mistake: small ones of each, under any name."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from functools import cache

from tests.inputs.damage import zipped

_BOMB = b"<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(8)
) + b"]><worksheet>&i;</worksheet>"  # fmt: skip


@cache
def foreign() -> dict[str, bytes]:
    """By kind. The zip bomb unpacks to 140 MB."""
    chance = random.Random(7)
    text = "Mã,Tên\n28360,Cái Bè\n"
    return {
        "empty": b"",
        "zeros": bytes(4096),
        "random": chance.randbytes(4096),
        "pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
        "png": png(),
        "xls": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + chance.randbytes(4096),
        "zip": zipped([("a.txt", b"a"), ("b/c.txt", b"c" * 100)]),
        "empty zip": zipped([]),
        "zip bomb": _bomb(),
        "entity bomb": zipped(
            [
                ("[Content_Types].xml", b"<Types/>"),
                ("_rels/.rels", _RELS),
                ("xl/workbook.xml", b"<workbook><sheets/></workbook>"),
                ("xl/worksheets/sheet1.xml", _BOMB),
            ]
        ),
        "utf-16": text.encode("utf-16"),
        "utf-16 without mark": text.encode("utf-16-le"),
        "latin": "Mã;Tên\n1;Café\n".encode("latin-1"),
        "semicolons": "Mã;Tên\r\n28360;Cái Bè\r\n".encode("utf-8-sig"),
        "html": "<html><table><tr><td>Mã</td></tr></table></html>".encode(),
        "xml": b"<?xml version='1.0'?>" + _BOMB,
        "json": b'{"a": [1, 2.5, null, "\\ud800"]}',
        "deep json": b"[" * 100_000,
        "long line": b"a," * 300_000,
        "many lines": b"a,b\n" * 100_000,
        "gzip": b"\x1f\x8b\x08" + zlib.compress(b"x" * 1000),
        "program": b"MZ" + bytes(58) + b"\x80\x00\x00\x00" + bytes(200),
        "rtf": rb"{\rtf1\ansi Bi\'ean b\u7843?n}",
        "sqlite": b"SQLite format 3\x00" + bytes(4080),
        "one byte": b"\xff",
        "control": bytes(range(32)) * 50,
    }


_RELS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    b'Target="xl/workbook.xml"/></Relationships>'
)


def _bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("_rels/.rels", _RELS)
        for name in ("xl/workbook.xml", "word/document.xml"):
            with archive.open(name, "w") as part:
                for _ in range(70):
                    part.write(bytes(1024 * 1024))
    return target.getvalue()


def png(width: int = 8, height: int = 6) -> bytes:
    """A small picture, written by hand."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    rows = b"".join(b"\x00" + bytes((y * 30 % 256, y * 40 % 256, 90)) * width for y in range(height))
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
