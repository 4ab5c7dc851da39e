"""The door of a workspace: beginning one, opening it by one of its keys, leaving it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from inspector import __version__
from inspector.domain.errors import Refused
from inspector.system import folders

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.system.slot_secrets import Secret

Home = folders.Workspace
"""A workspace folder and what is in it, by name."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who begins on this laptop: full name, agency, and the province or office they work for.

    ``person`` is their id where an invitation names them.
    """

    name: str
    agency: str
    organisation: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways into a workspace. A recovery code is made by ``new_recovery_code`` and shown once."""

    keychain: bool = False
    recovery_code: str | None = None
    passphrase: str | None = None
    key_file: Path | None = None
    demonstration: bool = False


def new_recovery_code() -> str:
    """A code to be printed and typed back; kept nowhere."""
    from inspector.system.recovery_code import new_code

    return new_code()


def keychain_is_there() -> bool:
    """Whether the system keeps secrets for its users."""
    from inspector.system.keychain import has_keychain

    return has_keychain()


def home_of(option: str | Path | None) -> Home:
    """The workspace folder: ``--home``, else ``INSPECTOR_HOME``, else the user's own place.

    Raises:
        Refused: ``folder-not-usable``, a name no system takes.
    """
    home = folders.home_from(option)
    try:
        home.folder.lstat()
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        pass  # said in their own words by whoever makes or opens it
    except (OSError, ValueError):
        raise Refused("folder-not-usable", folder=str(home.folder)[:200]) from None
    return home


def check_place(home: Home) -> None:
    """Whether a workspace can be made here, before anything was typed for it.

    Raises:
        Refused: ``workspace-exists``.
        Unavailable: the folder is on a network drive or synchronised.
    """
    from inspector.system.volumes import refuse_unsafe

    refuse_unsafe(home.folder)
    if home.exists():
        raise Refused("workspace-exists", place=str(home.folder))


def begin(home: Home, newcomer: Newcomer, ways: Ways) -> None:
    """Make a workspace with a self-issued identity of all rights (amendment 9 of the sync rules).

    Raises:
        Refused: ``workspace-exists``, ``too-few-ways``, ``name-needed``.
        Unavailable: the folder is on a network drive or synchronised, the disk is full, there is no cipher.
    """
    from inspector.domain.registry import ALL_RIGHTS
    from inspector.storage.workspace import Workspace
    from inspector.system.clock import wall_time
    from inspector.system.identity import new_identity
    from inspector.system.keys import new_database_key
    from inspector.system.slots import create_slots

    if not all(word.strip() for word in (newcomer.name, newcomer.agency, newcomer.organisation)):
        raise Refused("name-needed")
    check_place(home)
    home.make()
    key = new_database_key()
    create_slots(home, key, secrets_of(ways))
    rights = tuple(right.value for right in ALL_RIGHTS)
    identity = new_identity(newcomer.name, newcomer.agency, newcomer.organisation, rights, wall_time(), newcomer.person)
    Workspace.create(home.folder, key, identity, app=__version__).close()


@contextmanager
def open_desk(home: Home, ways: Ways, ask_code: Callable[[], str | None] | None = None) -> Iterator[Desk]:
    """The desk of a workspace, which is closed on leaving.

    ``ask_code`` is asked for the recovery code where the keychain has lost its entry.

    Raises:
        Refused: no workspace there, a wrong code or file, a newer program's workspace.
        Unavailable: opened twice, no keychain and nobody to ask.
        Damaged: the workspace does not open with its own key; the sentence says how to recover.
    """
    from inspector.services.desk import Desk
    from inspector.services.library import Library
    from inspector.storage.workspace import Workspace
    from inspector.system.volumes import refuse_unsafe

    refuse_unsafe(home.folder)
    if not home.exists():
        raise Refused("workspace-missing", place=str(home.folder))
    with Workspace.open(home.folder, unlock(home, ways, ask_code), app=__version__) as workspace:
        yield Desk(workspace, Library(workspace))


def unlock(home: Home, ways: Ways, ask_code: Callable[[], str | None] | None) -> bytes:
    """The database key by the way named, else by whatever needs no person, else by the recovery code asked for."""
    from inspector.domain.errors import Unavailable
    from inspector.system import slots
    from inspector.system.keychain import SystemKeychain

    if ways.recovery_code is not None:
        return slots.open_with_recovery_code(home, ways.recovery_code)
    if ways.passphrase is not None:
        return slots.open_with_passphrase(home, ways.passphrase)
    try:
        return slots.open_without_asking(home, SystemKeychain(), ways.key_file)
    except Unavailable:
        code = ask_code() if ask_code else None
        if not code:
            raise
        return slots.open_with_recovery_code(home, code)


def secrets_of(ways: Ways) -> Sequence[Secret]:
    """The secrets behind the ways that were chosen."""
    from inspector.system.keychain import SystemKeychain
    from inspector.system.slot_secrets import Demonstration, InKeychain, KeyFile, Passphrase, RecoveryCode

    chosen: list[Secret] = []
    if ways.demonstration:
        chosen.append(Demonstration())
    if ways.keychain:
        chosen.append(InKeychain(SystemKeychain()))
    if ways.recovery_code is not None:
        chosen.append(RecoveryCode(ways.recovery_code))
    if ways.passphrase is not None:
        chosen.append(Passphrase(ways.passphrase))
    if ways.key_file is not None:
        chosen.append(KeyFile(ways.key_file))
    return chosen
