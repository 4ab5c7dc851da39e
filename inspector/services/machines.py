"""The laptops this one knows of: whose they are, what they may enter, and taking one out that was lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.domain.errors import Refused
from inspector.domain.registry import ALL_RIGHTS, Right, SpaceKind
from inspector.services.space_titles import title_of

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.storage.machines import Machine


@dataclass(frozen=True, slots=True)
class Seat:
    """A space a laptop has a part in: what it may write there now (nothing: not let in), what of it is here."""

    space: str
    title: str
    rights: tuple[str, ...]
    revoked: bool
    records: int


@dataclass(frozen=True, slots=True)
class Laptop:
    """A laptop (máy) over all spaces; ``own`` is this one. ``heard``: when it last said what it holds, ISO or empty.

    ``copied``: its disk was copied to a second laptop or set back to an earlier image, as its records show.
    """

    device: str
    name: str
    agency: str
    own: bool
    seats: tuple[Seat, ...]
    heard: str
    copied: bool = False

    @property
    def is_revoked(self) -> bool:
        """Out of everything it had a part in."""
        return bool(self.seats) and all(not seat.rights for seat in self.seats) and any(s.revoked for s in self.seats)


@dataclass(frozen=True, slots=True)
class OnlyThere:
    """What a lost laptop takes along, as far as anybody here can tell.

    ``waiting`` change sets name something of it that never came; ``files`` are photos and files it recorded whose
    bytes are not here. What it wrote and nobody received leaves no trace: ``heard`` says since when that can be.
    """

    waiting: int
    files: tuple[str, ...]
    heard: str


@dataclass(frozen=True, slots=True)
class Revoked:
    """A laptop was taken out of these spaces; its records until then stay good."""

    laptop: Laptop
    titles: tuple[str, ...]
    only_there: OnlyThere


def laptops(desk: Desk) -> list[Laptop]:
    """Every laptop that wrote something here or was let in somewhere, this one first, then by name."""
    seats: dict[str, list[tuple[str, Machine]]] = {}
    for space in desk.workspace.spaces():
        for machine in desk.workspace.machines(space.id):
            seats.setdefault(machine.device, []).append((space.id, machine))
    own, heard = desk.workspace.author.device, {peer.id: peer.last_ok for peer in desk.workspace.peers()}
    titles = {space: title_of(desk, space) for space in {space for found in seats.values() for space, _ in found}}
    made = [_laptop(device, found, titles, own, heard.get(device, "")) for device, found in seats.items()]
    return sorted(made, key=lambda laptop: (not laptop.own, laptop.name.casefold(), laptop.device))


def laptop_named(desk: Desk, text: str) -> Laptop:
    """The laptop whose id begins with this text.

    Raises:
        Refused: ``machine-unknown``.
    """
    found = [laptop for laptop in laptops(desk) if text and laptop.device.startswith(text)]
    if len(found) != 1:
        raise Refused("machine-unknown", id=text)
    return found[0]


def revoke(desk: Desk, device: str, reason: str) -> Revoked:
    """Take a laptop out of everything it has a part in, as far as this one may.

    Raises:
        Refused: ``machine-unknown``, ``machine-own``, ``reason-needed``, ``right-missing`` where this laptop may take
            it out nowhere.
    """
    laptop = laptop_named(desk, device)
    if laptop.own:
        raise Refused("machine-own")
    if not reason.strip():
        raise Refused("reason-needed", act="Thu hồi máy")
    left = only_there(desk, laptop)
    kinds = {space.id: space.kind for space in desk.workspace.spaces()}
    titles = []
    for seat in laptop.seats:
        if seat.rights and _may_revoke(desk, seat.space, kinds[seat.space]):
            desk.perform("revoke_machine", {"device": laptop.device, "reason": reason}, inspection=seat.space)
            titles.append(seat.title)
    if not titles:
        raise Refused("right-missing", act="Thu hồi máy", right=Right.ENROL)
    return Revoked(laptop, tuple(titles), left)


def only_there(desk: Desk, laptop: Laptop) -> OnlyThere:
    """What would be lost with a laptop, as far as anybody here can tell."""
    waiting, files = 0, []
    for seat in laptop.seats:
        waiting += sum(
            found.held and found.changeset.device == laptop.device for found in desk.workspace.waiting(seat.space)
        )
        for record in desk.workspace.records(seat.space, "evidence"):
            file = record.values.get("file")
            written = any(head.device == laptop.device for head in record.heads.get("file", ()))
            if written and isinstance(file, dict) and not desk.workspace.blobs.is_whole(str(file.get("hash"))):
                files.append(str(file.get("name") or file.get("hash")))
    return OnlyThere(waiting, tuple(files), laptop.heard)


def adopt(desk: Desk) -> tuple[str, ...]:
    """Put down, in every inspection that another laptop opened alone and opened to this one, that it counts up to now.

    Signed by this laptop, naming root and frontier; nothing is written again. Says which inspections these were.
    """
    done, own = [], desk.workspace.author.root.hex()
    for space in desk.workspace.spaces(SpaceKind.INSPECTION):
        if Right.ENROL not in desk.workspace.rights_in(space.id):
            continue
        for root in sorted(desk.workspace.unadopted_roots(space.id) - {own}):
            said = {"root": root, "rights": [str(right) for right in ALL_RIGHTS]}
            desk.perform("adopt_machine", said, inspection=space.id)
            done.append(title_of(desk, space.id))
    return tuple(done)


def _laptop(device: str, found: list[tuple[str, Machine]], titles: dict[str, str], own: str, heard: str) -> Laptop:
    somebody = found[-1][1].somebody
    seats = tuple(
        Seat(
            space,
            titles[space],
            tuple(str(right) for right in ALL_RIGHTS if right in (machine.rights or ())),
            machine.revoked,
            machine.records,
        )
        for space, machine in found
    )
    copied = any(machine.copied for _, machine in found)
    return Laptop(device, somebody.name, somebody.agency, device == own, seats, heard, copied)


def _may_revoke(desk: Desk, space: str, kind: str) -> bool:
    needed = {Right.ENROL} if kind == SpaceKind.INSPECTION else {Right.ENROL, Right.PLAN}
    return needed <= desk.workspace.rights_in(space)
