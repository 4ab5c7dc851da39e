from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from inspector.system.checked import checked_bytes
from inspector.system.clock import Clock, SystemClock, boot_number, milliseconds_up


class SetClock:
    """A clock that stands where a test puts it."""

    def __init__(self, wall: str, up: tuple[int, int]) -> None:
        self._wall, self._up = wall, up

    def wall(self) -> str:
        return self._wall

    def up(self) -> tuple[int, int]:
        return self._up


def test_a_set_clock_is_a_clock() -> None:
    clock: Clock = SetClock("2026-11-22T09:15:03.123+07:00", (3, 4500))
    assert (clock.wall(), clock.up()) == ("2026-11-22T09:15:03.123+07:00", (3, 4500))


def test_wall_time_has_milliseconds_and_an_offset(tmp_path: Path) -> None:
    wall = SystemClock(tmp_path / "boots.json").wall()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d", wall)
    assert datetime.fromisoformat(wall).tzinfo is not None


def test_the_machine_counts_forward() -> None:
    first = milliseconds_up()
    assert first > 0
    assert milliseconds_up() >= first


def test_one_start_keeps_its_number_and_the_next_gets_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "boots.json"
    monkeypatch.setattr("inspector.system.clock._boot_name", lambda: "monday")
    assert [SystemClock(path).up()[0], SystemClock(path).up()[0]] == [1, 1]
    monkeypatch.setattr("inspector.system.clock._boot_name", lambda: "tuesday")
    assert [SystemClock(path).up()[0], SystemClock(path).up()[0]] == [2, 2]


@pytest.mark.parametrize(
    ("known", "number"),
    [
        (None, 1),
        ({}, 1),
        ({"n": "7", "up": 5, "boot": "a"}, 1),
        ({"n": 7, "up": 5, "boot": "a"}, 7),
        ({"n": 7, "up": 100, "boot": "a"}, 7),
        ({"n": 7, "up": 101, "boot": "a"}, 8),
        ({"n": 7, "up": 5, "boot": "b"}, 8),
    ],
)
def test_a_new_name_or_a_count_that_went_back_is_a_new_start(known: dict[str, object] | None, number: int) -> None:
    assert boot_number(known, "a", 100) == number


def test_where_starts_have_no_name_the_count_alone_tells() -> None:
    known: dict[str, object] = {"n": 7, "up": 100, "boot": ""}
    assert (boot_number(known, "", 200), boot_number(known, "", 50)) == (7, 8)


@pytest.mark.parametrize("data", [b"", b"junk", checked_bytes({"n": None})])
def test_a_damaged_count_starts_again(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "boots.json"
    path.write_bytes(data)
    assert SystemClock(path).up()[0] == 1


def test_a_folder_that_takes_nothing_does_not_stop_the_clock(tmp_path: Path) -> None:
    assert SystemClock(tmp_path / "none" / "boots.json").up()[0] == 1
