"""What stands where nothing is yet: a drawing, a sentence, and at most three ways on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.language import Words, mark_content
from inspector.ui.painting import Mark, cap_height, cap_width, paint_cap, paint_mark, paint_pixmap
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.icon import Icon
from inspector.ui.widgets.painted_button import PaintedButton
from inspector.ui.widgets.text import Text, broken

_MOST_WAYS = 3
_WITH_DRAWING = 440
_TROUBLE = 56


@dataclass(frozen=True)
class Way:
    """One way on: what it is, what it brings, the key that does the same."""

    words: Words
    detail: Words
    icon: str
    run: Callable[[], object]
    keys: str = ""


class EmptyState(QWidget):
    """Says what is missing and offers ways on; ``set_focus`` goes to the first. Raises ``ValueError`` for a fourth.

    ``trouble`` is the icon of something that went wrong, instead of the drawing of what is still to come.
    """

    def __init__(
        self,
        head: Words,
        line: Words = "",
        ways: Sequence[Way] = (),
        *,
        trouble: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        if len(ways) > _MOST_WAYS:
            raise ValueError(f"{len(ways)} ways on, at most {_MOST_WAYS}")
        self.buttons = [WayButton(way) for way in ways]
        title = Text(head, size=Size.TITLE, weight=Weight.STRONG, wrap=True)
        under = Text(line, tone="text2", wrap=True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(tokens.EDGE, tokens.EDGE, tokens.EDGE, tokens.EDGE)
        rows.setSpacing(tokens.GAP)
        rows.addStretch(2)
        self._drawing: QWidget = Icon(trouble, "part", _TROUBLE) if trouble else _Drawing()
        rows.addWidget(self._drawing, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addSpacing(tokens.GAP)
        for text in (title, under):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            middle = QHBoxLayout()
            middle.addStretch(1)
            middle.addWidget(text, 1000)
            middle.addStretch(1)
            rows.addLayout(middle)
        self._texts = (title, under)
        under.setVisible(bool(line))
        rows.addSpacing(tokens.GROUP)
        rows.addLayout(self._row())
        rows.addStretch(3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window words and ways go before the drawing; in a narrow one the ways lie under each other."""
        super().resizeEvent(event)
        for text in self._texts:
            text.setMaximumWidth(look().px(tokens.DIALOG))
        self._drawing.setVisible(self.height() >= look().px(_WITH_DRAWING))
        beside = sum(button.least_width() + tokens.GROUP for button in self.buttons)
        wide = beside - tokens.GROUP <= self.width() - 2 * tokens.EDGE
        self._ways.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        for button in self.buttons:
            button.show_flat(flat=not wide)

    def set_focus(self) -> None:
        if self.buttons:
            self.buttons[0].setFocus()

    def _row(self) -> QBoxLayout:
        self._ways = row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(tokens.GROUP)
        row.addStretch(1)
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch(1)
        return row


