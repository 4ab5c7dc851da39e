"""A Word document as the layout rules see it: sections, paragraphs and tables with how they look and where they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from inspector.domain.errors import BadInput
from inspector.export.word.formatting import Formatting, Look, Shape
from inspector.export.word.names import OFFICE_RELATION, W
from inspector.export.word.package import Package

MM_PER_TWIP = 25.4 / 1440
_QUOTED = 40


@dataclass(slots=True)
class Paragraph:
    """A paragraph: ``number`` counts from 1 through the text, ``section`` from 0, ``table`` from 1 or is 0 outside."""

    element: Any
    number: int
    section: int
    table: int
    text: str
    look: Look
    shape: Shape
    style: str
    looks: tuple[tuple[str, Look], ...]

    @property
    def where(self) -> str:
        """The place in words, with the beginning of the text to find it by."""
        place = f"bảng {self.table}" if self.table else f"đoạn {self.number}"
        if not self.text.strip():
            return place
        begun = " ".join(self.text.split())
        return f"{place} (“{begun[:_QUOTED]}{'…' if len(begun) > _QUOTED else ''}”)"

    @property
    def seen(self) -> Look:
        """Look of most of its text."""
        return max(self.looks, key=lambda pair: len(pair[0]))[1] if self.looks else self.look


@dataclass(slots=True)
class Table:
    """A table of the text, outermost ones only; ``rows`` of cells of paragraphs."""

    element: Any
    number: int
    section: int
    after: int
    rows: list[list[list[Paragraph]]] = field(default_factory=list)

    @property
    def where(self) -> str:
        return f"bảng {self.number}"

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        for row in self.rows:
            for cell in row:
                yield from cell

    @property
    def ruled(self) -> bool:
        """Whether it shows lines, as a table of data does and a table that only places things does not."""
        borders = self.element.find(f"{W}tblPr/{W}tblBorders")
        style = self.element.find(f"{W}tblPr/{W}tblStyle")
        if borders is None:
            return style is not None
        return any(side.get(f"{W}val") not in ("nil", "none") for side in borders)


@dataclass(slots=True)
class Section:
    """Paper of a section in millimetres; ``headers`` by kind as part names; ``start`` of its page numbers."""

    element: Any
    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    landscape: bool
    title_page: bool
    start: str | None
    headers: dict[str, str]

    @property
    def text_width(self) -> float:
        return self.width - self.left - self.right


class Reading:
    """The whole document."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = self._main_name()
        root = package.tree(self.main)
        body = root.find(f"{W}body") if root is not None else None
        if body is None:
            raise BadInput("docx-not-word")
        self.root: Any = root
        self.body: Any = body
        self.parts = {
            one.kind.rpartition("/")[2]: one.target for one in package.relations(self.main) if not one.external
        }
        self.styles = self._part("styles")
        self.formatting = Formatting(self.styles, self._part("numbering"), self._part("theme"))
        self.settings = self._part("settings")
        self.paragraphs: list[Paragraph] = []
        self.tables: list[Table] = []
        self.blocks: list[Paragraph | Table] = []
        self._walk()

    def _main_name(self) -> str:
        for relation in self.package.relations(""):
            if relation.kind == f"{OFFICE_RELATION}/officeDocument" and not relation.external:
                return relation.target
        raise BadInput("docx-not-word")

    def _part(self, kind: str) -> Any | None:
        name = self.parts.get(kind)
        return self.package.tree(name) if name else None

    def _walk(self) -> None:
        section = 0
        for child in self.body:
            if child.tag == f"{W}p":
                self.blocks.append(self._paragraph(child, section, 0))
                section += child.find(f"{W}pPr/{W}sectPr") is not None
            elif child.tag == f"{W}tbl":
                self.blocks.append(self._table(child, section))

    def _table(self, element: Any, section: int) -> Table:
        table = Table(element, len(self.tables) + 1, section, len(self.paragraphs))
        self.tables.append(table)
        for row in element.iterfind(f"{W}tr"):
            cells = []
            for cell in row.iterfind(f"{W}tc"):
                cells.append([self._paragraph(one, section, table.number) for one in cell.iter(f"{W}p")])
            table.rows.append(cells)
        return table

    def _paragraph(self, element: Any, section: int, table: int) -> Paragraph:
        properties = element.find(f"{W}pPr")
        look, shape = self.formatting.paragraph(properties)
        pieces = tuple(self._pieces(element, look))
        style = properties.find(f"{W}pStyle") if properties is not None else None
        name = self.formatting.name_of(style.get(f"{W}val") if style is not None else None)
        text = "".join(piece for piece, _ in pieces)
        looks = tuple((piece, seen) for piece, seen in pieces if piece.strip())
        number = len(self.paragraphs) + 1
        self.paragraphs.append(Paragraph(element, number, section, table, text, look, shape, name, looks))
        return self.paragraphs[-1]

    def _pieces(self, element: Any, look: Look) -> Iterator[tuple[str, Look]]:
        for run in element.iter(f"{W}r"):
            parts = []
            for node in run:
                if node.tag == f"{W}t":
                    parts.append(node.text or "")
                elif node.tag in (f"{W}br", f"{W}tab", f"{W}cr"):
                    parts.append("\n" if node.tag != f"{W}tab" else "\t")
            if parts:
                yield "".join(parts), self.formatting.run(look, run.find(f"{W}rPr"))

    @cached_property
    def sections(self) -> list[Section]:
        relations = {one.id: one.target for one in self.package.relations(self.main)}
        found = [element for element in self.body.iter(f"{W}sectPr") if element.getparent().tag != f"{W}sectPrChange"]
        sections: list[Section] = []
        for element in found:
            headers = dict(sections[-1].headers) if sections else {}
            sections.append(_section(element, headers, relations))
        return sections


def _section(element: Any, headers: dict[str, str], relations: dict[str, str]) -> Section:
    from inspector.export.word.names import R

    size, margin, number = (element.find(f"{W}{name}") for name in ("pgSz", "pgMar", "pgNumType"))
    for reference in element.iterfind(f"{W}headerReference"):
        headers[reference.get(f"{W}type", "default")] = relations.get(reference.get(f"{R}id", ""), "")
    title = element.find(f"{W}titlePg")
    return Section(
        element,
        length(size, "w"),
        length(size, "h"),
        length(margin, "top"),
        length(margin, "bottom"),
        length(margin, "left"),
        length(margin, "right"),
        size is not None and size.get(f"{W}orient") == "landscape",
        title is not None and title.get(f"{W}val", "1") not in ("0", "false", "off"),
        number.get(f"{W}start") if number is not None else None,
        headers,
    )


def length(element: Any | None, name: str) -> float:
    """An attribute in twips as millimetres; 0 where it is missing or no number."""
    try:
        return float(element.get(f"{W}{name}")) * MM_PER_TWIP if element is not None else 0.0
    except (TypeError, ValueError):
        return 0.0
