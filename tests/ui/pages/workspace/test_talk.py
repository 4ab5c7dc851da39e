"""Comments of the team: one quiet line while there are none, committed by Enter or by leaving, never lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from inspector.domain.errors import Unavailable
from inspector.services.comments import comments
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.pages.workspace.talk import Talk
from inspector.ui.widgets.save_state import Keeping
from inspector.ui.widgets.text import Text
from tests.ui.sittings import Sitting
from tests.ui.typing import compose, press, type_text

Show = Callable[[QWidget], None]


class Conversation:
    """The part over two findings of one inspection, beside a line that takes the caret away."""

    def __init__(self, at: Sitting, show: Show) -> None:
        self.at, self.inspection = at, at.begin()
        self.findings = [at.act("add_finding", self.inspection, kind="strength", content=text) for text in "ab"]
        self.window = QWidget()
        self.window.resize(600, 400)
        opened = OpenInspection(at.session, self.window)
        opened.open(self.inspection)
        at.settle()
        self.talk, self.beside = Talk(opened), QLineEdit()
        rows = QVBoxLayout(self.window)
        rows.addWidget(self.talk)
        rows.addWidget(self.beside)
        rows.addStretch(1)
        show(self.window)
        self.turn(0)

    def turn(self, number: int) -> None:
        self.talk.show_about("finding", self.findings[number])
        self.at.settle()

    def write(self, text: str) -> None:
        self.talk.button.click()
        type_text(self.talk.line, text)

    def say(self, number: int, text: str) -> None:
        """Somebody else, or before."""
        self.at.act("add_comment", self.inspection, entity="finding", subject=self.findings[number], text=text)
        self.at.settle()

    def leave(self) -> None:
        self.beside.setFocus()
        self.at.settle()

    def stored(self, number: int = 0) -> list[str]:
        found = comments(self.at.desk, self.inspection)
        return [comment.text for comment in found.get(("finding", self.findings[number]), ())]

    @property
    def read(self) -> list[str]:
        """What a person reads, from top to bottom."""
        texts = [text for text in self.talk.findChildren(Text) if text.isVisible() and text.text()]
        return [text.text() for text in sorted(texts, key=lambda text: text.mapTo(self.talk, text.pos()).y())]


@pytest.fixture
def conversation(sit: Sitting, show: Show) -> Conversation:
    return Conversation(sit, show)


def test_without_comments_it_is_one_line(conversation: Conversation) -> None:
    assert conversation.read == ["Trao đổi"]
    assert conversation.talk.height() == conversation.talk.button.height()


def test_comments_are_read_in_order_with_author_and_time(conversation: Conversation) -> None:
    for text in ("một", "hai"):
        conversation.say(0, text)
    conversation.say(1, "khác")
    head, who, said, _, last = conversation.read
    assert (head, said, last) == ("Trao đổi (2)", "một", "hai")
    assert who.startswith("Bùi Thanh Hà – ")
    conversation.turn(1)
    assert (conversation.read[0], conversation.read[-1]) == ("Trao đổi (1)", "khác")


def test_enter_commits_and_keeps_the_caret_for_the_next(conversation: Conversation) -> None:
    conversation.write("nhờ xem lại")
    press(conversation.talk.line, "Return")
    type_text(conversation.talk.line, "cả phụ lục")
    conversation.at.settle()
    assert (conversation.stored(), conversation.talk.field.text()) == (["nhờ xem lại"], "cả phụ lục")
    press(conversation.talk.line, "Return")
    conversation.at.settle()
    assert conversation.stored() == ["nhờ xem lại", "cả phụ lục"]
    assert conversation.talk.line.hasFocus()


def test_leaving_commits_the_composed_word_too_and_folds_the_field(conversation: Conversation) -> None:
    conversation.write("đã ")
    compose(conversation.talk.line, ["x", "xong"], None)
    conversation.leave()
    assert conversation.stored() == ["đã xong"]
    assert not conversation.talk.field.isVisible()


def test_the_button_commits_and_asks_for_the_next(conversation: Conversation) -> None:
    conversation.write("một")
    conversation.talk.button.setFocus()
    conversation.talk.button.click()
    conversation.at.settle()
    assert conversation.stored() == ["một"]
    assert (conversation.talk.field.text(), conversation.talk.line.hasFocus()) == ("", True)


def test_nothing_typed_is_no_comment(conversation: Conversation) -> None:
    conversation.write("  ")
    press(conversation.talk.line, "Return")
    conversation.leave()
    assert (conversation.stored(), conversation.talk.field.isVisible()) == ([], False)


def test_turning_away_commits_where_it_was_typed(conversation: Conversation) -> None:
    conversation.write("cho phát hiện đầu")
    conversation.turn(1)
    assert (conversation.stored(0), conversation.stored(1)) == (["cho phát hiện đầu"], [])
    assert conversation.talk.field.text() == ""


def test_it_can_be_undone(conversation: Conversation) -> None:
    conversation.write("nhầm")
    conversation.leave()
    conversation.at.session.undo()
    conversation.at.settle()
    assert (conversation.stored(), conversation.read) == ([], ["Trao đổi"])


def test_what_could_not_be_saved_comes_back_and_can_be_tried_again(
    conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_more: object) -> None:
        raise Unavailable("disk-full", place="C:")

    conversation.write("một")
    with monkeypatch.context() as patched:
        patched.setattr(conversation.at.desk, "perform", broken)
        press(conversation.talk.line, "Return")
        type_text(conversation.talk.line, "hai")
        conversation.at.settle()
    field = conversation.talk.field
    assert (field.text(), field.state.keeping, field.isVisible()) == ("một hai", Keeping.UNSAVED, True)
    conversation.leave()
    assert conversation.stored() == ["một hai"]


def test_a_text_of_an_interrupted_sitting_waits_in_the_open_field(conversation: Conversation) -> None:
    place = (conversation.inspection, "finding", conversation.findings[1], "comment")
    conversation.at.session.keep_draft(place, "đang gõ dở", ())
    conversation.turn(1)
    assert conversation.talk.field.isVisible()
    assert conversation.talk.field.text() == "đang gõ dở"
