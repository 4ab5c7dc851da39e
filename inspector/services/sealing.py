"""Freezing and sealing (chốt dữ liệu, niêm phong): who has handed in what, the seal, its witnesses, what came later."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.domain import seal as sealed
from inspector.domain.changeset import ChangeSet
from inspector.domain.errors import BadInput, InspectorError, Refused
from inspector.domain.inspection import Inspection, SealFact
from inspector.domain.merge import Known
from inspector.domain.readiness import Gathering, Group, Readiness, readiness
from inspector.domain.registry import DELETED, ENTITIES
from inspector.domain.seal import Content, Excluded, Seal, Standing, Terms
from inspector.services.reading import read_inspection
from inspector.services.recorded_words import field_words, record_words, value_words
from inspector.services.wording import said

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.services.library import Library
    from inspector.storage.blobs import BlobStore
    from inspector.storage.gathering import Laptop
    from inspector.storage.reading import Reading, Record


class Handed(StrEnum):
    """How far a laptop has handed in what it holds."""

    HERE = "here"  # this laptop
    ALL = "all"  # everything it reported is here
    FILES = "files"  # its records are here, some of its photos and files are not
    BEHIND = "behind"  # it reported records that are not here
    UNKNOWN = "unknown"  # it never reported
    NONE = "none"  # a member without a laptop in this inspection


OPEN = (Handed.BEHIND, Handed.UNKNOWN)
"""What a seal waits for, unless the laptop is excluded with a reason."""


@dataclass(frozen=True, slots=True)
class Machine:
    """One line of the freeze matrix. ``None`` and "" are what nobody knows, and are shown so.

    ``only_there``: change sets only on that laptop, as far as it reported; ``clock``: seconds its clock differs.
    """

    device: str
    name: str
    agency: str
    met: datetime | None
    only_there: int | None
    files: int | None
    app: str
    clock: int | None
    handed: Handed


def machines(reading: Reading, inspection: str, own: str) -> tuple[Machine, ...]:
    """The freeze matrix (bảng chốt dữ liệu): every laptop of the inspection, then members without one."""
    found = [_machine(laptop, own) for laptop in reading.laptops(inspection)]
    people = {laptop.person for laptop in reading.laptops(inspection)}
    names = {machine.name for machine in found}
    for record in reading.records(inspection, "team_member"):
        name = str(record.values.get("name") or "")
        if name and name not in names and record.values.get("person") not in people:
            agency = str(record.values.get("agency") or "")
            found.append(Machine("", name, agency, None, None, None, "", None, Handed.NONE))
    return tuple(found)


def _machine(laptop: Laptop, own: str) -> Machine:
    met = _when(laptop.met) if laptop.met else None
    if laptop.device == own:
        return Machine(laptop.device, laptop.name, laptop.agency, None, 0, 0, laptop.app, 0, Handed.HERE)
    if laptop.met is None:
        handed, only = Handed.UNKNOWN, None
    elif laptop.lacking:
        handed, only = Handed.BEHIND, None  # ends are reported, not how many records lie before them
    else:
        handed, only = (Handed.FILES if laptop.blobs else Handed.ALL), 0
    return Machine(laptop.device, laptop.name, laptop.agency, met, only, laptop.blobs, laptop.app, None, handed)


def gathering(reading: Reading, found: Inspection, own: str, excluded: Collection[str] = ()) -> Gathering:
    """What the inspection still waits for from other laptops; ``excluded`` devices are not waited for."""
    waiting = [one for one in machines(reading, found.id, own) if one.handed in OPEN and one.device not in excluded]
    held = sum(one.held for one in reading.waiting(found.id))
    named = reading.named_blobs(found.id)
    pictures = {piece.file.hash for piece in found.evidence if piece.file}
    files = len([sha256 for sha256 in named - pictures if not reading.has_blob(sha256)])
    standing = len({seal.root for seal in found.seals if not seal.is_void})
    return Gathering(held, reading.unknown_writes(found.id), tuple(one.name for one in waiting), files, standing)


def ready_to_seal(
    reading: Reading, library: Library, found: Inspection, own: str, excluded: Collection[str] = ()
) -> Readiness:
    """What keeps a seal from being set. What the paper only looks odd without is asked elsewhere."""
    return readiness(library.grounds(found), gathering=gathering(reading, found, own, excluded))


def known_of(changesets: Iterable[ChangeSet]) -> Known:
    """The pure state of exactly these records."""
    from inspector.storage.intake import runs
    from inspector.storage.resolve import REGISTRY

    known = Known(REGISTRY.verify, right_of=REGISTRY.right_of, rule_of=REGISTRY.rule_of)
    for run in runs(sorted(changesets, key=lambda one: (one.stream, one.n, one.hash))):
        known.accept(run)
    return known


def terms_now(
    reading: Reading, blobs: BlobStore, inspection: str, excluded: tuple[Excluded, ...], template: str
) -> Terms:
    """What a seal of everything that is here would say."""
    with reading.holdings(inspection) as holdings:
        frontier = tuple((tip.stream, tip.n, tip.hash) for tip in holdings.vector().tips())
    absent = tuple(sorted(sha256 for sha256 in reading.named_blobs(inspection) if not blobs.has(sha256)))
    return Terms(frontier, excluded, template, absent)


def content_of(reading: Reading, inspection: str, terms: Terms) -> Content:
    """What is under these terms, from the log."""
    inside, _ = sealed.within((one for _, one in reading.change_sets(inspection)), terms)
    return sealed.content_of(known_of(inside), inspection, terms)


def seals(reading: Reading, inspection: str) -> tuple[Standing, ...]:
    """The seals of an inspection, void ones too."""
    return sealed.standing_seals(reading.of_kinds(inspection, sealed.KINDS))


def sealed_view(reading: Reading, found: Inspection, fact: SealFact) -> Inspection:
    """The inspection as it stands under a seal, whatever came since.

    Raises:
        Refused: ``seal-records-missing``.
    """
    from inspector.services.reading import RECORDED, inspection_of

    standing = next(one for one in seals(reading, found.id) if one.seal.changeset.hash.hex() == fact.id)
    changesets = (one for _, one in reading.change_sets(found.id))
    inside, missing = sealed.within(changesets, standing.seal.terms)
    if missing:
        raise Refused("seal-records-missing", count=len(missing))
    records = _records(known_of(inside), found.id)
    papers = {name: reading.records(found.id, name) for name in ("issued_document", "signature", "supplement")}
    view = {**{name: records.get(name, []) for name in RECORDED}, **papers}
    return inspection_of(found.id, view, found.seals)


def _records(known: Known, space: str) -> dict[str, list[Record]]:
    """The records that stand, as the tables would give them."""
    from inspector.services.reading import readable_record
    from inspector.storage.reading import Record

    fields: dict[tuple[str, str], list[str]] = {}
    for entity, record, field in known.fields(space):
        fields.setdefault((entity, record), []).append(field)
    found: dict[str, list[Record]] = {}
    for (entity, record), names in sorted(fields.items()):
        values = {name: known.value(space, entity, record, name) for name in names}
        gone = values.get(DELETED) and known.conflict(space, entity, record, DELETED) is None
        if entity in ENTITIES and not gone:
            filled = {name: value for name, value in values.items() if value is not None}
            shown = Record(space, entity, record, filled, False, (), 0, None)  # type: ignore[arg-type]  # its heads are not asked for
            found.setdefault(entity, []).append(readable_record(shown))
    return found


# -------------------------------------------------------- checking


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a seal: ``code`` has its sentence in the messages, ``differs`` whether it breaks the seal."""

    code: str
    params: dict[str, object]
    differs: bool = True


