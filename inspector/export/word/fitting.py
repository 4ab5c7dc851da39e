"""Sets a paragraph into lines of a width, with the advance widths of the profile: no font is asked, no window."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from inspector.domain.pages import Face, Image, Mark, Stroke, Word
from inspector.export.layout_profile import Profile
from inspector.export.text_width import text_width
from inspector.export.word.flow import POINTS_PER_MM, FlowParagraph, Piece

ASCENT, DESCENT, LEADING = 0.891, 0.216, 0.042
"""Of Times New Roman and its twins, by the size of the letters."""

_TAB = 36.0
_PARTS = re.compile(r"[ \t]+|[^ \t]*?-+(?=[^ \t\-])|[^ \t]+")
"""Blanks, what ends in a hyphen a line may break after, and what is left of a word."""
_FULL = 1e-6


@dataclass(frozen=True, slots=True)
class Line:
    """A line that stays in one piece: ``marks`` from its top, ``above`` what is left free before it unless it begins a
    page, ``lead`` what of its height goes where it begins one, ``bound`` whether the next has to be on the same page.
    """

    height: float
    marks: tuple[Mark, ...] = ()
    above: float = 0.0
    lead: float = 0.0
    bound: bool = False
    new_page: bool = False


@dataclass(slots=True)
class _Atom:
    """A blank, a word or part of one, a picture, or an order to break."""

    piece: Piece
    text: str
    width: float
    kind: str
    added: bool = False


@dataclass(slots=True)
class _Row:
    atoms: list[_Atom] = field(default_factory=list)
    width: float = 0.0
    indent: float = 0.0
    ends: str = ""
    """What ended it: nothing, line, page, or last."""


class Setter:
    """Sets paragraphs by one profile; widths of words are measured once."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._known: dict[tuple[str, float, bool, bool], float] = {}

    def width(self, text: str, face: Face) -> float:
        """Points."""
        key = (text, face.size, face.bold, face.italic)
        if key not in self._known:
            wide = text_width(self._profile, text, face.size, bold=face.bold, italic=face.italic)
            self._known[key] = wide * POINTS_PER_MM
        return self._known[key]

    def lines(self, paragraph: FlowParagraph, left: float, room: float, page: str = "") -> list[Line]:
        """The lines of a paragraph whose box begins at ``left``; ``page`` is the number where one is asked for."""
        shape = paragraph.shape
        inner_left = left + shape.left * POINTS_PER_MM
        inner = room - (shape.left + shape.right) * POINTS_PER_MM
        rows = self._rows(paragraph, inner, page)
        lines = [self._line(paragraph, row, inner_left, inner) for row in rows]
        lines = _bound(paragraph, rows, lines)
        if shape.ruled:
            foot = lines[-1].height
            rule = Stroke(inner_left, foot, inner_left + inner, foot, 0.75)
            lines[-1] = replace(lines[-1], marks=(*lines[-1].marks, rule))
        return lines

    # -------------------------------------------------------- breaking

    def _rows(self, paragraph: FlowParagraph, inner: float, page: str) -> list[_Row]:
        first = paragraph.shape.first_line * POINTS_PER_MM
        rows = [_Row(indent=first)]
        for word in self._words(paragraph, page):
            if word[0].kind in ("line", "page"):
                rows[-1].ends = word[0].kind
                rows.append(_Row())
                continue
            rows = self._put(rows, word, inner, paragraph.tab_stops)
        rows[-1].ends = "last"
        return rows

    def _put(self, rows: list[_Row], word: list[_Atom], inner: float, stops: tuple[float, ...]) -> list[_Row]:
        row = rows[-1]
        if word[0].kind == "tab":
            at = row.indent + row.width
            stop = next((stop for stop in stops if stop > at + 1), (int(at / _TAB) + 1) * _TAB)
            word[0].width = stop - at
        wide = sum(atom.width for atom in word)
        blank = word[0].kind == "blank"
        if not blank and row.atoms and row.indent + row.width + wide > inner + _FULL:
            rows.append(_Row())
            row = rows[-1]
        if not blank and wide > inner and len(word) == 1 and len(word[0].text) > 1:
            return self._put_in_pieces(rows, word[0], inner)
        row.atoms += word
        row.width += wide
        return rows

    def _put_in_pieces(self, rows: list[_Row], atom: _Atom, inner: float) -> list[_Row]:
        """A word wider than the line is broken wherever the line is full."""
        taken = ""
        for letter in atom.text:
            if taken and rows[-1].indent + self.width(taken + letter, atom.piece.face) > inner:
                rows[-1].atoms.append(replace(atom, text=taken, width=self.width(taken, atom.piece.face)))
                rows.append(_Row())
                taken = ""
            taken += letter
        rows[-1].atoms.append(replace(atom, text=taken, width=self.width(taken, atom.piece.face)))
        rows[-1].width += self.width(taken, atom.piece.face)
        return rows

    def _words(self, paragraph: FlowParagraph, page: str) -> Iterator[list[_Atom]]:
        """What may not be parted, one after the other: a word may be of several looks."""
        word: list[_Atom] = []
        for atom in self._atoms(paragraph, page):
            if atom.kind == "word":
                word.append(atom)
                if not atom.text.endswith("-"):
                    continue
            if word:
                yield word
                word = []
            if atom.kind != "word":
                yield [atom]
        if word:
            yield word

    def _atoms(self, paragraph: FlowParagraph, page: str) -> Iterator[_Atom]:
        for added, pieces in ((True, paragraph.label), (False, paragraph.pieces)):
            for piece in pieces:
                yield from self._atoms_of(piece, page, added)

    def _atoms_of(self, piece: Piece, page: str, added: bool) -> Iterator[_Atom]:
        if piece.picture is not None:
            yield _Atom(piece, "", piece.picture.width, "word")
        elif piece.kind == "number":
            yield _Atom(piece, page, self.width(page, piece.face), "word", True)
        elif piece.kind != "text":
            yield _Atom(piece, "", 0.0, piece.kind)
        else:
            for part in _PARTS.findall(piece.text):
                if part == "\t":
                    yield _Atom(piece, "", 0.0, "tab", added)
                else:
                    kind = "blank" if part.isspace() and "\u00a0" not in part else "word"
                    yield _Atom(piece, part, self.width(part, piece.face), kind, added)

    # -------------------------------------------------------- placing

    def _line(self, paragraph: FlowParagraph, row: _Row, left: float, inner: float) -> Line:
        atoms = _trimmed(row.atoms)
        height, foot, lead = _height(paragraph, atoms)
        wide = sum(atom.width for atom in atoms)
        room = inner - row.indent - wide
        blanks = sum(len(atom.text) for atom in atoms if atom.kind == "blank")
        align = paragraph.shape.align
        stretched = room / blanks if align == "both" and blanks and row.ends == "" and room > 0 else 0.0
        at = left + row.indent + {"center": room / 2, "right": room}.get(align, 0.0)
        return Line(height, tuple(_marks(atoms, at, foot, stretched)), lead=lead)


