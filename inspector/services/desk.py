"""The desk (bàn làm việc): where a person acts and reads. The window and the command line hold one and nothing else.

Every act is one unit of work and one signed change set. A receipt is returned only after the durable commit.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from inspector.domain.changeset import MAX_BODY, ChangeSet, Malformed, Write, operation_id
from inspector.domain.errors import BadInput, Refused
from inspector.domain.ids import new_id
from inspector.domain.registry import ENTITIES, Right, SpaceKind, right_of
from inspector.domain.seal import KINDS, standing_seals
from inspector.services.acts import ACTS, Act
from inspector.services.case import Case, Seen, signature_id
from inspector.services.reading import read_inspection
from inspector.services.witnessing import Witnessing

DraftPlace = tuple[str, str, str, str]
"""Where a text being typed belongs: space, entity, record and field."""

if TYPE_CHECKING:
    from inspector.domain.inspection import Inspection
    from inspector.services.library import Library
    from inspector.storage.reading import Reading
    from inspector.storage.unit import UnitOfWork
    from inspector.storage.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was saved: ``act`` the caller's id, ``ref`` the record it is about, ``hash`` the change set (hex).

    ``hash`` is ``None`` where everything already had the value given, so that nothing needed to be written.
    """

    act: str
    name: str
    space: str
    ref: str
    hash: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """What an act wrote, told after the commit: each write with the operation that now stands in its field."""

    receipt: Receipt
    label: str
    writes: tuple[tuple[Write, str], ...]
    judged: frozenset[str] = frozenset()
    """The kinds of records that may look different without having been written, since others are judged anew."""

    @property
    def entities(self) -> frozenset[str]:
        """The kinds of records that may look different now."""
        return self.judged.union(write.entity for write, _ in self.writes)