def check_records(seal: Seal, space: str, changesets: Iterable[ChangeSet]) -> list[Finding]:
    """What differs between the records that are here and those under the seal."""
    inside, missing = sealed.within(changesets, seal.terms)
    if missing:
        return [Finding("seal-records-missing", {"count": len(missing)})]
    known = known_of(inside)
    if any(known.status(one.hash) is None or not _stands(known, one) for one in inside):
        return [Finding("seal-records-broken", {})]
    if sealed.content_of(known, space, seal.terms).root != seal.root:
        return [Finding("seal-root-differs", {"code": seal.code})]
    return []


def _stands(known: Known, changeset: ChangeSet) -> bool:
    verdict = known.status(changeset.hash)
    return (
        verdict is not None
        and str(verdict.reason) not in ("bad-signature", "broken-chain")
        and (str(verdict.status) != "held")
    )


def check_blobs(content: Content, absent: Iterable[str], read: ReadBlob) -> list[Finding]:
    """Files under the seal that are not as they were; those the seal lists as absent may be missing."""
    missing, damaged = [], []
    known_absent = set(absent)
    for sha256, size in content.blobs.items():
        data = read(sha256)
        if data is None:
            if sha256 not in known_absent:
                missing.append(sha256)
        elif hashlib.sha256(data).hexdigest() != sha256 or (size is not None and len(data) != size):
            damaged.append(sha256)
    found = [Finding("seal-files-damaged", {"count": len(damaged)})] if damaged else []
    return [*found, *([Finding("seal-files-missing", {"count": len(missing)}, False)] if missing else [])]


ReadBlob = Callable[[str], bytes | None]
"""The bytes of a blob, None where it is not here."""


