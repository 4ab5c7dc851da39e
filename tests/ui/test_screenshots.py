"""The command that draws every screen: sizes, names, and a day that stands still."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from inspector.system import clock
from inspector.ui.application import Application
from tests.ui.screens import SIGHTS, Ground
from tests.ui.screenshots import draw, main
from tests.ui.stand import SCALES
from tests.ui.standing_still import MOMENT, standing_still


@pytest.mark.every_screen
def test_a_screen_is_drawn_at_every_scale_in_every_theme_and_language(
    qapp: Application, empty_template: Path, tmp_path: Path
) -> None:
    flash = qapp.cursorFlashTime()
    ground = Ground(tmp_path / "not needed", empty_template, tmp_path)
    files = list(draw(qapp, tmp_path / "out", ground, ["lan-dau"]))
    qapp.setCursorFlashTime(flash)
    qapp.choose(theme="light")
    assert [file.name for file in files[:3]] == [f"26-lan-dau-sang-{scale.percent}-vi.png" for scale in SCALES]
    assert len(set(files)) == 12 * sum("lan-dau" in sight.name for sight in SIGHTS)
    sizes = {(QImage(str(file)).width(), QImage(str(file)).height()) for file in files}
    assert sizes == {(1366, 698)}


def test_names_of_pictures_are_different() -> None:
    assert len({sight.name for sight in SIGHTS}) == len(SIGHTS)


def test_without_a_folder_nothing_is_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "name the folder" in capsys.readouterr().err


def test_the_day_stands_still_for_the_program_alone() -> None:
    with standing_still():
        assert clock.wall_time().startswith("2026-11-24T14:17:00")
        assert isinstance(MOMENT, vars(clock)["datetime"])
        assert not isinstance(date(2026, 11, 24), vars(clock)["datetime"])
    assert vars(clock)["datetime"] is datetime
