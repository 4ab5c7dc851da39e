"""F6: from one part of the window to the next, back to where the caret was in it."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget


class Panes(QObject):
    """``panes`` says what there is to go round, in reading order; hidden ones and those without a stop are passed."""

    def __init__(self, panes: Callable[[], list[QWidget]], parent: QObject) -> None:
        super().__init__(parent)
        self._panes = panes
        self._left: dict[int, QWidget] = {}
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._remember)

    def next(self) -> None:
        self._step(1)

    def previous(self) -> None:
        self._step(-1)

    def _step(self, step: int) -> None:
        found = [pane for pane in self._panes() if pane.isVisible() and self._stop(pane) is not None]
        if not found:
            return
        here = next((place for place, pane in enumerate(found) if _holds_focus(pane)), None)
        place = (here + step) % len(found) if here is not None else (0 if step > 0 else -1)
        stop = self._stop(found[place])
        if stop is not None:
            stop.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _remember(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None:
            return
        for pane in self._panes():
            if pane is new or pane.isAncestorOf(new):
                self._left[id(pane)] = new

    def _stop(self, pane: QWidget) -> QWidget | None:
        """Where the focus was in this pane, else its first stop."""
        known = self._left.get(id(pane))
        if known is not None and shiboken6.isValid(known) and _is_stop(known) and _lies_in(pane, known):
            return known
        candidates = [pane, *pane.findChildren(QWidget)]
        return next((widget for widget in candidates if _is_stop(widget)), None)


def _is_stop(widget: QWidget) -> bool:
    by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    return by_tab and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


def _lies_in(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)


def _holds_focus(pane: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and _lies_in(pane, focused)
