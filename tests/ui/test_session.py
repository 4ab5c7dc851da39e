"""A sitting: acts in turn, undo by name, questions beside them, drafts that outlive it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inspector.domain.errors import Refused
from inspector.domain.ids import natural_id
from inspector.services.desk import Change, Desk
from inspector.ui.session import Progress
from tests.demonstrations import copy
from tests.ui.sittings import Sitting, sitting

ITEM = "X-I.1"


def answer(at: Sitting, inspection: str, value: str, words: str = "") -> None:
    item = record(at, inspection)
    seen = at.sight(inspection).seen("answer", item, "result")
    given = {"item": ITEM, "result": {"value": value}}
    at.session.perform("answer_item", given, inspection=inspection, seen=seen, words=words)


def record(at: Sitting, inspection: str) -> str:
    return natural_id(inspection, "answer", key(at))


def key(at: Sitting) -> str:
    checklist = at.desk.library.checklists()[0]
    return next(item.key for item in checklist.items if item.code == ITEM)


def stands(at: Sitting, inspection: str) -> str | None:
    found = at.inspection(inspection).answers.get(key(at))
    return found.value if found else None


def test_two_quick_acts_on_one_field_do_not_disagree(sit: Sitting) -> None:
    inspection = sit.begin()
    seen = sit.sight(inspection).seen("answer", record(sit, inspection), "result")
    for value in ("day_du", "mot_phan", "khong"):
        given = {"item": ITEM, "result": {"value": value}}
        sit.session.perform("answer_item", given, inspection=inspection, seen=seen)
    sit.settle()
    assert (sit.inspection(inspection).conflicts, sit.troubles) == ((), [])


def test_what_came_in_while_somebody_typed_is_kept_beside(sit: Sitting) -> None:
    inspection = sit.begin()
    seen = sit.sight(inspection).seen("answer", record(sit, inspection), "remark")
    sit.act("remark_item", inspection, item=ITEM, remark="ý kiến khác")
    sit.session._known = type(sit.session._known)()  # the other act was not this window's
    sit.session.perform("remark_item", {"item": ITEM, "remark": "ý kiến"}, inspection=inspection, seen=seen)
    sit.settle()
    assert len(sit.inspection(inspection).conflicts) == 1


def test_undo_and_redo_go_back_and_forth_by_name(sit: Sitting) -> None:
    inspection = sit.begin()
    answer(sit, inspection, "day_du", "Đã chọn Đạt")
    sit.settle()
    chosen = stands(sit, inspection)
    assert [str(done.words) for done in sit.done] == ["Đã chọn Đạt"]
    assert chosen == "day_du"
    sit.session.undo()
    sit.settle()
    assert stands(sit, inspection) is None
    assert [sit.session.undoable is None, sit.session.redoable is None] == [True, False]
    sit.session.redo()
    sit.settle()
    assert stands(sit, inspection) == "day_du"
    assert [sit.session.undoable is None, sit.session.redoable is None] == [False, True]


def test_an_act_that_is_refused_says_why(sit: Sitting) -> None:
    inspection = sit.begin()
    told: list[str] = []
    sit.session.perform("answer_item", {"item": "Z-9"}, inspection=inspection, failed=told.append)
    sit.session.perform("answer_item", {"item": "Z-9"}, inspection=inspection)
    sit.settle()
    assert told == sit.troubles
    assert "Z-9" in told[0]


def test_every_screen_hears_what_was_written(sit: Sitting) -> None:
    inspection = sit.begin()
    heard: list[Change] = []
    sit.session.changed.connect(heard.append)
    sit.session.perform("remark_item", {"item": ITEM, "remark": "tốt"}, inspection=inspection)
    sit.settle()
    assert [(change.receipt.space, change.entities) for change in heard] == [(inspection, frozenset({"answer"}))]


def test_what_an_act_changed_is_read_after_its_answer(sit: Sitting) -> None:
    inspection = sit.begin()
    order: list[str] = []
    was_read = threading.Event()

    def read(_rows: object) -> None:
        order.append("reading")
        was_read.set()

    sit.session.changed.connect(lambda _change: sit.session.ask(lambda desk: desk.workspace.inspections(), read))
    sit.desk.listeners.append(lambda _change: was_read.wait(0.3))  # the lane is held up before it can answer
    sit.session.perform(
        "remark_item", {"item": ITEM, "remark": "tốt"}, inspection=inspection, then=lambda _: order.append("answer")
    )
    sit.settle()
    assert order == ["answer", "reading"]


def test_a_change_is_told_also_when_nobody_waits_for_the_answer(sit: Sitting) -> None:
    inspection = sit.begin()
    heard: list[Change] = []
    sit.session.changed.connect(heard.append)
    sit.session.perform("remark_item", {"item": ITEM, "remark": "tốt"}, inspection=inspection).drop()
    sit.settle()
    assert len(heard) == 1


def test_long_work_tells_how_far_it_is_and_can_be_cancelled(sit: Sitting, qtbot: QtBot) -> None:
    steps: list[tuple[int, int]] = []
    told: list[str] = []

    def work(_desk: Desk, progress: Progress, cancelled: object) -> None:
        progress(1, 2)
        assert callable(cancelled)
        while not cancelled():
            pass
        raise Refused("export-cancelled")

    sit.session.began.connect(lambda job: job.progressed.connect(lambda done, of: steps.append((done, of))))
    job = sit.session.work("Đang lập", work, then=lambda _none: None, failed=told.append)
    assert sit.session.is_busy
    with qtbot.waitSignal(job.ended):
        job.cancel()
    sit.settle()
    assert steps == [(1, 2)]
    assert len(told) == 1


def test_a_draft_outlives_the_sitting(qtbot: QtBot, empty_template: Path, fast_tmp: Path) -> None:
    folder = copy(empty_template, fast_tmp / "home")
    with sitting(folder, qtbot) as first:
        inspection = first.begin()
        place = (inspection, "answer", record(first, inspection), "remark")
        first.session.keep_draft(place, "đang gõ dở", ())
    with sitting(folder, qtbot) as second:
        second.session.load_drafts(lambda _found: None)
        second.settle()
        assert [(draft.place, draft.text) for draft in second.session.rescued_drafts()] == [(place, "đang gõ dở")]
        given = {"item": ITEM, "remark": "đang gõ dở, rồi xong"}
        second.session.perform("remark_item", given, inspection=inspection, typed=(place,))
    with sitting(folder, qtbot) as third:
        third.session.load_drafts(lambda _found: None)
        third.settle()
        assert third.session.rescued_drafts() == []


def test_a_failed_act_keeps_the_draft(sit: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    inspection = sit.begin()
    place = (inspection, "answer", record(sit, inspection), "remark")
    sit.session.keep_draft(place, "đang gõ dở", ())
    sit.session.perform("remark_item", {"item": "Z-9", "remark": "x"}, inspection=inspection, typed=(place,))
    sit.settle()
    assert [draft.text for draft in sit.desk.workspace.drafts()] == ["đang gõ dở"]
