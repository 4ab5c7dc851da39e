"""Whether what is here, or a file, is still what was sealed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.domain import seal as sealed
from inspector.domain.changeset import ChangeSet
from inspector.domain.credentials import Reason
from inspector.domain.errors import BadInput, InspectorError
from inspector.domain.judgement import Status
from inspector.domain.merge import Known
from inspector.domain.seal import Content, Seal, Standing
from inspector.services.sealing import content_of, known_of, seals

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.storage.blobs import BlobStore


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a seal: ``code`` has its sentence in the messages, ``differs`` whether it breaks the seal."""

    code: str
    params: dict[str, object]
    differs: bool = True


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of a check: which seal of which inspection it was about, and what was found."""

    inspection: str
    code: str
    findings: tuple[Finding, ...]

    @property
    def fits(self) -> bool:
        return not any(finding.differs for finding in self.findings)


ReadBlob = Callable[[str], bytes | None]
"""The bytes of a blob, None where it is not here."""


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
        found += check_blobs(content, seal.terms.absent, _reader(desk.workspace.blobs))
    if one.is_void:
        found.append(Finding("seal-void", {"code": seal.code}))
    others = {other.seal.root for other in seals(desk.workspace, inspection) if not other.is_void}
    if len(others) > 1:
        found.append(Finding("seal-two", {"count": len(others)}))
    late = len(list(sealed.arrivals(changesets, seal.terms)))
    if late:
        found.append(Finding("seal-late", {"count": late}, False))
    return found


def check_records(seal: Seal, space: str, changesets: Iterable[ChangeSet]) -> list[Finding]:
    """What differs between the records that are here and those under the seal."""
    inside, missing = sealed.within(changesets, seal.terms)
    if missing:
        return [Finding("seal-records-missing", {"count": len(missing)})]
    known = known_of(inside)
    if not all(_stands(known, one) for one in inside):
        return [Finding("seal-records-broken", {})]
    if sealed.content_of(known, space, seal.terms).root != seal.root:
        return [Finding("seal-root-differs", {"code": seal.code})]
    return []


def _stands(known: Known, changeset: ChangeSet) -> bool:
    verdict = known.status(changeset.hash)
    if verdict is None or verdict.status is Status.HELD:
        return False
    return verdict.reason not in (Reason.BAD_SIGNATURE, Reason.BROKEN_CHAIN)


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


def _reader(blobs: BlobStore) -> ReadBlob:
    def read(sha256: str) -> bytes | None:
        try:
            return blobs.read(sha256)
        except InspectorError as error:
            return None if error.code == "blob-missing" else b""

    return read
