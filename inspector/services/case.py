"""The file an act works in: what is known of the inspection, and the writes the act makes.

A case collects writes; the desk turns them into one signed change set. Parents of a write are the operations its
author saw when editing began (amendment 1 of the sync rules). They may be left out only where the field has at most
one value.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.domain.changeset import ChangeSet, Json, Write
from inspector.domain.errors import BadInput, Refused
from inspector.domain.ids import natural_id, new_id
from inspector.domain.inspection import StoredFile
from inspector.domain.proposals import propose_from
from inspector.domain.registry import DELETED, ENTITIES, SpaceKind
from inspector.services.photos import Look, keep_copies
from inspector.services.reading import read_inspection

if TYPE_CHECKING:
    from inspector.services.library import Library
    from inspector.storage.blobs import BlobStore
    from inspector.storage.reading import Head, Record
    from inspector.storage.unit import UnitOfWork

Seen = Mapping[str, Sequence[str]]
"""Operation ids seen, by field of the act's record, or by ``entity/id/field`` for another record."""


def signature_id(inspection: str) -> str:
    """The one record that says the minutes were signed."""
    return natural_id(inspection, "signature", "inspection")


class Case:
    """One act in the making, inside one unit of work."""

    def __init__(
        self, unit_of_work: UnitOfWork, library: Library, blobs: BlobStore, *, space: str | None, seen: Seen | None
    ) -> None:
        self._unit_of_work = unit_of_work
        self._blobs = blobs
        self._space = space
        self._seen = dict(seen or {})
        self.library = library
        self.writes: list[Write] = []
        self.why: str | None = None

    @property
    def space(self) -> str:
        """The space the act writes to."""
        if self._space is None:
            raise BadInput("act-missing-argument", field="inspection", act="")
        return self._space

    def open_space(self, kind: SpaceKind) -> str:
        """Begin a new space; the act writes there."""
        self._space = self._unit_of_work.open_space(kind)
        return self._space

    def reference_space(self) -> str:
        """The space of adopted content of this office; the act writes there."""
        known = self._unit_of_work.spaces(SpaceKind.REFERENCE)
        self._space = known[0].id if known else self._unit_of_work.open_space(SpaceKind.REFERENCE)
        return self._space

    def find(self, entity: str, record: str) -> Record | None:
        """The record, deleted or not; ``None`` where nobody wrote it yet."""
        return self._unit_of_work.record(self.space, entity, record)

    def all(self, entity: str) -> list[Record]:
        """The records of an entity in this space that are not deleted."""
        return self._unit_of_work.records(self.space, entity)

    def other(self, space: str, entity: str) -> list[Record]:
        """The records of an entity in another space."""
        return self._unit_of_work.records(space, entity)

    def need(self, entity: str, record: Json) -> Record:
        """The record, which must exist and not be deleted."""
        found = self.find(entity, record) if isinstance(record, str) else None
        if found is None or found.deleted:
            raise Refused("record-not-found", entity=ENTITIES[entity].label, id=record)
        return found

    def create(self, entity: str, values: Mapping[str, Json]) -> str:
        """Write a record that nobody can have written before, since its id is new."""
        record = new_id()
        self.writes.extend(
            Write(entity, record, field, value, ()) for field, value in values.items() if value is not None
        )
        return record

    def put(self, entity: str, record: str, values: Mapping[str, Json]) -> None:
        """Write fields of one record; what already has that only value is left alone."""
        standing = self._unit_of_work.record_heads(self.space, entity, record)
        for field, value in values.items():
            heads = standing.get(field, ())
            parents = self._parents(entity, record, field, heads)
            if heads:
                unchanged = len(heads) == 1 and heads[0].value == value and parents == (heads[0].operation,)
            else:
                unchanged = value is None
            if not unchanged:
                self.writes.append(Write(entity, record, field, value, parents))

    def revive(self, entity: str, record: str) -> None:
        """Writing a record with a natural key again brings it back where it was deleted."""
        found = self.find(entity, record)
        if found is not None and found.deleted:
            self.put(entity, record, {DELETED: False})

    def remove(self, entity: str, record: Json) -> str:
        """Hide a record; undo brings it back."""
        found = self.need(entity, record)
        self.put(entity, found.id, {DELETED: True})
        return found.id

    def proposal(self, section: str) -> str:
        """What the section of the minutes proposes now."""
        drawn = self.library.grounds(read_inspection(self._unit_of_work, self.space))
        return propose_from(drawn).get(section, "")

    def keep_file(self, path: Path, *, name: str, mime: str) -> StoredFile:
        """Keep the bytes of a file, durable before the act that names them."""
        sha256, size = self._blobs.add(path)
        return StoredFile(sha256, name, mime, size)

    def keep_copies(self, sha256: str, look: Look) -> None:
        """Keep the reduced copies of a picture in the local cache."""
        keep_copies(self._blobs, sha256, look)

    def keep_document(self, content: bytes) -> str:
        """Keep an immutable document; its SHA-256."""
        return self._blobs.add(BytesIO(content))[0]

    def change_set_of(self, act: str) -> ChangeSet:
        """What an earlier act of this inspection wrote.

        Raises:
            Refused: ``undo-nothing``.
        """
        earlier = self._unit_of_work.act(act)
        receipt = json.loads(earlier[1]) if earlier else {}
        written = self._unit_of_work.change_set(bytes.fromhex(receipt["hash"])) if receipt.get("hash") else None
        if written is None or written.space != self.space:
            raise Refused("undo-nothing", id=act)
        return written

    def standing(self, entity: str, record: str, field: str | None = None) -> list[Head]:
        """The values that stand in one field of a record, or in all of them."""
        if field is not None:
            return list(self._unit_of_work.heads(self.space, entity, record, field))
        found = self._unit_of_work.record_heads(self.space, entity, record)
        return [head for heads in found.values() for head in heads]

    def began(self, changes: ChangeSet, entity: str, record: str) -> bool:
        """Whether the record did not exist before this change set."""
        return self._unit_of_work.first_change(self.space, entity, record) == changes.hash

    def value_of(self, operation: str) -> Json:
        """The value an earlier operation wrote."""
        return self._unit_of_work.value_of(operation)

    def take_back(self, write: Write, operation: str, before: Json) -> None:
        """Write the former value over exactly the operation that is undone."""
        self.writes.append(Write(write.entity, write.id, write.field, before, (operation,)))

    def name_of(self, person: str) -> str:
        """How a person is called, from the certificates in this space."""
        return self._unit_of_work.person_name(self.space, person) or "người khác"

    def read_file(self, sha256: str) -> bytes:
        """The bytes of a kept file."""
        return self._blobs.read(sha256)

    def _parents(self, entity: str, record: str, field: str, heads: Sequence[Head]) -> tuple[str, ...]:
        named = self._seen.get(f"{entity}/{record}/{field}", self._seen.get(field))
        if named is None:
            if len(heads) > 1:
                raise Refused("field-disagrees", field=field, count=len(heads))
            return tuple(head.operation for head in heads)
        known = {head.operation for head in heads}
        if not known.issuperset(named):
            known = {
                version.head.operation for version in self._unit_of_work.history(self.space, entity, record, field)
            }
        for operation in named:
            if operation not in known:
                raise BadInput("seen-unknown", field=field, operation=operation)
        return tuple(named)
