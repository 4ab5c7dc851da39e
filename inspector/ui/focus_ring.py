"""The mark of focus around a button: outside it, with a gap, so it shows on every ground."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QCheckBox, QRadioButton, QWidget

from inspector.ui import tokens
from inspector.ui.theme import look

_OUTSIDE = 2 * tokens.FOCUS
_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class FocusRing(QObject):
    """Keeps one ring around whichever button has focus.

    A button with the property ``ownFocus`` paints its own. The ring lies on the window, or on the scrolled page the
    button stands on, so that it is cut off by neither a
    narrow parent nor missing from what scrolls. It goes along when anything between moves.
    """

    def __init__(self) -> None:
        super().__init__()
        self._ring: _Ring | None = None
        self._ground: QWidget | None = None
        self._watched: list[QWidget] = []

    def follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Connected to the application's ``focusChanged``."""
        self._leave()
        own = isinstance(new, QCheckBox | QRadioButton) or (new is not None and new.property("ownFocus"))
        if not isinstance(new, QAbstractButton) or own:
            return
        way = _way_up(new)
        self._ground = way[-1]
        self._ring = _Ring(self._ground)
        self._ground.destroyed.connect(self._forget)
        self._watched = way[:-1] or [new]
        for widget in self._watched:
            widget.installEventFilter(self)
        self._place()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._place()
        return False

    def _leave(self) -> None:
        for widget in self._watched:
            # A button that goes away with the focus is no widget any more when Qt tells of it.
            if shiboken6.isValid(widget):
                widget.removeEventFilter(self)
        self._watched = []
        if self._ring is not None and self._ground is not None:
            self._ground.destroyed.disconnect(self._forget)
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = self._ground = None

    def _forget(self) -> None:
        """The ground is going and takes the ring along."""
        self._ring, self._ground, self._watched = None, None, []

    def _place(self) -> None:
        if self._ring is None or self._ground is None:
            return
        button = self._watched[0]
        corner = button.mapTo(self._ground, QPoint(0, 0))
        around = QRect(corner, button.size()).adjusted(-_OUTSIDE, -_OUTSIDE, _OUTSIDE, _OUTSIDE)
        self._ring.setGeometry(around)
        self._ring.setVisible(button.isVisible())
        self._ring.raise_()


class _Ring(QWidget):
    """Passes the mouse through to what lies under it."""

    def __init__(self, ground: QWidget) -> None:
        super().__init__(ground)
        self.setObjectName("focusRing")
        self.setProperty("floats", True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)

    def paintEvent(self, _event: QPaintEvent) -> None:
        half = tokens.FOCUS / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look().colour("accent"), tokens.FOCUS))
        radius = look().px(tokens.RADIUS_CONTROL) + _OUTSIDE - half
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)
        painter.end()


def _way_up(widget: QWidget) -> list[QWidget]:
    """The widget and its ancestors up to the window or to the page that a scroll area moves."""
    way = [widget]
    while not way[-1].isWindow():
        parent = way[-1].parentWidget()
        if parent is None or (isinstance(parent.parentWidget(), QAbstractScrollArea) and len(way) > 1):
            break
        way.append(parent)
    return way
