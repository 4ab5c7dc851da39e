"""The page of the units: provinces, what lies in one of them on a day, and everything about one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from inspector.domain.wording import short_day
from inspector.services import unit_book
from inspector.services.checklist_files import Preview
from inspector.services.desk import Change, Desk
from inspector.services.unit_book import About, Place
from inspector.ui import tokens
from inspector.ui.actions import Acts
from inspector.ui.language import Words, tr
from inspector.ui.pages.checklists.taking_in import TakingIn
from inspector.ui.pages.folding import Folding
from inspector.ui.pages.line_list import LineList, Row
from inspector.ui.pages.page import Page
from inspector.ui.pages.title_bar import TitleBar
from inspector.ui.pages.units.detail import LEVELS, Detail
from inspector.ui.prompting import FileQuestion
from inspector.ui.session import Session
from inspector.ui.theme import look
from inspector.ui.where import Screen, Where
from inspector.ui.widgets.button import ActionButton, Button, Kind
from inspector.ui.widgets.field import Entry, TextField
from inspector.ui.widgets.text import Text
from inspector.ui.widgets.value_fields import DateField

_SHEETS = ((tr("Bảng tính"), ("*.xlsx", "*.csv")),)
_PROVINCES, _DETAIL = 264, 360
_DEPARTMENTS = "/departments"
_ADOPTING = {"units": "adopt_units", "departments": "adopt_departments"}


class UnitsPage(Page):
    """``Where.record`` is the code of a unit; one that ended is shown on the last day it stood."""

    def __init__(self, session: Session, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(session, acts, parent)
        self.day = date.today()
        self._wanted = self._province = ""
        self._shown: tuple[Place, ...] = ()
        self._searching = False
        self._again = False
        self.provinces = LineList(tr("Tỉnh, thành phố"))
        self.list = LineList(tr("Đơn vị"))
        self.detail = Detail()
        self.filter = TextField(tr("Tìm đơn vị"), icon="search", keys="Ctrl+F")
        self.date = DateField(tr("Tại ngày"), date.today)
        self.date.show_date(self.day)
        self._none = Text(tone="text2", wrap=True)
        self.folding = Folding([(self.provinces, _PROVINCES), (self._middle(), 0), (self.detail, _DETAIL)])
        self._import = acts.bind("units-import", self.choose_file, self)
        self._read_again = acts.bind("checklist-again", self.read_again, self)
        self._adopt = acts.bind("units-adopt", self.adopt, self)
        acts.bind("filter", self.search_here, self)
        leave = Button(tr("Quay lại danh sách"), self.show_list, kind=Kind.QUIET, icon="arrow-left", keys="Esc")
        self.taking_in = TakingIn(self._read_again, self._adopt, None, leave)
        self._kind = "units"
        """What the file that is shown is a list of."""
        self._lay_out(TitleBar(acts, tr("Đơn vị"), ActionButton(self._import)))
        self._connect()
        self._close_acts()

    def _middle(self) -> QWidget:
        middle = QWidget()
        middle.setProperty("ground", "surface")
        middle.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = QHBoxLayout()
        head.setContentsMargins(tokens.GROUP, tokens.GROUP, tokens.GROUP, tokens.GAP)
        head.setSpacing(tokens.GROUP)
        for field in (self.filter, self.date):
            field.state.hide()
        head.addWidget(self.filter, 1)
        head.addWidget(self.date)
        self._none.setContentsMargins(tokens.GROUP, 0, tokens.GROUP, tokens.GAP)
        self._none.hide()
        rows = QVBoxLayout(middle)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addWidget(self._none)
        rows.addWidget(self.list, 1)
        middle.setFocusProxy(self.list)
        return middle

    def _lay_out(self, bar: TitleBar) -> None:
        self._bar = bar
        self.stack = QStackedWidget()
        self.stack.addWidget(self.folding)
        self.stack.addWidget(self.taking_in)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(bar)
        rows.addWidget(self.stack, 1)
        self._fit()

    def _connect(self) -> None:
        self.provinces.chosen.connect(self._province_chosen)
        self.provinces.opened.connect(lambda _key: self.folding.show_pane(1))
        self.list.chosen.connect(self._read_about)
        self.list.opened.connect(lambda _key: self.folding.show_pane(2))
        self.detail.opened.connect(lambda key: self.session.go(Where(Screen.WORKSPACE, key)))
        self.detail.begin.connect(lambda: self.session.go(Where(Screen.NEW_INSPECTION, record=self.list.key())))
        self.filter.editor.typed.connect(self._read_list)
        self.date.committed.connect(self._take_day)
        self.session.changed.connect(self._hear)

    # -------------------------------------------------------- as a page

    def title(self) -> Words:
        return tr("Đơn vị")

    def help(self) -> Words:
        return tr(
            "Danh sách theo ngày: đổi ô “Tại ngày” để xem huyện và xã trước 1/7/2025, nay thuộc đơn vị nào. "
            "Danh sách riêng của văn phòng nhập từ Excel được ưu tiên hơn danh sách có sẵn."
        )

    def page_count(self) -> Words:
        if not self._shown:
            return ""
        offices = sum("/" in each.code for each in self._shown)
        units = tr("{count} đơn vị", count=len(self._shown) - offices)
        return tr("{units}, {offices} sở, ngành", units=units, offices=offices) if offices else units

    def panes(self) -> list[QWidget]:
        return [self.provinces, self.list, self.detail.facts, self.detail.visits, self.taking_in]

    def arrive(self, where: Where) -> None:
        self._bar.tell("")
        code, day = where.record, self.day

        def found(place: tuple[str, date]) -> None:
            self._wanted, self._province = code, place[0]
            if code and self.filter.text():
                self.filter.turn_to("")
            self._go_to_day(place[1])

        if code or not self.provinces.key():
            self.session.ask(lambda desk: unit_book.whereabouts(desk, code, day), found, self._lost, self)
        else:
            self._read_provinces()
        if self.stack.currentWidget() is self.folding:
            self.folding.show_pane(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.stack.currentWidget() is self.taking_in:
            self.show_list()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "stack"):
            self._fit()
        elif event.type() is QEvent.Type.LanguageChange and hasattr(self, "stack"):
            self._show_places(self._shown)

    def _fit(self) -> None:
        self.date.setFixedWidth(look().px(150))

    # -------------------------------------------------------- reading

    def _read_provinces(self) -> None:
        day = self.day
        self.session.ask(lambda desk: unit_book.provinces(desk, day), self._take_provinces, owner=self)

    def _take_provinces(self, found: tuple[Place, ...]) -> None:
        before = self.provinces.key()
        rows = [Row(each.code, each.name, tr("{count} đơn vị", count=each.count), number=each.code) for each in found]
        self.provinces.show_rows(rows)
        if self._province:
            self.provinces.choose(self._province)
            self._province = ""
        if self.provinces.key() == before:
            self._read_list()

    def _province_chosen(self, _key: str) -> None:
        """What was searched for gives way to the province somebody chose."""
        if self.filter.text() and not self.filter.editor.hasFocus():
            self.filter.turn_to("")
        self._read_list()

    def _read_list(self) -> None:
        """One question at a time; what was typed meanwhile is the next one."""
        if self._searching:
            self._again = True
            return
        self._searching = True
        words, province, day = self.filter.editor.draft().text.strip(), self.provinces.key(), self.day

        def question(desk: Desk) -> tuple[Place, ...]:
            if words:
                return unit_book.search(desk, words, day, province)
            if not province:
                return ()
            return (*unit_book.below(desk, province, day), *unit_book.departments(desk, province, day))

        self.session.ask(question, self._take_list, self._list_failed, self)

    def _list_failed(self, reason: str) -> None:
        self._searching = False
        self._bar_fail(reason)

    def _take_list(self, found: tuple[Place, ...]) -> None:
        self._searching = False
        if self._again:
            self._again = False
            self._read_list()
            return
        self._show_places(found)
        if self._wanted:
            self.list.choose(self._wanted)
            self._wanted = ""
            self.folding.show_pane(1)

    def _show_places(self, found: tuple[Place, ...]) -> None:
        self._shown = found
        before = self.list.key()
        self.list.show_rows(_rows(found))
        words = self.filter.editor.draft().text.strip()
        none = tr("Không có đơn vị nào khớp “{words}” ngày {day}.", words=words, day=short_day(self.day))
        self._none.setVisible(not found)
        self._none.say(none if words else tr("Chưa có đơn vị nào"))
        if not found:
            self.detail.show_about(None)
        elif self.list.key() == before:
            self._read_about(before)

    def _read_about(self, code: str) -> None:
        day = self.day

        def told(found: About) -> None:
            if found.place.code == self.list.key():
                self.detail.show_about(found)

        # While a list gives way to another, its head may be the row at hand for a moment.
        if code and code != _DEPARTMENTS:
            self.session.ask(lambda desk: unit_book.about(desk, code, day), told, self._bar_fail, self)

    def _lost(self, reason: str) -> None:
        self._bar_fail(reason)
        self._read_provinces()

    def _bar_fail(self, reason: str) -> None:
        self._bar.tell(reason, bad=True)

    def _hear(self, change: Change) -> None:
        if "adoption" in change.entities:
            self._read_provinces()
        elif change.entities & {"inspection", "signature"}:
            self._read_about(self.list.key())

    # -------------------------------------------------------- what can be done

    def search_here(self) -> None:
        self.show_list()
        self.folding.show_pane(1, focus=False)
        self.filter.setFocus()

    def show_list(self) -> None:
        self.stack.setCurrentWidget(self.folding)
        self._close_acts()
        self.folding.show_pane(self.folding.front)

    def choose_file(self) -> None:
        question = FileQuestion(tr("Chọn danh sách đơn vị"), _SHEETS, Path.home())
        self.session.prompter.choose_files(question, lambda files: self.preview(files[0]) if files else None)

    def read_again(self) -> None:
        if self.taking_in.file.name:
            self.preview(self.taking_in.file)

    def preview(self, file: Path) -> None:
        """Read a file and say what it would bring; nothing is written."""
        self.taking_in.show_reading(file)
        self._read_again.open()
        self.stack.setCurrentWidget(self.taking_in)
        self.taking_in.setFocus()

        def read(desk: Desk, _progress: object, _cancelled: object) -> tuple[str, Preview]:
            return unit_book.preview(desk, file)

        def show(found: tuple[str, Preview]) -> None:
            self._kind, shown = found
            self.taking_in.show_preview(shown)

        words = tr("Đang đọc {file}", file=file.name)
        self.session.work(words, read, show, self.taking_in.show_refused, owner=self)

    def adopt(self) -> None:
        view = self.taking_in
        if not view.can_adopt():
            return
        since = {"effective_from": view.since.isoformat()} if view.since else {}
        self.session.perform(
            _ADOPTING[self._kind],
            {"path": str(view.file), **since},
            words=tr("Đã áp dụng danh sách đơn vị từ {file}", file=view.file.name),
            then=lambda _receipt: self.show_list(),
            failed=view.show_refused,
            owner=self,
        )

    def _close_acts(self) -> None:
        for act in (self._read_again, self._adopt):
            act.close(tr("Chưa chọn tệp"))

    # -------------------------------------------------------- the day

    def _take_day(self, entry: Entry) -> None:
        self.date.mark_saved()
        self.date.state.show_quiet()
        self._set_day(entry.value if isinstance(entry.value, date) else date.today())

    def _go_to_day(self, day: date) -> None:
        if day != self.day:
            self.date.turn_to(short_day(day))
        self._set_day(day)

    def _set_day(self, day: date) -> None:
        self.day = day
        self._read_provinces()


def _rows(found: tuple[Place, ...]) -> list[Row]:
    """Departments under a head of their own; districts stand out before their communes."""
    units = [each for each in found if "/" not in each.code]
    rows = [_row(each) for each in units]
    offices = [each for each in found if "/" in each.code]
    if offices:
        rows.append(Row(_DEPARTMENTS, tr("Sở, ban, ngành và cơ quan ngành dọc"), aside=str(len(offices)), head=True))
        rows += [Row(each.code, each.name, LEVELS.get(each.level, each.level), icon="building-2") for each in offices]
    return rows


def _row(place: Place) -> Row:
    aside: Words = tr("{count} đơn vị", count=place.count) if place.count else ""
    return Row(place.code, place.name, place.where, aside=aside, number=place.code, strong=place.level != "commune")
