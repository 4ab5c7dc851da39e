"""A session of the window over a real workspace, and waiting until it has nothing more to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from inspector.domain.changeset import Json
from inspector.domain.inspection import Inspection
from inspector.services.desk import Desk
from inspector.services.door import Ways, home_of, open_desk
from inspector.services.sight import Sight, look
from inspector.ui.session import Done, Session
from inspector.ui.where import Where
from tests.ui.prompting import ScriptedPrompter

_LAYOUTS = 4
"""Words that came last change the height of their row, which asks the page, which asks the window."""


@dataclass
class Sitting:
    """One person at one window. ``settle`` after every act and question; what the session told is kept here."""

    session: Session
    prompter: ScriptedPrompter
    qtbot: QtBot
    troubles: list[str] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)
    gone: list[Where] = field(default_factory=list)

    @property
    def desk(self) -> Desk:
        return self.session.desk

    def settle(self) -> None:
        """Until every lane is idle and every answer was delivered."""
        self.qtbot.waitUntil(lambda: self.session.is_settled, timeout=30_000)
        QCoreApplication.processEvents()
        self.qtbot.waitUntil(lambda: self.session.is_settled, timeout=30_000)
        for _ in range(_LAYOUTS):
            QCoreApplication.processEvents()

    def act(self, name: str, inspection: str | None = None, /, **arguments: object) -> str:
        """An act of somebody else, or of before; returns the record it is about."""
        return self.desk.perform(name, arguments, inspection=inspection).ref

    def begin(self, unit: str = "28360", **more: object) -> str:
        """A new inspection on site of the commune of Cái Bè."""
        given = {"unit": unit, "form": "on_site", "visit_date": "2026-11-26", **more}
        return self.desk.perform("open_inspection", given).ref

    def sight(self, inspection: str) -> Sight:
        return look(self.desk, inspection)

    def inspection(self, inspection: str) -> Inspection:
        return self.desk.inspection(inspection)

    def named(self, words: str) -> str:
        """The inspection whose unit holds these words."""
        (row,) = self.desk.workspace.inspections(text=words)
        return row.space

    def values(self, inspection: str, entity: str, record: str) -> dict[str, Json]:
        found = self.desk.workspace.record(inspection, entity, record)
        return {} if found is None else found.values


@contextmanager
def sitting(folder: Path, qtbot: QtBot, *answers: object) -> Iterator[Sitting]:
    """Open a workspace that carries its own key, sit down, and leave it tidily."""
    with open_desk(home_of(folder), Ways()) as desk:
        prompter = ScriptedPrompter(*answers)
        session = Session(desk, prompter)
        at = Sitting(session, prompter, qtbot)
        session.trouble.connect(at.troubles.append)
        session.done.connect(lambda done: at.done.append(done) if done is not None else None)
        session.going.connect(at.gone.append)
        try:
            yield at
            at.settle()
        finally:
            session.close()
            QCoreApplication.processEvents()
            session.deleteLater()
