"""The file an act works in: what is known of the inspection, and the writes the act makes.

A case collects writes; the desk turns them into one signed change set. Parents of a write are the operations its
author saw when editing began (amendment 1 of the sync rules). They may be left out only where the field has at most
one value, or where the registry says that nobody has to choose between its values.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.domain.changeset import ChangeSet, Json, Write, canonical
from inspector.domain.disagreements import between_of
from inspector.domain.errors import BadInput, Refused
from inspector.domain.ids import natural_id, new_id
from inspector.domain.inspection import Inspection, StoredFile
from inspector.domain.proposals import propose_from
from inspector.domain.registers import ConflictClass
from inspector.domain.registry import ALL_RIGHTS, DELETED, ENTITIES, Field, Right, Rule, SpaceKind, Type, rule_of
from inspector.domain.seal import KINDS, Excluded, Standing, Terms, standing_seals
from inspector.domain.text import clean
from inspector.domain.values import readable
from inspector.services.photos import Look, keep_copies
from inspector.services.reading import read_inspection

if TYPE_CHECKING:
    from inspector.services.library import Library
    from inspector.storage.blobs import BlobStore
    from inspector.storage.machines import Invited, Machine
    from inspector.storage.reading import Head, Reading, Record, Waiting
    from inspector.storage.unit import UnitOfWork

_ORDER = Field("order", Type.DECIMAL, "Thứ tự")
Seen = Mapping[str, Sequence[str]]
"""Operation ids seen, by field of the act's record, or by ``entity/id/field`` for another record."""


_FIELDS = {DELETED} | {field.name for entity in ENTITIES.values() for field in entity.fields}


def signature_id(inspection: str) -> str:
    """The one record that says the minutes were signed."""
    return natural_id(inspection, "signature", "inspection")


def office_admitted(root: str) -> dict[str, Json]:
    """What a member record says that lets the laptops of an office in, by its root in hex."""
    return {"root": root, "rights": [str(right) for right in ALL_RIGHTS]}


