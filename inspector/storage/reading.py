"""What can be asked of a workspace. The same questions are answered inside a unit of work, with its own writes."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from inspector.domain.changeset import ChangeSet, Json, operation_id, parse
from inspector.domain.credentials import Certificate
from inspector.domain.exchange import Holds
from inspector.storage import admitting, copies, derive, disagreeing, gathering, packages, projection, schema, search
from inspector.storage.blobs import WHOLE
from inspector.storage.copies import Copies, Peer
from inspector.storage.disagreeing import Apart
from inspector.storage.gathering import Laptop
from inspector.storage.holdings import Holdings
from inspector.storage.log import Log
from inspector.storage.machines import Invited, Machine, Machines
from inspector.storage.packages import Passed
from inspector.storage.projection import Table
from inspector.storage.search import Hit
from inspector.storage.visits import Visits

if TYPE_CHECKING:
    from inspector.storage.engine import Sql


@dataclass(frozen=True, slots=True)
class Head:
    """A value that no known later write has replaced, and who wrote it; ``operation`` is what a later write names."""

    operation: str
    value: Json
    author: str
    device: str
    wall: str
    lamport: int
    why: str | None
    parents: tuple[str, ...] = ()
    """The operations its author named: what they had before them in this field, and in others of their act."""


@dataclass(frozen=True, slots=True)
class Version:
    """One value a field had or has; ``head`` says whether it still stands, ``reason`` why it never counted."""

    head: Head
    standing: bool
    accepted: bool
    reason: str | None


@dataclass(frozen=True)
class Record:
    """One record as projected. ``values`` leaves out empty fields; ``conflicts`` names fields with several values."""

    space: str
    entity: str
    id: str
    values: dict[str, Json]
    deleted: bool
    conflicts: tuple[str, ...]
    unknown: int
    """How many of its fields only a newer program knows."""
    _view: Reading
    kinds: tuple[str, ...] = ()
    """How much each of ``conflicts`` weighs (``registers.ConflictClass``)."""

    @cached_property
    def heads(self) -> dict[str, tuple[Head, ...]]:
        """The heads of every field that was ever written, read when first asked for."""
        return self._view.record_heads(self.space, self.entity, self.id)


@dataclass(frozen=True, slots=True)
class Space:
    """A unit of replication: ``kind`` is one of ``registry.SpaceKind``."""

    id: str
    kind: str


@dataclass(frozen=True, slots=True)
class Position:
    """``lseq`` is the last arrival number here, ``tips`` the end of each stream: number and hash in hex.

    ``root`` is the SHA-256 in hex over the ends of all branches, so it says nothing about the order of arrival.
    """

    lseq: int
    root: str
    tips: dict[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A stored change set without effect. Held ones name what is ``missing``, quarantined ones the ``reason``."""

    changeset: ChangeSet
    space: str
    held: bool
    reason: str | None
    missing: tuple[str, ...]
    received_at: str | None
    received_from: str | None


@dataclass(frozen=True, slots=True)
class InspectionRow:
    """One line of the list of inspections: its own values and what stands in its space."""

    space: str
    id: str
    values: dict[str, Json]
    answers: int
    findings: int
    evidence: int
    conflicts: int
    signed: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """Text being typed, kept on this laptop only; ``seen`` are the operation ids shown when editing began."""

    space: str
    entity: str
    id: str
    field: str
    author: str
    text: str
    seen: tuple[str, ...]
    updated: str


_COUNTERS = """
    (SELECT count(*) FROM p_answer WHERE _space = i._space AND NOT _deleted),
    (SELECT count(*) FROM p_finding WHERE _space = i._space AND NOT _deleted),
    (SELECT count(*) FROM p_evidence WHERE _space = i._space AND NOT _deleted),
    (SELECT count(*) FROM conflict WHERE space = i._space),
    EXISTS (SELECT 1 FROM p_signature WHERE _space = i._space AND NOT _deleted AND signed IS NOT NULL)
"""


