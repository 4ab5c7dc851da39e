"""The rail at the left: the screens of the program, one of which is shown."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.language import Phrase, tr
from inspector.ui.painting import paint_pixmap
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.where import Screen
from inspector.ui.widgets.painted_button import PaintedButton

_PLACE = 64
_PLACE_NARROW = 52
_ICON = 20


@dataclass(frozen=True)
class Stop:
    """A place of the rail: its short words, and what a tooltip says where they are left out or not enough."""

    screen: Screen
    words: Phrase
    icon: str
    tip: Phrase


STOPS = (
    Stop(Screen.HOME, tr("Trang chủ"), "house", tr("Trang chủ")),
    Stop(Screen.INSPECTIONS, tr("Kiểm tra"), "clipboard-check", tr("Cuộc kiểm tra")),
    Stop(Screen.UNITS, tr("Đơn vị"), "building-2", tr("Đơn vị")),
    Stop(Screen.CHECKLISTS, tr("Bộ tiêu chí"), "list", tr("Bộ tiêu chí")),
    Stop(Screen.EXCHANGE, tr("Đồng bộ"), "refresh-cw", tr("Đồng bộ")),
    Stop(Screen.SETTINGS, tr("Cài đặt"), "settings", tr("Cài đặt")),
)
_UNDER = {Screen.WORKSPACE: Screen.INSPECTIONS, Screen.NEW_INSPECTION: Screen.INSPECTIONS}
"""Screens without a stop of their own, and the stop they stand under."""


def _width(*, narrow: bool) -> int:
    """Its words are as small as words get: they do not shrink further, and neither does their room."""
    return look().px(tokens.RAIL_NARROW) if narrow else max(look().px(tokens.RAIL), tokens.RAIL)


class Rail(QWidget):
    """One stop for Tab; the arrow keys go up and down in it."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.stops = [StopButton(stop, self) for stop in STOPS]
        self._is_narrow = False
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, tokens.GAP, 0, tokens.GAP)
        rows.setSpacing(0)
        for button in self.stops:
            if button.stop.screen is Screen.SETTINGS:
                rows.addStretch(1)
            rows.addWidget(button)
            button.clicked.connect(self._press)
        self.mark(Screen.HOME)
        self._fit()

    def mark(self, screen: Screen) -> None:
        """This screen is shown now."""
        here = _UNDER.get(screen, screen)
        for button in self.stops:
            button.show_here(here=button.stop.screen is here)

    def set_narrow(self, *, narrow: bool) -> None:
        """Without words; tooltips carry them."""
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            for button in self.stops:
                button.set_narrow(narrow=narrow)
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        focused = self.focusWidget()
        if step is None or not isinstance(focused, StopButton):
            super().keyPressEvent(event)
            return
        place = self.stops.index(focused) + step
        if 0 <= place < len(self.stops):
            self.stops[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(_width(narrow=self._is_narrow))

    def _press(self) -> None:
        button = self.sender()
        if isinstance(button, StopButton):
            self.chosen.emit(button.stop.screen)


class StopButton(PaintedButton):
    """Icon above words; the shown one has a lighter ground and a bar at the left."""

    def __init__(self, stop: Stop, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stop = stop
        self._is_narrow = False
        self._is_here = False
        self.setProperty("ownFocus", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._say()

    @property
    def is_here(self) -> bool:
        return self._is_here

    def show_here(self, *, here: bool) -> None:
        self._is_here = here
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)
        self._say()

    def set_narrow(self, *, narrow: bool) -> None:
        self._is_narrow = narrow
        self._say()

    def sizeHint(self) -> QSize:
        return QSize(_width(narrow=self._is_narrow), look().px(_PLACE_NARROW if self._is_narrow else _PLACE))

    def minimumSizeHint(self) -> QSize:
        # In a low window the icons move together before anything is cut.
        return QSize(look().px(tokens.RAIL_NARROW), look().px(_ICON) + 2 * tokens.GAP)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour, px = look().colour, look().px
        if self._is_here or self.underMouse():
            painter.fillRect(self.rect(), colour("railact"))
        if self._is_here:
            painter.fillRect(0, 0, px(tokens.SELECTION_BAR), self.height(), colour("toastlink"))
        ink = colour("railon" if self._is_here else "railtext")
        side, line = px(_ICON), self._line()
        whole = side + (px(tokens.TIGHT) + line if self._has_words() else 0)
        top = (self.height() - whole) // 2
        paint_pixmap(painter, self.stop.icon, ink, QRect((self.width() - side) // 2, top, side, side))
        if self._has_words():
            painter.setFont(look().font(Size.META, self._weight()))
            painter.setPen(ink)
            box = QRect(QPoint(0, top + side + px(tokens.TIGHT)), QSize(self.width(), line))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            self._paint_focus(painter)
        painter.end()

    def cut_texts(self) -> list[str]:
        """What of its words does not fit; for the test that walks over every screen."""
        if not self._has_words():
            return [] if self.toolTip() else [self.text()]
        width = QFontMetrics(look().font(Size.META, self._weight())).horizontalAdvance(self.text())
        return [self.text()] if width > self.width() else []

    def _paint_focus(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = painter.pen()
        pen.setColor(look().colour("railon"))
        pen.setWidth(tokens.FOCUS)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inner = QRectF(self.rect()).adjusted(5, 4, -3, -4)
        painter.drawRoundedRect(inner, tokens.RADIUS_CONTROL, tokens.RADIUS_CONTROL)

    def _has_words(self) -> bool:
        return not self._is_narrow and self.height() >= look().px(_ICON + tokens.TIGHT) + self._line()

    def _weight(self) -> Weight:
        return Weight.STRONG if self._is_here else Weight.TEXT

    def _line(self) -> int:
        # Small letters shrink no further at a small text scale.
        return max(look().px(Size.META.line), QFontMetrics(look().font(Size.META, Weight.STRONG)).height())

    def _say(self) -> None:
        self.setText(str(self.stop.words))
        self.setToolTip(str(self.stop.tip))
        name = tr("{screen}, đang xem", screen=self.stop.tip) if self._is_here else self.stop.tip
        self.setAccessibleName(str(name))
        self.updateGeometry()
        self.update()
