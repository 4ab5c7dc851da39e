"""Opening and closing fields with the inspection."""

from __future__ import annotations

from inspector.ui.language import Words
from inspector.ui.theme import restyle
from inspector.ui.widgets.field import Field


def set_editable(field: Field, why_not: Words) -> None:
    """A field may be typed into unless there is a reason why not, which stands under it."""
    if field.is_read_only() == bool(why_not):
        return
    if why_not:
        field.set_read_only(why_not)
    else:
        field.editor.setReadOnly(False)
        field.set_help("")
        restyle(field.editor)
