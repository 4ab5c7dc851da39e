"""The frame of the window: opening, rail, pages, what is saved, closing."""