class Desk:
    """Acts and readings over one open workspace, for the one person signed in."""

    def __init__(self, workspace: Workspace, library: Library) -> None:
        self._workspace = workspace
        self.library = library
        self.listeners: list[Callable[[Change], object]] = []
        """Called in the thread of the act, after the commit."""
        workspace.arrived.append(Witnessing(workspace))

    @property
    def workspace(self) -> Workspace:
        return self._workspace

    @property
    def is_demonstration(self) -> bool:
        """Whether this workspace holds invented data and carries its key beside itself."""
        from inspector.system.slots import is_demonstration

        return is_demonstration(self._workspace.places)

    def perform(
        self,
        name: str,
        arguments: Mapping[str, object],
        *,
        inspection: str | None = None,
        act: str | None = None,
        seen: Seen | None = None,
        typed: Sequence[DraftPlace] = (),
    ) -> Receipt:
        """Do one act.

        ``act`` is the caller's id: the same id with the same content gives the same receipt again. ``typed`` are the
        drafts this act commits; they end with it, in the same transaction.

        Raises:
            BadInput: unknown act, wrong or missing argument.
            Refused: the inspection is signed, the person lacks the right, the id was used for something else.
            Unavailable: nothing could be written; nothing was.
        """
        declared = ACTS.get(name)
        if declared is None:
            raise BadInput("act-unknown", act=name)
        identity = act or new_id()
        digest = _digest(name, inspection, arguments, seen)
        with self._workspace.unit_of_work() as unit_of_work:
            if earlier := unit_of_work.act(identity):
                return _same(identity, digest, *earlier)
            change = self._carry_out(declared, unit_of_work, identity, arguments, inspection, seen)
            unit_of_work.remember_act(identity, digest, json.dumps(asdict(change.receipt)))
            for place in typed:
                unit_of_work.drop_draft(*place)
            unit_of_work.commit()
        self.library.forget()
        for listener in self.listeners:
            listener(change)
        return change.receipt

    def _carry_out(
        self,
        declared: Act,
        unit_of_work: UnitOfWork,
        identity: str,
        arguments: Mapping[str, object],
        inspection: str | None,
        seen: Seen | None,
    ) -> Change:
        space = self._space_of(declared, unit_of_work, inspection)
        rights = self._workspace.author.rights
        if space is not None:
            rights &= unit_of_work.rights_in(space)
        if declared.right not in rights:
            raise Refused("right-missing", act=declared.label, right=declared.right.value)
        case = Case(unit_of_work, self.library, self._workspace.blobs, space=space, seen=seen, rights=rights)
        ref = declared.handler(case, declared.accept(arguments))
        written = [*self._write(declared, unit_of_work, identity, case), *_control(unit_of_work, identity, case)]
        first = written[0].hash.hex() if written else None
        receipt = Receipt(identity, declared.name, case.space, ref, first)
        named = ((write, operation_id(each.hash, at)) for each in written for at, write in enumerate(each.writes))
        return Change(receipt, declared.label, tuple(named), frozenset(ENTITIES if case.controls else ()))

    def _write(self, declared: Act, unit_of_work: UnitOfWork, identity: str, case: Case) -> list[ChangeSet]:
        if not case.writes and case.kind == "write":
            return []
        missing = {str(right_of(write.entity, write.field)) for write in case.writes} - case.rights
        if missing:
            raise Refused("right-missing", act=declared.label, right=min(missing))
        try:
            return [
                unit_of_work.write(
                    case.space, case.writes, act=identity, why=case.why, kind=case.kind, payload=case.payload
                )
            ]
        except Malformed as error:
            if error.params["reason"] != "too-long":
                raise
            raise BadInput("act-too-large", act=declared.label, limit=MAX_BODY // 1024) from None

    def _space_of(self, declared: Act, unit_of_work: UnitOfWork, inspection: str | None) -> str | None:
        """The inspection an act belongs to, or the content of the office where the act can be done there too."""
        offices = {space.id for space in unit_of_work.spaces(SpaceKind.REFERENCE)} if declared.in_office else set()
        if inspection is None or inspection not in offices:
            return _inspection_of(declared, unit_of_work, inspection)
        if Right.PLAN not in self._workspace.author.rights & unit_of_work.rights_in(inspection):
            raise Refused("right-missing", act=declared.label, right=Right.PLAN.value)
        return inspection

    def ref_of(self, act: str) -> str | None:
        """The record an earlier act of that id was about, ``None`` where there was none."""
        earlier = self._workspace.act(act) if act.isprintable() else None  # bytes that are no text named no act
        return Receipt(**json.loads(earlier[1])).ref if earlier else None

    def inspection(self, inspection: str) -> Inspection:
        """Everything recorded about one inspection.

        Raises:
            Refused: ``inspection-not-found``.
        """
        return read_inspection(self._workspace, inspection)


def _control(unit_of_work: UnitOfWork, identity: str, case: Case) -> list[ChangeSet]:
    """The records by which others are judged, each naming those known before it."""
    return [
        unit_of_work.write(
            case.space,
            (),
            act=identity,
            why=case.why,
            kind=kind,
            payload={**payload, "seen": list(unit_of_work.controls_seen(case.space))},
        )
        for kind, payload in case.controls
    ]


def _inspection_of(declared: Act, unit_of_work: UnitOfWork, inspection: str | None) -> str | None:
    if not declared.inside:
        return None
    if inspection is None:
        raise BadInput("act-missing-argument", field="inspection", act=declared.name)
    record = unit_of_work.record(inspection, "inspection", inspection)
    if record is None or (record.deleted and not declared.on_deleted):
        raise Refused("inspection-not-found", id=inspection)
    signed = unit_of_work.record(inspection, "signature", signature_id(inspection))
    if not declared.after_signing and signed is not None and not signed.deleted:
        raise Refused("inspection-signed", act=declared.label)
    if not declared.after_signing and not declared.after_sealing and _is_sealed(unit_of_work, inspection):
        raise Refused("inspection-sealed", act=declared.label)
    if record.values.get("status") == "cancelled" and not _can_on_cancelled(declared):
        raise Refused("inspection-cancelled", act=declared.label)
    return inspection


def _can_on_cancelled(declared: Act) -> bool:
    """What a cancelled inspection still takes: opening it again, and what concerns no content of it."""
    return declared.on_cancelled or declared.on_deleted or declared.after_signing


def _is_sealed(reading: Reading, inspection: str) -> bool:
    return any(not seal.is_void for seal in standing_seals(reading.of_kinds(inspection, KINDS)))


def _digest(name: str, inspection: str | None, arguments: Mapping[str, object], seen: Seen | None) -> bytes:
    content = json.dumps([name, inspection, arguments, seen], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).digest()


def _same(identity: str, digest: bytes, earlier: bytes, receipt: str) -> Receipt:
    if digest != earlier:
        raise Refused("act-id-reused", id=identity)
    return Receipt(**json.loads(receipt))
