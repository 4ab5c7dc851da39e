"""Pages of a document as they look (trang in): what stands on them and where, in points from the top left corner."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Face:
    """Letters of one kind: ``size`` in points, ``colour`` as ``RRGGBB`` or empty for that of the paper's ink."""

    size: float
    bold: bool = False
    italic: bool = False
    underline: bool = False
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its foot at ``y``. ``added`` words are no text of the document: page numbers, numbers of headings,
    heads of tables that are repeated on the next page.
    """

    x: float
    y: float
    width: float
    text: str
    face: Face
    added: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    weight: float


@dataclass(frozen=True, slots=True)
class Image:
    """A picture as it is kept in the document, and the words that stand for it."""

    x: float
    y: float
    width: float
    height: float
    data: bytes
    words: str


Mark = Word | Stroke | Image


@dataclass(frozen=True, slots=True)
class Page:
    """One page; ``marks`` in the order of reading."""

    width: float
    height: float
    marks: tuple[Mark, ...]

    def text(self) -> str:
        """What somebody hears who does not see the page: one line of text for each line of the page."""
        read: list[str] = []
        before: Word | None = None
        for mark in self.marks:
            if not isinstance(mark, Word):
                continue
            if before is None or mark.y != before.y:
                read.append(mark.text)
            else:
                # Parts of one word stand side by side without a blank.
                parted = mark.x - before.x - before.width > mark.face.size / 10
                read[-1] += f" {mark.text}" if parted else mark.text
            before = mark
        return "\n".join(read)
