"""Accepting an invitation (giấy mời): this laptop becomes the invited one. What it wrote before stays as it is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector.domain.changeset import Json, parse
from inspector.domain.credentials import parse_certificate
from inspector.domain.errors import Refused
from inspector.domain.ids import new_id
from inspector.domain.invitation import Guest, HubSeen, Invitation
from inspector.domain.registry import ALL_RIGHTS, SpaceKind
from inspector.domain.text import clean
from inspector.services.case import office_admitted
from inspector.services.door import Home, Newcomer, Ways, begin, open_desk
from inspector.services.named_files import content_of, named_file

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.storage.unit import UnitOfWork
    from inspector.storage.workspace import Workspace


ACCEPTED = "invitations"
"""Under which name this laptop keeps what it accepted."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """An invitation this laptop accepted; ``spaces`` are what it may ask others for, ``hub`` where the office is."""

    id: str
    person: str
    name: str
    organisation: str
    by: str
    office: str
    at: str
    spaces: tuple[str, ...]
    titles: tuple[str, ...]
    hub: HubSeen | None = None
    by_root: str = ""
    """The root (hex) that certified the laptop which invited."""


def open_invitation(file: Path, code: str) -> Invitation:
    """Read an invitation, to be shown before it is accepted.

    Raises:
        BadInput: ``file-not-readable``, ``invitation-damaged``, ``invitation-newer``.
        Refused: ``invitation-code-mistyped``, ``invitation-code-wrong``.
    """
    from inspector.system.invitation_file import MOST_BYTES, unseal

    return unseal(content_of(named_file(str(file), limit=MOST_BYTES)), code)


def guest_of(invitation: Invitation, guest: Guest | None = None) -> Guest:
    """Whose laptop it becomes: the person invited, or, with a spare invitation, the one who says so now.

    Raises:
        Refused: ``invitation-needs-person`` where a spare one is accepted by nobody.
    """
    if not invitation.spare:
        return invitation.guest
    name = clean(guest.name).strip() if guest else ""
    if guest is None or not name:
        raise Refused("invitation-needs-person", known=", ".join(known.name for known in invitation.team) or "—")
    same = next((known for known in invitation.team if known.id == guest.id or known.name == name), None)
    return same or Guest(guest.id or new_id(), name, clean(guest.agency).strip())


def accept_invitation(desk: Desk, invitation: Invitation, guest: Guest | None = None) -> Accepted:
    """Make this laptop the one that was invited. Everything it wrote before stays, nothing is signed again.

    What it opened alone, and opens later, it opens to the office behind the invitation too. Accepting the same
    invitation again changes nothing.

    Raises:
        Refused: ``invitation-own``, ``invitation-needs-person``.
    """
    from inspector.system.identity import Certificate, Person, issue_certificate
    from inspector.system.keys import SigningKey

    workspace = desk.workspace
    known = next((each for each in accepted(desk) if each.id == invitation.id), None)
    if known is not None:
        return known
    if invitation.by.id == workspace.author.person and invitation.office == workspace.author.root.hex():
        raise Refused("invitation-own")
    person = guest_of(invitation, guest)
    key, author = SigningKey.from_bytes(bytes.fromhex(invitation.secret)), workspace.author
    certificate = Certificate(
        key.public,
        author.device,
        author.key.public,
        Person(person.id, person.name, person.agency),
        invitation.organisation,
        tuple(map(str, ALL_RIGHTS)),  # what it may do is said space by space, in the member records
        workspace.clock.wall(),
        workspace.age_key().public,
    )
    made = _made(invitation, person, workspace.clock.wall())
    signed = issue_certificate(key, certificate)
    identity, own = workspace.identity, author.root.hex()
    others, office = (*identity.others, signed), invitation.office if invitation.office != own else identity.office
    with workspace.unit_of_work() as unit:
        unit.keep_identity(replace(identity, others=others, person=person.id, office=office))
        unit.put_own(ACCEPTED, _accepted_bytes([*accepted(desk), made]))
        unit.accept([parse(door.body.encode(), bytes.fromhex(door.signature)) for door in invitation.doors],
                    received_from=invitation.by.name)  # fmt: skip
        _open_to_office(unit, invitation.office)
        unit.commit()
    workspace.read_identity()
    return made


def accepted(desk: Desk) -> list[Accepted]:
    """The invitations this laptop accepted, oldest first."""
    kept = desk.workspace.own(ACCEPTED)
    return [_accepted_from(said) for said in json.loads(kept)] if kept else []


def begin_invited(home: Home, invitation: Invitation, guest: Guest | None, ways: Ways) -> None:
    """Make a workspace for whom was invited, and accept the invitation in it. Raises as ``begin`` and
    ``accept_invitation``.
    """
    person = guest_of(invitation, guest)
    begin(home, Newcomer(person.name, person.agency or "—", invitation.organisation, person.id), ways)
    with open_desk(home, ways) as desk:
        accept_invitation(desk, invitation, person)


def invited_by(workspace: Workspace) -> frozenset[str]:
    """The roots (hex) of whoever invited this laptop, and of the offices behind them."""
    kept = workspace.own(ACCEPTED)
    found = [_accepted_from(said) for said in json.loads(kept)] if kept else []
    return frozenset(root for each in found for root in (each.office, each.by_root) if root)


def office_root(desk: Desk) -> str:
    """The root (hex) of the office this laptop works for: the one that invited it, else its own."""
    return desk.workspace.author.office or desk.workspace.author.root.hex()


def _open_to_office(unit: UnitOfWork, office: str) -> None:
    """The office may enter what this laptop opened alone; its catalogue stays its own."""
    for space in unit.spaces(SpaceKind.INSPECTION):
        if office != unit.author.root.hex() and unit.opened_here(space.id):
            payload: dict[str, Json] = {**office_admitted(office), "seen": list(unit.controls_seen(space.id))}
            unit.write(space.id, (), act=new_id(), kind="member", payload=payload)


def _made(invitation: Invitation, person: Guest, at: str) -> Accepted:
    return Accepted(
        invitation.id,
        person.id,
        person.name,
        invitation.organisation,
        invitation.by.name,
        invitation.office,
        at,
        tuple(door.space for door in invitation.doors),
        tuple(door.title for door in invitation.doors if door.kind == SpaceKind.INSPECTION),
        invitation.hub,
        parse_certificate(invitation.cert).root.hex(),
    )


def _accepted_bytes(found: Sequence[Accepted]) -> bytes:
    return json.dumps([asdict(each) for each in found], ensure_ascii=False).encode()


def _accepted_from(said: dict[str, Any]) -> Accepted:
    hub = said["hub"] and HubSeen(**{**said["hub"], "keys": tuple(map(tuple, said["hub"]["keys"]))})
    return Accepted(**{**said, "spaces": tuple(said["spaces"]), "titles": tuple(said["titles"]), "hub": hub})
