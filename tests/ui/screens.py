"""Every screen of the program and how one comes to see it: for the pictures and for the walkers. One list for both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from inspector.domain.changeset import Json
from inspector.domain.inspection import Inspection
from inspector.services.door import Ways, home_of, open_desk
from inspector.services.sight import look
from inspector.ui.pages.exchange.page import ExchangePage
from inspector.ui.pages.first_start.page import FirstStart
from inspector.ui.pages.inspections.filters import Filters
from inspector.ui.pages.settings.page import GROUPS
from inspector.ui.where import Screen, Tab, Where
from tests.demonstrations import copy
from tests.ui.carried import CODE, carried
from tests.ui.second_laptop import disagree, seal
from tests.ui.stand import Stand, opening, seated

OPEN, AHEAD, SIGNED, CANCELLED = "98151", "agriculture_and_environment", "98142", "98171"
"""Units of the demonstration: inspection going on, one to come, one with signed minutes, one cancelled."""


class House(Enum):
    """What lies in the folder the window is opened over."""

    DEMONSTRATION = "demonstration"
    APART = "apart"
    SEALED = "sealed"
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


def chosen(*keys: str) -> Callable[[Stand], None]:
    """The disagreement about a remark after these keys; nothing is decided."""

    def show(stand: Stand) -> None:
        inspection = read(stand, OPEN)
        place = next(place for place in inspection.undecided if place.endswith("/remark"))
        stand.go(Where(Screen.WORKSPACE, inspection.id, Tab.DECISIONS, *place.split("/")))
        stand.press(*keys)

    return show


def disputed_item(stand: Stand) -> None:
    """An item about which people disagree, in its own tab."""
    inspection = read(stand, OPEN)
    disputed = {place.split("/")[1] for place in inspection.conflicts}
    key = next(key for key, answer in inspection.answers.items() if answer.id in disputed)
    stand.go(Where(Screen.WORKSPACE, inspection.id, Tab.CONTENTS, "item", key))


def frozen(unit: str) -> Callable[[Stand], None]:
    """Who has handed in what, or the seal."""

    def show(stand: Stand) -> None:
        stand.go(Where(Screen.WORKSPACE, inspection_of(stand, unit), Tab.MINUTES, "laptop"))

    return show


def page(screen: Screen, record: str = "") -> Callable[[Stand], None]:
    return lambda stand: stand.go(Where(screen, record=record))


def filtered(text: str = "") -> Callable[[Stand], None]:
    """The list of inspections while somebody looks for a text; without one, all of it: filters outlive a visit."""

    def show(stand: Stand) -> None:
        stand.go(Where(Screen.INSPECTIONS, entity="filter"))
        if text:
            stand.press("Ctrl+F")
            stand.type(text)
            (filters,) = stand.window.findChildren(Filters)
            filters._take_text()  # which comes after a pause by itself
            stand.settle()

    return show


def first_step(number: int) -> Callable[[Stand], None]:
    """A step of the first start, with invented answers before it."""

    def show(stand: Stand) -> None:
        (start,) = stand.window.findChildren(FirstStart)
        answers = ("Bùi Thanh Hà", "Sở Nội vụ", "tỉnh Vĩnh Lam") if number else ("", "", "")
        for field, text in zip(start.who._fields(), answers, strict=True):
            field.editor.put(text)
        start.show_step(number)
        stand.settle()

    return show


def over(first: Callable[[Stand], object], key: str, text: str = "") -> Callable[[Stand], None]:
    """What opens over a screen by a key, and a text typed into it."""

    def show(stand: Stand) -> None:
        first(stand)
        stand.press(key)
        assert stand.front() is not stand.window, f"{key} opens nothing"
        if text:
            stand.type(text)

    return show


def package(stand: Stand) -> None:
    """A package of another laptop, looked into."""
    stick = stand.desk().workspace.places.folder.parent / "usb"
    manifest = carried(stick)
    exchange = page_of(stand)
    exchange.look_at(manifest)
    stand.settle()
    exchange.incoming.code.editor.put(CODE)
    exchange.open_by_code()
    stand.settle()


def package_code(stand: Stand) -> None:
    """A package that asks for its code."""
    page_of(stand).look_at(carried(stand.desk().workspace.places.folder.parent / "usb"))
    stand.settle()


def page_of(stand: Stand) -> ExchangePage:
    stand.go(Where(Screen.EXCHANGE))
    (found,) = stand.window.findChildren(ExchangePage)
    found.show_overview()
    stand.settle()
    return found


def room(stand: Stand) -> None:
    """Where laptops of a room meet; nothing goes on."""
    page_of(stand).show_room()
    stand.settle()


def package_to_write(stand: Stand) -> None:
    page_of(stand).start_writing()
    stand.settle()


_HOME = page(Screen.HOME)

SIGHTS = (
    Sight("01-trang-chu", _HOME),
    Sight("02-cuoc-kiem-tra", filtered()),
    Sight("02b-khong-khop", filtered("khong co cuoc nao")),
    Sight("03-cuoc-moi", page(Screen.NEW_INSPECTION)),
    Sight("04-noi-dung", tab(Tab.CONTENTS)),
    Sight("04b-muc", item(2)),
    Sight("04c-ty-le", item("percent")),
    Sight("04d-muc-ho-so", item("sample_dossiers")),
    Sight("04e-muc-kiem-dem", item("headcount")),
    Sight("05-phat-hien", finding(OPEN, "shortcoming")),
    Sight("05b-uu-diem", finding(OPEN, "strength")),
    Sight("05c-chua-co-phat-hien", tab(Tab.FINDINGS, AHEAD)),
    Sight("06-ho-so-mau", tab(Tab.DOSSIERS)),
    Sight("06b-chua-co-ho-so", tab(Tab.DOSSIERS, AHEAD)),
    Sight("07-thanh-phan", tab(Tab.PEOPLE)),
    Sight("08-bien-ban", tab(Tab.MINUTES)),
    Sight("09-da-ky-noi-dung", tab(Tab.CONTENTS, SIGNED)),
    Sight("09b-da-ky-phat-hien", finding(SIGNED, "shortcoming")),
    Sight("09c-da-ky-ho-so", tab(Tab.DOSSIERS, SIGNED)),
    Sight("09d-da-ky-thanh-phan", tab(Tab.PEOPLE, SIGNED)),
    Sight("09e-da-ky-bien-ban", tab(Tab.MINUTES, SIGNED)),
    Sight("10-da-huy", tab(Tab.FINDINGS, CANCELLED)),
    Sight("11-tim", over(_HOME, "Ctrl+K")),
    Sight("11b-tim-thay", over(_HOME, "Ctrl+K", text="niem yet")),
    Sight("12-phim-tat", over(_HOME, "F1")),
    Sight("13-don-vi", page(Screen.UNITS)),
    Sight("13b-mot-don-vi", page(Screen.UNITS, "28360")),
    Sight("14-bo-tieu-chi", page(Screen.CHECKLISTS)),
    *(Sight(f"15-cai-dat-{group}", page(Screen.SETTINGS, group)) for group in GROUPS),
    Sight("16-dong-bo", page_of),
    Sight("16d-qua-mang", room),
    Sight("16b-ghi-goi", package_to_write),
    Sight("17-bat-dong", tab(Tab.DECISIONS), House.APART),
    Sight("17b-bat-dong-dang-chon", chosen("Alt+1"), House.APART),
    Sight("17c-y-kien-chung", chosen("Alt+3"), House.APART),
    Sight("17d-muc-bat-dong", disputed_item, House.APART),
    Sight("17e-bien-ban-chua-mo", tab(Tab.MINUTES), House.APART),
    Sight("18-chot-du-lieu", frozen(OPEN), House.APART),
    Sight("18b-chot-mot-may", frozen(OPEN)),
    Sight("18c-da-niem-phong", frozen(OPEN), House.SEALED),
    Sight("17f-khong-bat-dong", tab(Tab.DECISIONS, AHEAD)),
    Sight("20-trang-chu-trong", _HOME, House.EMPTY),
    Sight("21-chua-co-cuoc-nao", page(Screen.INSPECTIONS), House.EMPTY),
    Sight("22-cuoc-dau-tien", page(Screen.NEW_INSPECTION), House.EMPTY),
    Sight("23-dong-bo-trong", page(Screen.EXCHANGE), House.EMPTY),
    Sight("23b-ma-goi", package_code, House.EMPTY),
    Sight("23c-nhan-goi", package, House.EMPTY),
    Sight("25-khong-mo-duoc", Stand.settle, House.DAMAGED),
    Sight("26-lan-dau", first_step(0), House.NOTHING),
    Sight("26b-lan-dau-cung-ai", first_step(1), House.NOTHING),
    Sight("26c-lan-dau-ma", first_step(2), House.NOTHING),
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
    if house in (House.DEMONSTRATION, House.APART, House.SEALED, House.EMPTY):
        copy(ground.empty if house is House.EMPTY else ground.demonstration, folder)
        if house in (House.APART, House.SEALED):
            with open_desk(home_of(folder), Ways()) as desk:
                rows = desk.workspace.inspections()
                space = next(row.space for row in rows if _code(row.values["unit"]) == OPEN)
                team = disagree if house is House.APART else seal
                team(desk, space, ground.room / "second")
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
