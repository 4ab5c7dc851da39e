"""Evidence that is no file: a document cited, a figure with its source, a statement; typed and attached by one act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from PySide6.QtWidgets import QWidget

from inspector.ui.language import Phrase, tr
from inspector.ui.pages.workspace.evidence.moment_field import MomentField
from inspector.ui.prompting import AskDialog, Question
from inspector.ui.widgets.field import Entry, Field, TextArea, TextField
from inspector.ui.widgets.value_fields import DateField

Keep = Callable[[dict[str, object]], object]


@dataclass(frozen=True)
class Note:
    """``group`` is the argument of ``act`` that takes the members; the first field has to be filled."""

    act: str
    group: str
    head: Phrase
    line: Phrase
    done: Phrase
    fields: Callable[[], Mapping[str, Field]]


def _document() -> Mapping[str, Field]:
    return {
        "number": TextField(tr("Số, ký hiệu")),
        "date": DateField(tr("Ngày văn bản"), date.today),
        "issuer": TextField(tr("Cơ quan ban hành")),
        "abstract": TextField(tr("Trích yếu")),
    }


def _figure() -> Mapping[str, Field]:
    return {
        "name": TextField(tr("Tên số liệu")),
        "value": TextField(tr("Giá trị")),
        "unit": TextField(tr("Đơn vị tính")),
        "source": TextField(tr("Nguồn số liệu")),
        "extracted_at": MomentField(tr("Trích xuất lúc"), date.today),
    }


def _statement() -> Mapping[str, Field]:
    return {
        "text": TextArea(tr("Lời trình bày")),
        "said_by": TextField(tr("Người trình bày")),
        "at": MomentField(tr("Trình bày lúc"), date.today),
    }


NOTES: dict[str, Note] = {
    "cite-document": Note(
        "cite_document",
        "document",
        tr("Dẫn văn bản làm minh chứng"),
        tr("Ghi văn bản đã xem tại đơn vị; biên bản in số, ngày, cơ quan ban hành và trích yếu."),
        tr("Đã dẫn văn bản"),
        _document,
    ),
    "note-figure": Note(
        "note_figure",
        "figure",
        tr("Ghi số liệu làm minh chứng"),
        tr("Ghi số liệu cùng nguồn và lúc trích xuất, để người đọc biết lấy từ đâu."),
        tr("Đã ghi số liệu"),
        _figure,
    ),
    "note-statement": Note(
        "note_statement",
        "statement",
        tr("Ghi lời trình bày làm minh chứng"),
        tr("Ghi lời người của đơn vị. Không ghi tên công dân."),
        tr("Đã ghi lời trình bày"),
        _statement,
    ),
}


class Noting(AskDialog):
    """Asks for the members of one note; ``keep`` gets those that were filled."""

    def __init__(self, note: Note, keep: Keep, window: QWidget | None = None) -> None:
        self.fields = dict(note.fields())
        self._keep = keep
        self._values: dict[str, object] = {}
        super().__init__(Question(note.head, note.line, tr("Đính kèm")), window)
        self._first().setFocus()

    def _first(self) -> Field:
        return next(iter(self.fields.values()))

    def _add_middle(self) -> None:
        for name, field in self.fields.items():
            field.committed.connect(partial(self._take, field, name))
            self.rows.addWidget(field)

    def _take(self, field: Field, name: str, entry: Entry) -> None:
        self._values[name] = _plain(entry.value)
        field.state.show_quiet()

    def _try(self) -> None:
        for field in self.fields.values():
            field.finish()
            if field.is_dirty():  # what stands there means nothing; the field says why
                field.setFocus()
                return
        first = next(iter(self.fields))
        if not self._values.get(first):
            self._first().show_problem(tr("Ghi ô này trước"))
            self._first().setFocus()
            return
        self._keep({name: value for name, value in self._values.items() if value})
        self.accept()


def _plain(value: object) -> object:
    """As the acts take it."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else value
