"""Laptops in one room for tests of the window: points on loopback, a colleague at another laptop, waiting."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from inspector.hub.point import ExchangePoint
from inspector.services.desk import Desk
from inspector.ui.network import Network, network_of
from tests.hub.points import LOOPBACK
from tests.ui.second_laptop import second_laptop
from tests.ui.sittings import Sitting


def point_of(desk: Desk, shown: Collection[str] = ()) -> ExchangePoint:
    """An exchange point that only this computer reaches."""
    return ExchangePoint(desk, shown, address=LOOPBACK, port=0, beacon=0)


def at(point: ExchangePoint) -> str:
    return f"{LOOPBACK}:{point.port}"


def network(sit: Sitting) -> Network:
    """The network of the window, on loopback."""
    found = network_of(sit.session)
    found.make_point = point_of
    return found


@contextmanager
def colleague(sit: Sitting, folder: Path, name: str = "Võ Quốc Bảo") -> Iterator[Desk]:
    """Another laptop of the same office."""
    with second_laptop(sit.desk, folder, name) as desk:
        yield desk


def join(sit: Sitting, inspection: str, desk: Desk) -> None:
    """Takes the colleague into the team."""
    (me,) = desk.workspace.author.people
    sit.act("add_member", inspection, name=me.name, agency=me.agency, role="member", person=me.id)


def quiet(sit: Sitting, until: Callable[[], object] | None = None) -> None:
    """Until nothing goes on in the network and the window, or until something is so."""
    there = network_of(sit.session)
    sit.qtbot.waitUntil(lambda: bool(until()) if until is not None else there.is_idle, timeout=30_000)
    sit.settle()
    QCoreApplication.processEvents()
