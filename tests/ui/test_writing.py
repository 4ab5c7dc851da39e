"""A field tied to a record: saved where it was typed, also when the screen has moved on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from inspector.domain.errors import Unavailable
from inspector.domain.ids import natural_id
from inspector.ui.widgets.field import TextArea
from inspector.ui.widgets.save_state import Keeping
from inspector.ui.writing import Post, Spot, Writing
from tests.demonstrations import copy
from tests.ui.sittings import Sitting, sitting
from tests.ui.typing import compose, type_text

Show = Callable[[QWidget], None]


class Remarks:
    """A remark field over two items of one inspection."""

    def __init__(self, at: Sitting, show: Show, inspection: str = "") -> None:
        self.at = at
        self.inspection = inspection or at.begin()
        items = at.desk.library.checklists()[0].items
        self.keys = [item.key for item in items[:2]]
        self.window = QWidget()
        self.field = TextArea("Nhận xét")
        QVBoxLayout(self.window).addWidget(self.field)
        self.writing = Writing(at.session, self.field, self._post)
        show(self.window)

    def spot(self, number: int) -> Spot:
        record = natural_id(self.inspection, "answer", self.keys[number])
        return Spot(self.inspection, "answer", record, "remark")

    def turn(self, number: int) -> None:
        spot = self.spot(number)
        sight = self.at.sight(self.inspection)
        self.writing.show(spot, self.stored(number), sight.operations("answer", spot.record, "remark"))

    def stored(self, number: int) -> str:
        found = self.at.inspection(self.inspection).answers.get(self.keys[number])
        return (found.remark or "") if found else ""

    def _post(self, spot: Spot, value: object) -> Post:
        (key,) = (key for key in self.keys if natural_id(self.inspection, "answer", key) == spot.record)
        return Post("remark_item", {"item": key, "remark": value})


def test_turning_away_saves_where_it_was_typed(sit: Sitting, show: Show) -> None:
    remarks = Remarks(sit, show)
    remarks.turn(0)
    remarks.field.editor.setFocus()
    compose(remarks.field.editor, ["vi", "việ"], None)
    remarks.turn(1)
    assert remarks.field.text() == ""
    type_text(remarks.field.editor, "mục hai")
    remarks.turn(0)
    sit.settle()
    assert (remarks.stored(0), remarks.stored(1)) == ("việ", "mục hai")
    assert sit.inspection(remarks.inspection).conflicts == ()


def test_typing_on_while_the_last_text_is_saved_does_not_disagree(sit: Sitting, show: Show) -> None:
    remarks = Remarks(sit, show)
    remarks.turn(0)
    for word in ("một", " hai", " ba"):
        type_text(remarks.field.editor, word)
        remarks.field.finish()
    sit.settle()
    assert remarks.stored(0) == "một hai ba"
    assert sit.inspection(remarks.inspection).conflicts == ()
    assert remarks.field.state.keeping is Keeping.SAVED


def test_a_failed_save_is_told_and_kept_and_can_be_tried_again(
    sit: Sitting, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    remarks = Remarks(sit, show)
    remarks.turn(0)
    with monkeypatch.context() as patch:
        patch.setattr(sit.desk, "perform", _full_disk)
        type_text(remarks.field.editor, "chưa lưu được")
        remarks.field.finish()
        sit.settle()
    assert remarks.field.state.keeping is Keeping.UNSAVED
    assert list(sit.session.unsaved) == [remarks.spot(0).draft_place]
    remarks.turn(1)
    remarks.turn(0)
    assert remarks.field.text() == "chưa lưu được"
    remarks.field.finish()
    sit.settle()
    assert (remarks.stored(0), sit.session.unsaved) == ("chưa lưu được", {})


def test_an_interrupted_text_comes_back_with_what_changed_meanwhile(
    qtbot: QtBot, show: Show, empty_template: Path, fast_tmp: Path
) -> None:
    folder = copy(empty_template, fast_tmp / "home")
    with sitting(folder, qtbot) as first:
        inspection = first.begin()
        key = first.desk.library.checklists()[0].items[0].key
        record = natural_id(inspection, "answer", key)
        first.session.keep_draft((inspection, "answer", record, "remark"), "đang gõ d", ())
        first.settle()
        first.act("remark_item", inspection, item=key, remark="người khác ghi")
    with sitting(folder, qtbot) as second:
        second.session.load_drafts(lambda _found: None)
        second.settle()
        remarks = Remarks(second, show, inspection)
        remarks.turn(0)
        assert remarks.field.text() == "đang gõ d"
        assert "người khác ghi" in str(remarks.field.note.words())
        remarks.field.finish()
        second.settle()
        assert len(second.inspection(inspection).conflicts) == 1


def _full_disk(*_arguments: object, **_more: object) -> None:
    raise Unavailable("disk-full", place="C:")
