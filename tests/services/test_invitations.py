"""Inviting a laptop: one file, one code, offline; what it wrote before stays, and a second use comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from inspector.domain.errors import InspectorError, Refused
from inspector.domain.invitation import Guest, HubSeen
from inspector.services.accepting import accept_invitation, accepted, open_invitation
from inspector.services.address_book import known_people
from inspector.services.exchanging import knows
from inspector.services.invitations import letters, revoke_invitation
from inspector.services.inviting import Wanted, Written, write_invitation
from inspector.services.machines import adopt
from inspector.services.signed_in import signed_in
from inspector.system.identity import read_certificate
from tests.services.laptops import VISIT, Laptop
from tests.services.meeting import given, meet, reasons, stranger

HOA = Wanted("Trần Thị Hoa", "Sở Tài chính", ())
Strangers = Callable[[str], Laptop]


@pytest.fixture
def alone(place: Path) -> Iterator[Strangers]:
    with ExitStack() as stack:

        def make(name: str) -> Laptop:
            made = stranger(place / name, name)
            stack.enter_context(made.workspace)
            return made

        yield make


def invite(laptop: Laptop, place: Path, inspection: str, **more: object) -> Written:
    wanted = replace(HOA, inspections=(inspection,), **more)  # type: ignore[arg-type]  # fields of one dataclass
    return write_invitation(laptop.desk, place / f"{len(list(place.iterdir()))}.cchc-moi", wanted)


def join(laptop: Laptop, written: Written, guest: Guest | None = None) -> None:
    accept_invitation(laptop.desk, open_invitation(written.file, written.code), guest)


def person_of(laptop: Laptop, inspection: str) -> str:
    """The person of the first member of the team."""
    return str(laptop.workspace.records(inspection, "team_member")[0].values["person"])


def finding(laptop: Laptop, inspection: str, content: str = "Bảng niêm yết đã cũ") -> str:
    return laptop.act("add_finding", {"kind": "shortcoming", "content": content}, inspection).ref


def test_an_invited_laptop_gets_its_inspection_and_writes_in_it(
    laptop: Laptop, inspection: str, place: Path, alone: Strangers
) -> None:
    hoa = alone("Hoa")
    join(hoa, invite(laptop, place, inspection))
    reports = meet(hoa, laptop)
    assert inspection in reports
    assert all(report.matched for report in reports.values())
    finding(hoa, inspection)
    meet(hoa, laptop)
    assert [found.content for found in laptop.read(inspection).findings] == ["Bảng niêm yết đã cũ"]
    assert reasons(laptop, inspection) == reasons(hoa, inspection) == []
    assert [member.name for member in laptop.read(inspection).team] == ["Trần Thị Hoa"]
    assert signed_in(hoa.desk, inspection).name == "Trần Thị Hoa"
    assert signed_in(hoa.desk, inspection).rights == {"write"}


def test_both_know_each_other_at_the_first_meeting(
    laptop: Laptop, inspection: str, place: Path, alone: Strangers
) -> None:
    hoa = alone("Hoa")
    own, hers = (read_certificate(each.workspace.author.certificate) for each in (laptop, hoa))
    assert not knows(hoa.workspace, own, given(hoa, laptop))
    assert not knows(laptop.workspace, hers, given(laptop, hoa))
    join(hoa, invite(laptop, place, inspection))
    assert knows(hoa.workspace, own, given(hoa, laptop))
    assert knows(laptop.workspace, hers, given(laptop, hoa))


def test_before_it_was_invited_it_is_given_nothing(laptop: Laptop, inspection: str, alone: Strangers) -> None:
    assert list(given(laptop, alone("Hoa"))) == []


def test_the_rights_are_those_of_the_invitation(laptop: Laptop, inspection: str, place: Path, alone: Strangers) -> None:
    hoa = alone("Hoa")
    join(hoa, invite(laptop, place, inspection))
    meet(hoa, laptop)
    with pytest.raises(Refused, match="right-missing"):
        hoa.act("edit_inspection", {"venue": "Hội trường"}, inspection)
    assert hoa.begin()


def test_what_was_written_alone_stays_and_is_opened_to_the_office(
    laptop: Laptop, inspection: str, place: Path, alone: Strangers
) -> None:
    hoa = alone("Hoa")
    own = hoa.begin()
    finding(hoa, own, "Ghi khi làm một mình")
    before = [changeset.hash for changeset in hoa.change_sets(own)]
    join(hoa, invite(laptop, place, inspection))
    meet(hoa, laptop)
    assert [changeset.hash for changeset in hoa.change_sets(own)][: len(before)] == before
    assert own in {space.id for space in laptop.workspace.spaces()}
    assert reasons(laptop, own) == reasons(hoa, own) == []
    finding(laptop, own, "Văn phòng bổ sung")
    meet(hoa, laptop)
    assert [found.content for found in hoa.read(own).findings] == ["Ghi khi làm một mình", "Văn phòng bổ sung"]
    assert hoa.workspace.position(own).root == laptop.workspace.position(own).root


def test_the_office_puts_down_whom_it_adopted(laptop: Laptop, inspection: str, place: Path, alone: Strangers) -> None:
    hoa = alone("Hoa")
    own = hoa.begin()
    join(hoa, invite(laptop, place, inspection))
    meet(hoa, laptop)
    assert len(adopt(laptop.desk)) == 1
    record = laptop.change_sets(own)[-1]
    assert record.payload["root"] == hoa.workspace.author.root.hex()
    assert record.payload["frontier"]
    assert record.device == laptop.workspace.author.device
    assert adopt(laptop.desk) == ()


def test_what_an_invited_lead_opens_on_site_the_office_may_enter(
    laptop: Laptop, inspection: str, place: Path, alone: Strangers
) -> None:
    lead = alone("Hoa")
    join(lead, invite(laptop, place, inspection, role="lead", rights=("write", "draft", "decide", "enrol")))
    opened = lead.begin()
    meet(lead, laptop)
    assert opened in {space.id for space in laptop.workspace.spaces()}
    laptop.act("change_status", {"status": "finished"}, opened)
    meet(lead, laptop)
    assert lead.read(opened).status == "finished"


def test_adding_somebody_known_to_another_team_lets_their_laptop_in(
    laptop: Laptop, inspection: str, place: Path, alone: Strangers
) -> None:
    hoa = alone("Hoa")
    join(hoa, invite(laptop, place, inspection))
    meet(hoa, laptop)
    person = person_of(laptop, inspection)
    later = laptop.begin()
    laptop.act("add_member", {"person": person, "name": "Trần Thị Hoa", "role": "secretary"}, later)
    meet(hoa, laptop)
    hoa.act("edit_inspection", {"venue": "Hội trường"}, later)
    meet(hoa, laptop)
    assert laptop.read(later).header.venue == "Hội trường"


def test_who_left_the_team_is_given_nothing_more(
    laptop: Laptop, inspection: str, place: Path, alone: Strangers
) -> None:
    hoa = alone("Hoa")
    join(hoa, invite(laptop, place, inspection))
    assert inspection in given(laptop, hoa)
    laptop.act("remove_member", {"member": laptop.read(inspection).team[0].id}, inspection)
    assert inspection not in given(laptop, hoa)


def test_who_is_chosen_from_the_address_book_comes_with_their_laptop(
    laptop: Laptop, inspection: str, place: Path, alone: Strangers
) -> None:
    hoa = alone("Hoa")
    join(hoa, invite(laptop, place, inspection))
    (known,) = known_people(laptop.desk)
    later = laptop.begin()
    laptop.act("add_member", {"person": known.id, "name": known.name, "role": "member"}, later)
    assert later in given(laptop, hoa)
    invite(laptop, place, later)
    assert len(known_people(laptop.desk)) == len(laptop.read(later).team) == 1


def test_the_same_invitation_twice_on_one_laptop_is_one(
    laptop: Laptop, inspection: str, place: Path, alone: Strangers
) -> None:
    hoa, written = alone("Hoa"), invite(laptop, place, inspection)
    join(hoa, written)
    join(hoa, written)
    assert len(accepted(hoa.desk)) == 1
    assert len(hoa.workspace.author.signed) == 2


def test_a_second_use_is_told_to_the_lead(laptop: Laptop, inspection: str, place: Path, alone: Strangers) -> None:
    written = invite(laptop, place, inspection)
    for name in ("Hoa", "Kẻ lạ"):
        used = alone(name)
        join(used, written)
        meet(used, laptop)
        finding(used, inspection, f"Ghi trên máy {name}")
        meet(used, laptop)
    found = letters(laptop.desk)[0]
    assert found.used_twice
    assert {user.name for user in found.users} == {"Trần Thị Hoa"}
    assert len({user.device for user in found.users}) == 2
    assert reasons(laptop, inspection) == []


def test_a_revoked_invitation_lets_nobody_in_any_more(
    laptop: Laptop, inspection: str, place: Path, alone: Strangers
) -> None:
    written = invite(laptop, place, inspection)
    root = letters(laptop.desk)[0].root
    assert len(revoke_invitation(laptop.desk, root, "gửi nhầm")) == 2
    hoa = alone("Hoa")
    join(hoa, written)
    assert list(given(laptop, hoa)) == []
    assert letters(laptop.desk)[0].revoked


def test_a_spare_invitation_is_for_whomever_of_the_team_needs_it(
    laptop: Laptop, inspection: str, place: Path, alone: Strangers
) -> None:
    laptop.act("add_member", {"name": "Lê Văn Nam", "agency": "Sở Xây dựng", "role": "member"}, inspection)
    written, hoa = invite(laptop, place, inspection, spare=True), alone("máy dự phòng")
    with pytest.raises(Refused, match="invitation-needs-person"):
        join(hoa, written)
    join(hoa, written, Guest("", "Lê Văn Nam", ""))
    meet(hoa, laptop)
    finding(hoa, inspection)
    meet(hoa, laptop)
    assert signed_in(hoa.desk).person == person_of(laptop, inspection)
    assert letters(laptop.desk)[0].users[0].name == "Lê Văn Nam"


def test_the_hub_comes_along(laptop: Laptop, inspection: str, place: Path, alone: Strangers) -> None:
    hub = HubSeen("https://10.0.0.5:47811", "hub-1", "ab" * 32, (("recovery", "age1xyz"),))
    wanted = replace(HOA, inspections=(inspection,))
    written = write_invitation(laptop.desk, place / "hub.cchc-moi", wanted, hub)
    hoa = alone("Hoa")
    join(hoa, written)
    assert accepted(hoa.desk)[0].hub == hub


def test_who_may_not_enrol_invites_nobody(laptop: Laptop, inspection: str, place: Path, alone: Strangers) -> None:
    hoa = alone("Hoa")
    join(hoa, invite(laptop, place, inspection))
    meet(hoa, laptop)
    with pytest.raises(Refused, match="right-missing"):
        invite(hoa, place, inspection)


def test_an_unfinished_question_writes_nothing(laptop: Laptop, inspection: str, place: Path) -> None:
    before = laptop.position()
    for wanted, code in ((HOA, "for-nothing"), (replace(HOA, name=" ", inspections=(inspection,)), "for-nobody")):
        with pytest.raises(Refused, match=f"invitation-{code}"):
            write_invitation(laptop.desk, place / "x.cchc-moi", wanted)
    assert laptop.position() == before


@pytest.mark.parametrize("at", [40, 200, 400, -3])
def test_a_file_that_was_changed_is_no_invitation(laptop: Laptop, inspection: str, place: Path, at: int) -> None:
    written = invite(laptop, place, inspection)
    data = bytearray(written.file.read_bytes())
    data[at] ^= 1
    written.file.write_bytes(bytes(data))
    with pytest.raises(InspectorError, match=r"invitation-(damaged|code-wrong|newer)"):
        open_invitation(written.file, written.code)


def test_another_code_does_not_open_it(laptop: Laptop, inspection: str, place: Path) -> None:
    one, other = invite(laptop, place, inspection), invite(laptop, place, inspection)
    with pytest.raises(Refused, match="invitation-code-wrong"):
        open_invitation(one.file, other.code)
    with pytest.raises(Refused, match="invitation-code-mistyped"):
        open_invitation(one.file, one.code[:-1])
    assert open_invitation(one.file, one.code.lower().replace("-", " ")).doors[0].space == inspection


def test_nobody_accepts_their_own(laptop: Laptop, inspection: str, place: Path) -> None:
    with pytest.raises(Refused, match="invitation-own"):
        join(laptop, invite(laptop, place, inspection))


def test_units_and_days_name_what_it_is_for(laptop: Laptop, inspection: str, place: Path) -> None:
    titles = invite(laptop, place, inspection).titles
    day = "/".join(reversed(VISIT.split("-")))
    assert [title.endswith(day) for title in titles] == [True]
