"""The frame of the workspace: which inspection is shown, which tab, and what is said while there is nothing to show."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from inspector.ui.application import Application
from inspector.ui.language import LanguageCode
from inspector.ui.pages.workspace.contents.tab import ContentsTab
from inspector.ui.pages.workspace.page import WorkspacePage
from inspector.ui.theme import Theme
from inspector.ui.where import Screen, Tab, Where
from tests.ui import walker
from tests.ui.alone import workspace
from tests.ui.fields import Show
from tests.ui.sittings import Sitting
from tests.ui.typing import press


def opened(at: Sitting, show: Show, inspection: str, width: int = 1366, height: int = 698) -> WorkspacePage:
    """The page at the first tab of an inspection."""
    return workspace(at, show, Where(Screen.WORKSPACE, inspection), width, height)[1]


def test_an_inspection_opens_at_its_contents(sit: Sitting, show: Show) -> None:
    page = opened(sit, show, sit.begin(period={"start": "2026-01-01", "end": "2026-10-31"}))
    facts = "Kiểm tra trực tiếp  ·  thứ Năm, 26/11/2026  ·  Thời kỳ kiểm tra 01/01/2026 – 31/10/2026"
    assert isinstance(page.current_tab(), ContentsTab)
    assert str(page.title()) == "Ủy ban nhân dân xã Cái Bè"
    assert [text.text() for text in page.head.findChildren(QWidget) if hasattr(text, "text")][1:3] == [
        "Ủy ban nhân dân xã Cái Bè",
        facts,
    ]
    assert (page.head.state.text(), page.head.lock.isVisible()) == ("Đang kiểm tra", False)


def test_names_and_counts_of_tabs_come_before_the_line_of_keys(sit: Sitting, show: Show, qapp: Application) -> None:
    page = opened(sit, show, sit.begin())
    assert page.strip._keys.isVisible()
    qapp.choose(scale=200)
    sit.settle()
    assert not page.strip._keys.isVisible()
    shown = [button for button in page.strip.buttons if button.isVisible()]
    assert len(shown) == 5
    assert all(button.width() >= button.sizeHint().width() for button in shown)


def test_tabs_count_what_is_there(sit: Sitting, show: Show) -> None:
    inspection = sit.begin()
    page = opened(sit, show, inspection)
    sit.act("answer_item", inspection, item="X-I.1", result={"value": "day_du"})
    sit.act("add_finding", inspection, kind="strength", content="Tốt")
    sit.settle()
    named = [button.accessibleName() for button in page.strip.buttons if button.isVisible()]
    assert named == [
        "Nội dung, Đã kiểm tra 1/50",
        "Phát hiện, 1",
        "Hồ sơ mẫu, 0",
        "Thành phần, 0",
        "Biên bản, Chưa có biên bản chính thức",
    ]


def test_keys_go_to_the_tabs(sit: Sitting, show: Show) -> None:
    inspection = sit.begin()
    page = opened(sit, show, inspection)
    press(page.window(), "Ctrl+4")
    sit.settle()
    assert sit.gone == [Where(Screen.WORKSPACE, inspection, Tab.PEOPLE)]
    assert page.whereabouts() == Where(Screen.WORKSPACE, inspection, Tab.PEOPLE)
    assert [button.isChecked() for button in page.strip.buttons] == [False, False, False, True, False, False]


def test_large_letters_fold_the_head_like_a_small_window(sit: Sitting, show: Show, qapp: Application) -> None:
    page = opened(sit, show, sit.begin(), 1310, 698)
    wide = page.head.search.width()
    qapp.choose(scale=200)
    sit.settle()
    assert page.head.search.width() < 2 * wide * 0.6
    shown = [button for button in page.strip.buttons if button.isVisible()]
    assert len(shown) == 5
    assert all(button.width() >= button.sizeHint().width() for button in shown)


def test_a_cancelled_one_says_so_and_is_opened_again(sit: Sitting, show: Show) -> None:
    inspection = sit.begin()
    sit.act("change_status", inspection, status="cancelled", reason="trùng lịch")
    page = opened(sit, show, inspection)
    assert page.opened.is_read_only
    (again,) = [button for button in walker.visible(page) if button.accessibleName() == "Mở lại cuộc kiểm tra"]
    again.setFocus()
    press(again, "Return")
    sit.settle()
    assert sit.inspection(inspection).status == "open"
    assert page.head.state.text() == "Đang kiểm tra"
    assert [button for button in walker.visible(page) if button.accessibleName() == "Mở lại cuộc kiểm tra"] == []


def test_one_that_cannot_be_read_says_why_and_offers_ways_on(sit: Sitting, show: Show) -> None:
    page = opened(sit, show, "none")
    words = [widget.accessibleName() for widget in walker.visible(page)]
    assert {"Thử lại", "Về danh sách"} <= set(words)
    assert page.current_tab() is None


def test_a_signed_one_is_locked(demo: Sitting, show: Show) -> None:
    signed = next(row.space for row in demo.desk.workspace.inspections() if row.signed)
    page = opened(demo, show, signed)
    assert (page.head.state.text(), page.head.lock.isVisible()) == ("Đã ký", True)


@pytest.mark.every_screen
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("scale", [100, 150, 200])
def test_nothing_is_cut_covered_or_unnamed(
    sit: Sitting, show: Show, qapp: Application, language: LanguageCode, scale: int
) -> None:
    theme: Theme = "dark" if scale == 150 else "light"
    qapp.choose(language=language, theme=theme, scale=scale)
    page = opened(sit, show, sit.begin())
    page.window().resize(round(1366 * 100 / scale) if scale < 200 else 1280, 698)
    assert walker.faults(page.window()) == []
