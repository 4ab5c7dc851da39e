"""Fields of an inspection that may be written to, or may not any more."""

from __future__ import annotations

from inspector.ui.language import Words
from inspector.ui.theme import restyle
from inspector.ui.widgets.field import Field


def lock(field: Field, reason: Words) -> None:
    """Read-only with a reason, or open again without one."""
    if bool(reason) == field.is_read_only():
        return
    if reason:
        field.set_read_only()
    else:
        field.editor.setReadOnly(False)
        restyle(field.editor)
    field.editor.setToolTip(str(reason))


def finish_all(*fields: Field) -> None:
    """Commit what was typed into any of them."""
    for field in fields:
        field.finish()
