"""Putting widgets that were made later where they belong in the order of Tab."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def follow(anchor: QWidget, widgets: Sequence[QWidget]) -> None:
    """Tab goes from the anchor through these."""
    for widget in widgets:
        QWidget.setTabOrder(anchor, widget)
        anchor = widget


def precede(widgets: Sequence[QWidget], successor: QWidget) -> None:
    """Tab goes through these before it comes to the successor."""
    before = successor.previousInFocusChain()
    while before is not None and before is not successor and (not _stops(before) or before in widgets):
        before = before.previousInFocusChain()
    if before is not None and before is not successor:
        follow(before, widgets)


def _stops(widget: QWidget) -> bool:
    return widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
