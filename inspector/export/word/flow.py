"""A Word document as a flow of blocks: what stands in it and how it looks, before it is known on which page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from inspector.domain.errors import BadInput
from inspector.domain.pages import Face
from inspector.export.word.formatting import Formatting, Look, Shape
from inspector.export.word.names import WP, A, R, W
from inspector.export.word.numbers import Numbers
from inspector.export.word.package import Package
from inspector.export.word.reading import Reading

POINTS_PER_MM = 72 / 25.4
_POINTS_PER_EMU = 72 / 914400
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_NO_LINE = ("nil", "none")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in its line; lengths in points."""

    width: float
    height: float
    data: bytes
    words: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one look, or one thing: ``kind`` is text, tab, line (break), page (break) or number (of the page)."""

    text: str
    face: Face
    kind: str = "text"
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class FlowParagraph:
    """``label`` is the number Word sets before it; ``face`` how an empty one is set."""

    pieces: tuple[Piece, ...]
    shape: Shape
    face: Face
    label: tuple[Piece, ...] = ()
    tab_stops: tuple[float, ...] = ()
    new_page: bool = False
    keep_lines: bool = False


@dataclass(frozen=True, slots=True)
class FlowCell:
    """A cell: ``merged`` is restart or continue where several lie under each other as one."""

    width: float
    merged: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class FlowRow:
    cells: tuple[FlowCell, ...]
    least: float
    whole: bool
    heading: bool


@dataclass(frozen=True, slots=True)
class FlowTable:
    """``left`` is where it begins; ``padding`` left, top, right and bottom; ``lines`` the sides that are drawn."""

    rows: tuple[FlowRow, ...]
    left: float
    align: str
    padding: tuple[float, float, float, float]
    lines: frozenset[str]


Block = FlowParagraph | FlowTable


@dataclass(frozen=True, slots=True)
class FlowSection:
    """Blocks with their paper: sizes, margins and distances in points; margins left, top, right and bottom.

    ``heads`` and ``feet`` by kind: default, first. ``start`` numbers its first page.
    """

    blocks: tuple[Block, ...]
    size: tuple[float, float]
    margins: tuple[float, float, float, float]
    edges: tuple[float, float]
    title_page: bool
    start: int | None
    goes_on: bool
    heads: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    feet: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)


def read_flow(package: Package) -> tuple[FlowSection, ...]:
    """The sections of a document.

    Raises:
        BadInput: ``docx-…``.
    """
    return _Flow(package).sections()


class _Flow:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.document = Reading(package)
        self.formatting: Formatting = self.document.formatting
        numbering = self.document.parts.get("numbering")
        self.numbers = Numbers(package.tree(numbering) if numbering else None)
        self.padding = self._table_padding()

    def sections(self) -> tuple[FlowSection, ...]:
        found: list[FlowSection] = []
        blocks: list[Block] = []
        for child in self.document.body:
            blocks += self._block(child, self.document.main)
            own = child if child.tag == f"{W}sectPr" else child.find(f"{W}pPr/{W}sectPr")
            if own is not None:
                found.append(self._section(own, tuple(blocks), found[-1] if found else None))
                blocks = []
        return tuple(found)

    def _block(self, element: Any, part: str) -> Iterator[Block]:
        if element.tag == f"{W}p":
            yield self._paragraph(element, part)
        elif element.tag == f"{W}tbl":
            yield self._table(element, part)
        elif element.tag == f"{W}sdt":
            for child in element.iterfind(f"{W}sdtContent/*"):
                yield from self._block(child, part)

    # -------------------------------------------------------- sections

    def _section(self, element: Any, blocks: tuple[Block, ...], before: FlowSection | None) -> FlowSection:
        size, margin = element.find(f"{W}pgSz"), element.find(f"{W}pgMar")
        of, kind, number = partial(_points, margin), element.find(f"{W}type"), element.find(f"{W}pgNumType")
        title, start = element.find(f"{W}titlePg"), number.get(f"{W}start") if number is not None else None
        return FlowSection(
            blocks,
            (_points(size, "w", 595.3), _points(size, "h", 841.9)),
            (of("left", 85.0), abs(of("top", 56.7)), of("right", 42.5), abs(of("bottom", 56.7))),
            (of("header", 28.3), of("footer", 28.3)),
            title is not None and title.get(f"{W}val", "1") not in ("0", "false", "off"),
            int(start) if start is not None and start.isdigit() else None,
            kind is not None and kind.get(f"{W}val") == "continuous",
            {**(before.heads if before else {}), **self._bands(element, "header")},
            {**(before.feet if before else {}), **self._bands(element, "footer")},
        )

    def _bands(self, element: Any, name: str) -> dict[str, tuple[Block, ...]]:
        found = {}
        targets = {one.id: one.target for one in self.package.relations(self.document.main)}
        for reference in element.iterfind(f"{W}{name}Reference"):
            part = targets.get(reference.get(f"{R}id", ""), "")
            root = self.package.tree(part)
            if root is not None:
                blocks = tuple(block for child in root for block in self._block(child, part))
                found[reference.get(f"{W}type", "default")] = blocks
        return found

    # -------------------------------------------------------- paragraphs

    def _paragraph(self, element: Any, part: str) -> FlowParagraph:
        properties = element.find(f"{W}pPr")
        look, shape = self.formatting.paragraph(properties)
        mark = properties.find(f"{W}rPr") if properties is not None else None
        pieces = tuple(self._pieces(element, look, part))
        label = self.numbers.label(self._number_of(properties)) if pieces else ""
        face = _face(self.formatting.run(look, mark), False)
        return FlowParagraph(
            pieces,
            shape,
            face,
            (Piece(label, _face(look, False)),) if label else (),
            self._tab_stops(properties),
            _switched(properties, "pageBreakBefore"),
            _switched(properties, "keepLines"),
        )

    def _number_of(self, properties: Any | None) -> tuple[str, int] | None:
        """Which list the paragraph is numbered by, from itself or its style, and at which level."""
        style = properties.find(f"{W}pStyle") if properties is not None else None
        chain = self.formatting.chain(style.get(f"{W}val") if style is not None else None)
        found: tuple[str, int] | None = None
        for owner in [*(one.find(f"{W}pPr") for one in chain), properties]:
            number = owner.find(f"{W}numPr") if owner is not None else None
            if number is None:
                continue
            name, level = number.find(f"{W}numId"), number.find(f"{W}ilvl")
            at = int(level.get(f"{W}val", "0")) if level is not None else found[1] if found else 0
            found = (name.get(f"{W}val", "0") if name is not None else found[0] if found else "0", at)
        return found if found and found[0] != "0" else None

    def _tab_stops(self, properties: Any | None) -> tuple[float, ...]:
        if properties is None:
            return ()
        return tuple(sorted(_points(tab, "pos") for tab in properties.iterfind(f"{W}tabs/{W}tab")))

    def _pieces(self, element: Any, look: Look, part: str) -> Iterator[Piece]:
        """Of a field its result is shown, of the number of the page the number itself."""
        code, within = "", ""
        for run in element.iter(f"{W}r"):
            properties = run.find(f"{W}rPr")
            seen = self.formatting.run(look, properties)
            if seen.hidden:
                continue
            face = _face(seen, properties is not None and _is_underlined(properties))
            for node in run:
                if node.tag == f"{W}fldChar":
                    within = node.get(f"{W}fldCharType", "")
                    code = "" if within in ("begin", "end") else code
                    if within == "separate" and code.split()[:1] == ["PAGE"]:
                        yield Piece("", face, "number")
                elif node.tag == f"{W}instrText":
                    code += node.text or ""
                elif not (within == "separate" and code.split()[:1] == ["PAGE"]):
                    yield from self._node(node, face, seen, part)

    def _node(self, node: Any, face: Face, look: Look, part: str) -> Iterator[Piece]:
        if node.tag == f"{W}t":
            text = node.text or ""
            yield Piece(text.upper() if look.capitals else text, face)
        elif node.tag == f"{W}tab":
            yield Piece("\t", face, "tab")
        elif node.tag in (f"{W}br", f"{W}cr"):
            yield Piece("", face, "page" if node.get(f"{W}type") in ("page", "column") else "line")
        elif node.tag in (f"{W}noBreakHyphen", f"{W}sym"):
            yield Piece("\u2011" if node.tag == f"{W}noBreakHyphen" else "•", face)
        elif node.tag == f"{W}drawing":
            picture = self._picture(node, part)
            if picture is not None:
                yield Piece("", face, "text", picture)

    def _picture(self, drawing: Any, part: str) -> Picture | None:
        extent, blip = drawing.find(f".//{WP}extent"), drawing.find(f".//{A}blip")
        described = drawing.find(f".//{WP}docPr")
        if extent is None or blip is None:
            return None
        targets = {one.id: one.target for one in self.package.relations(part) if not one.external}
        name = targets.get(blip.get(f"{R}embed", ""), "")
        data = self.package.read(name) if name in self.package.sizes else b""
        words = described.get("descr", "") if described is not None else ""
        wide, high = (int(extent.get(side, "0")) * _POINTS_PER_EMU for side in ("cx", "cy"))
        return Picture(wide, high, data, words)

    # -------------------------------------------------------- tables

    def _table(self, element: Any, part: str) -> FlowTable:
        properties = element.find(f"{W}tblPr")
        grid = [_points(column, "w") for column in element.iterfind(f"{W}tblGrid/{W}gridCol")]
        rows = tuple(self._row(row, grid, part) for row in element.iterfind(f"{W}tr"))
        place, align = (properties.find(f"{W}{name}") for name in ("tblInd", "jc"))
        margins = properties.find(f"{W}tblCellMar")
        return FlowTable(
            rows,
            _points(place, "w"),
            align.get(f"{W}val", "left") if align is not None else "left",
            _padding(margins, self.padding),
            self._lines(properties),
        )

    def _row(self, element: Any, grid: list[float], part: str) -> FlowRow:
        properties = element.find(f"{W}trPr")
        height = properties.find(f"{W}trHeight") if properties is not None else None
        cells, at = [], 0
        for cell in element.iterfind(f"{W}tc"):
            own = cell.find(f"{W}tcPr")
            spanning = own.find(f"{W}gridSpan") if own is not None else None
            span = int(spanning.get(f"{W}val", "1")) if spanning is not None else 1
            width = sum(grid[at : at + span]) or _points(own.find(f"{W}tcW") if own is not None else None, "w")
            merging = own.find(f"{W}vMerge") if own is not None else None
            merged = "" if merging is None else merging.get(f"{W}val", "continue")
            blocks = tuple(block for child in cell for block in self._block(child, part))
            cells.append(FlowCell(width, merged, blocks))
            at += span
        return FlowRow(
            tuple(cells), _points(height, "val"), _switched(properties, "cantSplit"), _switched(properties, "tblHeader")
        )

    def _lines(self, properties: Any) -> frozenset[str]:
        borders = properties.find(f"{W}tblBorders")
        style = properties.find(f"{W}tblStyle")
        if borders is None and style is not None:
            for one in self.formatting.chain(style.get(f"{W}val")):
                own = one.find(f"{W}tblPr/{W}tblBorders")
                borders = own if own is not None else borders
        if borders is None:
            return frozenset()
        drawn = {side: borders.find(f"{W}{side}") for side in _SIDES}
        return frozenset(
            side for side, line in drawn.items() if line is not None and line.get(f"{W}val") not in _NO_LINE
        )

    def _table_padding(self) -> tuple[float, float, float, float]:
        """Of the style every table has that names none."""
        for style in self.formatting.styles.values():
            if style.get(f"{W}type") == "table" and style.get(f"{W}default") in ("1", "true"):
                return _padding(style.find(f"{W}tblPr/{W}tblCellMar"), (5.4, 0.0, 5.4, 0.0))
        return (5.4, 0.0, 5.4, 0.0)


def paper_of(data: bytes) -> tuple[FlowSection, ...]:
    """The sections of the bytes of a .docx.

    Raises:
        BadInput: ``docx-…``.
    """
    from inspector.export.word.package import open_package

    sections = read_flow(open_package(data))
    if not sections:
        raise BadInput("docx-not-word")
    return sections


def _face(look: Look, underline: bool) -> Face:
    colour = "" if look.color in ("auto", "000000") else look.color
    return Face(look.size, look.bold, look.italic, underline, colour)


def _is_underlined(properties: Any) -> bool:
    line = properties.find(f"{W}u")
    return line is not None and line.get(f"{W}val", "single") != "none"


def _padding(margins: Any | None, otherwise: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    if margins is None:
        return otherwise
    sides = (("left", "start"), ("top",), ("right", "end"), ("bottom",))
    found = [next((margins.find(f"{W}{name}") for name in names if margins.find(f"{W}{name}") is not None), None)
             for names in sides]  # fmt: skip
    left, top, right, bottom = (
        _points(side, "w") if side is not None else kept for side, kept in zip(found, otherwise, strict=True)
    )
    return left, top, right, bottom


def _switched(properties: Any | None, name: str) -> bool:
    found = properties.find(f"{W}{name}") if properties is not None else None
    return found is not None and found.get(f"{W}val", "1") not in ("0", "false", "off")


def _points(element: Any | None, name: str, otherwise: float = 0.0) -> float:
    """An attribute in twips as points."""
    try:
        return float(element.get(f"{W}{name}")) / 20 if element is not None else otherwise
    except (TypeError, ValueError):
        return otherwise
