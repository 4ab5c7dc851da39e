"""Exchanging by itself while somebody types: nothing typed is touched, nothing that came is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.domain.errors import InspectorError
from inspector.services import in_reach
from inspector.services.desk import Desk
from inspector.services.exchanging import exchange_with
from inspector.services.library import Library
from inspector.ui.editing import finish_editing
from inspector.ui.pages.workspace.contents.tab import ContentsTab
from inspector.ui.where import Tab
from tests.hub.points import no_wait
from tests.hub.test_point import Says
from tests.storage import office
from tests.ui.alone import TabAlone
from tests.ui.fields import Show
from tests.ui.in_room import at, colleague, join, network, point_of, quiet
from tests.ui.sittings import Sitting

pytestmark = pytest.mark.usefixtures("little_work")


@pytest.fixture(autouse=True)
def nobody_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """Points are known by their address here; the datagram to everybody costs a second."""
    monkeypatch.setattr(in_reach, "look_around", list)


@pytest.fixture
def visit(sit: Sitting) -> str:
    return sit.begin()


@pytest.fixture
def bao(sit: Sitting, visit: str, fast_tmp: Path) -> Iterator[Desk]:
    with colleague(sit, fast_tmp / "bao") as desk:
        join(sit, visit, desk)
        yield desk


def test_what_is_typed_stays_while_an_exchange_brings_another_value_of_the_field(
    sit: Sitting, show: Show, visit: str, bao: Desk
) -> None:
    there = network(sit)
    with point_of(bao) as point:
        exchange_with(sit.desk, at(point), Says(), wait=no_wait)
        tab = TabAlone(sit, show, visit, ContentsTab, Tab.CONTENTS)
        remark = tab.tab.detail.remark
        assert tab.tab.detail.item is not None
        item = tab.tab.detail.item.key
        remark.setFocus()
        tab.type("Thiếu sổ")
        bao.perform("remark_item", {"item": item, "remark": "Đủ sổ theo dõi"}, inspection=visit)
        received: list[frozenset[str]] = []
        sit.session.received.connect(received.append)
        there.look_now()
        quiet(sit)
    assert received == [frozenset({visit})]
    assert there.last is not None
    assert (there.last.names, there.last.trouble) == (("Võ Quốc Bảo",), "")
    assert remark.text() == "Thiếu sổ"
    tab.type(" theo dõi")
    finish_editing()
    tab.settle()
    heads = sit.desk.workspace.heads(visit, "answer", sit.inspection(visit).answers[item].id, "remark")
    assert {head.value for head in heads} == {"Thiếu sổ theo dõi", "Đủ sổ theo dõi"}


def test_without_a_known_laptop_in_reach_nothing_is_exchanged_and_the_state_says_so(
    sit: Sitting, visit: str, bao: Desk
) -> None:
    there = network(sit)
    with point_of(bao) as point:
        exchange_with(sit.desk, at(point), Says(), wait=no_wait)
    there.look_now()
    quiet(sit)
    assert there.last is not None
    assert (there.last.names, there.last.trouble) == ((), "")


def test_by_itself_is_on_after_the_first_exchange_and_stays_off_when_turned_off(
    sit: Sitting, visit: str, bao: Desk
) -> None:
    there = network(sit)
    quiet(sit)
    assert not there.by_itself
    with point_of(bao) as point:
        for expected in (True, False):
            there.exchange(at(point))
            quiet(sit)
            assert there.by_itself is expected
            assert in_reach.is_wanted(sit.desk) is expected
            there.set_by_itself(False)
            quiet(sit)


def test_an_exchange_by_itself_asks_nobody_for_a_code(sit: Sitting, fast_tmp: Path, bao: Desk) -> None:
    with point_of(bao) as point, office.create(fast_tmp / "stranger") as other:
        stranger = Desk(other, Library(other))
        with pytest.raises(InspectorError) as caught:
            exchange_with(stranger, at(point), None, wait=no_wait)
    assert caught.value.code == "comparison-by-hand"
    assert point.news(0) is None
