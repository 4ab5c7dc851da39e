"""The figures of a sample: what it feeds, how many were checked, what was wrong with them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.domain.checklist import Item
from inspector.domain.phrases import percent, short_code
from inspector.domain.wording import number
from inspector.ui import tokens
from inspector.ui.language import Words, mark_content, tr
from inspector.ui.pages.workspace.contents.board import mark_of_fraction
from inspector.ui.pages.workspace.dossiers.sample_sheet import SampleSheet
from inspector.ui.painting import Mark
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.result import ResultMark
from inspector.ui.widgets.text import CutText, Text

_WITH_WORDS = 1160
_WITH_NAME = 1000


class Figure(QWidget):
    """A number with its words under it, at the ``right`` where it ends a row."""

    def __init__(self, words: Words, *, tone: str = "text", mark: Mark | None = None, right: bool = False) -> None:
        super().__init__()
        self.number = Text("", size=Size.TITLE, weight=Weight.STRONG, tone=tone)
        self.words = Text(words, size=Size.META, tone="text2")
        self.mark = ResultMark(mark) if mark is not None else None
        top = QHBoxLayout()
        top.setSpacing(tokens.TIGHT + 2)
        if right:
            top.addStretch(1)
            self.words.setAlignment(Qt.AlignmentFlag.AlignRight)
        if self.mark is not None:
            top.addWidget(self.mark)
        top.addWidget(self.number)
        if not right:
            top.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(top)
        rows.addWidget(self.words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_figure(self, text: str, words: Words = "") -> None:
        self.number.say(text)
        if words:
            self.words.say(words)


class Summary(QWidget):
    """One line above the table; where they have no room the least of the figures go."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._counts: dict[Figure, int] = {}
        self._has_faultless = False
        self._values = ("", "")
        self._words: tuple[Words, Words] = (tr("hồ sơ đã nhập"), tr("trễ hạn"))
        self._with_words = self._with_name = True
        self._head = CutText("", size=Size.BODY, weight=Weight.STRONG)
        self._line = CutText("", size=Size.META, tone="text2")
        self.entered = Figure(tr("hồ sơ đã nhập"))
        self.faultless = Figure(tr("không sai sót"), tone="ok", mark=Mark.MET)
        self.late = Figure(tr("trễ hạn"), tone="no", mark=Mark.NOT_MET)
        self.without_apology = Figure(tr("trễ chưa xin lỗi"), tone="no")
        self.no_slip = Figure(tr("thiếu phiếu kiểm soát"), tone="part")
        self.ratio = Figure("", tone="text", mark=Mark.UNCHECKED, right=True)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._head)
        names.addWidget(self._line)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(tokens.GROUP, tokens.GAP, tokens.GROUP, tokens.GAP)
        row.setSpacing(tokens.EDGE)
        row.addLayout(names, 3)
        for figure in (self.entered, self.faultless, self.late, self.without_apology, self.no_slip):
            row.addWidget(figure)
        row.addStretch(1)
        row.addWidget(self.ratio)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_item(self, item: Item | None) -> None:
        if item is None:
            self._head.say(tr("Hồ sơ mẫu"))
            self._line.say(tr("Bộ tiêu chí không có mục tính từ hồ sơ mẫu"))
            return
        self._head.say(tr("Kết quả mục {code}", code=short_code(item.code)))
        self._line.say(item.text)
        mark_content(self._line, item.text)

    def show_sheet(self, sheet: SampleSheet, item: Item | None) -> None:
        own = sheet.own
        whole = len(sheet.whole)
        done = whole - own.entering - sheet.handed_over.entering
        apart = sheet.handed_over.checked
        entered = tr("hồ sơ đã nhập, {count} bàn giao", count=apart) if apart else tr("hồ sơ đã nhập")
        self._values = (f"{done}/{whole}" if whole else number(own.checked), number(own.late))
        self.faultless.show_figure(number(own.faultless))
        self._has_faultless = own.checked > 0
        longest = tr("trễ hạn, nhiều nhất {count} ngày", count=own.longest_delay)
        self._words = (entered, longest if own.longest_delay else tr("trễ hạn"))
        self.without_apology.show_figure(number(sheet.without_apology))
        self.no_slip.show_figure(number(own.no_control_slip))
        self._counts = {
            self.late: own.late,
            self.without_apology: sheet.without_apology,
            self.no_slip: own.no_control_slip,
        }
        self._show_ratio(sheet, item)
        self._show_figures()
        self._show_figures_soon()

    def _show_figures(self) -> None:
        for figure, count in self._counts.items():
            figure.setVisible(count > 0)
        self.faultless.setVisible(self._has_faultless)
        self._say_at_length(self._words)
        around = self._row.contentsMargins()
        room = self.width() - around.left() - around.right()
        self._hide_least(room)
        # Alone, without the words of the item under it, the name is whole or not there.
        whole = self._needed() + self._head.sizeHint().width() <= room
        self._head.setVisible(self._with_words or (self._with_name and whole))

    def _hide_least(self, room: int) -> None:
        for figure in (self.no_slip, self.without_apology, self.faultless):
            if self._needed() <= room:
                return
            figure.hide()
        if self._needed() > room:
            self._say_at_length((tr("hồ sơ đã nhập"), tr("trễ hạn")))

    def _say_at_length(self, words: tuple[Words, Words]) -> None:
        for figure, value, said in zip((self.entered, self.late), self._values, words, strict=True):
            figure.show_figure(value, said)

    def _needed(self) -> int:
        """The width of all figures that are to be seen."""
        figures = (self.entered, self.faultless, *self._counts, self.ratio)
        return sum(figure.sizeHint().width() + tokens.EDGE for figure in figures if not figure.isHidden())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_figures()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LanguageChange):
            self._show_figures_soon()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_figures_soon()

    def _show_figures_soon(self) -> None:
        """New words, and those nobody saw while the text grew, are dressed and so measured only after this."""
        QTimer.singleShot(0, self, self._show_figures)

    def show_room(self, room: int) -> None:
        """Where room is short the words of the item go first, then the figures that say least; ``room`` at 100 %."""
        self._with_words, self._with_name = room >= _WITH_WORDS, room >= _WITH_NAME
        self._row.setStretch(0, 3 if self._with_words else 0)
        self._line.setVisible(self._with_words)
        self._show_figures()

    def _show_ratio(self, sheet: SampleSheet, item: Item | None) -> None:
        ratio = sheet.ratio
        self.ratio.setVisible(ratio is not None)
        if ratio is None:
            return
        rate = percent(ratio.numerator, ratio.denominator) if ratio.denominator else "–"
        words: Words = tr("{part}/{whole} hồ sơ", part=ratio.numerator, whole=ratio.denominator)
        if sheet.points is not None and item is not None:
            words = tr(
                "{part}/{whole} hồ sơ · tạm tính {points}/{most} điểm",
                part=ratio.numerator,
                whole=ratio.denominator,
                points=number(sheet.points.normalize()),
                most=number(item.max_points.normalize()),
            )
        self.ratio.show_figure(rate, words)
        mark = mark_of_fraction(sheet.fraction) if sheet.fraction is not None else None
        self.ratio.number.set_tone(mark.tone if mark is not None else "text")
        if self.ratio.mark is not None:
            self.ratio.mark.setVisible(mark is not None)
            self.ratio.mark.show_mark(mark or Mark.UNCHECKED)
