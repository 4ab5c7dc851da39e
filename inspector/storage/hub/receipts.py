r"""Receipts (biên nhận) of a space: the hub signs what it held at an hour, each naming the one before.

A receipt is a JSON text as first written, ``{"v":1,"hub":…,"inc":…,"sp":space,"n":3,"root":…,"at":time as text,
"prev":hash of the receipt before or null}``, and a signature over ``CCHC-RCPT-1\0`` and that text. Where nothing has
come since the last one, that one is given again: the earlier hour says more.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from inspector.storage.hub.holdings import HubHoldings
from inspector.storage.hub.tables import receipt, space

PREFIX = b"CCHC-RCPT-1\0"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The text as first written, and the signature (64 bytes) over ``PREFIX`` and it."""

    body: bytes
    signature: bytes

    @property
    def hash(self) -> bytes:
        return hashlib.sha256(PREFIX + self.body).digest()


def give(
    connection: Connection, name: str, sign: Callable[[bytes], bytes], hub: str, incarnation: str, at: str
) -> Receipt:
    """The receipt of a space whose lock the caller has."""
    root = HubHoldings(connection, name).vector().root()
    found = _last(connection, name)
    if found is not None and found[1] == root:
        return found[2]
    n, before = (found[0] + 1, found[2].hash.hex()) if found is not None else (1, None)
    told = {"v": 1, "hub": hub, "inc": incarnation, "sp": name, "n": n, "root": root.hex(), "at": at, "prev": before}
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    made = Receipt(body, sign(PREFIX + body))
    pk = select(space.c.pk).where(space.c.id == name).scalar_subquery()
    connection.execute(receipt.insert().values(space=pk, n=n, root=root, body=made.body, sig=made.signature))
    return made


def of(connection: Connection, name: str) -> list[Receipt]:
    """All receipts of a space, in their order."""
    statement = select(receipt.c.body, receipt.c.sig).join(space, space.c.pk == receipt.c.space)
    rows = connection.execute(statement.where(space.c.id == name).order_by(receipt.c.n))
    return [Receipt(row.body, row.sig) for row in rows]


def _last(connection: Connection, name: str) -> tuple[int, bytes, Receipt] | None:
    statement = select(receipt).join(space, space.c.pk == receipt.c.space).where(space.c.id == name)
    row = connection.execute(statement.order_by(receipt.c.n.desc()).limit(1)).one_or_none()
    return None if row is None else (row.n, row.root, Receipt(row.body, row.sig))