class Case:
    """One act in the making, inside one unit of work."""

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        library: Library,
        blobs: BlobStore,
        *,
        space: str | None,
        seen: Seen | None,
        rights: frozenset[str] = frozenset(ALL_RIGHTS),
    ) -> None:
        self._unit_of_work = unit_of_work
        self._blobs = blobs
        self._space = space
        self._seen = dict(seen or {})
        for field in self._seen:
            if field.rpartition("/")[2] not in _FIELDS:
                raise BadInput("seen-unknown-field", field=field)
        self.library = library
        self.rights = rights
        self.writes: list[Write] = []
        self.controls: list[tuple[str, Mapping[str, Json]]] = []
        self.why: str | None = None
        self.kind = "write"
        self.payload: dict[str, Json] | None = None
        """What the change set says of itself beside its writes, under the name of its kind."""

    @property
    def space(self) -> str:
        """The space the act writes to."""
        if self._space is None:
            raise BadInput("act-missing-argument", field="inspection", act="")
        return self._space

    def open_space(self, kind: SpaceKind) -> str:
        """Begin a new space; the act writes there. An inspection is open to the office that adopted this laptop."""
        self._space = self._unit_of_work.open_space(kind)
        if kind is SpaceKind.INSPECTION and self._unit_of_work.author.office:
            self.control("member", office_admitted(self._unit_of_work.author.office))
        return self._space

    def reference_space(self) -> str:
        """The space of adopted content of this office; the act writes there."""
        known = (space.id for space in self._unit_of_work.spaces(SpaceKind.REFERENCE))
        mine = next((space for space in known if Right.PLAN in self._unit_of_work.rights_in(space)), None)
        self._space = mine or self._unit_of_work.open_space(SpaceKind.REFERENCE)
        return self._space

    def control(self, kind: str, payload: Mapping[str, Json]) -> None:
        """Write a record by which others are judged (``member``, ``revoke``, ``settle``), after the other writes."""
        self.controls.append((kind, payload))

    @property
    def own_device(self) -> str:
        """The id of this laptop."""
        return self._unit_of_work.author.device

    @property
    def own_root(self) -> str:
        """The root of this laptop, in hex."""
        return self._unit_of_work.author.root.hex()

    def may(self, right: Right) -> bool:
        """Whether this laptop has a right in the space of the act."""
        return right in self.rights

    def machines(self) -> list[Machine]:
        """The laptops of this space."""
        return self._unit_of_work.machines(self.space)

    def invited(self) -> list[Invited]:
        """The invitations into this space."""
        return self._unit_of_work.invited(self.space)

    def machines_of(self, person: str) -> list[Machine]:
        """The laptops of a person anywhere in this workspace that nobody revoked there, one for each device and key."""
        found: dict[tuple[str, bytes], Machine] = {}
        for space in self._unit_of_work.spaces_naming(person):
            for machine in self._unit_of_work.machines(space):
                if machine.somebody.id == person and not machine.revoked:
                    found.setdefault((machine.device, machine.certificate.key), machine)
        return list(found.values())

    def invited_as(self, person: str) -> list[Invited]:
        """The invitations of a person into any space that nobody revoked there, one for each."""
        found: dict[bytes, Invited] = {}
        for space in self._unit_of_work.spaces_naming(person):
            for invited in self._unit_of_work.invited(space):
                if invited.somebody.id == person and not invited.revoked:
                    found.setdefault(invited.root, invited)
        return list(found.values())

    def quarantined(self, digest: str) -> Waiting | None:
        """The quarantined record with this hash (hex) in this space."""
        waiting = (found for found in self._unit_of_work.waiting(self.space) if not found.held)
        return next((found for found in waiting if found.changeset.hash.hex() == digest), None)

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
        """Write fields of one record; what already has that only value is left alone.

        A deletion names everything it hides, so that it disagrees with nothing but what it did not see.
        """
        standing = self._unit_of_work.record_heads(self.space, entity, record)
        for field, value in values.items():
            heads = standing.get(field, ())
            parents = self._parents(entity, record, field, heads)
            if field == DELETED and value:
                parents += self._hidden(entity, record)
            if heads:
                seen_all = {head.operation for head in heads} == set(parents)
                unchanged = seen_all and all(canonical(head.value) == canonical(value) for head in heads)
            else:
                unchanged = value is None
            if not unchanged:
                self.writes.append(Write(entity, record, field, value, parents))

    def keyed(self, entity: str, field: str, key: str) -> str:
        """The record that has this key: the one named by it, unless keys were corrected since."""
        natural = natural_id(self.space, entity, key)
        found = self.find(entity, natural)
        standing = found is not None and not found.deleted and found.values.get(field)
        if standing == key:
            return natural
        same = next((record.id for record in self.all(entity) if record.values.get(field) == key), None)
        return same or (new_id() if standing else natural)

    def last_place(self, entity: str) -> Json:
        """The order that puts a record behind all others; needed where ids do not grow with time."""
        found = (readable(_ORDER, record.values.get("order")) for record in self.all(entity))
        last = max((Decimal(order) for order in found if isinstance(order, str)), default=Decimal(0))
        return format(last.to_integral_value(ROUND_FLOOR) + 1, "f")

    def disagree(self, entity: str, record: str, field: str) -> bool:
        """Whether something is to be decided there now; a deletion against edits is decided at the deletion."""
        places = [
            place for place in self._unit_of_work.disagreements(self.space) if place[:3] == (entity, record, field)
        ]
        return any(field == DELETED or place.kind != ConflictClass.C3 for place in places)

    def edited_apart(self, entity: str, record: str) -> list[str]:
        """The operations of a record that whoever deleted it did not know."""
        places = [place for place in self._unit_of_work.disagreements(self.space) if place[:2] == (entity, record)]
        fields = [place.field for place in places if place.kind == ConflictClass.C3 and place.field != DELETED]
        return [head.operation for field in fields for head in self.standing(entity, record, field)]

    def seen_of(self, entity: str, record: str, field: str) -> tuple[str, ...]:
        """The operations of a field that the author had before them: those named, else all that stand."""
        heads = self._unit_of_work.heads(self.space, entity, record, field)
        named = self._named(entity, record, field)
        if named is None:
            return tuple(head.operation for head in heads)
        return self._checked(entity, record, field, named, heads)

    def settle(self, entity: str, record: str, field: str, value: Json) -> None:
        """Write the value that takes the place of everything the author saw in a field, also where it stays the same.

        A deletion takes the place of every text it hides, as far as they were seen.
        """
        seen = self.seen_of(entity, record, field)
        if field == DELETED and value:
            seen += self._hidden(entity, record, only_named=bool(self._seen))
        self.writes.append(Write(entity, record, field, value, seen))

    def between(self, operation: str) -> tuple[str, ...]:
        """What an earlier decision chose between; nothing where the operation is none."""
        found = self._unit_of_work.written(operation)
        return between_of(found[0]) if found else ()

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
        try:
            sha256, size = self._blobs.add(path)
        except OSError:
            raise BadInput("file-not-readable", field="path", path=clean(path.name)) from None
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

    def seals(self) -> tuple[Standing, ...]:
        """The seals of this inspection."""
        return standing_seals(self._unit_of_work.of_kinds(self.space, KINDS))

    def freeze(self, excluded: tuple[Excluded, ...], template: str) -> tuple[Terms, bytes]:
        """What a seal of everything that is here now says, and its root."""
        from inspector.services.sealing import content_of, terms_now

        terms = terms_now(self._unit_of_work, self._blobs, self.space, excluded, template)
        return terms, content_of(self._unit_of_work, self.space, terms).root

    def standing_now(self) -> Reading:
        """The inspection as it is inside this act, for rules that look at all of it."""
        return self._unit_of_work

    def inspection(self) -> Inspection:
        """Everything recorded about it."""
        return read_inspection(self._unit_of_work, self.space)

    @property
    def device(self) -> str:
        """The laptop this act is done on."""
        return self._unit_of_work.author.device

    @property
    def person(self) -> str:
        """Who does this act."""
        return self._unit_of_work.author.person

    def began(self, changes: ChangeSet, entity: str, record: str) -> bool:
        """Whether the record did not exist before this change set."""
        return self._unit_of_work.first_change(self.space, entity, record) == changes.hash

    def before(self, write: Write) -> Json:
        """What a field showed when an earlier act wrote to it.

        Raises:
            Refused: ``undo-decision`` where the author chose between values that disagreed.
        """
        values = [self._unit_of_work.value_of(parent) for parent in self._of_its_field(write)]
        if len({canonical(value) for value in values}) < 2:
            return values[0] if values else None
        rule = rule_of(write.entity, write.field)
        if rule is Rule.ORDER:
            return values[-1]
        if rule is Rule.SET:
            return next((value for value in values if value), None)
        raise Refused("undo-decision")

    def take_back(self, write: Write, operation: str, before: Json) -> None:
        """Write the former value over exactly the operation that is undone."""
        parents: tuple[str, ...] = (operation,)
        if write.field == DELETED and before:
            parents += self._hidden(write.entity, write.id)
        self.writes.append(Write(write.entity, write.id, write.field, before, parents))

    def value_of(self, operation: str) -> Json:
        """The value an operation wrote."""
        return self._unit_of_work.value_of(operation)

    def wrote(self, operation: str, entity: str, record: str, field: str) -> bool:
        """Whether an operation was written to this field."""
        found = self._unit_of_work.written(operation)
        write = found[0].writes[found[1]] if found else None
        return write is not None and (write.entity, write.id, write.field) == (entity, record, field)

    def name_of(self, person: str) -> str:
        """How a person is called, from the certificates in this space."""
        return self._unit_of_work.person_name(self.space, person) or "người khác"

    def read_file(self, sha256: str) -> bytes:
        """The bytes of a kept file."""
        return self._blobs.read(sha256)

    def _of_its_field(self, write: Write) -> Sequence[str]:
        """The parents that are values of the field itself; a deletion names what it hides besides."""
        if write.field != DELETED:
            return write.parents
        own = self._operations(write.entity, write.id, DELETED)
        return [parent for parent in write.parents if parent in own]

    def _operations(self, entity: str, record: str, field: str) -> set[str]:
        """Everything ever written to a field."""
        return {version.head.operation for version in self._unit_of_work.history(self.space, entity, record, field)}

    def _hidden(self, entity: str, record: str, *, only_named: bool = False) -> tuple[str, ...]:
        """What a deletion hides, as far as its author saw it; all that stands in a field nobody spoke of, unless
        ``only_named``.
        """
        named: list[str] = []
        for field, heads in self._unit_of_work.record_heads(self.space, entity, record).items():
            if field != DELETED:
                seen = self._named(entity, record, field)
                here = [head.operation for head in heads]
                if seen is None and only_named:
                    continue
                named += here if seen is None else self._checked(entity, record, field, seen, heads)
        return tuple(named)

    def _named(self, entity: str, record: str, field: str) -> Sequence[str] | None:
        return self._seen.get(f"{entity}/{record}/{field}", self._seen.get(field))

    def _parents(self, entity: str, record: str, field: str, heads: Sequence[Head]) -> tuple[str, ...]:
        named = self._named(entity, record, field)
        if named is None:
            values = {canonical(head.value) for head in heads}
            if len(values) > 1 and rule_of(entity, field) not in (Rule.SET, Rule.ORDER):
                raise Refused("field-disagrees", field=field, count=len(values))
            return tuple(head.operation for head in heads)
        return self._checked(entity, record, field, named, heads)

    def _checked(
        self, entity: str, record: str, field: str, named: Sequence[str], heads: Sequence[Head]
    ) -> tuple[str, ...]:
        known = {head.operation for head in heads}
        if not known.issuperset(named):
            known = self._operations(entity, record, field)
        for operation in named:
            if operation not in known:
                raise BadInput("seen-unknown", field=field, operation=operation)
        return tuple(named)
