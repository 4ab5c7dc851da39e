"""Laptops that worked alone, were copied or were set back, after an office adopted them: nothing lost, all told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from inspector.domain.streams import EpochReason
from inspector.services.accepting import accept_invitation, open_invitation
from inspector.services.door import Ways, home_of, open_desk
from inspector.services.invitations import letters
from inspector.services.inviting import Wanted, write_invitation
from inspector.services.machines import adopt, laptops
from tests.demonstrations import copy
from tests.services.laptops import Laptop
from tests.services.meeting import given, meet, meet_in, reasons, stranger
from tests.storage import office


@dataclass(frozen=True)
class Field:
    """The lead's laptop with an inspection, and a member's folder that was invited and has it."""

    lead: Laptop
    inspection: str
    member: Path
    open: Callable[[Path], Laptop]


@pytest.fixture
def field(laptop: Laptop, inspection: str, place: Path) -> Iterator[Field]:
    with ExitStack() as stack:

        def opened(folder: Path) -> Laptop:
            made = Laptop.open(folder)
            stack.enter_context(made.workspace)
            return made

        hoa = stranger(place / "hoa", "Hoa")
        with hoa.workspace:
            written = write_invitation(
                laptop.desk, place / "hoa.cchc-moi", Wanted("Trần Thị Hoa", "Sở Tài chính", (inspection,))
            )
            accept_invitation(hoa.desk, open_invitation(written.file, written.code))
            meet(hoa, laptop)
            note(hoa, inspection, "trước")
            meet(hoa, laptop)
        yield Field(laptop, inspection, place / "hoa", opened)


def note(laptop: Laptop, inspection: str, content: str) -> None:
    laptop.act("add_finding", {"kind": "shortcoming", "content": content}, inspection)


def findings(laptop: Laptop, inspection: str) -> set[str | None]:
    return {found.content for found in laptop.read(inspection).findings}


def test_two_laptops_from_one_image_lose_nothing_and_are_told(field: Field, place: Path) -> None:
    one, other = field.open(field.member), field.open(office.copy(field.member, place / "twin"))
    note(one, field.inspection, "máy thứ nhất")
    note(other, field.inspection, "máy thứ hai")
    reports = [meet(machine, field.lead) for machine in (one, other, one, other)]
    everything = {"trước", "máy thứ nhất", "máy thứ hai"}
    for machine in (field.lead, one, other):
        assert findings(machine, field.inspection) == everything
        assert reasons(machine, field.inspection) == []
    assert EpochReason.CLONED in {report.own for found in reports for report in found.values()}
    for machine in (field.lead, one, other):
        assert [found.copied for found in laptops(machine.desk) if found.name == "Trần Thị Hoa"] == [True]
    note(one, field.inspection, "sau")
    assert one.change_sets(field.inspection)[-1].n == 2
    assert meet(one, other)[field.inspection].same_device


def test_a_laptop_set_back_by_a_month_gets_its_own_records_again(field: Field, place: Path) -> None:
    image = office.copy(field.member, place / "image")
    later = field.open(field.member)
    for day in range(10):
        note(later, field.inspection, f"ngày {day}")
    meet(later, field.lead)
    later.workspace.close()
    back = field.open(image)
    note(back, field.inspection, "ghi trên máy vừa bị đưa về")
    report = meet(back, field.lead)[field.inspection]
    assert report.own in (EpochReason.CLONED, EpochReason.RESTORED)
    everything = {"trước", "ghi trên máy vừa bị đưa về", *(f"ngày {day}" for day in range(10))}
    for machine in (back, field.lead):
        assert findings(machine, field.inspection) == everything
        assert reasons(machine, field.inspection) == []
    assert back.workspace.position(field.inspection).root == field.lead.workspace.position(field.inspection).root
    assert not letters(field.lead.desk)[0].used_twice
    for machine in (back, field.lead):
        assert [found.copied for found in laptops(machine.desk) if found.name == "Trần Thị Hoa"] == [True]


def test_a_laptop_used_alone_for_two_seasons_is_adopted(
    laptop: Laptop, inspection: str, demonstration_template: Path, place: Path
) -> None:
    folder = copy(demonstration_template, place / "alone")
    with open_desk(home_of(folder), Ways()) as desk:
        alone = Laptop(folder, desk.workspace, desk)
        before = {space.id: alone.change_sets(space.id) for space in alone.workspace.spaces("inspection")}
        wanted = Wanted("Bùi Thanh Hà", "Sở Nội vụ", (inspection,))
        written = write_invitation(laptop.desk, place / "ha.cchc-moi", wanted)
        accept_invitation(desk, open_invitation(written.file, written.code))
        after = {space: alone.change_sets(space) for space in before}
        for space, records in before.items():
            assert [(c.hash, c.signature) for c in after[space][: len(records)]] == [
                (c.hash, c.signature) for c in records
            ]
            assert [c.kind for c in after[space][len(records) :]] == ["member"]
        assert desk.workspace.waiting() == [
            found for found in desk.workspace.waiting() if found.held and found.space in (inspection, *_shared(laptop))
        ]
        one = max(before, key=lambda space: len(before[space]))
        assert set(before) <= set(given(alone, laptop))
        for space in [one, inspection]:
            meet_in(alone, laptop, space)
        assert len(adopt(laptop.desk)) == 1
        meet_in(alone, laptop, one)
        assert reasons(laptop, one) == reasons(alone, one) == []
        assert laptop.read(one) == alone.read(one)


def _shared(laptop: Laptop) -> list[str]:
    return [space.id for space in laptop.workspace.spaces("reference")]
