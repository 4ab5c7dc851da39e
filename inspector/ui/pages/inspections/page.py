"""Cuộc kiểm tra: find one of thousands. Filters, states with counts, a table that is read as it is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from inspector.domain.registry import ENTITIES, SpaceKind
from inspector.services.desk import Change, Desk
from inspector.services.visits import (
    Choices,
    Line,
    Listing,
    VisitState,
    choices,
    keep_filter,
    kept_filter,
    lines,
    listing,
    points,
)
from inspector.ui import tokens
from inspector.ui.actions import Act, Acts
from inspector.ui.language import Words, tr
from inspector.ui.pages.inspections.filters import Filters
from inspector.ui.pages.inspections.model import FIRST_PAGE, VisitModel
from inspector.ui.pages.inspections.narrowing import Wanted, read_wanted
from inspector.ui.pages.inspections.pills import Pills
from inspector.ui.pages.inspections.table import VisitTable
from inspector.ui.pages.page import Page
from inspector.ui.pages.page_head import PageHead
from inspector.ui.pages.visit_words import STATES
from inspector.ui.prompting import Question
from inspector.ui.session import Session
from inspector.ui.where import Screen, Tab, Where
from inspector.ui.widgets.button import ActionButton, Button, Kind
from inspector.ui.widgets.card import Card
from inspector.ui.widgets.empty_state import EmptyState, Way
from inspector.ui.widgets.news import Banner, Tone
from inspector.ui.widgets.text import Text

_WAIT_MS = 300
_MINE = "mine"
_POINTED = (VisitState.WAITING, VisitState.SIGNED)
_OF_VISITS = {name for name, entity in ENTITIES.items() if entity.space is SpaceKind.INSPECTION}


@dataclass(frozen=True)
class _Read:
    listing: Listing
    choices: Choices
    lines: dict[str, Line]


class InspectionsPage(Page):
    """One question at a time; what a person narrows meanwhile is asked next."""

    def __init__(
        self, session: Session, acts: Acts, parent: QWidget | None = None, *, today: Callable[[], date] | None = None
    ) -> None:
        super().__init__(session, acts, parent)
        self._today = today or (lambda: date.today())
        self._found: Listing | None = None
        self._asked: Wanted | None = None
        self._reading = False
        self._stale = False
        self._changed: set[str] = set()
        self._knows_filter = False
        self._wants_focus = False
        self._empty: EmptyState | None = None
        self._menu: QMenu | None = None
        new = acts.bind("new", self._new, self)
        self.head = PageHead(acts, tr("Cuộc kiểm tra"), ActionButton(new, kind=Kind.PRIMARY))
        self.filters = Filters()
        states = [(state.value, words) for state, (words, _) in STATES.items()]
        self.pills = Pills([("", tr("Tất cả")), (_MINE, tr("Của tôi")), *states])
        self.model = VisitModel(self)
        self.table = VisitTable(self.model)
        self._patience = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._patience.timeout.connect(lambda: self._waiting.setVisible(self._found is None))
        self._lay_out()
        self._bind()
        session.changed.connect(self._hear)
        session.received.connect(self._receive)

    # -------------------------------------------------------- as a page

    def title(self) -> Words:
        return tr("Cuộc kiểm tra")

    def arrive(self, where: Where) -> None:
        self._wants_focus = True
        if where.entity == "filter":
            self._knows_filter = True
            self._narrow_to(read_wanted(where.record))
        elif not self._knows_filter:
            self.session.ask(kept_filter, self._restore, lambda _reason: self._restore(""), self)
            return
        self._read()

    def whereabouts(self) -> Where | None:
        return Where(Screen.INSPECTIONS)

    def panes(self) -> list[QWidget]:
        if self._empty is not None and self._empty.isVisible():
            return [self._empty.buttons[0]]
        return [self.filters.text, self.pills.current(), self.table]

    def help(self) -> Words:
        return tr(
            "Ctrl+F rồi gõ tên đơn vị, có dấu hoặc không dấu; mũi tên xuống đi vào bảng, Enter mở cuộc kiểm tra."
            " Mũi tên trái, phải đi dọc các trạng thái. Shift+F10 có việc khác: hủy, lập cuộc mới từ cuộc này, xóa."
        )

    def page_count(self) -> Words:
        found = self._found
        if found is None or not found.everything:
            return ""
        return tr("{shown}/{total} cuộc đang hiện", shown=len(found.ids), total=found.everything)

    # -------------------------------------------------------- reading

    def _restore(self, written: str) -> None:
        if not self._knows_filter:
            self._knows_filter = True
            self._narrow_to(read_wanted(written))
        self._read()

    def _narrow_to(self, wanted: Wanted) -> None:
        self.filters.show_wanted(wanted, anew=True)
        self.pills.show_chosen(wanted.state)

    def _hear(self, change: Change) -> None:
        if change.entities & _OF_VISITS:
            self._changed.add(change.receipt.space)
            if self.isVisible():
                self._read()

    def _receive(self, inspections: frozenset[str]) -> None:
        self._changed |= inspections
        if self.isVisible():
            self._read()

    def _narrowed(self) -> None:
        """A person narrowed the list."""
        wanted = self.filters.wanted
        self.session.ask(lambda desk: keep_filter(desk, wanted.written()), lambda _done: None, owner=self)
        self._read()

    def _read(self) -> None:
        if self._reading:
            self._stale = True
            return
        self._reading, self._stale = True, False
        wanted, changed = self.filters.wanted, frozenset(self._changed)
        self._changed.clear()
        today = self._today()
        known = set(self.model.known()) & changed
        if self._found is None:
            self._patience.start()

        def read(desk: Desk) -> _Read:
            found = listing(desk, wanted.asked(today))
            return _Read(found, choices(desk), lines(desk, {*found.ids[:FIRST_PAGE], *known}))

        self.session.ask(read, lambda read: self._take(wanted, changed, read), self._fail, self)

    def _take(self, wanted: Wanted, changed: frozenset[str], read: _Read) -> None:
        self._reading = False
        self._patience.stop()
        self._waiting.hide()
        self._banner.hide()
        self._found = read.listing
        self.filters.show_choices(read.choices)
        self._show_counts(read.listing)
        chosen = self._chosen_id()
        if wanted == self._asked:
            self.model.bring_up_to_date(read.listing.ids, changed)
        else:
            self._asked = wanted
            self.model.start_over(read.listing.ids)
        self._take_lines(read.lines)
        self._choose(chosen)
        self._show_state(read.listing)
        self.described.emit()
        if self._stale:
            self._read()

    def _ask_lines(self, ids: tuple[str, ...]) -> None:
        self.session.ask(lambda desk: lines(desk, ids), self._take_lines, owner=self)

    def _take_lines(self, found: dict[str, Line]) -> None:
        self.model.take_lines(found)
        scored = [line.id for line in found.values() if line.scored and line.state in _POINTED]
        if scored:
            self.table.show_points(shown=True)
            self.session.ask(lambda desk: points(desk, scored), self.model.take_points, owner=self)
        self._mirror()

    def _fail(self, reason: str) -> None:
        self._reading = False
        self._patience.stop()
        self._waiting.hide()
        self._banner.say(reason)
        self._banner.show()

    # -------------------------------------------------------- showing

    def _show_counts(self, found: Listing) -> None:
        counts = {state.value: count for state, count in found.counts.items()}
        self.pills.show_counts({"": found.matching, _MINE: found.mine, **counts})

    def _show_state(self, found: Listing) -> None:
        nothing = not found.everything
        if nothing and self._empty is None:
            self._empty = self._make_empty()
            self._rows.addWidget(self._empty, 1)
        if self._empty is not None:
            self._empty.setVisible(nothing)
        self._list.setVisible(not nothing)
        self._none_line.say(self._why_none())
        self._stack.setCurrentWidget(self._none if not found.ids and not nothing else self.table)
        if self._wants_focus:
            self._wants_focus = False
            if nothing and self._empty is not None:
                self._empty.set_focus()
            elif found.ids:
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.filters.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _why_none(self) -> Words:
        text = self.filters.wanted.text
        if text:
            return tr("Không có cuộc kiểm tra nào khớp “{text}”.", text=text)
        return tr("Không có cuộc kiểm tra nào khớp bộ lọc.")

    def _chosen_id(self) -> str:
        row = self.table.currentIndex().row()
        return self.model.order[row] if 0 <= row < len(self.model.order) else ""

    def _choose(self, inspection: str) -> None:
        """The row that was chosen stays chosen; else the first is."""
        order = self.model.order
        row = order.index(inspection) if inspection in order else 0
        if order and self.table.currentIndex().row() != row:
            self.table.setCurrentIndex(self.model.index(row, 0))
        self._mirror()

    # -------------------------------------------------------- doing

    def _bind(self) -> None:
        bind, table = self.acts.bind, self.table
        bind("filter", self._to_filter, self)
        self.acts.name("choose", table)
        self.acts.name("open", table)
        self.acts.name("row-menu", table)
        self._edit = bind("edit", self._edit_visit, table, tr("Sửa ngày, hình thức, kế hoạch"))
        self._copy = bind("copy-inspection", self._copy_visit, self)
        self._minutes = bind("inspection-minutes", self._show_minutes, self)
        self._cancel = bind("cancel-inspection", self._ask_cancel, self)
        self._reopen = bind("reopen-inspection", self._reopen_visit, self)
        self._delete = bind("delete-inspection", self._delete_visit, table)
        table.opened.connect(self._open)
        table.asked.connect(self._show_menu)
        table.left_up.connect(lambda: self.pills.current().setFocus(Qt.FocusReason.TabFocusReason))
        table.selectionModel().currentRowChanged.connect(lambda *_: self._mirror())
        self.model.missing.connect(self._ask_lines)
        self.filters.changed.connect(self._narrowed)
        self.filters.gone_down.connect(self._to_table)
        self.pills.chosen.connect(self.filters.choose_state)
        self.pills.left_down.connect(self._to_table)

    def _line(self) -> Line | None:
        return self.model.line(self.table.currentIndex())

    def _mirror(self) -> None:
        """Acts follow the chosen row; a closed one says why."""
        line = self._line()
        nothing = tr("Chọn một cuộc kiểm tra trước")
        signed = tr("Biên bản đã ký; cuộc kiểm tra này chỉ còn đọc")
        cancelled = line is not None and line.state is VisitState.CANCELLED
        is_signed = line is not None and line.state is VisitState.SIGNED
        for act in (self._edit, self._copy, self._minutes, self._cancel, self._reopen, self._delete):
            _open(act, nothing if line is None else "")
        if line is None:
            return
        for act in (self._edit, self._cancel, self._delete):
            _open(act, signed if is_signed else "")
        if cancelled:
            self._cancel.close(tr("Cuộc kiểm tra này đã hủy"))
        else:
            self._reopen.close(tr("Cuộc kiểm tra này chưa bị hủy"))

    def _open(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self.model.order):
            self.session.go(Where(Screen.WORKSPACE, self.model.order[index.row()]))

    def _new(self) -> None:
        self.session.go(Where(Screen.NEW_INSPECTION))

    def _to_filter(self) -> None:
        self.filters.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _to_table(self) -> None:
        if self.model.order:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _edit_visit(self) -> None:
        if (line := self._line()) is not None:
            self.session.go(Where(Screen.NEW_INSPECTION, entity="inspection", record=line.id))

    def _copy_visit(self) -> None:
        if (line := self._line()) is not None:
            self.session.go(Where(Screen.NEW_INSPECTION, record=line.id))

    def _show_minutes(self) -> None:
        if (line := self._line()) is not None:
            self.session.go(Where(Screen.WORKSPACE, line.id, Tab.MINUTES))

    def _ask_cancel(self) -> None:
        line = self._line()
        if line is None:
            return
        question = Question(
            tr("Hủy cuộc kiểm tra {unit}?", unit=line.unit),
            tr("Cuộc kiểm tra vẫn nằm trong danh sách với trạng thái Đã hủy, và mở lại được. Lý do được lưu."),
            tr("Hủy cuộc kiểm tra"),
            grave=True,
        )
        self.session.prompter.ask_reason(question, lambda reason: self._cancel_visit(line, reason))

    def _cancel_visit(self, line: Line, reason: str) -> None:
        words = tr("Đã hủy cuộc kiểm tra {unit}", unit=line.unit)
        self._do("change_status", line, {"status": "cancelled", "reason": reason}, words)

    def _reopen_visit(self) -> None:
        if (line := self._line()) is not None:
            self._do("change_status", line, {"status": "open"}, tr("Đã mở lại cuộc kiểm tra {unit}", unit=line.unit))

    def _delete_visit(self) -> None:
        if (line := self._line()) is not None:
            self._do("remove_inspection", line, {}, tr("Đã xóa cuộc kiểm tra {unit}", unit=line.unit))

    def _do(self, act: str, line: Line, arguments: dict[str, object], words: Words) -> None:
        self.session.perform(act, arguments, inspection=line.id, words=words, owner=self)

    def _show_menu(self, place: QPoint) -> None:
        line = self._line()
        if line is None:
            return
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = menu = QMenu(self.table)
        menu.addAction(str(tr("Mở"))).triggered.connect(lambda: self._open(self.table.currentIndex()))
        menu.addAction(self._edit)
        menu.addAction(self._minutes)
        menu.addAction(self._copy)
        menu.addSeparator()
        menu.addAction(self._reopen if line.state is VisitState.CANCELLED else self._cancel)
        menu.addAction(self._delete)
        menu.setToolTipsVisible(True)
        menu.popup(place)

    # -------------------------------------------------------- laying out

    def _lay_out(self) -> None:
        self._banner = Banner(Tone.ERROR, "", act=tr("Thử lại"), run=self._read)
        self._waiting = Text(tr("Đang mở…"), tone="text2")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        # From the outside in: whoever moves under another parent is dressed again with all its children.
        self._list = QWidget()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addWidget(self.head)
        self._rows.addWidget(self._banner)
        self._rows.addWidget(self._list, 1)
        card = Card()
        card.rows.setContentsMargins(1, 1, 1, 1)
        self._none = QWidget()
        self._none_line = Text(wrap=True)
        none = QVBoxLayout(self._none)
        none.setContentsMargins(tokens.EDGE, tokens.EDGE, tokens.EDGE, tokens.EDGE)
        none.setSpacing(tokens.GROUP - 4)
        none.addWidget(self._none_line)
        none.addWidget(Button(tr("Bỏ lọc"), self.filters.clear.click), 0, Qt.AlignmentFlag.AlignLeft)
        none.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._none)
        card.rows.addWidget(self._stack)
        column = QVBoxLayout(self._list)
        column.setContentsMargins(tokens.EDGE, tokens.GROUP, tokens.EDGE, tokens.GROUP - 4)
        column.setSpacing(12)
        column.addWidget(self.filters)
        column.addWidget(self.pills)
        column.addWidget(self._waiting)
        column.addWidget(card, 1)
        self._banner.hide()
        self._waiting.hide()

    def _make_empty(self) -> EmptyState:
        ways = (
            Way(
                tr("Lập cuộc kiểm tra mới"),
                tr("Chọn đơn vị, ngày, bộ tiêu chí. Mất khoảng một phút."),
                "plus",
                self._new,
                "Ctrl+N",
            ),
            Way(
                tr("Nhận từ máy khác, USB"),
                tr("Lấy cuộc kiểm tra đã có của đoàn hay của văn phòng."),
                "refresh-cw",
                lambda: self.session.go(Where(Screen.EXCHANGE)),
            ),
            Way(
                tr("Xem bộ tiêu chí"),
                tr("Các bộ có sẵn; nhập bộ của tỉnh từ Excel."),
                "list-checks",
                lambda: self.session.go(Where(Screen.CHECKLISTS)),
            ),
        )
        return EmptyState(
            tr("Chưa có cuộc kiểm tra nào trên máy này"), tr("Chọn một cách để bắt đầu. Làm sai có thể hoàn tác."), ways
        )


def _open(act: Act, reason: Words) -> None:
    if reason:
        act.close(reason)
    else:
        act.open()
