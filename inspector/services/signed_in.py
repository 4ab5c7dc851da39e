"""Who sits at this laptop: one of the people its certificates name.

The device is proved by its signature; the person is what they said when they signed in, and the manual says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspector.domain.errors import Refused

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.system.identity import Identity


@dataclass(frozen=True, slots=True)
class Me:
    """``person`` is the id in the log; ``rights`` are those of this laptop (``registry.Right``)."""

    person: str
    name: str
    agency: str
    rights: frozenset[str]


def signed_in(desk: Desk, inspection: str = "") -> Me:
    """Who is writing here, with the rights of this laptop in an inspection, or in what it opens itself."""
    author = desk.workspace.author
    found = next((person for person in author.people if person.id == author.person), author.people[0])
    rights = desk.workspace.rights_in(inspection) if inspection else author.rights
    return Me(author.person, found.name, found.agency, rights)


def people_here(desk: Desk) -> list[Me]:
    """The people admitted on this laptop, the one who set it up first."""
    author = desk.workspace.author
    return [Me(person.id, person.name, person.agency, author.rights) for person in author.people]


def sign_in(desk: Desk, person: str) -> Me:
    """From now on this person writes.

    Raises:
        Refused: ``person-unknown``.
    """
    if person not in {known.id for known in desk.workspace.author.people}:
        raise Refused("person-unknown", id=person)
    _keep(desk, replace(desk.workspace.identity, person=person))
    return signed_in(desk)


def share_laptop(desk: Desk, name: str, agency: str) -> Me:
    """Admit a further person on this laptop, who is then the one writing.

    Raises:
        Refused: ``name-needed``.
    """
    from inspector.domain.ids import new_id
    from inspector.domain.text import clean
    from inspector.system.identity import Person, issue_certificate, read_certificate

    name, agency = clean(name).strip(), clean(agency).strip()
    if not name or not agency:
        raise Refused("name-needed")
    identity = desk.workspace.identity
    person = Person(new_id(), name, agency)
    own = replace(read_certificate(identity.certificate), person=person, wall=desk.workspace.clock.wall())
    signed = issue_certificate(identity.root, own)
    _keep(desk, replace(identity, others=(signed, *identity.others), person=person.id))
    return signed_in(desk)


def _keep(desk: Desk, identity: Identity) -> None:
    with desk.workspace.unit_of_work() as unit:
        unit.keep_identity(identity)
        unit.commit()
    desk.workspace.read_identity()