class Reading(ABC):
    """Questions to the projections and the heads; every answer comes from one steady view of the database."""

    @abstractmethod
    def _view(self) -> AbstractContextManager[Sql]:
        """A sql inside a transaction."""

    def spaces(self, kind: str | None = None) -> list[Space]:
        """All spaces this laptop holds, in the order they came."""
        with self._view() as sql:
            rows = sql.run("SELECT id, kind FROM space WHERE ?1 IS NULL OR kind = ?1 ORDER BY pk", (kind,)).fetchall()
        return [Space(row[0], row[1]) for row in rows]

    def record(self, space: str, entity: str, id: str) -> Record | None:
        """The record, also when it is deleted; ``None`` when nothing was ever written to it."""
        table = projection.tables().get(entity)
        if table is None:
            return None
        with self._view() as sql:
            row = sql.run(
                f"{table.select} WHERE _space = (SELECT pk FROM space WHERE id = ?) AND _id = ?",  # noqa: S608 - names of the registry
                (space, id),
            ).fetchone()
            return None if row is None else self._record(sql, space, table, row)

    def records(self, space: str, entity: str, *, deleted: bool = False) -> list[Record]:
        """The records of one entity in a space in the order of their ids; deleted ones only when asked for."""
        table = projection.tables().get(entity)
        if table is None:
            return []
        hidden = "" if deleted else " AND NOT _deleted"
        with self._view() as sql:
            rows = sql.run(
                f"{table.select} WHERE _space = (SELECT pk FROM space WHERE id = ?){hidden} ORDER BY _id",  # noqa: S608 - names of the registry
                (space,),
            ).fetchall()
            return [self._record(sql, space, table, row) for row in rows]

    def _record(self, sql: Sql, space: str, table: Table, row: tuple[object, ...]) -> Record:
        _, record_id, deleted, n_conflict, unknown, *stored = row
        conflicts: tuple[tuple[str, str], ...] = ()
        if n_conflict:
            found = sql.run(
                "SELECT field, class FROM conflict WHERE space = (SELECT pk FROM space WHERE id = ?) AND entity = ?"
                " AND entity_id = ? ORDER BY field",
                (space, table.entity.name, str(record_id)),
            )
            conflicts = tuple((name, kind) for name, kind in found)
        return Record(
            space, table.entity.name, str(record_id), _values(table, stored), bool(deleted),
            tuple(name for name, _ in conflicts), int(str(unknown)), self, tuple(kind for _, kind in conflicts),
        )  # fmt: skip

    def heads(self, space: str, entity: str, id: str, field: str) -> tuple[Head, ...]:
        """The values of a field that stand, in the order everybody sees them (Lamport count, then operation)."""
        return self._heads(space, entity, id, field).get(field, ())

    def record_heads(self, space: str, entity: str, id: str) -> dict[str, tuple[Head, ...]]:
        """The heads of every field of a record."""
        return self._heads(space, entity, id, None)

    def _heads(self, space: str, entity: str, record_id: str, field: str | None) -> dict[str, tuple[Head, ...]]:
        with self._view() as sql:
            rows = sql.run(
                "SELECT op.field, op.idx, log.body, log.sig FROM op JOIN log USING (seq)"
                " WHERE op.space = (SELECT pk FROM space WHERE id = ?1) AND op.entity = ?2 AND op.entity_id = ?3"
                " AND (?4 IS NULL OR op.field = ?4) AND op.live",
                (space, entity, record_id, field),
            ).fetchall()
        found: dict[str, list[Head]] = {}
        for name, index, body, signature in rows:
            found.setdefault(name, []).append(_head(parse(body, signature), index))
        return {name: tuple(sorted(heads, key=display_order)) for name, heads in found.items()}

    def standing(self, space: str, entity: str) -> dict[tuple[str, str], tuple[str, ...]]:
        """The operations that stand in every field of an entity's records, by record and field; no order."""
        with self._view() as sql:
            rows = sql.run(
                "SELECT op.entity_id, op.field, log.hash, op.idx FROM op JOIN log USING (seq)"
                " WHERE op.space = (SELECT pk FROM space WHERE id = ?) AND op.entity = ? AND op.live",
                (space, entity),
            ).fetchall()
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for record, field, digest, index in rows:
            place = (record, field)
            found[place] = (*found.get(place, ()), operation_id(digest, index))
        return found

    def history(self, space: str, entity: str, id: str, field: str) -> list[Version]:
        """Every value ever written to a field on this laptop, oldest first, also those that were not accepted."""
        with self._view() as sql:
            rows = sql.run(
                "SELECT idx, live, body, sig FROM op JOIN log USING (seq)"
                " WHERE op.space = (SELECT pk FROM space WHERE id = ?) AND entity = ? AND entity_id = ? AND field = ?",
                (space, entity, id, field),
            ).fetchall()
            refused = sql.run(
                "SELECT body, sig, reason FROM log WHERE status = 2 AND space = (SELECT pk FROM space WHERE id = ?)",
                (space,),
            ).fetchall()
        found = [Version(_head(parse(body, sig), index), bool(live), True, None) for index, live, body, sig in rows]
        for body, sig, reason in refused:
            changeset = parse(body, sig)
            for index, write in enumerate(changeset.writes):
                if (write.entity, write.id, write.field) == (entity, id, field):
                    found.append(Version(_head(changeset, index), False, False, reason))
        return sorted(found, key=lambda version: display_order(version.head))

    def disagreements(self, space: str) -> list[Apart]:
        """The fields of a space whose values disagree, or whose record was deleted while somebody edited it."""
        with self._view() as sql:
            return disagreeing.open_places(sql, space)

    def written_apart(self, space: str) -> list[Apart]:
        """The fields of records that several people wrote without knowing of each other; nothing is to be decided."""
        with self._view() as sql:
            return disagreeing.written_apart(sql, space)

    def decisions(self, space: str) -> list[ChangeSet]:
        """The accepted change sets that say between which values they decided, oldest first."""
        with self._view() as sql:
            return disagreeing.decisions(sql, space)

    def of_kinds(self, space: str, kinds: Collection[str]) -> list[ChangeSet]:
        """The accepted change sets of these kinds in a space, in arrival order."""
        with self._view() as sql:
            rows = sql.run(
                "SELECT body, sig FROM log WHERE space = (SELECT pk FROM space WHERE id = ?) AND status = ?"
                " AND lseq IS NOT NULL AND kind IN (SELECT value FROM json_each(?)) ORDER BY lseq",
                (space, schema.ACCEPTED, json.dumps(sorted(kinds))),
            ).fetchall()
        return [parse(body, signature) for body, signature in rows]

    def laptops(self, space: str) -> list[Laptop]:
        """The laptops of a space, by the certificates in it, with what they last reported and wrote."""
        with self._view() as sql:
            return gathering.laptops(sql, space)

    def has_blob(self, sha256: str) -> bool:
        """Whether a blob is whole here."""
        with self._view() as sql:
            row = sql.run(
                "SELECT 1 FROM blob WHERE sha256 = ? AND state IN (?, ?)",
                (bytes.fromhex(sha256), *WHOLE),
            ).fetchone()
        return row is not None

    def unknown_writes(self, space: str) -> int:
        """How many values stand in a space that only a newer program knows."""
        with self._view() as sql:
            return gathering.unknown_writes(sql, space)

    def people(self, space: str) -> dict[str, tuple[str, str]]:
        """Name and agency of everybody whom a certificate in this space names, by their id."""
        with self._view() as sql:
            rows = sql.run(
                "SELECT body, sig FROM log WHERE kind IN ('epoch', 'member')"
                " AND space = (SELECT pk FROM space WHERE id = ?)",
                (space,),
            ).fetchall()
        named = (_person_in(parse(body, signature).payload.get("cert")) for body, signature in rows)
        return {str(one.get("id")): (str(one.get("name") or ""), str(one.get("agency") or "")) for one in named if one}

    def search(self, words: str, *, entities: Collection[str] | None = None, limit: int = 50) -> list[Hit]:
        """Texts that hold every word, with or without marks; the last word may be half typed. Takes any string."""
        with self._view() as sql:
            return search.find(sql, words, entities=entities, limit=limit)

    def inspections(
        self, *, text: str | None = None, state: str | None = None, limit: int = 100, offset: int = 0
    ) -> list[InspectionRow]:
        """Inspections with their counters, latest visit first; ``text`` searches the unit, ``state`` is a status."""
        table = projection.tables()["inspection"]
        listed = ", ".join(f"i.{column.sql}" for column in table.columns.values())
        with self._view() as sql:
            where, parameters = _inspection_filter(sql, text, state)
            rows = sql.run(
                f"SELECT space.id, i._id, {_COUNTERS}, {listed} FROM p_inspection i JOIN space ON space.pk = i._space"  # noqa: S608 - names of the registry
                f" WHERE {where} ORDER BY i.visit_date DESC, i._id LIMIT ? OFFSET ?",
                (*parameters, limit, offset),
            ).fetchall()
        return [_inspection_row(table, row) for row in rows]

    def count_inspections(self, *, text: str | None = None, state: str | None = None) -> int:
        """How many inspections the same question would list without a limit."""
        with self._view() as sql:
            where, parameters = _inspection_filter(sql, text, state)
            return int(sql.value(f"SELECT count(*) FROM p_inspection i WHERE {where}", parameters))  # noqa: S608 - no text of a person in it

    @contextmanager
    def visits(self) -> Iterator[Visits]:
        """Several questions about the list of inspections, from one steady view."""
        with self._view() as sql:
            yield Visits(sql)

    def drafts(self, space: str | None = None) -> list[Draft]:
        """Texts that were being typed and were not committed."""
        with self._view() as sql:
            rows = sql.run(
                "SELECT space, entity, entity_id, field, author, text, seen, updated FROM draft"
                " WHERE ?1 IS NULL OR space = ?1 ORDER BY updated",
                (space,),
            ).fetchall()
        return [_draft(row) for row in rows]

    def act(self, id: str) -> tuple[bytes, str] | None:
        """Digest of the content and receipt that were remembered for this act id."""
        with self._view() as sql:
            row = sql.run("SELECT digest, receipt FROM act WHERE id = ?", (id,)).fetchone()
        return None if row is None else (row[0], row[1])

    def own(self, name: str) -> bytes | None:
        """A secret of this laptop (device key, identity) kept inside the encrypted file."""
        with self._view() as sql:
            row = sql.run("SELECT bytes FROM own WHERE name = ?", (name,)).fetchone()
        return None if row is None else row[0]

    def change_set(self, digest: bytes) -> ChangeSet | None:
        """The change set of that hash, whatever its status; ``None`` where this laptop does not hold it."""
        with self._view() as sql:
            row = sql.run("SELECT body, sig FROM log WHERE hash = ?", (digest,)).fetchone()
        return None if row is None else parse(row[0], row[1])

    def value_of(self, operation: str) -> Json:
        """The value an operation wrote; ``None`` also where this laptop does not hold it."""
        found = self.written(operation)
        return None if found is None else found[0].writes[found[1]].value

    def written(self, operation: str) -> tuple[ChangeSet, int] | None:
        """The change set and the number of its write that an operation is; ``None`` where it is not here."""
        with self._view() as sql:
            found = derive.find(sql, operation)
            if found is None:
                return None
            changeset = parse(*sql.one("SELECT body, sig FROM log WHERE seq = ?", (found.seq,)))
        return (changeset, found.idx) if found.idx < len(changeset.writes) else None

    def first_change(self, space: str, entity: str, id: str) -> bytes | None:
        """The hash of the change set that wrote to this record first on this laptop."""
        with self._view() as sql:
            row = sql.run(
                "SELECT hash FROM log WHERE seq = (SELECT min(seq) FROM op"
                " WHERE space = (SELECT pk FROM space WHERE id = ?) AND entity = ? AND entity_id = ?)",
                (space, entity, id),
            ).fetchone()
        return None if row is None else row[0]

    def person_name(self, space: str, person: str) -> str | None:
        """How a person is called, from the certificates in a space."""
        with self._view() as sql:
            rows = sql.run(
                "SELECT body, sig FROM log WHERE kind IN ('epoch', 'member')"
                " AND space = (SELECT pk FROM space WHERE id = ?)",
                (space,),
            ).fetchall()
            for body, signature in rows:
                named = _person_in(parse(body, signature).payload.get("cert"))
                if named.get("id") == person:
                    return str(named.get("name") or "") or None
            return self._name_in_team(sql, space, person)

    def _name_in_team(self, sql: Sql, space: str, person: str) -> str | None:
        """Somebody who shares a laptop has no certificate there; the team names them."""
        found = sql.run(
            "SELECT name FROM p_team_member WHERE _space = (SELECT pk FROM space WHERE id = ?) AND person = ?",
            (space, person),
        ).fetchone()
        return found[0] if found and found[0] else None

    def position(self, space: str) -> Position:
        """How far this laptop's log of a space goes; two laptops with equal roots hold the same."""
        with self._view() as sql:
            pk = sql.value("SELECT pk FROM space WHERE id = ?", (space,))
            last = sql.value("SELECT coalesce(max(lseq), 0) FROM log WHERE space = ?", (pk,))
            vector = Holdings(sql, space).vector()
        furthest = {tip.stream: (tip.n, tip.hash.hex()) for tip in vector.tips()}
        return Position(last, vector.root().hex(), furthest)

    @contextmanager
    def holdings(self, space: str) -> Iterator[Holdings]:
        """What this laptop holds of a space, as an exchange asks it, from one steady view."""
        with self._view() as sql:
            yield Holdings(sql, space)

    def copies(self, space: str) -> Copies:
        """On how many other disks the change sets and blobs of a space are, as far as others reported."""
        with self._view() as sql:
            return copies.count(sql, space)

    def holders(self, space: str, digest: bytes) -> list[Peer]:
        """Who else has this change set, as far as they reported."""
        with self._view() as sql:
            return copies.holders(sql, space, digest)

    def certificates_of(self, device: str, key: bytes) -> frozenset[Certificate]:
        """Every certificate of the holder of a device key that stands anywhere in the log of this laptop."""
        with self._view() as sql:
            return admitting.certificates_of(sql, device, key)

    def certificates_for(self, device: str, age: str) -> frozenset[Certificate]:
        """Every certificate of a device in the log of this laptop that names this key for packages."""
        with self._view() as sql:
            return admitting.certificates_for(sql, device, age)

    def machines(self, space: str) -> list[Machine]:
        """Every laptop that wrote in a space or was let in there."""
        with self._view() as sql:
            row = Log().space(sql, space)
            return [] if row is None else Machines(sql, row, Holdings(sql, space)).machines()

    def invited(self, space: str) -> list[Invited]:
        """Every invitation into a space."""
        with self._view() as sql:
            row = Log().space(sql, space)
            return [] if row is None else Machines(sql, row, Holdings(sql, space)).invited()

    def unadopted_roots(self, space: str) -> set[str]:
        """The roots (hex) that opened a space and that nobody adopted there."""
        with self._view() as sql:
            row = Log().space(sql, space)
            return set() if row is None else Machines(sql, row, Holdings(sql, space)).unadopted()

    def spaces_naming(self, text: str) -> list[str]:
        """The spaces in whose epoch and member records a text stands: the id of a person or a device, a key in hex."""
        with self._view() as sql:
            return list(dict.fromkeys(space for space, _, _ in admitting.naming(sql, text)))

    def reach(self, space: str) -> tuple[int, int]:
        """The last arrival number of a space, and of everything here: while they stand, nothing has come in."""
        with self._view() as sql:
            found: tuple[int, int] = sql.one(
                "SELECT (SELECT coalesce(max(lseq), 0) FROM log WHERE space = (SELECT pk FROM space WHERE id = ?)),"
                " (SELECT coalesce(max(seq), 0) FROM log)",
                (space,),
            )
        return found

    def may_read(self, space: str, certificates: Collection[Certificate]) -> bool:
        """Whether the device with these certificates is given a space (``domain.admission``)."""
        with self._view() as sql:
            row = Log().space(sql, space)
            return row is not None and admitting.may_read_space(sql, Snapshot(sql), row, certificates)

    def peers(self) -> list[Peer]:
        """Everybody who ever reported what they hold, by name."""
        with self._view() as sql:
            return copies.peers(sql)

    def claims(self, space: str, device: str) -> Holds | None:
        """What another laptop said last that it holds of a space, ``None`` where it never did."""
        with self._view() as sql:
            return copies.claims(sql, space, device)

    def blobs_at(self, device: str) -> set[str]:
        """The hashes (64 hex digits) of the blobs another laptop said it has whole."""
        with self._view() as sql:
            return copies.blobs_at(sql, device)

    def package(self, id: str, way: packages.Way) -> Passed | None:
        """A package that was written or read here."""
        with self._view() as sql:
            return packages.find(sql, id, way)

    def packages(self, limit: int = 20) -> list[Passed]:
        """The packages written and read here, the latest first."""
        with self._view() as sql:
            return packages.latest(sql, limit)

    def named_blobs(self, space: str) -> set[str]:
        """The hashes (64 hex digits) of the blobs that records of a space name."""
        with self._view() as sql:
            row = sql.run("SELECT pk FROM space WHERE id = ?", (space,)).fetchone()
            return set() if row is None else set(projection.named_blobs(sql, row[0]))

    def waiting(self, space: str | None = None) -> list[Waiting]:
        """What was taken in and has no effect: held until something comes, or quarantined until somebody decides."""
        with self._view() as sql:
            rows = sql.run(
                "SELECT seq, space.id, body, sig, status, reason, recv_at, recv_from FROM log"
                " JOIN space ON space.pk = log.space WHERE status <> 0 AND (?1 IS NULL OR space.id = ?1) ORDER BY seq",
                (space,),
            ).fetchall()
            return [_waiting(sql, row) for row in rows]

    def change_sets(self, space: str, *, after: int = 0) -> Iterator[tuple[int, ChangeSet]]:
        """Accepted and quarantined change sets of a space in arrival order, with their arrival numbers (lseq)."""
        position = after
        while True:
            with self._view() as sql:
                rows = sql.run(
                    "SELECT lseq, body, sig FROM log WHERE space = (SELECT pk FROM space WHERE id = ?) AND lseq > ?"
                    " ORDER BY lseq LIMIT 500",
                    (space, position),
                ).fetchall()
            for lseq, body, signature in rows:
                yield lseq, parse(body, signature)
            if not rows:
                return
            position = rows[-1][0]


