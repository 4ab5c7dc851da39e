"""Hours as people type them."""

from __future__ import annotations

from datetime import time

import pytest

from inspector.ui.language import Phrase
from inspector.ui.pages.workspace.time_field import read_time, short_time


@pytest.mark.parametrize("text", ["7:30", "07:30", "7h30", "7.30", "07 giờ 30", "7 giờ 30 phút", "730", "0730"])
def test_half_past_seven(text: str) -> None:
    assert read_time(text) == time(7, 30)


@pytest.mark.parametrize(("text", "hour"), [("7", time(7)), ("17h", time(17)), (" ", None)])
def test_whole_hours_and_nothing(text: str, hour: time | None) -> None:
    assert read_time(text) == hour


@pytest.mark.parametrize("text", ["24:00", "7:60", "sáng", "12345"])
def test_what_is_no_hour_is_said(text: str) -> None:
    assert isinstance(read_time(text), Phrase)


def test_hours_are_shown_with_two_digits() -> None:
    assert (short_time(time(7, 5)), short_time(None)) == ("07:05", "")
