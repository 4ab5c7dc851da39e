"""The foot of sealed minutes: the code in letters at the left, the square code of the whole root at the right."""

from __future__ import annotations

import io
from typing import Any

from inspector.export.layout_profile import Profile
from inspector.export.square_code import png

_SIDE_MM = 13
_POINTS = 9
_FROM_EDGE_MM = 5


def put(document: Any, profile: Profile, code: str, square: str) -> None:
    """Into every kind of footer of every section, in place of what a template had there."""
    from docx.shared import Mm

    picture = png(square)
    for number, section in enumerate(document.sections):
        section.footer_distance = Mm(_FROM_EDGE_MM)
        width = section.page_width - section.left_margin - section.right_margin
        footers = [section.footer]
        if section.different_first_page_header_footer:
            footers.append(section.first_page_footer)
        for footer in footers:
            if number and footer.is_linked_to_previous and _alike(document.sections[number - 1], section):
                continue
            footer.is_linked_to_previous = False
            _fill(footer, profile, code, picture, width)


def _alike(before: Any, section: Any) -> bool:
    """Whether the foot of the section before fits: the same width, and a first page where this one has it."""
    first = section.different_first_page_header_footer
    widths = [one.page_width - one.left_margin - one.right_margin for one in (before, section)]
    return widths[0] == widths[1] and (not first or before.different_first_page_header_footer)


def _fill(footer: Any, profile: Profile, code: str, picture: bytes, width: int) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm, Pt

    for extra in footer.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)  # noqa: SLF001 - python-docx has no other way to remove one
    paragraph = footer.paragraphs[0]
    paragraph.clear()
    shape = paragraph.paragraph_format
    shape.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    shape.first_line_indent = shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing = 1.0
    words = paragraph.add_run(f"Mã niêm phong: {code}\t")
    words.font.size = Pt(_POINTS)
    words.font.name = profile.font
    drawing = paragraph.add_run().add_picture(io.BytesIO(picture), width=Mm(_SIDE_MM))
    drawing._inline.docPr.set("descr", f"Mã vuông của niêm phong {code}")  # noqa: SLF001 - as above
