"""A field commits when it is left, tells the truth about saving, and never loses what was typed."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QFocusEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from inspector.ui.editing import AreaEditor, Draft, finish_editing
from inspector.ui.widgets.field import Entry, TextArea, TextField
from inspector.ui.widgets.save_state import Keeping
from tests.ui.fields import Desk, Show
from tests.ui.typing import compose, press, type_text

NOON = datetime(2026, 11, 26, 14, 17)
KINDS = {"line": TextField, "area": TextArea}
both = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
Kind = type[TextField] | type[TextArea]


def desk(show: Show, kind: Kind = TextField, text: str = "", seen: object = None) -> Desk:
    field = kind("Nhận xét")
    field.show_value(text, seen)
    return Desk(show, field)


# ---------------------------------------- committing


@both
def test_leaving_commits_the_text_with_what_was_seen(show: Show, kind: Kind) -> None:
    at = desk(show, kind, "đúng", seen=("op1",)).enter()
    type_text(at.field.editor, "!")
    at.leave()
    assert at.entries == [Entry(text="đúng!", value="đúng!", seen=("op1",))]


@both
def test_leaving_an_untouched_field_commits_nothing(show: Show, kind: Kind) -> None:
    at = desk(show, kind, "đúng").enter()
    at.leave()
    assert (at.entries, at.begun, at.field.state.keeping) == ([], 0, Keeping.QUIET)


@both
def test_leaving_the_window_commits(show: Show, kind: Kind) -> None:
    at = desk(show, kind).enter()
    type_text(at.field.editor, "đơn")
    gone = QFocusEvent(QFocusEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason)
    QApplication.sendEvent(at.field.editor, gone)
    assert at.texts == ["đơn"]


@both
@pytest.mark.parametrize("reason", [Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason])
def test_a_menu_only_borrows_the_focus(show: Show, kind: Kind, reason: Qt.FocusReason) -> None:
    at = desk(show, kind).enter()
    type_text(at.field.editor, "đơn")
    QApplication.sendEvent(at.field.editor, QFocusEvent(QFocusEvent.Type.FocusOut, reason))
    assert at.entries == []


@both
def test_an_act_commits_the_field_that_keeps_the_caret(show: Show, kind: Kind) -> None:
    at = desk(show, kind).enter()
    compose(at.field.editor, ["v", "vi", "vị"], None)
    finish_editing()
    assert (at.texts, at.field.editor.hasFocus()) == (["vị"], True)


def test_an_act_without_a_caret_in_a_field_commits_nothing(show: Show) -> None:
    at = desk(show)
    at.leave()
    finish_editing()
    assert at.entries == []


@both
def test_a_commit_is_not_repeated(show: Show, kind: Kind) -> None:
    at = desk(show, kind).enter()
    type_text(at.field.editor, "đơn")
    finish_editing()
    at.leave()
    assert at.texts == ["đơn"]


def test_what_is_committed_is_nfc_and_one_line(show: Show) -> None:
    at = desk(show).enter()
    at.field.editor.put("tie\u0302\u0301ng\nViệt")
    at.leave()
    assert (at.texts, at.field.text()) == (["tiếng Việt"], "tiếng Việt")


def test_lines_stay_lines_in_an_area(show: Show) -> None:
    at = desk(show, TextArea).enter()
    type_text(at.field.editor, "một")
    press(at.field.editor, "Return")
    type_text(at.field.editor, "hai\u00a0ba")
    at.leave()
    assert at.texts == ["một\nhai\u00a0ba"]


def test_an_untouched_text_is_never_written_anew(show: Show) -> None:
    """Qt shows some characters differently; that is no edit."""
    at = desk(show, TextArea, "một\u00a0hai").enter()
    at.leave()
    assert (at.entries, at.field.text()) == ([], "một\u00a0hai")


# ---------------------------------------- drafts


@both
def test_a_draft_has_the_composed_word_in_its_place(show: Show, kind: Kind) -> None:
    at = desk(show, kind).enter()
    type_text(at.field.editor, "sở ")
    compose(at.field.editor, ["n", "nội"], None)
    at.field._draft_timer.timeout.emit()
    assert at.drafts == [Draft("sở nội", 6)]
    assert at.field.editor.preedit == "nội"


@both
def test_a_saved_text_needs_no_draft(show: Show, kind: Kind) -> None:
    at = desk(show, kind).enter()
    type_text(at.field.editor, "đơn")
    at.leave()
    at.field.mark_saved(NOON)
    assert at.drafts == [None]
    assert not at.field._draft_timer.isActive()


@both
def test_typing_it_back_needs_no_draft(show: Show, kind: Kind) -> None:
    at = desk(show, kind).enter()
    type_text(at.field.editor, "đ")
    press(at.field.editor, "Backspace")
    assert (at.drafts, at.field.state.keeping) == ([None], Keeping.QUIET)


@both
def test_a_failed_save_leaves_text_and_draft(show: Show, kind: Kind) -> None:
    at = desk(show, kind, "cũ").enter()
    at.field.editor.put("mới")
    at.leave()
    at.field.mark_unsaved("Ổ đĩa đầy")
    assert at.drafts[-1] == Draft("mới", at.field.editor.caret())
    assert (at.field.text(), at.field.state.keeping, at.field.is_dirty()) == ("mới", Keeping.UNSAVED, True)


@both
def test_a_restored_draft_is_committed_by_leaving(show: Show, kind: Kind) -> None:
    at = desk(show, kind, "cũ", seen="op1").enter()
    at.field.restore(Draft("đang gõ d", 3))
    assert (at.field.text(), at.field.editor.caret(), at.begun) == ("đang gõ d", 3, 1)
    at.leave()
    assert at.entries == [Entry("đang gõ d", "đang gõ d", "op1")]


@both
def test_a_dropped_draft_shows_what_is_stored(show: Show, kind: Kind) -> None:
    at = desk(show, kind, "cũ").enter()
    at.field.editor.put("mới")
    at.field.drop()
    at.leave()
    assert (at.field.text(), at.entries, at.drafts) == ("cũ", [], [None])


# ---------------------------------------- the state of saving


@both
def test_the_state_tells_how_far_the_text_has_come(show: Show, kind: Kind) -> None:
    at = desk(show, kind).enter()
    states = [at.field.state.keeping]
    type_text(at.field.editor, "đơn")
    states.append(at.field.state.keeping)
    at.leave()
    states.append(at.field.state.keeping)
    at.field.mark_saved(NOON)
    states.append(at.field.state.keeping)
    assert states == [Keeping.QUIET, Keeping.TYPING, Keeping.SAVING, Keeping.SAVED]
    assert at.field.state.text() == "Đã lưu 14:17"


@both
def test_saved_is_not_said_of_what_was_typed_since(show: Show, kind: Kind) -> None:
    at = desk(show, kind).enter()
    type_text(at.field.editor, "đơn")
    finish_editing()
    type_text(at.field.editor, " vị")
    at.field.mark_saved(NOON)
    assert (at.field.state.keeping, at.field.is_dirty()) == (Keeping.TYPING, True)
    at.leave()
    assert at.texts == ["đơn", "đơn vị"]


@both
def test_trying_again_commits_again(show: Show, kind: Kind) -> None:
    at = desk(show, kind, seen="op1").enter()
    type_text(at.field.editor, "đơn")
    at.leave()
    at.field.mark_unsaved("Ổ đĩa đầy")
    at.field.state.click()
    assert at.entries == 2 * [Entry("đơn", "đơn", "op1")]


def test_what_cannot_be_helped_by_trying_offers_no_retry(show: Show) -> None:
    at = desk(show).enter()
    type_text(at.field.editor, "đơn")
    at.leave()
    at.field.mark_unsaved("Biên bản đã ký", can_retry=False)
    assert (at.field.state.text(), at.field.state.focusPolicy()) == ("Chưa lưu", Qt.FocusPolicy.NoFocus)
    assert at.field.state.toolTip() == "Biên bản đã ký"


# ---------------------------------------- values from outside


@both
def test_a_field_with_the_caret_is_not_reloaded(show: Show, kind: Kind) -> None:
    at = desk(show, kind, "cũ", seen="op1").enter()
    assert at.field.show_value("của bà Lan", "op2") is False
    assert at.field.text() == "cũ"
    at.leave()
    assert (at.field.text(), at.field.seen, at.entries) == ("của bà Lan", "op2", [])


@both
def test_what_was_typed_goes_on_with_what_was_seen(show: Show, kind: Kind) -> None:
    """Somebody else's value arrives while this one is typed: it was not seen, so it must not be replaced unseen."""
    at = desk(show, kind, "", seen="op1").enter()
    type_text(at.field.editor, "của tôi")
    at.field.show_value("của bà Lan", "op2")
    at.leave()
    assert at.entries == [Entry("của tôi", "của tôi", "op1")]


