"""People of the office and saved heads of the minutes: a list, and the fields of the chosen one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from PySide6.QtCore import QEvent

from inspector.domain.changeset import Json
from inspector.services.desk import Change, Receipt
from inspector.services.office import Kept, kept
from inspector.ui.actions import Acts
from inspector.ui.language import Words, tr
from inspector.ui.pages.flow import Flow
from inspector.ui.pages.line_list import LineList, Row
from inspector.ui.pages.settings.panel import FieldGrid, Panel
from inspector.ui.session import Session
from inspector.ui.theme import look, restyle
from inspector.ui.widgets.button import ActionButton
from inspector.ui.widgets.field import Entry, Field, TextArea, TextField
from inspector.ui.widgets.value_fields import NumberField

_LIST, _AREA = 220, 108


@dataclass(frozen=True)
class Spec:
    """What a group of records is: the entity, its acts, its fields (text, ``list`` or ``count``)."""

    entity: str
    head: Words
    line: Words
    create: str
    edit: str
    fields: tuple[tuple[str, Words, str], ...]
    details: tuple[str, ...]
    icon: str
    done: tuple[Words, Words]
    """What is said after a record was added, and after one was removed."""
    keyed: bool = False
    """The name is the record's key: it is written once."""


PEOPLE = Spec(
    "person",
    tr("Người của văn phòng"),
    tr("Danh bạ để chọn nhanh thành viên đoàn và đại diện đơn vị. Không ảnh hưởng cuộc kiểm tra đã lập."),
    "save_person",
    "edit_person",
    (("name", tr("Họ và tên"), ""), ("title", tr("Chức vụ"), ""), ("agency", tr("Cơ quan"), "")),
    ("title", "agency"),
    "user",
    (tr("Đã thêm vào danh bạ"), tr("Đã xóa khỏi danh bạ")),
)
LETTERHEADS = Spec(
    "letterhead",
    tr("Phần đầu biên bản"),
    tr("Điền sẵn cho cuộc kiểm tra lập mới: cơ quan, tên đoàn, ký hiệu, nơi nhận."),
    "save_letterhead",
    "save_letterhead",
    (
        ("name", tr("Tên gọi"), ""),
        ("superior_body", tr("Cơ quan chủ quản"), ""),
        ("team_name", tr("Tên đoàn"), ""),
        ("symbol", tr("Ký hiệu văn bản"), ""),
        ("place", tr("Địa danh"), ""),
        ("copies", tr("Số bản"), "count"),
        ("legal_bases", tr("Căn cứ, mỗi dòng một văn bản"), "list"),
        ("recipients", tr("Nơi nhận, mỗi dòng một nơi"), "list"),
    ),
    ("superior_body", "team_name"),
    "file-text",
    (tr("Đã thêm phần đầu biên bản"), tr("Đã xóa phần đầu biên bản")),
    keyed=True,
)


