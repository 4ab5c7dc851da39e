"""F1: what this screen is for, and every key that counts on it, by its place."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from inspector.ui import tokens
from inspector.ui.actions import Act, Acts
from inspector.ui.commands import Place
from inspector.ui.language import Phrase, Words, tr
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button
from inspector.ui.widgets.card import SectionHead
from inspector.ui.widgets.signs import KeyCap
from inspector.ui.widgets.text import Text

PLACES: dict[Place, Phrase] = {
    Place.HOME: tr("Trang chủ"),
    Place.LISTS: tr("Danh sách"),
    Place.NEW_VISIT: tr("Cuộc kiểm tra mới"),
    Place.WORKSPACE: tr("Cuộc kiểm tra đang mở"),
    Place.ITEMS: tr("Nội dung"),
    Place.FINDINGS: tr("Phát hiện"),
    Place.DOSSIERS: tr("Hồ sơ mẫu"),
    Place.PEOPLE: tr("Thành phần"),
    Place.MINUTES: tr("Biên bản"),
    Place.UNITS: tr("Đơn vị"),
    Place.CHECKLISTS: tr("Bộ tiêu chí"),
    Place.SETTINGS: tr("Cài đặt"),
    Place.EXCHANGE: tr("Đồng bộ"),
    Place.DECISION: tr("Chưa thống nhất"),
    Place.JOBS: tr("Việc đang chạy"),
    Place.EVERYWHERE: tr("Ở mọi màn hình"),
}
"""The places in the order of the sheet."""


class KeySheet(QDialog):
    """Help of one screen over the keys. Arrow keys and PgUp, PgDn scroll; Esc returns to where the caret was."""

    def __init__(self, window: QWidget, acts: Acts, head: Words, help_: Words) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(str(tr("Trợ giúp và phím tắt")))
        self.setProperty("ground", "surface")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName(str(tr("Phím tắt")))
        # Keys of screens that are not shown would depend on where somebody was before.
        here = [act for act in acts.all() if act.owner.isVisible()]
        self._scroll.setWidget(_sheet(here, head, help_))
        close = Button(tr("Đóng"), self.accept, keys="Esc", height=tokens.MAIN_CONTROL)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(tokens.EDGE, tokens.EDGE, tokens.EDGE, tokens.EDGE)
        rows.setSpacing(tokens.GROUP)
        rows.addWidget(self._scroll, 1)
        rows.addLayout(foot)
        self.resize(
            min(look().px(880), window.width() - 2 * tokens.EDGE), min(look().px(620), window.height() - tokens.EDGE)
        )
        self._scroll.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self._scroll.verticalScrollBar()
        steps = {
            Qt.Key.Key_Down: bar.singleStep() * 2,
            Qt.Key.Key_Up: -bar.singleStep() * 2,
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            bar.setValue(bar.value() + step)


def open_key_sheet(window: QWidget, acts: Acts, head: Words, help_: Words) -> KeySheet:
    """Show the sheet over a window."""
    sheet = KeySheet(window, acts, head, help_)
    sheet.open()
    return sheet


def by_place(acts: Iterable[Act]) -> dict[Place, list[Act]]:
    """Every command with a key once, under its place, in the order they were bound."""
    found: dict[Place, list[Act]] = {}
    known: set[str] = set()
    for act in acts:
        if act.caps and act.command.id not in known:
            known.add(act.command.id)
            found.setdefault(act.command.place, []).append(act)
    return {place: found[place] for place in PLACES if place in found}


def _sheet(acts: list[Act], head: Words, help_: Words) -> QWidget:
    sheet = QWidget()
    sheet.setProperty("scrolled", "true")
    rows = QVBoxLayout(sheet)
    rows.setContentsMargins(0, 0, tokens.GROUP, 0)
    rows.setSpacing(tokens.GAP)
    if help_:
        rows.addWidget(Text(head, size=Size.TITLE, weight=Weight.STRONG, wrap=True))
        rows.addWidget(Text(help_, wrap=True))
        rows.addSpacing(tokens.GAP)
    for place, found in by_place(acts).items():
        rows.addWidget(SectionHead(PLACES[place]))
        rows.addLayout(_grid(found))
        rows.addSpacing(tokens.GAP)
    rows.addStretch(1)
    return sheet


def _grid(acts: list[Act]) -> QGridLayout:
    """Two commands in a row, read from left to right."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(tokens.GAP)
    grid.setVerticalSpacing(tokens.TIGHT)
    for number, act in enumerate(acts):
        row, side = divmod(number, 2)
        grid.addLayout(_caps(act), row, 3 * side)
        grid.addWidget(Text(act.command.words, wrap=True), row, 3 * side + 1)
    for column, share in enumerate((0, 1, 0, 0, 1)):
        grid.setColumnStretch(column, share)
    grid.setColumnMinimumWidth(2, tokens.GAP)
    for column in (0, 3):
        grid.setColumnMinimumWidth(column, look().px(112))
    return grid


def _caps(act: Act) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(tokens.TIGHT)
    for keys in act.caps:
        row.addWidget(KeyCap(keys))
    row.addStretch(1)
    return row