def display_order(head: Head) -> tuple[int, str]:
    return head.lamport, head.operation


def _head(changeset: ChangeSet, index: int) -> Head:
    return Head(
        operation_id(changeset.hash, index),
        changeset.writes[index].value,
        changeset.author,
        changeset.device,
        changeset.wall,
        changeset.lamport,
        changeset.why,
        changeset.writes[index].parents,
    )


def _values(table: Table, stored: Collection[object]) -> dict[str, Json]:
    pairs = zip(table.columns.items(), stored, strict=True)
    return {name: projection.loaded(column.field, value) for (name, column), value in pairs if value is not None}


def _person_in(certificate: Json) -> dict[str, Json]:
    """The person a certificate names; nobody where it cannot be read, since anybody may have written it."""
    try:
        content = json.loads(certificate) if isinstance(certificate, str) else None
    except ValueError:
        return {}
    person = content.get("person") if isinstance(content, dict) else None
    return person if isinstance(person, dict) else {}


def _waiting(sql: Sql, row: tuple[Any, ...]) -> Waiting:
    seq, space, body, signature, status, reason, received_at, received_from = row
    missing = sql.run("SELECT missing FROM pending WHERE seq = ? ORDER BY missing", (seq,)).fetchall()
    names = tuple(name for (name,) in missing)
    held = status == schema.HELD
    return Waiting(parse(body, signature), space, held, reason, names, received_at, received_from)


def _inspection_row(table: Table, row: tuple[Any, ...]) -> InspectionRow:
    space, record_id, answers, findings, evidence, conflicts, signed, *stored = row
    values = _values(table, stored)
    return InspectionRow(space, record_id, values, answers, findings, evidence, conflicts, bool(signed))


class Snapshot(Reading):
    """One steady view for several questions, as long as ``Workspace.snapshot`` holds it open."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def _view(self) -> AbstractContextManager[Sql]:
        return nullcontext(self._sql)


def _draft(row: tuple[Any, ...]) -> Draft:
    space, entity, record_id, field, author, text, seen, updated = row
    return Draft(space, entity, record_id, field, author, text, tuple(json.loads(seen)), updated)


def _inspection_filter(sql: Sql, text: str | None, state: str | None) -> tuple[str, tuple[object, ...]]:
    conditions: list[str] = ["NOT i._deleted"]
    parameters: list[object] = []
    if state is not None:
        conditions.append("i.status = ?")
        parameters.append(state)
    found = search.rows_holding(sql, text, "inspection") if text else None
    if found is not None:
        conditions.append("i._pk IN (SELECT value FROM json_each(?))")
        parameters.append(json.dumps(found))
    return " AND ".join(conditions), tuple(parameters)
