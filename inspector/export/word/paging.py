"""Fills pages with the blocks of a document, as Word would: what belongs together stays together where it can."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from inspector.domain.errors import Refused
from inspector.domain.pages import Image, Mark, Page, Stroke, Word
from inspector.export.layout_profile import Profile
from inspector.export.word.fitting import Line, Setter
from inspector.export.word.flow import Block, FlowCell, FlowParagraph, FlowRow, FlowSection, FlowTable

Cancelled = Callable[[], bool]
_HAIR = 0.5
_ROUNDING = 0.05


@dataclass(slots=True)
class _Cell:
    """A cell of a row: the lines in it, and the width they stand in."""

    left: float
    width: float
    lines: list[Line]
    open_below: bool = False


@dataclass(slots=True)
class _Row:
    """A row of a table on its way to a page."""

    cells: list[_Cell]
    height: float
    table: FlowTable
    whole: bool
    heads: list[Strip] = field(default_factory=list)
    first: bool = False
    last: bool = False


@dataclass(slots=True)
class Strip:
    """What is put on a page at once: a line of text, or the row of a table, which may be cut."""

    height: float
    marks: tuple[Mark, ...]
    above: float = 0.0
    below: float = 0.0
    lead: float = 0.0
    bound: bool = False
    new_page: bool = False
    row: _Row | None = None


def pages_of(sections: Sequence[FlowSection], profile: Profile, cancelled: Cancelled | None = None) -> list[Page]:
    """Every page of a document.

    Raises:
        Refused: ``export-cancelled``.
    """
    setter = Setter(profile)
    filled: list[_Filling] = []
    for section in sections:
        if not (section.goes_on and filled):
            number = section.start if section.start is not None else _next_number(filled)
            filled.append(_Filling(section, setter, number))
        here = filled[-1]
        here.fill(_Strips(setter, here.left, here.room, cancelled).of(section.blocks))
    return [page for filling in filled for page in filling.pages()]


def _next_number(filled: Sequence[_Filling]) -> int:
    return filled[-1].first + len(filled[-1].bodies) if filled else 1


class _Strips:
    """Turns the blocks between two margins into strips."""

    def __init__(self, setter: Setter, left: float, room: float, cancelled: Cancelled | None) -> None:
        self.setter, self.left, self.room, self.cancelled = setter, left, room, cancelled

    def of(self, blocks: Iterable[Block]) -> Iterator[Strip]:
        for block in blocks:
            if self.cancelled is not None and self.cancelled():
                raise Refused("export-cancelled")
            if isinstance(block, FlowParagraph):
                yield from self._paragraph(block)
            else:
                yield from self._table(block)

    def _paragraph(self, block: FlowParagraph) -> Iterator[Strip]:
        lines = self.setter.lines(block, self.left, self.room)
        for place, line in enumerate(lines):
            below = block.shape.after if place == len(lines) - 1 else 0.0
            yield Strip(line.height, line.marks, line.above, below, line.lead, line.bound, line.new_page)

    def _table(self, table: FlowTable) -> Iterator[Strip]:
        width = sum(cell.width for cell in table.rows[0].cells) if table.rows else 0.0
        shift = {"center": (self.room - width) / 2, "right": self.room - width}.get(table.align, table.left)
        rows = [self._row(table, row, self.left + shift) for row in table.rows]
        _stretch_merged(table, rows)
        heads: list[Strip] = []
        for place, (row, source) in enumerate(zip(rows, table.rows, strict=True)):
            row.first, row.last = place == 0, place == len(rows) - 1
            kept = any(line.bound for cell in row.cells for line in cell.lines[-1:])
            strip = _strip(row, bound=kept or any(cell.open_below for cell in row.cells))
            if source.heading and len(heads) == place:
                heads.append(_repeated(strip))
                strip.bound = True
            else:
                row.heads = heads
            yield strip

    def _row(self, table: FlowTable, row: FlowRow, left: float) -> _Row:
        cells = []
        for cell in row.cells:
            cells.append(_Cell(left, cell.width, self._cell(cell, table, left)))
            left += cell.width
        height = max((_content(cell) for cell, own in zip(cells, row.cells, strict=True) if own.merged != "restart"),
                     default=0.0)  # fmt: skip
        padding = table.padding[1] + table.padding[3]
        rule = _HAIR if table.lines else 0.0
        return _Row(cells, max(height + padding + rule, row.least), table, row.whole)

    def _cell(self, cell: FlowCell, table: FlowTable, left: float) -> list[Line]:
        if cell.merged == "continue":
            return []
        inner_left, inner = left + table.padding[0], cell.width - table.padding[0] - table.padding[2]
        found: list[Line] = []
        gap = 0.0
        for block in cell.blocks:
            if isinstance(block, FlowParagraph):
                lines = self.setter.lines(block, inner_left, inner)
                found += [replace(lines[0], above=lines[0].above + gap), *lines[1:]]
                gap = block.shape.after
            else:
                inside = _Strips(self.setter, inner_left, inner, self.cancelled)
                found += [Line(strip.height, strip.marks, strip.above) for strip in inside.of((block,))]
        if gap and found:
            found.append(Line(gap, bound=found[-1].bound))
        return found


def _content(cell: _Cell) -> float:
    return sum(line.above + line.height for line in cell.lines)


def _stretch_merged(table: FlowTable, rows: list[_Row]) -> None:
    """Where cells under each other are one, the last of their rows grows until the text has room."""
    for start, source in enumerate(table.rows):
        for place, cell in enumerate(source.cells):
            if cell.merged != "restart":
                continue
            end = start
            while end + 1 < len(rows) and _continues(table.rows[end + 1], place):
                rows[end].cells[place].open_below = True
                end += 1
            needed = _content(rows[start].cells[place]) + table.padding[1] + table.padding[3]
            missing = needed - sum(row.height for row in rows[start : end + 1])
            rows[end].height += max(0.0, missing)


def _continues(row: FlowRow, place: int) -> bool:
    return place < len(row.cells) and row.cells[place].merged == "continue"


def _strip(row: _Row, *, bound: bool = False) -> Strip:
    marks: list[Mark] = []
    for cell in row.cells:
        top = row.table.padding[1] + (_HAIR if row.table.lines else 0.0)
        for line in cell.lines:
            top += line.above
            marks += [_moved(mark, top) for mark in line.marks]
            top += line.height
    marks += _borders(row)
    return Strip(row.height, tuple(marks), bound=bound, row=row)


def _borders(row: _Row) -> Iterator[Stroke]:
    lines, bottom = row.table.lines, row.height
    last = len(row.cells) - 1
    for place, cell in enumerate(row.cells):
        left, right = cell.left, cell.left + cell.width
        if ("top" if row.first else "insideH") in lines and (row.first or cell.lines):
            yield Stroke(left, 0.0, right, 0.0, _HAIR)
        if ("bottom" if row.last else "insideH") in lines and not cell.open_below:
            yield Stroke(left, bottom, right, bottom, _HAIR)
        if ("left" if place == 0 else "insideV") in lines:
            yield Stroke(left, 0.0, left, bottom, _HAIR)
        if place == last and "right" in lines:
            yield Stroke(right, 0.0, right, bottom, _HAIR)


def _cut(strip: Strip, room: float) -> tuple[Strip, Strip] | None:
    """The part of a row that has room on this page, and the rest; nothing where it must stay whole."""
    row = strip.row
    if row is None or row.whole or any(cell.open_below for cell in row.cells):
        return None
    padding = row.table.padding[1] + row.table.padding[3] + _HAIR
    here, rest = [], []
    for cell in row.cells:
        fits, used = 0, padding
        for line in cell.lines:
            used += line.above + line.height
            if used > room:
                break
            fits += 1
        if cell.lines and not fits:
            return None
        here.append(replace(cell, lines=cell.lines[:fits]))
        rest.append(replace(cell, lines=cell.lines[fits:]))
    if not any(cell.lines for cell in rest):
        return None
    first = replace(row, cells=here, height=max(map(_content, here)) + padding, last=True)
    other = replace(row, cells=rest, height=max(map(_content, rest)) + padding, first=not row.heads)
    return _strip(first), _strip(other, bound=strip.bound)


def _repeated(strip: Strip) -> Strip:
    marks = tuple(replace(mark, added=True) if isinstance(mark, Word) else mark for mark in strip.marks)
    return replace(strip, marks=marks, bound=True)


class _Filling:
    """The pages of one section, filled one after the other."""

    def __init__(self, section: FlowSection, setter: Setter, first: int) -> None:
        self.section, self.setter, self.first = section, setter, first
        self.bodies: list[list[Mark]] = [[]]
        left, self.top, right, bottom = section.margins
        self.left, self.room = left, section.size[0] - left - right
        self.end = section.size[1] - bottom
        self.at = self.top
        self.gap = 0.0
        self.is_new = True

    def fill(self, strips: Iterable[Strip]) -> None:
        group: list[Strip] = []
        for strip in strips:
            if strip.new_page and (group or not self.is_new):
                self._put_group(group)
                group = []
                self._turn()
            group.append(strip)
            if not strip.bound:
                self._put_group(group)
                group = []
        self._put_group(group)

    def _put_group(self, group: list[Strip]) -> None:
        """What belongs together goes to the next page where it has room there only."""
        needed = sum(strip.height for strip in group) + sum(
            before.below + strip.above for before, strip in pairwise(group)
        )
        last = group[-1] if group else None
        may_be_cut = len(group) == 1 and last is not None and last.row is not None and not last.row.whole
        alone = needed <= self.end - self.top
        if group and not self.is_new and alone and not may_be_cut and not self._fits(group[0].above + needed):
            self._turn(group[0])
        for strip in group:
            self._put(strip)

    def _put(self, strip: Strip) -> None:
        while not self._fits(strip.above + strip.height):
            parts = _cut(strip, self.end - self.at - self.gap - strip.above)
            if parts is not None:
                self._place(parts[0])
                strip = parts[1]
            elif self.is_new:
                break
            self._turn(strip)
        self._place(strip)

    def _fits(self, height: float) -> bool:
        return self.at + (0.0 if self.is_new else self.gap) + height <= self.end + _ROUNDING

    def _place(self, strip: Strip) -> None:
        if not self.is_new:
            self.at += self.gap + strip.above
        else:
            self.at += (strip.above if len(self.bodies) == 1 else 0.0) - strip.lead
        self.bodies[-1] += [_moved(mark, self.at) for mark in strip.marks]
        self.at += strip.height
        self.gap, self.is_new = strip.below, False

    def _turn(self, strip: Strip | None = None) -> None:
        """A new page; within a table its heading comes first."""
        self.bodies.append([])
        self.at, self.gap, self.is_new = self.top, 0.0, True
        for head in strip.row.heads if strip is not None and strip.row is not None else ():
            self._place(head)
        self.is_new = True

    def pages(self) -> Iterator[Page]:
        for place, body in enumerate(self.bodies):
            kind = "first" if place == 0 and self.section.title_page else "default"
            number = str(self.first + place)
            band = [*self._band(self.section.heads.get(kind, ()), number, at_foot=False)]
            foot = [*self._band(self.section.feet.get(kind, ()), number, at_foot=True)]
            yield Page(*self.section.size, (*band, *body, *foot))

    def _band(self, blocks: Iterable[Block], number: str, *, at_foot: bool) -> Iterator[Mark]:
        lines = [
            line
            for block in blocks
            if isinstance(block, FlowParagraph)
            for line in self.setter.lines(block, self.left, self.room, number)
        ]
        height = sum(line.above + line.height for line in lines)
        at = self.section.size[1] - self.section.edges[1] - height if at_foot else self.section.edges[0]
        for line in lines:
            at += line.above
            for mark in line.marks:
                moved = _moved(mark, at)
                yield replace(moved, added=True) if isinstance(moved, Word) else moved
            at += line.height


def _moved(mark: Mark, down: float) -> Mark:
    if isinstance(mark, Stroke):
        return replace(mark, y1=mark.y1 + down, y2=mark.y2 + down)
    return replace(mark, y=mark.y + down) if isinstance(mark, Image | Word) else mark
