"""A person of the inspection at the side of the tables: what is typed here is saved on leaving, as everywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from inspector.domain.changeset import Json
from inspector.domain.inspection import Attendance, Signer, TeamMember, UnitPerson
from inspector.ui import tokens
from inspector.ui.language import Phrase, Words, mark_content, tr
from inspector.ui.pages.workspace.disagreeing import Disagreements, Disputed
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.pages.workspace.people.rows import OUTCOMES, RIGHTS, ROLES, SIDES
from inspector.ui.pages.workspace.suggest_field import SuggestField
from inspector.ui.pages.workspace.tied_fields import GroupWriting, Part, Picking, lock, text_or_none
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.field import Field, TextField
from inspector.ui.widgets.pick_field import Choice, PickField
from inspector.ui.widgets.text import CutText, Text
from inspector.ui.widgets.tick import Tick
from inspector.ui.writing import Post, Spot, Writing

Anybody = TeamMember | UnitPerson | Signer

_ACTS = {
    "team_member": ("edit_member", "member", tr("Đã sửa thành viên đoàn")),
    "unit_person": ("edit_unit_person", "unit_person", tr("Đã sửa người của đơn vị")),
    "signer": ("edit_signer", "signer", tr("Đã sửa người ký")),
}


class Panel(QWidget):
    """``closed`` sends the focus back to the table; ``asked`` for ``up``, ``down``, ``remove`` or ``sign``."""

    closed = Signal()
    asked = Signal(str)

    def __init__(self, opened: OpenInspection, disagreements: Disagreements, entity: str) -> None:
        super().__init__()
        self._opened, self._disagreements, self.entity = opened, disagreements, entity
        self.record = ""
        self.fields: dict[str, Field] = {}
        self.picks: dict[str, PickField] = {}
        self._writings: dict[str, Writing] = {}
        self._pickings: dict[str, Picking] = {}
        self._groups: dict[str, GroupWriting] = {}
        self._group_picks: dict[str, PickField] = {}
        self._disputed: dict[str, Disputed] = {}
        self._ticks: dict[str, dict[str, Tick]] = {}
        self._tick_rooms: dict[str, QGridLayout] = {}
        self.head = CutText(size=Size.HEAD, weight=Weight.STRONG)
        self.acts: dict[str, Button] = {}
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(tokens.GROUP, tokens.GAP, tokens.GROUP, tokens.GROUP)
        self._rows.setSpacing(tokens.GAP)
        self._frame()
        disagreements.changed.connect(self._show_opinions)

    # -------------------------------------------------------- showing

    def show_person(self, person: Anybody) -> None:
        self.record = person.id
        self.head.say(person.name or tr("Chưa ghi tên"))
        sight = self._opened.sight
        values: Mapping[str, object] = asdict(person) if is_dataclass(person) else {}
        for name, writing in self._writings.items():
            writing.show(self._spot(name), str(values.get(name) or ""), sight.operations(self.entity, person.id, name))
        for name, picking in self._pickings.items():
            picking.show(self._spot(name), _key(values.get(name)), sight.operations(self.entity, person.id, name))
        self._show_group(person)
        for name in self._ticks:
            self._show_ticks(name, values.get(name))
        self._lock(self._opened.why_read_only)
        self._show_opinions()

    def clear(self) -> None:
        for writing in self._writings.values():
            writing.clear()
        for group in self._groups.values():
            group.clear()
        self.record = ""

    def focus_field(self, name: str = "") -> None:
        target: QWidget = next(iter(self.fields.values()))
        wanted = "reason" if name in ("attendance", "outcome") else name.rpartition(".")[2]
        if name in self._group_picks:
            target = self._group_picks[name]
        elif wanted in self.fields:
            target = self.fields[wanted]
        elif wanted in self.picks:
            target = self.picks[wanted]
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(target)

    # -------------------------------------------------------- building

    def add_text(self, name: str, words: Words, field: Field | None = None) -> Field:
        made = field or TextField(words)
        self.fields[name] = made
        self._writings[name] = Writing(self._opened.session, made, self._post)
        self._place(name, words, made)
        return made

    def add_pick(self, name: str, words: Words, choices: Mapping[str, Phrase]) -> None:
        made = PickField(words, [Choice(key, said) for key, said in choices.items()])
        self.picks[name] = made
        self._pickings[name] = Picking(self._opened.session, made, self._post)
        self._place(name, words, made)

    def add_state(self, name: str, words: Words, choices: Mapping[str, Phrase], reason: Words) -> None:
        """A group of a state and its reason: ``attendance`` and ``outcome``."""
        pick = PickField(words, [Choice("", tr("Chưa ghi")), *(Choice(key, said) for key, said in choices.items())])
        field = TextField(reason)
        self._group_picks[name] = pick
        self.fields["reason"] = field
        parts = {"reason": Part(field, text_or_none)}
        self._groups[name] = GroupWriting(self._opened.session, parts, self._post_group)
        pick.committed.connect(lambda entry, name=name: self._choose_state(name, str(entry.value or "")))
        room = QWidget()
        rows = QVBoxLayout(room)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(tokens.GAP)
        rows.addWidget(pick)
        rows.addWidget(field)
        self._place(name, words, room)

    def add_ticks(self, name: str, words: Words) -> None:
        """A list of keys, each a tick; ``offer`` says which there are."""
        room = QWidget()
        rows = QVBoxLayout(room)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(tokens.TIGHT)
        rows.addWidget(Text(words, size=Size.META, weight=Weight.MEDIUM, tone="text2"))
        grid = QGridLayout()
        grid.setSpacing(tokens.TIGHT)
        rows.addLayout(grid)
        self._ticks[name] = {}
        self._tick_rooms[name] = grid
        self._place(name, words, room)

    def offer(self, name: str, choices: Mapping[str, tuple[Words, str]], columns: int) -> None:
        """The ticks of a list by key: words and what the tooltip tells."""
        if set(self._ticks[name]) == set(choices):
            return
        for tick in self._ticks[name].values():
            tick.hide()
            tick.deleteLater()
        self._ticks[name] = {}
        for place, (key, (words, told)) in enumerate(choices.items()):
            tick = Tick(words)
            if told:
                mark_content(tick, told)
                tick.setToolTip(told)
            tick.clicked.connect(partial(self._tick, name))
            self._ticks[name][key] = tick
            self._tick_rooms[name].addWidget(tick, place // columns, place % columns)
        if self._ticks[name] and "sign" in self.acts:
            # The ticks were made after the button that stands below them.
            QWidget.setTabOrder(list(self._ticks[name].values())[-1], self.acts["sign"])

    def suggest(self, name: str, texts: Sequence[str]) -> None:
        """What a field offers on demand."""
        field = self.fields[name]
        if isinstance(field, SuggestField):
            field.suggest(texts)

    def finish(self) -> None:
        """Everything was added."""
        if self.entity != "signer":
            words = tr("Đưa vào danh sách người ký")
            self.acts["sign"] = Button(words, lambda: self.asked.emit("sign"), icon="plus")
            self._rows.addWidget(self.acts["sign"], 0, Qt.AlignmentFlag.AlignLeft)
        self._rows.addStretch(1)

    def _frame(self) -> None:
        def button(run: str, words: Words, icon: str) -> Button:
            made = Button(
                "",
                lambda: self.asked.emit(run),
                kind=Kind.QUIET,
                icon=icon,
                height=tokens.SMALL_CONTROL,
                name=words,
            )
            self.acts[run] = made
            return made

        head = QHBoxLayout()
        head.setContentsMargins(tokens.GROUP, tokens.GAP, tokens.GAP, 0)
        head.setSpacing(tokens.TIGHT)
        head.addWidget(self.head, 1)
        head.addWidget(button("up", tr("Chuyển lên"), "arrow-up"))
        head.addWidget(button("down", tr("Chuyển xuống"), "arrow-down"))
        head.addWidget(button("remove", tr("Bỏ khỏi danh sách"), "trash-2"))
        head.addWidget(
            Button(
                "",
                self.closed.emit,
                kind=Kind.QUIET,
                icon="x",
                height=tokens.SMALL_CONTROL,
                name=tr("Đóng phần sửa"),
            )
        )
        page = QWidget()
        page.setProperty("scrolled", True)
        page.setLayout(self._rows)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(head)
        whole.addWidget(self._scroll, 1)

    def _place(self, name: str, words: Words, widget: QWidget) -> None:
        self._disputed[name] = Disputed(words, widget, _SAID.get(name, _plain))
        self._rows.addWidget(self._disputed[name])

    # -------------------------------------------------------- inside

    def _spot(self, name: str) -> Spot:
        return Spot(self._opened.id, self.entity, self.record, name)

    def _show_group(self, person: Anybody) -> None:
        for name, group in self._groups.items():
            state, reason, stored = _state_of(person)
            operations = self._opened.sight.operations(self.entity, person.id, name)
            self._group_picks[name].show_value(state, operations)
            group.show(self._spot(name), {"reason": reason or ""}, stored, operations)
            self.fields["reason"].setVisible(state in ("absent", "refused"))

    def _show_ticks(self, name: str, stored: object) -> None:
        chosen = stored if isinstance(stored, tuple | list) else ()
        for key, tick in self._ticks[name].items():
            tick.setChecked(key in chosen)

    def _lock(self, reason: Words) -> None:
        for field in self.fields.values():
            lock(field, reason)
        for pick in (*self.picks.values(), *self._group_picks.values()):
            lock(pick, reason)
        for ticks in self._ticks.values():
            for tick in ticks.values():
                tick.show_record(record=bool(str(reason)))
        for button in self.acts.values():
            button.setVisible(not str(reason))

    def _show_opinions(self) -> None:
        if self.record:
            for name, disputed in self._disputed.items():
                disputed.show_opinions(self._disagreements.of(self.entity, self.record, name))

    def _post(self, spot: Spot, value: object) -> Post:
        act, argument, words = _ACTS[self.entity]
        return Post(act, {argument: spot.record, spot.field: text_or_none(value)}, words)

    def _post_group(self, spot: Spot, value: dict[str, Json] | None) -> Post:
        act, argument, words = _ACTS[self.entity]
        return Post(act, {argument: spot.record, spot.field: value}, words)

    def _choose_state(self, name: str, key: str) -> None:
        reason = self.fields["reason"].text() or None
        stored: dict[str, Json] = {} if not key else _STATES[name](key)
        if reason and key in ("absent", "refused"):
            stored["reason"] = reason
        self._edit(name, stored or None, then=self._group_picks[name].mark_saved)

    def _tick(self, name: str, _checked: bool = False) -> None:
        self._edit(name, [key for key, tick in self._ticks[name].items() if tick.isChecked()] or None)

    def _edit(self, name: str, value: Json, then: Callable[[], object] = lambda: None) -> None:
        act, argument, words = _ACTS[self.entity]
        self._opened.perform(
            act,
            {argument: self.record, name: value},
            at=(self.entity, self.record, (name,)),
            words=words,
            then=lambda _receipt: then(),
            owner=self,
        )


def member_panel(opened: OpenInspection, disagreements: Disagreements) -> Panel:
    panel = Panel(opened, disagreements, "team_member")
    panel.add_text("name", tr("Họ và tên"))
    panel.add_text("title", tr("Chức vụ"))
    panel.add_text("agency", tr("Cơ quan"), SuggestField(tr("Cơ quan")))
    panel.add_pick("role", tr("Vai trò"), ROLES)
    panel.add_state("attendance", tr("Tham dự"), PRESENCE, tr("Lý do vắng"))
    panel.add_text("substitute_for", tr("Đi thay cho"))
    panel.add_ticks("rights", tr("Quyền"))
    panel.add_ticks("contents", tr("Nội dung phụ trách"))
    panel.offer("rights", {key: (words, "") for key, words in RIGHTS.items()}, 1)
    panel.finish()
    return panel


def unit_panel(opened: OpenInspection, disagreements: Disagreements) -> Panel:
    panel = Panel(opened, disagreements, "unit_person")
    panel.add_text("name", tr("Họ và tên"))
    panel.add_text("title", tr("Chức vụ"))
    panel.add_text("department", tr("Phòng, bộ phận"), SuggestField(tr("Phòng, bộ phận")))
    panel.add_state("attendance", tr("Tham dự"), PRESENCE, tr("Lý do vắng"))
    panel.finish()
    return panel


def signer_panel(opened: OpenInspection, disagreements: Disagreements) -> Panel:
    panel = Panel(opened, disagreements, "signer")
    panel.add_text("name", tr("Họ và tên"), SuggestField(tr("Họ và tên")))
    panel.add_text("position", tr("Quyền hạn, chức vụ của người ký"))
    panel.add_text("capacity", tr("Tư cách ký (KT., TUQ., TM., Q., TL.)"))
    panel.add_pick("side", tr("Ký cho bên"), SIDES)
    panel.add_state("outcome", tr("Việc ký"), OUTCOMES, tr("Lý do không ký"))
    panel.finish()
    return panel


PRESENCE: Mapping[str, Phrase] = {"present": tr("Có mặt"), "absent": tr("Vắng")}
_STATES: Mapping[str, Callable[[str], dict[str, Json]]] = {
    "attendance": lambda key: {"present": key == "present"},
    "outcome": lambda key: {"state": key},
}


def _state_of(person: Anybody) -> tuple[str, str | None, dict[str, Json]]:
    """The key of the state, its reason, and both as stored."""
    if isinstance(person, Signer):
        group: dict[str, Json] = {"state": person.outcome, "reason": person.reason}
        return person.outcome or "", person.reason, _filled(group)
    found: Attendance = person.attendance
    key = "" if found.present is None else "present" if found.present else "absent"
    return key, found.reason, _filled({"present": found.present, "reason": found.reason})


def _filled(group: Mapping[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in group.items() if value is not None}


def _key(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _plain(value: Json) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def _said_state(value: Json) -> str:
    if not isinstance(value, dict):
        return ""
    if "state" in value:
        words: object = OUTCOMES.get(str(value["state"]), "")
    else:
        words = PRESENCE["present" if value.get("present") else "absent"]
    return f"{words}: {value['reason']}" if value.get("reason") else str(words)


_SAID: Mapping[str, Callable[[Json], str]] = {
    "attendance": _said_state,
    "outcome": _said_state,
    "role": lambda value: str(ROLES.get(str(value), "")),
    "side": lambda value: str(SIDES.get(str(value), "")),
    "rights": lambda value: ", ".join(
        str(RIGHTS.get(str(key), key)) for key in (value if isinstance(value, list) else ())
    ),
}
