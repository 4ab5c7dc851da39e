"""Clocks and workspaces for measurements."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from inspector.services.desk import Desk
from inspector.services.door import Newcomer, Ways, begin, home_of, open_desk


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def each(work: Callable[[int], object], count: int) -> list[float]:
    """Wall times of ``count`` calls, sorted."""
    return sorted(seconds(lambda number=number: work(number)) for number in range(count))  # type: ignore[misc] # bound now


def at(times: list[float], share: float) -> float:
    """The time below which this share of the calls stayed, in milliseconds."""
    return times[min(len(times) - 1, int(len(times) * share))] * 1000


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder on the disk of this machine, not in memory: flushes must cost what they cost."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        yield Path(folder)


@contextmanager
def desk_in(folder: Path) -> Iterator[Desk]:
    """A new workspace and its desk."""
    home, ways = home_of(folder / "home"), Ways(key_file=folder / "key", passphrase="đo tốc độ ghi")  # noqa: S106
    begin(home, Newcomer("Nguyễn Văn Đo", "Sở Nội vụ", "Tỉnh Thử"), ways)
    with open_desk(home, ways) as desk:
        yield desk


def open_inspection(desk: Desk) -> str:
    given = {"unit": "28360", "form": "on_site", "visit_date": "2026-11-26"}
    return desk.perform("open_inspection", given).ref
