"""The tabs of the workspace, each with its count, and the keys that lead to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.painting import paint_pixmap
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.painted_button import PaintedButton
from inspector.ui.widgets.text import Text

_UNDERLINE = 3
_SPACE = 12


@dataclass(frozen=True)
class Badge:
    """What stands behind the name of a tab: a count, or a sign with what it says."""

    words: Words = ""
    icon: str = ""
    tone: str = "text2"
    meaning: Words = ""


class TabStrip(QWidget):
    """``chosen`` carries the place of a tab. Keys lead to the tabs, so none of them takes the focus by Tab."""

    chosen = Signal(int)

    def __init__(self, names: Sequence[Words], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = [TabButton(name) for name in names]
        self._is_narrow = False
        self._keys = Text(tr("Ctrl+1 … Ctrl+6"), size=Size.META, tone="text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.GAP, 0, tokens.GROUP, 0)
        row.setSpacing(tokens.TIGHT)
        for place, button in enumerate(self.buttons):
            row.addWidget(button)
            button.clicked.connect(lambda _checked=False, place=place: self.chosen.emit(place))
        row.addStretch(1)
        row.addWidget(self._keys)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._fit()

    def show_current(self, place: int) -> None:
        for other, button in enumerate(self.buttons):
            button.setChecked(other == place)

    def show_badge(self, place: int, badge: Badge) -> None:
        self.buttons[place].show_badge(badge)
        self._make_room()

    def show_narrow(self, *, narrow: bool) -> None:
        """Where room is short, the line of keys goes first."""
        self._is_narrow = narrow
        for button in self.buttons:
            button.show_narrow(narrow=narrow)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """The line of keys never takes room the names and counts need; the names come before the counts."""
        shown = [button for button in self.buttons if not button.isHidden()]
        needed = sum(button.full_width() + tokens.TIGHT for button in shown)
        room = self.width() - tokens.GAP - tokens.GROUP - needed - tokens.TIGHT
        for button in shown:
            button.show_bare(bare=room < 0)
        self._keys.setVisible(not self._is_narrow and self._keys.sizeHint().width() <= room)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QPen(look().colour("line"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

    def _fit(self) -> None:
        self.setFixedHeight(look().px(tokens.TABS))


class TabButton(PaintedButton):
    """The name of a tab and its badge; the chosen one is underlined."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._badge = Badge()
        self._space = _SPACE
        self._bare = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._say()

    def show_badge(self, badge: Badge) -> None:
        if badge != self._badge:
            self._badge = badge
            self._say()

    def show_narrow(self, *, narrow: bool) -> None:
        space = tokens.GAP if narrow else _SPACE
        if space != self._space:
            self._space = space
            self.updateGeometry()

    def show_bare(self, *, bare: bool) -> None:
        """Without its badge, where there is no room; its name for readers of the screen goes on saying it."""
        if bare != self._bare:
            self._bare = bare
            self.updateGeometry()
            self.update()

    def full_width(self) -> int:
        """What name and badge take together."""
        words = QFontMetrics(self._font(Weight.STRONG)).horizontalAdvance(str(self._words)) + 1
        badge = self._badge_width()
        return words + (look().px(tokens.GAP) + badge if badge else 0) + 2 * look().px(self._space)

    def sizeHint(self) -> QSize:
        badge = self._badge_width()
        left_out = look().px(tokens.GAP) + badge if badge and self._bare else 0
        return QSize(self.full_width() - left_out, look().px(tokens.TABS))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def nextCheckState(self) -> None:
        """Only the page says which tab is chosen."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self._font(Weight.STRONG if self.isChecked() else Weight.MEDIUM)
        tone = "accent2" if self.isChecked() else "text" if self.underMouse() else "text2"
        painter.setFont(font)
        painter.setPen(look().colour(tone))
        left = look().px(self._space)
        advance = QFontMetrics(font).horizontalAdvance(str(self._words)) + 1
        box = QRect(QPoint(left, 0), QSize(advance, self.height()))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(self._words))
        if not self._bare:
            self._paint_badge(painter, left + advance + look().px(tokens.GAP))
        if self.isChecked():
            thick = look().px(_UNDERLINE)
            painter.fillRect(0, self.height() - thick, self.width(), thick, look().colour("accent"))
        painter.end()

    def _paint_badge(self, painter: QPainter, left: int) -> None:
        height = look().px(20)
        box = QRect(left, (self.height() - height) // 2, self._badge_width(), height)
        if self._badge.icon:
            side = look().px(16)
            top = (self.height() - side) // 2
            paint_pixmap(painter, self._badge.icon, look().colour(self._badge.tone), QRect(left, top, side, side))
        elif str(self._badge.words):
            painter.setPen(look().colour("text") if look().is_high_contrast else Qt.PenStyle.NoPen)
            disputed = self._badge.tone == "dis"
            painter.setBrush(look().colour("diss" if disputed else "asoft" if self.isChecked() else "nas"))
            painter.drawRoundedRect(QRectF(box), height / 2, height / 2)
            painter.setFont(look().font(Size.META, Weight.MEDIUM))
            painter.setPen(look().colour("dis" if disputed else "accent2" if self.isChecked() else "na"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._badge.words))

    def _badge_width(self) -> int:
        if self._badge.icon:
            return look().px(16)
        if not str(self._badge.words):
            return 0
        metrics = QFontMetrics(look().font(Size.META, Weight.MEDIUM))
        return max(look().px(20), metrics.horizontalAdvance(str(self._badge.words)) + look().px(14))

    def _font(self, weight: Weight) -> QFont:
        return look().font(Size.BODY, weight)

    def _say(self) -> None:
        said = str(self._badge.meaning or self._badge.words)
        self.setText(str(self._words))
        self.setAccessibleName(f"{self._words}, {said}" if said else str(self._words))
        self.setToolTip(str(self._badge.meaning))
        self.updateGeometry()
        self.update()
