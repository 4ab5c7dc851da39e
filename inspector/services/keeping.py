"""Nothing gets lost, and it can be shown: checking a workspace, backing it up, bringing it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.services.door import Ways, keychain_is_there, unlock
from inspector.services.wording import said

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.system.folders import Workspace as Home

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at; ``elsewhere`` files are named here but lie on other laptops only, which is no fault."""

    spaces: int
    change_sets: int
    files: int
    elsewhere: int
    findings: tuple[Finding, ...]

    @property
    def is_whole(self) -> bool:
        return not self.findings


def check(desk: Desk, progress: Progress | None = None) -> Checked:
    """Hashes, signatures, everything derived from the log, and every file; nothing is repaired."""
    from inspector.storage.verify import verify

    report = verify(desk.workspace, progress)
    findings = tuple(Finding(problem.code, said(problem.code, problem.params)) for problem in report.problems)
    shipped = {checklist.hash for checklist in desk.library.checklists()}
    elsewhere = set(report.blobs_elsewhere) - shipped
    return Checked(report.spaces, report.change_sets, report.blobs, len(elsewhere), findings)


def back_up(desk: Desk, file: Path, progress: Progress | None = None) -> int:
    """Write everything to one new file, read again and found whole; returns its size in bytes.

    Raises:
        Refused: ``backup-exists``, ``backup-without-key``.
        Unavailable: the disk is full; nothing is left behind.
    """
    from inspector.storage.backup import backup

    backup(desk.workspace, file, progress)
    return file.stat().st_size


def bring_back(
    file: Path,
    home: Home,
    ways: Ways,
    ask_code: Callable[[], str | None] | None = None,
    progress: Progress | None = None,
) -> None:
    """Lay a backup out in an empty place; it is opened with its recovery code, passphrase or key file first.

    The keychain of this laptop, where there is one, gets its own way in. Writing there begins new streams.

    Raises:
        Refused: ``workspace-exists``, a wrong code or file.
        BadInput, Damaged: the file is no backup, or not whole; the place stays empty.
    """
    from inspector.storage.backup import restore
    from inspector.system.keychain import SystemKeychain
    from inspector.system.slot_secrets import InKeychain
    from inspector.system.slots import add_slot, is_demonstration
    from inspector.system.volumes import refuse_unsafe

    refuse_unsafe(home.folder)
    keys: list[bytes] = []

    def opened(places: Home) -> bytes:
        keys.append(unlock(places, ways, ask_code))
        return keys[0]

    restore(file, home.folder, opened, progress)
    if keychain_is_there() and not is_demonstration(home):
        add_slot(home, keys[0], InKeychain(SystemKeychain()))


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved from a damaged workspace; ``missing`` are the records known to have been there."""

    records: int
    files: int
    unreadable: int
    missing: int


def save_what_is_readable(
    home: Home, ways: Ways, target: Home, ask_code: Callable[[], str | None] | None = None
) -> Saved:
    """Read the records that are whole out of a damaged workspace into a new one; the damaged one is only read.

    The new workspace opens in the same ways as the old one.

    Raises:
        Refused: ``workspace-exists``, a wrong code or file.
        Damaged: ``salvage-hopeless``.
        Unavailable: the damaged workspace is open elsewhere, the disk is full.
    """
    from inspector import __version__
    from inspector.storage.salvage import salvage
    from inspector.system.one_opener import OneOpener
    from inspector.system.volumes import refuse_unsafe

    refuse_unsafe(target.folder)
    with OneOpener(home.lock):
        result = salvage(home.folder, unlock(home, ways, ask_code), target.folder, app=__version__)
    return Saved(result.found, result.blobs, result.unreadable, len(result.missing))
