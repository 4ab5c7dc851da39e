"""Writes the parts of an opened document as one zip. The same document gives the same bytes."""

from __future__ import annotations

import hashlib
import io
import zipfile
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from inspector.domain.errors import BadInput
from inspector.export.word.names import APP_CONTENT, CUSTOM_CONTENT, OFFICE_RELATION, THUMBNAIL

_WRITTEN = (1980, 1, 1, 0, 0, 0)
_PACKED = {"jpeg", "jpg", "png", "gif"}
"""Pictures are compressed already: deflating them again costs most of the time and saves nothing."""

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def set_custom_properties(package: Any, values: dict[str, str]) -> None:
    """Replaces the custom properties of a package, and drops the preview picture of its template."""
    entries = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{number}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(values.items(), 2)
    )
    custom = (
        f'{_DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{entries}</Properties>'
    )
    app = (
        f'{_DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>Kiểm tra CCHC</Application></Properties>"
    )
    _replace_part(package, "custom-properties", "/docProps/custom.xml", CUSTOM_CONTENT, custom)
    _replace_part(package, "extended-properties", "/docProps/app.xml", APP_CONTENT, app)
    _drop_relations(package, THUMBNAIL)


def _replace_part(package: Any, relation: str, name: str, content_type: str, text: str) -> None:
    kind = f"{OFFICE_RELATION}/{relation}"
    _drop_relations(package, kind)
    package.relate_to(Part(PackURI(name), content_type, text.encode(), package), kind)


def _drop_relations(package: Any, kind: str) -> None:
    for name in [name for name, relation in package.rels.items() if relation.reltype == kind]:
        del package.rels[name]


def content_hash(root: Any) -> str:
    """SHA-256 (hex) of the text part of a document, by which a file found later is recognised as unchanged."""
    return hashlib.sha256(_serialised(root)).hexdigest()


def pack(package: Any) -> bytes:
    """The package as the bytes of a .docx.

    Raises:
        BadInput: ``document-broken`` where a faulty template led to two parts of one name.
    """
    parts = sorted(package.iter_parts(), key=lambda part: str(part.partname).lower())
    for one, other in pairwise(parts):
        if str(one.partname).lower() == str(other.partname).lower():
            said = f"Trong tệp có hai phần cùng tên {str(other.partname)[1:]}."
            raise BadInput("document-broken", rule="OPC-NAMES", sentence=said)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        _write(archive, "[Content_Types].xml", _content_types(parts))
        _write(archive, "_rels/.rels", _relations(package.rels))
        for part in parts:
            blob = _serialised(part.element) if hasattr(part, "element") else part.blob
            _write(archive, str(part.partname)[1:], blob)
            if len(part.rels):
                _write(archive, str(part.partname.rels_uri)[1:], _relations(part.rels))
    return out.getvalue()


def _write(archive: zipfile.ZipFile, name: str, blob: bytes) -> None:
    entry = zipfile.ZipInfo(name, _WRITTEN)
    packed = name.rpartition(".")[2].lower() in _PACKED
    entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    archive.writestr(entry, blob)


def _serialised(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _content_types(parts: list[Any]) -> bytes:
    pictures = {str(part.partname.ext).lower(): part.content_type for part in parts if part.partname.ext in _PACKED}
    defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"} | pictures
    entries = "".join(
        f'<Default Extension="{ext}" ContentType="{kind}"/>' for ext, kind in sorted(defaults.items())
    ) + "".join(
        f'<Override PartName="{escape(str(part.partname))}" ContentType="{part.content_type}"/>'
        for part in parts
        if part.partname.ext not in _PACKED
    )
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'{_DECLARATION}<Types xmlns="{types}">{entries}</Types>'.encode()


def _relations(relations: Any) -> bytes:
    return bytes(relations.xml)
