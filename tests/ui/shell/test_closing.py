"""Closing waits for what is not on disk, asks about long work, and loses nothing silently."""

from __future__ import annotations

import threading
from collections.abc import Callable

from inspector.services.desk import Desk
from inspector.ui.where import Screen
from tests.ui.shell.conftest import Seated
from tests.ui.typing import type_text


def close(seated: Seated) -> bool:
    """Try to close; whether the window is gone at once."""
    seated.window.close()
    return not seated.window.isVisible()


def hold(seated: Seated) -> threading.Event:
    """Something that keeps the lane of the acts busy until the event is set."""
    event = threading.Event()
    seated.at.session._writes.do(event.wait)
    return event


def work_on(seated: Seated) -> threading.Event:
    """Long work until the event is set or it is cancelled."""
    event = threading.Event()

    def work(_desk: Desk, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> None:
        while not event.wait(0.01) and not cancelled():
            progress(1, 3)

    seated.at.session.work("Đang lập 3 biên bản", work, lambda _result: None)
    return event


def test_with_everything_on_disk_it_closes_at_once(seated: Seated) -> None:
    assert close(seated)


def test_what_was_typed_is_committed_before(seated: Seated) -> None:
    page = seated.shown
    committed: list[str] = []
    page.field.committed.connect(lambda entry: committed.append(entry.text))
    page.field.editor.setFocus()
    type_text(page.field.editor, "chữ")
    assert close(seated)
    assert committed == ["chữ"]
    page.field.mark_saved()


def test_it_waits_for_the_last_save_and_closes_by_itself(seated: Seated) -> None:
    event = hold(seated)
    assert not close(seated)
    assert not close(seated)
    seated.at.qtbot.waitUntil(seated.window.closing.cover.isVisible)  # type: ignore[union-attr] # it sits
    event.set()
    seated.at.qtbot.waitUntil(lambda: not seated.window.isVisible())


def test_long_work_is_asked_about_and_goes_on_if_refused(seated: Seated) -> None:
    event = work_on(seated)
    seated.at.prompter.answers = [False]
    assert not close(seated)
    assert seated.at.prompter.asked == ["Đang làm dở: Đang lập 3 biên bản"]
    assert (seated.window.isVisible(), seated.frame.jobs.jobs[0].is_cancelled()) == (True, False)
    event.set()
    seated.at.settle()


def test_long_work_is_stopped_if_the_person_says_so(seated: Seated) -> None:
    work_on(seated)
    seated.at.prompter.answers = [True]
    assert not close(seated)
    seated.at.qtbot.waitUntil(lambda: not seated.window.isVisible())


def test_what_could_not_be_saved_is_asked_about(seated: Seated) -> None:
    session = seated.at.session
    session.unsaved[("abc", "answer", "1", "remark")] = "Ổ đĩa đầy."
    session.saving.emit()
    seated.at.prompter.answers = [False, True]
    assert not close(seated)
    assert seated.at.prompter.asked == ["Còn 1 chỗ chưa lưu được"]
    close(seated)
    seated.at.qtbot.waitUntil(lambda: not seated.window.isVisible())
    session.unsaved.clear()


def test_the_foot_is_truthful_about_the_whole_window(seated: Seated) -> None:
    at, state = seated.at, seated.frame.bar.state
    assert state.text() == ""
    event = hold(seated)
    at.session.perform("add_member", {"name": "Lan", "role": "member"}, inspection=at.begin())
    assert state.text() == "Đang lưu…"
    event.set()
    at.settle()
    assert state.text().startswith("Đã lưu ")
    place = ("abc", "finding", "7", "content")
    at.session.keep_draft(place, "chữ", ())
    assert state.text() == "Đang gõ"
    at.session.drop_draft(place)
    at.settle()
    assert state.text().startswith("Đã lưu ")


def test_the_foot_leads_to_what_is_not_saved(seated: Seated) -> None:
    session = seated.at.session
    session.unsaved[("abc", "finding", "7", "content")] = "Ổ đĩa đầy."
    session.saving.emit()
    assert seated.frame.bar.state.text() == "Chưa lưu 1 chỗ – Xem"
    seated.frame.bar.state.click()
    where = seated.shown.arrived[-1]
    assert (where.screen, where.inspection, where.record) == (Screen.WORKSPACE, "abc", "7")
    session.unsaved.clear()


def test_a_job_shows_how_far_it_is_and_stops_with_esc(seated: Seated) -> None:
    from inspector.ui.shell.jobs_strip import JobRow
    from tests.ui.typing import press

    work_on(seated)
    strip = seated.frame.jobs
    seated.at.qtbot.waitUntil(strip.isVisible)
    row = strip.findChild(JobRow)
    assert isinstance(row, JobRow)
    row._button.setFocus()
    press(row._button, "Esc")
    seated.at.settle()
    assert (strip.jobs, strip.isVisible()) == ([], False)
