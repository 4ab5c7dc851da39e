"""The lists of the home page: what needs somebody, and the coming days."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from inspector.domain.wording import short_day
from inspector.services.home import Need, NeedKind
from inspector.services.visits import Line
from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.pages.keyed_model import KeyedModel
from inspector.ui.pages.row_list import Index, RowDelegate
from inspector.ui.pages.visit_words import WEEKDAYS, day_and_month, form_words
from inspector.ui.painting import paint_pixmap
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.where import Where

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class Task:
    """One line of what needs somebody: what it is, a line under it, the act, and where that leads."""

    key: object
    head: Words
    line: Words
    act: Words
    icon: str
    tone: str
    where: Where


def words_of(need: Need, today_passed: int) -> tuple[Words, Words, Words, str, str]:
    """Head, line, act, icon and tone of a need; ``today_passed`` are the days since its day."""
    unit = need.unit
    if need.kind is NeedKind.DISAGREEMENT:
        head = tr("{unit}: {count} chỗ có ý kiến khác nhau", unit=unit, count=need.count)
        return head, tr("Trưởng đoàn chọn hoặc ghi ý kiến chung"), tr("Xem"), "columns-2", "dis"
    if need.kind is NeedKind.OVERDUE:
        head = tr("{unit}: quá hạn {count} ngày", unit=unit, count=today_passed)
        line = tr("Báo cáo khắc phục {count} kiến nghị · hạn {day}", count=need.count, day=short_day(need.day))
        return head, line, tr("Mở"), "clock", "no"
    if need.kind is NeedKind.SCAN:
        return tr("{unit}: chưa có bản ký quét", unit=unit), "", tr("Đính kèm"), "printer", "text2"
    if need.kind is NeedKind.SIGN:
        head = tr("{unit}: biên bản chờ ký", unit=unit)
        return head, tr("Kiểm tra ngày {day}", day=short_day(need.day)), tr("Mở"), "file-check", "part"
    if need.kind is NeedKind.MUST:
        head = tr("{unit}: còn {count} việc trước khi lập biên bản", unit=unit, count=need.count)
        return head, need.text, tr("Mở"), "file-text", "part"
    head = tr("{unit}: biên bản còn {count} chỗ nên xem lại", unit=unit, count=need.count)
    return head, need.text, tr("Mở"), "file-text", "text2"


class TaskModel(KeyedModel[Task]):
    def __init__(self) -> None:
        super().__init__(lambda task: task.key, lambda task: f"{task.head}. {task.line}")


class TaskDelegate(RowDelegate):
    """Icon, two lines, and the word of the act at the right."""

    ROW = 52

    def paint_row(self, painter: QPainter, box: QRect, index: Index) -> None:
        model = index.model()
        task = model.row(index) if isinstance(model, TaskModel) else None
        if task is None:
            return
        px, colour = look().px, look().colour
        edge, side = px(tokens.GAP), px(20)
        icon = QRect(box.left() + edge, box.center().y() - side // 2, side, side)
        paint_pixmap(painter, task.icon, colour(task.tone), icon)
        act = str(task.act)
        strong = look().font(Size.BODY, Weight.MEDIUM)
        width = QFontMetrics(strong).horizontalAdvance(act) + 2
        right = box.right() - edge
        painter.setFont(strong)
        painter.setPen(colour("accent2"))
        painter.drawText(QRect(right - width, box.top(), width, box.height()), _RIGHT, act)
        left = icon.right() + px(12)
        room = right - width - px(tokens.GROUP) - left
        lines = [(str(task.head), strong, "text", px(20)), (str(task.line), look().font(Size.META), "text2", px(16))]
        shown = [line for line in lines if line[0]]
        top = box.top() + (box.height() - sum(line[3] for line in shown)) // 2
        for text, font, tone, height in shown:
            painter.setFont(font)
            painter.setPen(colour(tone))
            fitted = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left, top, room, height), _LEFT, fitted)
            top += height


class ComingModel(KeyedModel[Line]):
    def __init__(self) -> None:
        super().__init__(
            lambda line: line.id, lambda line: f"{day_and_month(line.day)}, {line.unit}, {form_words(line.form)}"
        )


class ComingDelegate(RowDelegate):
    """Day, weekday, unit and form."""

    ROW = 36

    def paint_row(self, painter: QPainter, box: QRect, index: Index) -> None:
        model = index.model()
        line = model.row(index) if isinstance(model, ComingModel) else None
        if line is None:
            return
        px, colour = look().px, look().colour
        edge = px(tokens.GAP)
        small = look().font(Size.META)
        form = str(form_words(line.form))
        form_width = QFontMetrics(small).horizontalAdvance(form) + 2
        self._text(painter, QRect(box.left() + edge, box.top(), px(56), box.height()), day_and_month(line.day))
        painter.setFont(small)
        painter.setPen(colour("text2"))
        weekday = str(WEEKDAYS[line.day.weekday()]) if line.day is not None else ""
        painter.drawText(QRect(box.left() + edge + px(56), box.top(), px(76), box.height()), _LEFT, weekday)
        right = box.right() - edge
        painter.drawText(QRect(right - form_width, box.top(), form_width, box.height()), _RIGHT, form)
        left = box.left() + edge + px(136)
        room = right - form_width - px(tokens.GROUP) - left
        font = look().font()
        painter.setFont(font)
        painter.setPen(colour("text"))
        fitted = QFontMetrics(font).elidedText(line.unit, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, box.top(), room, box.height()), _LEFT, fitted)

    @staticmethod
    def _text(painter: QPainter, box: QRect, text: str) -> None:
        painter.setFont(look().font(Size.BODY, Weight.STRONG))
        painter.setPen(look().colour("text"))
        painter.drawText(box, _LEFT, text)
