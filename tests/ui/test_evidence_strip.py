"""Pictures are shown when they come, opened, dropped, pasted and picked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from inspector.ui.widgets.evidence_strip import Evidence, EvidenceModel, EvidenceStrip
from tests.ui.fields import Show
from tests.ui.typing import press

ROWS = [Evidence("a", "Phiếu kiểm soát"), Evidence("b", "Sổ", absent="Ảnh chỉ có trên máy ông Tùng")]


def picture(colour: str = "red") -> QImage:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


@pytest.fixture
def strip(show: Show) -> EvidenceStrip:
    made = EvidenceStrip()
    made.resize(700, 120)
    show(made)
    made.show_evidence(ROWS)
    return made


def files(*names: str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(name) for name in names])
    return mime


def drop(strip: EvidenceStrip, mime: QMimeData) -> bool:
    none, copy = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(5, 5), copy, mime, Qt.MouseButton.LeftButton, none)
    enter.ignore()
    QApplication.sendEvent(strip, enter)
    if enter.isAccepted():
        event = QDropEvent(QPointF(5, 5), copy, mime, Qt.MouseButton.LeftButton, none)
        QApplication.sendEvent(strip, event)
    return enter.isAccepted()


def test_the_model_holds(qtmodeltester: ModelTester) -> None:
    model = EvidenceModel()
    model.show_rows(ROWS)
    check: Callable[[QAbstractItemModel], None] = qtmodeltester.check
    check(model)
    model.set_picture("a", picture())
    c, d = Evidence("c", "C"), Evidence("d", "D")
    for rows in (ROWS[1:], [c, *ROWS], [ROWS[1], d, c], [d, ROWS[1], c], [], [c]):
        model.show_rows(rows)
        assert [model.evidence(model.index(place)) for place in range(model.rowCount())] == list(rows)


def test_a_picture_is_shown_when_it_comes(strip: EvidenceStrip) -> None:
    index = strip.model.index(0)
    assert strip.model.picture(index) is None
    strip.set_picture("a", picture())
    found = strip.model.picture(index)
    assert found is not None
    image = strip.view.grab().toImage()
    assert image.pixelColor(50, 40).name() == "#ff0000"


def test_a_picture_that_comes_too_late_is_dropped(strip: EvidenceStrip) -> None:
    strip.show_evidence(ROWS[1:])
    strip.set_picture("a", picture())
    assert strip.model.picture(strip.model.index(0)) is None


def test_what_is_absent_is_said(strip: EvidenceStrip) -> None:
    index = strip.model.index(1)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Sổ. Ảnh chỉ có trên máy ông Tùng"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "Sổ. Ảnh chỉ có trên máy ông Tùng"


def test_arrows_choose_and_enter_opens(qtbot: QtBot, strip: EvidenceStrip) -> None:
    strip.view.setFocus()
    strip.view.setCurrentIndex(strip.model.index(0))
    press(strip.view, "Right")
    with qtbot.waitSignal(strip.opened) as caught:
        press(strip.view, "Return")
    assert (caught.args, strip.chosen()) == (["b"], "b")


def test_files_are_dropped(qtbot: QtBot, strip: EvidenceStrip) -> None:
    with qtbot.waitSignal(strip.offered) as caught:
        assert drop(strip, files("/a/1.jpg", "/a/2.jpg"))
    assert caught.args == [[Path("/a/1.jpg"), Path("/a/2.jpg")]]


def test_text_is_not_dropped(strip: EvidenceStrip) -> None:
    mime = QMimeData()
    mime.setText("chữ")
    assert not drop(strip, mime)


def test_a_picture_is_pasted(qtbot: QtBot, strip: EvidenceStrip) -> None:
    QGuiApplication.clipboard().setImage(picture("blue"))
    with qtbot.waitSignal(strip.pasted) as caught:
        assert strip.paste()
    [image] = caught.args or []
    assert image.pixelColor(3, 3).name() == "#0000ff"


def test_copied_files_are_pasted_as_files(qtbot: QtBot, strip: EvidenceStrip) -> None:
    QGuiApplication.clipboard().setMimeData(files("/a/1.jpg"))
    with qtbot.waitSignal(strip.offered):
        assert strip.paste()


def test_pasting_words_is_nothing(strip: EvidenceStrip) -> None:
    QGuiApplication.clipboard().setText("chữ")
    assert not strip.paste()


def test_the_tile_asks_for_files(qtbot: QtBot, strip: EvidenceStrip) -> None:
    strip.tile.setFocus()
    with qtbot.waitSignal(strip.wanted):
        press(strip.tile, "Return")


def test_after_the_seal_nothing_is_taken(strip: EvidenceStrip) -> None:
    strip.set_closed(closed=True)
    assert (strip.tile.isVisible(), strip.acceptDrops()) == (False, False)


def test_after_the_seal_the_thumbnails_stay_at_the_left(qtbot: QtBot, strip: EvidenceStrip) -> None:
    strip.set_closed(closed=True)
    qtbot.waitUntil(lambda: strip.view.width() == strip.view.sizeHint().width())
    assert strip.view.x() == 0


def test_without_pictures_the_tile_is_low(qtbot: QtBot, strip: EvidenceStrip) -> None:
    high = strip.tile.height()
    strip.show_evidence([])
    qtbot.waitUntil(lambda: strip.tile.height() == 44)
    strip.show_evidence(ROWS)
    qtbot.waitUntil(lambda: strip.tile.height() == high)


def test_without_pictures_the_tile_has_the_row(qtbot: QtBot, strip: EvidenceStrip) -> None:
    strip.show_evidence([])
    qtbot.waitUntil(lambda: strip.tile.width() == strip.width())
    assert (strip.view.isVisible(), strip.chosen()) == (False, None)
