"""Opening a workspace while the window is there, and the way on where it does not open."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from inspector.domain.ids import new_id
from inspector.services.desk import Desk
from inspector.services.door import Home, Newcomer, Ways, begin, home_of, new_recovery_code, open_desk
from inspector.services.keeping import back_up
from inspector.system.checked import checked_bytes, read_checked
from inspector.ui.application import Application
from inspector.ui.language import LanguageCode
from inspector.ui.pages.first_start.page import FirstStart
from inspector.ui.shell.not_opened import ByCode, NotOpened
from inspector.ui.shell.opening import Opening
from inspector.ui.shell.window import MainWindow
from inspector.ui.widgets.button import Button
from inspector.ui.widgets.empty_state import EmptyState
from inspector.ui.widgets.text import Text
from tests.demonstrations import copy
from tests.ui import walker
from tests.ui.prompting import ScriptedPrompter
from tests.ui.typing import press, type_text

NEWCOMER = Newcomer("Bùi Thanh Hà", "Sở Nội vụ", "tỉnh Vĩnh Lam")


class Start:
    """A window that opens something."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        self.opening = Opening(window)
        self.desks: list[Desk] = []
        self.opening.opened.connect(self.desks.append)

    def opened(self, home: Home) -> Desk:
        self.opening.open(home)
        return self.desk()

    def desk(self) -> Desk:
        self.qtbot.waitUntil(lambda: bool(self.desks), timeout=20_000)
        return self.desks[-1]

    def refused(self, home: Home) -> NotOpened:
        self.opening.open(home)
        return self.trouble()

    def trouble(self) -> NotOpened:
        self.qtbot.waitUntil(lambda: isinstance(self.stage(), NotOpened), timeout=20_000)
        stage = self.stage()
        assert isinstance(stage, NotOpened)
        return stage

    def stage(self) -> QWidget | None:
        return self.window._stages.currentWidget()

    def words(self) -> str:
        stage = self.stage()
        return "\n".join(text.text() for text in stage.findChildren(Text)) if stage is not None else ""

    def ways(self) -> list[str]:
        (empty,) = self.trouble().findChildren(EmptyState)
        return [button.text() for button in empty.buttons]


@pytest.fixture
def start(qtbot: QtBot, show: Callable[[QWidget], None]) -> Iterator[Start]:
    window = MainWindow()
    show(window)
    start = Start(window, qtbot)
    yield start
    start.opening.close()


@pytest.fixture
def coded(fast_tmp: Path) -> tuple[Home, str]:
    """A workspace that opens by a recovery code, as one whose keychain has forgotten it."""
    home, code = home_of(fast_tmp / "home"), new_recovery_code()
    begin(home, NEWCOMER, Ways(recovery_code=code, passphrase="một câu để mở dữ liệu"))  # noqa: S106
    return home, code


def test_the_desk_is_handed_over_and_closed_at_the_end(start: Start, empty_template: Path, fast_tmp: Path) -> None:
    home = home_of(copy(empty_template, fast_tmp / "home"))
    assert start.opened(home).is_demonstration
    start.opening.close()
    with open_desk(home, Ways()) as again:
        assert again.is_demonstration


def test_no_workspace_there_means_the_first_start(
    start: Start, fast_tmp: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Home] = []

    class Stand(QWidget):
        def __init__(
            self, home: Home, done: Callable[[], None], demonstration: Callable[[], None], *_: object, **__: object
        ) -> None:
            super().__init__()
            self.home, self.passphrase = home, ""
            made.append(home)
            self.done, self.demonstration = done, demonstration

        def resume(self, _answers: object) -> None:
            pass

    module = ModuleType("first start")
    module.FirstStart = Stand  # type: ignore[attr-defined] # stands for the page of another room
    monkeypatch.setitem(sys.modules, "inspector.ui.pages.first_start.page", module)
    home = home_of(fast_tmp / "home")
    start.opening.open(home)
    start.qtbot.waitUntil(lambda: isinstance(start.stage(), Stand))
    begin(home, NEWCOMER, Ways(demonstration=True))
    stage = start.stage()
    assert isinstance(stage, Stand)
    stage.done()
    assert start.desk().workspace.author.person
    assert made == [home]


