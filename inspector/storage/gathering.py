"""Who is part of a space, and what each laptop last said and wrote: what is known before data are frozen."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inspector.domain.changeset import ChangeSet, Json, parse
from inspector.storage import projection, schema
from inspector.storage.blobs import whole

if TYPE_CHECKING:
    from inspector.storage.engine import Sql


@dataclass(frozen=True, slots=True)
class Laptop:
    """One laptop of a space. ``met`` is None where it never reported what it holds.

    ``lacking``: ends of its streams, as it reported them, that are not here. ``blobs``: files its records name that
    are not here. ``app`` is the program that wrote its last record, "" where it wrote none.
    """

    device: str
    person: str
    name: str
    agency: str
    met: str | None
    lacking: int
    blobs: int
    app: str


def laptops(sql: Sql, space: str) -> list[Laptop]:
    """By name."""
    row = sql.run("SELECT pk FROM space WHERE id = ?", (space,)).fetchone()
    if row is None:
        return []
    known = {str(found["dev"]): found for found in _certified(sql, row[0])}
    wrote = _last_records(sql, row[0])
    lacking = _missing_blobs(sql, row[0])
    found = [
        _laptop(sql, row[0], device, certificate, wrote.get(device), lacking[device])
        for device, certificate in known.items()
    ]
    return sorted(found, key=lambda laptop: (laptop.name, laptop.device))


def unknown_writes(sql: Sql, space: str) -> int:
    """Values of fields this program does not know, in records it knows or not."""
    row = sql.run("SELECT pk FROM space WHERE id = ?", (space,)).fetchone()
    if row is None:
        return 0
    tables = projection.tables()
    inside = sum(
        int(sql.value(f"SELECT coalesce(sum(_unknown), 0) FROM {table.name} WHERE _space = ?", row))  # noqa: S608 - names of the registry
        for table in tables.values()
    )
    outside = sql.value(
        "SELECT count(*) FROM op WHERE space = ? AND live AND entity NOT IN (SELECT value FROM json_each(?))",
        (row[0], json.dumps(sorted(tables))),
    )
    return inside + int(outside)


def _certified(sql: Sql, space: int) -> Iterator[dict[str, Any]]:
    rows = sql.run("SELECT body, sig FROM log WHERE kind IN ('epoch', 'member') AND space = ? ORDER BY seq", (space,))
    for body, signature in rows.fetchall():
        certificate = _object(parse(body, signature).payload.get("cert"))
        if isinstance(certificate.get("dev"), str):
            yield certificate


def _object(text: Json) -> dict[str, Any]:
    try:
        found = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _last_records(sql: Sql, space: int) -> dict[str, ChangeSet]:
    """The last accepted record of every device."""
    rows = sql.run(
        "SELECT body, sig FROM log WHERE seq IN (SELECT max(seq) FROM log WHERE space = ? AND lseq IS NOT NULL"
        " AND status = ? GROUP BY stream) ORDER BY seq",
        (space, schema.ACCEPTED),
    ).fetchall()
    return {changeset.device: changeset for changeset in (parse(*row) for row in rows)}


def _laptop(
    sql: Sql, space: int, device: str, certificate: dict[str, Any], last: ChangeSet | None, blobs: int
) -> Laptop:
    person = certificate.get("person")
    named = person if isinstance(person, dict) else {}
    met, lacking = _report(sql, space, device)
    return Laptop(
        device,
        str(named.get("id") or ""),
        str(named.get("name") or ""),
        str(named.get("agency") or ""),
        met,
        lacking,
        blobs,
        last.app if last is not None else "",
    )


def _report(sql: Sql, space: int, device: str) -> tuple[str | None, int]:
    """When a device last said what it holds of the space, and how much of that is not here."""
    row = sql.run(
        "SELECT peer.last_ok, sum(held_by.hash NOT IN (SELECT hash FROM log)) FROM peer"
        " JOIN held_by ON held_by.peer = peer.pk WHERE peer.id = ? AND held_by.space = ? GROUP BY peer.pk",
        (device, space),
    ).fetchone()
    return (None, 0) if row is None else (row[0], int(row[1]))


def _missing_blobs(sql: Sql, space: int) -> Counter[str]:
    """For every device, how many files its accepted records name that are not whole here."""
    lacking = set(projection.named_blobs(sql, space)) - whole(sql)
    if not lacking:
        return Counter()
    rows = sql.run(
        "SELECT body, sig FROM log WHERE space = ? AND status = ? AND lseq IS NOT NULL", (space, schema.ACCEPTED)
    ).fetchall()
    written = (parse(body, signature) for body, signature in rows)
    return Counter(
        device
        for device, _ in {(one.device, sha256) for one in written for sha256 in lacking if sha256.encode() in one.body}
    )
