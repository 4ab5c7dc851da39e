"""Laptops are taken out by what is known of them, and what they wrote later waits for somebody's decision."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from inspector.domain.errors import Refused
from inspector.services.accepting import accept_invitation, open_invitation
from inspector.services.inviting import Wanted, write_invitation
from inspector.services.machines import laptops, revoke
from inspector.services.quarantine import quarantined, settle
from inspector.services.signed_in import people_here, share_laptop, sign_in, signed_in
from tests.services.laptops import Laptop, deliver
from tests.services.meeting import given, meet, reasons, stranger


@pytest.fixture
def hoa(laptop: Laptop, inspection: str, place: Path) -> Iterator[Laptop]:
    """The laptop of a member who was invited, has the inspection and wrote one finding."""
    with ExitStack() as stack:
        made = stranger(place / "hoa", "Hoa")
        stack.enter_context(made.workspace)
        wanted = Wanted("Trần Thị Hoa", "Sở Tài chính", (inspection,))
        written = write_invitation(laptop.desk, place / "hoa.cchc-moi", wanted)
        accept_invitation(made.desk, open_invitation(written.file, written.code))
        meet(made, laptop)
        note(made, inspection, "trước")
        meet(made, laptop)
        yield made


def note(laptop: Laptop, inspection: str, content: str) -> str:
    return laptop.act("add_finding", {"kind": "shortcoming", "content": content}, inspection).ref


def findings(laptop: Laptop, inspection: str) -> list[str | None]:
    return [found.content for found in laptop.read(inspection).findings]


def test_laptops_are_told_with_their_people(laptop: Laptop, inspection: str, hoa: Laptop) -> None:
    own, other = laptops(laptop.desk)
    assert (own.own, own.device) == (True, laptop.workspace.author.device)
    assert (other.name, other.agency, other.own) == ("Trần Thị Hoa", "Sở Tài chính", False)
    assert [(seat.space, seat.rights, seat.records) for seat in other.seats] == [(inspection, ("write",), 2)]
    assert other.heard
    assert not own.copied
    assert not other.copied


def test_a_lost_laptop_is_out_and_what_it_wrote_before_stays(laptop: Laptop, inspection: str, hoa: Laptop) -> None:
    note(hoa, inspection, "sau")
    revoke(laptop.desk, hoa.workspace.author.device, "Mất máy ở bến xe")
    assert inspection not in given(laptop, hoa)
    deliver(hoa, laptop, inspection)
    assert findings(laptop, inspection) == ["trước"]
    assert reasons(laptop, inspection) == ["revoked"]
    assert [found.is_revoked for found in laptops(laptop.desk)] == [False, True]


def test_the_list_of_what_was_only_there(laptop: Laptop, inspection: str, hoa: Laptop, place: Path) -> None:
    photo = place / "anh.pdf"
    photo.write_bytes(b"%PDF-1.4 one")
    hoa.act("attach_file", {"path": str(photo)}, inspection)
    deliver(hoa, laptop, inspection)
    left = revoke(laptop.desk, hoa.workspace.author.device, "Mất máy").only_there
    assert left.files == ("anh.pdf",)
    assert left.waiting == 0


def test_nobody_revokes_the_laptop_they_sit_at(laptop: Laptop, inspection: str) -> None:
    with pytest.raises(Refused, match="machine-own"):
        revoke(laptop.desk, laptop.workspace.author.device, "nhầm")


def test_a_member_revokes_nobody(laptop: Laptop, hoa: Laptop) -> None:
    with pytest.raises(Refused, match="right-missing"):
        revoke(hoa.desk, laptop.workspace.author.device, "thử")


def late(laptop: Laptop, inspection: str, hoa: Laptop) -> str:
    """What Hoa wrote after her laptop was taken out: the id of the record, as it waits with the lead."""
    note(hoa, inspection, "sau")
    revoke(laptop.desk, hoa.workspace.author.device, "Mất máy")
    deliver(hoa, laptop, inspection)
    (found,) = quarantined(laptop.desk)
    assert (found.who, found.reason, found.can_settle, found.can_take) == ("Trần Thị Hoa", "revoked", True, True)
    assert found.what.endswith(("sau", "sau (và 1 mục khác)", "mục khác)"))
    return found.id


def test_what_waits_is_taken(laptop: Laptop, inspection: str, hoa: Laptop) -> None:
    record = late(laptop, inspection, hoa)
    assert settle(laptop.desk, [record[:8]], take=True, reason="Đã gọi điện xác nhận") == 1
    assert findings(laptop, inspection) == ["trước", "sau"]
    assert quarantined(laptop.desk) == []


def test_what_waits_is_hidden_and_may_be_taken_later(laptop: Laptop, inspection: str, hoa: Laptop) -> None:
    record = late(laptop, inspection, hoa)
    settle(laptop.desk, [record], take=False, reason="Không phải chị Hoa ghi")
    assert findings(laptop, inspection) == ["trước"]
    assert [found.reason for found in quarantined(laptop.desk)] == ["hidden"]
    settle(laptop.desk, [record], take=True, reason="Chị Hoa xác nhận")
    assert findings(laptop, inspection) == ["trước", "sau"]


def test_a_decision_travels(laptop: Laptop, inspection: str, hoa: Laptop, another: Callable[..., Laptop]) -> None:
    record = late(laptop, inspection, hoa)
    other = another()
    settle(laptop.desk, [record], take=True, reason="Đã xác nhận")
    deliver(laptop, other, inspection)
    assert findings(other, inspection) == ["trước", "sau"]
    assert reasons(other, inspection) == []


def test_settling_needs_a_reason_and_the_right(laptop: Laptop, inspection: str, hoa: Laptop) -> None:
    record = late(laptop, inspection, hoa)
    with pytest.raises(Refused, match="reason-needed"):
        settle(laptop.desk, [record], take=True, reason=" ")
    with pytest.raises(Refused, match="quarantine-unknown"):
        settle(laptop.desk, ["00" * 32], take=True, reason="thử")
    with pytest.raises(Refused, match="right-missing"):
        hoa.act("hide_records", {"records": [record], "reason": "thử"}, inspection)


def test_control_acts_are_not_undone(laptop: Laptop, inspection: str, hoa: Laptop) -> None:
    said = {"device": hoa.workspace.author.device, "reason": "Mất máy"}
    done = laptop.act("revoke_machine", said, inspection)
    with pytest.raises(Refused, match="undo-nothing"):
        laptop.act("undo", {"undone": done.act}, inspection)


def test_who_writes_is_chosen_among_the_people_of_the_laptop(laptop: Laptop, inspection: str) -> None:
    first = signed_in(laptop.desk).person
    nam = share_laptop(laptop.desk, "Lê Văn Nam", "Sở Xây dựng")
    note(laptop, inspection, "của Nam")
    assert [me.name for me in people_here(laptop.desk)] == [people_here(laptop.desk)[0].name, "Lê Văn Nam"]
    assert laptop.change_sets(inspection)[-1].author == nam.person
    sign_in(laptop.desk, first)
    note(laptop, inspection, "của người đầu")
    assert laptop.change_sets(inspection)[-1].author == first
    assert reasons(laptop, inspection) == []
    with pytest.raises(Refused, match="person-unknown"):
        sign_in(laptop.desk, "ai đó")


def test_who_sat_there_stays_signed_in(laptop: Laptop, place: Path) -> None:
    nam = share_laptop(laptop.desk, "Lê Văn Nam", "Sở Xây dựng")
    laptop.workspace.close()
    with Laptop.open(laptop.folder).workspace as again:
        assert again.author.person == nam.person
