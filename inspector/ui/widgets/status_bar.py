"""The foot of the window: the keys that work now, and whether everything is saved, only here, and agreed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QWidget

from inspector.ui import tokens
from inspector.ui.actions import Act, Acts
from inspector.ui.language import Words, tr
from inspector.ui.painting import cap_height, cap_width, paint_cap
from inspector.ui.theme import look
from inspector.ui.tokens import Size
from inspector.ui.widgets.card import Line
from inspector.ui.widgets.remark import Remark
from inspector.ui.widgets.save_state import SaveState


@dataclass(frozen=True)
class Hint:
    """The caps of one act and its short words."""

    caps: tuple[str, ...]
    words: Words


class StatusBar(QWidget):
    """Left: hints, following the focus. Right: a count of the page, the exchange, *only here*, disagreements, state of
    saving.

    ``exchange``, ``only_here`` and ``disagreements`` are pressed to go where they are settled.
    """

    def __init__(self, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._acts = acts
        self.hints = Hints()
        self.page_count = Remark()
        self.exchange = Remark()
        self.only_here = Remark()
        self.disagreements = Remark()
        self.state = SaveState()
        self._lines = [Line(upright=True) for _ in range(4)]
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._lay_out()
        self._part()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        acts.turned.connect(self._soon.start)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def show_only_here(self, words: Words, *, grave: bool = True) -> None:
        """What exists on this laptop alone; empty when there is nothing."""
        tone = "part" if grave else "text2"
        self.only_here.show_remark("laptop", tone, words, leads=grave and bool(words))
        self._part()

    def show_disagreements(self, count: int) -> None:
        words: Words = tr("{count} chỗ chưa thống nhất", count=count) if count else ""
        self.disagreements.show_remark("columns-2", "dis", words, leads=bool(count))
        self._part()

    def show_exchange(self, words: Words, tone: str = "text2", reason: Words = "") -> None:
        """What goes on with other laptops; empty where nothing does."""
        self.exchange.show_remark("refresh-cw", tone, words, leads=bool(str(words)), reason=reason)
        self._part()

    def show_page_count(self, words: Words) -> None:
        self.page_count.show_remark("list", "text2", words)
        self._part()

    def show_saved(self, at: datetime | None) -> None:
        self.state.show_saved(at)
        self._part()

    def refresh_parts(self) -> None:
        """After ``state`` was shown something else."""
        self._part()

    def refresh(self) -> None:
        """After acts were bound or renamed without the focus moving; opened and closed ones are noticed."""
        self._follow(None, QApplication.focusWidget())

    def sizeHint(self) -> QSize:
        return QSize(look().px(400), look().px(tokens.STATUS_BAR))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QPen(look().colour("line"), 1))
        painter.drawLine(0, 0, self.width(), 0)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.setFixedHeight(look().px(tokens.STATUS_BAR))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.GROUP, 1, tokens.GROUP, 0)
        row.setSpacing(tokens.GROUP - 4)
        row.addWidget(self.hints, 1)
        for part, line in zip(self._parts(), [*self._lines, None], strict=True):
            row.addWidget(part)
            if line is not None:
                line.setFixedHeight(look().px(tokens.GROUP))
                row.addWidget(line)
        self.setFixedHeight(look().px(tokens.STATUS_BAR))

    def _parts(self) -> tuple[Remark, ...]:
        return (self.page_count, self.exchange, self.only_here, self.disagreements, self.state)

    def _part(self) -> None:
        """A line stands between two remarks that are there, and nowhere else."""
        parts = self._parts()
        there = [bool(part.text()) for part in parts]
        for place, part in enumerate(parts):
            part.setVisible(there[place])
        for place, line in enumerate(self._lines):
            line.setVisible(there[place] and any(there[place + 1 :]))

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and new.window() is self.window():
            self.hints.show_hints([_hint(act) for act in self._acts.hints(new)])


class Hints(QWidget):
    """Caps and words in a row; what does not fit is left out from the end, never cut in the middle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hints: tuple[Hint, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_hints(self, hints: Sequence[Hint]) -> None:
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            self._say()

    def fitting(self) -> list[Hint]:
        """The hints there is room for."""
        found, left = [], 0
        for hint in self._hints:
            left += self._width(hint)
            if left > self.width():
                break
            found.append(hint)
            left += look().px(tokens.GROUP - 4)
        return found

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._say()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, cap_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        left = 0
        for hint in self.fitting():
            left = self._paint(painter, hint, left) + look().px(tokens.GROUP - 4)
        painter.end()

    def _paint(self, painter: QPainter, hint: Hint, left: int) -> int:
        colour = look().colour
        top = (self.height() - cap_height()) / 2
        for cap in hint.caps:
            box = QRectF(left, top, cap_width(cap), cap_height())
            paint_cap(painter, cap, box, ink=colour("text2"), edge=colour("line"), ground=colour("surface2"))
            left += cap_width(cap) + look().px(tokens.TIGHT)
        painter.setFont(look().font(Size.META))
        painter.setPen(colour("text2"))
        width = self._metrics().horizontalAdvance(str(hint.words)) + 1
        box_of_words = QRect(QPoint(left, 0), QSize(width, self.height()))
        painter.drawText(box_of_words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(hint.words))
        return left + width

    def _width(self, hint: Hint) -> int:
        caps = sum(cap_width(cap) + look().px(tokens.TIGHT) for cap in hint.caps)
        return caps + self._metrics().horizontalAdvance(str(hint.words)) + 1

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(look().font(Size.META))

    def _say(self) -> None:
        said = "; ".join(f"{' '.join(hint.caps)}: {hint.words}" for hint in self._hints)
        self.setAccessibleName(said)
        self.update()


def _hint(act: Act) -> Hint:
    return Hint(act.caps, act.hint or act.words)