class WayButton(PaintedButton):
    """A card that is pressed."""

    def __init__(self, way: Way, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._way = way
        self._is_flat = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._press)
        mark_content(self, way.words)
        self._say()

    def show_flat(self, *, flat: bool) -> None:
        """What it is and what it brings beside the icon, for ways under each other."""
        if flat != self._is_flat:
            self._is_flat = flat
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(560), look().px(64)) if self._is_flat else QSize(look().px(264), look().px(176))

    def minimumSizeHint(self) -> QSize:
        return QSize(0 if self._is_flat else self.least_width(), self.sizeHint().height())

    def least_width(self) -> int:
        """As a card its words fit into no less."""
        return self._words_width() + 2 * look().px(20)

    def _words_width(self) -> int:
        return QFontMetrics(look().font(Size.HEAD, Weight.STRONG)).horizontalAdvance(self.text()) + 1

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, px = look().colour, look().px
        painter.setPen(QPen(colour("control"), 1))
        painter.setBrush(colour("asoft") if self.underMouse() else colour("surface"))
        radius = px(tokens.RADIUS_CARD)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        words, detail = self._words_box(), self._detail_box()
        paint_pixmap(painter, self._way.icon, colour("accent"), QRect(px(20), px(20), px(24), px(24)))
        painter.setFont(look().font(Size.HEAD, Weight.STRONG))
        painter.setPen(colour("text"))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        self._paint_detail(painter, detail)
        if self._way.keys:
            ink, edge, ground = colour("text2"), colour("line"), colour("surface2")
            paint_cap(painter, self._way.keys, self.cap_box(), ink=ink, edge=edge, ground=ground)
        painter.end()

    def cap_box(self) -> QRectF:
        """Where its key stands: at the foot of a card, or beside the icon of one that is too low for that."""
        px = look().px
        cap = QRectF(0, 0, cap_width(self._way.keys), cap_height())
        cap.moveBottomLeft(QPointF(px(20), self.height() - px(16)))
        if self._is_flat:
            cap.moveTopRight(QPointF(self.width() - px(20), (self.height() - cap.height()) / 2))
        elif cap.top() < self.detail_bottom():
            cap.moveTopRight(QPointF(self.width() - px(20), px(20)))
        return cap

    def detail_bottom(self) -> int:
        box, metrics = self._detail_box(), QFontMetrics(look().font(Size.META))
        lines = len(broken(str(self._way.detail), metrics, box.width(), self._lines)[0])
        return box.top() + lines * look().px(Size.META.line)

    def _words_box(self) -> QRect:
        px = look().px
        if not self._is_flat:
            return QRect(px(20), px(54), self.width() - 2 * px(20), px(24))
        keys = cap_width(self._way.keys) + px(tokens.GAP) if self._way.keys else 0
        return QRect(px(60), px(10), self.width() - px(80) - round(keys), px(24))

    def _detail_box(self) -> QRect:
        """Room for as many lines as ``_lines``."""
        words = self._words_box()
        return words.translated(0, look().px(24 if self._is_flat else 28))

    @property
    def _lines(self) -> int:
        return 1 if self._is_flat else 3

    def _press(self) -> None:
        self._way.run()

    def _paint_detail(self, painter: QPainter, box: QRect) -> None:
        font = look().font(Size.META)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(look().colour("text2"))
        for place, line in enumerate(broken(str(self._way.detail), metrics, box.width(), self._lines)[0]):
            corner = QPoint(box.left(), box.top() + place * look().px(Size.META.line))
            painter.drawText(
                QRect(corner, QSize(box.width(), look().px(Size.META.line))), Qt.AlignmentFlag.AlignVCenter, line
            )

    def cut_texts(self) -> list[str]:
        """What of its words does not fit; for the test that walks over every screen."""
        metrics = QFontMetrics(look().font(Size.META))
        _, cut = broken(str(self._way.detail), metrics, self._detail_box().width(), self._lines)
        return [str(self._way.detail)] * cut + [self.text()] * (self._words_width() > self._words_box().width())

    def _say(self) -> None:
        self.setText(str(self._way.words))
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(str(self._way.detail))
        self.updateGeometry()
        self.update()


class _Drawing(QWidget):
    """A clipboard with the first signs on it."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look().px(96), look().px(124))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / 96, self.height() / 124)
        painter.setPen(QPen(look().colour("control"), 2))
        painter.setBrush(look().colour("surface"))
        painter.drawRoundedRect(QRectF(2, 9, 92, 113), 6, 6)
        painter.drawRoundedRect(QRectF(26, 1, 44, 17), 5, 5)
        for row, (mark, width) in enumerate(((Mark.MET, 38), (Mark.PARTLY, 32), (Mark.UNCHECKED, 30))):
            top = 36 + 27 * row
            paint_mark(painter, mark, QRectF(17, top, 16, 16))
            painter.fillRect(QRectF(42, top + 5.5, width, 5), look().colour("line"))
        painter.end()
