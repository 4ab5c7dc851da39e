"""Parts of the first start: the rail with its steps, a choice that is a card, the groups of the recovery code."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.application import NAME
from inspector.ui.language import Words, mark_content, tr
from inspector.ui.painting import paint_pixmap
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.painted_button import PaintedButton
from inspector.ui.widgets.signs import Sign
from inspector.ui.widgets.text import Text, broken

RAIL = 320


class StepRail(QWidget):
    """The name of the program and the steps; ``show_step`` marks where somebody is."""

    def __init__(self, steps: Sequence[tuple[Words, Words]]) -> None:
        super().__init__()
        self.setProperty("ground", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.steps = [_Step(number, *words) for number, words in enumerate(steps, 1)]
        self._foot = Text(
            tr("Dữ liệu nằm trên máy này, được mã hóa. Không cần mạng để làm việc."),
            size=Size.META,
            tone="railtext",
            wrap=True,
        )
        rows = QVBoxLayout(self)
        rows.setContentsMargins(tokens.EDGE + tokens.GAP, 2 * tokens.EDGE, tokens.EDGE, tokens.EDGE)
        rows.setSpacing(tokens.EDGE)
        rows.addWidget(_Brand())
        rows.addSpacing(tokens.EDGE)
        for step in self.steps:
            rows.addWidget(step)
        rows.addStretch(1)
        rows.addWidget(self._foot)
        self._width = RAIL
        self._fit()

    def set_width(self, width: int) -> None:
        """In logical pixels at a text scale of 100 %."""
        self._width = width
        self._fit()

    def show_step(self, place: int) -> None:
        for number, step in enumerate(self.steps):
            step.show_state(done=number < place, here=number == place)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(look().px(self._width))


class _Brand(QWidget):
    """The sign and the name of the program."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(NAME)
        self.setProperty("content", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look().px(200), look().px(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        px, colour = look().px, look().colour
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent"))
        painter.drawRoundedRect(QRectF(0, 0, px(40), px(40)), px(8), px(8))
        paint_pixmap(painter, "check", colour("onaccent"), QRect(px(6), px(6), px(28), px(28)))
        painter.setFont(look().font(Size.TITLE, Weight.STRONG))
        painter.setPen(colour("railon"))
        painter.drawText(self.rect().adjusted(px(52), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, NAME)
        painter.end()


class _Step(Sign):
    """A number in a disc, a check once it is done, the name of the step and what it holds."""

    def __init__(self, number: int, words: Words, detail: Words) -> None:
        super().__init__()
        self._number, self._words, self._detail = number, words, detail
        self._done = self._here = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        mark_content(self, words)
        self._say()

    def show_state(self, *, done: bool, here: bool) -> None:
        self._done, self._here = done, here
        self._say()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(200), look().px(44))

    def paintEvent(self, _event: QPaintEvent) -> None:
        px, colour = look().px, look().colour
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = QRectF(0, px(8), px(28), px(28))
        filled = self._done or self._here
        painter.setPen(Qt.PenStyle.NoPen if filled else QPen(colour("railtext"), 1))
        painter.setBrush(colour("accent") if filled else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(disc.adjusted(0.5, 0.5, -0.5, -0.5))
        if self._done:
            paint_pixmap(painter, "check", colour("onaccent"), QRect(px(6), px(14), px(16), px(16)))
        else:
            painter.setFont(look().font(Size.BODY, Weight.STRONG))
            painter.setPen(colour("onaccent" if filled else "railtext"))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self._number))
        left, width = px(40), self.width() - px(40)
        painter.setFont(look().font(Size.BODY, Weight.STRONG if self._here else Weight.TEXT))
        painter.setPen(colour("railon" if self._here else "railtext"))
        painter.drawText(QRect(left, px(2), width, px(22)), Qt.AlignmentFlag.AlignVCenter, str(self._words))
        painter.setFont(look().font(Size.META))
        painter.setPen(colour("railtext"))
        painter.drawText(QRect(left, px(24), width, px(18)), Qt.AlignmentFlag.AlignVCenter, str(self._detail))
        painter.end()

    def _say(self) -> None:
        state = tr("đã xong") if self._done else tr("đang ở đây") if self._here else ""
        self.setAccessibleName(", ".join(filter(None, (str(self._words), str(state)))))
        self.setToolTip(str(self._detail))


class ChoiceCard(PaintedButton):
    """One of several ways, with a sentence about it; closed ones say why under it."""

    def __init__(self, words: Words, detail: Words, *, closed: Words = "") -> None:
        super().__init__()
        self._words, self._detail, self._closed = words, detail, closed
        self._asked: tuple[str, int, int] | None = None
        self._broken: list[str] = []
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setEnabled(not closed)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        mark_content(self, words)
        self._say()

    def show_detail(self, detail: Words, *, closed: Words = "") -> None:
        """Another sentence about it; with ``closed`` it cannot be chosen now."""
        self._detail, self._closed, self._asked = detail, closed, None
        self.setEnabled(not closed)
        self._say()

    def sizeHint(self) -> QSize:
        return QSize(look().px(360), self.heightForWidth(look().px(360)))

    def minimumSizeHint(self) -> QSize:
        words = QFontMetrics(look().font(Size.HEAD, Weight.STRONG)).horizontalAdvance(self.text())
        return QSize(words + look().px(72), look().px(64))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return look().px(20 + 24 + 14) + len(self._lines(width)) * look().px(Size.BODY.line)

    def paintEvent(self, _event: QPaintEvent) -> None:
        px, colour = look().px, look().colour
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        width = 2 if chosen else 1
        painter.setPen(QPen(colour("accent" if chosen else "control" if self.isEnabled() else "line"), width))
        painter.setBrush(colour("asoft" if chosen else "surface" if self.isEnabled() else "surface2"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(8), px(8))
        ring = QRectF(px(18), px(22), px(18), px(18))
        painter.setPen(QPen(colour("accent" if chosen else "control"), px(2)))
        painter.setBrush(colour("surface"))
        painter.drawEllipse(ring)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent"))
            painter.drawEllipse(ring.adjusted(px(4), px(4), -px(4), -px(4)))
        painter.setFont(look().font(Size.HEAD, Weight.STRONG))
        painter.setPen(colour("text" if self.isEnabled() else "text2"))
        room = self.width() - px(54) - px(16)
        painter.drawText(QRect(px(54), px(18), room, px(24)), Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setFont(look().font())
        painter.setPen(colour("text2"))
        for number, line in enumerate(self._lines(self.width())):
            top = px(44) + number * px(Size.BODY.line)
            painter.drawText(QRect(px(54), top, room, px(Size.BODY.line)), Qt.AlignmentFlag.AlignVCenter, line)
        painter.end()

    def _lines(self, width: int) -> list[str]:
        asked = (str(self._closed or self._detail), width, look().scale)
        if asked != self._asked:  # layouts ask again and again
            self._asked = asked
            self._broken, _ = broken(asked[0], QFontMetrics(look().font()), width - look().px(70), 6)
        return self._broken

    def _say(self) -> None:
        self.setText(str(self._words))
        self.setAccessibleName(str(self._words))
        self.setAccessibleDescription(str(self._closed or self._detail))
        self.updateGeometry()
        self.update()


class CodeView(Sign):
    """The groups of the recovery code, numbered, so that they can be written down and found again."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: tuple[str, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._say()

    def show_groups(self, groups: Sequence[str]) -> None:
        self._groups = tuple(groups)
        self._say()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(320), self.heightForWidth(look().px(700)))

    def minimumSizeHint(self) -> QSize:
        return QSize(3 * look().px(_GROUP), look().px(_GROUP_HEIGHT))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = -(-len(self._groups) // self._columns(width)) if self._groups else 1
        return rows * look().px(_GROUP_HEIGHT) + (rows - 1) * tokens.GAP

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        columns = self._columns(self.width())
        width = (self.width() - (columns - 1) * tokens.GAP) / columns
        height = look().px(_GROUP_HEIGHT)
        for place, group in enumerate(self._groups):
            row, column = divmod(place, columns)
            box = QRectF(column * (width + tokens.GAP), row * (height + tokens.GAP), width, height)
            self._paint_group(painter, box, place + 1, group)
        painter.end()

    def _paint_group(self, painter: QPainter, box: QRectF, number: int, group: str) -> None:
        colour, px = look().colour, look().px
        painter.setPen(QPen(colour("line"), 1))
        painter.setBrush(colour("surface2"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6))
        painter.setFont(look().font(Size.META))
        painter.setPen(colour("text2"))
        painter.drawText(box.adjusted(0, px(4), 0, 0), Qt.AlignmentFlag.AlignHCenter, str(number))
        painter.setFont(look().font(Size.TITLE, Weight.STRONG))
        painter.setPen(colour("text"))
        painter.drawText(box.adjusted(0, px(16), 0, -px(4)), Qt.AlignmentFlag.AlignCenter, group)

    @staticmethod
    def _columns(width: int) -> int:
        """Nine groups are one row, or rows of five or three."""
        room = (width + tokens.GAP) // (look().px(_GROUP) + tokens.GAP)
        return next((columns for columns in (9, 5) if columns <= room), 3)

    def _say(self) -> None:
        said = ", ".join(f"{number}: {group}" for number, group in enumerate(self._groups, 1))
        self.setAccessibleName(str(tr("Mã khôi phục gồm các nhóm {groups}", groups=said)))


_GROUP, _GROUP_HEIGHT = 74, 58
