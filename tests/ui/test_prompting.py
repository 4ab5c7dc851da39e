"""Questions come over the window without blocking it; Enter never answers one by accident."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from inspector.ui.language import tr
from inspector.ui.prompting import AskDialog, FileQuestion, Prompter, Question, ReasonDialog, WindowPrompter
from tests.ui.fields import Show
from tests.ui.prompting import ScriptedPrompter
from tests.ui.typing import press, rewrite, type_text

QUESTION = Question("Loại máy của bà Hà?", "Phần chỉ có ở máy đó sẽ ghi là phát sinh sau niêm phong.", "Loại máy")


class Asked:
    def __init__(self, show: Show, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.window = QWidget()
        self.window.resize(1000, 600)
        self.answers: list[object] = []
        show(self.window)
        self.prompter = WindowPrompter(self.window)

    def dialog(self) -> AskDialog:
        found = self.window.findChild(AskDialog)
        assert found is not None
        self.qtbot.waitUntil(found.isActiveWindow)
        return found


@pytest.fixture
def asked(show: Show, qtbot: QtBot) -> Asked:
    return Asked(show, qtbot)


def reason_dialog(asked: Asked) -> ReasonDialog:
    asked.prompter.ask_reason(QUESTION, asked.answers.append)
    dialog = asked.dialog()
    assert isinstance(dialog, ReasonDialog)
    return dialog


def test_a_reason_is_handed_over(asked: Asked) -> None:
    dialog = reason_dialog(asked)
    rewrite(dialog.field.editor, "Ma", 1, "á", "y ho", 1, "ỏ", "ng")
    dialog.act.click()
    assert asked.answers == ["Máy hỏng"]


@pytest.mark.parametrize("typed", ["", "   "])
def test_without_a_reason_nothing_is_done(asked: Asked, typed: str) -> None:
    dialog = reason_dialog(asked)
    type_text(dialog.field.editor, typed)
    dialog.act.click()
    assert (asked.answers, dialog.isVisible(), dialog.field.editor.hasFocus()) == ([], True, True)
    assert "Ghi lý do" in str(dialog.field.note.words())
    dialog.reject()


def test_enter_in_the_reason_is_a_new_line(asked: Asked) -> None:
    dialog = reason_dialog(asked)
    type_text(dialog.field.editor, "một")
    press(dialog.field.editor, "Return")
    assert (asked.answers, dialog.isVisible(), dialog.field.text()) == ([], True, "một\n")
    dialog.reject()


def test_escape_refuses(asked: Asked) -> None:
    dialog = reason_dialog(asked)
    type_text(dialog.field.editor, "một")
    press(dialog.field.editor, "Esc")
    assert (asked.answers, dialog.isVisible()) == ([], False)


@pytest.mark.parametrize(("grave", "answers"), [(True, []), (False, [1])])
def test_enter_takes_nothing_away(asked: Asked, grave: bool, answers: list[int]) -> None:
    question = Question("Bỏ bản nháp này?", "Chữ đã gõ sẽ mất.", "Bỏ", grave=grave)
    asked.prompter.confirm(question, lambda: asked.answers.append(1))
    focused = asked.dialog().focusWidget()
    assert focused is not None
    press(focused, "Return")
    assert asked.answers == answers


def test_news_can_only_be_acknowledged(asked: Asked) -> None:
    asked.prompter.tell("Đã ghi ra USB", "Rút thiết bị an toàn.")
    dialog = asked.dialog()
    assert not dialog.refuse.isVisible()
    dialog.act.click()
    assert not dialog.isVisible()


def test_a_dialog_fits_a_narrow_window(asked: Asked) -> None:
    asked.window.resize(500, 400)
    dialog = reason_dialog(asked)
    assert dialog.width() == 500 - 48
    dialog.reject()


def test_files_are_chosen_in_a_dialog_of_the_system(asked: Asked, tmp_path: Path) -> None:
    kinds = ((tr("Ảnh, tài liệu"), ("*.jpg", "*.png")),)
    asked.prompter.choose_files(FileQuestion("Đính kèm", kinds, tmp_path), asked.answers.append)
    dialog = asked.window.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.nameFilters() == ["Ảnh, tài liệu (*.jpg *.png)"]
    dialog.filesSelected.emit(["/a/1.jpg"])
    dialog.close()
    assert asked.answers == [[Path("/a/1.jpg")]]


def test_a_folder_and_a_target_are_chosen(asked: Asked, tmp_path: Path) -> None:
    asked.prompter.choose_folder(FileQuestion("Thư mục", start=tmp_path), asked.answers.append)
    asked.prompter.choose_target(FileQuestion("Lưu", start=tmp_path / "bien-ban.docx"), asked.answers.append)
    folder, target = asked.window.findChildren(QFileDialog)
    for dialog, name in ((folder, "/a"), (target, "/a/b.docx")):
        dialog.fileSelected.emit(name)
        dialog.close()
    assert asked.answers == [Path("/a"), Path("/a/b.docx")]


def test_a_script_answers_like_a_person() -> None:
    answers: list[object] = []
    script = ScriptedPrompter(True, "vì máy hỏng", None, [Path("a")], Path("b"))
    prompter: Prompter = script
    prompter.confirm(QUESTION, lambda: answers.append("yes"))
    prompter.ask_reason(QUESTION, answers.append)
    prompter.ask_reason(QUESTION, answers.append)
    prompter.choose_files(FileQuestion("x"), answers.append)
    prompter.choose_folder(FileQuestion("y"), answers.append)
    assert (answers, len(script.asked)) == (["yes", "vì máy hỏng", [Path("a")], Path("b")], 5)
