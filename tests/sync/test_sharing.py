"""Whom an exchange gives which space: worked out from the log, for a peer that showed its certificates."""

from __future__ import annotations

import pytest

from inspector.domain.changeset import Json
from inspector.domain.errors import Refused
from inspector.domain.exchange import Holds
from inspector.storage.workspace import Workspace
from inspector.sync.host import Host
from inspector.sync.messages import Hello
from inspector.sync.sharing import SharedSpaces
from inspector.sync.store import WorkspaceStore
from inspector.system.identity import read_certificate
from tests.storage.office import change


def given(workspace: Workspace, other: Workspace) -> SharedSpaces:
    key = other.identity.device.public
    return SharedSpaces(workspace, other.author.device, key, [other.author.certificate])


def admit(workspace: Workspace, other: Workspace, space: str, *rights: str) -> None:
    signed = other.author.certificate
    payload: dict[str, Json] = {"cert": signed.body.decode(), "sig": signed.signature.hex(), "rights": list(rights)}
    with workspace.unit_of_work() as unit:
        payload["seen"] = list(unit.controls_seen(space))
        unit.write(space, (), act="admit", kind="member", payload=payload)
        unit.commit()


def name_in_team(workspace: Workspace, other: Workspace, space: str) -> None:
    person = read_certificate(other.author.certificate).person.id
    change(workspace, space, "team_member", "m", "person", person)


def test_a_stranger_is_given_nothing(workspace: Workspace, other: Workspace, space: str) -> None:
    assert list(given(workspace, other)) == []


def test_the_laptop_that_opened_a_space_is_given_it(workspace: Workspace, space: str) -> None:
    assert list(given(workspace, workspace)) == [space]


def test_a_member_is_given_the_inspections_that_name_its_person(
    workspace: Workspace, other: Workspace, space: str
) -> None:
    shared = given(workspace, other)
    admit(workspace, other, space, "write")
    assert list(shared) == []
    name_in_team(workspace, other, space)
    assert list(shared) == [space]
    change(workspace, space, "team_member", "m", "_del", True)
    assert list(shared) == []


def test_a_surprise_visit_stays_with_office_and_lead_until_begun(
    workspace: Workspace, other: Workspace, space: str
) -> None:
    admit(workspace, other, space, "write")
    name_in_team(workspace, other, space)
    change(workspace, space, "inspection", space, "form", "surprise")
    shared = given(workspace, other)
    assert space not in shared
    change(workspace, space, "inspection", space, "opened", {"date": "2026-11-26", "time": "08:00"})
    assert space in shared


def test_a_lead_is_given_a_surprise_visit_before_it_begins(workspace: Workspace, other: Workspace, space: str) -> None:
    admit(workspace, other, space, "write", "decide")
    name_in_team(workspace, other, space)
    change(workspace, space, "inspection", space, "form", "surprise")
    assert space in given(workspace, other)


def test_a_certificate_of_another_key_opens_nothing(workspace: Workspace, other: Workspace, space: str) -> None:
    """Whoever shows the certificate of the founder has to hold its key."""
    shown = [workspace.author.certificate]
    thief = SharedSpaces(workspace, workspace.author.device, other.identity.device.public, shown)
    assert list(thief) == []


def test_a_host_speaks_of_nothing_else(workspace: Workspace, other: Workspace, space: str) -> None:
    host = Host(WorkspaceStore(workspace), Hello("an", "An"), given(workspace, other))
    host.hello(Hello("bình", "Bình"))
    with pytest.raises(Refused, match="exchange-not-shared"):
        host.have(space, Holds())
    admit(workspace, other, space, "plan")
    assert host.have(space, Holds()).holds.vector.ends
