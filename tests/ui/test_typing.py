"""Every text widget takes Vietnamese exactly, however it is typed. No stop of the typist changes a letter."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QComboBox, QCompleter

from inspector.ui import gallery
from inspector.ui.editing import AreaEditor, LineEditor
from inspector.ui.tokens import DRAFT_MS
from inspector.ui.widgets.field import Field
from tests.ui.declared import declared
from tests.ui.fields import MAKERS, Desk, Show
from tests.ui.typing import backspaces, compose, rewrite, type_text

Maker = Callable[[], Field]
every_field = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)

WORDS = {
    "việt": ("vie", 1, "ê", "t", 2, "ệt"),
    "đơn": ("d", 1, "đ", "o", 1, "ơ", "n"),
    "tiếng": ("ti", "e", 1, "ê", "ng", 3, "ếng"),
    "người": ("ng", "u", 1, "ư", "o", 1, "ơ", "i", 2, "ời"),
}
COMPOSED = {
    "đơn": ["d", "đ", "đo", "đơ", "đơn"],
    "vị": ["v", "vi", "vị"],
    "tiếng": ["t", "ti", "tie", "tiê", "tiên", "tiêng", "tiếng"],
}


@every_field
@pytest.mark.parametrize("word", WORDS)
def test_a_rewritten_word_is_exact(show: Show, make: Maker, word: str) -> None:
    desk = Desk(show, make()).enter()
    rewrite(desk.field.editor, *WORDS[word])
    assert desk.field.text() == word


@every_field
@pytest.mark.parametrize("word", COMPOSED)
def test_a_composed_word_is_exact(show: Show, make: Maker, word: str) -> None:
    desk = Desk(show, make()).enter()
    compose(desk.field.editor, COMPOSED[word], word)
    assert desk.field.text() == word


@every_field
def test_a_pause_in_the_middle_of_a_composed_word_leaves_it_alone(show: Show, make: Maker) -> None:
    """A second passes, a draft is taken, and the word is still the input method's."""
    desk = Desk(show, make()).enter()
    compose(desk.field.editor, ["t", "ti", "tie", "tiê"], None)
    desk.field._draft_timer.timeout.emit()
    assert (desk.field.text(), desk.field.editor.preedit, desk.entries) == ("", "tiê", [])
    compose(desk.field.editor, ["tiên", "tiêng", "tiếng"], "tiếng")
    assert desk.field.text() == "tiếng"


@every_field
def test_a_pause_in_the_middle_of_a_rewritten_word_leaves_it_alone(show: Show, make: Maker) -> None:
    desk = Desk(show, make()).enter()
    rewrite(desk.field.editor, "vie", 1, "ê")
    desk.field._draft_timer.timeout.emit()
    rewrite(desk.field.editor, "t", 2, "ệt")
    assert (desk.field.text(), desk.entries) == ("việt", [])


@every_field
def test_a_rewritten_word_fits_into_the_middle_of_a_line(show: Show, make: Maker) -> None:
    desk = Desk(show, make()).enter()
    type_text(desk.field.editor, "sở  vụ")
    move(desk.field.editor, 3)
    rewrite(desk.field.editor, "no", 1, "ô", "i", 2, "ội")
    assert desk.field.text() == "sở nội vụ"


@every_field
def test_a_composed_word_fits_into_the_middle_of_a_line(show: Show, make: Maker) -> None:
    desk = Desk(show, make()).enter()
    type_text(desk.field.editor, "sở  vụ")
    move(desk.field.editor, 3)
    compose(desk.field.editor, ["n", "nô", "nội"], None)
    assert desk.field.editor.draft().text == "sở nội vụ"
    compose(desk.field.editor, ["nội"], "nội")
    assert desk.field.text() == "sở nội vụ"


@every_field
def test_what_is_deleted_is_gone_and_nothing_else(show: Show, make: Maker) -> None:
    desk = Desk(show, make()).enter()
    type_text(desk.field.editor, "đơn vị")
    backspaces(desk.field.editor, 3)
    assert desk.field.text() == "đơn"


@every_field
def test_a_word_still_composed_is_kept_when_the_field_is_left(show: Show, make: Maker) -> None:
    desk = Desk(show, make()).enter()
    compose(desk.field.editor, ["đ", "đơ", "đơn"], None)
    desk.leave()
    assert (desk.field.text(), desk.field.editor.preedit) == ("đơn", "")


@every_field
def test_there_is_no_limit_to_the_text(show: Show, make: Maker) -> None:
    desk = Desk(show, make()).enter()
    desk.field.editor.put("ă" * 33_000)
    type_text(desk.field.editor, "đ")
    assert len(desk.field.text()) == 33_001


@every_field
def test_letters_in_two_parts_are_joined_only_when_they_are_committed(show: Show, make: Maker) -> None:
    parted = "ti\u0065\u0302\u0301ng"
    desk = Desk(show, make()).enter()
    type_text(desk.field.editor, parted)
    assert desk.field.text() == parted
    desk.leave()
    assert desk.texts in ([], ["tiếng"])
    assert desk.field.text() in (parted, "tiếng")


def test_nothing_in_the_kit_completes_masks_or_validates(show: Show) -> None:
    for build in (gallery.basics, gallery.parts):
        page = build()
        show(page)
        assert page.findChildren(QCompleter) == []
        assert [box for box in page.findChildren(QComboBox) if box.isEditable()] == []
        for line in page.findChildren(LineEditor):
            helpers: list[object] = [line.completer(), line.validator(), line.inputMask()]
            assert helpers == [None, None, ""]


def test_a_draft_is_due_within_a_second(show: Show) -> None:
    desk = Desk(show, MAKERS["area"]()).enter()
    type_text(desk.field.editor, "đ")
    timer = desk.field._draft_timer
    assert (timer.isActive(), timer.isSingleShot(), timer.interval(), DRAFT_MS) == (True, True, 1000, 1000)
    started = timer.remainingTime()
    type_text(desk.field.editor, "ơn")
    assert timer.remainingTime() <= started, "a typist who never stops would never get a draft"


def move(editor: LineEditor | AreaEditor, place: int) -> None:
    if isinstance(editor, LineEditor):
        editor.setCursorPosition(place)
    else:
        cursor = editor.textCursor()
        cursor.setPosition(place)
        editor.setTextCursor(cursor)


def test_every_text_widget_of_the_kit_is_tested_here() -> None:
    assert declared(Field) - {type(make()) for make in MAKERS.values()} == set()
