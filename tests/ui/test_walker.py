"""The walker over a window finds every kind of fault, and none where there is none."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from inspector.ui.application import Application
from inspector.ui.language import tr
from inspector.ui.widgets.text import CutText, Text
from tests.ui import walker
from tests.ui.fields import Show


@pytest.fixture
def window(show: Show) -> QWidget:
    made = QWidget()
    made.resize(400, 300)
    show(made)
    return made


def put(widget: QWidget, window: QWidget, x: int, y: int, width: int = 100, height: int = 30) -> None:
    widget.setParent(window)
    widget.setGeometry(x, y, width, height)
    widget.show()


def test_a_good_window_has_no_fault(show: Show) -> None:
    window = QWidget()
    rows = QVBoxLayout(window)
    rows.addWidget(Text(tr("Tiến độ")))
    line = QLineEdit()
    line.setAccessibleName("Tên")
    rows.addWidget(line)
    rows.addWidget(QPushButton("Mở"))
    show(window)
    assert walker.faults(window) == []


def test_a_cut_label_is_found(window: QWidget) -> None:
    put(QLabel("Trung tâm Phục vụ"), window, 0, 0, width=60)
    assert walker.cut_texts(window) == ["cut: QLabel 'Trung tâm Phục vụ': 'Trung tâm Phục vụ'"]


def test_a_cut_label_with_its_text_as_tooltip_is_none(window: QWidget) -> None:
    label = QLabel("Trung tâm Phục vụ hành chính công")
    label.setToolTip(label.text())
    put(label, window, 0, 0, width=60)
    put(CutText(label.text()), window, 0, 40, width=60)
    assert walker.cut_texts(window) == []


def test_a_wrapped_label_that_is_too_low_is_found(window: QWidget) -> None:
    label = QLabel("Trung tâm Phục vụ hành chính công")
    label.setWordWrap(True)
    put(label, window, 0, 0, width=80, height=20)
    assert len(walker.cut_texts(window)) == 1


def test_a_cut_button_and_a_cut_head_are_found(window: QWidget) -> None:
    put(QPushButton("Chốt dữ liệu và lập biên bản"), window, 0, 0, width=60)
    table = QTableWidget(1, 2)
    table.setHorizontalHeaderLabels(["Số hồ sơ đúng hạn", "x"])
    table.setColumnWidth(0, 30)
    table.setAccessibleName("Bảng")
    put(table, window, 0, 100, width=300, height=100)
    assert [fault.split(": ")[-1] for fault in walker.cut_texts(window)] == [
        "'Chốt dữ liệu và lập biên bản'",
        "'Số hồ sơ đúng hạn'",
    ]


def test_neighbours_that_cover_each_other_are_found(window: QWidget) -> None:
    put(QPushButton("một"), window, 0, 0)
    put(QPushButton("hai"), window, 50, 10)
    assert walker.overlaps(window) == ["overlap: QPushButton 'một' and QPushButton 'hai'"]


def test_what_floats_on_purpose_is_no_overlap(window: QWidget) -> None:
    put(QPushButton("một"), window, 0, 0)
    toast = QPushButton("hai")
    toast.setProperty("floats", True)
    put(toast, window, 50, 10)
    assert walker.overlaps(window) == []


def test_what_sticks_out_is_found(window: QWidget) -> None:
    put(QPushButton("một"), window, 350, 0)
    assert walker.overlaps(window) == ["sticks out: QPushButton 'một'"]


def test_what_has_no_name_is_found(window: QWidget) -> None:
    put(QLineEdit(), window, 0, 0)
    put(QPushButton(), window, 0, 50)
    assert walker.unnamed(window) == ["no name: QLineEdit", "no name: QPushButton"]


def test_tab_against_the_order_of_reading_is_found(show: Show) -> None:
    window = QWidget()
    rows = QVBoxLayout(window)
    first, second, third = (QPushButton(name) for name in ("một", "hai", "ba"))
    rows.addWidget(first)
    row = QHBoxLayout()
    row.addWidget(second)
    row.addWidget(third)
    rows.addLayout(row)
    show(window)
    assert walker.disorder(window) == []
    QWidget.setTabOrder(third, second)
    assert walker.disorder(window) == ["Tab goes left: QPushButton 'ba' → QPushButton 'hai'"]
    late = QPushButton("không")
    rows.insertWidget(0, late)
    QApplication.processEvents()
    assert "Tab goes up: QPushButton 'hai' → QPushButton 'không'" in walker.disorder(window)


def test_panes_are_read_one_after_the_other(show: Show) -> None:
    """From the foot of the left pane Tab goes to the top of the right one; that is no way up."""
    window = QWidget()
    panes = QHBoxLayout(window)
    for name in ("trái", "phải"):
        pane = QWidget()
        column = QVBoxLayout(pane)
        for place in ("trên", "dưới"):
            column.addWidget(QPushButton(f"{name} {place}"))
        panes.addWidget(pane)
    show(window)
    assert [stop.accessibleName() or getattr(stop, "text", str)() for stop in walker.stops(window)] == [
        "trái trên",
        "trái dưới",
        "phải trên",
        "phải dưới",
    ]
    assert walker.disorder(window) == []


def test_words_of_qt_in_a_vietnamese_window_are_found(window: QWidget) -> None:
    put(QPushButton("Cancel"), window, 0, 0)
    assert walker.untranslated(window) == ["untranslated: QPushButton 'Cancel': 'Cancel'"]


def test_vietnamese_in_an_english_window_is_found_unless_it_is_content(window: QWidget, qapp: Application) -> None:
    qapp.choose(theme="light", language="en")
    put(QLabel("Hoàn tác"), window, 0, 0)
    put(Text("Sở Nội vụ"), window, 0, 40)
    put(Text(tr("Hoàn tác")), window, 0, 80)
    assert walker.untranslated(window) == ["untranslated: QLabel 'Hoàn tác': 'Hoàn tác'"]


def test_what_is_hidden_is_not_looked_at(window: QWidget) -> None:
    put(QLineEdit(), window, 0, 0)
    window.findChildren(QLineEdit)[0].hide()
    assert walker.faults(window) == []


def test_faint_words_are_found(window: QWidget) -> None:
    window.setStyleSheet("background: white")
    for place, colour in enumerate(("#767676", "#8a8a8a")):
        label = QLabel("Đạt một phần")
        label.setStyleSheet(f"color: {colour}")
        put(label, window, 10, 40 * place)
    assert walker.faint(window) == ["faint: QLabel 'Đạt một phần': 3.5"]


def test_words_of_what_cannot_be_used_may_be_faint(window: QWidget) -> None:
    label = QLabel("Đạt")
    label.setStyleSheet("color: #cccccc")
    label.setEnabled(False)
    put(label, window, 10, 10)
    assert walker.faint(window) == []


def test_what_people_recorded_stays_as_it_is_within_a_translated_phrase(qapp: Application, show: Show) -> None:
    text = Text(tr("Dùng ở mục {items}", items="Hạ Điền"))
    show(text)
    qapp.choose(language="en")
    said = text.text()
    assert walker.untranslated(text) == []
    assert "Hạ Điền" in said
