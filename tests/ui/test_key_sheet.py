"""F1 shows what a screen is for and every bound key by its place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget

from inspector.ui.actions import Acts
from inspector.ui.application import Application
from inspector.ui.commands import COMMANDS, Place
from inspector.ui.key_sheet import PLACES, KeySheet, by_place, open_key_sheet
from inspector.ui.language import LanguageCode, tr
from inspector.ui.widgets.text import Text
from tests.ui import walker
from tests.ui.typing import press


@pytest.fixture
def window(show: Callable[[QWidget], None]) -> QWidget:
    window = QWidget()
    window.resize(1093, 558)
    show(window)
    return window


def bound(window: QWidget) -> Acts:
    """Every command that can be bound, each in a part of its own."""
    acts = Acts(window)
    for command in COMMANDS.values():
        part = QWidget(window)
        part.show()
        if command.native:
            acts.name(command.id, part)
        else:
            acts.bind(command.id, int, part)
    return acts


def test_every_place_has_words() -> None:
    assert set(PLACES) == set(Place)


def test_a_command_stands_once_under_its_place_and_only_with_a_key(window: QWidget) -> None:
    acts = bound(window)
    acts.bind("palette", int, QWidget(window))
    found = by_place(acts.all())
    listed = [act.command.id for part in found.values() for act in part]
    assert sorted(listed) == sorted(command.id for command in COMMANDS.values() if command.keys)
    assert {act.command.place for act in found[Place.ITEMS]} == {Place.ITEMS}


def test_esc_closes_it_and_the_arrows_scroll(window: QWidget) -> None:
    sheet = open_key_sheet(window, bound(window), tr("Đồng bộ"), tr("Phím tắt"))
    bar = sheet._scroll.verticalScrollBar()
    press(sheet._scroll, "Down")
    assert bar.value() > 0
    press(sheet, "Esc")
    assert not sheet.isVisible()


def test_keys_of_what_is_not_shown_are_left_out(window: QWidget) -> None:
    acts = Acts(window)
    here, elsewhere = QWidget(window), QWidget(window)
    here.show()
    acts.bind("units-import", int, here)
    acts.bind("checklist-blank", int, elsewhere)
    sheet = open_key_sheet(window, acts, tr("Đồng bộ"), "")
    shown = {text.text() for text in sheet.findChildren(Text)}
    assert str(COMMANDS["units-import"].words) in shown
    assert str(COMMANDS["checklist-blank"].words) not in shown
    sheet.accept()


def test_help_comes_first(window: QWidget) -> None:
    sheet = open_key_sheet(window, bound(window), tr("Đồng bộ"), "Ở đây gộp dữ liệu.")
    assert [text.text() for text in sheet.findChildren(Text)][:2] == ["Đồng bộ", "Ở đây gộp dữ liệu."]
    sheet.accept()


@pytest.mark.every_screen
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("scale", [100, 200])
def test_nothing_is_cut(window: QWidget, qapp: Application, language: LanguageCode, scale: int) -> None:
    qapp.choose(language=language, theme="light", scale=scale)
    sheet = KeySheet(window, bound(window), tr("Đồng bộ"), tr("Phím tắt"))
    sheet.show()
    assert walker.faults(sheet) == []
    sheet.accept()
