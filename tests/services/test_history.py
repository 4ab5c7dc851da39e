"""Whole sittings of random acts on real storage: reading gives back exactly what was recorded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from inspector.services.issuing import compose
from tests.services.laptops import Laptop, deliver, exchange
from tests.services.player import Player
from tests.storage import office

SEEDS = range(8)


@pytest.mark.parametrize("seed", SEEDS)
def test_reading_gives_back_what_was_recorded(laptop: Laptop, seed: int) -> None:
    player = Player(laptop, seed)
    for _ in range(6):
        player.play(12)
        assert laptop.read(player.inspection) == player.expected()
    compose(laptop.desk, laptop.read(player.inspection))


@pytest.mark.parametrize("seed", range(100, 102))
def test_closed_and_opened_again_everything_is_there(template: Path, place: Path, seed: int) -> None:
    folder = office.copy(template, place / "sitting")
    laptop = Laptop.open(folder)
    player = Player(laptop, seed)
    for _ in range(5):
        player.play(10)
        before = laptop.read(player.inspection)
        player.laptop.workspace.close()
        player.laptop = laptop = Laptop.open(folder)
        assert laptop.read(player.inspection) == before == player.expected()
    with laptop.workspace:
        assert laptop.workspace.verify().problems == []
        laptop.workspace.rebuild()
        assert laptop.workspace.verify().problems == []
        assert laptop.read(player.inspection) == player.expected()


@pytest.mark.parametrize("seed", range(200, 204))
def test_another_laptop_that_received_it_reads_the_same(
    laptop: Laptop, another: Callable[..., Laptop], seed: int
) -> None:
    player = Player(laptop, seed)
    player.play(60)
    theirs = another()
    sent = laptop.change_sets(player.inspection)
    player.chance.shuffle(sent)
    theirs.workspace.accept(sent)
    assert theirs.read(player.inspection) == player.expected()


@pytest.mark.parametrize("seed", range(300, 302))
def test_two_who_work_apart_read_the_same_when_they_met(
    laptop: Laptop, another: Callable[..., Laptop], seed: int
) -> None:
    """Nothing is lost and nobody is stuck: disagreements are shown, and both go on recording."""
    mine = Player(laptop, seed)
    theirs = another()
    deliver(laptop, theirs, mine.inspection)
    other = Player.__new__(Player)
    other.__dict__ = {**Player(theirs, seed + 1_000).__dict__, "inspection": mine.inspection, "begun": mine.begun}
    mine.play(40)
    other.play(40)
    exchange(laptop, theirs, mine.inspection)
    here, there = laptop.read(mine.inspection), theirs.read(mine.inspection)
    assert here == there
    for one in (laptop, theirs):
        assert one.workspace.verify().problems == []
    compose(laptop.desk, here)
