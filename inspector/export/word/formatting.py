"""How a paragraph and a run really look: defaults, then styles, then numbering, then what is set directly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from inspector.export.word.names import A, W

SLOTS = ("ascii", "hAnsi", "eastAsia", "cs")
_DEFAULT_SIZE = 10.0
_MM_PER_TWIP = 25.4 / 1440
_OFF = {"0", "false", "off", "none"}
_ALIGN = {"start": "left", "end": "right", "distribute": "both"}


@dataclass(frozen=True, slots=True)
class Look:
    """A run as it is seen: points, weight, slope, font of Latin letters, colour (``auto`` or six digits), capitals."""

    size: float = _DEFAULT_SIZE
    bold: bool = False
    italic: bool = False
    font: str = "Times New Roman"
    color: str = "auto"
    capitals: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A paragraph as it is seen: millimetres of indent, points of space, ``line`` in lines or points (``exact``)."""

    align: str = "left"
    first_line: float = 0.0
    left: float = 0.0
    right: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    exact: bool = False
    keep_next: bool = False
    ruled: bool = False


class Formatting:
    """Resolves styles of one document. Every answer for a style is computed once."""

    def __init__(self, styles: Any | None, numbering: Any | None, theme: Any | None) -> None:
        self.styles: dict[str, Any] = {}
        self.default_id: str | None = None
        self.theme = _theme_fonts(theme)
        self.levels = _levels(numbering)
        self.base_look, self.base_shape = Look(), Shape()
        self.default_fonts: dict[str, str] = {}
        if styles is not None:
            self._read(styles)
        self._known: dict[str | None, tuple[Look, Shape]] = {}

    def _read(self, styles: Any) -> None:
        for style in styles.iterfind(f"{W}style"):
            self.styles[style.get(f"{W}styleId", "")] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
                self.default_id = style.get(f"{W}styleId")
        run = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        paragraph = styles.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr")
        fonts = run.find(f"{W}rFonts") if run is not None else None
        self.default_fonts = {slot: self._font(fonts, slot) or "" for slot in SLOTS}
        self.base_look = self.look_with(Look(font=""), run)
        self.base_shape = self.shape_with(Shape(), paragraph)

    def name_of(self, style_id: str | None) -> str:
        style = self.styles.get(style_id or self.default_id or "")
        name = style.find(f"{W}name") if style is not None else None
        return str(name.get(f"{W}val", "")) if name is not None else ""

    def style(self, style_id: str | None) -> tuple[Look, Shape]:
        """Look and shape a paragraph style gives."""
        wanted = style_id if style_id in self.styles else self.default_id
        if wanted not in self._known:
            look, shape = self.base_look, self.base_shape
            for style in self.chain(wanted):
                properties = style.find(f"{W}pPr")
                look = self.look_with(look, style.find(f"{W}rPr"))
                shape = self.shape_with(self._numbered(shape, properties), properties)
            self._known[wanted] = (look, shape)
        return self._known[wanted]

    def chain(self, style_id: str | None) -> list[Any]:
        """The style and what it is based on, the root first; a circle is cut."""
        chain: list[Any] = []
        while style_id in self.styles and self.styles[style_id] not in chain:
            chain.append(self.styles[style_id])
            based = chain[-1].find(f"{W}basedOn")
            style_id = based.get(f"{W}val") if based is not None else None
        return chain[::-1]

    def paragraph(self, properties: Any | None) -> tuple[Look, Shape]:
        """Look of its text before runs, and shape, of a paragraph with these ``pPr``."""
        if properties is None:
            return self.style(None)
        style = properties.find(f"{W}pStyle")
        look, shape = self.style(style.get(f"{W}val") if style is not None else None)
        if len(properties) == (style is not None):
            return look, shape
        return look, self.shape_with(self._numbered(shape, properties), properties)

    def run(self, look: Look, properties: Any | None) -> Look:
        """Look of a run with these ``rPr`` in a paragraph that looks so."""
        if properties is None or not len(properties):
            return look
        style = properties.find(f"{W}rStyle")
        if style is not None:
            for one in self.chain(style.get(f"{W}val")):
                look = self.look_with(look, one.find(f"{W}rPr"))
        return self.look_with(look, properties)

    def look_with(self, look: Look, properties: Any | None) -> Look:
        if properties is None or not len(properties):
            return look
        found = {child.tag: child for child in properties}
        size, color = found.get(f"{W}sz"), found.get(f"{W}color")
        return replace(
            look,
            size=_number(size, look.size * 2) / 2 if size is not None else look.size,
            bold=_switch(found.get(f"{W}b"), look.bold),
            italic=_switch(found.get(f"{W}i"), look.italic),
            font=self._font(found.get(f"{W}rFonts"), "ascii") or look.font,
            color=color.get(f"{W}val", "auto") if color is not None else look.color,
            capitals=_switch(found.get(f"{W}caps"), look.capitals),
            hidden=_switch(found.get(f"{W}vanish"), look.hidden),
        )

    def shape_with(self, shape: Shape, properties: Any | None) -> Shape:
        if properties is None or not len(properties):
            return shape
        found = {child.tag: child for child in properties}
        align, border = found.get(f"{W}jc"), found.get(f"{W}pBdr")
        shape = replace(
            shape,
            align=_ALIGN.get(align.get(f"{W}val"), align.get(f"{W}val")) if align is not None else shape.align,
            keep_next=_switch(found.get(f"{W}keepNext"), shape.keep_next),
            ruled=_has_rule(border) if border is not None else shape.ruled,
        )
        return _spaced(_indented(shape, found.get(f"{W}ind")), found.get(f"{W}spacing"))

    def _numbered(self, shape: Shape, properties: Any | None) -> Shape:
        number = properties.find(f"{W}numPr") if properties is not None else None
        if number is None:
            return shape
        level, instance = number.find(f"{W}ilvl"), number.find(f"{W}numId")
        key = (
            instance.get(f"{W}val") if instance is not None else "",
            level.get(f"{W}val") if level is not None else "0",
        )
        return self.shape_with(shape, self.levels.get(key))

    def _font(self, fonts: Any | None, slot: str) -> str | None:
        if fonts is None:
            return None
        theme = fonts.get(f"{W}{'cstheme' if slot == 'cs' else slot + 'Theme'}")
        if theme is not None:
            return self.theme.get("major" if theme.startswith("major") else "minor")
        value = fonts.get(f"{W}{slot}")
        return str(value) if value is not None else None


