"""Four laptops meet by stick in every order: the same set, the same disagreements, the same minutes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from itertools import permutations
from pathlib import Path

import pytest

from inspector.domain.minutes import Minutes, Origin
from inspector.services.deciding import disagreements
from inspector.services.desk import Desk
from inspector.services.incoming import look_into
from inspector.services.issuing import compose
from inspector.services.library import Library
from inspector.services.packages import write_package
from inspector.storage.workspace import Workspace
from inspector.system.folders import Workspace as Places
from inspector.system.slot_secrets import Demonstration
from inspector.system.slots import create_slots
from tests.services.laptops import Laptop, colleague
from tests.storage import office

pytestmark = [pytest.mark.packages, pytest.mark.usefixtures("little_work")]

NAMES = ("Nguyễn Văn Thành", "Trần Thị Ngọc Lan", "Võ Quốc Bảo", "Phạm Thị Thu Hà")
CODE = "7K2M-QX4T-9FHD-R3WA"
AT = datetime.fromisoformat("2026-11-26T10:38:00+07:00")
Everything = tuple[str, list[tuple[str, str, str]], Minutes]


@pytest.fixture(scope="module")
def afternoon(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Four closed laptops that know of one inspection, and have since written apart; its id."""
    room = tmp_path_factory.mktemp("afternoon")
    lead = office.create(room / "0")
    with ExitStack() as stack:
        stack.enter_context(lead)
        for number, name in enumerate(NAMES[1:], 1):
            identity = colleague(lead.identity, name)
            Workspace.create(room / str(number), office.KEY, identity, app=office.APP).close()
        first = _laptop(room / "0", lead)
        inspection = first.begin()
        found = first.act("add_finding", {"kind": "shortcoming", "content": "Chậm 12 ngày"}, inspection).ref
        remarked = ("X-I.1", "X-I.2", "X-I.3")
        others = [first]
        for number in range(1, 4):
            workspace = stack.enter_context(office.reopen(room / str(number)))
            workspace.accept(first.change_sets(inspection))
            others.append(_laptop(room / str(number), workspace))
        for number, laptop in enumerate(others):
            for item in remarked[: number + 1]:
                laptop.act("answer_item", {"item": item, "remark": f"Ý kiến {number} về {item}"}, inspection)
            if number % 2:
                laptop.act("edit_finding", {"finding": found, "content": f"Chậm {number} ngày"}, inspection)
        others[2].act("remove_finding", {"finding": found}, inspection)
    for number in range(4):
        create_slots(Places(room / str(number)), office.KEY, [Demonstration()])
    return room, inspection


def _laptop(folder: Path, workspace: Workspace) -> Laptop:
    return Laptop(folder, workspace, Desk(workspace, Library(workspace)))


@pytest.fixture
def laptops(afternoon: tuple[Path, str], fast_tmp: Path) -> Iterator[list[Laptop]]:
    with ExitStack() as stack:
        opened = [Laptop.open(office.copy(afternoon[0] / str(number), fast_tmp / str(number))) for number in range(4)]
        for laptop in opened:
            stack.enter_context(laptop.workspace)
        yield opened


def everything(laptop: Laptop, inspection: str) -> Everything:
    """Root, disagreements, and the minutes as they would be printed now."""
    minutes, _ = compose(laptop.desk, laptop.read(inspection))
    root = laptop.workspace.position(inspection).root
    apart = sorted((one.entity, one.id, one.field) for one in disagreements(laptop.workspace, inspection))
    return root, apart, replace(minutes, origin=Origin(inspection, AT))


def take(laptop: Laptop, file: Path) -> None:
    incoming = look_into(laptop.desk, file, CODE)
    try:
        incoming.take()
    finally:
        incoming.close()


def go_round(laptops: list[Laptop], order: tuple[int, ...], inspection: str, stick: Path) -> None:
    """The stick goes round twice: whoever has it takes what is new on it, and leaves a package the first time."""
    left: list[tuple[int, Path]] = []
    read: set[tuple[int, Path]] = set()
    for turn, number in enumerate((*order, *order)):
        for writer, file in left:
            if writer != number and (number, file) not in read:
                take(laptops[number], file)
                read.add((number, file))
        if turn < len(order):
            carried = write_package(laptops[number].desk, stick, [inspection], code=CODE, at=AT)
            left.append((number, carried.file))


SEEN: dict[str, Everything] = {}


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_every_order_ends_alike(
    laptops: list[Laptop], afternoon: tuple[Path, str], order: tuple[int, ...], fast_tmp: Path
) -> None:
    go_round(laptops, order, afternoon[1], fast_tmp / "usb")
    found = [everything(laptop, afternoon[1]) for laptop in laptops]
    expected = SEEN.setdefault("first", found[0])
    assert all(one == expected for one in found)
    assert len(expected[1]) > 3
