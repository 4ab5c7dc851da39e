"""Invitations (giấy mời) that were written, here or elsewhere: who came with them, and taking them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.domain.errors import Refused
from inspector.domain.registry import ALL_RIGHTS, Right, SpaceKind
from inspector.services.space_titles import title_of

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.storage.machines import Invited


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
