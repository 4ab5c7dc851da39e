"""The tab of findings: the list as it is printed, and one finding in full."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QMenu,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from inspector.domain.inspection import Finding
from inspector.domain.phrases import one_line
from inspector.services.desk import Receipt
from inspector.services.earlier import EarlierFinding, earlier_findings
from inspector.ui import tokens
from inspector.ui.actions import Acts
from inspector.ui.language import Words, tr
from inspector.ui.pages.workspace.arranging import arrange
from inspector.ui.pages.workspace.disagreeing import Disagreements
from inspector.ui.pages.workspace.findings.editor import FindingEditor
from inspector.ui.pages.workspace.findings.finding_list import KINDS, FindingDelegate, FindingModel, below, rows_of
from inspector.ui.pages.workspace.open_inspection import WHOLE, OpenInspection
from inspector.ui.pages.workspace.tab_page import TabPage
from inspector.ui.pages.workspace.talk import COMMENT
from inspector.ui.session import Session
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.where import Screen, Tab, Where
from inspector.ui.widgets.button import ActionButton, Kind
from inspector.ui.widgets.card import Line
from inspector.ui.widgets.empty_state import EmptyState, Way
from inspector.ui.widgets.text import Text

SHOWN = frozenset({"finding", "recommendation", "evidence", "evidence_link", "inspection", "unit_person", "signature"})
"""What this tab shows something of."""
_MERGE_CHOICES = 20


class FindingsTab(TabPage):
    """Selecting shows; nothing but a person's act selects another finding or moves the list."""

    def __init__(self, session: Session, acts: Acts, opened: OpenInspection, parent: QWidget | None = None) -> None:
        super().__init__(session, acts, opened, parent)
        self._wanted: tuple[str, str] | None = None
        self._earlier_of = ""
        self._disagreements = Disagreements(opened, self)
        self.model = FindingModel(self)
        self.list = FindingList(self.model)
        self.editor = FindingEditor(acts, opened, self._disagreements, keys_in=self)
        self._bind()
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._turn)
        self.list.activated.connect(lambda _index: self._enter())
        self.editor.kind_chosen.connect(self._choose_kind)
        self.editor.menu_wanted.connect(self._menu_of_editor)
        opened.refreshed.connect(self._refresh)
        if opened.is_here:
            self._refresh(WHOLE)

    # -------------------------------------------------------- page

    def title(self) -> Words:
        return tr("Phát hiện")

    def badge(self) -> Words:
        count = len(self.opened.inspection.printed_findings) if self.opened.is_here else 0
        return str(count) if count else ""

    def help(self) -> Words:
        return tr(
            "Danh sách đánh số như biên bản sẽ in. F9 ghi phát hiện mới, Alt+1, 2, 3 đổi loại mà không mất chữ nào, "
            "Alt+↑ Alt+↓ đổi thứ tự. Gõ số ngày thì có ngày đến hạn, gõ ngày thì có số ngày làm việc."
        )

    def page_count(self) -> Words:
        return tr("{count} phát hiện", count=len(self.model.findings()))

    def panes(self) -> list[QWidget]:
        return [self.list, self.editor.fields["content"].editor]

    def whereabouts(self) -> Where | None:
        return Where(Screen.WORKSPACE, self.opened.id, Tab.FINDINGS, "finding", self._chosen())

    def arrive(self, where: Where) -> None:
        """``finding`` or ``recommendation`` with its record and field; otherwise the list gets the focus."""
        if where.entity == "recommendation":
            owner = self._owner_of(where.record)
            if owner is not None:
                self._select(owner.id)
                self._show_one(editor=True)
                self.editor.focus_task(where.record, where.field)
                return
        if where.entity == "finding" and self.model.index_of(where.record).isValid():
            self._select(where.record)
            if where.field:
                self._enter(where.field)
                return
        elif where.entity == "finding" and where.record:
            self._wanted = (where.record, where.field)
        self._focus_list()

    # -------------------------------------------------------- building

    def _bind(self) -> None:
        bind = self.acts.bind
        self._add = bind("new-finding", self.add, self, tr("Ghi phát hiện mới"))
        self._changing = [
            self._add,
            *(bind(f"kind-{n}", partial(self._choose_kind, kind), self) for n, kind in enumerate(KINDS, 1)),
            bind("new-here", self.add, self.list, tr("Ghi phát hiện mới")),
            bind("finding-up", lambda: self._move(-1), self.list),
            bind("finding-down", lambda: self._move(1), self.list),
            bind("remove-row", self._remove, self.list, tr("Xóa phát hiện"), tr("Xóa phát hiện")),
        ]
        self._changing[-4].hint = None  # F9 says the same
        after = tr("Phát hiện sau")
        self._going = [
            bind("next", lambda: self._step(1), self, after, after),
            bind("previous", lambda: self._step(-1), self, tr("Phát hiện trước")),
        ]
        bind("write-comment", partial(self._enter, COMMENT), self)
        for native in ("choose", "open", "row-menu"):
            self.acts.name(native, self.list)
        self.acts.name("to-list", self.editor)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(tokens.GROUP, tokens.GAP, tokens.GAP + 4, tokens.GAP)
        head.addWidget(Text(tr("Phát hiện"), size=Size.HEAD, weight=Weight.STRONG), 1)
        self.add_button = ActionButton(self._add, kind=Kind.PRIMARY)
        head.addWidget(self.add_button)
        self._left = QWidget()
        self._left.setProperty("ground", "surface")
        self._left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Line())
        column.addWidget(self.list, 1)
        self._between = Line(upright=True)
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addWidget(self._between)
        row.addWidget(self.editor, 1)
        self._work = work
        self._empty = self._make_empty()
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(work)

    def _make_empty(self) -> EmptyState:
        def way(kind: str, detail: Words, keys: str = "") -> Way:
            return Way(KINDS[kind].words, detail, KINDS[kind].icon, lambda: self.add(kind), keys)

        return EmptyState(
            tr("Chưa có phát hiện"),
            tr("Nhấn F9 tại một mục để bắt đầu với câu gợi ý."),
            [
                way("shortcoming", tr("Ghi điều chưa đúng, nguyên nhân và kiến nghị khắc phục."), "F9"),
                way("strength", tr("Ghi việc đơn vị đã làm tốt.")),
                way("good_practice", tr("Ghi nhân tố mới để nơi khác học theo.")),
            ],
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Two panes, or one at a time where there is no room for both."""
        room = self.width() * 100 // look().scale
        self._is_narrow = room < tokens.TWO_PANES - tokens.RAIL_NARROW
        wide = room >= tokens.THREE_PANES - tokens.RAIL
        if self._is_narrow:
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(16_777_215)
        else:
            self._left.setFixedWidth(look().px(tokens.ITEMS if wide else tokens.ITEMS_NARROW))
        self._show_one(editor=self.editor.isAncestorOf(self.focusWidget() or self))

    _is_narrow = False

    def _show_one(self, *, editor: bool) -> None:
        self._left.setVisible(not (self._is_narrow and editor))
        self._between.setVisible(not self._is_narrow)
        self.editor.setVisible(not self._is_narrow or editor)

    # -------------------------------------------------------- following what was recorded

    def _refresh(self, entities: frozenset[str]) -> None:
        if entities and not entities & SHOWN:
            return
        if entities == WHOLE:
            self._look_back()
        chosen, place = self._chosen(), self.list.currentIndex().row()
        reason = self.opened.why_read_only
        for act in self._changing:
            act.close(reason) if str(reason) else act.open()
        self.add_button.setVisible(not str(reason))
        self.model.show_rows(rows_of(self.opened.inspection, self.opened.checklist))
        for act in self._going:
            act.open() if self.model.findings() else act.close(tr("Chưa có phát hiện"))
        self._pages.setCurrentWidget(self._work if self.model.findings() else self._empty)
        if self._go_to_wanted():
            return
        if not self.model.index_of(chosen).isValid():
            self._select(self._nearest(place))
        else:
            self._show(chosen)

    def _go_to_wanted(self) -> bool:
        """To a finding that was asked for before it was read."""
        wanted, field = self._wanted or ("", "")
        if not self.model.index_of(wanted).isValid():
            return False
        self._wanted = None
        self._select(wanted)
        if field:
            self._enter(field)
        return True

    def _look_back(self) -> None:
        """What earlier visits found, asked once for each inspection."""
        inspection = self.opened.id
        if inspection == self._earlier_of:
            return
        self._earlier_of = inspection

        def told(found: tuple[EarlierFinding, ...]) -> None:
            if inspection == self.opened.id:
                self.editor.show_earlier(found)

        self.session.ask(lambda desk: earlier_findings(desk, inspection), told, owner=self)

    def _nearest(self, place: int) -> str:
        """The finding that stands where the selected one stood."""
        rows = [row for row in self.model.rows if row.finding]
        if not rows:
            return ""
        before = sum(bool(row.finding) for row in self.model.rows[: max(place, 0)])
        return rows[min(before, len(rows) - 1)].finding

    def _turn(self, index: QModelIndex) -> None:
        if index.isValid():
            self._show(self.model.row(index).finding)

    def _show(self, finding: str) -> None:
        found = self._finding(finding)
        if found is None:
            self.editor.clear()
            return
        number = next((row.number for row in self.model.rows if row.finding == finding), 0)
        self.editor.show_finding(found, number)

    def _select(self, finding: str) -> None:
        index = self.model.index_of(finding)
        if not index.isValid():
            self._show("")
        elif index == self.list.currentIndex():
            self._show(finding)
        else:
            self.list.setCurrentIndex(index)

    # -------------------------------------------------------- acts

    def add(self, kind: str = "") -> None:
        """A new finding of this kind, or of that of the selected one; the caret goes into its content."""
        chosen = self._finding(self._chosen())
        wanted = kind or (chosen.kind if chosen else "shortcoming")
        self.opened.perform(
            "add_finding", {"kind": wanted}, words=tr("Đã thêm phát hiện"), then=self._added, owner=self
        )

    def _added(self, receipt: Receipt) -> None:
        self._wanted = (receipt.ref, "content")
        self._go_to_wanted()

    def _choose_kind(self, kind: str) -> None:
        finding = self._finding(self._chosen())
        if finding is None or finding.kind == kind or self.opened.is_read_only:
            return
        self.opened.perform(
            "edit_finding",
            {"finding": finding.id, "kind": kind},
            at=("finding", finding.id, ("kind",)),
            words=tr("Đã đổi loại phát hiện"),
        )

    def _remove(self) -> None:
        if finding := self._chosen():
            self.opened.perform("remove_finding", {"finding": finding}, words=tr("Đã xóa phát hiện"))

    def _move(self, step: int) -> None:
        finding = self._finding(self._chosen())
        if finding is not None:
            inspection = self.opened.inspection
            among = [each.id for each in inspection.findings_of(finding.kind)]
            if finding.id in among:
                arrange(self.opened, "finding", finding.id, step, [each.id for each in inspection.findings], among)

    def _merge(self, into: str) -> None:
        finding = self._chosen()
        self.opened.perform(
            "merge_findings",
            {"finding": finding, "into": into},
            at=("finding", finding, ("merged_into",)),
            words=tr("Đã gộp phát hiện trùng"),
        )

    def _step(self, step: int) -> None:
        """To the next finding; the caret stays in the editor when it is there."""
        findings = self.model.findings()
        if not findings:
            return
        chosen = self._chosen()
        place = findings.index(chosen) + step if chosen in findings else 0
        inside = self.editor.isAncestorOf(self.focusWidget() or self)
        if 0 <= place < len(findings):
            self._select(findings[place])
            if inside:
                self._enter()

    def _enter(self, field: str = "content") -> None:
        if self._chosen():
            self._show_one(editor=True)
            self.editor.focus_field(field)

    def _focus_list(self) -> None:
        self._show_one(editor=False)
        if self._pages.currentWidget() is self._empty:
            self._empty.set_focus()
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # -------------------------------------------------------- menu and keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.list.hasFocus():
            self._focus_list()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.list.hasFocus() and self._chosen() and not self.opened.is_read_only:
            index = self.list.currentIndex()
            self._open_menu(self.list.viewport().mapToGlobal(below(self.list.visualRect(index))))

    def _menu_of_editor(self) -> None:
        button = self.editor.menu
        self._open_menu(button.mapToGlobal(QPoint(0, button.height())))

    def _open_menu(self, place: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def menu(self) -> QMenu:
        """What can be done with the selected finding."""
        menu = QMenu(self)
        entries: list[tuple[Words, Callable[[], object]]] = [
            (tr("Chuyển lên"), lambda: self._move(-1)),
            (tr("Chuyển xuống"), lambda: self._move(1)),
            (tr("Xóa phát hiện"), self._remove),
        ]
        for words, run in entries:
            menu.addAction(str(words)).triggered.connect(lambda _checked=False, run=run: run())
        others = self._like_this()
        if others:
            merge = menu.addMenu(str(tr("Gộp vào phát hiện")))
            for number, finding in others[:_MERGE_CHOICES]:
                words = f"{number}. {one_line(finding.content)[:60]}".replace("&", "&&")
                action = merge.addAction(words)
                action.triggered.connect(lambda _checked=False, into=finding.id: self._merge(into))
        return menu

    def _like_this(self) -> list[tuple[int, Finding]]:
        """The other printed findings of the same kind with their numbers."""
        finding = self._finding(self._chosen())
        if finding is None or finding.merged_into:
            return []
        printed = enumerate(self.opened.inspection.findings_of(finding.kind), 1)
        return [(number, other) for number, other in printed if other.id != finding.id]

    # -------------------------------------------------------- looking up

    def _chosen(self) -> str:
        index = self.list.currentIndex()
        return self.model.row(index).finding if index.isValid() else ""

    def _finding(self, finding: str) -> Finding | None:
        findings = self.opened.inspection.findings if self.opened.is_here else ()
        return next((each for each in findings if each.id == finding), None)

    def _owner_of(self, task: str) -> Finding | None:
        findings = self.opened.inspection.findings if self.opened.is_here else ()
        return next((each for each in findings if any(part.id == task for part in each.recommendations)), None)


class FindingList(QListView):
    """Letters and digits choose nothing here: no search by typing."""

    def __init__(self, model: FindingModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(FindingDelegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._name()

    def keyboardSearch(self, _text: str) -> None:
        pass

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Rows grow where the list becomes narrow: the one that is shown in full stays in view.
        self.executeDelayedItemsLayout()
        self.scrollTo(self.currentIndex())

    def changeEvent(self, event: object) -> None:
        super().changeEvent(event)  # type: ignore[arg-type]  # as Qt hands it over
        self._name()

    def _name(self) -> None:
        self.setAccessibleName(str(tr("Danh sách phát hiện")))
