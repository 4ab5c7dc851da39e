"""Text widgets under test, and what they answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from inspector.ui.editing import Draft
from inspector.ui.pages.new_inspection.unit_field import UnitField
from inspector.ui.pages.settings.records import ListArea
from inspector.ui.pages.workspace.evidence.moment_field import MomentField
from inspector.ui.pages.workspace.growing_area import GrowingArea
from inspector.ui.pages.workspace.suggest_field import SuggestField
from inspector.ui.pages.workspace.time_field import TimeField
from inspector.ui.widgets.field import Entry, Field, TextArea, TextField
from inspector.ui.widgets.pick_field import Choice
from inspector.ui.widgets.search_field import SearchField
from inspector.ui.widgets.secret_field import SecretField
from inspector.ui.widgets.value_fields import DateField, NumberField

Show = Callable[[QWidget], None]
"""The fixture ``show``."""

TODAY = date(2026, 11, 26)

MAKERS: dict[str, Callable[[], Field]] = {
    "line": lambda: TextField("Tên"),
    "area": lambda: TextArea("Nhận xét"),
    "secret": lambda: SecretField("Mật khẩu"),
    "number": lambda: NumberField("Số hồ sơ"),
    "date": lambda: DateField("Ngày", lambda: TODAY),
    "list": lambda: ListArea("Nơi nhận"),
    "growing": lambda: GrowingArea("Dữ kiện"),
    "hour": lambda: TimeField("Giờ"),
    "moment": lambda: MomentField("Lúc", lambda: TODAY),
    "unit": lambda: UnitField("Đơn vị", lambda _text: None),
    "suggest": lambda: SuggestField("Đơn vị"),
    "search": lambda: SearchField("Đơn vị", lambda _text: [Choice("a", "đơn vị hành chính"), Choice("b", "danh mục")]),
}


class Desk:
    """A window with one field that has the caret, a button beside it, and all the field said."""

    def __init__(self, show: Show, field: Field) -> None:
        self.window = QWidget()
        self.field = field
        self.other = QPushButton("x")
        rows = QVBoxLayout(self.window)
        rows.addWidget(field)
        rows.addWidget(self.other)
        self.entries: list[Entry] = []
        self.drafts: list[Draft | None] = []
        self.begun = 0
        field.committed.connect(self.entries.append)
        field.drafted.connect(self.drafts.append)
        field.began.connect(self._begin)
        show(self.window)

    def enter(self) -> Desk:
        self.field.editor.setFocus()
        return self

    def leave(self) -> None:
        self.other.setFocus()

    @property
    def texts(self) -> list[str]:
        return [entry.text for entry in self.entries]

    def _begin(self) -> None:
        self.begun += 1
