"""The file of key slots: who can open the database key, in two copies, with nothing secret in plain sight."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Literal

from inspector.domain.errors import Damaged, InspectorError, Unavailable
from inspector.system.checked import checked_bytes, checked_content, read_checked
from inspector.system.files import write_atomically
from inspector.system.folders import Workspace

SlotKind = Literal["keychain", "recovery", "passphrase", "key_file", "demonstration"]

_VERSION = 1
_HEX_FIELDS = ("salt", "nonce", "wrapped")


@dataclass(frozen=True)
class Slot:
    """A key slot (khe khóa): the database key, wrapped under one secret.

    ``kind`` is a ``SlotKind``, or one that only a newer program can open; such slots are kept as they are.
    ``made`` is wall time as text; ``cost`` is the scrypt cost of a passphrase and 0 elsewhere.
    """

    id: str
    kind: str
    made: str
    cost: int
    salt: bytes
    nonce: bytes
    wrapped: bytes


@dataclass(frozen=True)
class Slots:
    """All slots of a workspace; ``mark`` tells the right database key from others without giving anything away.

    ``generation`` grows with every change: the higher of two whole copies is the newer.
    """

    workspace: str
    mark: bytes
    generation: int
    slots: tuple[Slot, ...]

    def of_kind(self, kind: str) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.slots if slot.kind == kind)

    def with_slots(self, slots: tuple[Slot, ...]) -> Slots:
        return replace(self, slots=slots, generation=self.generation + 1)


def read_slots(workspace: Workspace) -> Slots:
    """The newest whole copy; a missing or damaged other copy is written again from it.

    Raises ``Damaged``: ``slots-missing`` when there is no copy, ``slots-damaged`` when no copy is whole;
    ``Unavailable`` (``slots-newer``) when a newer program wrote them.
    """
    copies = [read_checked(path) for path in workspace.slots]
    if any(_is_newer(content) for content in copies):
        raise Unavailable("slots-newer", place=str(workspace.folder))
    whole = [slots for slots in map(_parse, copies) if slots is not None]
    if not whole:
        there = any(path.exists() for path in workspace.slots)
        raise Damaged("slots-damaged" if there else "slots-missing", place=str(workspace.folder))
    newest = max(whole, key=lambda slots: slots.generation)
    data = slots_bytes(newest)
    for path, content in zip(workspace.slots, copies, strict=True):
        if _parse(content) != newest:
            with suppress(InspectorError):  # a repair that fails must not keep the owner out
                write_atomically(path, data)
    return newest


def write_slots(workspace: Workspace, slots: Slots) -> None:
    """Write both copies, one after the other: one of them is whole at any moment. Raises ``Unavailable``."""
    data = slots_bytes(slots)
    for path in workspace.slots:
        write_atomically(path, data)


def slots_bytes(slots: Slots) -> bytes:
    """The file's bytes."""
    rows = [
        {"id": slot.id, "kind": slot.kind, "made": slot.made, "cost": slot.cost}
        | {name: getattr(slot, name).hex() for name in _HEX_FIELDS}
        for slot in slots.slots
    ]
    return checked_bytes(
        {
            "v": _VERSION,
            "workspace": slots.workspace,
            "mark": slots.mark.hex(),
            "generation": slots.generation,
            "slots": rows,
        }
    )


def slots_from(data: bytes) -> Slots | None:
    """What ``slots_bytes`` was given, or None when it is not whole."""
    return _parse(checked_content(data))


def _is_newer(content: dict[str, Any] | None) -> bool:
    version = content.get("v") if content is not None else None
    return isinstance(version, int) and version > _VERSION


def _parse(content: dict[str, Any] | None) -> Slots | None:
    if content is None or content.get("v") != _VERSION:
        return None
    try:
        return Slots(
            workspace=str(content["workspace"]),
            mark=bytes.fromhex(content["mark"]),
            generation=int(content["generation"]),
            slots=tuple(_parse_slot(row) for row in content["slots"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _parse_slot(row: dict[str, Any]) -> Slot:
    salt, nonce, wrapped = (bytes.fromhex(row[name]) for name in _HEX_FIELDS)
    return Slot(str(row["id"]), str(row["kind"]), str(row["made"]), int(row["cost"]), salt, nonce, wrapped)
