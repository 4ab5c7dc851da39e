"""The cards of the home page: an inspection of today, texts of an interrupted sitting, the plan of the year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from inspector.services.drafts import KeptDraft
from inspector.services.home import DraftSpot, Plan, Tally, Today
from inspector.services.visits import VisitState
from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.pages.flow import Flow
from inspector.ui.pages.visit_words import STATES, day_and_month, form_words, level_words
from inspector.ui.painting import Mark
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.card import Card, Line, SectionHead
from inspector.ui.widgets.icon import Icon
from inspector.ui.widgets.signs import Chip, ProgressBar
from inspector.ui.widgets.text import CutText, Text

_HOUR = 88
_BAR = 192


class TodayCard(Card):
    """One inspection: hour, unit, state, how far it is, and the act that goes on with it."""

    def __init__(self, today: Today, run: Callable[[Today], object], *, first: bool) -> None:
        super().__init__()
        self._today = today
        self._hour = Text(size=Size.HEAD, weight=Weight.STRONG)
        self._form = Text(size=Size.META, tone="text2")
        self._unit = CutText(size=Size.HEAD, weight=Weight.STRONG)
        self._state = Chip("", "na")
        self._count = Text(size=Size.META, tone="text2")
        self._bar = ProgressBar()
        self._line = CutText(size=Size.META, tone="text2")
        self._open = Text(size=Size.META, weight=Weight.STRONG, tone="dis")
        kind = Kind.PRIMARY if first else Kind.NORMAL
        self.button = Button(kind=kind, height=tokens.MAIN_CONTROL, keys="Enter" if first else "")
        self.button.clicked.connect(lambda: run(self._today))
        self.set_chosen(chosen=first)
        self._lay_out()
        self.show_today(today)

    @property
    def inspection(self) -> str:
        return self._today.line.id

    def show_today(self, today: Today) -> None:
        if today.tally is None and today.line.id == self.inspection:
            # What was read before stands until it was read again.
            before = self._today
            today = replace(today, hour=before.hour, tally=before.tally, to_recheck=before.to_recheck)
        self._today = today
        line = today.line
        tally = today.tally or Tally(items=line.items)
        begun = line.state is not VisitState.COMING
        self._hour.say(today.hour or day_and_month(line.day))
        self._form.say(form_words(line.form))
        self._unit.say(line.unit)
        self._state.show_state(*STATES[line.state])
        counts = {
            Mark.MET: tally.met,
            Mark.PARTLY: tally.partly,
            Mark.NOT_MET: tally.not_met,
            Mark.NOT_APPLICABLE: tally.not_applicable,
            Mark.DISAGREED: tally.disagreed,
        }
        self._count.say(tr("{done}/{total} mục", done=line.checked, total=line.items))
        self._bar.show_counts(counts, tally.items)
        self._line.say(_before(today))
        self._open.say(tr("{count} chỗ chưa thống nhất", count=line.conflicts) if line.conflicts else "")
        for widget, shown in ((self._count, begun), (self._bar, begun), (self._line, not begun)):
            widget.setVisible(shown)
        self._open.setVisible(bool(line.conflicts))
        self.button.say(tr("Tiếp tục") if begun else tr("Mở"))

    def _lay_out(self) -> None:
        when = QWidget()
        when.setFixedWidth(look().px(_HOUR - tokens.GROUP))
        column = QVBoxLayout(when)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for text in (self._hour, self._form):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(text)
        self._when = when
        name = Flow(self._unit, self._state)
        how_far = QHBoxLayout()
        how_far.setSpacing(tokens.GAP + 4)
        how_far.addWidget(self._count)
        how_far.addWidget(self._bar, 1)
        how_far.addWidget(self._open)
        how_far.addWidget(self._line, 3)
        self._bar.setMaximumWidth(_BAR)
        how_far.addStretch(0)
        middle = QVBoxLayout()
        middle.setSpacing(tokens.TIGHT)
        middle.addWidget(name)
        middle.addLayout(how_far)
        row = QHBoxLayout()
        row.setSpacing(tokens.GROUP)
        row.addWidget(when, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(Line(upright=True))
        row.addLayout(middle, 1)
        row.addWidget(self.button)
        self.rows.addLayout(row)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_when"):
            self._when.setFixedWidth(look().px(_HOUR - tokens.GROUP))


def _before(today: Today) -> Words:
    """What awaits the team of an inspection that was not begun."""
    line = today.line
    words: Words = tr("{checklist} · {count} mục", checklist=line.checklist, count=line.items)
    if line.team:
        words = tr("{before} · đoàn {count} người", before=words, count=line.team)
    if today.to_recheck:
        words = tr("{before} · {count} tồn tại kỳ trước cần kiểm tra lại", before=words, count=today.to_recheck)
    return words


class DraftsCard(Card):
    """Texts that were being typed when the program ended. ``restore`` goes to the field, ``drop`` throws one away."""

    def __init__(self, restore: Callable[[KeptDraft, DraftSpot], object], drop: Callable[[KeptDraft], object]) -> None:
        super().__init__()
        self._restore, self._drop = restore, drop
        self._head = SectionHead(tr("Chưa lưu khi máy tắt"), line=False)
        self.rows.addWidget(self._head)
        self._lines: list[QWidget] = []
        self.hide()

    def show_drafts(self, drafts: Sequence[tuple[KeptDraft, DraftSpot]]) -> None:
        for line in self._lines:
            self.rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [self._line(draft, spot) for draft, spot in drafts]
        for line in self._lines:
            self.rows.addWidget(line)
        if drafts:
            at = max(draft.at for draft, _ in drafts).astimezone()
            self._head.say(tr("Chưa lưu khi máy tắt lúc {time}", time=_time(at)))
        self.setVisible(bool(drafts))

    def buttons(self) -> list[Button]:
        return [button for line in self._lines for button in line.findChildren(Button)]

    def _line(self, draft: KeptDraft, spot: DraftSpot) -> QWidget:
        line = QWidget()
        item = tr("{label} mục {item} – {unit}", label=spot.label, item=spot.item, unit=spot.unit)
        name = item if spot.item else tr("{label} – {unit}", label=spot.label, unit=spot.unit)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(CutText(name, weight=Weight.MEDIUM))
        words.addWidget(CutText(f"“{' '.join(draft.text.split())}”", size=Size.META, tone="text2"))
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GROUP)
        row.addWidget(Icon("pencil", "part", 18))
        row.addLayout(words, 1)
        row.addWidget(Button(tr("Khôi phục"), lambda: self._restore(draft, spot)))
        row.addWidget(Button(tr("Bỏ bản nháp"), lambda: self._drop(draft), kind=Kind.QUIET))
        return line


def _time(at: datetime) -> str:
    today = datetime.now().astimezone().date()
    hour = f"{at.hour:02d}:{at.minute:02d}"
    return hour if at.date() == today else f"{hour} {day_and_month(at.date())}"


class PlanCard(Card):
    """Done of planned by level; each line leads to the inspections it counts."""

    def __init__(self, show_level: Callable[[str], object], show_surprises: Callable[[], object]) -> None:
        super().__init__()
        self._show_level, self._show_surprises = show_level, show_surprises
        self._head = SectionHead("", line=False)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(tokens.GROUP)
        self._grid.setVerticalSpacing(tokens.TIGHT)
        self._grid.setColumnStretch(1, 1)
        self._rest = Button(kind=Kind.QUIET, height=tokens.SMALL_CONTROL)
        self._rest.clicked.connect(self._show_surprises)
        rest = QHBoxLayout()
        rest.addWidget(self._rest)
        rest.addStretch(1)
        self.rows.addWidget(self._head)
        self.rows.addLayout(self._grid)
        self.rows.addLayout(rest)
        self._shown: tuple[Plan, ...] | None = None
        self._names: list[Button] = []

    def show_plan(self, year: int, plans: tuple[Plan, ...], surprises: int) -> None:
        done, planned = sum(plan.done for plan in plans), sum(plan.planned for plan in plans)
        aside = tr("{done}/{total} cuộc", done=done, total=planned) if planned else ""
        self._head.say(tr("Kế hoạch kiểm tra năm {year}", year=year), aside)
        self._rest.say(tr("Ngoài kế hoạch: {count} cuộc", count=surprises))
        self._rest.setVisible(surprises > 0)
        if plans != self._shown:
            self._shown = plans
            self._build(plans)

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in the order of reading."""
        return [*self._names, self._rest]

    def _build(self, plans: tuple[Plan, ...]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._names.clear()
        for row, plan in enumerate(plans):
            name = Button(
                level_words(plan.level), self._leading_to(plan.level), kind=Kind.QUIET, height=tokens.SMALL_CONTROL
            )
            self._names.append(name)
            figure = tr("{done}/{total}", done=plan.done, total=plan.planned)
            number = Text(figure, weight=Weight.STRONG)
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            bar = ProgressBar()
            bar.show_counts({Mark.MET: plan.done}, plan.planned)
            self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(bar, row, 1)
            self._grid.addWidget(number, row, 2)

    def _leading_to(self, level: str) -> Callable[[], object]:
        return lambda: self._show_level(level)


class Column(QWidget):
    """A column of cards. ↑ and ↓ go from button to button, as Qt's buttons do by themselves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(tokens.GROUP)
