"""Packages this laptop wrote and read, and the keys by which packages for others can be locked.

That a package was written says nothing about who has its content: only a receipt does (``confirmed``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from inspector.domain.errors import InspectorError
from inspector.system.age import is_public
from inspector.system.identity import Certificate, SignedCertificate, read_certificate

if TYPE_CHECKING:
    from inspector.storage.engine import Sql

# Each certificate once, however many streams begin with it; found by index, without reading through the log.
_CERTIFICATES = """
SELECT certificate, signature FROM (
    SELECT json_extract(CAST(body AS TEXT), '$.ep.cert') AS certificate,
        json_extract(CAST(body AS TEXT), '$.ep.sig') AS signature, seq
    FROM stream JOIN log INDEXED BY log_stream ON log.stream = stream.pk AND log.n = 1 WHERE lseq IS NOT NULL
    UNION ALL
    SELECT json_extract(CAST(body AS TEXT), '$.member.cert'), json_extract(CAST(body AS TEXT), '$.member.sig'), seq
    FROM log WHERE kind IN ('member', 'revoke', 'settle') AND lseq IS NOT NULL
) WHERE certificate IS NOT NULL GROUP BY certificate, signature ORDER BY max(seq)
"""


class Way(StrEnum):
    """Whether this laptop wrote a package or took one in."""

    WRITTEN = "written"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Passed:
    """A package: its id, its name on the stick, whom it was for or from (for people to read), when.

    ``confirmed`` is when the first receipt for it came back, ``None`` before.
    """

    id: str
    way: Way
    name: str
    party: str
    at: str
    confirmed: str | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """A laptop that packages can be locked to: its id, its person, the public age key."""

    device: str
    name: str
    agency: str
    public: str


def note(sql: Sql, passed: Passed) -> None:
    """Remembers a package; the first time stays."""
    sql.run(
        "INSERT OR IGNORE INTO package (id, way, name, party, at) VALUES (?, ?, ?, ?, ?)",
        (passed.id, passed.way, passed.name, passed.party, passed.at),
    )


def confirm(sql: Sql, package: str, at: str) -> None:
    """A receipt came for a package written here."""
    sql.run(
        "UPDATE package SET confirmed = ? WHERE id = ? AND way = ? AND confirmed IS NULL", (at, package, Way.WRITTEN)
    )


def find(sql: Sql, package: str, way: Way) -> Passed | None:
    row = sql.run(
        "SELECT id, way, name, party, at, confirmed FROM package WHERE id = ? AND way = ?", (package, way)
    ).fetchone()
    return None if row is None else _passed(row)


def latest(sql: Sql, limit: int) -> list[Passed]:
    """The packages written and read last, the latest first."""
    rows = sql.run("SELECT id, way, name, party, at, confirmed FROM package ORDER BY at DESC, id LIMIT ?", (limit,))
    return [_passed(row) for row in rows.fetchall()]


def _passed(row: tuple[str, str, str, str, str, str | None]) -> Passed:
    return Passed(row[0], Way(row[1]), *row[2:])


def note_key(sql: Sql, recipient: Recipient) -> None:
    """Remembers the key of another laptop, which itself signed that this is its key."""
    sql.run(
        "INSERT OR REPLACE INTO age_key (device, public, name, agency) VALUES (?, ?, ?, ?)",
        (recipient.device, recipient.public, recipient.name, recipient.agency),
    )


def recipients(sql: Sql, own_device: str) -> list[Recipient]:
    """Every other laptop whose key is known, by name: told in packages and receipts, or by certificates in the log."""
    found = {}
    for body, signature in sql.run(_CERTIFICATES).fetchall():
        certificate = _certificate(body, signature)
        if certificate is not None and is_public(certificate.age):
            person = certificate.person
            found[certificate.device] = Recipient(certificate.device, person.name, person.agency, certificate.age)
    rows = sql.run("SELECT device, name, agency, public FROM age_key").fetchall()
    found |= {row[0]: Recipient(*row) for row in rows}
    found.pop(own_device, None)
    return sorted(found.values(), key=lambda one: (one.name.casefold(), one.device))


def _certificate(body: object, signature: object) -> Certificate | None:
    """``None`` for what is no certificate, or not signed by its root: anybody may have written it."""
    if not isinstance(body, str) or not isinstance(signature, str):
        return None
    try:
        return read_certificate(SignedCertificate(body.encode(), bytes.fromhex(signature)))
    except (InspectorError, ValueError):
        return None
