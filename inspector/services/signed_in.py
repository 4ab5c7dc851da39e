"""Who sits at this laptop, as its certificate names them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.system.identity import read_certificate

if TYPE_CHECKING:
    from inspector.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Me:
    """``person`` is the id in the log; ``rights`` are those of this laptop (``registry.Right``)."""

    person: str
    name: str
    agency: str
    rights: frozenset[str]


def signed_in(desk: Desk) -> Me:
    """The one person signed in to the program here."""
    author = desk.workspace.author
    found = read_certificate(author.certificate).person
    return Me(author.person, found.name, found.agency, author.rights)