def test_the_recovery_code_is_typed_in_the_window(start: Start, coded: tuple[Home, str]) -> None:
    home, code = coded
    start.refused(home)
    (page,) = start.trouble().findChildren(ByCode)
    start.qtbot.waitUntil(page.field.editor.hasFocus)
    type_text(page.field.editor, code.lower().replace("-", " "))
    press(page.field.editor, "Return")
    press(page.open, "Return")
    assert start.desk().workspace.author.person


def test_the_passphrase_opens_where_there_is_no_keychain(start: Start, coded: tuple[Home, str]) -> None:
    home, _ = coded
    start.refused(home)
    (page,) = start.trouble().findChildren(ByCode)
    type_text(page.field.editor, "một câu để mở")
    press(page.open, "Return")
    start.qtbot.waitUntil(lambda: start.stage() is not start.window.waiting and "mật khẩu" in start.words().lower())
    (page,) = start.trouble().findChildren(ByCode)
    assert not page.field.is_shown
    type_text(page.field.editor, " dữ liệu")
    press(page.open, "Return")
    assert start.desk().workspace.author.person


def test_a_mistyped_code_is_mended_not_typed_again(start: Start, coded: tuple[Home, str]) -> None:
    home, code = coded
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    start.opening.home = home
    start.opening.open_by_code(wrong)
    (page,) = start.trouble().findChildren(ByCode)
    assert page.field.text() == wrong
    assert "nhóm thứ" in start.words()


def test_opened_twice_leads_to_the_other_window(start: Start, empty_template: Path, fast_tmp: Path) -> None:
    home = home_of(copy(empty_template, fast_tmp / "home"))
    asked: list[bool] = []
    start.opening.forward.connect(lambda: asked.append(True))
    with open_desk(home, Ways()):
        start.refused(home)
        assert start.ways() == ["Chuyển tới cửa sổ đó", "Thử lại", "Thoát"]
        (empty,) = start.trouble().findChildren(EmptyState)
        assert empty.buttons[0].hasFocus()
        press(empty.buttons[0], "Return")
    assert asked == [True]
    press(empty.buttons[1], "Return")
    assert start.desk().is_demonstration


def test_a_damaged_one_is_brought_back_from_a_backup(start: Start, coded: tuple[Home, str], fast_tmp: Path) -> None:
    home, code = coded
    file = fast_tmp / "sao-luu.bak"
    made = backed_up(home, code, file)
    home.database.write_bytes(b"x" * 8192)
    start.opening.open(home, code)
    assert start.trouble()
    assert start.ways()[0] == "Phục hồi từ bản sao lưu"
    assert "Đừng xóa thư mục này" in start.words()
    assert "workspace.db" not in start.words()
    assert "salvage" not in start.words()
    start.window.prompter = ScriptedPrompter([file], fast_tmp / "moi")
    (empty,) = start.trouble().findChildren(EmptyState)
    empty.buttons[0].click()
    page = start.stage()
    assert isinstance(page, ByCode)
    type_text(page.field.editor, code)
    page.open.click()
    assert start.desk().inspection(made).id == made


def backed_up(home: Home, code: str, file: Path) -> str:
    """A backup of a workspace with one inspection, which is returned."""
    with open_desk(home, Ways(recovery_code=code)) as desk:
        given = {"unit": "28360", "form": "on_site", "visit_date": "2026-11-26"}
        made = desk.perform("open_inspection", given, act=new_id()).ref
        back_up(desk, file)
    return made


def first_start(start: Start, home: Home) -> FirstStart:
    start.opening.open(home)
    start.qtbot.waitUntil(lambda: isinstance(start.stage(), FirstStart), timeout=20_000)
    page = start.stage()
    assert isinstance(page, FirstStart)
    return page


