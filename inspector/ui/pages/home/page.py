"""Trang chủ: be at work in one key. Today, texts of an interrupted sitting, coming days, what needs me, the plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from inspector.domain.readiness import Place
from inspector.domain.wording import short_day
from inspector.services.desk import Change, Desk
from inspector.services.drafts import KeptDraft
from inspector.services.home import DraftSpot, Home, Need, NeedKind, Today, closer, conditions, home, spots
from inspector.ui import tokens
from inspector.ui.actions import Acts
from inspector.ui.language import Words, tr
from inspector.ui.pages.home.cards import Column, DraftsCard, PlanCard, TodayCard
from inspector.ui.pages.home.lists import ComingDelegate, ComingModel, Task, TaskDelegate, TaskModel, words_of
from inspector.ui.pages.inspections.narrowing import Period, Wanted
from inspector.ui.pages.page import Page
from inspector.ui.pages.page_head import PageHead
from inspector.ui.pages.places import place_in
from inspector.ui.pages.row_list import RowList
from inspector.ui.pages.visit_words import CAPITAL_WEEKDAYS, WEEKDAYS
from inspector.ui.session import Session
from inspector.ui.theme import look
from inspector.ui.where import Screen, Where
from inspector.ui.widgets.button import ActionButton, Button, Kind
from inspector.ui.widgets.card import Card, SectionHead
from inspector.ui.widgets.empty_state import EmptyState, Way
from inspector.ui.widgets.icon import Icon
from inspector.ui.widgets.news import Banner, Tone
from inspector.ui.widgets.text import Text

_URGENCY = (
    NeedKind.DISAGREEMENT,
    NeedKind.MUST,
    NeedKind.OVERDUE,
    NeedKind.SIGN,
    NeedKind.SCAN,
    NeedKind.LOOK,
)
_COMING = 5
_TWO_COLUMNS, _ROOMY = 860, 1120
_WAIT_MS = 300


@dataclass(frozen=True)
class _Read:
    home: Home
    drafts: tuple[tuple[KeptDraft, DraftSpot], ...]


class HomePage(Page):
    """Everything is asked off the GUI thread; what is shown already stays while it is asked again."""

    def __init__(
        self, session: Session, acts: Acts, parent: QWidget | None = None, *, today: Callable[[], date] | None = None
    ) -> None:
        super().__init__(session, acts, parent)
        self._today = today or (lambda: date.today())
        self._home: Home | None = None
        self._open: list[Need] = []
        self._cards: list[TodayCard] = []
        self._stale = False
        self._reading = False
        self._wants_focus = False
        self._dropped: KeptDraft | None = None
        self._empty: EmptyState | None = None
        self._patience = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._patience.timeout.connect(self._say_waiting)
        self._scroll = QScrollArea()
        self._body = QVBoxLayout(self)
        new = acts.bind("new", self._new, self)
        self.head = PageHead(acts, tr("Trang chủ"), ActionButton(new, kind=Kind.PRIMARY))
        self.tasks = RowList(tr("Việc cần xử lý"), TaskDelegate())
        self.coming = RowList(tr("Lịch tới"), ComingDelegate())
        self._task_model, self._coming_model = TaskModel(), ComingModel()
        self._build()
        session.changed.connect(self._hear)
        session.received.connect(self._hear)
        session.saving.connect(self._show_tasks)
        session.found_drafts.connect(self._read)

    # -------------------------------------------------------- as a page

    def title(self) -> Words:
        return tr("Trang chủ")

    def arrive(self, where: Where) -> None:
        self._wants_focus = True
        self._read()

    def panes(self) -> list[QWidget]:
        if self._empty is not None and self._empty.isVisible():
            return [self._empty]
        stops = self._stops()
        return [*stops[:1], self.coming, self.tasks]

    def help(self) -> Words:
        return tr(
            "Nhấn Enter để làm tiếp cuộc kiểm tra của hôm nay. Mũi tên xuống sang cuộc sau, F6 sang lịch tới và việc"
            " cần xử lý; ở đó Enter mở đúng chỗ phải làm."
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    # -------------------------------------------------------- reading

    def _hear(self, _news: Change | frozenset[str]) -> None:
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        """Several changes in a row are one reading."""
        if self._reading:
            self._stale = True
            return
        self._reading, self._stale = True, False
        today, rescued = self._today(), self.session.rescued_drafts()
        if self._home is None:
            self._patience.start()

        def read(desk: Desk) -> _Read:
            named = spots(desk, rescued) if rescued else {}
            return _Read(home(desk, today), tuple((draft, named[draft.place]) for draft in rescued))

        self.session.ask(read, self._take, self._fail, self)

    def _take(self, read: _Read) -> None:
        self._reading = False
        self._home = read.home
        self._banner.hide()
        self._show(read)
        to_ask, today = read.home.to_ask, read.home.today
        if today:
            self.session.ask(lambda desk: closer(desk, today), self._take_closer, owner=self)
        if to_ask:
            self.session.ask(lambda desk: conditions(desk, to_ask), self._take_conditions, owner=self)
        else:
            self._take_conditions([])
        if self._stale:
            self._read()

    def _take_closer(self, found: list[Today]) -> None:
        known = {each.line.id: each for each in found}
        for card in self._cards:
            if card.inspection in known:
                card.show_today(known[card.inspection])

    def _take_conditions(self, found: list[Need]) -> None:
        self._open = found
        self._show_tasks()

    def _fail(self, reason: str) -> None:
        self._reading = False
        self._patience.stop()
        self._waiting.hide()
        self._banner.say(reason)
        self._banner.show()

    def _say_waiting(self) -> None:
        if self._home is None and self._reading:
            self._waiting.show()

    # -------------------------------------------------------- showing

    def _show(self, read: _Read) -> None:
        found = read.home
        self._patience.stop()
        self._waiting.hide()
        nothing = not found.everything and not read.drafts
        self._show_empty(shown=nothing)
        today = self._today()
        day = tr("{weekday}, {day}", weekday=CAPITAL_WEEKDAYS[today.weekday()], day=short_day(today))
        self.head.say(day, " – ".join(filter(None, (found.person, found.team))))
        if nothing:
            return
        self._show_today(found)
        self.drafts.show_drafts(read.drafts)
        shown = found.coming[:_COMING]
        self._coming_model.show_rows(shown)
        _settle(self.coming)
        self._coming_card.setVisible(bool(shown))
        self.plan.show_plan(found.year, found.plans, found.surprises)
        self.plan.setVisible(bool(found.plans or found.surprises))
        self._show_tasks()
        self._put_in_order()
        self._focus_first()

    def _show_today(self, found: Home) -> None:
        self._today_head.say(tr("Đang làm dở") if found.going_on else tr("Hôm nay"))
        if [card.inspection for card in self._cards] == [each.line.id for each in found.today]:
            for card, each in zip(self._cards, found.today, strict=True):
                card.show_today(each)
        else:
            self._build_cards(found.today)
        self._nothing.setVisible(not found.today)
        if not found.today:
            next_ = found.coming[0] if found.coming else None
            self._nothing_line.say(
                tr("Hôm nay không có cuộc kiểm tra. Cuộc gần nhất: {unit}, {day}", unit=next_.unit, day=_day(next_.day))
                if next_ is not None
                else tr("Hôm nay không có cuộc kiểm tra, cũng chưa có lịch sắp tới")
            )

    def _build_cards(self, today: tuple[Today, ...]) -> None:
        had_focus = any(card.button.hasFocus() for card in self._cards)
        for card in self._cards:
            self._today_rows.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [TodayCard(each, self._go_on, first=place == 0) for place, each in enumerate(today)]
        for card in self._cards:
            self._today_rows.addWidget(card)
        self._wants_focus = self._wants_focus or had_focus

    def _show_tasks(self) -> None:
        found = self._home
        if found is None:
            return
        passed = self._today()
        tasks = [*self._unsaved()]
        for need in sorted((*found.needs, *self._open), key=_by_urgency):
            late = (passed - need.day).days if need.day is not None else 0
            head, line, act, icon, tone = words_of(need, late)
            where = place_in(need.inspection, need.place)
            tasks.append(Task((need.kind, need.inspection), head, line, act, icon, tone, where))
        if tasks != self._task_model.rows:
            self._task_model.show_rows(tasks)
        _settle(self.tasks)
        self.tasks.setVisible(bool(tasks))
        self._all_done.setVisible(not tasks)
        count = tr("{count} việc", count=len(tasks)) if tasks else ""
        self._tasks_head.say(tr("Việc cần xử lý"), count)

    def _unsaved(self) -> list[Task]:
        tasks = []
        for place, reason in self.session.unsaved.items():
            inspection, entity, record, field = place
            where = place_in(inspection, Place(entity, record, field))
            tasks.append(Task(place, tr("Một đoạn chưa lưu được"), reason, tr("Xem"), "triangle-alert", "no", where))
        return tasks

    def _show_empty(self, *, shown: bool) -> None:
        self._scroll.setVisible(not shown)
        if shown and self._empty is None:
            ways = (
                Way(
                    tr("Lập cuộc kiểm tra mới"),
                    tr("Chọn đơn vị, ngày, bộ tiêu chí. Mất khoảng một phút."),
                    "plus",
                    self._new,
                    "Ctrl+N",
                ),
                Way(
                    tr("Xem đơn vị hành chính"),
                    tr("Xã, phường, sở của tỉnh theo từng thời điểm."),
                    "building-2",
                    lambda: self.session.go(Where(Screen.UNITS)),
                ),
                Way(
                    tr("Xem bộ tiêu chí"),
                    tr("Các bộ có sẵn; nhập bộ của tỉnh từ Excel."),
                    "list-checks",
                    lambda: self.session.go(Where(Screen.CHECKLISTS)),
                ),
            )
            self._empty = EmptyState(
                tr("Chưa có cuộc kiểm tra nào trên máy này"),
                tr("Chọn một cách để bắt đầu. Làm sai có thể hoàn tác."),
                ways,
            )
            self._body.addWidget(self._empty, 1)
        if self._empty is not None:
            self._empty.setVisible(shown)
            if shown and self._wants_focus:
                self._wants_focus = False
                self._empty.set_focus()

    def _focus_first(self) -> None:
        if not self._wants_focus:
            return
        self._wants_focus = False
        stops = self._stops()
        (stops[0] if stops else self.tasks).setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_in_order(self) -> None:
        """Tab follows the order of reading; cards come and go."""
        chain = [*self.head.stops(), *self._stops(), self._undo_button, self._month, self.coming, self.tasks]
        for before, after in pairwise([*chain, *self.plan.stops()]):
            QWidget.setTabOrder(before, after)

    def _stops(self) -> list[QWidget]:
        today = [card.button for card in self._cards]
        return [*(today or [self._surprise]), *self.drafts.buttons()]

    # -------------------------------------------------------- doing

    def _new(self) -> None:
        self.session.go(Where(Screen.NEW_INSPECTION))

    def _go_on(self, today: Today) -> None:
        self.session.go(Where(Screen.WORKSPACE, today.line.id))

    def _open_task(self, index: QModelIndex) -> None:
        task = self._task_model.row(index)
        if task is not None:
            self.session.go(task.where)

    def _open_coming(self, index: QModelIndex) -> None:
        line = self._coming_model.row(index)
        if line is not None:
            self.session.go(Where(Screen.WORKSPACE, line.id))

    def _all_coming(self) -> None:
        self._go_to_list(Wanted(period=Period.COMING))

    def _to_level(self, level: str) -> None:
        year = self._home.year if self._home is not None else self._today().year
        self._go_to_list(Wanted(period=str(year), level=level, planned=True))

    def _to_surprises(self) -> None:
        year = self._home.year if self._home is not None else self._today().year
        self._go_to_list(Wanted(period=str(year), planned=False))

    def _go_to_list(self, wanted: Wanted) -> None:
        self.session.go(Where(Screen.INSPECTIONS, entity="filter", record=wanted.written()))

    def _surprise_now(self) -> None:
        self.session.go(Where(Screen.NEW_INSPECTION, field="surprise"))

    def _restore(self, draft: KeptDraft, spot: DraftSpot) -> None:
        self.session.go(place_in(draft.place[0], spot.place))

    def _drop(self, draft: KeptDraft) -> None:
        """Thrown away at once, and brought back as long as the page stands."""
        self._dropped = draft
        self.session.drop_draft(draft.place)
        self._undo.setVisible(True)
        self._read()
        self._undo_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring_back(self) -> None:
        draft, self._dropped = self._dropped, None
        self._undo.setVisible(False)
        if draft is not None:
            self.session.keep_draft(draft.place, draft.text, draft.seen)
            self._wants_focus = True
            self._read()

    # -------------------------------------------------------- laying out

    def _build(self) -> None:
        self._banner = Banner(Tone.ERROR, "", act=tr("Thử lại"), run=self._read)
        self._waiting = Text(tr("Đang mở…"), tone="text2")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._left, self._right = Column(), Column()
        # From the outside in: whoever moves under another parent is dressed again with all its children.
        inside = QWidget()
        inside.setProperty("scrolled", True)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        self._body.addWidget(self.head)
        self._body.addWidget(self._banner)
        self._body.addWidget(self._waiting)
        self._body.addWidget(self._scroll, 1)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._columns.setContentsMargins(tokens.EDGE, tokens.GROUP, tokens.EDGE, tokens.GROUP)
        self._columns.setSpacing(tokens.EDGE)
        self._columns.addWidget(self._left, 7)
        self._columns.addWidget(self._right, 5)
        self._build_left()
        self._build_right()
        for widget in (self._banner, self._waiting, self._undo, self._coming_card, self.plan, self._nothing):
            widget.hide()

    def _build_left(self) -> None:
        self._today_head = SectionHead(tr("Hôm nay"), line=False)
        self._today_rows = QVBoxLayout()
        self._today_rows.setSpacing(tokens.GAP)
        self._nothing = Card()
        self._nothing_line = Text(wrap=True)
        self._surprise = Button(tr("Lập cuộc kiểm tra đột xuất"), self._surprise_now, icon="zap")
        self._nothing.rows.addWidget(self._nothing_line)
        self._nothing.rows.addWidget(self._surprise, 0, Qt.AlignmentFlag.AlignLeft)
        self.drafts = DraftsCard(self._restore, self._drop)
        self._undo = Banner(Tone.INFORMATION, tr("Đã bỏ bản nháp"))
        self._undo_button = Button(tr("Hoàn tác"), self._bring_back, kind=Kind.QUIET)
        layout = self._undo.layout()
        if layout is not None:
            layout.addWidget(self._undo_button)
        self._coming_card = Card()
        self._month = Button(tr("Xem cả tháng"), self._all_coming, kind=Kind.QUIET, height=tokens.SMALL_CONTROL)
        self._coming_card.rows.addWidget(SectionHead(tr("Lịch tới"), act=self._month))
        self._coming_card.rows.addWidget(self.coming)
        self.coming.setModel(self._coming_model)
        self.coming.activated.connect(self._open_coming)
        rows = self._left.rows
        rows.addWidget(self._today_head)
        rows.addLayout(self._today_rows)
        rows.addWidget(self._nothing)
        rows.addWidget(self.drafts)
        rows.addWidget(self._undo)
        rows.addWidget(self._coming_card)
        rows.addStretch(1)

    def _build_right(self) -> None:
        tasks = Card()
        self._tasks_head = SectionHead(tr("Việc cần xử lý"))
        self._all_done = QWidget()
        done = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._all_done)
        done.setContentsMargins(0, tokens.GAP, 0, tokens.GAP)
        done.addWidget(Icon("check", "ok", 20))
        done.addWidget(Text(tr("Không còn việc nào chờ"), tone="text2"), 1)
        tasks.rows.addWidget(self._tasks_head)
        tasks.rows.addWidget(self.tasks)
        tasks.rows.addWidget(self._all_done)
        self.tasks.setModel(self._task_model)
        self.tasks.activated.connect(self._open_task)
        self.plan = PlanCard(self._to_level, self._to_surprises)
        rows = self._right.rows
        rows.addWidget(tasks)
        rows.addWidget(self.plan)
        rows.addStretch(1)

    def _fold(self) -> None:
        """One column where two would be cramped."""
        wide = self.width() >= look().px(_TWO_COLUMNS)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() is not direction:
            self._columns.setDirection(direction)
        # Where both are narrow the lines of what waits are the longer ones.
        for place, share in enumerate((7, 5) if self.width() >= look().px(_ROOMY) else (6, 5)):
            self._columns.setStretch(place, share)


def _settle(rows: RowList) -> None:
    """A list nobody was in yet has no row at hand: a grey one in the midst of others would puzzle."""
    was_there = rows.hasFocus() or rows.currentIndex().isValid()
    rows.settle()
    if not was_there:
        rows.selectionModel().clear()


def _by_urgency(need: Need) -> tuple[int, date]:
    """By kind; of the same kind what is late longest comes first."""
    return _URGENCY.index(need.kind), need.day or date.max


def _day(day: date | None) -> Words:
    if day is None:
        return ""
    return tr("{weekday}, {day}", weekday=WEEKDAYS[day.weekday()], day=short_day(day))
