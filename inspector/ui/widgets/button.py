"""Buttons: an act with its words, its sign and the key that does the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from inspector.ui import tokens
from inspector.ui.actions import Act
from inspector.ui.language import Words, mark_content
from inspector.ui.painting import cap_height, cap_width, paint_cap, paint_pixmap
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.painted_button import clicked_by_enter


class Kind(Enum):
    """PRIMARY: the one act a screen is for. QUIET: an act beside text, without a border. DANGER: takes something away.

    TOAST is QUIET on the dark ground of a toast.
    """

    PRIMARY = "primary"
    NORMAL = "normal"
    QUIET = "quiet"
    DANGER = "danger"
    TOAST = "toast"


@dataclass(frozen=True)
class _Ink:
    ground: QColor | None
    edge: QColor | None
    text: QColor
    cap_edge: QColor
    cap_ground: QColor | None


class Button(QPushButton):
    """A push button. ``keys`` is what stands on its key cap; the key itself belongs to an action, never to the button.

    ``height`` is one of the control heights of the tokens. A button without words needs ``name`` for its tooltip and
    for readers of the screen.
    """

    def __init__(
        self,
        words: Words = "",
        run: Callable[[], object] | None = None,
        *,
        kind: Kind = Kind.NORMAL,
        icon: str = "",
        keys: str = "",
        height: int = tokens.CONTROL,
        name: Words = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self._icon, self._keys, self._height = icon, keys, height
        self._words: Words = ""
        self._name = name
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.say(words)
        self._run = run
        self.clicked.connect(self._press)

    def say(self, words: Words) -> None:
        self._words = words
        mark_content(self, words or self._name)
        self._retranslate()

    def set_keys(self, keys: str) -> None:
        self._keys = keys
        self._retranslate()

    def set_icon_name(self, icon: str) -> None:
        self._icon = icon
        self.updateGeometry()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() is QEvent.Type.StyleChange:
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not clicked_by_enter(self, event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        widths = [width for width, _ in self._pieces()]
        between = look().px(tokens.GAP) * max(0, len(widths) - 1)
        room = 2 * self._padding() + sum(widths) + between
        return QSize(max(room, look().px(self._height)), look().px(self._height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._ink()
        painter.setPen(QPen(ink.edge, 1) if ink.edge is not None else Qt.PenStyle.NoPen)
        painter.setBrush(ink.ground if ink.ground is not None else Qt.BrushStyle.NoBrush)
        radius = look().px(tokens.RADIUS_CONTROL)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        self._paint_pieces(painter, ink)
        painter.end()

    def _press(self) -> None:
        if self._run is not None:
            self._run()

    def _retranslate(self) -> None:
        self.setText(str(self._words).replace("&", "&&"))
        self.setAccessibleName(str(self._name or self._words))
        self.setAccessibleDescription(self._keys)
        if self._name:
            self.setToolTip(str(self._name))
        self.updateGeometry()
        self.update()

    def _padding(self) -> int:
        if not str(self._words):
            return look().px(tokens.GAP)
        return look().px(12)

    def _pieces(self) -> list[tuple[int, Callable[[QPainter, QRect, _Ink], None]]]:
        """Width and painter of what stands on the button, from left to right."""
        pieces: list[tuple[int, Callable[[QPainter, QRect, _Ink], None]]] = []
        if self._icon:
            pieces.append((look().px(18), self._paint_icon))
        if str(self._words):
            advance = QFontMetrics(self._font()).horizontalAdvance(str(self._words))
            pieces.append((advance + 1, self._paint_words))
        if self._keys:
            pieces.append((cap_width(self._keys), self._paint_keys))
        return pieces

    def _paint_pieces(self, painter: QPainter, ink: _Ink) -> None:
        pieces, between = self._pieces(), look().px(tokens.GAP)
        whole = sum(width for width, _ in pieces) + between * (len(pieces) - 1)
        left = max(look().px(tokens.TIGHT), (self.width() - whole) // 2)
        for width, paint in pieces:
            paint(painter, QRect(QPoint(left, 0), QSize(width, self.height())), ink)
            left += width + between

    def _paint_icon(self, painter: QPainter, box: QRect, ink: _Ink) -> None:
        top = (box.height() - box.width()) // 2
        paint_pixmap(painter, self._icon, ink.text, QRect(box.left(), top, box.width(), box.width()))

    def _paint_words(self, painter: QPainter, box: QRect, ink: _Ink) -> None:
        painter.setFont(self._font())
        painter.setPen(ink.text)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(self._words))

    def _paint_keys(self, painter: QPainter, box: QRect, ink: _Ink) -> None:
        cap = QRectF(box.left(), (box.height() - cap_height()) / 2, box.width(), cap_height())
        paint_cap(painter, self._keys, cap, ink=ink.text, edge=ink.cap_edge, ground=ink.cap_ground)

    def _font(self) -> QFont:
        return look().font(Size.BODY, Weight.MEDIUM)

    def _ink(self) -> _Ink:
        colour = look().colour
        if not self.isEnabled():
            ground = None if self.kind is Kind.QUIET else colour("nas")
            grey = colour("disabled")
            return _Ink(ground, colour("line") if ground else None, grey, colour("line"), None)
        if self.kind is Kind.PRIMARY:
            ground = colour("accent2") if self._is_hot() else colour("accent")
            return _Ink(ground, None, colour("onaccent"), colour("onaccent"), None)
        if self.kind is Kind.TOAST:
            return _Ink(None, None, colour("toastlink"), colour("toast"), None)
        ground = colour("asoft") if self._is_hot() else colour("surface")
        if self.kind is Kind.QUIET:
            soft = colour("asoft") if self._is_hot() else None
            return _Ink(soft, None, colour("accent2"), colour("line"), colour("surface2"))
        if self.kind is Kind.DANGER:
            return _Ink(ground, colour("no"), colour("no"), colour("line"), colour("surface2"))
        return _Ink(ground, colour("control"), colour("text"), colour("line"), colour("surface2"))

    def _is_hot(self) -> bool:
        return self.underMouse() or self.isDown()


class ActionButton(Button):
    """The button of an act: same words, same key, same reason when it is closed, same door when it is pressed."""

    def __init__(
        self, act: Act, *, kind: Kind = Kind.NORMAL, height: int = tokens.CONTROL, parent: QWidget | None = None
    ) -> None:
        super().__init__("", kind=kind, icon=act.command.icon, height=height, parent=parent)
        self._act = act
        act.changed.connect(self._mirror)
        self.clicked.connect(act.trigger)
        self._mirror()

    def _mirror(self) -> None:
        self.say(self._act.words)
        self.set_keys(self._act.caps[0] if self._act.caps else "")
        self.setEnabled(self._act.isEnabled())
        self.setToolTip(str(self._act.reason))
