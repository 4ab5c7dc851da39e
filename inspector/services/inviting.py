"""Writing an invitation (giấy mời): one file, and a code that is told apart from it, let one laptop in, offline.

The member records it needs are written before the file is, and the laptop certifies itself with the key in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.domain.changeset import Json
from inspector.domain.errors import BadInput, Refused
from inspector.domain.ids import natural_id, new_id
from inspector.domain.invitation import Door, Guest, HubSeen, Invitation
from inspector.domain.registry import ALL_RIGHTS, Right, SpaceKind
from inspector.domain.text import clean
from inspector.services.accepting import office_root
from inspector.services.address_book import known_people
from inspector.services.space_titles import title_of

if TYPE_CHECKING:
    from inspector.services.desk import Desk


SUFFIX = ".cchc-moi"

_MOST_OFFERED = 200


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


def may_invite_to(desk: Desk) -> list[tuple[str, str]]:
    """The inspections this laptop may let others into, latest visit first: id and title."""
    rows = desk.workspace.inspections(limit=_MOST_OFFERED)
    may = [row.space for row in rows if not row.signed and Right.ENROL in desk.workspace.rights_in(row.space)]
    return [(space, title_of(desk, space)) for space in may]


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