def _theme_fonts(theme: Any | None) -> dict[str, str]:
    """The fonts of the theme; in a Vietnamese document Word prefers the one for the script ``Viet``."""
    fonts: dict[str, str] = {}
    if theme is None:
        return fonts
    for kind in ("major", "minor"):
        scheme = theme.find(f".//{A}{kind}Font")
        if scheme is None:
            continue
        latin = scheme.find(f"{A}latin")
        own = next((font for font in scheme.iterfind(f"{A}font") if font.get("script") == "Viet"), None)
        chosen = own if own is not None else latin
        fonts[kind] = str(chosen.get("typeface", "")) if chosen is not None else ""
    return fonts


def _levels(numbering: Any | None) -> dict[tuple[str, str], Any]:
    if numbering is None:
        return {}
    abstract = {one.get(f"{W}abstractNumId"): one for one in numbering.iterfind(f"{W}abstractNum")}
    found = {}
    for instance in numbering.iterfind(f"{W}num"):
        link = instance.find(f"{W}abstractNumId")
        owner = abstract.get(link.get(f"{W}val")) if link is not None else None
        for level in owner.iterfind(f"{W}lvl") if owner is not None else ():
            properties = level.find(f"{W}pPr")
            if properties is not None:
                found[(instance.get(f"{W}numId", ""), level.get(f"{W}ilvl", "0"))] = properties
    return found


def _switch(element: Any | None, otherwise: bool) -> bool:
    return otherwise if element is None else element.get(f"{W}val", "1") not in _OFF


def _number(element: Any | None, otherwise: float, name: str = "val") -> float:
    try:
        return float(element.get(f"{W}{name}")) if element is not None else otherwise
    except (TypeError, ValueError):
        return otherwise


def _has_rule(border: Any) -> bool:
    bottom = border.find(f"{W}bottom")
    return bottom is not None and bottom.get(f"{W}val") not in ("nil", "none", None)


def _indented(shape: Shape, indent: Any | None) -> Shape:
    """Word writes ``left`` and ``right``, LibreOffice ``start`` and ``end``."""
    if indent is None:
        return shape
    left = _number(indent, _number(indent, -1e9, "start"), "left")
    right = _number(indent, _number(indent, -1e9, "end"), "right")
    first = _number(indent, -1e9, "firstLine")
    hanging = _number(indent, 0.0, "hanging")
    return replace(
        shape,
        left=left * _MM_PER_TWIP if left > -1e9 else shape.left,
        right=right * _MM_PER_TWIP if right > -1e9 else shape.right,
        first_line=-hanging * _MM_PER_TWIP if hanging else first * _MM_PER_TWIP if first > -1e9 else shape.first_line,
    )


def _spaced(shape: Shape, spacing: Any | None) -> Shape:
    if spacing is None:
        return shape
    exact = spacing.get(f"{W}lineRule", "auto") != "auto" if spacing.get(f"{W}line") else shape.exact
    unit = 20 if exact else 240
    return replace(
        shape,
        before=_number(spacing, shape.before * 20, "before") / 20,
        after=_number(spacing, shape.after * 20, "after") / 20,
        line=_number(spacing, shape.line * unit, "line") / unit,
        exact=exact,
    )
