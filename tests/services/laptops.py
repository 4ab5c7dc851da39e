"""Laptops with a desk each, over real workspaces in memory, and what travels between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from inspector.domain.changeset import ChangeSet, Json, Write
from inspector.domain.ids import new_id
from inspector.domain.inspection import Inspection
from inspector.domain.registry import ALL_RIGHTS
from inspector.services.case import Seen
from inspector.services.desk import Desk, Receipt
from inspector.services.library import Library
from inspector.storage.workspace import Workspace
from inspector.system.identity import (
    Certificate,
    Identity,
    Person,
    issue_certificate,
    read_certificate,
)
from inspector.system.keys import SigningKey
from tests.storage import office

COMMUNE = "28360"
"""The commune of Cái Bè; its checklist is that of communes."""

DEPARTMENT = "82/home_affairs"
VISIT = "2026-11-26"
ALL = tuple(map(str, ALL_RIGHTS))


@dataclass(frozen=True)
class Laptop:
    """One open workspace and its desk; ``act`` is a person's doing, the rest is for looking."""

    folder: Path
    workspace: Workspace
    desk: Desk

    @classmethod
    def open(cls, folder: Path) -> Laptop:
        workspace = office.reopen(folder)
        return cls(folder, workspace, Desk(workspace, Library(workspace)))

    def act(
        self,
        name: str,
        arguments: Mapping[str, object],
        inspection: str | None = None,
        *,
        act: str | None = None,
        seen: Seen | None = None,
    ) -> Receipt:
        return self.desk.perform(name, arguments, inspection=inspection, act=act, seen=seen)

    def begin(self, unit: str = COMMUNE, **more: object) -> str:
        """A new inspection on site."""
        return self.act("open_inspection", {"unit": unit, "form": "on_site", "visit_date": VISIT, **more}).ref

    def read(self, inspection: str) -> Inspection:
        return self.desk.inspection(inspection)

    def position(self) -> dict[str, int]:
        """How many change sets every space holds."""
        return {space.id: self.workspace.position(space.id).lseq for space in self.workspace.spaces()}

    def change_sets(self, space: str) -> list[ChangeSet]:
        return [found for _, found in self.workspace.change_sets(space)]

    def heads(self, space: str, entity: str, record: str, field: str) -> list[Json]:
        return [head.value for head in self.workspace.heads(space, entity, record, field)]

    def seen(self, space: str, entity: str, record: str, field: str) -> tuple[str, ...]:
        """What an editor opened now would name."""
        return tuple(head.operation for head in self.workspace.heads(space, entity, record, field))

    def write(self, space: str, *writes: Write) -> ChangeSet:
        """Straight into the log: what another program, newer or faulty, could have written."""
        return office.write(self.workspace, space, *writes)


def deliver(source: Laptop, target: Laptop, space: str) -> None:
    """Everything the source holds of a space reaches the target."""
    target.workspace.accept(source.change_sets(space))


def exchange(one: Laptop, other: Laptop, space: str) -> None:
    deliver(one, other, space)
    deliver(other, one, space)


def field(entity: str, record: str, name: str, value: Json, parents: Sequence[str] = ()) -> Write:
    return Write(entity, record, name, value, tuple(parents))


def colleague(identity: Identity, name: str, rights: tuple[str, ...] = ALL) -> Identity:
    """Another person with a device of their own, certified by the same root."""
    device = SigningKey.generate()
    known = read_certificate(identity.certificate)
    person = Person(new_id(), name, "Sở Tài chính")
    certificate = Certificate(
        identity.root.public, new_id(), device.public, person, known.organisation, rights, known.wall
    )
    return Identity(identity.root, device, issue_certificate(identity.root, certificate))
