"""Laptops of a room meeting over the network: the point, the ways to it, strangers, what it brings."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inspector.services.desk import Desk
from inspector.services.diagnosis import Cause, Way
from inspector.services.exchanging import exchange_with
from inspector.services.library import Library
from inspector.ui.application import Application
from inspector.ui.language import LanguageCode
from inspector.ui.network import Network
from inspector.ui.pages.exchange import diagnosis_pane
from inspector.ui.pages.exchange.page import ExchangePage
from inspector.ui.theme import Theme
from inspector.ui.where import Screen, Tab, Where
from tests.hub.points import no_wait
from tests.hub.test_point import Says
from tests.storage import office
from tests.ui import walker
from tests.ui.alone import PAGE, PAGE_LOOKS, Alone
from tests.ui.fields import Show
from tests.ui.in_room import at, colleague, join, network, point_of, quiet
from tests.ui.second_laptop import meet
from tests.ui.sittings import Sitting

pytestmark = pytest.mark.usefixtures("little_work")

Opened = Alone[ExchangePage]
Open = Callable[..., Opened]


@pytest.fixture
def at_room(sit: Sitting, show: Show) -> Open:
    def open_page(size: tuple[int, int] = PAGE) -> Opened:
        network(sit)
        opened: Opened = Alone(sit, show, lambda acts: ExchangePage(sit.session, acts), size)
        opened.page.arrive(Where(Screen.EXCHANGE))
        opened.settle()
        return opened

    return open_page


@pytest.fixture
def visit(sit: Sitting) -> str:
    return sit.begin()


@pytest.fixture
def bao(sit: Sitting, fast_tmp: Path) -> Iterator[Desk]:
    with colleague(sit, fast_tmp / "bao") as desk:
        yield desk


def room(opened: Opened) -> Network:
    return opened.page.network


def words(opened: Opened) -> str:
    return str(opened.page.room.result.text())


def test_one_act_opens_the_point_and_tells_who_came(at_room: Open, sit: Sitting, visit: str, bao: Desk) -> None:
    join(sit, visit, bao)
    opened = at_room()
    opened.acts.trigger("point-open")
    quiet(sit)
    point = room(opened).point
    assert point is not None
    assert opened.page.stack.currentWidget() is opened.page.room
    received: list[frozenset[str]] = []
    sit.session.received.connect(received.append)
    exchange_with(bao, at(point), Says(), wait=no_wait)
    bao.perform("remark_item", {"item": "X-I.1", "remark": "Đủ sổ theo dõi"}, inspection=visit)
    exchange_with(bao, at(point), Says(), wait=no_wait)
    quiet(sit, lambda: received)
    rows = opened.page.room.visitors.rows.rows
    assert (rows[0].head, str(rows[0].words)) == (True, "Võ Quốc Bảo")
    assert str(rows[1].chip and rows[1].chip[0]).startswith("Khớp ")
    assert received == [frozenset({visit})]
    opened.acts.trigger("point-close")
    quiet(sit)
    assert room(opened).point is None
    with pytest.raises(Exception, match="peer-no-answer"):
        exchange_with(bao, at(point), Says(), wait=no_wait)


def test_an_exchange_by_address_tells_what_went_and_the_way_to_disagreements(
    at_room: Open, sit: Sitting, visit: str, bao: Desk
) -> None:
    join(sit, visit, bao)
    meet(bao, sit.desk, visit)
    for desk, text in ((sit.desk, "Thiếu sổ"), (bao, "Đủ sổ")):
        desk.perform("remark_item", {"item": "X-I.1", "remark": text}, inspection=visit)
    opened = at_room()
    opened.acts.trigger("exchange-room")
    with point_of(bao) as point:
        opened.page.room.address.setFocus()
        opened.type(at(point))
        opened.acts.trigger("exchange-with")
        quiet(sit)
    assert words(opened) == "Đã trao đổi xong với máy của Võ Quốc Bảo (Sở Tài chính); hai máy khớp nhau."
    (row,) = opened.page.room.results.rows.rows
    assert "Gửi 1, nhận 2 thay đổi" in str(row.detail)
    (apart,) = opened.page.room.apart_list.rows.rows
    assert apart.key == visit
    opened.page.room.apart_list.setFocus()
    opened.press("Return")
    assert sit.gone[-1] == Where(Screen.WORKSPACE, visit, Tab.DECISIONS)
    assert room(opened).by_itself


def test_strangers_compare_the_code_at_both_windows(
    at_room: Open, sit: Sitting, visit: str, bao: Desk, fast_tmp: Path
) -> None:
    opened = at_room()
    quiet(sit)
    opened.page.room.shown.show_value(visit)
    opened.acts.trigger("point-open")
    quiet(sit)
    point = room(opened).point
    assert point is not None
    with office.create(fast_tmp / "stranger") as other:
        stranger, person = Desk(other, Library(other)), Says()
        going = threading.Thread(target=lambda: exchange_with(stranger, at(point), person, wait=no_wait))
        going.start()
        quiet(sit, lambda: room(opened).comparison)
        card = opened.page.room.compare
        assert card.isVisible()
        assert card.code.text() == person.codes[0]
        opened.acts.trigger("code-same")
        going.join()
        quiet(sit)
        assert not card.isVisible()
        assert [space.id for space in other.spaces()] == [visit]


@pytest.mark.parametrize(("size", "theme", "scale", "language"), PAGE_LOOKS[:2])
def test_nothing_of_the_room_is_cut_in_any_look(
    at_room: Open,
    visit: str,
    bao: Desk,
    sit: Sitting,
    qapp: Application,
    size: tuple[int, int],
    theme: Theme,
    scale: int,
    language: LanguageCode,
) -> None:
    qapp.choose(theme=theme, language=language, scale=scale)
    join(sit, visit, bao)
    opened = at_room(size)
    opened.acts.trigger("point-open")
    quiet(sit)
    point = room(opened).point
    assert point is not None
    exchange_with(bao, at(point), Says(), wait=no_wait)
    with point_of(bao) as other:
        opened.page.room.exchange(at(other))
        quiet(sit)
    assert opened.page.room.results.isVisible()
    assert walker.faults(opened.window) == []


def test_where_an_exchange_fails_the_reason_and_the_other_ways_are_offered(
    at_room: Open, sit: Sitting, visit: str
) -> None:
    opened = at_room()
    opened.acts.trigger("exchange-room")
    assert not opened.page.room.why.isVisible()
    opened.page.room.exchange("127.0.0.1:9")
    quiet(sit)
    assert "Không có máy nào trả lời ở 127.0.0.1:9" in words(opened)
    opened.page.room.why.setFocus()
    opened.press("Return")
    quiet(sit)
    pane = opened.page.diagnosis
    assert opened.page.stack.currentWidget() is pane
    assert str(pane.causes[0].head.text()) == "Máy kia chưa mở điểm trao đổi"
    assert [way for way, part in pane.ways.items() if part.isVisible()] == [Way.AGAIN, Way.HERE, Way.STICK]
    assert walker.faults(opened.window) == []
    opened.press("Esc")
    assert opened.page.stack.currentWidget() is opened.page.room
    opened.press("Esc")
    assert opened.page.stack.currentWidget() is opened.page.overview


def test_every_cause_and_way_has_its_words() -> None:
    assert (set(diagnosis_pane._CAUSES), set(diagnosis_pane._WAYS)) == (set(Cause), set(Way))
