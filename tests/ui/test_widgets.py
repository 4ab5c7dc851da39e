"""What is only seen or pressed: signs, buttons, bars, cards."""

from __future__ import annotations

from datetime import datetime
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from inspector.ui.application import Application
from inspector.ui.language import tr
from inspector.ui.painting import Mark, paint_mark
from inspector.ui.theme import Look
from inspector.ui.tokens import Size
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.card import Card, SectionHead
from inspector.ui.widgets.empty_state import EmptyState, Way
from inspector.ui.widgets.remark import Remark
from inspector.ui.widgets.result import ResultBar, ResultChoice, ResultMark
from inspector.ui.widgets.save_state import SaveState
from inspector.ui.widgets.signs import CHIP_TONES, Chip, KeyCap, ProgressBar
from inspector.ui.widgets.text import CutText, Text, broken
from inspector.ui.widgets.tick import Tick
from tests.ui import walker
from tests.ui.fields import Show
from tests.ui.typing import press


def drawn(widget: QWidget) -> QImage:
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def inks(image: QImage) -> set[str]:
    size = image.size()
    return {image.pixelColor(x, y).name().upper() for x in range(size.width()) for y in range(size.height())}


def sign(mark: Mark) -> bytes:
    """The sign in one colour: what is left of it without its own."""
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_mark(painter, mark, QRectF(0, 0, 40, 40), colour=QColor("black"))
    painter.end()
    return bytes(image.constBits())


# ---------------------------------------- results


def test_signs_differ_without_colour(qapp: Application) -> None:
    for one, other in combinations(Mark, 2):
        different = sum(a != b for a, b in zip(sign(one)[::4], sign(other)[::4], strict=True))
        assert different > 100, f"{one} looks like {other}"


@pytest.mark.parametrize("mark", Mark)
def test_a_sign_has_the_colour_and_the_word_of_its_result(qtbot: QtBot, look: Look, mark: Mark) -> None:
    widget = ResultMark(mark)
    qtbot.addWidget(widget)
    widget.resize(widget.sizeHint())
    assert widget.accessibleName() == widget.toolTip() == mark.words.source
    assert getattr(look.colours, mark.tone) in inks(drawn(widget))


def test_a_sign_may_have_the_word_of_the_checklist(qtbot: QtBot) -> None:
    widget = ResultMark()
    qtbot.addWidget(widget)
    widget.show_mark(Mark.MET, "Có")
    assert widget.accessibleName() == "Có"


CHOICES = [
    ResultChoice(Mark.MET, "Có"),
    ResultChoice(Mark.NOT_MET, "Không"),
    ResultChoice(Mark.NOT_APPLICABLE, Mark.NOT_APPLICABLE.words, closed=tr("Chỉ đọc")),
]


@pytest.fixture
def bar(show: Show) -> ResultBar:
    made = ResultBar(CHOICES)
    made.resize(600, 40)
    show(made)
    return made


@pytest.mark.parametrize("key", ["Return", "Space"])
def test_a_result_is_chosen_with_a_key(qtbot: QtBot, bar: ResultBar, key: str) -> None:
    button = bar.button(Mark.NOT_MET)
    button.setFocus()
    with qtbot.waitSignal(bar.chosen) as caught:
        press(button, key)
    assert caught.args == [Mark.NOT_MET]
    assert [bar.button(mark).isChecked() for mark in (Mark.MET, Mark.NOT_MET)] == [False, True]


def test_a_chosen_result_stays_chosen_when_pressed_again(bar: ResultBar) -> None:
    for _ in range(2):
        bar.button(Mark.MET).click()
    assert bar.button(Mark.MET).isChecked()


def test_what_is_stored_is_shown(bar: ResultBar) -> None:
    bar.show_chosen(Mark.MET)
    bar.show_chosen(None)
    assert not bar.button(Mark.MET).isChecked()


def test_a_result_that_cannot_be_chosen_says_why(bar: ResultBar) -> None:
    button = bar.button(Mark.NOT_APPLICABLE)
    assert (button.isEnabled(), button.toolTip(), button.accessibleDescription()) == (False, "Chỉ đọc", "Chỉ đọc")


def test_where_one_result_has_no_room_for_its_key_none_shows_it(qtbot: QtBot, bar: ResultBar) -> None:
    bar.offer([ResultChoice(Mark.MET, "Đạt"), ResultChoice(Mark.NOT_MET, "Chưa thực hiện")])
    buttons = [bar.button(mark) for mark in (Mark.MET, Mark.NOT_MET)]
    qtbot.waitUntil(lambda: buttons[1].width() > 200)
    assert all(button.shows_key() for button in buttons)
    bar.resize(300, 40)
    qtbot.waitUntil(lambda: buttons[1].width() < 160)
    assert [button.is_tight() for button in buttons] == [False, True]
    assert not any(button.shows_key() for button in buttons)


def test_another_item_has_other_results(bar: ResultBar) -> None:
    bar.show_chosen(Mark.MET)
    bar.offer([ResultChoice(Mark.MET, "Đạt đầy đủ"), ResultChoice(Mark.PARTLY, "Đạt một phần")])
    assert (bar.button(Mark.MET).text(), bar.button(Mark.MET).isChecked()) == ("Đạt đầy đủ", False)


