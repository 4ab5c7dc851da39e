"""The figures of a sample: what it feeds, how many were checked, what was wrong with them."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.domain.checklist import Item
from inspector.domain.wording import number
from inspector.ui import tokens
from inspector.ui.language import Words, mark_content, tr
from inspector.ui.pages.workspace.dossiers.sample_sheet import SampleSheet
from inspector.ui.painting import Mark
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.result import ResultMark
from inspector.ui.widgets.text import CutText, Text

_WITH_WORDS = 1160
_WITH_ALL = 980


class Figure(QWidget):
    """A number with its words under it; hidden without a number."""

    def __init__(self, words: Words, *, tone: str = "text", mark: Mark | None = None) -> None:
        super().__init__()
        self.number = Text("", size=Size.TITLE, weight=Weight.STRONG, tone=tone)
        self.words = Text(words, size=Size.META, tone="text2")
        self.mark = ResultMark(mark) if mark is not None else None
        top = QHBoxLayout()
        top.setSpacing(tokens.TIGHT + 2)
        if self.mark is not None:
            top.addWidget(self.mark)
        top.addWidget(self.number)
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
    """One line above the table; on a narrow page the least of the figures go."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._room = 0
        self._counts: dict[Figure, int] = {}
        self._head = CutText("", size=Size.BODY, weight=Weight.STRONG)
        self._line = CutText("", size=Size.META, tone="text2")
        self.entered = Figure(tr("hồ sơ đã nhập"))
        self.faultless = Figure(tr("không sai sót"), tone="ok", mark=Mark.MET)
        self.late = Figure(tr("trễ hạn"), tone="no", mark=Mark.NOT_MET)
        self.without_apology = Figure(tr("trễ chưa xin lỗi"), tone="no")
        self.no_slip = Figure(tr("thiếu phiếu kiểm soát"), tone="part")
        self.ratio = Figure("", tone="text")
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
        self._head.say(tr("Kết quả mục {code}", code=item.code))
        self._line.say(item.text)
        mark_content(self._line, item.text)

    def show_sheet(self, sheet: SampleSheet, item: Item | None) -> None:
        own = sheet.own
        whole = len(sheet.whole)
        done = whole - own.entering - sheet.handed_over.entering
        self.entered.show_figure(f"{done}/{whole}" if whole else number(own.checked))
        self.faultless.show_figure(number(own.faultless))
        longest = tr("trễ hạn, nhiều nhất {count} ngày", count=own.longest_delay)
        self.late.show_figure(number(own.late), longest if own.longest_delay else tr("trễ hạn"))
        self.without_apology.show_figure(number(sheet.without_apology))
        self.no_slip.show_figure(number(own.no_control_slip))
        self._counts = {
            self.late: own.late,
            self.without_apology: sheet.without_apology,
            self.no_slip: own.no_control_slip,
        }
        self._show_figures()
        self._show_ratio(sheet, item)

    def _show_figures(self) -> None:
        for figure, count in self._counts.items():
            least = 0 if figure is self.late else _WITH_ALL
            figure.setVisible(count > 0 and self._room >= least)

    def show_room(self, room: int) -> None:
        """Where room is short the words of the item go first, then the figures that say least; ``room`` at 100 %."""
        self._room = room
        self._row.setStretch(0, 3 if room >= _WITH_WORDS else 0)
        for text in (self._head, self._line):
            text.setVisible(room >= _WITH_WORDS)
        self._show_figures()

    def _show_ratio(self, sheet: SampleSheet, item: Item | None) -> None:
        ratio = sheet.ratio
        self.ratio.setVisible(ratio is not None)
        if ratio is None:
            return
        percent = f"{100 * ratio.numerator / ratio.denominator:.1f}".replace(".", ",") if ratio.denominator else "–"
        words: Words = tr("{part}/{whole} hồ sơ", part=ratio.numerator, whole=ratio.denominator)
        if sheet.points is not None and item is not None:
            words = tr(
                "{part}/{whole} hồ sơ · tạm tính {points}/{most} điểm",
                part=ratio.numerator,
                whole=ratio.denominator,
                points=number(sheet.points.normalize()),
                most=number(item.max_points.normalize()),
            )
        self.ratio.show_figure(f"{percent} %", words)
        self.ratio.number.set_tone(_tone(sheet.fraction))


def _tone(fraction: Decimal | None) -> str:
    if fraction is None:
        return "text"
    return "ok" if fraction == 1 else "part" if fraction else "no"
