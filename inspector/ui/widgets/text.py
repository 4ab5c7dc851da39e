"""Words on the window: a label in one of the five sizes, and one that is cut only with its whole text as a tooltip."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from inspector.ui.language import Words, mark_content
from inspector.ui.theme import look, restyle
from inspector.ui.tokens import Size, Weight


class Text(QLabel):
    """A label. ``tone`` is the name of a colour; ``wrap`` lets it run over several lines."""

    def __init__(
        self,
        words: Words = "",
        *,
        size: Size = Size.BODY,
        weight: Weight = Weight.TEXT,
        tone: str = "text",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setProperty("letters", size.name)
        self.setProperty("weight", weight.name)
        self.setProperty("tone", tone)
        self._words: Words = ""
        self.say(words)

    def say(self, words: Words) -> None:
        self._words = words
        mark_content(self, words)
        self.setText(str(words))

    def set_tone(self, tone: str) -> None:
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.setText(str(self._words))


class CutText(QWidget):
    """Words in at most ``lines`` lines. What does not fit ends in an ellipsis, and the tooltip holds all of it."""

    def __init__(
        self,
        words: Words = "",
        *,
        size: Size = Size.BODY,
        weight: Weight = Weight.TEXT,
        tone: str = "text",
        lines: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size, self._weight, self._tone, self._lines = size, weight, tone, lines
        self._words: Words = ""
        self._shown: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.say(words)

    def say(self, words: Words) -> None:
        self._words = words
        mark_content(self, words)
        self.updateGeometry()
        self._settle()

    def text(self) -> str:
        return str(self._words)

    def sizeHint(self) -> QSize:
        metrics = self._metrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 1, metrics.lineSpacing() * self._lines)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._metrics().horizontalAdvance("M…"), self.sizeHint().height())

    def top(self) -> int:
        """Where the first line begins."""
        return 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            self.updateGeometry()
            self._settle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(look().font(self._size, self._weight))
        painter.setPen(look().colour(self._tone))
        spacing, top = self._metrics().lineSpacing(), self.top()
        for place, line in enumerate(self._shown):
            box = QRect(QPoint(0, top + place * spacing), QSize(self.width(), spacing))
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)
        painter.end()

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(look().font(self._size, self._weight))

    def _settle(self) -> None:
        whole = self.text()
        self._shown, cut = broken(whole, self._metrics(), self.width(), self._lines)
        self.setAccessibleName(whole)
        self.setToolTip(whole if cut else "")
        self.update()


def broken(text: str, metrics: QFontMetrics, width: int, lines: int) -> tuple[list[str], bool]:
    """The text in at most ``lines`` lines of ``width``, and whether something of it had to go."""
    shown: list[str] = []
    rest = text.split()
    while rest and len(shown) < lines - 1:
        taken = 1
        while taken < len(rest) and metrics.horizontalAdvance(" ".join(rest[: taken + 1])) <= width:
            taken += 1
        shown.append(" ".join(rest[:taken]))
        rest = rest[taken:]
    last = " ".join(rest)
    fitted = metrics.elidedText(last, Qt.TextElideMode.ElideRight, width)
    return [*shown, fitted] if last else shown, fitted != last
