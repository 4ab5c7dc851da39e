"""A window of text fields for a real input method to type into; the last one is saved to the log of a workspace.

The first is a bare field of Qt: what is composed there shows that the input method works, whatever the program does.

``python -m tests.ui.ibus_window FOLDER STATE``: opens the workspace in FOLDER, and writes what stands in the fields to
STATE a few times a second, without touching them.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from inspector.domain.ids import natural_id
from inspector.services.desk import Desk
from inspector.services.door import Ways, home_of, open_desk
from inspector.services.sight import look
from inspector.ui.application import make_application
from inspector.ui.prompting import WindowPrompter
from inspector.ui.session import Session
from inspector.ui.widgets.field import Field, TextArea
from inspector.ui.widgets.grid_model import Cell, Column, Row
from inspector.ui.widgets.grid_table import CellEntry, GridTable
from inspector.ui.writing import Post, Spot, Writing
from tests.architecture.tree import ROOT
from tests.ui.fields import MAKERS

TITLE = "Bo go"
FIELDS = ("line", "area", "search")
CELL = "cell"
BARE = "bare"


class TypedInto(QWidget):
    """The fields under each other in the order of Tab, then a cell of a table, then the remark on the first item of the
    inspection.
    """

    def __init__(self, desk: Desk, inspection: str, state: Path) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self._state = state
        self._session = Session(desk, WindowPrompter(self), self)
        self._item = desk.library.checklists()[0].items[0].key
        self._saved = ""
        self.fields: dict[str, Field] = {name: MAKERS[name]() for name in FIELDS}
        self.fields["remark"] = TextArea("Nhận xét")
        rows = QVBoxLayout(self)
        self.table = GridTable([Column(CELL, "Tên", grows=True)], "Bảng")
        self.table.show_rows([Row("a", (Cell(),))])
        self.table.committed.connect(self._keep_cell)
        self._cell = ""
        self.bare = QLineEdit()
        rows.addWidget(self.bare)
        for name in FIELDS:
            rows.addWidget(self.fields[name])
        rows.addWidget(self.table)
        rows.addWidget(self.fields["remark"])
        rows.addWidget(QPushButton("x"))
        writing = Writing(self._session, self.fields["remark"], self._post)
        record = natural_id(inspection, "answer", self._item)
        writing.show(Spot(inspection, "answer", record, "remark"), "", ())
        self._inspection = inspection
        self._session.changed.connect(self._look)
        self._timer = QTimer(self, interval=150)
        self._timer.timeout.connect(self._tell)
        self._timer.start()

    def start(self) -> None:
        self.show()
        self.bare.setFocus()

    def _post(self, _spot: Spot, value: object) -> Post:
        return Post("remark_item", {"item": self._item, "remark": value})

    def _keep_cell(self, entry: CellEntry) -> None:
        self._cell = entry.text

    def _look(self) -> None:
        self._session.ask(lambda desk: look(desk, self._inspection), lambda sight: self._keep(sight.inspection))

    def _keep(self, inspection: object) -> None:
        answers = getattr(inspection, "answers", {})
        self._saved = answers[self._item].remark

    def _tell(self) -> None:
        found = {name: field.text() for name, field in self.fields.items()}
        focus = next((name for name, field in self.fields.items() if field.editor.hasFocus()), "")
        if self.table.editor.hasFocus():
            focus = CELL
        if self.bare.hasFocus():
            focus = BARE
        found |= {BARE: self.bare.text(), CELL: self._cell, "saved": self._saved}
        draft = self._state.with_suffix(".new")
        words = json.dumps({**found, "focus": focus, "active": self.isActiveWindow()})
        draft.write_text(words, encoding="utf-8")
        draft.replace(self._state)


def main(folder: Path, state: Path) -> int:
    application = make_application(["inspector"], ROOT / "resources")
    application.choose(theme="light")
    with open_desk(home_of(folder), Ways()) as desk:
        given = {"unit": "28360", "form": "on_site", "visit_date": "2026-11-26"}
        window = TypedInto(desk, desk.perform("open_inspection", given).ref, state)
        window.start()
        application.exec()
        # The typist ends this process; nothing is left to be tidied up.
        os._exit(0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
