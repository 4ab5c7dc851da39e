"""Every screen of the program and how one comes to see it: for the pictures and for the walkers. One list for both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from inspector.domain.changeset import Json
from inspector.domain.inspection import Inspection
from inspector.services.sight import look
from inspector.ui.where import Screen, Tab, Where
from tests.demonstrations import copy
from tests.ui.stand import Stand, opening, seated

OPEN, AHEAD, SIGNED, CANCELLED = "98151", "agriculture_and_environment", "98142", "98171"
"""Units of the demonstration: inspection going on, one to come, one with signed minutes, one cancelled."""


class House(Enum):
    """What lies in the folder the window is opened over."""

    DEMONSTRATION = "demonstration"
    EMPTY = "empty"
    NOTHING = "nothing"
    DAMAGED = "damaged"


@dataclass(frozen=True)
class Sight:
    """``show`` goes there from wherever the window is. ``name`` is that of the picture."""

    name: str
    show: Callable[[Stand], object]
    house: House = House.DEMONSTRATION


def inspection_of(stand: Stand, unit: str) -> str:
    """The latest inspection of a unit of the demonstration."""
    rows = stand.desk().workspace.inspections()
    return next(row.space for row in rows if _code(row.values["unit"]) == unit)


def _code(unit: Json) -> Json:
    assert isinstance(unit, dict)
    return unit["code"]


def read(stand: Stand, unit: str) -> Inspection:
    return look(stand.desk(), inspection_of(stand, unit)).inspection


# ---------------------------------------- ways to the places of the workspace


def tab(which: Tab, unit: str = OPEN) -> Callable[[Stand], None]:
    def show(stand: Stand) -> None:
        stand.go(Where(Screen.WORKSPACE, inspection_of(stand, unit), which))

    return show


def item(number: int | str, unit: str = OPEN) -> Callable[[Stand], None]:
    """The item of this answer type, or this place, with its detail."""

    def show(stand: Stand) -> None:
        inspection = read(stand, unit)
        assert inspection.checklist is not None
        items = stand.desk().library.checklist(inspection.checklist.hash).items
        found = items[number] if isinstance(number, int) else next(one for one in items if one.answer_type == number)
        stand.go(Where(Screen.WORKSPACE, inspection.id, Tab.CONTENTS, "item", found.key))

    return show


def finding(unit: str, kind: str) -> Callable[[Stand], None]:
    """The first finding of this kind in its editor."""

    def show(stand: Stand) -> None:
        inspection = read(stand, unit)
        found = next(one for one in inspection.printed_findings if one.kind == kind)
        stand.go(Where(Screen.WORKSPACE, inspection.id, Tab.FINDINGS, "finding", found.id))

    return show


def page(screen: Screen, record: str = "") -> Callable[[Stand], None]:
    return lambda stand: stand.go(Where(screen, record=record))


def then(first: Callable[[Stand], object], *keys: str, text: str = "") -> Callable[[Stand], None]:
    """Keys pressed on a screen, and a text typed after them."""

    def show(stand: Stand) -> None:
        first(stand)
        stand.press(*keys)
        if text:
            stand.type(text)

    return show


def _editing(stand: Stand) -> Where:
    return Where(Screen.NEW_INSPECTION, entity="inspection", record=inspection_of(stand, OPEN))


_HOME = page(Screen.HOME)

SIGHTS = (
    Sight("01-trang-chu", _HOME),
    Sight("02-cuoc-kiem-tra", page(Screen.INSPECTIONS)),
    Sight("02b-khong-khop", then(page(Screen.INSPECTIONS), "Ctrl+F", text="khong co xa nay")),
    Sight("03-cuoc-moi", then(lambda stand: stand.go(Where(Screen.NEW_INSPECTION, field="on_site")), text="tra")),
    Sight("03b-cuoc-moi-da-chon", page(Screen.NEW_INSPECTION, "98142")),
    Sight("03c-sua-cuoc", lambda stand: stand.go(_editing(stand))),
    Sight("04-noi-dung", tab(Tab.CONTENTS)),
    Sight("05-phat-hien", finding(OPEN, "shortcoming")),
    Sight("05b-uu-diem", finding(OPEN, "strength")),
    Sight("05c-chua-co-phat-hien", tab(Tab.FINDINGS, AHEAD)),
    Sight("07-thanh-phan", tab(Tab.PEOPLE)),
    Sight("08-bien-ban", tab(Tab.MINUTES)),
    Sight("09-da-ky-phat-hien", finding(SIGNED, "shortcoming")),
    Sight("09b-da-ky-thanh-phan", tab(Tab.PEOPLE, SIGNED)),
    Sight("10-da-huy", tab(Tab.FINDINGS, CANCELLED)),
    Sight("11-tim", then(_HOME, "Ctrl+K")),
    Sight("11b-tim-thay", then(_HOME, "Ctrl+K", text="niem yet")),
    Sight("12-phim-tat", then(_HOME, "F1")),
    Sight("16-dong-bo", page(Screen.EXCHANGE)),
    Sight("20-trang-chu-trong", _HOME, House.EMPTY),
    Sight("20b-cuoc-kiem-tra-trong", page(Screen.INSPECTIONS), House.EMPTY),
    Sight("25-khong-mo-duoc", Stand.settle, House.DAMAGED),
    Sight("26-lan-dau", Stand.settle, House.NOTHING),
)


# ---------------------------------------- the houses


@dataclass(frozen=True)
class Ground:
    """The folders the houses are made of and a place to copy them to; ``room`` is new for every use."""

    demonstration: Path
    empty: Path
    room: Path


@contextmanager
def stand_in(house: House, ground: Ground) -> Iterator[Stand]:
    """The window over a copy of what the house is."""
    folder = ground.room / house.value
    if house in (House.DEMONSTRATION, House.EMPTY):
        copy(ground.demonstration if house is House.DEMONSTRATION else ground.empty, folder)
        with seated(folder) as stand:
            yield stand
        return
    if house is House.DAMAGED:
        copy(ground.empty, folder)
        database = folder / "workspace.db"
        database.write_bytes(bytes(len(database.read_bytes())))
    with opening(folder) as stand:
        yield stand


def sights_of(house: House) -> list[Sight]:
    return [sight for sight in SIGHTS if sight.house is house]


def leave(stand: Stand) -> None:
    """Close what lies over the page, so that the next sight begins as a person would."""
    stand.close_dialogs()
    if stand.session is not None:
        from inspector.ui.palette.palette import Palette

        open_ = stand.window.findChild(Palette)
        if isinstance(open_, Palette) and open_.isVisible():
            stand.press("Esc")
