"""The layout rules of official documents as data: paper, margins, sizes and styles of each element.

The rules in force are those of Decree 30/2020/NĐ-CP, appendix I, kept in one JSON file. A decree that replaces it is a
new file, not new code. Lengths are millimetres, type sizes points; ``Range`` is what the rule allows and what we use.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from inspector.domain.errors import BadInput

_T = TypeVar("_T")

TWIPS_PER_MM = 1440 / 25.4


def twips(millimetres: float) -> int:
    """Millimetres in twentieths of a point, as Word counts lengths on a page."""
    return round(millimetres * TWIPS_PER_MM)


@dataclass(frozen=True, slots=True)
class Range:
    """``low`` to ``high`` is allowed, ``use`` is what our documents have."""

    low: float
    high: float
    use: float

    def allows(self, value: float, slack: float = 0.3) -> bool:
        return self.low - slack <= value <= self.high + slack


@dataclass(frozen=True, slots=True)
class Element:
    """How one element is set: paragraph style by name, sizes allowed, size used, weight, slope, case, alignment."""

    style: str
    sizes: tuple[float, ...]
    size: float
    bold: bool
    italic: bool
    capitals: bool
    align: str


@dataclass(frozen=True, slots=True)
class Page:
    """Portrait paper with its margins; ``header`` is the distance of the page number from the edge."""

    width: float
    height: float
    top: Range
    bottom: Range
    left: Range
    right: Range
    header: float

    @property
    def text_width(self) -> float:
        return self.width - self.left.use - self.right.use


@dataclass(frozen=True, slots=True)
class Profile:
    """One set of layout rules. ``size_pairs`` are the sizes that go together in the head block:
    Quốc hiệu, tiêu ngữ, place and date. ``kept_together`` are phrases in small letters that a line of the head block is
    not broken in. ``rule_share`` is the length of a rule line by the text above it.
    """

    name: str
    title: str
    page: Page
    font: str
    color: str
    language: str
    line: Range
    space_min: float
    space: float
    first_line: Range
    head_columns: tuple[float, float]
    national_title: str
    motto: str
    kept_together: tuple[str, ...]
    size_pairs: tuple[tuple[float, ...], ...]
    rule_weight: float
    rule_share: Range
    photo_width: float
    photo_height: float
    end_mark: str
    elements: Mapping[str, Element]
    advance_widths: Mapping[str, Mapping[str, int]]

    def style_names(self) -> tuple[str, ...]:
        """The paragraph styles a template must have."""
        return tuple(element.style for element in self.elements.values())


def load_profile(data: bytes) -> Profile:
    """The profile in a JSON file.

    Raises:
        BadInput: ``layout-profile-invalid`` with the ``field`` that is missing or wrong.
    """
    try:
        raw = json.loads(data)
    except ValueError as error:
        raise BadInput("layout-profile-invalid", field="JSON") from error
    return _profile(_Reader(raw, ""))


class _Reader:
    """Reads one level of the file and knows its name for the complaint."""

    def __init__(self, raw: object, path: str) -> None:
        if not isinstance(raw, dict):
            raise BadInput("layout-profile-invalid", field=path or "/")
        self.raw: dict[str, Any] = raw
        self.path = path

    def take(self, name: str, convert: Callable[[Any], _T]) -> _T:
        try:
            return convert(self.raw[name])
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise BadInput("layout-profile-invalid", field=f"{self.path}/{name}") from error

    def inner(self, name: str) -> _Reader:
        return _Reader(self.raw.get(name), f"{self.path}/{name}")


def _profile(raw: _Reader) -> Profile:
    font, body, head = raw.inner("font"), raw.inner("body"), raw.inner("head")
    rule, photos, elements = raw.inner("rule"), raw.inner("photos"), raw.inner("elements")
    space_min, space = body.take("space", _numbers)
    columns = head.take("columns", _numbers)
    return Profile(
        name=raw.take("name", str),
        title=raw.take("title", str),
        page=_page(raw.inner("page")),
        font=font.take("family", str),
        color=font.take("color", str),
        language=font.take("language", str),
        line=body.take("line", _range),
        space_min=space_min,
        space=space,
        first_line=body.take("first_line", _range),
        head_columns=(columns[0], columns[1]),
        national_title=head.take("national_title", str),
        motto=head.take("motto", str),
        kept_together=head.take("kept_together", lambda phrases: tuple(str(phrase) for phrase in phrases)),
        size_pairs=head.take("size_pairs", lambda pairs: tuple(_numbers(pair) for pair in pairs)),
        rule_weight=rule.take("weight", float),
        rule_share=rule.take("share", _range),
        photo_width=photos.take("width", float),
        photo_height=photos.take("height", float),
        end_mark=raw.take("end_mark", str),
        elements={name: _element(elements.inner(name)) for name in elements.raw},
        advance_widths=raw.take("advance_widths", _advance_widths),
    )


def _page(raw: _Reader) -> Page:
    return Page(
        width=raw.take("width", float),
        height=raw.take("height", float),
        top=raw.take("top", _range),
        bottom=raw.take("bottom", _range),
        left=raw.take("left", _range),
        right=raw.take("right", _range),
        header=raw.take("header", float),
    )


def _element(raw: _Reader) -> Element:
    return Element(
        style=raw.take("style", str),
        sizes=raw.take("sizes", _numbers),
        size=raw.take("size", float),
        bold=raw.take("bold", bool),
        italic=raw.take("italic", bool),
        capitals=raw.take("capitals", bool),
        align=raw.take("align", str),
    )


def _numbers(raw: Any) -> tuple[float, ...]:
    return tuple(float(value) for value in raw)


def _range(raw: Any) -> Range:
    low, high, use = _numbers(raw)
    return Range(low, high, use)


def _advance_widths(raw: Any) -> dict[str, dict[str, int]]:
    return {
        face: {letter: int(width) for width, letters in groups.items() for letter in letters}
        for face, groups in raw.items()
    }
