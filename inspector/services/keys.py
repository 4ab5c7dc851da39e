"""The ways into a workspace (khe khóa): which there are, whether they still open, adding and taking away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from inspector.domain.errors import BadInput, Refused

if TYPE_CHECKING:
    from inspector.services.door import Ways
    from inspector.system.folders import Workspace as Home


@dataclass(frozen=True, slots=True)
class WayIn:
    """One key slot; ``state`` "unchecked" means that only a person can show that it still opens."""

    id: str
    kind: str
    made: str
    state: Literal["opens", "unchecked", "lost"]


def ways_in(home: Home) -> list[WayIn]:
    """Every way in, as far as it can be checked without asking anybody."""
    from inspector.system.keychain import SystemKeychain
    from inspector.system.slots import slot_check

    checked = slot_check(_existing(home), SystemKeychain())
    return [WayIn(found.slot.id, found.slot.kind, found.slot.made, found.state) for found in checked]


def add_ways(home: Home, known: Ways, new: Ways, ask_code: Callable[[], str | None] | None = None) -> None:
    """Open by a known way and add the new ones."""
    from inspector.services.door import secrets_of, unlock
    from inspector.system.slots import add_slot

    key = unlock(_existing(home), known, ask_code)
    for secret in secrets_of(new):
        add_slot(home, key, secret)


def remove_way(home: Home, slot: str) -> None:
    """Take a way in away. Raises ``Refused``: ``slot-unknown``, ``too-few-ways``."""
    from inspector.system.keychain import SystemKeychain
    from inspector.system.slots import remove_slot

    remove_slot(_existing(home), slot, SystemKeychain())


def typed_back(shown: str, typed: str) -> None:
    """Does the person hold the code that was shown?

    Raises:
        Refused: mistyped, with the wrong groups, or ``recovery-code-other``: a right code, but not this one.
    """
    from inspector.system.recovery_code import code_bytes

    if code_bytes(typed) != code_bytes(shown):
        raise Refused("recovery-code-other")


def groups_of(code: str) -> list[str]:
    """A recovery code as it is written down: nine groups of four characters."""
    return code.split("-")


def known_by(home: Home, typed: str) -> Ways:
    """The way into the workspace that a person typed: the passphrase where there is one and this is no recovery code,
    so that a mistyped code is still told by its groups.

    Raises:
        Damaged: the ways in cannot be read.
    """
    from inspector.services.door import Ways
    from inspector.system.recovery_code import code_bytes

    try:
        code_bytes(typed)
    except Refused as error:
        has_passphrase = any(way.kind == "passphrase" for way in ways_in(home))
        if has_passphrase and error.code != "recovery-code-mistyped":
            return Ways(passphrase=typed)
    return Ways(recovery_code=typed)


def group_agrees(shown: str, typed: str) -> bool:
    """Whether a group was typed back as it was shown; case, blanks and marks do not matter."""
    from inspector.system.recovery_code import same_group

    return same_group(shown, typed)


def write_code(file: Path, code: str) -> None:
    """Write a recovery code to a new file, for its owner's eyes alone.

    Raises:
        BadInput: ``file-exists``: nothing is ever overwritten with a key.
        Unavailable: the disk does not take it.
    """
    from inspector.system.files import write_atomically

    if file.exists():
        raise BadInput("file-exists", file=str(file))
    write_atomically(file, f"{code}\n".encode())


def _existing(home: Home) -> Home:
    if not home.exists():
        raise Refused("workspace-missing", place=str(home.folder))
    return home
