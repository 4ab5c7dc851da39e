"""The first tab of the workspace: contents, the items of one of them, and the item at hand."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from inspector.domain.checklist import Item
from inspector.domain.registry import Right
from inspector.domain.text import fold
from inspector.services.signed_in import Me, signed_in
from inspector.ui import tokens
from inspector.ui.actions import Act, Acts
from inspector.ui.language import Words, tr
from inspector.ui.pages.workspace.contents.answering import ANSWER, Answering
from inspector.ui.pages.workspace.contents.beginning import begin_finding
from inspector.ui.pages.workspace.contents.board import Board, Known, Saved, board_of
from inspector.ui.pages.workspace.contents.board import Line as ItemLine
from inspector.ui.pages.workspace.contents.contents_pane import SAVED_WORDS, ContentsPane
from inspector.ui.pages.workspace.contents.detail_pane import DetailPane, Ways
from inspector.ui.pages.workspace.contents.items_pane import ItemsPane
from inspector.ui.pages.workspace.open_inspection import WHOLE, OpenInspection
from inspector.ui.pages.workspace.tab_page import TabPage
from inspector.ui.pages.workspace.talk import COMMENT
from inspector.ui.pages.workspace.unchecked import ask_why_unchecked
from inspector.ui.painting import Mark
from inspector.ui.session import Session
from inspector.ui.theme import look
from inspector.ui.where import Screen, Tab, Where
from inspector.ui.widgets.card import Line
from inspector.ui.widgets.empty_state import EmptyState, Way

_RESULTS = {
    Mark.MET: ("result-met", "1"),
    Mark.PARTLY: ("result-partly", "2"),
    Mark.NOT_MET: ("result-not-met", "3"),
    Mark.NOT_APPLICABLE: ("result-not-applicable", "0"),
}
_SHOWN = frozenset(
    (
        "answer",
        "evidence",
        "evidence_link",
        "finding",
        "inspection",
        "team_member",
        "dossier",
        "dossier_sample",
        "headcount",
        "signature",
    )
)
ALL = "all"
Scope = str | Saved
"""The code of a content, a saved filter, or ``ALL``."""


class Fold(Enum):
    """How many panes have room."""

    THREE = 3
    TWO = 2
    ONE = 1


class ContentsTab(TabPage):
    """Where the checklist is answered."""

    def __init__(self, session: Session, acts: Acts, opened: OpenInspection, parent: QWidget | None = None) -> None:
        super().__init__(session, acts, opened, parent)
        self.board = Board()
        self._known = Known()
        self._me: Me | None = None
        self._shown = ""
        self._scope: Scope = ""
        self._words = ""
        self._answered = ""
        self._advancing = False
        self._stale = True
        self._fold = Fold.THREE
        self._in_detail = False
        self.answering = Answering(opened, self)
        self.contents = ContentsPane(self.settle_unchecked, self)
        self.items = ItemsPane(self)
        ways = Ways(self.go_previous, self.go_next, self._go_to_records, self._go_to_finding, self.begin_finding)
        self.detail = DetailPane(session, acts, opened, self.answering, ways, keys_in=self)
        self._lay_out()
        self._connect()
        self._bind()
        opened.came.connect(self._ask_who)
        self._ask_who()

    def _ask_who(self) -> None:
        """Who sits here, and what this laptop may do in the inspection that is shown."""
        inspection = self.opened.id
        self.session.ask(lambda desk: signed_in(desk, inspection), self._sit_down, lambda _reason: None, self)

    # -------------------------------------------------------- as a page

    def arrive(self, where: Where) -> None:
        self._bring_up_to_date()
        key = self._key_of(where)
        if key:
            self.go_to(key)
        if where.field and key:
            self._enter_detail()
            self.detail.focus_field(where.field)
        else:
            self._leave_detail()

    def whereabouts(self) -> Where | None:
        key = self.items.list.key()
        return Where(Screen.WORKSPACE, self.opened.id, Tab.CONTENTS, "item" if key else "", key)

    def panes(self) -> list[QWidget]:
        return [self.contents, self.items, self.detail]

    def help(self) -> Words:
        return tr(
            "Ở danh sách mục: 1, 2, 3 chọn kết quả rồi sang mục dưới; 0 là Không áp dụng; Enter vào ô nhận xét."
            " Trong ô nhận xét: Ctrl+Enter ghi và sang mục chưa kiểm tra, Esc về danh sách."
            " Mục hỏi số liệu: gõ chữ số là bắt đầu tử số, Tab sang mẫu số, Enter là xong."
        )

    def page_count(self) -> Words:
        return ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        if self.opened.is_here:
            self._bring_up_to_date()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()
        elif event.type() is QEvent.Type.LanguageChange and self._shown:
            self._show_scope()

    # -------------------------------------------------------- going about

    def go_to(self, key: str) -> None:
        """Show an item, in the list that is shown if it is there, else in its content."""
        if self.items.list.go_to(key):
            return
        line = self.board.line(key)
        if line is not None:
            self._choose_scope(line.section, key)

    def go_next(self) -> None:
        self._step(1)

    def go_previous(self) -> None:
        self._step(-1)

    def next_unchecked(self) -> None:
        self._seek(1, Saved.UNCHECKED)

    def previous_unchecked(self) -> None:
        self._seek(-1, Saved.UNCHECKED)

    def next_disagreed(self) -> None:
        self._seek(1, Saved.DISAGREED)

    def previous_disagreed(self) -> None:
        self._seek(-1, Saved.DISAGREED)

    def commit_and_next(self) -> None:
        """What was typed is committed by now; the focus goes to the list, where the next answer is one key."""
        self._leave_detail()
        self.next_unchecked()

    # -------------------------------------------------------- acts

    def choose(self, mark: Mark) -> None:
        """By key from anywhere; the reason of *Không áp dụng* is asked at once."""
        if mark is Mark.NOT_APPLICABLE:
            self._show_detail()
        self.detail.choose(mark)

    def answer_in_list(self, mark: Mark) -> None:
        """By plain key in the list: the row below is selected, so that a run of answers is a run of keys."""
        line = self.board.line(self.items.list.key())
        if line is None:
            return
        if line.figures is not None:
            self._type_figure(_RESULTS[mark][1])
        elif mark is Mark.NOT_APPLICABLE:
            self.choose(mark)
        elif self.detail.choose(mark):
            self._advance(line.key)

    def take_back(self) -> None:
        """The selected item is not checked again."""
        item = self._item(self.items.list.key())
        if item is not None and not self.opened.is_read_only:
            self.answering.take_back(item)

    def begin_finding(self) -> None:
        """A new finding from the item, with the wording the checklist suggests."""
        item = self._item(self.items.list.key())
        line = self.board.line(self.items.list.key())
        if item is not None and line is not None and not self.opened.is_read_only:
            begin_finding(self.opened, item, line.mark, self._go_to_finding)

    def write_comment(self) -> None:
        """What the team has to say about the selected item."""
        self._enter_detail()
        self.detail.focus_field(COMMENT)

    def settle_unchecked(self) -> None:
        """The lead's one reason for every item nobody checked."""
        if self.opened.is_here:
            ask_why_unchecked(self.opened)

    def switch_scoring(self) -> None:
        """Points of this inspection alone on or off, whatever the office adopted for its checklist."""
        if self.opened.is_read_only:
            return
        scored = not self.opened.inspection.scored
        words = tr("Đã bật chấm điểm cuộc kiểm tra này") if scored else tr("Đã thôi chấm điểm cuộc kiểm tra này")
        at = ("inspection", self.opened.id, ("scored",))
        self.opened.perform("adopt_scoring_here", {"scored": scored}, at=at, words=words)

    # -------------------------------------------------------- showing

    def _sit_down(self, me: Me) -> None:
        self._me = me
        self.detail.may_decide = Right.DECIDE.value in me.rights
        self._stale = True
        if self.opened.is_here:
            self._bring_up_to_date()

    def _refresh(self, entities: frozenset[str]) -> None:
        if entities == WHOLE or entities & _SHOWN:
            self._stale = True
            if self.isVisible():
                self._bring_up_to_date()

    def _bring_up_to_date(self) -> None:
        if not self._stale or not self.opened.is_here:
            return
        self._stale = False
        self.board = board_of(self.opened, self._me, self._known)
        self.contents.show_board(self.board)
        self._show_settling()
        self._show_scoring()
        self._show_closed()
        self.items.list.painter.is_locked = self.opened.is_read_only
        if self._shown != self.opened.id:
            self._begin()
        else:
            self._refresh_lines()

    def _show_scoring(self) -> None:
        act = self._acts["score-here"]
        scored = self.opened.inspection.scored
        act.say(tr("Thôi chấm điểm cuộc kiểm tra này") if scored else tr("Chấm điểm cuộc kiểm tra này"))
        if self.opened.is_read_only:
            act.close(self.opened.why_read_only)
        elif self._me is None or Right.PLAN.value not in self._me.rights:
            act.close(tr("Việc của văn phòng"))
        else:
            act.open()

    def _show_closed(self) -> None:
        """Where everything is only read, the keys that write are not offered."""
        reason = self.opened.why_read_only
        for name in ("commit-and-next", "new-finding", "settle-unchecked", "clear-result"):
            self._acts[name].close(reason) if reason else self._acts[name].open()

    def _begin(self) -> None:
        """Another inspection: the first content in which something is left to do."""
        self._shown, self._answered = self.opened.id, ""
        self.items.filter.clear()
        left = (content.code for content in self.board.contents if content.checked < content.total)
        first = next(left, self.board.contents[0].code if self.board.contents else ALL)
        lines = self.board.of_content(first)
        unchecked = (line.key for line in lines if line.mark is Mark.UNCHECKED)
        self._choose_scope(first, next(unchecked, ""))

    def _refresh_lines(self) -> None:
        """The same rows as they are now: none goes away under somebody's hands."""
        known = {line.key: line for line in self.board.lines}
        rows = [known[line.key] for line in self.items.list.items.lines if line.key in known]
        if len(rows) == len(self.items.list.items.lines):
            self.items.list.items.refresh(rows)
        self._show_head()
        self._show_detail_of(self.items.list.key())

    def _choose_scope(self, scope: Scope, key: str = "") -> None:
        self._scope = scope
        if self.items.filter.text():
            self.items.filter.clear()
        self._show_scope(key)

    def _show_scope(self, key: str = "") -> None:
        lines = self._lines()
        if self._words:
            wanted = fold(self._words).split()
            lines = tuple(line for line in lines if all(word in line.folded for word in wanted))
        self.contents.show_scope(self._scope)
        self._show_head()
        before = self.items.list.key()
        self.items.show_lines(lines, key or before)
        if not lines:
            self.items.show_nothing(self._nothing())
        if self.items.list.key() == before:
            self._show_detail_of(before)

    def _lines(self) -> tuple[ItemLine, ...]:
        if isinstance(self._scope, Saved):
            return self.board.of(self._scope)
        return self.board.lines if self._scope == ALL else self.board.of_content(self._scope)

    def _show_head(self) -> None:
        if isinstance(self._scope, Saved):
            self.items.show_head(SAVED_WORDS[self._scope], str(len(self.board.of(self._scope))))
            return
        found = next((content for content in self.board.contents if content.code == self._scope), None)
        shown = found or self.board.whole
        words: Words = f"{found.code}. {found.title}" if found is not None else tr("Mọi nội dung")
        self.items.show_head(words, f"{shown.checked}/{shown.total}")

    def _show_settling(self) -> None:
        """Only where something is unchecked, and closed with the reason for those who may not decide."""
        unchecked = bool(self.board.of(Saved.UNCHECKED)) and not self.opened.is_read_only
        may = self._me is None or Right.DECIDE.value in self._me.rights
        self.contents.show_settling(self.opened.inspection.unchecked_reason or "", offered=unchecked, allowed=may)

    def _on_current(self, key: str) -> None:
        if not self._advancing:
            self._answered = ""
        self._show_detail_of(key)

    def _show_detail_of(self, key: str) -> None:
        self.detail.show_item(self._item(key), self.board.line(key))

    def _item(self, key: str) -> Item | None:
        checklist = self.opened.checklist if self.opened.is_here else None
        return next((item for item in checklist.items if item.key == key), None) if checklist is not None else None

    def _nothing(self) -> QWidget:
        """Why the list is empty, and the way on."""
        if self._words:
            head = tr("Không có mục nào khớp “{words}”", words=self._words)
            ways = [Way(tr("Bỏ lọc"), tr("Xem lại mọi mục của phần này."), "x", self._drop_filter, "Esc")]
            if self._scope != ALL:
                everywhere = tr("Tìm ở mọi nội dung")
                ways.append(Way(everywhere, tr("Lọc trong cả bộ tiêu chí."), "search", self._filter_all))
            return EmptyState(head, "", ways[:1] if self._fold is not Fold.THREE else ways)
        if self._scope is Saved.MINE and self.board.member is None:
            return self._nobody()
        if self._scope is Saved.MINE:
            return EmptyState(tr("Chưa có nội dung nào giao cho bạn"), tr("Trưởng đoàn giao nội dung ở Thành phần."))
        if self._scope is Saved.UNCHECKED:
            way = Way(tr("Biên bản"), tr("Xem còn gì phải xong trước."), "file-text", self._go_to_minutes, "Ctrl+5")
            return EmptyState(tr("Không còn mục nào chưa kiểm tra"), "", [way])
        if self._scope is Saved.DISAGREED:
            return EmptyState(tr("Không còn mục nào chưa thống nhất"))
        if self._scope is Saved.BARE:
            return EmptyState(tr("Mục nào đã kiểm tra cũng có minh chứng"))
        return EmptyState(tr("Cuộc kiểm tra này không có bộ tiêu chí"))

    def _nobody(self) -> QWidget:
        name = self._me.name if self._me is not None else ""
        head = tr("Trong Đoàn chưa có ai tên {name}", name=name)
        line = tr("Thêm tên vào Đoàn và giao nội dung, thì ở đây có các mục của bạn.")
        way = Way(tr("Thành phần"), tr("Thêm người, giao nội dung."), "users", self._go_to_people, "Ctrl+4")
        return EmptyState(head, line, [way])

    # -------------------------------------------------------- moving

    def _step(self, step: int) -> None:
        """The item after or before, across contents where a content is shown."""
        inside = self.detail.isAncestorOf(_focus(self))
        if not self.items.list.move_by(step) and isinstance(self._scope, str) and self._scope != ALL:
            keys = [line.key for line in self.board.lines]
            here = self.items.list.key()
            place = keys.index(here) + step if here in keys else -1
            if 0 <= place < len(keys):
                self.go_to(keys[place])
        if inside and not _focus(self).isVisible():
            self.detail.focus_remark()

    def _seek(self, step: int, saved: Saved) -> None:
        """The next item of a kind in the order of the checklist, going round; none left shows the empty filter."""
        keys = [line.key for line in self.board.lines]
        wanted = {line.key for line in self.board.of(saved)}
        if saved is Saved.UNCHECKED:
            wanted = {key for key in wanted if not self.answering.is_answered(key)}
        here = keys.index(self.items.list.key()) if self.items.list.key() in keys else 0
        around = [keys[(here + step * far) % len(keys)] for far in range(1, len(keys) + 1)]
        found = next((key for key in around if key in wanted), None)
        if found is None:
            self._choose_scope(saved)
        elif found != self.items.list.key():
            self.go_to(found)

    def _advance(self, answered: str) -> None:
        """On to the row below; Enter still leads to the remark of the item that was answered."""
        self._answered, self._advancing = answered, True
        self.items.list.move_by(1)
        self._advancing = False
        self.items.list.viewport().update()

    def _enter(self) -> None:
        """Enter in the list."""
        if self._answered:
            self.items.list.go_to(self._answered)
        self._enter_detail()
        self.detail.focus_remark()

    def _type_figure(self, digit: str) -> None:
        line = self.board.line(self.items.list.key())
        if line is None or line.figures is None or self.opened.is_read_only:
            return
        if line.is_fed:
            self._go_to_records()
            return
        self._enter_detail()
        self.detail.start_figure(digit)

    def _end_figures(self) -> None:
        key = self.items.list.key()
        self._leave_detail()
        self._advance(key)

    def _answer_by_mouse(self, key: str, mark: object) -> None:
        if isinstance(mark, Mark) and self.items.list.key() == key:
            self.detail.choose(mark)

    def _hint(self) -> Words:
        line = self.board.line(self._answered) if self._answered else None
        return tr("Enter: nhận xét {item}", item=line.code) if line is not None else tr("Enter: nhận xét")

    def _go_to_records(self) -> None:
        item = self._item(self.items.list.key())
        if item is not None:
            tab = Tab.PEOPLE if item.answer_type == "headcount" else Tab.DOSSIERS
            self.session.go(Where(Screen.WORKSPACE, self.opened.id, tab, "item", item.key))

    def _go_to_finding(self, finding: str) -> None:
        self.session.go(Where(Screen.WORKSPACE, self.opened.id, Tab.FINDINGS, "finding", finding, "content"))

    def _go_to_people(self) -> None:
        self.session.go(Where(Screen.WORKSPACE, self.opened.id, Tab.PEOPLE))

    def _go_to_minutes(self) -> None:
        self.session.go(Where(Screen.WORKSPACE, self.opened.id, Tab.MINUTES))

    def _key_of(self, where: Where) -> str:
        """The item of a place: by its key, its number, or the record of its answer."""
        checklist = self.opened.checklist
        if where.entity not in ("item", ANSWER) or checklist is None:
            return ""
        answers = {answer.id: key for key, answer in self.opened.inspection.answers.items()}
        wanted = answers.get(where.record, where.record)
        return next((item.key for item in checklist.items if wanted in (item.key, item.code)), "") or next(
            (item.key for item in checklist.items if self.answering.record(item) == wanted), ""
        )

    # -------------------------------------------------------- filtering

    def _filter(self, words: str) -> None:
        self._words = words.strip()
        self._show_scope(self.items.list.key())

    def _drop_filter(self) -> None:
        self.items.filter.clear()
        self.items.list.setFocus()

    def _filter_all(self) -> None:
        self._scope = ALL
        self._show_scope()
        self.items.list.setFocus()

    # -------------------------------------------------------- panes

    def _lay_out(self) -> None:
        self._lines_between = [Line(upright=True), Line(upright=True)]
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        for part, line in ((self.contents, self._lines_between[0]), (self.items, self._lines_between[1])):
            self._row.addWidget(part)
            self._row.addWidget(line)
        self._row.addWidget(self.detail, 1)
        self._fit()

    def _fit(self) -> None:
        width = self.window().width() * 100 // look().scale
        folded = Fold.THREE if width >= tokens.THREE_PANES else Fold.TWO if width >= tokens.TWO_PANES else Fold.ONE
        if folded is not self._fold:
            self._fold_to(folded)
        px, items = look().px, tokens.ITEMS_NARROW
        if folded is Fold.THREE:
            room = width - tokens.RAIL - tokens.CONTENTS - tokens.DETAIL_LEAST
            items = max(tokens.ITEMS_NARROW, min(tokens.ITEMS, room))
            self.contents.setFixedWidth(px(tokens.CONTENTS))
        self.items.setMinimumWidth(0)
        self.items.setMaximumWidth(16_777_215)
        if folded is not Fold.ONE:
            self.items.setFixedWidth(px(items))
        elif self.contents.isVisible() and self.contents.property("floats"):
            self._place_contents()

    def _fold_to(self, folded: Fold) -> None:
        self._fold = folded
        wide = folded is Fold.THREE
        self._row.removeWidget(self.contents)
        self.contents.setProperty("floats", not wide)
        self.contents.setVisible(wide)
        self._lines_between[0].setVisible(wide)
        if wide:
            self.contents.setMaximumWidth(16_777_215)
            self._row.insertWidget(0, self.contents)
        self.items.show_narrow(narrow=not wide)
        self.detail.show_narrow(narrow=not wide)
        self._show_one()

    def _show_one(self) -> None:
        one = self._fold is Fold.ONE
        self.items.setVisible(not one or not self._in_detail)
        self.detail.setVisible(not one or self._in_detail)
        self._lines_between[1].setVisible(not one)

    def _show_detail(self) -> None:
        self._in_detail = True
        self._show_one()

    def _enter_detail(self) -> None:
        self._show_detail()

    def _leave_detail(self) -> None:
        self._in_detail = False
        self._show_one()
        self.items.list.setFocus()

    def _drop_contents(self) -> None:
        """The contents over the list, where they have no room beside it."""
        self.contents.show()
        self._place_contents()
        self.contents.raise_()
        (self.contents.saved if isinstance(self._scope, Saved) else self.contents.contents).setFocus()

    def _place_contents(self) -> None:
        self.contents.setFixedWidth(self.items.width())
        self.contents.setGeometry(0, 0, self.items.width(), self.height())

    def _take_scope(self, scope: object) -> None:
        if isinstance(scope, str | Saved) and scope != self._scope:
            self._choose_scope(scope)

    def _leave_contents(self) -> None:
        if self._fold is not Fold.THREE:
            self.contents.hide()
        self.items.list.setFocus()

    # -------------------------------------------------------- wiring

    def _connect(self) -> None:
        self.opened.refreshed.connect(self._refresh)
        self.contents.chosen.connect(self._take_scope)
        self.contents.taken.connect(self._leave_contents)
        self.contents.left.connect(self._leave_contents)
        self.items.wanted.connect(self._drop_contents)
        self.items.filtered.connect(self._filter)
        listed = self.items.list
        listed.current.connect(self._on_current)
        listed.entered.connect(self._enter)
        listed.typed.connect(self._type_figure)
        listed.painter.hint = self._hint
        listed.painter.chosen.connect(self._answer_by_mouse)
        listed.painter.asked.connect(lambda _key: self._enter_detail_at_figures())
        listed.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        listed.customContextMenuRequested.connect(self._menu)
        self.detail.left.connect(self._leave_detail)
        self.detail.ended.connect(self._end_figures)

    def _enter_detail_at_figures(self) -> None:
        self._enter_detail()
        self.detail.focus_field("result")

    def _bind(self) -> None:
        for mark, (command, _) in _RESULTS.items():
            self.acts.bind(command, self._chooser(self.choose, mark), owner=self)
            self.acts.bind(f"list-{command}", self._chooser(self.answer_in_list, mark), owner=self.items.list)
        runs: dict[str, Callable[[], object]] = {
            "next": self.go_next,
            "previous": self.go_previous,
            "next-unchecked": self.next_unchecked,
            "previous-unchecked": self.previous_unchecked,
            "next-open": self.next_disagreed,
            "previous-open": self.previous_disagreed,
            "commit-and-next": self.commit_and_next,
            "new-finding": self.begin_finding,
            "settle-unchecked": self.settle_unchecked,
            "score-here": self.switch_scoring,
            "write-comment": self.write_comment,
            "filter": self.items.go_to_filter,
        }
        self._acts: dict[str, Act] = {name: self.acts.bind(name, run, owner=self) for name, run in runs.items()}
        self._acts["clear-result"] = self.acts.bind("clear-result", self.take_back, owner=self.items.list)
        self.acts.name("choose", owner=self.items.list)
        self.acts.name("open", owner=self.items.list, words=tr("Vào ô nhận xét"))
        self.acts.name("to-list", owner=self.detail)

    @staticmethod
    def _chooser(run: Callable[[Mark], object], mark: Mark) -> Callable[[], object]:
        return lambda: run(mark)

    def _menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in ("new-finding", "clear-result", "settle-unchecked", "score-here"):
            menu.addAction(self._acts[name])
        menu.popup(self.items.list.viewport().mapToGlobal(place))


def _focus(page: QWidget) -> QWidget:
    return page.window().focusWidget() or page
