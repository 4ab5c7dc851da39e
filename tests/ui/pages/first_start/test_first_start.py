"""The first start makes a workspace at its end and not before, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from inspector.services.accepting import accepted
from inspector.services.door import Ways, home_of, open_desk
from inspector.services.inviting import Wanted, write_invitation
from inspector.system.identity import read_certificate
from inspector.ui.application import Application
from inspector.ui.language import LanguageCode
from inspector.ui.pages.first_start.page import FirstStart
from inspector.ui.theme import Theme
from tests.ui import walker
from tests.ui.prompting import ScriptedPrompter
from tests.ui.sittings import Sitting
from tests.ui.typing import press, rewrite, type_text

Show = Callable[[QWidget], None]
WORDS = "con mèo trên mái"


class SettingUp:
    """A first start in a window, and what it told."""

    def __init__(self, folder: Path, show: Show, qtbot: QtBot, size: tuple[int, int] = (1366, 698)) -> None:
        self.folder = folder
        self.qtbot = qtbot
        self.told: list[str] = []
        self.prompter = ScriptedPrompter()
        self.window = QWidget()
        self.window.resize(*size)
        self.page = FirstStart(
            home_of(folder),
            lambda: self.told.append("done"),
            lambda: self.told.append("demonstration"),
            lambda: self.told.append("backup"),
            prompter=self.prompter,
        )
        rows = QVBoxLayout(self.window)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.page)
        show(self.window)
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.page.lane.is_idle, timeout=30_000)
        QCoreApplication.processEvents()

    @property
    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def type(self, *texts: str) -> None:
        """Type into the field with the caret, and Enter after each."""
        for text in texts:
            type_text(self.focus, text)
            press(self.focus, "Return")

    def who(self) -> None:
        self.type("Bùi Thanh Hà", "Sở Nội vụ", "tỉnh Vĩnh Lam")
        press(self.focus, "Return")

    def alone(self) -> None:
        press(self.focus, "Return")
        self.type(WORDS, WORDS)
        press(self.focus, "Return")

    def group(self, which: int) -> str:
        return self.page.code.groups[self.page.code.asked[which]]


@pytest.fixture
def setting_up(fast_tmp: Path, show: Show, qtbot: QtBot) -> Iterator[SettingUp]:
    found = SettingUp(fast_tmp / "home", show, qtbot)
    yield found
    found.settle()
    found.page.lane.close()


@pytest.fixture
def invited(sit: Sitting, fast_tmp: Path, show: Show, qtbot: QtBot) -> Iterator[SettingUp]:
    """A newcomer beside somebody who sits at their laptop already."""
    found = SettingUp(fast_tmp / "newcomer", show, qtbot)
    yield found
    found.settle()
    found.page.lane.close()


def test_a_workspace_is_made_by_keyboard_alone(setting_up: SettingUp) -> None:
    setting_up.who()
    setting_up.alone()
    press(setting_up.focus, "Tab")
    press(setting_up.focus, "Tab")
    setting_up.type(setting_up.group(0).lower(), setting_up.group(1))
    assert not setting_up.folder.exists()
    assert setting_up.focus is setting_up.page.on
    press(setting_up.focus, "Return")
    setting_up.settle()
    assert setting_up.told == ["done"]
    with open_desk(home_of(setting_up.folder), Ways(passphrase=WORDS)) as desk:
        assert read_certificate(desk.workspace.author.certificate).person.name == "Bùi Thanh Hà"
    with open_desk(home_of(setting_up.folder), Ways(recovery_code="-".join(setting_up.page.code.groups))):
        pass


def test_names_are_typed_through_any_input_method(setting_up: SettingUp) -> None:
    rewrite(setting_up.focus, "Bu", 1, "ù", "i Ha", 1, "à")
    setting_up.page.go_on()
    assert setting_up.page.who.newcomer().name == "Bùi Hà"


def test_what_is_missing_is_said_where_it_is_missing(setting_up: SettingUp) -> None:
    setting_up.type("Bùi Thanh Hà")
    setting_up.page.go_on()
    assert setting_up.page.step == 0
    assert setting_up.focus is setting_up.page.who.agency.editor
    assert str(setting_up.page.who.agency.note.words()) == "Ghi ô này trước"
    type_text(setting_up.focus, "S")
    assert str(setting_up.page.who.agency.note.words()) != "Ghi ô này trước"


def test_back_loses_nothing(setting_up: SettingUp) -> None:
    setting_up.who()
    setting_up.alone()
    groups = setting_up.page.code.groups
    press(setting_up.focus, "Alt+Left")
    press(setting_up.focus, "Alt+Left")
    assert (setting_up.page.step, setting_up.page.who.name.text()) == (0, "Bùi Thanh Hà")
    setting_up.page.go_on()
    setting_up.page.go_on()
    assert (setting_up.page.step, setting_up.page.code.groups) == (2, groups)


def test_two_passphrases_have_to_be_the_same(setting_up: SettingUp) -> None:
    setting_up.who()
    press(setting_up.focus, "Return")
    setting_up.type(WORDS, "khác")
    press(setting_up.focus, "Return")
    assert setting_up.page.step == 1
    assert "không giống nhau" in str(setting_up.page.enrol.again.note.words())


def test_a_passphrase_too_short_is_asked_for_again(setting_up: SettingUp) -> None:
    setting_up.who()
    press(setting_up.focus, "Return")
    setting_up.type("a", "a")
    press(setting_up.focus, "Return")
    for place, field in enumerate(setting_up.page.code.typed):
        type_text(field.editor, setting_up.group(place))
    setting_up.page.go_on()
    setting_up.settle()
    assert (setting_up.page.step, setting_up.told) == (1, [])
    assert not home_of(setting_up.folder).exists()


def test_a_wrong_group_is_named_after_leaving_and_keeps_the_end_closed(setting_up: SettingUp) -> None:
    setting_up.who()
    setting_up.alone()
    code = setting_up.page.code
    code.typed[0].setFocus()
    setting_up.type(setting_up.group(0))
    type_text(setting_up.focus, "0000")
    assert not code.wrong.isVisible()
    setting_up.page.sample.setFocus()
    assert code.wrong.text() == f"Hai nhóm chưa đúng. Xem lại nhóm thứ {code.asked[1] + 1}."
    assert not setting_up.page.on.isEnabled()
    code.typed[1].setFocus()
    press(setting_up.focus, "Backspace")
    assert not code.wrong.isVisible()


def test_the_code_is_saved_to_a_new_file_only(setting_up: SettingUp, fast_tmp: Path) -> None:
    setting_up.who()
    setting_up.alone()
    file = fast_tmp / "ma.txt"
    setting_up.prompter.answers = [file, file]
    setting_up.page._save()
    setting_up.settle()
    assert file.read_text(encoding="utf-8") == "-".join(setting_up.page.code.groups) + "\n"
    assert setting_up.page.code.news.text() == "Đã lưu ma.txt. Cất USB ở cơ quan."
    setting_up.page._save()
    setting_up.settle()
    assert setting_up.page.code.news.property("tone") == "no"


def test_the_demonstration_leaves_everything_waiting(setting_up: SettingUp) -> None:
    type_text(setting_up.focus, "Bùi")
    setting_up.page.sample.click()
    assert (setting_up.told, setting_up.page.who.name.text()) == (["demonstration"], "Bùi")


def invite(sit: Sitting, file: Path, *, spare: bool = False) -> str:
    """Writes an invitation into an inspection; returns its code."""
    visit = sit.begin()
    if spare:
        sit.act("add_member", visit, name="Lê Minh Khoa", agency="Sở KH&CN", role="member")
    name, agency = ("", "") if spare else ("Trần Thị Hoa", "Sở Tài chính")
    return write_invitation(sit.desk, file, Wanted(name, agency, (visit,), spare=spare)).code


def finish(setting_up: SettingUp) -> None:
    """The last two steps."""
    setting_up.page.go_on()
    setting_up.alone()
    for place, field in enumerate(setting_up.page.code.typed):
        type_text(field.editor, setting_up.group(place))
    setting_up.page.go_on()
    setting_up.settle()


def test_a_newcomer_with_an_invitation_begins_by_it(invited: SettingUp, sit: Sitting, fast_tmp: Path) -> None:
    file = fast_tmp / "hoa.cchc-moi"
    code = invite(sit, file)
    page = invited.page
    invited.prompter.answers = [[file]]
    page.who.invite.click()
    assert invited.focus is page.who.invited.code.editor
    page.go_on()
    assert "Mở giấy mời trước" in str(page.who.invited.code.note.words())
    invited.type("0000-0000-0000-0000")
    invited.settle()
    assert str(page.who.invited.code.note.words())
    page.who.invited.code.editor.put(code)
    page.who.invited.opens.click()
    invited.settle()
    assert page.who.invited.said.text() == "Bùi Thanh Hà mời Trần Thị Hoa vào: UBND xã Cái Bè, 26/11/2026"
    assert (page.who.name.text(), page.who.name.isEnabled()) == ("Trần Thị Hoa", False)
    finish(invited)
    assert invited.told == ["done"]
    with open_desk(home_of(invited.folder), Ways(passphrase=WORDS)) as desk:
        (made,) = accepted(desk)
        assert (made.name, made.by, desk.workspace.author.person) == ("Trần Thị Hoa", "Bùi Thanh Hà", made.person)


def test_with_a_spare_invitation_one_says_who_one_is(invited: SettingUp, sit: Sitting, fast_tmp: Path) -> None:
    file = fast_tmp / "du-phong.cchc-moi"
    code = invite(sit, file, spare=True)
    page = invited.page
    invited.prompter.answers = [[file]]
    page.who.invite.click()
    page.who.invited.code.editor.put(code)
    page.who.invited.opens.click()
    invited.settle()
    page.go_on()
    assert page.step == 0
    page.who.name.editor.put("Lê Minh Khoa")
    page.who.agency.editor.put("Sở KH&CN")
    finish(invited)
    with open_desk(home_of(invited.folder), Ways(passphrase=WORDS)) as desk:
        (made,) = accepted(desk)
        assert made.name == "Lê Minh Khoa"


def test_an_invitation_can_be_left_aside(invited: SettingUp, sit: Sitting, fast_tmp: Path) -> None:
    file = fast_tmp / "hoa.cchc-moi"
    code = invite(sit, file)
    page = invited.page
    invited.prompter.answers = [[file]]
    page.who.invite.click()
    page.who.invited.code.editor.put(code)
    page.who.invited.opens.click()
    invited.settle()
    assert page.enrol.invited.isChecked()
    assert walker.faults(invited.window) == []
    page.who.invited.leaves.click()
    assert page.who.invited.invitation is None
    assert page.enrol.alone.isChecked()
    assert page.who.name.isEnabled()


def test_a_folder_of_a_cloud_is_named_and_another_can_be_chosen(fast_tmp: Path, show: Show, qtbot: QtBot) -> None:
    found = SettingUp(fast_tmp / "OneDrive" / "home", show, qtbot)
    banner = found.page._banner
    assert banner is not None
    assert "OneDrive" in banner.accessibleName()
    found.prompter.answers = [fast_tmp / "o"]
    found.page._choose_folder()
    found.settle()
    found.settle()
    assert found.page._banner is None
    assert found.page.home.folder == fast_tmp / "o" / "KiemTraCCHC"
    found.page.lane.close()


def test_in_a_low_window_the_buttons_stay_and_the_field_with_the_caret_is_seen(
    fast_tmp: Path, show: Show, qtbot: QtBot
) -> None:
    found = SettingUp(fast_tmp / "home", show, qtbot, (911, 465))
    assert found.page.who.restore.visibleRegion().boundingRect() == found.page.who.restore.rect()
    found.who()
    found.alone()
    found.page.go_back()
    found.settle()
    press(found.focus, "Return")
    for widget in (found.page.enrol.passphrase.editor, found.page.on):
        assert widget.visibleRegion().boundingRect() == widget.rect()
    found.page.lane.close()


@pytest.mark.every_screen
@pytest.mark.parametrize(
    ("size", "theme", "scale", "language"),
    [
        ((1366, 698), "light", 100, "vi"),
        ((1366, 698), "dark", 100, "en"),
        ((911, 442), "light", 100, "en"),
        ((1093, 558), "dark", 150, "vi"),
        ((1280, 690), "light", 200, "vi"),
    ],
)
def test_nothing_is_cut_on_any_step(
    fast_tmp: Path,
    show: Show,
    qtbot: QtBot,
    qapp: Application,
    size: tuple[int, int],
    theme: Theme,
    scale: int,
    language: LanguageCode,
) -> None:
    qapp.choose(theme=theme, scale=scale, language=language)
    found = SettingUp(fast_tmp / "home", show, qtbot, size)
    for step in range(3):
        found.page.show_step(step)
        found.settle()
        assert walker.faults(found.window) == [], step
    found.page.lane.close()