def _trimmed(atoms: list[_Atom]) -> list[_Atom]:
    """Blanks at the end of a line hang over it."""
    found = list(atoms)
    while found and found[-1].kind == "blank":
        found.pop()
    return found


def _marks(atoms: list[_Atom], at: float, foot: float, stretched: float) -> Iterator[Mark]:
    for atom in atoms:
        width = atom.width + (stretched * len(atom.text) if atom.kind == "blank" else 0.0)
        picture = atom.piece.picture
        if picture is not None:
            yield Image(at, foot - picture.height, picture.width, picture.height, picture.data, picture.words)
        elif atom.kind == "word":
            yield Word(at, foot, width, atom.text, atom.piece.face, atom.added)
        at += width


def _height(paragraph: FlowParagraph, atoms: list[_Atom]) -> tuple[float, float, float]:
    """Height of a line, where its letters stand, and how much of the height is free above them."""
    shape = paragraph.shape
    faces = [atom.piece.face for atom in atoms if atom.piece.picture is None] or [paragraph.face]
    size = max(face.size for face in faces)
    pictures = max((atom.piece.picture.height for atom in atoms if atom.piece.picture is not None), default=0.0)
    single = size * (ASCENT + DESCENT + LEADING)
    natural = max(single, pictures + size * DESCENT) if pictures else single
    if shape.exact:
        height = max(shape.line, natural) if atoms else shape.line
    else:
        height = natural if pictures else natural * shape.line
    lead = 0.0 if shape.exact else max(0.0, height - natural)
    return height, height - size * DESCENT, lead


def _bound(paragraph: FlowParagraph, rows: list[_Row], lines: list[Line]) -> list[Line]:
    """No first or last line of a paragraph stands alone on a page."""
    last, shape = len(lines) - 1, paragraph.shape
    found = []
    for place, line in enumerate(lines):
        together = place < last and (paragraph.keep_lines or shape.keep_next or place in (0, last - 1))
        broken = place > 0 and rows[place - 1].ends == "page"
        found.append(
            replace(
                line,
                above=shape.before if place == 0 else 0.0,
                bound=together or (place == last and shape.keep_next),
                new_page=broken or (place == 0 and paragraph.new_page),
            )
        )
    return found
