"""Icons are bundled, tinted, and drawn once."""

from __future__ import annotations

import ast

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from inspector.ui.commands import COMMANDS
from inspector.ui.theme import Look
from tests.architecture.tree import ROOT, modules

FOLDER = ROOT / "resources/icons"


def test_every_bundled_icon_can_be_drawn(qapp: QApplication) -> None:
    broken = [file.name for file in FOLDER.rglob("*.svg") if not QSvgRenderer(QByteArray(file.read_bytes())).isValid()]
    assert broken == []


def test_every_icon_that_is_named_is_bundled(look: Look) -> None:
    named = {command.icon for command in COMMANDS.values() if command.icon}
    for _, tree in modules("inspector/ui"):
        for call in [node for node in ast.walk(tree) if isinstance(node, ast.Call)]:
            values = [word.value for word in call.keywords if word.arg == "icon"]
            named |= {str(value.value) for value in values if isinstance(value, ast.Constant) and value.value}
    assert len(named) > 10
    assert named - set(look.icons.names()) == set()


def test_the_ink_is_the_token(look: Look) -> None:
    image = look.icons.pixmap("square-check", look.colour("no"), 24).toImage()
    pixels = [image.pixelColor(x, y) for x in range(24) for y in range(24)]
    inks = {pixel.name().upper() for pixel in pixels if pixel.alpha() == 255}
    assert inks == {look.colours.no}


@pytest.mark.parametrize(("ratio", "side"), [(1.0, 20), (1.25, 25), (1.5, 30), (2.0, 40)])
def test_the_size_follows_the_device(look: Look, ratio: float, side: int) -> None:
    pixmap = look.icons.pixmap("house", "#000000", 20, ratio)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (side, ratio)


def test_an_icon_is_drawn_once_for_each_colour_and_size(look: Look) -> None:
    first = look.icons.pixmap("plus", "#112233", 16)
    assert look.icons.pixmap("plus", QColor("#112233"), 16).cacheKey() == first.cacheKey()
    assert look.icons.pixmap("plus", "#112233", 18).cacheKey() != first.cacheKey()
    assert look.icons.pixmap("plus", "#332211", 16).cacheKey() != first.cacheKey()


def test_an_icon_that_is_not_bundled_is_an_error(look: Look) -> None:
    with pytest.raises(FileNotFoundError):
        look.icons.pixmap("spinner", "#000000", 16)


def test_the_lines_are_as_thin_as_the_design_says(look: Look) -> None:
    assert b'stroke-width="1.7"' in look.icons._source("house")
