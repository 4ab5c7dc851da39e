"""The foot of the window answers three questions and names the keys of now."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from inspector.ui.actions import Acts
from inspector.ui.application import Application
from inspector.ui.language import tr
from inspector.ui.widgets.field import TextField
from inspector.ui.widgets.status_bar import StatusBar
from tests.ui.fields import Show


class Window:
    def __init__(self, show: Show) -> None:
        self.widget = QWidget()
        self.widget.resize(1100, 300)
        self.list, self.field = QListWidget(), TextField("Nhận xét")
        self.acts = Acts(self.widget)
        self.bar = StatusBar(self.acts)
        rows = QVBoxLayout(self.widget)
        for part in (self.list, self.field, self.bar):
            rows.addWidget(part)
        self.acts.name("choose", self.list)
        for command in ("palette", "help"):
            self.acts.bind(command, int, self.widget)
        show(self.widget)

    def hints(self) -> list[str]:
        return [str(hint.words) for hint in self.bar.hints.fitting()]


@pytest.fixture
def window(show: Show) -> Window:
    return Window(show)


def test_hints_follow_the_focus(window: Window) -> None:
    window.list.setFocus()
    assert window.hints() == ["Chọn", "Tìm hoặc ra lệnh", "Trợ giúp"]
    window.field.editor.setFocus()
    assert window.hints() == ["Tìm hoặc ra lệnh", "Trợ giúp"]
    assert window.bar.hints.accessibleName() == "Ctrl+K: Tìm hoặc ra lệnh; F1: Trợ giúp"


def test_hints_that_do_not_fit_are_left_out_whole(window: Window) -> None:
    window.list.setFocus()
    window.bar.show_only_here(tr("Chỉ có trên máy này: {count} thay đổi", count=12))
    window.widget.resize(560, 300)
    assert window.hints() == ["Chọn", "Tìm hoặc ra lệnh"]


def test_hints_speak_the_language_of_the_window(window: Window, qapp: Application) -> None:
    window.list.setFocus()
    qapp.choose(theme="light", language="en")
    assert window.hints() == ["Choose", "Search or command", "Help"]


def test_a_new_act_is_hinted_after_a_refresh(window: Window) -> None:
    window.list.setFocus()
    window.acts.bind("filter", int, window.widget)
    window.bar.refresh()
    assert window.hints()[-1] == "Lọc"


def test_an_act_that_is_closed_is_hinted_no_more(window: Window, qtbot: QtBot) -> None:
    window.list.setFocus()
    assert "Trợ giúp" in window.hints()
    next(act for act in window.acts.all() if act.command.id == "help").close("Đã ký")
    qtbot.waitUntil(lambda: "Trợ giúp" not in window.hints())


def test_what_is_only_here_and_what_disagrees_lead_there(window: Window, qtbot: QtBot) -> None:
    window.bar.show_only_here(tr("Chỉ có trên máy này: {count} thay đổi", count=12))
    window.bar.show_disagreements(2)
    for remark in (window.bar.only_here, window.bar.disagreements):
        assert remark.focusPolicy() is Qt.FocusPolicy.StrongFocus
        with qtbot.waitSignal(remark.clicked):
            remark.click()


def test_lines_stand_only_between_what_is_there(window: Window) -> None:
    def lines() -> list[bool]:
        return [line.isVisible() for line in window.bar._lines]

    window.bar.show_saved(datetime(2026, 11, 26, 14, 17))
    assert lines() == [False, False, False, False]
    window.bar.show_only_here(tr("Chỉ có trên máy này: {count} thay đổi", count=12))
    assert lines() == [False, False, True, False]
    window.bar.show_page_count("13/45")
    window.bar.show_exchange("Trao đổi 14:17: Trần Thị Ngọc Lan")
    window.bar.show_disagreements(1)
    assert lines() == [True, True, True, True]
    window.bar.show_disagreements(0)
    window.bar.show_only_here("")
    window.bar.show_exchange("")
    assert lines() == [True, False, False, False]
