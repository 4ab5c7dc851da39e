"""The tab of the people: the team, those of the unit, who signs; beside them the counts, or one person in full."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QStackedLayout, QStackedWidget, QVBoxLayout, QWidget

from inspector.domain.inspection import Signer, TeamMember, UnitPerson
from inspector.services.address_book import KnownPerson, known_people
from inspector.services.desk import Receipt
from inspector.ui import tokens
from inspector.ui.actions import Act, Acts
from inspector.ui.language import Words, tr
from inspector.ui.pages.workspace.arranging import arrange
from inspector.ui.pages.workspace.disagreeing import Disagreements
from inspector.ui.pages.workspace.findings.tasks import doers
from inspector.ui.pages.workspace.open_inspection import WHOLE, OpenInspection
from inspector.ui.pages.workspace.people.adding import Adding
from inspector.ui.pages.workspace.people.head_sheet import HeadSheet
from inspector.ui.pages.workspace.people.headcounts import Headcounts
from inspector.ui.pages.workspace.people.panel import Panel, member_panel, signer_panel, unit_panel
from inspector.ui.pages.workspace.people.people_card import PeopleCard
from inspector.ui.pages.workspace.people.rows import ROLES, present_words, signer_rows, team_rows, turned, unit_rows
from inspector.ui.pages.workspace.people.table import PeopleTable
from inspector.ui.pages.workspace.tab_page import TabPage
from inspector.ui.session import Session
from inspector.ui.theme import look
from inspector.ui.where import Screen, Tab, Where
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.card import Card

SHOWN = frozenset({"team_member", "unit_person", "signer", "headcount", "inspection", "signature", "evidence_link"})
"""What this tab shows something of."""
MOST_SIGNERS = 6
_SIDE, _SIDE_NARROW = 408, 376
"""Width of the counts and of a person in full, beside wide and beside narrow tables."""

Anybody = TeamMember | UnitPerson | Signer


class PeopleTab(TabPage):
    """Three tables of whole rows; F2 or Enter opens a person at the side, Space says who is there."""

    def __init__(self, session: Session, acts: Acts, opened: OpenInspection, parent: QWidget | None = None) -> None:
        super().__init__(session, acts, opened, parent)
        self._wanted: tuple[str, str, str] | None = None
        self._known: tuple[KnownPerson, ...] = ()
        self._disagreements = Disagreements(opened, self)
        self.cards = {
            "team_member": PeopleCard(
                tr("Đoàn kiểm tra"),
                (tr("Họ và tên"), tr("Chức vụ, cơ quan"), tr("Vai trò"), tr("Phụ trách"), tr("Tham dự")),
                (1, 9, 1, 1, 0),
                tr("Thêm người"),
            ),
            "unit_person": PeopleCard(
                tr("Đơn vị được kiểm tra"),
                (tr("Họ và tên"), tr("Chức vụ, bộ phận"), tr("Vai trò"), tr("Tham dự")),
                (1, 9, 1, 0),
                tr("Thêm người"),
            ),
            "signer": PeopleCard(
                tr("Người ký biên bản"),
                (tr("Họ và tên"), tr("Tư cách, chức vụ"), tr("Bên"), tr("Việc ký")),
                (1, 9, 1, 0),
                tr("Thêm người ký"),
            ),
        }
        self._panels: dict[str, Panel] = {}
        self._sheet: HeadSheet | None = None
        self.adding = Adding()
        self.counts = Headcounts(session, acts, opened, self._disagreements)
        self._changing: list[Act] = []
        self._editing: list[Act] = []
        self._lay_out()
        for entity in self.cards:
            self._bind(entity)
        self._connect()
        opened.refreshed.connect(self._refresh)
        if opened.is_here:
            self._refresh(WHOLE)

    # -------------------------------------------------------- page

    def title(self) -> Words:
        return tr("Thành phần")

    def badge(self) -> Words:
        if not self.opened.is_here:
            return ""
        inspection = self.opened.inspection
        return str(len(inspection.team) + len(inspection.unit_people) or "")

    def help(self) -> Words:
        return tr(
            "Space ghi có mặt hoặc vắng, F2 sửa ở bên phải, Ctrl+N thêm người, Alt+↑ Alt+↓ đổi thứ tự. "
            "Phần đầu biên bản, căn cứ và nơi nhận ở nút Thông tin biên bản."
        )

    def panes(self) -> list[QWidget]:
        if self._is_on_sheet():
            return [self.sheet.first_field()]
        tables: list[QWidget] = [self._table(entity) for entity in self.cards]
        beside = self.counts.pane() if self._side.currentWidget() is self.counts else self._side.currentWidget()
        return [*tables, beside] if beside is not None else tables

    def whereabouts(self) -> Where | None:
        if self._is_on_sheet():
            return Where(Screen.WORKSPACE, self.opened.id, Tab.PEOPLE, "inspection", self.opened.id)
        return Where(Screen.WORKSPACE, self.opened.id, Tab.PEOPLE)

    def arrive(self, where: Where) -> None:
        """``inspection`` and a field open the head of the minutes; a person opens at the side."""
        if where.entity == "inspection" and where.field not in self.cards:
            self._show_sheet(where.field)
            return
        self._pages.setCurrentIndex(0)
        entity = where.field if where.entity == "inspection" else where.entity
        if entity in self.cards:
            table = self._table(entity)
            if table.choose(where.record):
                self._open_panel(entity, where.field)
            else:
                self._show_tables()
                self._focus_card(entity)
            return
        self._show_tables()
        if where.entity == "headcount":
            self._show_one(side=True)
            self.counts.go_to(where.record)
        else:
            self._focus_card("team_member")

    # -------------------------------------------------------- building

    def _lay_out(self) -> None:
        page = QWidget()
        page.setProperty("scrolled", True)
        column = QVBoxLayout(page)
        column.setContentsMargins(tokens.GROUP, tokens.GAP + 4, tokens.GAP, tokens.GROUP)
        column.setSpacing(tokens.GAP + 4)
        words, open_sheet = tr("Thông tin biên bản"), partial(self._show_sheet, "")
        self.to_sheet = Button(words, open_sheet, kind=Kind.QUIET, icon="file-text", name=words)
        count = tr("Số người có mặt")
        self.to_counts = Button("", self._show_counts, kind=Kind.QUIET, icon="users", name=count)
        head = self.cards["team_member"].head
        head.insertWidget(head.count() - 1, self.to_counts)
        head.insertWidget(head.count() - 1, self.to_sheet)
        for card in self.cards.values():
            column.addWidget(card)
        column.addStretch(1)
        self._left = QScrollArea()
        self._left.setWidgetResizable(True)
        self._left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._left.setWidget(page)
        self._side = QStackedWidget()
        self._side.addWidget(self.counts)
        self._side.addWidget(self.adding)
        self._right = Card()
        self._right.rows.setContentsMargins(1, 1, 1, 1)
        self._right.rows.addWidget(self._side)
        self._right_room = QWidget()
        room = QVBoxLayout(self._right_room)
        room.setContentsMargins(tokens.GAP, tokens.GAP + 4, tokens.GROUP, tokens.GROUP)
        room.addWidget(self._right)
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left, 1)
        row.addWidget(self._right_room)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(work)
        stops = [
            self.to_counts,
            self.to_sheet,
            *(stop for card in self.cards.values() for stop in (card.add, card.table)),
        ]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    # -------------------------------------------------------- parts made when first needed

    @property
    def sheet(self) -> HeadSheet:
        """The head of the minutes."""
        if self._sheet is None:
            self._sheet = HeadSheet(self.opened, self._disagreements)
            self._sheet.closed.connect(self._close_sheet)
            self._pages.addWidget(self._sheet)
            self._sheet.show_inspection()
        return self._sheet

    def _is_on_sheet(self) -> bool:
        return self._sheet is not None and self._pages.currentWidget() is self._sheet

    def panel(self, entity: str) -> Panel:
        """Where somebody of this table is shown in full."""
        if entity not in self._panels:
            make = {"team_member": member_panel, "unit_person": unit_panel, "signer": signer_panel}[entity]
            panel = make(self.opened, self._disagreements)
            panel.closed.connect(partial(self._back_to, entity))
            panel.asked.connect(partial(self._asked, entity))
            self._panels[entity] = panel
            self._side.addWidget(panel)
            self._offer(entity)
        return self._panels[entity]

    def _bind(self, entity: str) -> None:
        table, card = self._table(entity), self.cards[entity]
        add = partial(self.add, entity)
        # In the order in which the foot names them.
        if entity != "signer":
            self._changing.append(self.acts.name("tick", table))
        self._editing.append(self.acts.bind("edit", partial(self._open_panel, entity), table))
        self._changing.append(
            self.acts.bind("remove-row", partial(self._remove, entity), table, tr("Bỏ khỏi danh sách"))
        )
        for native in ("choose", "open"):
            self.acts.name(native, table)
        self._changing += [
            self.acts.bind("person-up", partial(self._move, entity, -1), table),
            self.acts.bind("person-down", partial(self._move, entity, 1), table),
            self.acts.bind("new-person", add, card, card.add_words),
        ]
        card.add_pressed.connect(add)
        table.activated.connect(lambda _index: self._open_panel(entity))
        table.clicked.connect(lambda _index: self._follow(entity))
        table.selectionModel().currentChanged.connect(lambda *_: self._follow(entity))
        table.ticked.connect(partial(self._turn_presence, entity))
        table.left.connect(partial(self._go_over, entity))

    def _connect(self) -> None:
        self.adding.chosen.connect(self._add_known)
        self.adding.named.connect(self._add_named)
        self.counts.found.connect(self._find)
        self.adding.closed.connect(lambda: self._back_to(self._adding_to))

    _adding_to = "team_member"

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        room = self.width() * 100 // look().scale
        self._is_narrow = room < tokens.TWO_PANES - tokens.RAIL_NARROW
        if self._is_narrow:
            self._right_room.setMinimumWidth(0)
            self._right_room.setMaximumWidth(16_777_215)
        else:
            wide = room >= tokens.THREE_PANES - tokens.RAIL
            self._right_room.setFixedWidth(look().px(_SIDE if wide else _SIDE_NARROW) + tokens.EDGE)
        self.to_counts.setVisible(self._is_narrow)
        self.to_sheet.say(tr("Thông tin biên bản") if room >= tokens.THREE_PANES - tokens.RAIL else "")
        self._show_one(side=self._is_beside())

    _is_narrow = False

    def _show_one(self, *, side: bool) -> None:
        self._left.setVisible(not (self._is_narrow and side))
        self._right_room.setVisible(not self._is_narrow or side)

    # -------------------------------------------------------- following what was recorded

    def _refresh(self, entities: frozenset[str]) -> None:
        if entities and not entities & SHOWN:
            return
        inspection = self.opened.inspection
        if entities == WHOLE:
            self._show_tables()
        reason = self.opened.why_read_only
        for act in self._changing:
            act.close(reason) if str(reason) else act.open()
        for act in self._editing:
            act.hint = tr("Xem") if str(reason) else act.command.hint
        self.cards["team_member"].show_rows(team_rows(inspection), present_words(inspection.team))
        self.cards["unit_person"].show_rows(unit_rows(inspection), present_words(inspection.unit_people))
        signers = signer_rows(inspection)
        self.cards["signer"].show_rows(signers, tr("{count} người", count=len(signers)) if signers else "")
        for entity, card in self.cards.items():
            full = entity == "signer" and len(signers) >= MOST_SIGNERS
            card.add.setVisible(not str(reason) and not full)
        tables = [card.table for card in self.cards.values()]
        for table in tables:
            table.keep_in_line([other for other in tables if other is not table and other.model().rowCount()])
        self.counts.show_inspection()
        if self._sheet is not None:
            self._sheet.show_inspection()
        self._show_wanted()
        for entity, panel in self._panels.items():
            self._offer(entity)
            if self._side.currentWidget() is panel:
                self._fill_panel(entity)

    def _offer(self, entity: str) -> None:
        """What the fields of a panel can be filled from."""
        inspection, panel = self.opened.inspection, self._panels[entity]
        if entity == "team_member":
            sections = self.opened.checklist.sections if self.opened.checklist else ()
            contents: dict[str, tuple[Words, str]] = {part.code: (part.code, part.title) for part in sections}
            panel.offer("contents", contents, 4)
            panel.suggest("agency", [member.agency or "" for member in inspection.team])
        elif entity == "unit_person":
            panel.suggest("department", doers(inspection))
        else:
            names = [member.name or "" for member in inspection.team]
            panel.suggest("name", [*names, *(person.name or "" for person in inspection.unit_people)])

    def _show_wanted(self) -> None:
        entity, record, field = self._wanted or ("", "", "")
        if entity and self._table(entity).choose(record):
            self._wanted = None
            self._open_panel(entity, field)

    def _fill_panel(self, entity: str) -> None:
        person = self._person(entity, self._panels[entity].record)
        if person is None:
            self._back_to(entity)
        else:
            self._panels[entity].show_person(person)

    def _follow(self, entity: str) -> None:
        """While a person is open at the side, the side follows the table."""
        if not self._is_beside() or self._side.currentWidget() is self.adding:
            return
        person = self._person(entity, self._table(entity).chosen())
        if person is not None and self._table(entity).hasFocus():
            self.panel(entity).show_person(person)
            self._side.setCurrentWidget(self.panel(entity))

    # -------------------------------------------------------- the side

    def _is_beside(self) -> bool:
        return self._side.currentIndex() > 0

    def _open_panel(self, entity: str, field: str = "") -> None:
        person = self._person(entity, self._table(entity).chosen())
        if person is None:
            return
        panel = self.panel(entity)
        panel.show_person(person)
        self._side.setCurrentWidget(panel)
        self._show_one(side=True)
        panel.focus_field(field)

    def _back_to(self, entity: str) -> None:
        self._show_tables()
        self._focus_card(entity)

    def _focus_card(self, entity: str) -> None:
        """To the table, or to what fills it."""
        table = self._table(entity)
        (table if table.chosen() else self.cards[entity].add).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_tables(self) -> None:
        self._side.setCurrentIndex(0)
        self._show_one(side=False)

    def _show_counts(self) -> None:
        """Where there is room for one pane only."""
        self._side.setCurrentIndex(0)
        self._show_one(side=True)
        self.counts.focus()

    def _show_sheet(self, field: str) -> None:
        self._pages.setCurrentWidget(self.sheet)
        self.sheet.focus_field(field)

    def _close_sheet(self) -> None:
        self._pages.setCurrentIndex(0)
        self.to_sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    # -------------------------------------------------------- acts

    def add(self, entity: str) -> None:
        """Ask at the side whom to add; a signer begins with who usually signs."""
        if self.opened.is_read_only:
            return
        if entity == "signer":
            self._add_signer()
            return
        self._adding_to = entity

        def told(known: tuple[KnownPerson, ...]) -> None:
            here = {member.name for member in self.opened.inspection.team}
            self._side.setCurrentWidget(self.adding)
            self._show_one(side=True)
            rest = [person for person in known if person.name not in here]
            self.adding.start(team=entity == "team_member", known=rest)

        self.session.ask(known_people, told, owner=self)

    def _add_known(self, person: KnownPerson) -> None:
        values = {"name": person.name, "title": person.title, "agency": person.agency, "contents": person.contents}
        given = {name: list(value) if isinstance(value, tuple) else value for name, value in values.items() if value}
        self._add("add_member", {**given, "person": person.id, "role": "member"}, "role")

    def _add_named(self, name: str) -> None:
        if self._adding_to == "team_member":
            self._add("add_member", {"name": name, "role": "member"}, "title")
        else:
            self._add("add_unit_person", {"name": name}, "title")

    def _add_signer(self) -> None:
        """The lead for the team, then the head of the unit, then others."""
        inspection = self.opened.inspection
        signed = {signer.side for signer in inspection.signers}
        given: dict[str, object] = {"side": "other", "position": str(ROLES["member"])}
        lead, first = inspection.lead, next(iter(inspection.unit_people), None)
        if "team" not in signed:
            given = {"side": "team", "position": ROLES["lead"].source, "name": lead.name if lead else None}
        elif "unit" not in signed and inspection.form != "remote":
            title = first.title if first else None
            position = title or inspection.unit.head_title or ROLES["member"].source
            given = {"side": "unit", "position": position, "name": first.name if first else None}
        self._add("add_signer", {name: value for name, value in given.items() if value}, "name")

    def _add(self, act: str, given: dict[str, object], field: str) -> None:
        entity = {"add_member": "team_member", "add_unit_person": "unit_person", "add_signer": "signer"}[act]
        words = tr("Đã thêm người ký") if entity == "signer" else tr("Đã thêm người")

        def added(receipt: Receipt) -> None:
            self._wanted = (entity, receipt.ref, field)
            self._show_wanted()

        self.opened.perform(act, given, words=words, then=added, owner=self)

    def _asked(self, entity: str, what: str) -> None:
        if what == "remove":
            self._remove(entity)
        elif what == "sign":
            self._sign(entity)
        else:
            self._move(entity, 1 if what == "down" else -1)

    def _sign(self, entity: str) -> None:
        person = self._person(entity, self._table(entity).chosen())
        if person is None or len(self.opened.inspection.signers) >= MOST_SIGNERS:
            return
        role = ROLES.get(person.role or "") if isinstance(person, TeamMember) else None
        title = role.source if role is not None else getattr(person, "title", None)
        side = "team" if entity == "team_member" else "unit"
        given = {"side": side, "position": title or ROLES["member"].source, "name": person.name}
        self._add("add_signer", {name: value for name, value in given.items() if value}, "position")

    def _remove(self, entity: str) -> None:
        act, argument = {
            "team_member": ("remove_member", "member"),
            "unit_person": ("remove_unit_person", "unit_person"),
            "signer": ("remove_signer", "signer"),
        }[entity]
        if record := self._table(entity).chosen():
            self.opened.perform(act, {argument: record}, words=tr("Đã bỏ khỏi danh sách"))

    def _move(self, entity: str, step: int) -> None:
        records = [row.id for row in self.cards[entity].model.rows]
        if record := self._table(entity).chosen():
            arrange(self.opened, entity, record, step, records, records)

    def _turn_presence(self, entity: str) -> None:
        person = self._person(entity, self._table(entity).chosen())
        if not isinstance(person, TeamMember | UnitPerson) or self.opened.is_read_only:
            return
        act, argument = ("mark_member", "member") if entity == "team_member" else ("edit_unit_person", "unit_person")
        attendance = turned(person.attendance)
        words = tr("Đã ghi có mặt: {name}", name=person.name or "…")
        if not attendance["present"]:
            words = tr("Đã ghi vắng: {name}", name=person.name or "…")
        self.opened.perform(
            act,
            {argument: person.id, "attendance": attendance},
            at=(entity, person.id, ("attendance",)),
            words=words,
        )

    def _find(self, item: str) -> None:
        """A finding from what was counted, to be worded on its own tab."""

        def added(receipt: Receipt) -> None:
            inspection = self.opened.id
            self.session.go(Where(Screen.WORKSPACE, inspection, Tab.FINDINGS, "finding", receipt.ref, "content"))

        given = {"kind": "shortcoming", **({"item": item} if item else {})}
        self.opened.perform("add_finding", given, words=tr("Đã thêm phát hiện"), then=added, owner=self)

    # -------------------------------------------------------- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = next((entity for entity in self.cards if self._table(entity).hasFocus()), "")
        if event.key() == Qt.Key.Key_Escape and self._is_on_sheet():
            self._close_sheet()
        elif event.key() == Qt.Key.Key_Escape and not focused:
            self._back_to(self._beside())
        else:
            super().keyPressEvent(event)

    def _beside(self) -> str:
        shown = self._side.currentWidget()
        return next((entity for entity, panel in self._panels.items() if panel is shown), self._adding_to)

    def _go_over(self, entity: str, step: int) -> None:
        """From the end of one table into the next."""
        entities = list(self.cards)
        place = entities.index(entity) + step
        if 0 <= place < len(entities):
            table = self._table(entities[place])
            if table.model().rowCount():
                table.setCurrentIndex(table.model().index(0 if step > 0 else table.model().rowCount() - 1, 0))
            table.setFocus(Qt.FocusReason.OtherFocusReason)

    def menu(self, entity: str) -> QMenu:
        """What can be done with the selected person."""
        menu = QMenu(self)
        entries = [
            (tr("Sửa"), partial(self._open_panel, entity)),
            (tr("Chuyển lên"), partial(self._move, entity, -1)),
            (tr("Chuyển xuống"), partial(self._move, entity, 1)),
            (tr("Bỏ khỏi danh sách"), partial(self._remove, entity)),
        ]
        for words, run in entries:
            menu.addAction(str(words)).triggered.connect(lambda _checked=False, run=run: run())
        return menu

    def contextMenuEvent(self, _event: QContextMenuEvent) -> None:
        entity = next((entity for entity in self.cards if self._table(entity).hasFocus()), "")
        if entity and self._table(entity).chosen() and not self.opened.is_read_only:
            table = self._table(entity)
            menu = self.menu(entity)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            box = table.visualRect(table.currentIndex())
            menu.popup(table.viewport().mapToGlobal(QPoint(box.left() + tokens.GROUP, box.bottom())))

    # -------------------------------------------------------- looking up

    def _table(self, entity: str) -> PeopleTable:
        return self.cards[entity].table

    def _person(self, entity: str, record: str) -> Anybody | None:
        inspection = self.opened.inspection
        people: dict[str, tuple[Anybody, ...]] = {
            "team_member": inspection.team,
            "unit_person": inspection.unit_people,
            "signer": inspection.signers,
        }
        return next((person for person in people[entity] if person.id == record), None)