class RecordsPanel(Panel):
    """A new record begins with its name; each field is saved when it is left."""

    def __init__(self, session: Session, acts: Acts, spec: Spec) -> None:
        super().__init__(session, acts, spec.head, spec.line)
        self._spec = spec
        self._records: dict[str, Kept] = {}
        self.chosen = ""
        self._wanted = ""
        self.list = LineList(spec.head)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(lambda _key: self.fields["name" if not spec.keyed else spec.fields[1][0]].setFocus())
        add = acts.bind("settings-add", self.add, self)
        remove = acts.bind("settings-remove", self.remove, self.list)
        self.rows.addWidget(Flow(ActionButton(add), ActionButton(remove)))
        self.rows.addWidget(self.list)
        self.fields: dict[str, Field] = {}
        for name, words, kind in spec.fields:
            self.fields[name] = field = _field(words, kind)
            field.committed.connect(lambda entry, name=name: self._commit(name, entry))
        self.rows.addWidget(FieldGrid(*self.fields.values()))
        self.rows.addStretch(1)
        self.list.fit_rows(_LIST)
        self.setFocusProxy(self.list)
        self._open_fields()

    def arrive(self) -> None:
        self.session.ask(lambda desk: kept(desk, self._spec.entity), self._take, owner=self)

    def heard(self, change: Change) -> None:
        if self._spec.entity in change.entities:
            self.arrive()

    def add(self) -> None:
        """An empty form; it becomes a record with its name."""
        self._show("")
        self.fields["name"].setFocus()

    def remove(self) -> None:
        if self.list.key():
            self.session.perform(
                "remove_reference",
                {"entity": self._spec.entity, "record": self.list.key()},
                words=self._spec.done[1],
                failed=self.fail,
                owner=self,
            )

    def _take(self, found: tuple[Kept, ...]) -> None:
        self._records = {each.id: each for each in found}
        if self._wanted in self._records:
            self.chosen, self._wanted = self._wanted, ""
        chosen = self.chosen
        rows = [self._row(each) for each in found]
        self.list.show_rows(rows)
        if chosen in self._records:
            self.list.choose(chosen)
        self._show(chosen if chosen in self._records else self.list.key(), again=True)

    def _row(self, record: Kept) -> Row:
        detail = " · ".join(str(record.values[name]) for name in self._spec.details if record.values.get(name))
        return Row(record.id, str(record.values.get("name") or "…"), detail or "—", icon=self._spec.icon)

    def _choose(self, record: str) -> None:
        if record != self.chosen:
            self._show(record)

    def _show(self, record: str, *, again: bool = False) -> None:
        """The fields of a record; ``again`` leaves alone what is being typed."""
        same, self.chosen = again and record == self.chosen, record
        values: Mapping[str, Json] = self._records[record].values if record in self._records else {}
        for name, field in self.fields.items():
            text = _text(values.get(name))
            if same:
                field.show_value(text)
            else:
                field.finish()
                field.turn_to(text)
        self._open_fields()

    def _open_fields(self) -> None:
        """Without a name there is nothing to write the other fields to."""
        is_new = self.chosen not in self._records
        for name, field in self.fields.items():
            field.setEnabled(name == "name" or not is_new)
        name_field, fixed = self.fields["name"], self._spec.keyed and not is_new
        if name_field.is_read_only() != fixed:
            name_field.editor.setReadOnly(fixed)
            name_field.set_help(tr("Cần tên khác thì thêm dòng mới") if fixed else "")
            restyle(name_field.editor)

    def _commit(self, name: str, entry: Entry) -> None:
        field, record = self.fields[name], self.chosen
        is_new = record not in self._records
        given: dict[str, object] = {name: _value(entry, _kind(self._spec, name))}
        if not is_new and self._spec.keyed:
            given["name"] = self._records[record].values.get("name")
        elif not is_new:
            given["record"] = record

        def saved(receipt: Receipt) -> None:
            field.mark_saved(datetime.now())
            if is_new:
                self._wanted = receipt.ref
                self.arrive()

        self.session.perform(
            self._spec.create if is_new else self._spec.edit,
            given,
            words=self._spec.done[0] if is_new else tr("Đã sửa {field}", field=_label(self._spec, name)),
            then=saved,
            failed=field.mark_unsaved,
            owner=field,
        )


class ListArea(TextArea):
    """As high as some lines at any text scale."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self._settle()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._settle()

    def _settle(self) -> None:
        self.setFixedHeight(look().px(_AREA))


def _label(spec: Spec, name: str) -> Words:
    return next(words for known, words, _ in spec.fields if known == name)


def _kind(spec: Spec, name: str) -> str:
    return next(kind for known, _, kind in spec.fields if known == name)


def _field(words: Words, kind: str) -> Field:
    if kind == "count":
        return NumberField(words)
    if kind == "list":
        return ListArea(words)
    return TextField(words)


def _text(value: Json) -> str:
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)


def _value(entry: Entry, kind: str) -> object:
    if kind == "list":
        return [line.strip() for line in entry.text.split("\n") if line.strip()]
    return int(entry.value) if isinstance(entry.value, Decimal) else entry.value
