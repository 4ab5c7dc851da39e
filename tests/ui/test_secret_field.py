"""What others in the room should not read is hidden until somebody asks to see it, and typed as exactly as anything."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from inspector.ui.widgets.secret_field import SecretField
from tests.ui.fields import Show
from tests.ui.typing import compose, press, type_text


def display(field: SecretField) -> str:
    assert isinstance(field.editor, QLineEdit)
    return field.editor.displayText()


def pair(show: Show) -> tuple[SecretField, SecretField]:
    window = QWidget()
    rows = QVBoxLayout(window)
    again = SecretField("Gõ lại", button=False)
    first = SecretField("Mật khẩu", again=again)
    rows.addWidget(first)
    rows.addWidget(again)
    show(window)
    first.setFocus()
    return first, again


def test_it_is_hidden_and_shown_by_the_button_with_the_field_it_is_typed_again_in(show: Show) -> None:
    first, again = pair(show)
    type_text(first.editor, "con mèo")
    type_text(again.editor, "con")
    assert not {"m", "n"} & set(display(first) + display(again))
    press(first.eye, "Return")
    assert (display(first), display(again), first.eye.text()) == ("con mèo", "con", "Ẩn chữ")
    press(first.eye, "Return")
    assert "m" not in display(first)
    assert (first.text(), first.eye.text()) == ("con mèo", "Hiện chữ")


def test_a_code_from_paper_begins_in_clear(show: Show) -> None:
    field = SecretField("Mã khôi phục", shown=True)
    show(field)
    type_text(field.editor, "7K2M")
    assert (display(field), field.eye.text()) == ("7K2M", "Ẩn chữ")


def test_a_word_still_composed_is_kept_when_it_is_shown(show: Show) -> None:
    first, _ = pair(show)
    compose(first.editor, ["m", "me", "mè", "mèo"], None)
    first.turn()
    assert (first.text(), first.editor.preedit, first.editor.hasFocus()) == ("mèo", "", True)


def test_enter_passes_the_button_and_shift_tab_finds_it(show: Show) -> None:
    first, again = pair(show)
    type_text(first.editor, "con")
    press(first.editor, "Return")
    assert again.editor.hasFocus()
    press(again.editor, "Shift+Tab")
    press(first.editor, "Shift+Tab")
    assert first.eye.hasFocus()
