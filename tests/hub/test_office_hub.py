"""Everything of a laptop to the office's server and back, and nothing to any other server."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from inspector.domain.errors import InspectorError
from inspector.domain.invitation import Invitation
from inspector.hub.inviting import invitations, invite, revoke
from inspector.hub.keeping import admit
from inspector.hub.office_server import MOST_JOINING
from inspector.hub.place import HubPlace, make
from inspector.services.accepting import accept_invitation, open_invitation
from inspector.services.desk import Desk
from inspector.services.library import Library
from inspector.services.office_hub import Hub, office_hub, sync_with_office
from inspector.services.office_receipts import fetch_receipt
from inspector.services.standing import standings
from inspector.storage.hub.receipts import PREFIX
from inspector.storage.workspace import Workspace
from inspector.sync.greeting import Point
from inspector.system.identity import read_certificate
from inspector.system.keys import SigningKey, verify
from tests.hub.points import no_wait
from tests.hub.test_app import attach, join
from tests.hub.test_office_server import served
from tests.storage import office
from tests.storage.office import change


@dataclass
class Agrees:
    """Somebody who looks at the key of a server."""

    yes: bool = True
    asked: list[Hub] = field(default_factory=list)

    def __call__(self, hub: Hub) -> bool:
        self.asked.append(hub)
        return self.yes


@pytest.fixture
def place(folder: Path) -> HubPlace:
    return make(folder / "hub", "Sở Nội vụ")[0]


def code(desk: Desk, address: str | None, agrees: Agrees) -> str:
    with pytest.raises(InspectorError) as caught:
        sync_with_office(desk, address, agrees, wait=no_wait)
    return caught.value.code


def desk_of(workspace: Workspace) -> Desk:
    return Desk(workspace, Library(workspace))


def test_everything_goes_home_and_to_the_others(
    place: HubPlace, workspace: Workspace, space: str, other: Workspace
) -> None:
    join(workspace, space, other)
    second = office.open_space(workspace)
    photo = attach(workspace, space, b"anh hien truong" * 9_000)
    an, binh, person = desk_of(workspace), desk_of(other), Agrees()
    assert code(an, None, person) == "hub-unknown"
    with served(place) as address:
        assert code(an, address, Agrees(yes=False)) == "hub-not-agreed"
        assert code(an, address, person) == "hub-knows-not"
        admit(place, workspace.author.root)
        first = sync_with_office(an, address, person, wait=no_wait)
        assert (first.is_done, {one.space for one in first.met}) == (True, {space, second})
        assert first.name == "Sở Nội vụ"
        fetched = sync_with_office(binh, address, person, wait=no_wait)
        change(other, space, "finding", "f", "content", "của Bình")
        sync_with_office(binh, None, person, wait=no_wait)
        last = sync_with_office(an, None, person, wait=no_wait)
    assert ([one.space for one in fetched.met], fetched.is_done, last.is_done) == ([space], True, True)
    assert workspace.position(space).root == other.position(space).root
    assert other.blobs.read(photo) == b"anh hien truong" * 9_000
    assert workspace.copies(space).only_here == workspace.copies(second).only_here == 0
    assert [hub.pin for hub in person.asked] == [place.keys().tls.pin] * 3
    assert office_hub(an) == Hub(place.keys().id, address, place.keys().tls.pin, "Sở Nội vụ")


def test_the_office_is_said_to_have_what_it_signed_for(place: HubPlace, workspace: Workspace) -> None:
    an = desk_of(workspace)
    space = an.perform("open_inspection", {"unit": "28360", "form": "on_site", "visit_date": "2026-11-26"}).ref
    change(workspace, space, "finding", "f", "content", "Chậm")
    attach(workspace, space, b"anh hien truong")
    assert standings(an, [space])[0].office is None
    admit(place, workspace.author.root)
    with served(place) as address:
        sync_with_office(an, address, Agrees(), wait=no_wait)
    (after,) = standings(an, [space])
    assert after.office is not None
    assert (after.office.name, after.office.is_all, after.office.photos_missing) == ("Sở Nội vụ", True, 0)
    assert after.office.receipt is not None
    kept = json.loads(workspace.own(f"receipt {space}") or b"")
    body, signature = kept["receipt"].encode(), bytes.fromhex(kept["signature"])
    assert verify(place.keys().issuing.public, signature, PREFIX + body)
    assert json.loads(body)["root"] == workspace.position(space).root
    change(workspace, space, "finding", "f", "content", "Chậm 12 ngày")
    (now,) = standings(an, [space])
    assert now.office is not None
    assert (now.office.whole, now.office.receipt, now.changes_only_here) == (False, None, 1)


def test_a_receipt_that_somebody_else_signed_is_not_kept(place: HubPlace, workspace: Workspace, space: str) -> None:
    an, (body, signature) = desk_of(workspace), signed_by(SigningKey.generate(), place.keys().id, space)
    point = Point(read_certificate(place.keys().certificate), (place.keys().certificate,), "", "", "")
    assert not fetch_receipt(an, Says(body, signature), point, space)
    body, signature = signed_by(place.keys().issuing, place.keys().id, "another space")
    assert not fetch_receipt(an, Says(body, signature), point, space)
    assert workspace.own(f"receipt {space}") is None
    assert fetch_receipt(an, Says(*signed_by(place.keys().issuing, place.keys().id, space)), point, space)


@dataclass
class Says:
    """A server with one receipt."""

    body: bytes
    signature: bytes

    def receipt(self, space: str) -> tuple[bytes, bytes]:
        return self.body, self.signature


def signed_by(key: SigningKey, hub: str, space: str) -> tuple[bytes, bytes]:
    body = json.dumps({"v": 1, "hub": hub, "sp": space, "root": "00", "at": "2026-11-27T08:00:00+07:00"}).encode()
    return body, key.sign(PREFIX + body)


def test_another_server_at_the_address_gets_nothing(
    folder: Path, place: HubPlace, workspace: Workspace, space: str
) -> None:
    an, person = desk_of(workspace), Agrees()
    admit(place, workspace.author.root)
    with served(place) as address:
        sync_with_office(an, address, person, wait=no_wait)
    training = make(folder / "training", "Máy chủ tập huấn")[0]
    admit(training, workspace.author.root)
    with served(training) as address:
        assert code(an, address, person) == "peer-key-differs"
    assert len(person.asked) == 1


def invited(place: HubPlace, desk: Desk, address: str, file: Path, name: str) -> Invitation:
    """A laptop accepts an invitation of the hub."""
    _, typed = invite(place, file, name, "Sở Nội vụ", address)
    invitation = open_invitation(file, typed)
    accept_invitation(desk, invitation)
    return invitation


def test_an_invitation_of_the_hub_lets_one_laptop_in(
    place: HubPlace, workspace: Workspace, space: str, other: Workspace, tmp_path: Path
) -> None:
    an, binh, person = desk_of(workspace), desk_of(other), Agrees()
    with served(place) as address:
        invitation = invited(place, an, address, tmp_path / "an.cchc-moi", "Nguyễn Văn An")
        made = invitations(place)[0]
        assert sync_with_office(an, None, person, wait=no_wait).is_done
        assert sync_with_office(an, None, person, wait=no_wait).is_done
        come = invitations(place)[0]
        assert (made.device, come.device, come.name) == ("", workspace.author.device, "Nguyễn Văn An")
        accept_invitation(binh, invitation)
        assert code(binh, None, person) == "hub-invitation-used"
        invited(place, binh, address, tmp_path / "binh.cchc-moi", "Trần Thị Bình")
        assert sync_with_office(binh, None, person, wait=no_wait).is_done
    assert person.asked == []


def test_a_revoked_invitation_of_the_hub_lets_nobody_in(place: HubPlace, workspace: Workspace, tmp_path: Path) -> None:
    with served(place) as address:
        invited(place, desk_of(workspace), address, tmp_path / "an.cchc-moi", "Nguyễn Văn An")
        revoke(place, invitations(place)[0].id[-8:])
        tries = [code(desk_of(workspace), None, Agrees()) for _ in range(MOST_JOINING + 1)]
    assert tries == ["hub-invitation-revoked"] * MOST_JOINING + ["too-many-tries"]