# ---------------------------------------- buttons


@pytest.mark.parametrize("key", ["Return", "Enter", "Space"])
def test_a_button_is_pressed_with_a_key(show: Show, key: str) -> None:
    done: list[int] = []
    button = Button(tr("Thường"), lambda: done.append(1))
    show(button)
    button.setFocus()
    press(button, key)
    assert done == [1]


@pytest.mark.parametrize("kind", Kind)
def test_a_button_is_wide_enough_for_what_stands_on_it(qapp: Application, look: Look, kind: Kind) -> None:
    button = Button("Cuộc kiểm tra mới", kind=kind, icon="plus", keys="Ctrl+N")
    words = QFontMetrics(look.font()).horizontalAdvance("Cuộc kiểm tra mới")
    assert button.sizeHint().width() > words + 18 + 40
    assert button.sizeHint().height() == 32


def test_a_button_without_words_needs_a_name(qtbot: QtBot) -> None:
    button = Button(icon="chevron-down", name=tr("Mục sau"))
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.toolTip()) == ("Mục sau", "Mục sau")


def test_an_ampersand_is_no_mnemonic(qtbot: QtBot) -> None:
    button = Button("A & B")
    qtbot.addWidget(button)
    assert (button.text(), button.accessibleName()) == ("A && B", "A & B")


def test_the_ring_lies_around_the_button_that_has_the_focus(show: Show) -> None:
    window = QWidget()
    row = QHBoxLayout(window)
    buttons = [Button("một"), Button("hai")]
    for button in buttons:
        row.addWidget(button)
    show(window)
    buttons[1].setFocus()
    [ring] = [child for child in window.findChildren(QWidget, "focusRing") if child.isVisible()]
    assert ring.geometry() == buttons[1].geometry().adjusted(-4, -4, 4, 4)
    buttons[1].move(buttons[1].pos() + QPoint(0, 30))
    assert ring.geometry() == buttons[1].geometry().adjusted(-4, -4, 4, 4)
    window.setFocus()
    assert not [child for child in window.findChildren(QWidget, "focusRing") if child.isVisible()]


def test_a_tick_is_set_with_a_key(show: Show) -> None:
    tick = Tick(tr("Phiếu kiểm soát (Mẫu 06)"))
    show(tick)
    tick.setFocus()
    for key in ("Space", "Return", "Space"):
        press(tick, key)
    assert tick.isChecked()


def test_a_tick_that_is_only_read_has_the_colour_of_text(show: Show, look: Look) -> None:
    tick = Tick(tr("Phiếu kiểm soát (Mẫu 06)"))
    show(tick)

    def has_text() -> bool:
        drawn = tick.grab().toImage()
        return any(
            drawn.pixelColor(x, y) == look.colour("text")
            for x in range(30, drawn.width())
            for y in range(drawn.height())
        )

    tick.setEnabled(False)
    assert not has_text()
    tick.show_record(record=True)
    assert (tick.isEnabled(), has_text()) == (False, True)


# ---------------------------------------- words


def test_words_that_fit_are_whole() -> None:
    metrics = QFontMetrics(Text().font())
    assert broken("một hai", metrics, 500, 1) == (["một hai"], False)


def test_words_that_do_not_fit_end_in_an_ellipsis_and_a_tooltip(show: Show) -> None:
    text = CutText("Trung tâm Phục vụ hành chính công cấp xã và cấp huyện cũ", lines=2)
    text.resize(160, 40)
    show(text)
    assert text.toolTip() == text.accessibleName() == text.text()
    text.resize(800, 40)
    assert text.toolTip() == ""


@pytest.mark.parametrize(("size", "pixels"), [(Size.META, 12), (Size.BODY, 14), (Size.TITLE, 20), (Size.DISPLAY, 28)])
def test_a_label_has_its_size(show: Show, look: Look, size: Size, pixels: int) -> None:
    text = Text("Đạt", size=size)
    show(text)
    assert text.fontInfo().pixelSize() == pixels
    look.choose("light", 150)
    assert text.fontInfo().pixelSize() == round(pixels * 1.5)


def test_markup_in_recorded_words_is_shown_as_it_is(qtbot: QtBot) -> None:
    text = Text("<b>5</b> hồ sơ")
    qtbot.addWidget(text)
    assert text.textFormat() is Qt.TextFormat.PlainText


# ---------------------------------------- small signs


def test_chips_and_caps_are_as_wide_as_their_words(qapp: Application) -> None:
    assert Chip("Đang kiểm tra").sizeHint().width() > Chip("Đã ký").sizeHint().width()
    assert KeyCap("Ctrl+Enter").sizeHint().width() > KeyCap("F1").sizeHint().width() >= 20


@pytest.mark.parametrize("tone", CHIP_TONES)
def test_a_chip_has_its_ground(qtbot: QtBot, look: Look, tone: str) -> None:
    chip = Chip("Đã ký", tone)
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    assert getattr(look.colours, CHIP_TONES[tone][1]) in inks(drawn(chip))


