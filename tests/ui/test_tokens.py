"""The visual language holds its own limits."""

from __future__ import annotations

import re
from dataclasses import asdict

import pytest

from inspector.ui.tokens import DARK, LIGHT, PAIRS, SMALLEST_TEXT, Colours, Size, contrast

SCHEMES = {"light": LIGHT, "dark": DARK}


@pytest.mark.parametrize("colours", SCHEMES.values(), ids=SCHEMES)
def test_every_colour_can_be_told_from_its_grounds(colours: Colours) -> None:
    measured = {pair: contrast(getattr(colours, pair.colour), getattr(colours, pair.ground)) for pair in PAIRS}
    assert {pair: value for pair, value in measured.items() if value < pair.least} == {}


@pytest.mark.parametrize(
    ("one", "other", "measured"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#777777", "#FFFFFF", 4.48),
        ("#1B5FA8", "#1B5FA8", 1.0),
        ("#17212D", "#F2F4F7", 14.75),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, measured: float) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert round(contrast(one, other), 2) == measured


@pytest.mark.parametrize("colours", SCHEMES.values(), ids=SCHEMES)
def test_colours_are_six_hex_digits(colours: Colours) -> None:
    assert [name for name, value in asdict(colours).items() if not re.fullmatch("#[0-9A-F]{6}", value)] == []


def test_every_colour_of_text_or_sign_is_measured() -> None:
    grounds = {pair.ground for pair in PAIRS}
    measured = {pair.colour for pair in PAIRS} | grounds
    assert set(asdict(LIGHT)) - measured == {"line", "disabled"}


def test_no_size_of_type_is_below_the_smallest() -> None:
    assert min(size.pixels for size in Size) == SMALLEST_TEXT
