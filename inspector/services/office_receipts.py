"""Receipts of the office (biên nhận của văn phòng): what its server signed it held of an inspection, and at what hour.

They are kept as first written, with the certificate of the server, one for each inspection: the latest.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from inspector.domain.changeset import Malformed, load_object
from inspector.domain.errors import InspectorError
from inspector.domain.wording import moment_of

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.storage.reading import Reading
    from inspector.sync.greeting import Point

_PREFIX = b"CCHC-RCPT-1\0"


class Signer(Protocol):
    """The office's server, met (``sync.https.HttpsPeer``)."""

    def receipt(self, space: str) -> tuple[bytes, bytes]:
        """The text of its receipt of a space, and the signature."""
        ...


@dataclass(frozen=True, slots=True)
class OfficeReceipt:
    """That the office's server held exactly the records with this ``root`` (hex), ``at`` the hour its clock showed."""

    root: str
    at: datetime | None


def fetch_receipt(desk: Desk, peer: Signer, point: Point, space: str) -> bool:
    """Ask the office's server for its receipt of a space and keep it; false where it gives none that is in order."""
    from inspector.system.keys import verify

    try:
        body, signature = peer.receipt(space)
        said = load_object(body)
    except (InspectorError, Malformed):
        return False
    signed = verify(point.certificate.key, signature, _PREFIX + body)
    if not signed or said.get("sp") != space or said.get("hub") != point.id:
        return False
    certificate = point.signed[0]
    kept = {
        "receipt": body.decode(), "signature": signature.hex(),
        "certificate": certificate.body.decode(), "certificate_signature": certificate.signature.hex(),
    }  # fmt: skip
    with desk.workspace.unit_of_work() as unit:
        unit.put_own(_name(space), json.dumps(kept, ensure_ascii=False).encode())
        unit.commit()
    return True


def receipt_of(reading: Reading, space: str) -> OfficeReceipt | None:
    """The latest receipt of a space that is kept here; it was checked when it came."""
    data = reading.own(_name(space))
    if data is None:
        return None
    said = json.loads(json.loads(data)["receipt"])
    return OfficeReceipt(str(said.get("root")), moment_of(str(said.get("at"))))


def _name(space: str) -> str:
    return f"receipt {space}"
