"""Workspaces for the tests of storage: real files under the real cipher, copied from one template."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Sequence
from pathlib import Path

from inspector.domain.changeset import ChangeSet, Json, Write
from inspector.domain.registry import ALL_RIGHTS, SpaceKind
from inspector.storage.workspace import Workspace
from inspector.system.identity import Identity, new_identity

KEY = bytes(range(32))
APP = "0.1.0"

_numbers = itertools.count(1)


class StandingClock:
    """A clock that moves by one millisecond each time it is asked."""

    def __init__(self) -> None:
        self._millis = itertools.count()

    def wall(self) -> str:
        return f"2026-11-22T09:15:03.{next(self._millis) % 1000:03}+07:00"

    def up(self) -> tuple[int, int]:
        return 1, next(self._millis)


def identity(name: str = "Nguyễn Văn An") -> Identity:
    return new_identity(name, "Sở Nội vụ", "Tỉnh Mẫu", tuple(map(str, ALL_RIGHTS)), "2026-11-22T09:00:00.000+07:00")


def create(folder: Path) -> Workspace:
    return Workspace.create(folder, KEY, identity(), app=APP, clock=StandingClock())


def reopen(folder: Path, key: bytes = KEY) -> Workspace:
    return Workspace.open(folder, key, app=APP, clock=StandingClock())


def copy(template: Path, folder: Path) -> Path:
    """A folder like the template's; the lock of the template does not come along."""
    shutil.copytree(template, folder, ignore=shutil.ignore_patterns("lock"))
    return folder


def open_space(workspace: Workspace, kind: SpaceKind = SpaceKind.INSPECTION) -> str:
    with workspace.unit_of_work() as unit:
        space = unit.open_space(kind)
        unit.commit()
    return space


def write(workspace: Workspace, space: str, *writes: Write) -> ChangeSet:
    with workspace.unit_of_work() as unit:
        changeset = unit.write(space, writes, act=f"act-{next(_numbers)}")
        unit.commit()
    return changeset


def field(entity: str, record_id: str, name: str, value: Json, parents: Sequence[str] = ()) -> Write:
    return Write(entity, record_id, name, value, tuple(parents))


def seen(workspace: Workspace, space: str, entity: str, record_id: str, name: str) -> tuple[str, ...]:
    return tuple(head.operation for head in workspace.heads(space, entity, record_id, name))


def change(workspace: Workspace, space: str, entity: str, record_id: str, name: str, value: Json) -> ChangeSet:
    """Writes a value over everything the field shows now."""
    parents = seen(workspace, space, entity, record_id, name)
    return write(workspace, space, field(entity, record_id, name, value, parents))


def admit(workspace: Workspace, space: str, other: Workspace, rights: Sequence[str] = ("write",)) -> ChangeSet:
    """The record by which a workspace takes the device of another into a space."""
    certificate = other.author.certificate
    with workspace.unit_of_work() as unit:
        payload: dict[str, Json] = {
            "cert": certificate.body.decode(),
            "sig": certificate.signature.hex(),
            "rights": list(rights),
            "seen": list(unit.controls_seen(space)),
        }
        changeset = unit.write(space, [], act=f"act-{next(_numbers)}", kind="member", payload=payload)
        unit.commit()
    return changeset


def revoke(workspace: Workspace, space: str, other: Workspace) -> ChangeSet:
    """The record by which a workspace ends another's device in a space, at everything known of it there."""
    with workspace.unit_of_work() as unit:
        with unit.holdings(space) as holdings:
            ends: list[Json] = [[tip.stream, tip.n, tip.hash.hex()] for tip in holdings.vector().tips()]
        payload: dict[str, Json] = {
            "dev": other.author.device,
            "frontier": ends,
            "seen": list(unit.controls_seen(space)),
        }
        changeset = unit.write(space, [], act=f"act-{next(_numbers)}", kind="revoke", payload=payload)
        unit.commit()
    return changeset
