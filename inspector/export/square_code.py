"""Square codes (mã QR) of short texts: as a picture for documents, as modules for whoever paints them."""

from __future__ import annotations

import io

_QUIET = 4
"""Empty modules around a code, as the standard asks."""


def png(text: str, module: int = 6) -> bytes:
    """A black and white PNG, ``module`` pixels to a module; the same text gives the same bytes."""
    out = io.BytesIO()
    _made(text).save(out, kind="png", scale=module, border=_QUIET)
    return out.getvalue()


def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The rows of the code, dark modules true, with the empty border."""
    return tuple(tuple(bool(cell) for cell in row) for row in _made(text).matrix_iter(border=_QUIET))


def _made(text: str):  # type: ignore[no-untyped-def]  # segno has no types
    import segno

    return segno.make(text, error="m", micro=False, boost_error=False)
