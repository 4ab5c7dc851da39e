"""Banners and toasts tell, and neither takes the caret."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from inspector.ui.language import tr
from inspector.ui.tokens import TOAST_MS
from inspector.ui.widgets.button import Button
from inspector.ui.widgets.field import TextField
from inspector.ui.widgets.news import Banner, Toast, Tone
from tests.ui.fields import Show
from tests.ui.typing import type_text


class Page:
    """A window with a field and a toast over it."""

    def __init__(self, show: Show) -> None:
        self.window = QWidget()
        self.window.resize(800, 400)
        self.field = TextField("Nhận xét")
        QVBoxLayout(self.window).addWidget(self.field)
        self.toast = Toast(self.window)
        self.done: list[str] = []
        show(self.window)

    def tell(self) -> None:
        run = lambda: self.done.append("undo")  # noqa: E731  -- the act of the toast
        self.toast.tell("Đã chọn Đạt cho mục III.8", act=tr("Hoàn tác"), keys="Ctrl+Z", run=run)


@pytest.fixture
def page(show: Show) -> Page:
    return Page(show)


@pytest.mark.parametrize("tone", Tone)
def test_a_banner_says_its_words_and_does_its_act(qtbot: QtBot, tone: Tone) -> None:
    done: list[int] = []
    banner = Banner(tone, "Ổ đĩa đầy.", act=tr("Thử lại"), run=lambda: done.append(1))
    qtbot.addWidget(banner)
    button = banner.findChild(Button)
    assert button is not None
    button.click()
    assert (banner.accessibleName(), done) == ("Ổ đĩa đầy.", [1])


def test_a_banner_without_an_act_has_no_button(qtbot: QtBot) -> None:
    banner = Banner(Tone.INFORMATION, "Chỉ đọc.")
    qtbot.addWidget(banner)
    assert banner.findChild(Button) is None


def test_a_toast_leaves_the_caret_where_it_is(page: Page) -> None:
    page.field.editor.setFocus()
    type_text(page.field.editor, "đơn")
    page.tell()
    type_text(page.field.editor, " vị")
    assert (page.field.text(), page.field.editor.hasFocus(), page.toast.isVisible()) == ("đơn vị", True, True)


def test_a_toast_takes_back_what_was_done(page: Page) -> None:
    page.tell()
    button = page.toast.findChild(Button)
    assert button is not None
    button.click()
    assert (page.done, page.toast.isVisible()) == (["undo"], False)


def test_a_toast_goes_after_six_seconds_unless_the_mouse_is_on_it(page: Page) -> None:
    page.tell()
    timer = page.toast._timer
    assert (timer.isActive(), timer.interval(), TOAST_MS) == (True, 6000, 6000)
    place = QPointF(5, 5)
    QApplication.sendEvent(page.toast, QEnterEvent(place, place, place))
    assert not timer.isActive()
    QApplication.sendEvent(page.toast, QEvent(QEvent.Type.Leave))
    assert timer.isActive()
    timer.timeout.emit()
    assert not page.toast.isVisible()


def test_a_toast_stays_at_the_foot_of_its_page(page: Page) -> None:
    page.tell()
    for width, height in ((800, 400), (500, 300)):
        page.window.resize(width, height)
        place = page.toast.geometry()
        assert (place.center().x() - width // 2 in (-1, 0, 1), height - place.bottom()) == (True, 17)


def test_a_toast_without_a_way_back_has_no_button(page: Page) -> None:
    page.toast.tell("Đã chép")
    button = page.toast.findChild(Button)
    assert button is not None
    assert not button.isVisible()
