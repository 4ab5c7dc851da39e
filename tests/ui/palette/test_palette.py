"""The palette finds while somebody types, opens what is chosen, and gives the caret back where it was."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.ui.actions import Act, Acts
from inspector.ui.application import Application
from inspector.ui.language import LanguageCode, tr
from inspector.ui.palette import Palette, open_palette
from inspector.ui.palette.places import SCREENS, TABS, places_of
from inspector.ui.where import Screen, Tab, Where
from inspector.ui.widgets.field import TextArea
from inspector.ui.widgets.text import Text
from tests.ui import walker
from tests.ui.sittings import Sitting
from tests.ui.typing import compose, press, type_text

Show = Callable[[QWidget], None]


class Desktop:
    """A window with one field, some commands and the palette over it."""

    def __init__(self, at: Sitting, show: Show, *, width: int = 1366, height: int = 698) -> None:
        self.at = at
        self.window = QWidget()
        self.window.resize(width, height)
        self.field = TextArea(tr("Nhận xét"))
        rows = QVBoxLayout(self.window)
        rows.addWidget(self.field)
        self.acts = Acts(self.window)
        self.ran: list[str] = []
        self.bind("new-finding")
        self.bind("help")
        self.palette_act = self.acts.bind("palette", self.open, self.window)
        self.field.show_value("Kiểm tra 26 hồ sơ")
        show(self.window)
        self.field.setFocus()

    def bind(self, command: str) -> Act:
        return self.acts.bind(command, lambda: self.ran.append(command), self.window)

    def open(self) -> Palette:
        self.palette = open_palette(self.window, self.at.session, self.acts)
        self.at.settle()
        return self.palette

    def type(self, text: str) -> None:
        type_text(self.palette.line, text)
        self.at.settle()

    def press(self, keys: str) -> None:
        press(self.palette.line, keys)
        self.at.settle()
        QCoreApplication.processEvents()

    def rows(self) -> list[str]:
        """What is listed, heads in brackets."""
        return [f"[{entry.words}]" if entry.head else str(entry.words) for entry in self.palette.model.entries]

    def chosen(self) -> str:
        return str(self.palette.view.currentIndex().data())


@pytest.fixture
def desktop(sit: Sitting, show: Show) -> Desktop:
    return Desktop(sit, show)


def test_a_unit_is_found_without_marks_and_opened(desktop: Desktop) -> None:
    desktop.open()
    desktop.type("@cai be")
    assert desktop.rows()[:2] == ["[Đơn vị]", "Xã Cái Bè"]
    desktop.press("Return")
    assert desktop.at.gone == [Where(Screen.UNITS, record="28360")]


def test_items_of_the_open_inspection_come_first(desktop: Desktop) -> None:
    inspection = desktop.at.begin()
    desktop.at.act("remark_item", desktop.at.begin(), item="X-I.1", remark="Đã niêm yết kế hoạch")
    places_of(desktop.at.session).note(Where(Screen.WORKSPACE, inspection))
    desktop.open()
    desktop.type("#niem yet")
    assert desktop.rows()[1].startswith("X-III.2 Niêm yết")
    assert desktop.rows()[-1] == "Đã niêm yết kế hoạch"
    desktop.press("Return")
    item = next(each for each in desktop.at.desk.library.checklists()[0].items if each.code == "X-III.2")
    assert desktop.at.gone == [Where(Screen.WORKSPACE, inspection, Tab.CONTENTS, "item", item.key)]


def test_enter_right_after_typing_waits_for_what_is_typed(desktop: Desktop) -> None:
    desktop.open()
    type_text(desktop.palette.line, "@cai be")
    desktop.press("Return")
    assert desktop.at.gone == [Where(Screen.UNITS, record="28360")]


def test_the_latest_question_wins(desktop: Desktop) -> None:
    desktop.open()
    for letter in "@cái bè":
        type_text(desktop.palette.line, letter)
    desktop.at.settle()
    assert desktop.rows() == ["[Đơn vị]", "Xã Cái Bè"]
    assert desktop.palette.model.words == "cái bè"


def test_commands_run_with_the_caret_back(desktop: Desktop) -> None:
    desktop.open()
    desktop.type(">phat hien moi")
    desktop.press("Return")
    assert desktop.ran == ["new-finding"]
    assert desktop.field.editor.hasFocus()


def test_closed_commands_are_listed_with_their_reason_and_stay_closed(desktop: Desktop) -> None:
    desktop.bind("undo").close("Chưa có việc nào để hoàn tác")
    desktop.open()
    desktop.type(">hoan tac")
    entry = desktop.palette.model.entries[1]
    assert (str(entry.words), str(entry.detail), entry.caps) == (
        "Hoàn tác",
        "Chưa có việc nào để hoàn tác",
        ("Ctrl+Z",),
    )
    desktop.press("Return")
    assert (desktop.ran, desktop.palette.isVisible()) == ([], True)


def test_empty_it_names_the_last_places_and_what_can_be_done_here(desktop: Desktop) -> None:
    inspection = desktop.at.begin()
    for where in (Where(Screen.HOME), Where(Screen.WORKSPACE, inspection, Tab.PEOPLE), Where(Screen.UNITS)):
        places_of(desktop.at.session).note(where)
    desktop.open()
    assert desktop.rows() == [
        "[Vừa mở]",
        "UBND xã Cái Bè",
        "Trang chủ",
        "[Lệnh của màn hình này]",
        "Ghi phát hiện mới",
        "Trợ giúp về màn hình này",
    ]
    desktop.press("Return")
    assert desktop.at.gone == [Where(Screen.WORKSPACE, inspection, Tab.PEOPLE)]


def test_every_place_somebody_can_come_back_to_has_a_name() -> None:
    assert set(TABS) == set(Tab)
    assert set(SCREENS) == set(Screen) - {Screen.WORKSPACE, Screen.NEW_INSPECTION}


def test_a_screen_called_exactly_so_comes_before_units_that_are_called_alike(desktop: Desktop) -> None:
    desktop.open()
    desktop.type("dong bo")
    assert desktop.rows()[:3] == ["[Màn hình]", "Đồng bộ", "[Đơn vị]"]
    desktop.press("Return")
    assert desktop.at.gone == [Where(Screen.EXCHANGE)]


def test_escape_gives_the_caret_back_where_it_was(desktop: Desktop) -> None:
    cursor = desktop.field.editor.textCursor()  # type: ignore[union-attr] # a text area has an area
    cursor.setPosition(5)
    desktop.field.editor.setTextCursor(cursor)  # type: ignore[union-attr] # as above
    desktop.open()
    desktop.type("abc")
    desktop.press("Esc")
    assert (desktop.field.editor.hasFocus(), desktop.field.editor.caret()) == (True, 5)
    assert (desktop.field.text(), desktop.at.gone) == ("Kiểm tra 26 hồ sơ", [])


def test_it_opens_by_its_key_out_of_a_text(desktop: Desktop) -> None:
    press(desktop.field.editor, "Ctrl+K")
    assert desktop.palette.line.hasFocus()


def test_keys_of_the_page_behind_do_not_count(desktop: Desktop) -> None:
    desktop.open()
    for keys in ("F9", "F1", "Tab"):
        desktop.press(keys)
    assert (desktop.ran, desktop.palette.line.hasFocus()) == ([], True)


def test_arrows_pass_over_heads_and_stop_at_the_ends(desktop: Desktop) -> None:
    desktop.open()
    desktop.press("Down")
    desktop.press("Down")
    assert desktop.chosen() == "Trợ giúp về màn hình này"
    desktop.press("Up")
    desktop.press("Up")
    assert desktop.chosen() == "Ghi phát hiện mới"


def test_all_results_are_a_key_away(desktop: Desktop) -> None:
    desktop.open()
    desktop.type("@tan")
    assert desktop.rows()[-1] == "Xem mọi kết quả của “tan”"
    told = desktop.palette._foot.accessibleName()
    desktop.press("Ctrl+Return")
    assert len(desktop.rows()) > 50
    assert desktop.palette._foot.accessibleName() == told


def test_a_composed_word_searches_too_and_is_left_alone(desktop: Desktop) -> None:
    desktop.open()
    type_text(desktop.palette.line, "@")
    compose(desktop.palette.line, ["c", "ca", "cá", "cái"], None)
    desktop.at.settle()
    assert (desktop.palette.model.words, desktop.palette.line.preedit) == ("cái", "cái")
    compose(desktop.palette.line, [], "cái ")
    compose(desktop.palette.line, ["b", "bè"], "bè")
    desktop.at.settle()
    assert (desktop.palette.line.text(), desktop.rows()) == ("@cái bè", ["[Đơn vị]", "Xã Cái Bè"])


def test_enter_while_a_word_is_composed_belongs_to_it(desktop: Desktop) -> None:
    desktop.open()
    compose(desktop.palette.line, ["xã"], None)
    desktop.press("Esc")
    assert desktop.palette.isVisible()


def test_nothing_found_says_what_to_try(desktop: Desktop) -> None:
    desktop.open()
    desktop.type("@qqqq")
    assert desktop.rows() == []
    assert any("Không thấy “qqqq”" in label.text() for label in desktop.palette.findChildren(Text))


def test_its_model_keeps_the_rules(desktop: Desktop) -> None:
    desktop.open()
    tester = QAbstractItemModelTester(
        desktop.palette.model, QAbstractItemModelTester.FailureReportingMode.Fatal, desktop.palette
    )
    desktop.type("niem")
    desktop.type(" yet")
    assert tester.model() is desktop.palette.model
    first = desktop.palette.model.index(0)
    assert not first.flags() & Qt.ItemFlag.ItemIsSelectable


@pytest.mark.every_screen
@pytest.mark.parametrize(
    ("width", "height", "scale", "language"), [(1366, 698, 100, "vi"), (911, 442, 100, "en"), (1093, 558, 200, "vi")]
)
def test_nothing_is_cut(
    sit: Sitting, show: Show, qapp: Application, width: int, height: int, scale: int, language: LanguageCode
) -> None:
    qapp.choose(theme="dark", scale=scale, language=language)
    desktop = Desktop(sit, show, width=width, height=height)
    desktop.open()
    desktop.type("niem yet")
    assert walker.faults(desktop.palette) == []
    assert desktop.palette.rect().contains(desktop.palette._panel.geometry())
