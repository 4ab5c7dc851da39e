"""How figures become points: the thresholds of an item in words, the reached one marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector.domain.checklist import Item, Threshold
from inspector.domain.scoring import points
from inspector.domain.wording import number
from inspector.ui.language import Phrase, Words, tr
from inspector.ui.pages.workspace.contents.board import mark_of_fraction
from inspector.ui.painting import paint_mark, paint_pixmap
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.signs import Sign


@dataclass(frozen=True)
class Step:
    """A threshold in words, and what it earns in points."""

    threshold: Threshold
    words: Words
    points: str


def steps_of(item: Item) -> tuple[Step, ...]:
    """From the best step of a ratio down; those of a count in the order written."""
    if item.type.asks_count:
        found = zip(item.thresholds, _count_words(item.thresholds), strict=True)
    else:
        falling = sorted(item.thresholds, key=lambda step: step.value or Decimal(0), reverse=True)
        found = zip(falling, _rate_words(falling), strict=True)
    return tuple(Step(step, words, number(points(item, step.fraction))) for step, words in found)


def _rate_words(falling: Sequence[Threshold]) -> list[Phrase]:
    said = []
    for place, step in enumerate(falling):
        least, above = _rate(step.value), _rate(falling[place - 1].value) if place else ""
        if not place:
            said.append(tr("{rate} %", rate=least) if step.value == 100 else tr("Từ {rate} % trở lên", rate=least))
        elif not step.value:
            said.append(tr("Dưới {rate} %", rate=above))
        else:
            said.append(tr("Từ {rate} % đến dưới {above} %", rate=least, above=above))
    return said


def _count_words(steps: Sequence[Threshold]) -> list[Phrase]:
    said = []
    for place, step in enumerate(steps):
        before = steps[place - 1].value if place else None
        value = _rate(step.value)
        if step.bound == "min":
            said.append(
                tr("Từ {count} trở lên", count=value) if step.value else tr("Dưới {count}", count=_rate(before))
            )
        elif step.value is None:
            said.append(tr("Từ {count} trở lên", count=_rate((before or Decimal(0)) + 1)))
        elif before is None and step.value == 0:
            said.append(tr("Không có"))
        elif before is not None and before + 1 == step.value:
            said.append(tr("Bằng {count}", count=value))
        else:
            said.append(tr("Không quá {count}", count=value))
    return said


def _rate(value: Decimal | None) -> str:
    return number((value or Decimal(0)).normalize() + 0) if value else "0"


class Steps(Sign):
    """The steps as lines: words, and points where they count, else the sign of the result."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[Step, ...] = ()
        self._reached: Threshold | None = None
        self._scored = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: tuple[Step, ...], *, scored: bool) -> None:
        self._steps, self._scored = steps, scored
        self.updateGeometry()
        self._say()

    def show_reached(self, reached: Threshold | None) -> None:
        if reached is not self._reached:
            self._reached = reached
            self._say()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(look().font(Size.BODY, Weight.STRONG))
        words = max((metrics.horizontalAdvance(str(step.words)) for step in self._steps), default=0)
        return QSize(words + look().px(130), look().px(22) * len(self._steps))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width() - look().px(20), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, step in enumerate(self._steps):
            top = place * look().px(22)
            self._paint(painter, QRect(0, top, self.width(), look().px(22)), step)
        painter.end()

    def _paint(self, painter: QPainter, box: QRect, step: Step) -> None:
        px, mark = look().px, mark_of_fraction(step.threshold.fraction)
        reached = step.threshold is self._reached
        if reached:
            painter.setPen(look().colour("text") if look().is_high_contrast else Qt.PenStyle.NoPen)
            painter.setBrush(look().colour(f"{mark.tone}s"))
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4))
        painter.setFont(look().font(Size.BODY, Weight.STRONG if reached else Weight.TEXT))
        painter.setPen(look().colour(mark.tone if reached else "text2"))
        inner = box.adjusted(px(12), 0, -px(32), 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(step.words))
        if self._scored:
            said = str(tr("{points} điểm", points=step.points))
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, said)
        else:
            side = px(16)
            sign = QRectF(inner.right() - side, box.top() + (box.height() - side) / 2, side, side)
            paint_mark(painter, mark, sign)
        if reached:
            side = px(16)
            tick = QRect(box.right() - px(24), box.top() + (box.height() - side) // 2, side, side)
            paint_pixmap(painter, "check", look().colour(mark.tone), tick)

    def _say(self) -> None:
        reached = next((step for step in self._steps if step.threshold is self._reached), None)
        self.setAccessibleName(str(tr("Cách tính điểm")))
        self.setAccessibleDescription(str(reached.words) if reached is not None else "")
        self.update()
