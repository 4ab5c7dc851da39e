"""Hồ sơ mẫu: the dossiers of a sample typed row by row, with what they add up to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.domain.checklist import Item
from inspector.domain.ids import natural_id
from inspector.domain.phrases import short_code
from inspector.domain.text import fold
from inspector.domain.wording import number
from inspector.services.desk import Desk, Receipt
from inspector.services.dossier_files import ForeignRow, rows_of_file, rows_of_table
from inspector.services.sight import Sight
from inspector.ui import tokens
from inspector.ui.actions import Acts
from inspector.ui.editing import finish_editing
from inspector.ui.grid_writing import Cells, GridWriting
from inspector.ui.language import Phrase, Words, mark_content, tr
from inspector.ui.pages.workspace.dossiers.columns import arguments, columns, stored
from inspector.ui.pages.workspace.dossiers.preview_sheet import PreviewSheet
from inspector.ui.pages.workspace.dossiers.sample_sheet import SampleSheet, filtered, items_of, read_sheet
from inspector.ui.pages.workspace.dossiers.summary import Summary
from inspector.ui.pages.workspace.dossiers.taking_over import Preview, TakingOver, preview
from inspector.ui.pages.workspace.dossiers.totals_form import TotalsForm
from inspector.ui.pages.workspace.open_inspection import WHOLE, OpenInspection, Shown
from inspector.ui.pages.workspace.tab_page import TabPage
from inspector.ui.pages.workspace.tied_fields import lock
from inspector.ui.prompting import FileQuestion
from inspector.ui.session import Session
from inspector.ui.theme import look
from inspector.ui.tokens import Size
from inspector.ui.where import Screen, Tab, Where
from inspector.ui.widgets.button import ActionButton, Button, Kind
from inspector.ui.widgets.card import Line
from inspector.ui.widgets.field import Field, Reading, TextField
from inspector.ui.widgets.grid_model import NEW
from inspector.ui.widgets.grid_model import Kind as CellKind
from inspector.ui.widgets.grid_table import GridTable
from inspector.ui.widgets.icon import Icon
from inspector.ui.widgets.pick_field import Choice, PickField
from inspector.ui.widgets.text import Text
from inspector.ui.widgets.value_fields import NumberField
from inspector.ui.writing import Post, Spot, Writing

_CONCERNS = frozenset(("dossier", "dossier_sample", "answer", "inspection", "signature"))

_ONE_ROW = 1040
"""Logical width below which the row of tools is folded."""
_TIGHT, _LOW = 760, 300
"""Logical width below which the filter has no room for a word, and height below which rows need the foot's."""
_POPULATION, _FILTER = 132, 150
"""Least logical widths: of a number of four digits with its unit, of a word with its icon and key."""
_DESCRIBED = 4
"""How much more of the row of tools than the filter they take that say how the sample was drawn."""


