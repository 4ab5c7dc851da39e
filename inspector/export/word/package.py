"""Reads the parts of a Word file without trusting it: no more memory than the limits, no entity, no network."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from lxml import etree

from inspector.domain.errors import BadInput
from inspector.export.word.names import CT, REL

MOST_FILE_BYTES = 300 * 1024 * 1024
MOST_ENTRIES = 4000
MOST_PART_BYTES = 48 * 1024 * 1024
MOST_XML_BYTES = 128 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of a part: ``target`` is a part name without the leading slash, or an address where ``external``."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass(slots=True)
class Package:
    """An opened file: names of all parts, and the XML parts parsed on demand."""

    names: tuple[str, ...]
    repeated: tuple[str, ...]
    sizes: dict[str, int]
    archive: zipfile.ZipFile
    trees: dict[str, Any] = field(default_factory=dict)
    spent: int = 0

    def tree(self, name: str) -> Any | None:
        """The root element of a part, or ``None`` where there is no such part.

        Raises:
            BadInput: ``docx-part-damaged``, ``docx-too-large``.
        """
        if name not in self.sizes:
            return None
        if name not in self.trees:
            self.trees[name] = parse(self.read(name), name)
        return self.trees[name]

    def read(self, name: str) -> bytes:
        """The bytes of a part, never more than the limits whatever the file says of itself."""
        try:
            with self.archive.open(name) as part:
                data = part.read(MOST_PART_BYTES + 1)
        except (
            OSError,
            RuntimeError,
            ValueError,
            EOFError,
            zipfile.BadZipFile,
            NotImplementedError,
            zlib.error,
        ) as error:
            raise BadInput("docx-part-damaged", part=name) from error
        self.spent += len(data)
        if len(data) > MOST_PART_BYTES or self.spent > MOST_XML_BYTES:
            raise BadInput("docx-too-large")
        return data

    def relations(self, part: str) -> tuple[Relation, ...]:
        """The relations of a part; of the package itself for an empty name."""
        folder, _, file = part.rpartition("/")
        root = self.tree(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        if root is None:
            return ()
        return tuple(_relation(one, folder) for one in root.iter(f"{REL}Relationship"))

    def content_types(self) -> tuple[dict[str, str], dict[str, str]]:
        """Content types by extension and by part name."""
        root = self.tree("[Content_Types].xml")
        if root is None:
            return {}, {}
        defaults = {one.get("Extension", "").lower(): one.get("ContentType", "") for one in root.iter(f"{CT}Default")}
        named = {one.get("PartName", "").lstrip("/"): one.get("ContentType", "") for one in root.iter(f"{CT}Override")}
        return defaults, named


def open_package(data: bytes) -> Package:
    """Opens the bytes of a .docx.

    Raises:
        BadInput: ``docx-old-format``, ``docx-not-zip``, ``docx-too-large``.
    """
    if data.startswith(_OLE):
        raise BadInput("docx-old-format")
    if len(data) > MOST_FILE_BYTES:
        raise BadInput("docx-too-large")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, OverflowError) as error:
        raise BadInput("docx-not-zip") from error
    if len(entries) > MOST_ENTRIES:
        raise BadInput("docx-too-large")
    names = [entry.filename for entry in entries if not entry.is_dir()]
    repeated = tuple(sorted({name for name in names if names.count(name) > 1}))
    return Package(tuple(names), repeated, {entry.filename: entry.file_size for entry in entries}, archive)


def parse(data: bytes, name: str) -> Any:
    """The root of an XML part. Nothing is resolved from outside and no entity is expanded.

    Raises:
        BadInput: ``docx-part-damaged``.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise BadInput("docx-part-damaged", part=name) from error
    info: Any = root.getroottree().docinfo
    if info.doctype:
        raise BadInput("docx-part-damaged", part=name)
    return root


def _relation(one: Any, folder: str) -> Relation:
    target, external = one.get("Target", ""), one.get("TargetMode") == "External"
    if not external:
        path = unquote(target)
        target = path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path))
    return Relation(one.get("Id", ""), one.get("Type", ""), target, external)