class Read:
    """Reads a blob, or says that it is not here."""

    def __init__(self, blobs: BlobStore) -> None:
        self._blobs = blobs

    def __call__(self, sha256: str) -> bytes | None:
        try:
            return self._blobs.read(sha256)
        except InspectorError as error:
            if error.code == "blob-missing":
                return None
            return b""


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of a check: which seal of which inspection it was about, and what was found."""

    inspection: str
    code: str
    findings: tuple[Finding, ...]

    @property
    def fits(self) -> bool:
        return not any(finding.differs for finding in self.findings)


def check(desk: Desk, wanted: str) -> Checked:
    """Check a seal by its code or by a file (Word or PDF) that is said to be made under it.

    Raises:
        BadInput: ``seal-not-a-code``: neither a code nor a file.
    """
    path = Path(wanted)
    code = sealed.typed_code(wanted)
    if code is not None:
        return _check_code(desk, code)
    try:
        data = path.read_bytes()
    except OSError:
        raise BadInput("seal-not-a-code", field="seal", text=wanted[:80]) from None
    return _check_file(desk, data)


def _check_code(desk: Desk, code: str) -> Checked:
    for space in desk.workspace.spaces("inspection"):
        for one in seals(desk.workspace, space.id):
            if one.seal.code == code:
                return Checked(space.id, code, tuple(_check_seal(desk, space.id, one)))
    return Checked("", code, (Finding("seal-unknown", {"code": code}),))


def _check_file(desk: Desk, data: bytes) -> Checked:
    digest = hashlib.sha256(data).hexdigest()
    for space in desk.workspace.spaces("inspection"):
        for one in seals(desk.workspace, space.id):
            if any(digest in (issue.docx, issue.pdf) for issue in one.issues):
                return Checked(space.id, one.seal.code, tuple(_check_seal(desk, space.id, one)))
    return Checked("", "", (Finding("seal-file-differs", {}),))


def _check_seal(desk: Desk, inspection: str, one: Standing) -> list[Finding]:
    seal = one.seal
    changesets = [changeset for _, changeset in desk.workspace.change_sets(inspection)]
    found = check_records(seal, inspection, changesets)
    if not found:
        content = content_of(desk.workspace, inspection, seal.terms)
        found += check_blobs(content, seal.terms.absent, Read(desk.workspace.blobs))
    if one.is_void:
        found.append(Finding("seal-void", {"code": seal.code}))
    others = {other.seal.root for other in seals(desk.workspace, inspection) if not other.is_void}
    if len(others) > 1:
        found.append(Finding("seal-two", {"count": len(others)}))
    late = len(list(sealed.arrivals(changesets, seal.terms)))
    if late:
        found.append(Finding("seal-late", {"count": late}, False))
    return found


# -------------------------------------------------------- what came late


@dataclass(frozen=True, slots=True)
class Late:
    """Something that came after the seal, in words (Phát sinh sau niêm phong)."""

    record: str
    field: str
    words: str
    author: str
    at: datetime | None
    entity: str
    id: str
    name: str


def late(desk: Desk, inspection: str) -> tuple[Late, ...]:
    """What is not under the seal that stands, oldest first; nothing without a seal."""
    with desk.workspace.snapshot() as reading:
        standing = [one for one in seals(reading, inspection) if not one.is_void]
        if not standing:
            return ()
        changesets = [changeset for _, changeset in reading.change_sets(inspection)]
        people = reading.people(inspection)
        found = list(sealed.arrivals(changesets, standing[0].seal.terms))
    read = desk.inspection(inspection)
    checklist = None
    try:
        checklist = desk.library.checklist(read.checklist.hash) if read.checklist else None
    except BadInput:
        checklist = None
    return tuple(
        Late(
            record_words(read, checklist, one.entity, one.id),
            field_words(one.entity, one.field),
            value_words(read, checklist, one.entity, one.id, one.field, one.value),
            people.get(one.changeset.author, ("", ""))[0],
            _when(one.changeset.wall),
            one.entity,
            one.id,
            one.field,
        )
        for one in found
    )


def late_words(found: Iterable[Late]) -> str:
    """What came late as the content of supplementary minutes, to be edited."""
    return "\n".join(
        f"{one.record}. {one.field}: {one.words or '(bỏ trống)'}{f' ({one.author})' if one.author else ''}."
        for one in found
    )


def _when(wall: str) -> datetime | None:
    try:
        return datetime.fromisoformat(wall)
    except ValueError:
        return None


# -------------------------------------------------------- for people who look at it


@dataclass(frozen=True, slots=True)
class Freezing:
    """How far an inspection is from its seal, or what became of it: the machines, what must be done first in sentences,
    the check code of what is here, names of people by id, what came late.
    """

    machines: tuple[Machine, ...]
    must: tuple[str, ...]
    check: str
    people: Mapping[str, str]
    late: tuple[Late, ...]


def freezing(desk: Desk, inspection: str, excluded: Collection[str] = ()) -> Freezing:
    """Everything the place of the seal shows."""
    from inspector.domain.exchange import check_code

    own = desk.workspace.author.device
    with desk.workspace.snapshot() as reading:
        found = read_inspection(reading, inspection)
        shown = machines(reading, inspection, own)
        ready = ready_to_seal(reading, desk.library, found, own, excluded)
        people = {person: name for person, (name, _) in reading.people(inspection).items()}
        with reading.holdings(inspection) as holdings:
            code = check_code(holdings.vector().root())
    must = tuple(said(condition.code, condition.params) for condition in ready.of(Group.MUST))
    return Freezing(shown, must, code, people, late(desk, inspection))
