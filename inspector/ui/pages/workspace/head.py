"""The head of the workspace: which inspection this is, how it stands, and the door to the palette."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.painting import cap_height, cap_width, paint_cap, paint_pixmap
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.painted_button import PaintedButton
from inspector.ui.widgets.signs import Chip
from inspector.ui.widgets.text import CutText

_PALETTE = 248


class Head(QWidget):
    """Keys do everything here, so nothing in it takes the focus by Tab."""

    def __init__(
        self, go_back: Callable[[], object], search: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._back = Button("", go_back, kind=Kind.QUIET, icon="arrow-left", name=tr("Quay lại"))
        self._back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._title = CutText(size=Size.TITLE, weight=Weight.STRONG)
        self._facts = CutText(size=Size.META, tone="text2")
        self.state = Chip("", "na")
        self.lock = Chip(tr("Chỉ đọc"), "na", icon="lock")
        self.search = PaletteButton(search)
        self._low = False
        self._lay_out()
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.show_nothing()
        self._fit()

    def show_nothing(self) -> None:
        """Nothing was read yet."""
        self._title.say("")
        self._facts.say("")
        self.state.hide()
        self.lock.hide()

    def show_inspection(self, name: str, facts: Words, state: Words, tone: str, why_locked: Words) -> None:
        """``why_locked`` is empty while the inspection may be written to."""
        for text, words in ((self._title, name), (self._facts, facts)):
            text.say(words)
            text.updateGeometry()
        self.state.show_state(state, tone)
        self.state.show()
        self._why_locked = why_locked
        self.lock.setToolTip(str(why_locked))
        self.lock.setVisible(bool(why_locked))

    def show_narrow(self, *, narrow: bool, low: bool) -> None:
        self.search.show_narrow(narrow=narrow)
        if low != self._low:
            self._low = low
            self._fit()

    _why_locked: Words = ""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.lock.setToolTip(str(self._why_locked))
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    def _lay_out(self) -> None:
        lines = QWidget()
        lines.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(lines)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addWidget(self._facts)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.GROUP, 0, tokens.GROUP, 0)
        row.setSpacing(tokens.GROUP)
        row.addWidget(self._back)
        row.addWidget(lines)
        row.addWidget(self.state)
        row.addWidget(self.lock)
        row.addStretch(1)
        row.addWidget(self.search)

    def _fit(self) -> None:
        self.setFixedHeight(look().px(tokens.PAGE_HEAD_LOW if self._low else tokens.PAGE_HEAD))


class PaletteButton(PaintedButton):
    """Looks like a field to search in and opens the palette; Ctrl+K does the same."""

    def __init__(self, run: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._narrow = False
        self._words = tr("Tìm hoặc ra lệnh")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._press)
        self._say()

    def show_narrow(self, *, narrow: bool) -> None:
        """Icon and key alone."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._say()

    def sizeHint(self) -> QSize:
        edge, icon, gap = look().px(12), look().px(18), look().px(tokens.GAP)
        least = 2 * edge + icon + gap + cap_width("Ctrl+K")
        words = QFontMetrics(look().font()).horizontalAdvance(str(self._words)) + 1 + gap
        whole = least if self._narrow else max(least + words, look().px(_PALETTE))
        return QSize(whole, look().px(tokens.CONTROL))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, edge, icon = look().colour, look().px(12), look().px(18)
        painter.setPen(QPen(colour("control"), 1))
        painter.setBrush(colour("asoft") if self.underMouse() else colour("surface"))
        radius = look().px(tokens.RADIUS_CONTROL)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        paint_pixmap(painter, "search", colour("text2"), QRect(edge, (self.height() - icon) // 2, icon, icon))
        if not self._narrow:
            painter.setFont(look().font())
            painter.setPen(colour("text2"))
            left = edge + icon + look().px(tokens.GAP)
            box = QRect(QPoint(left, 0), QSize(self.width() - left, self.height()))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(self._words))
        width = cap_width("Ctrl+K")
        cap = QRectF(self.width() - edge - width, (self.height() - cap_height()) / 2, width, cap_height())
        paint_cap(painter, "Ctrl+K", cap, ink=colour("text2"), edge=colour("line"), ground=colour("surface2"))
        painter.end()

    def _press(self) -> None:
        self._run()

    def _say(self) -> None:
        self.setAccessibleName(str(self._words))
        self.setAccessibleDescription("Ctrl+K")
        self.setToolTip(str(self._words))
        self.updateGeometry()
        self.update()
