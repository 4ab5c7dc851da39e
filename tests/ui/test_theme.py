"""The look switches at run time and follows the system."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from inspector.ui.fonts import font, load_fonts, paper_font
from inspector.ui.stylesheet import style_sheet
from inspector.ui.theme import Look, Theme, colours_of, palette_of
from inspector.ui.tokens import DARK, FONT, LIGHT, PAPER_FONTS, Size, Weight, contrast
from inspector.ui.widgets.text import Text
from tests.architecture.tree import ROOT


@pytest.mark.parametrize(("theme", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_a_chosen_theme_reaches_palette_and_style_sheet(
    qapp: QApplication, look: Look, theme: str, colours: object
) -> None:
    look.choose("dark" if theme == "dark" else "light")
    assert look.colours == colours
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == look.colours.bg
    assert f"background: {look.colours.surface}" in qapp.styleSheet()


def test_what_is_shown_changes_with_the_theme(qtbot: QtBot, look: Look) -> None:
    text = Text("Đạt", tone="ok")
    qtbot.addWidget(text)
    text.show()
    inks = []
    for theme in ("light", "dark"):
        look.choose("dark" if theme == "dark" else "light")
        inks.append(text.palette().color(QPalette.ColorRole.WindowText).name().upper())
    assert inks == [LIGHT.ok, DARK.ok]


def test_whoever_paints_is_told(qtbot: QtBot, look: Look) -> None:
    with qtbot.waitSignal(look.changed):
        look.choose("dark")


def test_the_same_choice_again_changes_nothing(qtbot: QtBot, look: Look) -> None:
    with qtbot.assertNotEmitted(look.changed):
        look.choose("light", 100)


@pytest.mark.parametrize(("scheme", "colours"), [(Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Light, LIGHT)])
def test_system_follows_the_scheme_of_the_system(
    look: Look, monkeypatch: pytest.MonkeyPatch, scheme: Qt.ColorScheme, colours: object
) -> None:
    look.choose("system")
    hints = SimpleNamespace(colorScheme=lambda: scheme, setColorScheme=lambda _wanted: None)
    monkeypatch.setattr(look, "_hints", hints)
    look._follow()
    assert look.colours == colours


def test_a_chosen_theme_does_not_follow_the_system(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    hints = SimpleNamespace(colorScheme=lambda: Qt.ColorScheme.Dark, setColorScheme=lambda _wanted: None)
    monkeypatch.setattr(look, "_hints", hints)
    look._follow()
    assert look.colours == LIGHT


def test_the_system_is_told_for_title_bars(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Qt.ColorScheme] = []
    monkeypatch.setattr(look, "_hints", SimpleNamespace(colorScheme=lambda: None, setColorScheme=told.append))
    look.choose("dark")
    look.choose("system")
    assert told == [Qt.ColorScheme.Dark, Qt.ColorScheme.Unknown]


def test_high_contrast_takes_the_colours_of_the_system(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    contrast = SimpleNamespace(contrastPreference=lambda: Qt.ContrastPreference.HighContrast)
    monkeypatch.setattr(look, "_contrast", contrast)
    look._follow()
    assert look.is_high_contrast
    assert look.colours == colours_of(QApplication.palette())
    monkeypatch.undo()
    look._follow()
    assert look.colours == LIGHT


def test_in_high_contrast_results_have_the_colour_of_text() -> None:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, QColor("#ffff00"))
    palette.setColor(QPalette.ColorRole.Base, QColor("#000000"))
    colours = colours_of(palette)
    assert {colours.ok, colours.part, colours.no, colours.dis, colours.control} == {"#ffff00"}
    assert {colours.oks, colours.nos, colours.surface} == {"#000000"}


def test_high_contrast_draws_edges_of_cards() -> None:
    quiet, strong = (style_sheet(LIGHT, scale=100, high_contrast=high) for high in (False, True))
    assert re.search(r"Card \{.*border: 1px solid #DCE1E8", quiet)
    assert re.search(r"Card \{.*border: 1px solid #17212D", strong)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_the_style_sheet_is_whole(colours: object, qapp: QApplication) -> None:
    sheet = style_sheet(LIGHT if colours is LIGHT else DARK, scale=125, high_contrast=False)
    assert sheet.count("{") == sheet.count("}") > 20
    assert "{{" not in sheet
    assert not re.search(r"\d\.\d+px|None", sheet)


def test_the_palette_names_every_role_that_is_drawn() -> None:
    palette = palette_of(DARK)
    assert palette.color(QPalette.ColorRole.Base).name().upper() == DARK.surface
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled.name().upper() == DARK.disabled


@pytest.mark.parametrize("weight", Weight)
def test_the_bundled_font_is_used_in_its_weights(qapp: QApplication, weight: Weight) -> None:
    info = QFontInfo(font(Size.BODY, weight))
    assert (info.family(), info.weight(), info.pixelSize()) == (FONT, weight.value, 14)


def test_the_bundled_font_has_every_vietnamese_letter(qapp: QApplication) -> None:
    marks = "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵăâđêôơư"
    metrics = QFontMetrics(font())
    assert [letter for letter in marks + marks.upper() if not metrics.inFontUcs4(ord(letter))] == []


def test_a_font_that_cannot_be_read_is_named(tmp_path: object, qapp: QApplication, qtlog: object) -> None:
    bad = ROOT.__class__(str(tmp_path)) / "broken.ttf"
    bad.write_bytes(b"no font")
    assert load_fonts(bad.parent) == (bad,)


@pytest.mark.parametrize(("scale", "meta", "body", "display"), [(80, 12, 12, 22), (100, 12, 14, 28), (200, 24, 28, 56)])
def test_sizes_follow_the_text_scale_down_to_the_smallest(scale: int, meta: int, body: int, display: int) -> None:
    sizes = [font(size, scale=scale).pixelSize() for size in (Size.META, Size.BODY, Size.DISPLAY)]
    assert sizes == [meta, body, display]


def test_paper_is_shown_in_the_font_of_the_decree() -> None:
    assert paper_font(13).families() == list(PAPER_FONTS)


def test_what_holds_text_grows_with_it(qtbot: QtBot, look: Look) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    look.choose("light", 150)
    assert (look.px(32), look.font().pixelSize(), QApplication.font().pixelSize()) == (48, 21, 21)


@pytest.mark.parametrize(("scale", "room"), [(80, 257), (100, 300), (200, 600)])
def test_room_for_words_shrinks_no_further_than_letters(look: Look, scale: int, room: int) -> None:
    look.choose("light", scale)
    assert look.room(300) == room


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_stands_in_an_empty_field_can_be_read(qtbot: QtBot, look: Look, theme: Theme) -> None:
    look.choose(theme)
    field = QLineEdit()
    qtbot.addWidget(field)
    field.setPlaceholderText("Tìm mục, phát hiện, đơn vị…")
    field.resize(300, 32)
    image = field.grab(field.rect().adjusted(8, 4, -8, -4)).toImage()
    inks = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert max(contrast(ink, look.colours.surface) for ink in inks) > 4.5
