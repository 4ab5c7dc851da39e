"""Mends what LibreOffice writes otherwise than Word's schema wants it, so that a template saved by it can be used."""

from __future__ import annotations

from typing import Any

from lxml import etree

from inspector.export.word.names import W
from inspector.export.word.package import parse

_MOST_CHARACTER_SPACE = 2**31 - 1


def mend(data: bytes, name: str) -> bytes:
    """A part as Word would have written it; the same bytes where nothing is to be mended."""
    root = parse(data, name)
    if not any([_levels(root), _switches(root), _grids(root)]):
        return data
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _levels(root: Any) -> bool:
    """The number format of a list level stands before its paragraph style."""
    mended = False
    for level in root.iter(f"{W}lvl"):
        form, style = level.find(f"{W}numFmt"), level.find(f"{W}pStyle")
        if form is not None and style is not None and level.index(style) < level.index(form):
            style.addprevious(form)
            mended = True
    return mended


def _switches(root: Any) -> bool:
    """A row that is kept whole says so without a value."""
    mended = False
    for mark in root.iter(f"{W}cantSplit", f"{W}tblHeader"):
        if mark.get(f"{W}val") == "true":
            del mark.attrib[f"{W}val"]
            mended = True
    return mended


def _grids(root: Any) -> bool:
    """A negative space between letters is written as a number no reader takes."""
    mended = False
    for grid in root.iter(f"{W}docGrid"):
        space = grid.get(f"{W}charSpace", "0")
        if space.isdecimal() and int(space) > _MOST_CHARACTER_SPACE:
            del grid.attrib[f"{W}charSpace"]
            mended = True
    return mended