@both
def test_an_unsaved_text_is_not_written_over(show: Show, kind: Kind) -> None:
    at = desk(show, kind, "cũ").enter()
    at.field.editor.put("mới")
    at.leave()
    assert at.field.show_value("cũ") is False, "the save is under way"
    at.field.mark_unsaved("Ổ đĩa đầy")
    assert at.field.show_value("cũ") is False
    assert at.field.text() == "mới"


@both
def test_after_saving_the_stored_value_is_shown_with_its_own_operation(show: Show, kind: Kind) -> None:
    at = desk(show, kind, "cũ", seen="op1").enter()
    at.field.editor.put("mới")
    finish_editing()
    at.field.mark_saved(NOON)
    assert at.field.show_value("mới", "op2") is True
    assert (at.field.seen, at.field.state.keeping) == ("op2", Keeping.SAVED)


@both
def test_an_untouched_field_shows_a_new_value_at_once(show: Show, kind: Kind) -> None:
    at = desk(show, kind, "cũ")
    at.leave()
    assert at.field.show_value("mới", "op2") is True
    assert (at.field.text(), at.field.seen, at.begun, at.drafts) == ("mới", "op2", 0, [])


def test_dropping_shows_what_arrived_meanwhile(show: Show) -> None:
    at = desk(show, text="cũ").enter()
    at.field.editor.put("mới")
    at.field.show_value("của bà Lan", "op2")
    at.field.drop()
    assert (at.field.text(), at.field.seen) == ("của bà Lan", "op2")


