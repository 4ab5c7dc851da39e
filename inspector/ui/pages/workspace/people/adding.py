"""Adding somebody: from the office's address book, or by a name that is typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.domain.text import fold
from inspector.services.address_book import KnownPerson
from inspector.ui import tokens
from inspector.ui.language import tr
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.field import Entry, TextField
from inspector.ui.widgets.pick_field import Choice
from inspector.ui.widgets.search_field import SearchField
from inspector.ui.widgets.text import Text

_CHOICES = 20


class Adding(QWidget):
    """``chosen`` carries a ``KnownPerson``, ``named`` a name; ``closed`` gives up."""

    chosen = Signal(object)
    named = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, KnownPerson] = {}
        self.head = Text(size=Size.HEAD, weight=Weight.STRONG)
        self.search = SearchField(tr("Tìm trong danh bạ của văn phòng"), self._find)
        self.name = TextField(tr("Hoặc gõ họ và tên"))
        self._hint = Text(tr("Gõ xong nhấn Enter; các phần khác ghi sau."), size=Size.META, tone="text2", wrap=True)
        self.search.committed.connect(self._take)
        self.name.committed.connect(self._name)
        head = QHBoxLayout()
        head.addWidget(self.head, 1)
        head.addWidget(
            Button(
                "",
                self.closed.emit,
                kind=Kind.QUIET,
                icon="x",
                height=tokens.SMALL_CONTROL,
                name=tr("Đóng phần thêm người"),
            )
        )
        rows = QVBoxLayout(self)
        rows.setContentsMargins(tokens.GROUP, tokens.GAP, tokens.GAP, tokens.GROUP)
        rows.setSpacing(tokens.GROUP)
        rows.addLayout(head)
        rows.addWidget(self.search)
        rows.addWidget(self.name)
        rows.addWidget(self._hint)
        rows.addStretch(1)

    def start(self, *, team: bool, known: Sequence[KnownPerson]) -> None:
        """Only the team is in the address book."""
        self.head.say(tr("Thêm thành viên đoàn") if team else tr("Thêm người của đơn vị"))
        self._known = {person.id: person for person in known} if team else {}
        self.search.setVisible(bool(self._known))
        self.name.set_label(tr("Hoặc gõ họ và tên") if self._known else tr("Họ và tên"))
        for field in (self.search, self.name):
            field.turn_to("", ())
        (self.search if self._known else self.name).setFocus(Qt.FocusReason.OtherFocusReason)

    def _find(self, text: str) -> list[Choice]:
        words = fold(text).split()
        found = (Choice(person.id, person.name, _detail(person)) for person in self._known.values())
        told = [choice for choice in found if all(word in fold(f"{choice.words} {choice.detail}") for word in words)]
        return told[:_CHOICES]

    def _take(self, entry: Entry) -> None:
        person = self._known.get(str(entry.value))
        self.search.turn_to("", ())
        if person is not None:
            self.chosen.emit(person)

    def _name(self, entry: Entry) -> None:
        self.name.turn_to("", ())
        if entry.text:
            self.named.emit(entry.text)


def _detail(person: KnownPerson) -> str:
    return ", ".join(part for part in (person.title, person.agency) if part)
