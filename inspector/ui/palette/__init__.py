"""Finding anything and doing anything from the keyboard, over every screen."""

from inspector.ui.palette.palette import Palette, open_palette

__all__ = ["Palette", "open_palette"]
