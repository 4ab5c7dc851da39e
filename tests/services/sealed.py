"""An inspection with a record of everything, sealed, with its paper: what tampering is tried on."""

from __future__ import annotations

from pathlib import Path

from inspector.services.issuing import issue_minutes
from inspector.system.keys import SigningKey
from tests.services.furnished import Furnished
from tests.services.laptops import Laptop
from tests.services.tampering import Sealed


def sealed_inspection(full: Furnished, folder: Path) -> tuple[Sealed, dict[str, SigningKey]]:
    """What lies on the disk afterwards, and the keys by device."""
    laptop, inspection = full.laptop, full.inspection
    if laptop.read(inspection).sealed is None:
        laptop.act("add_signer", {"side": "unit", "position": "CHỦ TỊCH"}, inspection)
        laptop.act("settle_unchecked", {"unchecked_reason": "Hết giờ"}, inspection)
        laptop.act("seal_minutes", {}, inspection)
        issue_minutes(laptop.desk, inspection, folder / "bien-ban.docx")
    return _found(laptop, inspection), {laptop.workspace.author.device: laptop.workspace.author.key}


def _found(laptop: Laptop, inspection: str) -> Sealed:
    fact = laptop.read(inspection).sealed
    assert fact is not None
    blobs = laptop.workspace.blobs
    (issued,) = fact.issued
    named = sorted(laptop.workspace.named_blobs(inspection) - {issued})
    held = {sha256: blobs.read(sha256) for sha256 in named if blobs.has(sha256)}
    records = tuple(laptop.change_sets(inspection))
    return Sealed(inspection, fact.code, records, held, blobs.read(issued), issued)
