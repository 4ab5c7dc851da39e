"""The exchange by stick (đồng bộ bằng USB): packages written for others, and the receipts that come back.

What comes in is looked at first (``incoming``). That a package was written delivers nothing; a receipt (giấy báo nhận)
does.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.domain.errors import BadInput, Refused
from inspector.domain.registry import SpaceKind
from inspector.services.space_titles import SHARED, unit_of

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.storage.packages import Passed, Recipient
    from inspector.sync.package.writing import Lock, Written

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

LEAST_CODE = 12
"""Characters of a code somebody made up."""

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: nobody reads them out wrongly
_LOOKS_LIKE = str.maketrans("ILO", "110")
_GROUPS, _GROUP = 4, 4


@dataclass(frozen=True, slots=True)
class Laptop:
    """Another laptop that a package can be locked to, and its person."""

    device: str
    name: str
    agency: str


@dataclass(frozen=True, slots=True)
class Carried:
    """A package that is on the stick, whole: where, how many files and bytes, how much is in it, for whom."""

    id: str
    file: Path
    files: int
    size: int
    changes: int
    photos: int
    party: str


@dataclass(frozen=True, slots=True)
class Receipted:
    """A receipt that was taken: who has what this package held, and how it was called."""

    name: str
    agency: str
    package: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A package written or read here: ``confirmed`` is when a receipt for a written one came, ``None`` before."""

    written: bool
    name: str
    party: str
    at: datetime
    confirmed: datetime | None


def laptops(desk: Desk) -> tuple[Laptop, ...]:
    """Every other laptop whose key is known here, by name."""
    return tuple(Laptop(one.device, one.name, one.agency) for one in desk.workspace.recipients())


def new_code() -> str:
    """A code for a package, such as ``7K2M-QX4T-9FHD-R3WA``: 80 bits, no letter that is misread."""
    return "-".join("".join(_LETTERS[secrets.randbelow(len(_LETTERS))] for _ in range(_GROUP)) for _ in range(_GROUPS))


def meant(code: str) -> str:
    """What somebody meant who typed a code; one that the program did not make is taken as it is, but for its ends.

    Of a code of the program case, blanks and hyphens make no difference, nor O for 0, I or L for 1.
    """
    plain = unicodedata.normalize("NFKC", code).strip()
    letters = "".join(letter for letter in plain.upper() if letter.isalnum()).translate(_LOOKS_LIKE)
    if len(letters) == _GROUPS * _GROUP and all(letter in _LETTERS for letter in letters):
        return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))
    return unicodedata.normalize("NFC", code).strip()


