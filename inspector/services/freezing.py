"""Freezing (chốt dữ liệu): which laptop has handed in what, and what keeps an inspection from being sealed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from inspector.domain.inspection import Inspection
from inspector.domain.readiness import Gathering, Group, Readiness, readiness
from inspector.domain.wording import moment_of
from inspector.services.late_arrivals import Late, late
from inspector.services.reading import read_inspection
from inspector.services.wording import said

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.services.library import Library
    from inspector.storage.gathering import Laptop
    from inspector.storage.reading import Reading


class Handed(StrEnum):
    """How far a laptop has handed in what it holds."""

    HERE = "here"  # this laptop
    ALL = "all"  # everything it reported is here
    FILES = "files"  # its records are here, some of its photos and files are not
    BEHIND = "behind"  # it reported records that are not here
    UNKNOWN = "unknown"  # it never reported
    INVITED = "invited"  # a member who was invited, and whose laptop has written nothing that is here
    NONE = "none"  # a member without a laptop in this inspection


OPEN = (Handed.BEHIND, Handed.UNKNOWN)
"""What a seal waits for, unless the laptop is excluded with a reason."""


@dataclass(frozen=True, slots=True)
class Machine:
    """One line of the freeze matrix. ``None`` and "" are what nobody knows, and are shown so.

    ``only_there``: change sets only on that laptop, as far as it reported; ``clock``: seconds its clock was ahead.
    """

    device: str
    name: str
    agency: str
    met: datetime | None
    only_there: int | None
    files: int | None
    app: str
    clock: int | None
    handed: Handed


def machines(reading: Reading, inspection: str, own: str) -> tuple[Machine, ...]:
    """The freeze matrix (bảng chốt dữ liệu): every laptop of the inspection, then members without one."""
    from inspector.sync.clocks import clocks

    laptops, ahead = reading.laptops(inspection), clocks(reading)
    found = [_machine(laptop, own, ahead.get(laptop.device)) for laptop in laptops]
    people = {laptop.person for laptop in laptops}
    invited = {each.somebody.id for each in reading.invited(inspection) if not each.revoked and not each.spare}
    names = {machine.name for machine in found}
    for record in reading.records(inspection, "team_member"):
        name = str(record.values.get("name") or "")
        if name and name not in names and record.values.get("person") not in people:
            agency = str(record.values.get("agency") or "")
            handed = Handed.INVITED if record.values.get("person") in invited else Handed.NONE
            found.append(Machine("", name, agency, None, None, None, "", None, handed))
    return tuple(found)


def _machine(laptop: Laptop, own: str, ahead: int | None) -> Machine:
    met = moment_of(laptop.met) if laptop.met else None
    if laptop.device == own:
        return Machine(laptop.device, laptop.name, laptop.agency, None, 0, 0, laptop.app, 0, Handed.HERE)
    if laptop.met is None:
        handed, only = Handed.UNKNOWN, None
    elif laptop.lacking:
        handed, only = Handed.BEHIND, None  # ends are reported, not how many records lie before them
    else:
        handed, only = (Handed.FILES if laptop.blobs else Handed.ALL), 0
    return Machine(laptop.device, laptop.name, laptop.agency, met, only, laptop.blobs, laptop.app, ahead, handed)


def gathering(reading: Reading, found: Inspection, own: str, excluded: Collection[str] = ()) -> Gathering:
    """What the inspection still waits for from other laptops; ``excluded`` devices are not waited for."""
    waiting = [one for one in machines(reading, found.id, own) if one.handed in OPEN and one.device not in excluded]
    held = sum(one.held for one in reading.waiting(found.id))
    named = reading.named_blobs(found.id)
    pictures = {piece.file.hash for piece in found.evidence if piece.file}
    files = len([sha256 for sha256 in named - pictures if not reading.has_blob(sha256)])
    standing = len({seal.root for seal in found.seals if not seal.is_void})
    return Gathering(held, reading.unknown_writes(found.id), tuple(one.name for one in waiting), files, standing)


def ready_to_seal(
    reading: Reading, library: Library, found: Inspection, own: str, excluded: Collection[str] = ()
) -> Readiness:
    """What keeps a seal from being set. What the paper only looks odd without is asked elsewhere."""
    return readiness(library.grounds(found), gathering=gathering(reading, found, own, excluded))


@dataclass(frozen=True, slots=True)
class Freezing:
    """How far an inspection is from its seal, or what became of it: the machines, what must be done first in sentences,
    the check code of what is here, names of people by id, what came late.
    """

    machines: tuple[Machine, ...]
    must: tuple[str, ...]
    check: str
    people: Mapping[str, str]
    late: tuple[Late, ...]


def freezing(desk: Desk, inspection: str, excluded: Collection[str] = ()) -> Freezing:
    """Everything the place of the seal shows."""
    from inspector.domain.exchange import check_code

    own = desk.workspace.author.device
    with desk.workspace.snapshot() as reading:
        found = read_inspection(reading, inspection)
        shown = machines(reading, inspection, own)
        ready = ready_to_seal(reading, desk.library, found, own, excluded)
        people = {person: name for person, (name, _) in reading.people(inspection).items()}
        with reading.holdings(inspection) as holdings:
            code = check_code(holdings.vector().root())
    must = tuple(said(condition.code, condition.params) for condition in ready.of(Group.MUST))
    return Freezing(shown, must, code, people, late(desk, inspection))