def test_progress_is_stacked_by_result_and_said_in_words(qtbot: QtBot, look: Look) -> None:
    progress = ProgressBar()
    qtbot.addWidget(progress)
    progress.resize(100, 8)
    progress.show_counts({Mark.NOT_MET: 1, Mark.MET: 2}, 4)
    assert progress.accessibleName() == "Đã kiểm tra 3/4: Đạt 2, Không đạt 1"
    image = drawn(progress)
    row = [image.pixelColor(x, 4).name().upper() for x in (20, 60, 90)]
    assert row == [look.colours.ok, look.colours.no, look.colours.nas]


def test_progress_of_an_empty_checklist_is_empty(qtbot: QtBot) -> None:
    progress = ProgressBar(4)
    qtbot.addWidget(progress)
    progress.show_counts({}, 0)
    progress.resize(100, 4)
    assert (progress.accessibleName(), len(inks(drawn(progress))) <= 8) == ("Đã kiểm tra 0/0", True)


def test_a_remark_without_words_takes_no_room(qapp: Application) -> None:
    assert Remark().sizeHint().width() == 0


def test_where_room_is_short_the_icon_and_a_tooltip_stay(qtbot: QtBot) -> None:
    state = SaveState()
    qtbot.addWidget(state)
    state.show_saved(datetime(2026, 11, 26, 14, 7))
    assert (state.toolTip(), state.minimumSizeHint()) == ("Đã lưu 14:07", QSize(16, 16))


def test_a_remark_that_leads_nowhere_is_not_pressed(qtbot: QtBot, show: Show) -> None:
    remark = Remark()
    remark.show_remark("check", "ok", tr("Đã lưu"))
    show(remark)
    with qtbot.assertNotEmitted(remark.clicked):
        QTest.mouseClick(remark, Qt.MouseButton.LeftButton)


def test_a_remark_that_leads_somewhere_is_pressed_with_a_key(qtbot: QtBot, show: Show) -> None:
    remark = Remark()
    remark.show_remark("laptop", "part", tr("Đang gõ"), leads=True)
    show(remark)
    remark.setFocus()
    with qtbot.waitSignal(remark.clicked):
        press(remark, "Return")


# ---------------------------------------- grounds and empty places


def test_a_head_names_its_part(qtbot: QtBot) -> None:
    head = SectionHead(tr("Tiến độ"), aside="32/50", act=QPushButton("x"))
    qtbot.addWidget(head)
    assert (head.accessibleName(), head.aside.text()) == ("Tiến độ", "32/50")
    head.say("III. Cải cách TTHC", "7/10")
    assert head.accessibleName() == "III. Cải cách TTHC"


def test_the_card_a_page_starts_from_has_another_edge(show: Show, look: Look) -> None:
    window = QWidget()
    card = Card()
    card.setMinimumSize(60, 40)
    QVBoxLayout(window).addWidget(card)
    show(window)
    edges = []
    for chosen in (False, True):
        card.set_chosen(chosen=chosen)
        edges.append(drawn(card).pixelColor(card.width() // 2, 0).name().upper())
    assert edges == [look.colours.line, look.colours.accent]


def ways(count: int, done: list[int]) -> list[Way]:
    return [Way("Lập mới", "Chọn đơn vị", "plus", lambda: done.append(1), "Ctrl+N") for _ in range(count)]


def test_the_first_way_on_has_the_focus_and_does_its_act(show: Show) -> None:
    done: list[int] = []
    empty = EmptyState("Chưa có cuộc kiểm tra nào", "Chọn một cách", ways(3, done))
    show(empty)
    empty.set_focus()
    press(empty.buttons[0], "Return")
    assert done == [1]


@pytest.mark.parametrize("height", [176, 120])
def test_the_key_of_a_way_covers_no_words(show: Show, height: int) -> None:
    empty = EmptyState("Không có", ways=[Way("Bỏ lọc", "Xem lại mọi mục của phần này.", "x", int, "Esc")])
    show(empty)
    button = empty.buttons[0]
    button.resize(264, height)
    words = QRectF(20, 54, 224, button.detail_bottom() - 54)
    assert not button.cap_box().intersects(words)
    assert QRectF(button.rect()).contains(button.cap_box())


def test_a_fourth_way_is_too_many(qapp: Application) -> None:
    with pytest.raises(ValueError, match="4 ways on, at most 3"):
        EmptyState("Chưa có", ways=ways(4, []))


@pytest.mark.parametrize("scale", [80, 100, 150, 200])
def test_ways_lie_under_each_other_where_their_words_do_not_fit_side_by_side(
    show: Show, qapp: Application, scale: int
) -> None:
    qapp.choose(theme="light", scale=scale)
    empty = EmptyState("Chưa có cuộc kiểm tra nào", "Chọn một cách", ways(3, []))
    for width, height in ((1286, 602), (560, 500)):
        empty.resize(width, height)
        show(empty)
        assert walker.cut_texts(empty) == []
    first, second, _ = empty.buttons
    assert (second.y() > first.y()) == (empty.width() < 3 * first.least_width())