def write_package(
    desk: Desk,
    folder: Path,
    inspections: Sequence[str],
    *,
    devices: Sequence[str] = (),
    code: str = "",
    at: datetime,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Carried:
    """Write a package of these inspections, for the laptops with these ids or for whoever knows ``code``.

    Returns when every file was read again. For laptops that reported what they have it holds what they lack. What the
    office shares with these laptops besides inspections goes along; with a code nobody knows who will open it.

    Raises:
        BadInput: ``package-of-nothing``, ``package-for-nobody``, ``package-laptop-unknown``, ``package-code-short``.
        Refused: ``inspection-not-found``, ``package-not-theirs``: one of the laptops may not read one of them,
            ``package-write-stopped``.
        Unavailable, Damaged: the place cannot keep it; no file of it is left.
    """
    from inspector.sync.package.writing import write

    chosen = _recipients(desk, devices)
    lock = _lock(chosen, code)
    party = ", ".join(one.name for one in chosen)
    _look_who_may_read(desk, inspections, chosen)
    shared = (space.id for space in desk.workspace.spaces() if space.kind in SHARED)
    besides = [space for space in shared if chosen and _is_theirs(desk, space, chosen)]
    spaces = list(dict.fromkeys((*inspections, *besides)))

    def told(done: int, total: int) -> None:
        if cancelled is not None and cancelled():
            raise Refused("package-write-stopped")
        if progress is not None:
            progress(done, total)

    return _carried(write(desk.workspace, folder, spaces, lock, moment=at, party=party, progress=told), party)


def readable_inspections(desk: Desk, devices: Sequence[str]) -> tuple[str, ...]:
    """The inspections here that every one of these laptops may read: its person is in the team, or of the office.

    A surprise visit that has not begun is for office and leads.

    Raises:
        BadInput: ``package-laptop-unknown``.
        Refused: ``package-nothing-theirs``.
    """
    chosen = _recipients(desk, devices)
    every = [space.id for space in desk.workspace.spaces(SpaceKind.INSPECTION)]
    found = tuple(space for space in every if _is_theirs(desk, space, chosen))
    if every and not found:
        raise Refused("package-nothing-theirs", name=", ".join(one.name for one in chosen))
    return found


def _recipients(desk: Desk, devices: Sequence[str]) -> list[Recipient]:
    known = {one.device: one for one in desk.workspace.recipients()} if devices else {}
    for device in devices:
        if device not in known:
            raise BadInput("package-laptop-unknown", id=device)
    return [known[device] for device in devices]


def _lock(chosen: Sequence[Recipient], code: str) -> Lock:
    from inspector.sync.package.writing import Lock

    if chosen:
        return Lock({one.device: one.public for one in chosen})
    passphrase = meant(code)
    if not passphrase:
        raise BadInput("package-for-nobody")
    if len(passphrase) < LEAST_CODE:
        raise BadInput("package-code-short", least=LEAST_CODE)
    return Lock({}, passphrase)


def _look_who_may_read(desk: Desk, inspections: Sequence[str], chosen: Sequence[Recipient]) -> None:
    known = {space.id for space in desk.workspace.spaces(SpaceKind.INSPECTION)}
    if not inspections:
        raise BadInput("package-of-nothing")
    for inspection in inspections:
        if inspection not in known:
            raise Refused("inspection-not-found", id=inspection)
        for laptop in chosen:
            if not _is_theirs(desk, inspection, [laptop]):
                raise Refused("package-not-theirs", name=laptop.name, inspection=unit_of(desk, inspection))


def _is_theirs(desk: Desk, space: str, laptops: Sequence[Recipient]) -> bool:
    from inspector.sync.sharing import may_be_given

    return all(may_be_given(desk.workspace, space, laptop) for laptop in laptops)


def _carried(written: Written, party: str) -> Carried:
    return Carried(written.id, written.manifest, written.files, written.size, written.changes, written.blobs, party)


def named_laptop(desk: Desk, text: str) -> str:
    """The id of another laptop: its id, the end of it, or the name of its person.

    Raises:
        BadInput: ``package-laptop-unknown``, ``package-laptop-ambiguous``.
    """
    wanted = unicodedata.normalize("NFC", text).strip().casefold()
    found = [one for one in laptops(desk) if wanted == one.name.casefold() or (wanted and one.device.endswith(wanted))]
    if not found:
        raise BadInput("package-laptop-unknown", id=text)
    if len(found) > 1:
        raise BadInput("package-laptop-ambiguous", id=text, ids=", ".join(one.device[-8:] for one in found))
    return found[0].device


def receipts_in(place: Path) -> tuple[Path, ...]:
    """The receipts a person means by a folder or a file."""
    from inspector.sync.package import names
    from inspector.system.files import disk_errors

    with disk_errors(place):
        return tuple(names.receipts_in(place)) if place.is_dir() else (place,) if place.is_file() else ()


def take_receipts(desk: Desk, place: Path) -> tuple[Receipted, ...]:
    """Take the receipts in a folder, or one: what it names counts as being on its writer's laptop.

    In a folder those for other laptops are passed over.

    Raises:
        Refused: ``receipt-missing``; of one file ``receipt-unknown``, ``package-not-for-here``.
        BadInput, Damaged: it is no receipt, or not as it was written.
    """
    from inspector.sync.package.receipts import take_receipt

    found, taken = receipts_in(place), []
    for file in found:
        try:
            confirmed = take_receipt(desk.workspace, file)
        except Refused:
            if len(found) == 1:
                raise
            continue
        taken.append(Receipted(confirmed.person.name, confirmed.person.agency, confirmed.package.name))
    if not taken:
        raise Refused("receipt-missing", place=str(place))
    return tuple(taken)


def passages(desk: Desk, limit: int = 20) -> tuple[Passage, ...]:
    """The packages written and read here, the latest first."""
    return tuple(_passage(passed) for passed in desk.workspace.packages(limit))


def _passage(passed: Passed) -> Passage:
    confirmed = None if passed.confirmed is None else datetime.fromisoformat(passed.confirmed)
    return Passage(passed.way == "written", passed.name, passed.party, datetime.fromisoformat(passed.at), confirmed)
