"""Receipts (giấy báo nhận): what a laptop durably holds after it took a package in, locked to whoever wrote that.

Only a receipt makes a package a delivery. It names the package, whose id nobody knows who could not open it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from inspector.domain.errors import Refused
from inspector.storage.packages import Passed, Recipient, Way
from inspector.storage.workspace import Workspace
from inspector.sync.blobs import Blobs
from inspector.sync.package import sheet
from inspector.sync.package.applying import sender_of
from inspector.sync.package.manifest import Receipt, receipt_from
from inspector.sync.package.names import receipt_of
from inspector.sync.package.reading import Opened, read_statement
from inspector.system import age
from inspector.system.files import write_atomically
from inspector.system.identity import Person


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A receipt that was taken: for which package written here, and who has it."""

    package: Passed
    person: Person


def write_receipt(workspace: Workspace, opened: Opened, folder: Path) -> Path:
    """Writes what this laptop now holds of the spaces of a package; returns the file.

    A receipt of this laptop for the same package is replaced: the later one says what holds. Raises as
    ``write_atomically``.
    """
    import io

    holds = {}
    whole: dict[str, int] = {}
    for space in opened.manifest.holds:
        with workspace.holdings(space) as holdings:
            holds[space] = holdings.holds()
        whole |= Blobs(workspace).whole(space)
    key = workspace.age_key()
    receipt = Receipt(opened.manifest.id, workspace.clock.wall(), key.public, holds, tuple(sorted(whole)))
    target = io.BytesIO()
    text = sheet.state(workspace.author, receipt.content())
    age.encrypt(io.BytesIO(sheet.head(text)), target, [opened.manifest.age])
    file = receipt_of(folder, opened.stem, workspace.author.device)
    write_atomically(file, target.getvalue())
    return file


def take_receipt(workspace: Workspace, file: Path) -> Confirmed:
    """Counts what the writer of a receipt holds as being there.

    Raises ``Refused`` (``package-not-for-here``, ``receipt-unknown``: for no package written here), ``Damaged`` and
    ``BadInput`` as ``open_package``.
    """
    stated = read_statement(file, workspace.age_key(), "", "receipt")
    receipt, certificate = receipt_from(stated.content), stated.certificate
    written = workspace.package(receipt.package, Way.WRITTEN)
    if written is None or certificate.device == workspace.author.device:
        raise Refused("receipt-unknown")
    peer, person = sender_of(certificate), certificate.person
    spaces = {known.id for known in workspace.spaces()} & receipt.holds.keys()
    named = set[str]().union(*(workspace.named_blobs(space) for space in spaces))
    whole = set(receipt.blobs)
    with workspace.unit_of_work() as unit:
        for space in spaces:
            unit.compare_own(space, receipt.holds[space].vector)
            unit.note_late(space, peer.device, peer.name, receipt.holds[space])
        unit.note_blobs(peer.device, peer.name, has=named & whole, lacks=named - whole)
        unit.note_age_key(Recipient(peer.device, person.name, person.agency, receipt.age))
        unit.confirm_package(receipt.package)
        unit.commit()
    return Confirmed(written, person)
