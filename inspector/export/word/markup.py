"""WordprocessingML as text: paragraphs, tables, pictures. Strings are several times faster than building nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from inspector.domain.text import clean
from inspector.export.layout_profile import Profile, twips
from inspector.export.text_width import text_width

EMU_PER_MM = 36000
TALL_ROW_LINES = 16
"""A row higher than about a third of a page may be split, or it leaves a white hole on the page before."""

_LITERAL = ("{{", "}}", "{%", "%}", "{#", "#}")
_CELL_PADDING = 3.0
_MM_PER_LETTER_AND_POINT = 0.17


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: width in millimetres, element of its cells in the profile, and its heading."""

    heading: str
    width: float
    element: str = "table_text"


@dataclass(frozen=True, slots=True)
class LayoutRow:
    """Ready paragraphs and how many columns they span, cell by cell; least ``height`` in millimetres.

    Empty cells one above the other become one.
    """

    cells: tuple[tuple[str, int], ...]
    height: float | None = None


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes paragraphs in the styles of one template; ``styles`` gives the style id of each element of the profile."""

    profile: Profile
    styles: Mapping[str, str]

    def paragraph(self, element: str, text: str, *, lead: str = "", keep: bool = False) -> str:
        """One paragraph; ``lead`` is set in italics before the text, line feeds become line breaks."""
        runs = (_run(lead, "<w:i/><w:iCs/>") if lead else "") + (_run(text) if text else "")
        return self._open(element, keep) + runs + "</w:p>"

    def prose(self, element: str, text: str, *, lead: str = "") -> str:
        """A text of any length: every line of it a paragraph of its own."""
        lines = [line.strip() for line in clean(text).split("\n") if line.strip()] or [""]
        first = self.paragraph(element, lines[0], lead=lead)
        return first + "".join(self.paragraph(element, line) for line in lines[1:])

    def dotted(self, lines: int = 2) -> str:
        """Lines to write on by hand, as wide as the text."""
        size = self.profile.elements["dots"].size
        room = self.profile.page.text_width / text_width(self.profile, "…", size)
        return self.paragraph("dots", "…" * int(room - 0.5)) * lines

    def prose_or_dots(self, element: str, texts: Iterable[str], lines: int = 2) -> str:
        """The paragraphs of all ``texts``, or room to write where there is none."""
        written = [self.prose(element, text) for text in texts if text.strip()]
        return "".join(written) or self.dotted(lines)

    def table(self, columns: Sequence[Column], rows: Iterable[str], caption: str) -> str:
        """A ruled table of ``row`` and ``group_row``; its heading row is repeated on every page."""
        head = _row([self._cell(column.width, "table_head", column.heading) for column in columns], True, heading=True)
        return _table_open([column.width for column in columns], _RULED, caption) + head + "".join(rows) + "</w:tbl>"

    def row(self, columns: Sequence[Column], texts: Sequence[str]) -> str:
        """A row kept whole on a page unless it is tall. An empty text is an empty cell."""
        pairs = list(zip(columns, texts, strict=True))
        cells = [self._cell(column.width, column.element, text) for column, text in pairs]
        return _row(cells, all(self._is_short(column, text) for column, text in pairs))

    def group_row(self, columns: Sequence[Column], text: str) -> str:
        """A row over the whole width, for a group heading; it stays with the row below."""
        width = sum(column.width for column in columns)
        return _row([self._cell(width, "table_text", text, span=len(columns), group=True)], True)

    def layout_table(self, widths: Sequence[float], rows: Iterable[LayoutRow], caption: str) -> str:
        """A table without lines that only places things."""
        body = []
        above: tuple[tuple[str, int], ...] = ()
        for row in rows:
            cells, at = [], 0
            for place, (content, span) in enumerate(row.cells):
                merged = "" if content else "continue" if ("", span) in above[place : place + 1] else "restart"
                empty = self._open("recipient", True) + "</w:p>"
                cells.append(_cell_of(sum(widths[at : at + span]), content or empty, span, merged))
                at += span
            above = row.cells
            body.append(_row(cells, True, height=row.height))
        return _table_open(widths, _UNRULED, caption) + "".join(body) + "</w:tbl>"

    def _is_short(self, column: Column, text: str) -> bool:
        size = self.profile.elements[column.element].size
        about = len(text) * size * _MM_PER_LETTER_AND_POINT / (column.width - _CELL_PADDING)
        if about + text.count("\n") < TALL_ROW_LINES / 2:
            return True
        width = text_width(self.profile, text, size)
        return width / (column.width - _CELL_PADDING) + text.count("\n") < TALL_ROW_LINES

    def _cell(self, width: float, element: str, text: str, *, span: int = 1, group: bool = False) -> str:
        lines = [line.strip() for line in clean(text).split("\n") if line.strip()] or [""]
        weight = "<w:b/><w:bCs/>" if group else ""
        content = "".join(
            self._open(element, group) + (_run(line, weight) if line else "") + "</w:p>" for line in lines
        )
        return _cell_of(width, content, span)

    def _open(self, element: str, keep: bool) -> str:
        marks = "<w:keepNext/>" if keep else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{self.styles[element]}"/>{marks}</w:pPr>'

    def picture(self, relation: str, size: tuple[float, float], alternative: str) -> str:
        """A paragraph with an inline picture of ``size`` millimetres and its alternative text."""
        wide, high = (round(length * EMU_PER_MM) for length in size)
        described = quoteattr(clean(alternative)[:250].replace("\n", " "))
        return (
            f'{self._open("photo", True)}<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{wide}" cy="{high}"/><wp:docPr id="0" name="Ảnh" descr={described}/>'
            f'<a:graphic><a:graphicData uri="{_PICTURE}"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="Ảnh"/>'
            f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/>'
            f"<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>"
            f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r></w:p>"
        )


_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_RULED = (
    "<w:tblBorders>"
    + "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in _SIDES)
    + '</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020"/>'
)
_UNRULED = (
    '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>'
    '</w:tblCellMar><w:tblLook w:val="0000"/>'
)


def _table_open(widths: Sequence[float], kind: str, caption: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    total = sum(twips(width) for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{total}" w:type="dxa"/>{kind}'
        f"<w:tblCaption w:val={quoteattr(clean(caption))}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    )


def _row(cells: Iterable[str], whole: bool, *, heading: bool = False, height: float | None = None) -> str:
    marks = "<w:cantSplit/>" if whole else ""
    if height is not None:
        marks += f'<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>'
    if heading:
        marks += "<w:tblHeader/>"
    return f"<w:tr>{f'<w:trPr>{marks}</w:trPr>' if marks else ''}{''.join(cells)}</w:tr>"


def _cell_of(width: float, content: str, span: int, merged: str = "") -> str:
    spanning = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merging = f'<w:vMerge w:val="{merged}"/>' if merged else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{spanning}{merging}</w:tcPr>{content}</w:tc>'


def _run(text: str, properties: str = "") -> str:
    """A run. Braces somebody typed are marked as not to be proofed: so the check knows they are no forgotten tag."""
    text = clean(text)
    if any(mark in text for mark in _LITERAL):
        properties += "<w:noProof/>"
    lines = escape(text.replace("\t", " ")).split("\n")
    content = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{content}</w:r>"
