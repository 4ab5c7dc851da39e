"""Every screen in every look, at every scale, in both languages: nothing cut, covered, faint, unnamed, untranslated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import pytest

from inspector.ui.application import Application
from inspector.ui.language import LanguageCode
from inspector.ui.theme import Theme
from tests.ui import walker
from tests.ui.screens import Ground, House, Sight, sights_of, stand_in
from tests.ui.stand import LARGE, SCALES, Scale, Stand
from tests.ui.standing_still import standing_still

THEMES: tuple[Theme, ...] = ("light", "dark")
LANGUAGES: tuple[LanguageCode, ...] = ("vi", "en")
TEXT_SCALES: tuple[tuple[int, LanguageCode], ...] = ((80, "vi"), (150, "en"), (200, "vi"))
"""Sizes of text people may choose in the settings, beside 100 %."""


@pytest.fixture
def ground(demonstration_template: Path, empty_template: Path, fast_tmp: Path) -> Ground:
    return Ground(demonstration_template, empty_template, fast_tmp)


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    with standing_still():
        yield


@pytest.mark.every_screen
@pytest.mark.parametrize("house", House)
@pytest.mark.parametrize(("theme", "language"), list(product(THEMES, LANGUAGES)))
def test_every_screen_is_faultless(
    qapp: Application, ground: Ground, house: House, theme: Theme, language: LanguageCode
) -> None:
    qapp.choose(theme=theme, language=language)
    with stand_in(house, ground) as stand:
        assert "\n".join(walk(stand, sights_of(house), (*SCALES, LARGE))) == ""


@pytest.mark.every_screen
@pytest.mark.parametrize("house", House)
def test_every_screen_is_faultless_with_small_and_large_text(qapp: Application, ground: Ground, house: House) -> None:
    """What cramps a text is its room, whatever its colour: one look is enough."""
    found = []
    with stand_in(house, ground) as stand:
        for scale, language in TEXT_SCALES:
            qapp.choose(theme="light", language=language, scale=scale)
            found += [f"text {scale} %, {fault}" for fault in walk(stand, sights_of(house), SCALES[:1])]
    assert "\n".join(found) == ""


def walk(stand: Stand, sights: Sequence[Sight], scales: Sequence[Scale]) -> list[str]:
    """Each screen is shown once and then made larger and smaller, as people do."""
    found = []
    for sight in sights:
        sight.show(stand)
        for scale in scales:
            stand.resize(scale)
            faults = walker.faults(stand.front()) + walker.faint(stand.front())
            found += [f"{sight.name} {scale.percent} %: {fault}" for fault in faults]
        stand.uncover()
    return found