# ---------------------------------------- keys


@both
def test_undo_belongs_to_the_text_until_it_is_committed(show: Show, kind: Kind) -> None:
    at = desk(show, kind).enter()
    type_text(at.field.editor, "đơn")
    press(at.field.editor, "Ctrl+Z")
    assert at.field.text() == ""


@both
def test_undo_does_not_go_behind_a_commit(show: Show, kind: Kind) -> None:
    at = desk(show, kind).enter()
    type_text(at.field.editor, "đơn")
    finish_editing()
    type_text(at.field.editor, " vị")
    for _ in range(3):
        press(at.field.editor, "Ctrl+Z")
    assert at.field.text() == "đơn"


def test_enter_goes_to_the_next_field(show: Show) -> None:
    at = desk(show).enter()
    type_text(at.field.editor, "đơn")
    press(at.field.editor, "Return")
    assert (at.other.hasFocus(), at.texts) == (True, ["đơn"])


def test_tab_leaves_an_area(show: Show) -> None:
    at = desk(show, TextArea).enter()
    press(at.field.editor, "Tab")
    assert at.other.hasFocus()


@both
@pytest.mark.parametrize("keys", ["Ctrl+K", "Ctrl+O", "Ctrl+P", "Ctrl+Up", "Ctrl+Return", "F9", "Alt+1"])
def test_keys_of_the_window_never_change_the_text(show: Show, kind: Kind, keys: str) -> None:
    """Qt would delete to the end of the line with Ctrl+K on some systems."""
    at = desk(show, kind).enter()
    type_text(at.field.editor, "đơn vị")
    press(at.field.editor, "Left")
    press(at.field.editor, keys)
    assert at.field.text() == "đơn vị"


