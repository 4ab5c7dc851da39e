"""Pages of a Word file for the eye, without Word: set with the widths of its font, so lines break where Word's do.

What is printed is made by Word or LibreOffice (``pdf``); here and there a page may end a line earlier or later.
"""

from __future__ import annotations

from collections.abc import Callable

from inspector.domain.pages import Page
from inspector.export.layout_profile import Profile


def preview(data: bytes, profile: Profile, cancelled: Callable[[], bool] | None = None) -> tuple[Page, ...]:
    """The pages of the bytes of a .docx.

    Raises:
        BadInput: ``docx-…``.
        Refused: ``export-cancelled``.
    """
    from inspector.export.word.flow import paper_of
    from inspector.export.word.paging import pages_of

    return tuple(pages_of(paper_of(data), profile, cancelled))