def test_a_new_laptop_begins_with_the_backup_of_the_old_one(
    start: Start, coded: tuple[Home, str], fast_tmp: Path
) -> None:
    home, code = coded
    made = backed_up(home, code, fast_tmp / "sao-luu.cchc-sl")
    page = first_start(start, home_of(fast_tmp / "may-moi"))
    start.window.prompter = ScriptedPrompter([fast_tmp / "sao-luu.cchc-sl"])
    press(page.who.restore, "Return")
    asking = start.stage()
    assert isinstance(asking, ByCode)
    type_text(asking.field.editor, code)
    press(asking.open, "Return")
    assert start.desk().inspection(made).id == made
    assert start.desk().workspace.places.folder == fast_tmp / "may-moi"


def test_who_gives_a_backup_up_comes_back_to_what_was_typed(start: Start, fast_tmp: Path) -> None:
    page = first_start(start, home_of(fast_tmp / "may-moi"))
    type_text(page.who.name.editor, "Bùi Thanh Hà")
    start.window.prompter = ScriptedPrompter([fast_tmp / "sao-luu.cchc-sl"])
    page.who.restore.click()
    asking = start.stage()
    assert isinstance(asking, ByCode)
    (back,) = [button for button in asking.findChildren(Button) if button.text() == "Quay lại"]
    back.click()
    start.qtbot.waitUntil(lambda: isinstance(start.stage(), FirstStart))
    again = start.stage()
    assert isinstance(again, FirstStart)
    assert (again.who.name.text(), start.opening.backup) == ("Bùi Thanh Hà", None)


def test_the_laying_out_of_a_backup_can_be_stopped(start: Start, coded: tuple[Home, str], fast_tmp: Path) -> None:
    home, code = coded
    backed_up(home, code, fast_tmp / "sao-luu.cchc-sl")
    first_start(start, home_of(fast_tmp / "may-moi"))
    start.opening.backup = (fast_tmp / "sao-luu.cchc-sl", fast_tmp / "may-moi")
    start.opening.open_by_code(code)
    start.opening._stop()
    start.qtbot.waitUntil(lambda: isinstance(start.stage(), FirstStart), timeout=20_000)
    assert not (fast_tmp / "may-moi").exists()


def test_a_newer_programs_workspace_is_left_alone(start: Start, empty_template: Path, fast_tmp: Path) -> None:
    home = home_of(copy(empty_template, fast_tmp / "home"))
    for slots in home.slots:
        slots.write_bytes(checked_bytes({**(read_checked(slots) or {}), "v": 99}))
    start.refused(home)
    assert start.ways() == ["Thoát", "Chọn thư mục khác"]


def test_a_place_that_is_no_folder_leads_to_another(start: Start, empty_template: Path, fast_tmp: Path) -> None:
    synchronised = fast_tmp / "OneDrive" / "home"
    (fast_tmp / "OneDrive").mkdir()
    (fast_tmp / "OneDrive" / "desktop.ini").write_text("", encoding="utf-8")
    copy(empty_template, synchronised)
    start.refused(home_of(synchronised))
    assert start.ways() == ["Chọn thư mục khác", "Thử lại", "Thoát"]
    copy(empty_template, fast_tmp / "home")
    start.window.prompter = ScriptedPrompter(fast_tmp / "home")
    (empty,) = start.trouble().findChildren(EmptyState)
    empty.buttons[0].click()
    assert start.desk().is_demonstration


def test_the_demonstration_is_made_beside_and_can_be_stopped(start: Start, fast_tmp: Path) -> None:
    waiting = start.window.waiting
    start.opening.home = home_of(fast_tmp / "home")
    start.opening.make_demonstration()
    start.qtbot.waitUntil(waiting.stop.isVisible, timeout=20_000)
    begin(start.opening.home, NEWCOMER, Ways(demonstration=True))
    waiting.stop.click()
    assert not start.desk().workspace.inspections()
    assert sorted(path.name for path in fast_tmp.iterdir()) == ["home", "home.key"]


@pytest.mark.every_screen
@pytest.mark.parametrize("language", ["vi", "en"])
def test_nothing_is_cut_on_the_page_of_the_code(
    start: Start, coded: tuple[Home, str], qapp: Application, language: LanguageCode
) -> None:
    qapp.choose(language=language, theme="light", scale=150)
    start.window.resize(911, 442)
    start.refused(coded[0])
    assert walker.faults(start.window) == []
