"""Which items, findings and counts a piece of evidence is attached to, and one more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.domain.ids import natural_id
from inspector.domain.inspection import Evidence as Piece
from inspector.domain.inspection import Subject
from inspector.domain.text import fold
from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.field import Entry
from inspector.ui.widgets.pick_field import Choice
from inspector.ui.widgets.search_field import SearchField
from inspector.ui.widgets.text import CutText, Text

_MOST = 40


class Links(QWidget):
    """``added`` and ``removed`` carry the argument of the act and its value: ``("finding", id)``."""

    added = Signal(str, str)
    removed = Signal(str, str)

    def __init__(self, opened: OpenInspection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self._list = QVBoxLayout()
        self._list.setSpacing(tokens.TIGHT)
        self._shown: tuple[Subject, ...] | None = None
        self.search = SearchField(tr("Gắn thêm với mục, phát hiện"), self._find)
        self.search.committed.connect(self._take)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(tokens.TIGHT)
        rows.addWidget(Text(tr("Đang gắn với"), size=Size.META, weight=Weight.MEDIUM, tone="text2"))
        rows.addLayout(self._list)
        rows.addWidget(self.search)

    def show_piece(self, piece: Piece) -> None:
        self.search.setVisible(not self._opened.is_read_only)
        if piece.subjects == self._shown:
            return
        self._shown = piece.subjects
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for subject in piece.subjects:
            self._list.addWidget(self._row(subject, alone=len(piece.subjects) == 1))

    def _row(self, subject: Subject, *, alone: bool) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(CutText(self._name(subject), size=Size.META), 1)
        if not alone and not self._opened.is_read_only:
            argument, value = self._argument(subject)
            button = Button(
                "",
                lambda: self.removed.emit(argument, value),
                kind=Kind.QUIET,
                icon="x",
                height=tokens.SMALL_CONTROL,
                name=tr("Gỡ khỏi chỗ này"),
            )
            row.addWidget(button)
        return line

    def _find(self, typed: str) -> Sequence[Choice]:
        wanted = fold(typed)
        return [choice for choice in self._choices() if wanted in fold(f"{choice.words} {choice.detail}")][:_MOST]

    def _choices(self) -> list[Choice]:
        items = self._opened.checklist.items if self._opened.checklist is not None else ()
        found = [Choice(f"item:{item.key}", item.code, item.text) for item in items]
        numbered = enumerate(self._opened.inspection.printed_findings, 1)
        return found + [
            Choice(f"finding:{finding.id}", tr("Phát hiện {number}", number=number), finding.content or "")
            for number, finding in numbered
        ]

    def _take(self, entry: Entry) -> None:
        if isinstance(entry.value, str):
            argument, _, value = entry.value.partition(":")
            self.added.emit(argument, value)
        self.search.mark_saved()
        self.search.turn_to("")

    def _argument(self, subject: Subject) -> tuple[str, str]:
        if subject.entity != "answer":
            return subject.entity, subject.id
        items = self._opened.checklist.items if self._opened.checklist is not None else ()
        keys = (item.key for item in items if natural_id(self._opened.id, "answer", item.key) == subject.id)
        return "item", next(keys, "")

    def _name(self, subject: Subject) -> Words:
        argument, value = self._argument(subject)
        if argument == "item":
            items = self._opened.checklist.items if self._opened.checklist is not None else ()
            item = next((item for item in items if item.key == value), None)
            return f"{item.code}. {item.text}" if item else tr("Mục của bộ tiêu chí khác")
        inspection = self._opened.inspection
        if subject.entity == "finding":
            finding = next((one for one in inspection.findings if one.id == subject.id), None)
            return (finding.content if finding else "") or tr("Phát hiện chưa có nội dung")
        if subject.entity == "dossier":
            dossier = next((one for one in inspection.dossiers if one.id == subject.id), None)
            return tr("Hồ sơ {code}", code=(dossier.code or "") if dossier else "")
        return tr("Lần kiểm đếm có mặt")
