"""The items of one content or saved filter, with a line that narrows them by words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.editing import LineEditor
from inspector.ui.keys import ENTER, is_plain
from inspector.ui.language import Words, tr
from inspector.ui.pages.workspace.contents.board import Line as ItemLine
from inspector.ui.pages.workspace.contents.item_list import ItemList
from inspector.ui.painting import paint_pixmap
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.card import Line
from inspector.ui.widgets.painted_button import PaintedButton
from inspector.ui.widgets.text import CutText, Text

_FILTER = 140


class ItemsPane(QWidget):
    """``wanted`` comes where the contents are asked for, in a window that has no room for them beside the items."""

    wanted = Signal()
    filtered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = _Title()
        self.count = Text("", size=Size.META, weight=Weight.MEDIUM, tone="text2")
        self.drop = DropButton()
        self.filter = FilterLine()
        self.list = ItemList(tr("Danh sách mục"))
        self._stack = QStackedWidget()
        self._nothing: QWidget = QWidget()
        self._narrow = False
        self._lay_out()
        self.drop.clicked.connect(lambda: self.wanted.emit())
        self.drop.asked.connect(self.wanted)
        self.filter.textChanged.connect(self.filtered)
        self.filter.textChanged.connect(self._show_second)
        self.filter.left.connect(self._show_second)
        self.filter.leaving.connect(self.list.setFocus)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def show_head(self, words: Words, aside: str) -> None:
        self.title.say(words)
        self.title.updateGeometry()
        self.count.say(aside)
        self.drop.show_choice(words, aside)

    def show_lines(self, lines: tuple[ItemLine, ...], key: str) -> None:
        self.list.show_lines(lines, key)
        if lines:
            self._stack.setCurrentIndex(0)

    def show_nothing(self, widget: QWidget) -> None:
        """In the place of an empty list: why it is empty, and the way on."""
        if self._nothing is not widget:
            self._stack.removeWidget(self._nothing)
            self._nothing.deleteLater()
            self._nothing = widget
            self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)

    def show_narrow(self, *, narrow: bool) -> None:
        """Without room for the contents, a button stands for them."""
        self.title.setVisible(not narrow)
        self.count.setVisible(not narrow)
        self.drop.setVisible(narrow)
        self._narrow = narrow
        # Two lines of a long name need the height that the button leaves free.
        around = tokens.GAP if narrow else tokens.TIGHT
        self._head_row.setContentsMargins(tokens.GROUP, around, 12, around)
        self._show_second()
        self._head_row.setStretch(self._head_row.indexOf(self.drop), 1 if narrow else 0)
        self._head_row.setStretch(self._head_row.indexOf(self.count) + 1, 0 if narrow else 1)
        if narrow:
            self._second_row.addWidget(self.filter, 1)
        else:
            self._head_row.addWidget(self.filter)
        self.filter.show_wide(wide=narrow)

    def go_to_filter(self) -> None:
        """In a narrow window the line has no room until it is wanted."""
        self._second.setVisible(self._narrow)
        self.filter.setFocus()

    def _show_second(self) -> None:
        self._second.setVisible(self._narrow and (bool(self.filter.text()) or self.filter.hasFocus()))

    def _lay_out(self) -> None:
        head = QWidget()
        self._head_row = QHBoxLayout(head)
        self._head_row.setContentsMargins(tokens.GROUP, tokens.TIGHT, 12, tokens.TIGHT)
        self._head_row.setSpacing(tokens.GAP)
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        for part in (self.drop, self.title, self.count):
            self._head_row.addWidget(part)
        self._head_row.addStretch(1)
        self._head_row.addWidget(self.filter)
        self._second = QWidget()
        self._second_row = QHBoxLayout(self._second)
        self._second_row.setContentsMargins(tokens.GROUP, 0, 12, tokens.GAP)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._nothing)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(head)
        rows.addWidget(self._second)
        rows.addWidget(Line())
        rows.addWidget(self._stack, 1)
        self.drop.hide()
        self._second.hide()


class _Title(CutText):
    """One line in the size of heads, or two smaller ones where the words are long."""

    def __init__(self) -> None:
        super().__init__(size=Size.HEAD, weight=Weight.STRONG)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(look().font(Size.HEAD, Weight.STRONG)).horizontalAdvance(self.text())
        return QSize(words + 1, look().px(2 * Size.BODY.line))

    def top(self) -> int:
        return (self.height() - self._metrics().lineSpacing() * len(self._shown)) // 2

    def _settle(self) -> None:
        fits = self.sizeHint().width() <= self.width()
        self._size, self._lines = (Size.HEAD, 1) if fits else (Size.BODY, 2)
        super()._settle()


class FilterLine(LineEditor):
    """Narrows a list while one types; ↓ and Enter go into the list, Esc empties the line and goes back.

    ``leaving`` comes where the list is to have the focus.
    """

    leaving = Signal()

    def __init__(self) -> None:
        super().__init__(icon="list-filter", keys="Ctrl+F")
        self._wide = False
        self.is_dirty = lambda: bool(self.text())
        self._say()
        self._fit()

    def show_wide(self, *, wide: bool) -> None:
        self._wide = wide
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = is_plain(event)
        if plain and event.key() in (Qt.Key.Key_Down, *ENTER):
            self.leaving.emit()
        elif plain and event.key() == Qt.Key.Key_Escape and not self.preedit:
            self.clear()
            self.leaving.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
        elif event.type() is QEvent.Type.StyleChange:
            self._fit()

    def _say(self) -> None:
        self.setPlaceholderText(str(tr("Lọc")))
        self.setAccessibleName(str(tr("Lọc danh sách")))

    def _fit(self) -> None:
        self.setFixedHeight(look().px(tokens.CONTROL))
        # The cap of its key shrinks no further at a small text scale.
        width = max(look().px(_FILTER), _FILTER - 10)
        self.setMinimumWidth(width)
        self.setMaximumWidth(16_777_215 if self._wide else width)


class DropButton(PaintedButton):
    """The content that is shown, and its count; pressed, or with F4 or Alt+↓, it ``asked`` for the others."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: Words = ""
        self._aside = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("content", True)

    def show_choice(self, words: Words, aside: str) -> None:
        self._words, self._aside = words, aside
        self._say()

    def sizeHint(self) -> QSize:
        return QSize(look().px(200), look().px(tokens.CONTROL))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(100), look().px(tokens.CONTROL))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if down or event.key() == Qt.Key.Key_F4:
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, px = look().colour, look().px
        painter.setPen(QPen(colour("control"), 1))
        painter.setBrush(colour("asoft") if self.underMouse() else colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6))
        side, edge = px(16), px(10)
        arrow = QRect(self.width() - edge - side, (self.height() - side) // 2, side, side)
        paint_pixmap(painter, "chevron-down", colour("text2"), arrow)
        aside = self.rect().adjusted(0, 0, arrow.left() - self.width() - px(8), 0)
        painter.setFont(look().font(Size.META, Weight.MEDIUM))
        painter.setPen(colour("text2"))
        painter.drawText(aside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._aside)
        taken = QFontMetrics(painter.font()).horizontalAdvance(self._aside)
        font = look().font(Size.BODY, Weight.STRONG)
        painter.setFont(font)
        painter.setPen(colour("text"))
        room = QRect(QPoint(edge, 0), QSize(aside.right() - taken - px(8) - edge, self.height()))
        said = QFontMetrics(font).elidedText(str(self._words), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, said)
        painter.end()

    def _say(self) -> None:
        self.setAccessibleName(f"{self._words}, {self._aside}")
        self.setToolTip(str(self._words))
        self.update()
