"""Qt's own tester watches every model of the window while its screens are gone through, filled, filtered and left."""

from __future__ import annotations

from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractItemView

from inspector.services.desk import Receipt
from inspector.ui.where import Screen, Tab, Where
from tests.ui.declared import below, declared
from tests.ui.screens import OPEN, Ground, House, Sight, inspection_of, sights_of, stand_in
from tests.ui.stand import Stand

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


class Watched:
    """The testers of all models met so far."""

    def __init__(self) -> None:
        self.testers: list[QAbstractItemModelTester] = []
        self.kinds: set[type] = set()

    def meet(self, stand: Stand) -> None:
        known = {tester.model() for tester in self.testers if shiboken6.isValid(tester)}
        for view in stand.window.findChildren(QAbstractItemView):
            model = view.model()
            if model is not None and model not in known and type(model).__module__.startswith("inspector."):
                self.testers.append(QAbstractItemModelTester(model, FATAL, model))
                self.kinds.add(type(model))


@pytest.mark.every_screen
@pytest.mark.parametrize("house", [House.DEMONSTRATION, House.EMPTY])
def test_models_hold_while_their_screens_are_gone_through(
    demonstration_template: Path, empty_template: Path, fast_tmp: Path, house: House
) -> None:
    watched = Watched()
    with stand_in(house, Ground(demonstration_template, empty_template, fast_tmp)) as stand:
        for _ in range(2):
            for sight in sights_of(house):
                show(stand, sight, watched)
        if house is House.DEMONSTRATION:
            write(stand)
            unseen = {kind for kind in declared(QAbstractItemModel) - watched.kinds if not below(kind)}
            assert unseen == set(), "no screen of tests/ui/screens.py shows such a model"


def show(stand: Stand, sight: Sight, watched: Watched) -> None:
    sight.show(stand)
    watched.meet(stand)
    stand.uncover()


def write(stand: Stand) -> None:
    """Rows come, change and go in lists that are shown."""
    inspection, session = inspection_of(stand, OPEN), stand.sitting()
    for which, act, given, name in (
        (Tab.FINDINGS, "add_finding", {"kind": "strength", "content": "Niêm yết đủ."}, "finding"),
        (Tab.PEOPLE, "add_member", {"name": "Lê Văn Tám", "role": "member"}, "member"),
        (Tab.DOSSIERS, "add_dossier", {"code": "H20.1-261126-0001"}, "dossier"),
    ):
        stand.go(Where(Screen.WORKSPACE, inspection, which))
        made: list[Receipt] = []
        session.perform(act, given, inspection=inspection, then=made.append)
        stand.settle()
        session.perform(act.replace("add", "remove"), {name: made[0].ref}, inspection=inspection)
        stand.settle()
        session.perform("undo", {"undone": made[0].act}, inspection=inspection, failed=lambda _reason: None)
        stand.settle()