class DossiersTab(TabPage):
    """One item at a time; most checklists have one. Everything computed is read off the GUI thread."""

    def __init__(self, session: Session, acts: Acts, opened: OpenInspection, parent: QWidget | None = None) -> None:
        super().__init__(session, acts, opened, parent)
        self._item: Item | None = None
        self._items: tuple[Item, ...] = ()
        self._sheet = SampleSheet()
        self._sight: Sight | None = None
        self._shown_for = ("", "")
        self._is_reading = self._is_stale = False
        self._wanted = ""
        self._is_folded = self._is_tight = False
        self._overlay: PreviewSheet | None = None
        self.table = GridTable(columns(date.today, self._read_code), tr("Hồ sơ mẫu"), adds=True, frozen=2)
        self.table.bind(acts)
        self.table.removal_wanted.connect(self.remove)
        self.table.pasted.connect(self._pasted)
        self.writing = GridWriting(session, self.table, Cells("dossier", self._post, self._create, self._operations))
        self.summary = Summary()
        self._make_fields()
        self.totals = TotalsForm(session, opened)
        self._bind()
        self._lay_out()
        opened.refreshed.connect(self._refreshed)
        if opened.is_here:
            self._refreshed(WHOLE)

    # -------------------------------------------------------- as a tab

    def arrive(self, where: Where) -> None:
        """``item`` with its key, or ``dossier`` with its record and the column; otherwise the first cell."""
        if where.entity == "item":
            self._turn_to_item(where.record)
        self._wanted = where.record if where.entity == "dossier" else ""
        if not self._go_to_wanted(where.field):
            self.table.setFocus()

    def whereabouts(self) -> Where | None:
        row = self.table.current_row()
        entity = "dossier" if row else ""
        return Where(Screen.WORKSPACE, self.opened.id, Tab.DOSSIERS, entity, row or "")

    def panes(self) -> list[QWidget]:
        return [self._unfold if self._is_folded else self.method.editor, self.table]

    def badge(self) -> Words:
        return str(len(self._sheet.whole)) if self._sheet.whole else ""

    def help(self) -> Words:
        return tr(
            "Gõ mã hồ sơ rồi Tab sang ô sau, Enter xuống dòng. Ô Có/Không nhận phím 1, 0 hoặc phím cách. "
            "Số ngày trễ do máy tính theo ngày làm việc. Không ghi tên người dân, chỉ ghi mã hồ sơ."
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold(self.width() * 100 // look().scale)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_tools"):
            self._fold(self.width() * 100 // look().scale)
        elif event.type() is QEvent.Type.LanguageChange and hasattr(self, "_tools"):
            self._invite()

    # -------------------------------------------------------- acts

    def add(self) -> None:
        """To the blank row."""
        self._clear_filter()
        self.table.go_to(NEW, "code")

    def remove(self, rows: list[str]) -> None:
        """Take dossiers out of the sample; each can be brought back."""
        codes = {row.id: str(row.cells[1].text) for row in self._sheet.whole}
        for row in rows:
            words = tr("Đã xóa hồ sơ {code}", code=codes.get(row, ""))
            self.opened.perform("remove_dossier", {"dossier": row}, words=words)

    def choose_file(self) -> None:
        """Ask for a list of dossiers in Excel."""
        kinds = ((tr("Bảng Excel, CSV"), ("*.xlsx", "*.csv")),)
        question = FileQuestion(tr("Chọn tệp danh sách hồ sơ"), kinds, Path.home())
        self.session.prompter.choose_files(question, self._read_file)

    def begin_finding(self) -> None:
        """A shortcoming from the item of the sample, with the wording the checklist suggests."""
        item = self._item
        if item is None:
            return

        def made(receipt: Receipt) -> None:
            self.session.go(Where(Screen.WORKSPACE, self.opened.id, Tab.FINDINGS, "finding", receipt.ref, "content"))

        given = {"kind": "shortcoming", "item": item.key, "content": item.finding_hint or None}
        words = tr("Đã thêm phát hiện từ hồ sơ mẫu của mục {code}", code=short_code(item.code))
        self.opened.perform("add_finding", given, words=words, then=made)

    # -------------------------------------------------------- reading

    def _refreshed(self, entities: frozenset[str]) -> None:
        if entities == WHOLE or entities & _CONCERNS:
            self._read()

    def _read(self) -> None:
        """Several changes in a row are one reading."""
        self._is_stale = True
        if self._is_reading or not self.opened.is_here:
            return
        self._is_stale, self._is_reading = False, True
        self._items = items_of(self.opened.grounds)
        if self._item is None or self._item.key not in {item.key for item in self._items}:
            self._item = self._items[0] if self._items else None
        shown, item, words = self.opened.shown, self._item, self.filter.text()
        key = (self.opened.id, item.key if item else "")
        before = self._sheet if key == self._shown_for else SampleSheet()

        def read(_desk: Desk) -> SampleSheet:
            return read_sheet(shown.grounds, item, before, words)

        self.session.ask(read, lambda sheet: self._take(key, shown, sheet, words), self._failed, self)

    def _failed(self, reason: str) -> None:
        self._is_reading = False
        self.session.trouble.emit(reason)

    def _take(self, key: tuple[str, str], shown: Shown, sheet: SampleSheet, words: str) -> None:
        self._is_reading = False
        if key != (self.opened.id, self._item.key if self._item else ""):
            self._read()
            return
        other = key != self._shown_for
        self.writing.turn_to(self.opened.id)
        self._shown_for, self._sheet, self._sight = key, sheet, shown.sight
        if words != self.filter.text():
            self._show_filtered()
        else:
            self.table.show_rows(sheet.rows)
        if other:
            self.table.go_home()
            self.writing.bring_back()
        self._show_item()
        self._fill_fields()
        self._say_foot()
        if self._wanted:
            self._go_to_wanted("")
        if self._is_stale:
            self._read()

    def _go_to_wanted(self, key: str) -> bool:
        if not self._wanted or self.table.grid.place_of(self._wanted) is None:
            return False
        known = {column.key for column in self.table.grid.columns}
        self.table.go_to(self._wanted, key if key in known else "code")
        self._wanted = ""
        return True

    # -------------------------------------------------------- writing

    def _post(self, row: str, key: str, value: object) -> Post:
        return Post("edit_dossier", {"dossier": row, key: stored(key, value)})

    def _create(self, values: Mapping[str, object]) -> Post | None:
        if not values.get("code"):
            return None
        of_item = {"item": self._item.key} if self._item is not None else {}
        words = tr("Đã thêm hồ sơ {code}", code=str(values["code"]))
        return Post("add_dossier", {**of_item, **arguments(values)}, words)

    def _operations(self, row: str, field: str) -> tuple[str, ...]:
        return self._sight.operations("dossier", row, field) if self._sight is not None else ()

    def _read_code(self, text: str) -> Reading | Phrase:
        row = self.table.editing_row
        if not text.strip():
            return Reading("", "") if row in (NEW, None) else tr("Hồ sơ nào cũng cần có mã")
        stored_rows = ((place, other) for place, other in enumerate(self._sheet.whole, 1) if other.id != row)
        wanted = fold(text)
        same = next((place for place, other in stored_rows if fold(str(other.cells[1].text)) == wanted), None)
        return Reading(text, text) if same is None else tr("Mã này đã có ở dòng {number}", number=same)

    def _post_sample(self, spot: Spot, value: object) -> Post:
        if isinstance(value, Decimal):
            value = int(value)
        of_item = {"item": self._item.key} if self._item is not None else {}
        return Post("describe_sample", {**of_item, spot.field: value or None})

    # -------------------------------------------------------- rows from outside

    def _read_file(self, files: list[Path]) -> None:
        if files:
            self.session.ask(lambda _desk: rows_of_file(files[0]), self._look_at, owner=self)

    def _pasted(self, lines: list[list[str]], row: str, key: str) -> None:
        typed = [column.key for column in self.table.grid.columns if column.kind is not CellKind.SHOWN]
        fields = typed[typed.index(key) :] if key in typed else typed
        shown = [one.id for one in self.table.grid.rows()]
        targets = shown[shown.index(row) :] if row in shown else []
        self.session.ask(
            lambda _desk: rows_of_table(lines, fields), lambda rows: self._look_at(rows, targets), owner=self
        )

    def _look_at(self, rows: tuple[ForeignRow, ...], targets: list[str] | None = None) -> None:
        finish_editing()
        if not rows:
            self.session.trouble.emit(str(tr("Bảng không có dòng nào để nhập.")))
            return
        found = preview(rows, targets or (), self.table.grid.columns, self._sheet.codes)
        self._overlay = PreviewSheet(self.window(), self.table.grid.columns, found, self._take_over, self._looked)

    def _take_over(self, found: Preview) -> None:
        self._looked()
        if self._sight is None:
            return
        item = self._item.key if self._item is not None else None
        TakingOver(self.session, self.opened.id, item, self._sight, found.incoming, self._took_over).start()

    def _took_over(self, made: list[str], reason: str) -> None:
        if reason:
            self.session.trouble.emit(reason)
        if made:
            self._wanted = made[0]
            self._read()

    def _looked(self) -> None:
        self._overlay = None
        self.table.setFocus()

    # -------------------------------------------------------- around the table

    def _turn_to_item(self, key: str) -> None:
        wanted = next((item for item in self._items if item.key == key), None)
        if wanted is not None and wanted is not self._item:
            self._item = wanted
            self._read()

    def _chosen_item(self, entry: object) -> None:
        self.of_item.mark_saved()
        self.of_item.state.show_quiet()
        self._turn_to_item(str(getattr(entry, "value", "")))

    def _show_item(self) -> None:
        self.summary.show_item(self._item)
        self.summary.show_sheet(self._sheet, self._item)
        self.of_item.setVisible(len(self._items) > 1)
        if len(self._items) > 1:
            self.of_item.offer([Choice(item.key, short_code(item.code), item.text) for item in self._items])
            self.of_item.show_value(self._item.key if self._item else None)
        read_only = self.opened.is_read_only
        self.table.set_read_only(read_only=read_only, why=self.opened.why_read_only)
        for act in (self.add_act, self.import_act, self.finding_act):
            act.close(self.opened.why_read_only) if read_only else act.open()
        if self._item is None:
            self.finding_act.close(tr("Bộ tiêu chí không có mục tính từ hồ sơ mẫu"))
        self.totals.show_sample(self._item, self._sheet.described, has_rows=bool(self._sheet.whole))

    def _fill_fields(self) -> None:
        described, item = self._sheet.described, self._item
        texts = {
            "method": (described.method if described else "") or "",
            "population": number(described.population) if described and described.population is not None else "",
            "chosen_by": (described.chosen_by if described else "") or "",
        }
        for name, writing in self._writings.items():
            editor = self._fields[name].editor
            editor.setToolTip(texts[name])
            mark_content(editor, texts[name])
            if item is None or self._sight is None:
                writing.clear()
                continue
            record = natural_id(self.opened.id, "dossier_sample", item.key)
            operations = self._sight.operations("dossier_sample", record, name)
            writing.show(Spot(self.opened.id, "dossier_sample", record, name), texts[name], operations)
        for field in self._fields.values():
            field.setEnabled(item is not None)
            lock(field, self.opened.why_read_only)

    def _show_filtered(self) -> None:
        rows = filtered(self._sheet.whole, self._sheet.folded, self.filter.text())
        self.table.show_rows(rows)
        self._say_foot()

    def _clear_filter(self) -> None:
        if self.filter.text():
            self.filter.turn_to("")
            self._show_filtered()

    def _say_foot(self) -> None:
        years = ", ".join(map(str, self._sheet.years))
        if years:
            self._calendar.say(tr("Chưa có lịch nghỉ năm {years}; đang tính theo thứ Hai – thứ Sáu.", years=years))
        else:
            self._calendar.say(
                tr("Số ngày trễ tính theo ngày làm việc, trừ ngày nghỉ lễ. Chỉ ghi mã hồ sơ, không ghi tên người dân.")
            )
        self._calendar.set_tone("part" if years else "text2")
        count = len(self._sheet.whole)
        shown = len(self.table.grid.rows())
        if self.filter.text() and not shown:
            self._hint.say(tr("Không có hồ sơ nào khớp “{words}”.", words=self.filter.text()))
        elif self.filter.text():
            self._hint.say(tr("{shown}/{count} hồ sơ khớp", shown=shown, count=count))
        self._hint.setVisible(bool(self.filter.text()))
        self._invite()
        self._show_foot()

    def _show_foot(self) -> None:
        """In a low window it gives its height to the rows, unless it has something to say of them."""
        low = self.height() * 100 // look().scale < _LOW
        self._foot.setVisible(not low or bool(self._sheet.years) or bool(self.filter.text()))

    def _invite(self) -> None:
        """What the filter and the blank row are for, in themselves."""
        self.filter.editor.setPlaceholderText("" if self._is_tight else str(tr("Lọc")))
        if self._sheet.whole:
            self.table.invite(tr("Hồ sơ mới: gõ mã vào dòng này, hoặc dán bảng từ Excel (Ctrl+V)"))
        else:
            self.table.invite(tr("Gõ mã hồ sơ đầu tiên, hoặc nhập từ Excel."))

    # -------------------------------------------------------- building

    def _make_fields(self) -> None:
        self.of_item = PickField(tr("Mục"))
        self.of_item.committed.connect(self._chosen_item)
        self.method = TextField(tr("Cách chọn mẫu"))
        self.population = NumberField(tr("Tổng thể"), unit=tr("hồ sơ"))
        self.chosen_by = TextField(tr("Người chọn"))
        self._fields: dict[str, Field] = {
            "method": self.method,
            "population": self.population,
            "chosen_by": self.chosen_by,
        }
        self._writings = {name: Writing(self.session, field, self._post_sample) for name, field in self._fields.items()}
        self.filter = TextField(tr("Lọc hồ sơ"), icon="list-filter", keys="Ctrl+F")
        self.filter.hide_label()
        self.filter.editor.typed.connect(self._show_filtered)
        self._hint = Text("", size=Size.META, tone="text2")
        self._calendar = Text("", size=Size.META, tone="text2", wrap=True)

    def _bind(self) -> None:
        self.add_act = self.acts.bind("new-dossier", self.add, self)
        self.import_act = self.acts.bind("import-dossiers", self.choose_file, self)
        self.finding_act = self.acts.bind("new-finding", self.begin_finding, self, tr("Ghi phát hiện"))
        self.acts.bind("filter", self.filter.setFocus, self)
        self.acts.name("next-field", self.table)

    def _fold(self, room: int) -> None:
        """On a narrow page how the sample was drawn stands in a row of its own, folded away until asked for."""
        self.summary.show_room(room)
        narrow = room < _ONE_ROW
        self._show_foot()
        self._is_tight = room < _TIGHT
        self._invite()
        self.population.setMinimumWidth(look().px(_POPULATION))
        self.filter.setMinimumWidth(0 if narrow else look().px(_FILTER))
        if narrow != self._is_folded:
            self._is_folded = narrow
            if narrow:
                self._tools.addWidget(self._described)
            else:
                self._tool_row.insertWidget(2, self._described, _DESCRIBED)
            self._described.setVisible(not narrow)
            self._unfold.setVisible(narrow)

    def _toggle_described(self) -> None:
        self._described.setVisible(not self._described.isVisible())
        if self._described.isVisible():
            self.method.editor.setFocus()

    def _lay_out(self) -> None:
        self._described: QWidget = QWidget()
        described = QHBoxLayout(self._described)
        described.setContentsMargins(0, 0, 0, 0)
        described.setSpacing(tokens.GAP + 4)
        for field, stretch in ((self.method, 5), (self.population, 2), (self.chosen_by, 4)):
            described.addWidget(field, stretch)
        self._unfold: Button = Button(tr("Cách chọn mẫu"), self._toggle_described, icon="list-checks")
        self._unfold.hide()
        tools = QWidget()
        self._tools: QVBoxLayout = QVBoxLayout(tools)
        self._tools.setContentsMargins(tokens.GROUP, tokens.GAP, tokens.GROUP, tokens.GAP)
        self._tools.setSpacing(tokens.GAP)
        self._tool_row: QHBoxLayout = QHBoxLayout()
        self._tool_row.setSpacing(tokens.GAP + 4)
        self._tools.addLayout(self._tool_row)
        bottom = Qt.AlignmentFlag.AlignBottom
        self._tool_row.addWidget(self.of_item, 1)
        self._tool_row.addWidget(self._unfold, 0, bottom)
        self._tool_row.addWidget(self._described, _DESCRIBED)
        self._tool_row.addWidget(self.filter, 1, bottom)
        for act, kind in ((self.import_act, Kind.NORMAL), (self.finding_act, Kind.PRIMARY)):
            self._tool_row.addWidget(ActionButton(act, kind=kind), 0, bottom)
        self._foot: QWidget = QWidget()
        foot = self._foot
        line = QHBoxLayout(foot)
        line.setContentsMargins(tokens.GROUP, tokens.TIGHT, tokens.GROUP, tokens.TIGHT)
        line.setSpacing(tokens.GAP)
        line.addWidget(Icon("info", "text2", 16))
        line.addWidget(self._calendar, 1)
        line.addWidget(self._hint)
        foot.setProperty("ground", "surface")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for widget in (self.summary, Line(), tools, self.totals, Line()):
            rows.addWidget(widget)
        rows.addWidget(self.table, 1)
        rows.addWidget(Line())
        rows.addWidget(foot)