@both
def test_text_is_pasted_as_text(show: Show, kind: Kind) -> None:
    at = desk(show, kind).enter()
    QGuiApplication.clipboard().setText("Đồng Tháp")
    press(at.field.editor, "Ctrl+V")
    assert at.field.text() == "Đồng Tháp"


@both
@pytest.mark.parametrize("what", ["files", "picture"])
def test_files_and_pictures_are_not_pasted_as_text(show: Show, kind: Kind, what: str) -> None:
    at = desk(show, kind).enter()
    mime = QMimeData()
    if what == "files":
        mime.setUrls([QUrl.fromLocalFile("/a/b.png")])
        mime.setText("/a/b.png")
    else:
        mime.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
    QGuiApplication.clipboard().setMimeData(mime)
    press(at.field.editor, "Ctrl+V")
    assert at.field.text() == ""


# ---------------------------------------- what is seen and heard


@both
def test_a_field_has_its_label_as_name(show: Show, kind: Kind) -> None:
    at = desk(show, kind)
    at.field.show_problem("Ghi rõ hơn")
    assert (at.field.editor.accessibleName(), at.field.editor.accessibleDescription()) == ("Nhận xét", "Ghi rõ hơn")
    at.field.hide_label()
    at.field.set_label("Kết luận")
    assert at.field.editor.accessibleName() == "Kết luận"


@both
def test_a_problem_shows_and_goes(show: Show, kind: Kind) -> None:
    at = desk(show, kind)
    at.field.set_help("Ghi ngắn gọn")
    at.field.show_problem("Ghi rõ hơn")
    assert (str(at.field.note.words()), at.field.editor.property("wrong")) == ("Ghi rõ hơn", True)
    at.field.clear_problem()
    assert (str(at.field.note.words()), at.field.editor.property("wrong")) == ("Ghi ngắn gọn", False)


def test_a_count_appears_only_above_the_limit(show: Show) -> None:
    field = TextArea("Nhận xét", limit=5)
    at = Desk(show, field).enter()
    type_text(field.editor, "đơn v")
    assert not field.note.isVisible()
    type_text(field.editor, "ị")
    assert (str(field.note.words()), field.text()) == ("6/5 ký tự, nên rút gọn", "đơn vị")
    at.leave()
    assert at.texts == ["đơn vị"]


@both
def test_a_sealed_field_can_be_read_and_not_changed(show: Show, kind: Kind) -> None:
    at = desk(show, kind, "đúng")
    at.field.set_read_only("Đã niêm phong 26/11/2026")
    at.enter()
    type_text(at.field.editor, "x")
    at.leave()
    assert (at.field.text(), at.entries, str(at.field.note.words())) == ("đúng", [], "Đã niêm phong 26/11/2026")


@both
def test_coming_in_by_key_puts_the_caret_behind_the_text_and_marks_nothing(show: Show, kind: Kind) -> None:
    at = desk(show, kind, "đúng")
    at.leave()
    press(at.other, "Backtab")
    type_text(at.field.editor, "!")
    assert at.field.text() == "đúng!"


@both
def test_a_restored_draft_keeps_its_caret(show: Show, kind: Kind) -> None:
    at = desk(show, kind)
    at.leave()
    at.field.restore(Draft("đng gõ", 1))
    at.enter()
    type_text(at.field.editor, "a")
    assert at.field.text() == "đang gõ"


def test_a_focused_field_keeps_its_text_where_it_is(show: Show) -> None:
    """The thicker border takes from the padding, not from the text."""
    at = desk(show, text="đúng")
    places = []
    for step in (at.leave, at.enter):
        step()
        press(at.field.editor, "Home")
        places.append(at.field.editor.cursorRect().topLeft())
    assert places[0] == places[1]


def test_an_area_wraps_its_lines_and_has_no_bar_below(show: Show) -> None:
    at = desk(show, TextArea, "một dòng rất dài " * 40 + "x" * 400)
    at.window.resize(240, 300)
    editor = at.field.editor
    assert isinstance(editor, AreaEditor)
    assert editor.document().blockCount() == 1
    assert (editor.horizontalScrollBar().isVisible(), editor.document().firstBlock().lineCount() > 10) == (False, True)
