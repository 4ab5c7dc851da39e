"""One act feeds key, button and hint; text is committed before it, and typing wins over plain keys."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from inspector.ui.actions import Acts
from inspector.ui.application import Application
from inspector.ui.language import tr
from inspector.ui.widgets.button import ActionButton
from inspector.ui.widgets.field import TextArea, TextField
from tests.ui.fields import Show
from tests.ui.typing import compose, press, type_text


class Page:
    """A window with a page, a list and a field, and what was done."""

    def __init__(self, show: Show, *, area: bool = False) -> None:
        self.window = QWidget()
        self.page = QWidget()
        self.list = QListWidget()
        self.list.addItems(["một", "hai"])
        self.field = TextArea("Nhận xét") if area else TextField("Nhận xét")
        inside = QVBoxLayout(self.page)
        inside.addWidget(self.list)
        inside.addWidget(self.field)
        QVBoxLayout(self.window).addWidget(self.page)
        self.acts = Acts(self.window)
        self.done: list[str] = []
        self.field.committed.connect(self.commit)
        show(self.window)

    def commit(self, entry: object) -> None:
        self.done.append(getattr(entry, "text", ""))

    def does(self, name: str) -> object:
        return lambda: self.done.append(name)

    def bind(self, command: str, owner: QWidget | None = None) -> object:
        return self.acts.bind(command, lambda: self.done.append(command), owner or self.window)


@pytest.fixture
def page(show: Show) -> Page:
    return Page(show)


def test_a_key_does_its_act(page: Page) -> None:
    page.bind("new-finding", page.page)
    page.list.setFocus()
    press(page.list, "F9")
    assert page.done == ["new-finding"]


def test_a_command_is_done_by_its_name_where_somebody_bound_it(page: Page) -> None:
    page.acts.trigger("palette")
    page.bind("palette")
    page.acts.trigger("palette")
    assert page.done == ["palette"]


@pytest.mark.parametrize("area", [False, True], ids=["line", "area"])
@pytest.mark.parametrize(
    ("command", "keys"),
    [
        ("palette", "Ctrl+K"),
        ("result-met", "Alt+1"),
        ("commit-and-next", "Ctrl+Return"),
        ("next", "Ctrl+Down"),
        ("home", "Alt+Home"),
    ],
)
def test_a_key_of_the_window_works_out_of_a_text_and_commits_it_first(
    show: Show, area: bool, command: str, keys: str
) -> None:
    page = Page(show, area=area)
    page.bind(command, page.page)
    page.field.editor.setFocus()
    type_text(page.field.editor, "đơn ")
    compose(page.field.editor, ["v", "vị"], None)
    press(page.field.editor, keys)
    assert page.done == ["đơn vị", command]


def test_the_enter_of_the_number_pad_is_enter(page: Page) -> None:
    page.bind("commit-and-next", page.page)
    page.list.setFocus()
    press(page.list, "Ctrl+Enter")
    assert page.done == ["commit-and-next"]


def test_digits_choose_in_the_list_and_are_typed_in_the_field(page: Page) -> None:
    page.bind("list-result-met", page.list)
    page.list.setFocus()
    press(page.list, "1")
    page.field.editor.setFocus()
    press(page.field.editor, "1")
    assert (page.done, page.field.text()) == (["list-result-met"], "1")


def test_undo_is_the_texts_while_it_is_uncommitted_and_then_the_windows(page: Page) -> None:
    page.bind("undo")
    page.field.editor.setFocus()
    type_text(page.field.editor, "đơn")
    press(page.field.editor, "Ctrl+Z")
    assert (page.field.text(), page.done) == ("", [])
    press(page.field.editor, "Ctrl+Z")
    assert page.done == ["undo"]


def test_undo_is_the_windows_as_soon_as_the_text_is_committed(page: Page) -> None:
    page.bind("undo")
    page.field.editor.setFocus()
    type_text(page.field.editor, "đơn")
    page.field.finish()
    press(page.field.editor, "Ctrl+Z")
    assert (page.field.text(), page.done) == ("đơn", ["đơn", "undo"])


def test_a_closed_act_does_nothing_and_says_why(page: Page) -> None:
    act = page.acts.bind("draft-minutes", lambda: page.done.append("x"), page.page)
    act.close(tr("Chỉ đọc"))
    page.list.setFocus()
    press(page.list, "Ctrl+P")
    button = ActionButton(act)
    assert (page.done, button.isEnabled(), button.toolTip()) == ([], False, "Chỉ đọc")
    act.open()
    assert (button.isEnabled(), button.toolTip()) == (True, "")


def test_a_button_shows_words_and_key_of_its_act(page: Page) -> None:
    act = page.acts.bind("undo", lambda: page.done.append("undo"), page.window)
    button = ActionButton(act, parent=page.window)
    act.say(tr("Đã chọn {result}", result="Đạt"))
    assert (button.text(), button.accessibleDescription()) == ("Đã chọn Đạt", "Ctrl+Z")
    button.click()
    assert page.done == ["undo"]


def test_two_acts_with_one_key_in_one_place_are_refused(page: Page) -> None:
    page.bind("result-met", page.page)
    with pytest.raises(ValueError, match="kind-1 and result-met"):
        page.bind("kind-1", page.page)


def test_what_a_widget_does_by_itself_is_named_not_bound(page: Page) -> None:
    with pytest.raises(ValueError, match="choose is done by the widget itself"):
        page.bind("choose", page.list)
    page.acts.name("choose", page.list)
    assert [act.caps for act in page.acts.hints(page.list)] == [("↑", "↓")]


def test_hints_follow_the_focus(page: Page) -> None:
    page.bind("palette")
    page.bind("new-finding", page.page)
    page.acts.name("choose", page.list)
    in_list = [act.command.id for act in page.acts.hints(page.list)]
    in_field = [act.command.id for act in page.acts.hints(page.field.editor)]
    assert (in_list, in_field) == (["choose", "new-finding", "palette"], ["new-finding", "palette"])


def test_a_page_that_is_not_shown_gives_no_hints_and_a_key_is_hinted_once(page: Page) -> None:
    other, shown = QWidget(page.window), QWidget(page.window)
    shown.show()
    for owner in (other, shown, page.page):
        page.bind("filter", owner)
    hinted = page.acts.hints(page.list)
    assert [(act.command.id, act.owner) for act in hinted] == [("filter", page.page)]
    page.page.hide()
    assert [act.owner for act in page.acts.in_force(None)] == [shown]


def test_a_place_may_hint_in_words_of_its_own(page: Page) -> None:
    act = page.acts.bind("palette", lambda: None, page.window, hint="tìm ở đây")
    assert [found.hint for found in page.acts.hints(page.list)] == ["tìm ở đây"]
    assert str(act.words) == "Tìm hoặc ra lệnh"


def test_a_closed_act_is_not_hinted_but_listed_for_the_palette(page: Page) -> None:
    act = page.acts.bind("palette", lambda: None, page.window)
    act.close("x")
    assert (page.acts.hints(page.list), page.acts.all()) == ([], [act])


def test_acts_of_a_page_that_is_gone_are_gone(page: Page, qtbot: QtBot) -> None:
    page.bind("new-finding", page.page)
    with qtbot.waitSignal(page.page.destroyed):
        page.page.deleteLater()
    assert page.acts.all() == []


def test_acts_speak_the_language_of_the_window(page: Page, qapp: Application) -> None:
    act = page.acts.bind("palette", lambda: None, page.window)
    qapp.choose(theme="light", language="en")
    assert act.text() == "Search or command"
