"""Opening, adding and removing key slots: the database key itself is never stored, only wrapped under a secret.

No data is readable by exactly one secret (rule I13 of the design): a workspace that is not a demonstration always
keeps two ways in, of which the keychains of all machines count as one.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from inspector.domain.errors import Damaged, InspectorError, Refused
from inspector.domain.ids import new_id
from inspector.system.files import disk_errors, write_atomically
from inspector.system.folders import Workspace
from inspector.system.keychain import Keychain
from inspector.system.slot_file import Slot, Slots, read_slots, slots_bytes, slots_from, write_slots
from inspector.system.slot_secrets import (
    Demonstration,
    InKeychain,
    KeyFile,
    Passphrase,
    RecoveryCode,
    Secret,
    SlotPlace,
    read_key_file,
)
from inspector.system.wrapping import key_mark, unwrap, wrap

BACKUP_SLOTS = "slots.json"
BACKUP_KEY = "demonstration.key"

_LEAST_WAYS = 2


@dataclass(frozen=True)
class SlotState:
    """What the check at start found: ``unchecked`` means that only a person can show that it still opens."""

    slot: Slot
    state: Literal["opens", "unchecked", "lost"]


def create_slots(workspace: Workspace, database_key: bytes, ways: Sequence[Secret]) -> Slots:
    """Make the slots of a new workspace, at least two ways in or the demonstration's one.

    Raises ``Refused``: ``slots-exist``, ``too-few-ways``, and what the secrets raise; then nothing is left in the
    folder.
    """
    if any(path.exists() for path in workspace.slots):
        raise Refused("slots-exist", place=str(workspace.folder))
    _require_enough([way.kind for way in ways])
    workspace_id = new_id()
    places = [SlotPlace(workspace, workspace_id, new_id()) for _ in ways]
    try:
        made = tuple(wrap(place, database_key, way) for place, way in zip(places, ways, strict=True))
        slots = Slots(workspace_id, key_mark(database_key), 1, made)
        write_slots(workspace, slots)
    except BaseException:
        for place, way in zip(places, ways, strict=True):
            way.drop(place)
        raise
    return slots


def add_slot(workspace: Workspace, database_key: bytes, way: Secret) -> Slot:
    """Add a way in; a new keychain entry takes the place of the old one.

    Raises ``Refused`` (``not-this-key``) when the key is not this workspace's, and what the secret raises.
    """
    slots = read_slots(workspace)
    if not hmac.compare_digest(slots.mark, key_mark(database_key)):
        raise Refused("not-this-key")
    slot = wrap(SlotPlace(workspace, slots.workspace, new_id()), database_key, way)
    replaced = slots.of_kind("keychain") if way.kind == "keychain" else ()
    write_slots(workspace, slots.with_slots((*(old for old in slots.slots if old not in replaced), slot)))
    for old in replaced:
        way.drop(SlotPlace(workspace, slots.workspace, old.id))
    return slot


def remove_slot(workspace: Workspace, slot_id: str, keychain: Keychain | None = None) -> None:
    """Take a way in away. Raises ``Refused``: ``slot-unknown``, ``too-few-ways``."""
    slots = read_slots(workspace)
    removed = tuple(slot for slot in slots.slots if slot.id == slot_id)
    if not removed:
        raise Refused("slot-unknown", slot=slot_id)
    kept = tuple(slot for slot in slots.slots if slot.id != slot_id)
    _require_enough([slot.kind for slot in kept])
    write_slots(workspace, slots.with_slots(kept))
    if removed[0].kind == "keychain" and keychain is not None:
        InKeychain(keychain).drop(SlotPlace(workspace, slots.workspace, slot_id))


def open_slots(workspace: Workspace, way: Secret) -> bytes:
    """The database key (32 bytes) by one way in.

    Raises ``Refused`` with the way's own code when the secret is not the right one (``recovery-code-wrong``,
    ``passphrase-wrong``, ``key-file-wrong``, ``keychain-key-wrong``, ``demonstration-key-wrong``) or was mistyped;
    ``Unavailable`` when there is no such slot (``no-recovery-slot`` …) or no secret (``keychain-entry-missing`` …);
    ``Damaged`` (``slots-damaged``, ``slots-missing``).
    """
    slots = read_slots(workspace)
    candidates = slots.of_kind(way.kind)
    if not candidates:
        raise way.absent
    for slot in candidates:
        key = unwrap(slots, slot, way.read(SlotPlace(workspace, slots.workspace, slot.id)))
        if key is not None:
            return key
    raise way.wrong


def open_with_keychain(workspace: Workspace, keychain: Keychain) -> bytes:
    """As ``open_slots``."""
    return open_slots(workspace, InKeychain(keychain))


def open_with_recovery_code(workspace: Workspace, code: str) -> bytes:
    """As ``open_slots``."""
    return open_slots(workspace, RecoveryCode(code))


def open_with_passphrase(workspace: Workspace, passphrase: str) -> bytes:
    """As ``open_slots``."""
    return open_slots(workspace, Passphrase(passphrase))


def open_with_key_file(workspace: Workspace, file: Path) -> bytes:
    """As ``open_slots``."""
    return open_slots(workspace, KeyFile(file))


def open_without_asking(workspace: Workspace, keychain: Keychain, key_file: Path | None = None) -> bytes:
    """The database key by whatever needs no person: the demonstration's key, the key file named, the keychain.

    A key file that was named and does not open is an error, never passed over. Raises as ``open_slots``; when only a
    person can go on, ``Unavailable`` (``keychain-entry-missing``, ``keychain-missing``, ``no-keychain-slot`` …).
    """
    if read_slots(workspace).of_kind("demonstration"):
        return open_slots(workspace, Demonstration())
    if key_file is not None:
        return open_with_key_file(workspace, key_file)
    return open_with_keychain(workspace, keychain)


def ways_in(slots: Slots) -> list[str]:
    """The kinds of slots there are, each once, in the order they were made."""
    return list(dict.fromkeys(slot.kind for slot in slots.slots))


def is_demonstration(workspace: Workspace) -> bool:
    """Whether the key of this workspace lies beside it; then its data must be invented. Raises ``Damaged``."""
    return bool(read_slots(workspace).of_kind("demonstration"))


def slot_check(workspace: Workspace, keychain: Keychain) -> list[SlotState]:
    """What the start finds out about every slot without asking anybody. Raises ``Damaged``."""
    slots = read_slots(workspace)
    return [SlotState(slot, _state(workspace, slots, slot, keychain)) for slot in slots.slots]


def slots_for_backup(workspace: Workspace) -> dict[str, bytes]:
    """The files a backup takes along, by name: the slots that open elsewhere, and a demonstration's key.

    The keychain's slot stays: it opens nothing on another machine. Raises ``Refused`` (``backup-without-key``) when
    nothing else is left.
    """
    slots = read_slots(workspace)
    travelling = tuple(slot for slot in slots.slots if slot.kind != "keychain")
    if not travelling:
        raise Refused("backup-without-key")
    files = {BACKUP_SLOTS: slots_bytes(slots.with_slots(travelling))}
    if slots.of_kind("demonstration"):
        files[BACKUP_KEY] = read_key_file(workspace.demonstration_key).hex().encode() + b"\n"
    return files


def put_slots_from_backup(workspace: Workspace, files: Mapping[str, bytes]) -> Slots:
    """Give a restored folder the slots of its backup; the keychain's is added afterwards with ``add_slot``.

    Raises ``Refused`` (``slots-exist``, ``key-file-exists``: the key of other data lies beside the folder),
    ``Damaged`` (``slots-damaged``).
    """
    if any(path.exists() for path in workspace.slots):
        raise Refused("slots-exist", place=str(workspace.folder))
    slots = slots_from(files.get(BACKUP_SLOTS, b""))
    if slots is None or (slots.of_kind("demonstration") and BACKUP_KEY not in files):
        raise Damaged("slots-damaged", place=BACKUP_SLOTS)
    if slots.of_kind("demonstration"):
        _put_key_beside(workspace.demonstration_key, files[BACKUP_KEY])
    write_slots(workspace, slots)
    return slots


def _put_key_beside(path: Path, data: bytes) -> None:
    if not path.exists():
        write_atomically(path, data)
        return
    with disk_errors(path):
        other = path.read_bytes() != data
    if other:
        raise Refused("key-file-exists", file=str(path))


def _require_enough(kinds: Sequence[str]) -> None:
    if "demonstration" in kinds:
        return
    ways = sum(1 for kind in kinds if kind != "keychain") + ("keychain" in kinds)
    if ways < _LEAST_WAYS:
        raise Refused("too-few-ways", ways=ways, least=_LEAST_WAYS)


def _state(workspace: Workspace, slots: Slots, slot: Slot, keychain: Keychain) -> Literal["opens", "unchecked", "lost"]:
    own: dict[str, Secret] = {"keychain": InKeychain(keychain), "demonstration": Demonstration()}
    way = own.get(slot.kind)
    if way is None:
        return "unchecked"
    try:
        secret = way.read(SlotPlace(workspace, slots.workspace, slot.id))
    except InspectorError:
        return "lost"
    return "opens" if unwrap(slots, slot, secret) is not None else "lost"
