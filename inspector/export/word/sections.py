"""Binds appendices behind the main text, each in a section of its own with pages counted from one."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from lxml import etree

from inspector.export.word.engine import parse_blocks
from inspector.export.word.names import W

_AFTER_PAGE_NUMBER = (
    "cols",
    "formProt",
    "vAlign",
    "noEndnote",
    "titlePg",
    "textDirection",
    "bidi",
    "rtlGutter",
    "docGrid",
    "printerSettings",
    "sectPrChange",
)
_AFTER_TYPE = ("pgSz", "pgMar", "paperSrc", "pgBorders", "lnNumType", "pgNumType", *_AFTER_PAGE_NUMBER)


def bind(body: Any, appendices: Iterable[tuple[str, bool]], break_paragraph: str) -> None:
    """Appends each ``(markup, landscape)`` to the body; the first page of each shows no number, as that of the text."""
    upright = body.find(f"{W}sectPr")
    if upright is None:
        upright = etree.SubElement(body, f"{W}sectPr")
    current = upright
    for markup, landscape in appendices:
        following = _section(upright, landscape)
        _close_section(body, current, break_paragraph)
        for element in parse_blocks(markup):
            _move(element, body)
        body.append(following)
        current = following


def _move(element: Any, body: Any) -> None:
    """To the end of the body, a table row by row: lxml needs time by the square of what is moved at once, and holds
    the whole program meanwhile. 5,000 dossiers took minutes, and take a quarter of a second.
    """
    parts = list(element)
    for part in parts:
        element.remove(part)
    body.append(element)
    for part in parts:
        element.append(part)


def _close_section(body: Any, section: Any, break_paragraph: str) -> None:
    """Moves the properties of the last section into its last paragraph."""
    body.remove(section)
    last = body[-1] if len(body) else None
    properties = last.find(f"{W}pPr") if last is not None and last.tag == f"{W}p" else None
    if properties is None:
        last = parse_blocks(break_paragraph)[0]
        body.append(last)
        properties = last.find(f"{W}pPr")
    properties.append(deepcopy(section))


def _section(upright: Any, landscape: bool) -> Any:
    section = deepcopy(upright)
    _set(section, "type", _AFTER_TYPE, val="nextPage")
    _set(section, "pgNumType", _AFTER_PAGE_NUMBER, start="1")
    _set(section, "titlePg", _AFTER_PAGE_NUMBER[5:])
    size = section.find(f"{W}pgSz")
    if landscape and size is not None:
        width, height = size.get(f"{W}w"), size.get(f"{W}h")
        size.set(f"{W}w", height)
        size.set(f"{W}h", width)
        size.set(f"{W}orient", "landscape")
    return section


def _set(section: Any, name: str, after: tuple[str, ...], **values: str) -> None:
    """Sets or replaces a child in the place the schema wants it."""
    child = section.find(f"{W}{name}")
    if child is None:
        child = etree.Element(f"{W}{name}")
        later = {f"{W}{one}" for one in after}
        place = next((place for place, other in enumerate(section) if other.tag in later), len(section))
        section.insert(place, child)
    child.attrib.clear()
    for key, value in values.items():
        child.set(f"{W}{key}", value)
