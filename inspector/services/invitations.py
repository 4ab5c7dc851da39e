"""Invitations (giấy mời): writing one, accepting one, and what became of those that were written.

An invitation is one file and a code that is told apart from it. It lets one laptop in, offline: the member records it
needs are written before the file is, and the laptop certifies itself with the key in it. What the laptop wrote before
stays as it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector.domain.changeset import Json, parse
from inspector.domain.credentials import parse_certificate
from inspector.domain.errors import BadInput, Refused
from inspector.domain.ids import natural_id, new_id
from inspector.domain.invitation import Door, Guest, HubSeen, Invitation
from inspector.domain.registry import ALL_RIGHTS, Right, SpaceKind
from inspector.domain.text import clean
from inspector.services.address_book import known_people
from inspector.services.case import office_admitted
from inspector.services.named_files import content_of, named_file

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.storage.machines import Invited
    from inspector.storage.unit import UnitOfWork
    from inspector.storage.workspace import Workspace

SUFFIX = ".cchc-moi"
_MOST_OFFERED = 200
ACCEPTED = "invitations"
"""Under which name this laptop keeps what it accepted."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom to invite, to which inspections, with which rights; ``role`` is theirs in teams that do not name them yet.

    ``person`` is the id of somebody the team or an earlier invitation names. A ``spare`` invitation is for whomever of
    these teams needs another laptop: it names nobody.
    """

    name: str
    agency: str
    inspections: tuple[str, ...]
    rights: tuple[str, ...] = ("write",)
    role: str = "member"
    person: str = ""
    spare: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """An invitation that lies in ``file``; ``code`` opens it, is kept nowhere and must go another way than the file."""

    id: str
    file: Path
    code: str
    titles: tuple[str, ...]


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


@dataclass(frozen=True, slots=True)
class User:
    """A laptop that came with an invitation, and for whom."""

    device: str
    name: str
    agency: str


@dataclass(frozen=True, slots=True)
class Letter:
    """An invitation that was written here or elsewhere, as the member records in the spaces say it.

    ``users`` are the laptops that came with it; more than one means that file and code were used twice.
    """

    id: str
    root: str
    name: str
    agency: str
    spare: bool
    rights: tuple[str, ...]
    spaces: tuple[str, ...]
    titles: tuple[str, ...]
    by: str
    at: str
    revoked: bool
    users: tuple[User, ...]

    @property
    def used_twice(self) -> bool:
        return len(self.users) > 1


def write_invitation(desk: Desk, file: Path, wanted: Wanted, hub: HubSeen | None = None) -> Written:
    """Let a laptop that is still to come into the inspections, and write the invitation for it.

    Whoever is not on the team of one of them yet is put there, and into the address book. The file is written last:
    without it nobody can use what was recorded.

    Raises:
        BadInput: ``file-exists``.
        Refused: ``invitation-for-nobody``, ``invitation-for-nothing``, ``right-missing`` here or in one of these
            inspections.
        Unavailable: the disk does not take it.
    """
    from inspector.system.files import write_atomically
    from inspector.system.invitation_file import new_invitation_code, seal
    from inspector.system.keys import SigningKey

    if file.exists():
        raise BadInput("file-exists", file=str(file))
    _check(desk, wanted)
    guest = _guest(desk, wanted)
    key, identity = SigningKey.generate(), new_id()
    said: dict[str, Json] = {"root": key.public.hex(), "rights": list(wanted.rights), "invitation": identity}
    said |= {"spare": True} if wanted.spare else {"person": guest.id, "name": guest.name, "agency": guest.agency}
    doors = [_open_door(desk, space, said) for space in (*wanted.inspections, *_offices(desk))]
    if not wanted.spare:
        for inspection in wanted.inspections:
            _put_in_team(desk, inspection, guest, wanted.role)
    author, code = desk.workspace.author, new_invitation_code()
    certificate = author.signed[-1]
    me = next(person for person in author.people if person.id == author.person)
    invitation = Invitation(
        id=identity,
        guest=Guest("", "", "") if wanted.spare else guest,
        organisation=_organisation(desk),
        rights=wanted.rights,
        secret=key.to_bytes().hex(),
        office=office_root(desk),
        by=Guest(me.id, me.name, me.agency),
        cert=certificate.body.decode(),
        cert_signature=certificate.signature.hex(),
        made=desk.workspace.clock.wall(),
        spare=wanted.spare,
        team=_team(desk, wanted.inspections) if wanted.spare else (),
        doors=tuple(doors),
        hub=hub,
    )
    write_atomically(file, seal(invitation, author.key, code))
    return Written(identity, file, code, tuple(door.title for door in doors if door.kind == SpaceKind.INSPECTION))


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


def invited_by(workspace: Workspace) -> frozenset[str]:
    """The roots (hex) of whoever invited this laptop, and of the offices behind them."""
    kept = workspace.own(ACCEPTED)
    found = [_accepted_from(said) for said in json.loads(kept)] if kept else []
    return frozenset(root for each in found for root in (each.office, each.by_root) if root)


def office_root(desk: Desk) -> str:
    """The root (hex) of the office this laptop works for: the one that invited it, else its own."""
    return desk.workspace.author.office or desk.workspace.author.root.hex()


def letters(desk: Desk) -> list[Letter]:
    """Every invitation that the spaces of this laptop know of, newest first, with the laptops that came with it."""
    found: dict[bytes, list[tuple[str, Invited]]] = {}
    users: dict[bytes, dict[tuple[str, bytes], User]] = {}
    names: dict[str, str] = {}
    for space in desk.workspace.spaces_naming('"invites":'):
        for each in desk.workspace.invited(space):
            found.setdefault(each.root, []).append((space, each))
            names.setdefault(each.by, desk.workspace.person_name(space, each.by) or "")
        for machine in desk.workspace.machines(space):
            who = User(machine.device, machine.somebody.name, machine.somebody.agency)
            users.setdefault(machine.certificate.root, {})[machine.device, machine.certificate.key] = who
    made = [_letter(desk, each, tuple(users.get(root, {}).values()), names) for root, each in found.items()]
    return sorted(made, key=lambda letter: letter.at, reverse=True)


def letter_named(desk: Desk, text: str) -> Letter:
    """The invitation whose id begins with this text.

    Raises:
        Refused: ``invitation-unknown``.
    """
    found = [letter for letter in letters(desk) if text and letter.id.startswith(text)]
    if len(found) != 1:
        raise Refused("invitation-unknown", id=text)
    return found[0]


def revoke_invitation(desk: Desk, root: str, reason: str) -> tuple[str, ...]:
    """Let nobody in any more with an invitation (its root in hex), wherever this laptop may; says where that is.

    Raises:
        Refused: ``reason-needed``, ``right-missing`` where it may nowhere.
    """
    if not reason.strip():
        raise Refused("reason-needed", act="Thu hồi giấy mời")
    letter = next((each for each in letters(desk) if each.root == root), None)
    done = []
    for space, title in zip(letter.spaces, letter.titles, strict=True) if letter else ():
        offices = {known.id for known in desk.workspace.spaces(SpaceKind.REFERENCE)}
        needed = {Right.ENROL, Right.PLAN} if space in offices else {Right.ENROL}
        if needed <= desk.workspace.rights_in(space):
            desk.perform("revoke_invitation", {"root": root, "reason": reason}, inspection=space)
            done.append(title)
    if not done:
        raise Refused("right-missing", act="Thu hồi giấy mời", right=Right.ENROL.value)
    return tuple(done)


def may_invite_to(desk: Desk) -> list[tuple[str, str]]:
    """The inspections this laptop may let others into, latest visit first: id and title."""
    rows = desk.workspace.inspections(limit=_MOST_OFFERED)
    may = [row.space for row in rows if not row.signed and Right.ENROL in desk.workspace.rights_in(row.space)]
    return [(space, title_of(desk, space)) for space in may]


def title_of(desk: Desk, space: str) -> str:
    """What people call a space: the unit and day of an inspection, or what is shared with everybody."""
    visit = desk.workspace.record(space, "inspection", space)
    if visit is None:
        kinds = {known.id: known.kind for known in desk.workspace.spaces()}
        return "Danh mục dùng chung" if kinds.get(space) == SpaceKind.REFERENCE else "Cuộc kiểm tra chưa nhận được"
    unit = visit.values.get("unit")
    name = str(unit.get("name")) if isinstance(unit, dict) else ""
    day = str(visit.values.get("visit_date") or "")
    return f"{name}, {'/'.join(reversed(day.split('-')))}" if day else name


def _check(desk: Desk, wanted: Wanted) -> None:
    if not wanted.spare and not (clean(wanted.name).strip() and clean(wanted.agency).strip()):
        raise Refused("invitation-for-nobody")
    if not wanted.inspections:
        raise Refused("invitation-for-nothing")
    for right in wanted.rights:
        if right not in {str(each) for each in ALL_RIGHTS}:
            raise BadInput("value-needs-choice", field="rights", options=", ".join(ALL_RIGHTS))
    for inspection in wanted.inspections:
        missing = {*wanted.rights, Right.ENROL} - desk.workspace.rights_in(inspection)
        if missing:
            raise Refused("right-missing", act="Ghi giấy mời", right=min(missing))


def _guest(desk: Desk, wanted: Wanted) -> Guest:
    """The person as the teams or the address book know them; who is in none of them is put into the address book.

    Choosing them from there for the next team lets their laptop in.
    """
    name, agency = clean(wanted.name).strip(), clean(wanted.agency).strip()
    if wanted.spare or wanted.person:
        return Guest(wanted.person, name, agency)
    known = {guest.id for guest in _team(desk, wanted.inspections) if (guest.name, guest.agency) == (name, agency)}
    known |= {one.id for one in known_people(desk) if (one.name, one.agency) == (name, agency)}
    if len(known) == 1:
        return Guest(known.pop(), name, agency)
    return Guest(desk.perform("save_person", {"name": name, "agency": agency}).ref, name, agency)


def _open_door(desk: Desk, space: str, said: dict[str, Json]) -> Door:
    receipt = desk.perform("invite_machine", said, inspection=space)
    written = desk.workspace.change_set(bytes.fromhex(receipt.hash or ""))
    kind = next(known.kind for known in desk.workspace.spaces() if known.id == space)
    if written is None:
        raise AssertionError("it was written above")
    return Door(space, kind, title_of(desk, space), written.body.decode(), written.signature.hex())


def _offices(desk: Desk) -> list[str]:
    """What the office shares with everybody it invites, where this laptop may let others in."""
    spaces = [space.id for space in desk.workspace.spaces(SpaceKind.REFERENCE)]
    return [space for space in spaces if {Right.PLAN, Right.ENROL} <= desk.workspace.rights_in(space)]


def _put_in_team(desk: Desk, inspection: str, guest: Guest, role: str) -> None:
    known = desk.workspace.record(inspection, "team_member", natural_id(inspection, "team_member", guest.id))
    by_person = {record.values.get("person") for record in desk.workspace.records(inspection, "team_member")}
    if guest.id not in by_person and (known is None or known.deleted):
        said = {"person": guest.id, "name": guest.name, "agency": guest.agency, "role": role}
        desk.perform("add_member", said, inspection=inspection)


def _team(desk: Desk, inspections: Iterable[str]) -> tuple[Guest, ...]:
    found: dict[str, Guest] = {}
    for inspection in inspections:
        for record in desk.workspace.records(inspection, "team_member"):
            values = record.values
            person = str(values.get("person") or "")
            found[person] = Guest(person, str(values.get("name") or ""), str(values.get("agency") or ""))
    return tuple(found.values())


def _organisation(desk: Desk) -> str:
    from inspector.system.identity import read_certificate

    return read_certificate(desk.workspace.author.signed[-1]).organisation


def _open_to_office(unit: UnitOfWork, office: str) -> None:
    """The office may enter what this laptop opened alone; its catalogue stays its own."""
    for space in unit.spaces(SpaceKind.INSPECTION):
        if office != unit.author.root.hex() and unit.opened_here(space.id):
            payload: dict[str, Json] = {**office_admitted(office), "seen": list(unit.controls_seen(space.id))}
            unit.write(space.id, (), act=new_id(), kind="member", payload=payload)


def _letter(desk: Desk, said: Sequence[tuple[str, Invited]], users: tuple[User, ...], names: dict[str, str]) -> Letter:
    first = min((each for _, each in said), key=lambda each: each.wall)
    somebody = next((each.somebody for _, each in said if each.somebody.name), first.somebody)
    spaces = tuple(space for space, _ in said)
    return Letter(
        first.invitation,
        first.root.hex(),
        somebody.name,
        somebody.agency,
        first.spare,
        tuple(right for right in map(str, ALL_RIGHTS) if any(right in each.rights for _, each in said)),
        spaces,
        tuple(title_of(desk, space) for space in spaces),
        names.get(first.by, ""),
        first.wall,
        all(each.revoked for _, each in said),
        users,
    )


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
