"""Which spaces of this laptop another one may read, from what its certificates say and the log knows of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from inspector.domain.admission import WORK, Shared, may_read
from inspector.domain.changeset import Json, Malformed, load_object, parse
from inspector.domain.credentials import Certificate, carried_certificate
from inspector.storage.judges import load_authority, opened_by
from inspector.storage.log import SpaceRow
from inspector.system.keys import verify

if TYPE_CHECKING:
    from inspector.storage.engine import Sql
    from inspector.storage.reading import Reading

_NAMING = """
SELECT space.id, body, sig FROM stream JOIN log ON log.stream = stream.pk AND log.n = 1
JOIN space ON space.pk = log.space
WHERE log.kind = 'epoch' AND lseq IS NOT NULL AND instr(CAST(body AS TEXT), ?1)
UNION ALL
SELECT space.id, body, sig FROM log INDEXED BY log_control JOIN space ON space.pk = log.space
WHERE log.kind IN ('member', 'revoke', 'settle') AND log.kind = 'member' AND lseq IS NOT NULL
AND instr(CAST(body AS TEXT), ?1)
"""


def certificates_of(sql: Sql, device: str, key: bytes) -> frozenset[Certificate]:
    """Every certificate of the holder of a key that stands anywhere in the log of this laptop, signed by its root."""
    return frozenset(
        certificate
        for _, body, signature in naming(sql, key.hex())
        for certificate in _carried(body, signature)
        if (certificate.device, certificate.key) == (device, key)
    )


def certificates_for(sql: Sql, device: str, age: str) -> frozenset[Certificate]:
    """Every certificate of a device in the log of this laptop that itself names this key for packages.

    One that names none or another says nothing of who would open what is locked to this key.
    """
    return frozenset(
        certificate
        for _, body, signature in naming(sql, age)
        for certificate in _carried(body, signature)
        if certificate.device == device and _key_for_packages(body, signature) == age
    )


def naming(sql: Sql, text: str) -> list[tuple[str, bytes, bytes]]:
    """Space, body and signature of every epoch and member record in which a text stands, the id of a person or a key.

    First records and control records have their own indexes, so this costs by laptops and not by what they wrote.
    """
    return sql.run(_NAMING, (text,)).fetchall()  # type: ignore[no-any-return]  # the driver has no types


def _carried(body: bytes, signature: bytes) -> Iterator[Certificate]:
    try:
        yield carried_certificate(parse(body, signature), verify)
    except Malformed:
        return


def _key_for_packages(body: bytes, signature: bytes) -> Json:
    """The age key in the certificate of an epoch or member record that has one."""
    return load_object(str(parse(body, signature).payload["cert"]).encode()).get("age")


def rights_in(sql: Sql, space: SpaceRow, certificates: Collection[Certificate]) -> frozenset[str] | None:
    """What a device may write now in a space, by all its certificates; None where nobody admitted it (any more)."""
    authority = load_authority(sql, space)
    found = [
        rights
        for certificate in certificates
        if (rights := authority.welcome(certificate, anchored=opened_by(space, certificate.root))) is not None
    ]
    return frozenset().union(*found) if found else None


def may_read_space(sql: Sql, reading: Reading, space: SpaceRow, certificates: Collection[Certificate]) -> bool:
    """Whether the device with these certificates is given a space."""
    rights = rights_in(sql, space, certificates)
    return may_read(shared(reading, space), rights, {certificate.person for certificate in certificates})


def shared(reading: Reading, space: SpaceRow) -> Shared:
    """What admission asks of a space."""
    people = {str(member.values.get("person")) for member in reading.records(space.id, "team_member")}
    visit = reading.record(space.id, "inspection", space.id)
    surprise = visit is not None and visit.values.get("form") == "surprise"
    return Shared(space.kind, frozenset(people), surprise and not _has_begun(reading, space.id))


def _has_begun(reading: Reading, space: str) -> bool:
    """A visit has begun with the hour it was opened at, with an end, or with the first thing recorded."""
    visit = reading.record(space, "inspection", space)
    if visit is not None and (visit.values.get("opened") or visit.values.get("status") == "finished"):
        return True
    return any(reading.records(space, entity) for entity in WORK)
