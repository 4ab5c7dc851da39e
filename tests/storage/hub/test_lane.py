"""Batches that wait together are committed together, and one that breaks is alone with it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from inspector.domain.errors import Unavailable
from inspector.storage.hub import lane as lanes
from inspector.storage.hub.lane import Group, Lane


class Disk:
    """Counts commits; the first one waits until it is let go on."""

    def __init__(self) -> None:
        self.groups: list[list[str]] = []
        self.begun = threading.Event()
        self.go_on = threading.Event()
        self.fails: Exception | None = None

    def commit(self, group: Group) -> None:
        self.begun.set()
        self.go_on.wait()
        group.run(self._do)
        if self.fails is not None:
            raise self.fails
        self.groups.append([batch.space for batch in group.batches])

    def _do(self, batch: lanes.Batch[object]) -> None:
        batch.result = batch.work(None)


@pytest.fixture
def disk() -> Iterator[Disk]:
    made = Disk()
    yield made
    made.go_on.set()


def _all_at_once(lane: Lane, disk: Disk, spaces: list[str]) -> list[object]:
    """Gives every batch while the first is being written; returns what came of them."""
    results: list[object] = [None] * len(spaces)

    def give(place: int) -> None:
        try:
            results[place] = lane.do(spaces[place], lambda _: spaces[place])
        except Exception as error:
            results[place] = error

    threads = [threading.Thread(target=give, args=(place,)) for place in range(len(spaces))]
    threads[0].start()
    disk.begun.wait()
    for number, thread in enumerate(threads[1:], 1):
        thread.start()
        while len(lane._waiting) < number:
            pass
    disk.go_on.set()
    for thread in threads:
        thread.join()
    return results


def test_what_waits_goes_in_one_commit(disk: Disk) -> None:
    lane = Lane(disk.commit, threads=1, one_space=False)
    assert _all_at_once(lane, disk, list("abcdef")) == list("abcdef")
    lane.close()
    assert [len(group) for group in disk.groups] == [6]


def test_a_group_has_an_end(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "MOST", 4)
    lane = Lane(disk.commit, threads=1, one_space=False)
    _all_at_once(lane, disk, list("abcdef"))
    lane.close()
    assert [len(group) for group in disk.groups] == [4, 2]


def test_a_group_may_be_of_one_space(disk: Disk) -> None:
    lane = Lane(disk.commit, threads=1, one_space=True)
    _all_at_once(lane, disk, list("ababab"))
    lane.close()
    assert sorted(map(sorted, disk.groups)) == [["a", "a", "a"], ["b", "b", "b"]]


def test_one_that_breaks_is_alone_with_it(disk: Disk) -> None:
    class Strange(Disk):
        def _do(self, batch: lanes.Batch[object]) -> None:
            if batch.space == "c":
                raise KeyError(batch.space)
            super()._do(batch)

    strange = Strange()
    lane = Lane(strange.commit, threads=1, one_space=False)
    found = _all_at_once(lane, strange, list("abcde"))
    lane.close()
    assert [one for one in found if isinstance(one, str)] == list("abde")
    assert isinstance(found[2], KeyError)


def test_a_full_disk_is_full_for_all(disk: Disk) -> None:
    disk.fails = Unavailable("hub-full", place="x")
    lane = Lane(disk.commit, threads=1, one_space=False)
    found = _all_at_once(lane, disk, list("abc"))
    lane.close()
    assert [getattr(one, "code", None) for one in found] == ["hub-full"] * 3


def test_whoever_comes_to_a_long_queue_is_asked_to_come_again(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "MOST_WAITING", 0)
    lane = Lane(disk.commit, threads=1, one_space=False)
    with pytest.raises(Unavailable) as found:
        lane.do("a", lambda _: None)
    lane.close()
    assert found.value.code == "hub-busy"
